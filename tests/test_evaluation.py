"""The figures of `tests/evaluation/` are as its page says, and the sets are what it says they are."""

from __future__ import annotations

from tests.evaluation.measure import HERE, Hit, _overlap, hits, loaded, tables, tier
from tests.evaluation.mixture import HALVES, MIXED


def test_the_page_has_the_figures() -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")
    assert tables().strip() in page, "run `python -m tests.evaluation.measure`, and say on the page why it changed"


def test_the_sets_are_large_and_labels_are_there() -> None:
    assert len(loaded(HERE / "risky.yaml")) >= 100
    assert len(loaded(HERE / "ordinary.yaml")) >= 200
    postings = sorted((HERE / "postings").glob("*.md"))
    assert len(postings) == 20
    for path in postings:
        text = path.read_text(encoding="utf-8")
        for label in loaded(path.with_name(f"{path.name[:2]}.yaml")) or []:
            assert label["text"] in text


def test_the_measure_can_fail() -> None:
    assert (tier("How old are you?"), tier("How do you plan a menu?")) == (1, 0)
    assert _overlap("5+ years", "At least 5+ years of Go")
    assert not _overlap("5+ years", "a bachelor's degree")
    assert Hit("JD-035", "error", "nowhere") not in hits(HERE / "postings" / "01-nurse-us-ohio.md")


def test_labeled_sentences_of_mixed_jobs_are_there() -> None:
    labels = loaded(MIXED / "labels.yaml")
    assert {half: set(labels[half]) for half in HALVES} == {
        half: {path.name for path in (MIXED / half).iterdir()} for half in HALVES
    }
    for half, postings in labels.items():
        for name, roles in postings.items():
            text = (MIXED / half / name).read_text(encoding="utf-8")
            assert [words for listed in (roles or {}).values() for words in listed if words not in text] == []
