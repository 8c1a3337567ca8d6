"""Every Word file is right: by the Open XML schemas, and by rules that schemas don't hold.

Our rules and the schemas of the newest Office are asked of every shipped and fixture document, those of the oldest
of every shipped one, those of each Office between of one document of each kind. The rules and the schemas are shown
faults that they must find, in a built file that has none, has one of everything, and is right for every Office.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests import faults
from tests.contrast import contrast
from tests.faults import FAULTS, with_everything, with_fault
from tests.test_words import PAIRS
from tests.word_rules import findings

WORDS = {name: word for name, _, word in PAIRS}
SHIPPED = [name for name in WORDS if "/" in name]
KINDS = [name for name in WORDS if name.startswith("street-cook-")]
"""One document of each kind."""
ASKED = {
    FileFormat.OFFICE_2010: SHIPPED,
    FileFormat.OFFICE_2013: KINDS,
    FileFormat.OFFICE_2016: KINDS,
    FileFormat.OFFICE_2019: KINDS,
    FileFormat.OFFICE_2021: KINDS,
    FileFormat.MICROSOFT_365: list(WORDS),
}
"""Each Office, and the documents that it is asked about: one check takes up to half a second."""
CLEAN = with_everything(WORDS["posting-charge-nurse-night-interview-guide-handover-drill.docx"])

AssertValid = Callable[[Path], None]
"""What the plugin of openxml-audit gives: a check that fails with what is wrong."""


@pytest.fixture(scope="session")
def openxml_validator(request: pytest.FixtureRequest) -> OpenXmlValidator:
    """In the plugin's place: for the Office that a test names, or the newest."""
    return validator(getattr(request, "param", FileFormat.MICROSOFT_365))


@lru_cache
def validator(office: FileFormat) -> OpenXmlValidator:
    """The validator of an Office, made once; the newest asks for what is unsafe, too."""
    return OpenXmlValidator(file_format=office, security_validation=office is FileFormat.MICROSOFT_365)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], Path]:
    """Puts a document where openxml-audit can read it."""

    def write(data: bytes) -> Path:
        path = tmp_path / "document.docx"
        path.write_bytes(data)
        return path

    return write


# --- every document ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORDS)
def test_no_rule_is_broken(name: str) -> None:
    assert findings(WORDS[name]) == []


@pytest.mark.parametrize(
    ("openxml_validator", "name"),
    [pytest.param(office, name, id=f"{office.value}-{name}") for office, names in ASKED.items() for name in names],
    indirect=["openxml_validator"],
)
def test_office_takes_it(name: str, written: Callable[[bytes], Path], assert_valid_docx: AssertValid) -> None:
    assert_valid_docx(written(WORDS[name]))


# --- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize("openxml_validator", list(ASKED), indirect=True, ids=lambda office: office.value)
def test_a_file_with_everything_is_right(written: Callable[[bytes], Path], assert_valid_docx: AssertValid) -> None:
    assert findings(CLEAN) == []
    assert_valid_docx(written(CLEAN))


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.by == "rules"])
def test_a_rule_finds_a_fault(name: str) -> None:
    found = findings(with_fault(CLEAN, FAULTS[name]))
    assert any(FAULTS[name].said in finding for finding in found), found


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.by == "schema"])
def test_a_schema_finds_a_fault(name: str, written: Callable[[bytes], Path], assert_valid_docx: AssertValid) -> None:
    with pytest.raises(pytest.fail.Exception, match=FAULTS[name].said):
        assert_valid_docx(written(with_fault(CLEAN, FAULTS[name])))


def test_a_package_that_time_or_a_library_changes_is_found() -> None:
    parts = faults.unpacked(CLEAN)
    assert any("is compressed" in finding for finding in findings(faults.packed(parts, zipfile.ZIP_DEFLATED)))
    assert any("has a date" in finding for finding in findings(faults.packed(parts, date=(2026, 8, 1, 0, 0, 0))))


def test_a_fault_that_changes_nothing_is_none() -> None:
    with pytest.raises(AssertionError, match="is not there"):
        with_fault(CLEAN, faults.Fault(faults.DOCUMENT, "<w:nothing/>", "", ""))
    with pytest.raises(AssertionError, match="is that already"):
        with_fault(CLEAN, faults.Fault(faults.DOCUMENT, "<w:body>", "<w:body>", ""))


# --- rules that are not too strict ------------------------------------------------------------


def test_a_document_read_from_the_right_that_says_so_is_right() -> None:
    parts = faults.unpacked(CLEAN)
    for part, old, new in (
        (faults.CORE, "(<dc:language>).*?(</dc:language>)", r"\1ar\2"),
        (faults.STYLES, "(<w:pPrDefault><w:pPr>)", r"\1<w:bidi/>"),
    ):
        parts[part] = faults.changed(parts[part], old, new)
    document = parts[faults.DOCUMENT].replace(b"<w:tblW ", b"<w:bidiVisual/><w:tblW ")
    assert findings(faults.packed({**parts, faults.DOCUMENT: document})) == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("000000", "FFFFFF", 21.0), ("FFFFFF", "FFFFFF", 1.0), ("767676", "FFFFFF", 4.54), ("FFFFFF", "777777", 4.48)],
)
def test_contrast_is_as_wcag_measures_it(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
