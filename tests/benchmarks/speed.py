"""How fast jdgen is against floors and peers: python -m tests.benchmarks.speed [GROUP...]

Groups: writer, markdown, cold, start, scale, yaml. Each measures whole processes (or calls in this
one) in rotating turn; a ratio is the median of the ratios of each round, so a machine whose speed
drifts says the same. Peers are installed into a folder, `--cache`; one that can't be is said to be
missing. Prints one Markdown table, and what is going on to standard error. Nothing fails for being slow.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from jdgen.document import KINDS, Document
from jdgen.form import form_in
from jdgen.source import Source
from jdgen.write.docx import docx_bytes
from jdgen.write.nodes import Block
from jdgen.write.tree import parsed
from tests.benchmarks.peers.hostile import HOSTILE
from tests.benchmarks.peers.tutorial import docx_of

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).parent / "peers"
SPEC = ROOT / "role_specs" / "ai-engineer.yaml"
THREE = ("job-description", "question-bank", "interview-plan")
"""The kinds of which there is one document for each role, and which docxtpl makes, too."""
BATCH = 90
LIMIT = 120
"""The most seconds that a hostile file may take."""
MIB = 1024
"""KiB."""

# --- measuring --------------------------------------------------------------------------------


class MissingError(Exception):
    """A peer that can't be measured; the message is the reason."""


@dataclass(frozen=True)
class Sample:
    """What one run took."""

    wall: float
    cpu: float = 0.0
    peak: float = 0.0
    """MiB."""


def _environment(**more: str) -> dict[str, str]:
    """This process's environment without what changes how Python starts, so that bytecode is kept."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | more


@dataclass(frozen=True)
class Command:
    """A whole process to measure. Its output is dropped."""

    words: Sequence[str | Path]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=_environment)
    codes: tuple[int, ...] = (0,)
    prepare: Callable[[], object] = lambda: None

    def __call__(self) -> Sample:
        """Runs it. Raises MissingError if it ends in another way than it should."""
        self.prepare()
        words = [str(word) for word in self.words]
        with tempfile.NamedTemporaryFile() as errors:
            wall, cpu, kibibytes, code = _launch(words, str(self.folder), dict(self.environment), errors.name)
            if code not in self.codes:
                message = Path(errors.name).read_text(encoding="utf-8", errors="replace")
                raise MissingError(f"exit code {code}: {_last_line(message)}")
        return Sample(wall, cpu, kibibytes / MIB)


@cache
def _launcher() -> subprocess.Popen[str]:
    """The small process that starts what is measured; it ends when this one does."""
    words = [sys.executable, "-I", "-S", PEERS / "launcher.py"]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _launch(*command: object) -> list[Any]:
    """What a command took: seconds, seconds of CPU, KiB, exit code."""
    launcher = _launcher()
    assert launcher.stdin is not None
    assert launcher.stdout is not None
    launcher.stdin.write(f"{json.dumps(command)}\n")
    launcher.stdin.flush()
    return json.loads(launcher.stdout.readline())


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:160].replace("|", "/") if lines else "no message"


def called(function: Callable[[], object]) -> Callable[[], Sample]:
    """A call in this process as something to measure, without collecting garbage meanwhile."""

    def run() -> Sample:
        gc.collect()
        gc.disable()
        start, cpu = time.perf_counter(), time.process_time()
        function()
        sample = Sample(time.perf_counter() - start, time.process_time() - cpu)
        gc.enable()
        return sample

    return run


Subjects = Mapping[str, Callable[[], Sample]]


def wall(sample: Sample) -> float:
    """What most ratios are of."""
    return sample.wall


def peak(sample: Sample) -> float:
    """MiB."""
    return sample.peak


class Measured:
    """The samples of several subjects, taken in rotating turn. One that can't run is missing, with its reason."""

    def __init__(self, subjects: Subjects, rounds: int, *, warm: bool = True) -> None:
        self.samples: dict[str, list[Sample]] = {name: [] for name in subjects}
        self.missing: dict[str, str] = {}
        for name in list(subjects) if warm else ():
            self._run(name, subjects[name])
        for turn in range(rounds):
            names = [name for name in subjects if name not in self.missing]
            first = turn % len(names) if names else 0
            for name in names[first:] + names[:first]:
                if sample := self._run(name, subjects[name]):
                    self.samples[name].append(sample)

    def _run(self, name: str, subject: Callable[[], Sample]) -> Sample | None:
        try:
            return subject()
        except MissingError as reason:
            self.missing[name] = str(reason)
            return None

    def median(self, name: str, of: Callable[[Sample], float] = wall) -> float:
        """Raises MissingError."""
        self._refuse_missing(name)
        return median(of(sample) for sample in self.samples[name])

    def ratio(self, name: str, base: str, of: Callable[[Sample], float] = wall) -> float:
        """The median of how many times the base's figure it took in each round. Raises MissingError."""
        self._refuse_missing(name, base)
        pairs = zip(self.samples[name], self.samples[base], strict=True)
        return median(of(one) / of(other) for one, other in pairs)

    def _refuse_missing(self, *names: str) -> None:
        for name in names:
            if name in self.missing:
                raise MissingError(self.missing[name])


# --- telling ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """What a ratio should be: at most some times what the peer takes, or at least as many times as fast."""

    limit: float
    is_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.limit:g}x"

    def shown(self, ratio: float) -> str:
        """The ratio in the goal's direction; `ratio` is ours by theirs."""
        return f"{1 / ratio if self.is_least else ratio:.2f}x"

    def met(self, ratio: float) -> str:
        return "yes" if (1 / ratio >= self.limit if self.is_least else ratio <= self.limit) else "**no**"


def at_most(limit: float) -> Goal:
    return Goal(limit)


def at_least(limit: float) -> Goal:
    return Goal(limit, is_least=True)


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def _megabytes(value: float) -> str:
    return f"{value:.0f} MiB"


class Table:
    """The one table, printed row by row."""

    def __init__(self) -> None:
        self._row("what", "ours", "peer", "ratio", "goal", "met")
        self._row(*["---"] * 6)

    @staticmethod
    def _row(*cells: str) -> None:
        print(f"| {' | '.join(cells)} |", flush=True)

    def figure(self, what: str, figure: str, note: str = "", ratio: str = "", goal: str = "", met: str = "") -> None:
        """A row of any texts."""
        self._row(what, figure, note, ratio, goal, met)

    def compare(
        self, what: str, measured: Measured, ours: str, peer: str, goal: Goal, of: Callable[[Sample], float] = wall
    ) -> None:
        """A row for two subjects, or for why there is no such row."""
        shown = _megabytes if of is peak else _seconds
        try:
            figure = shown(measured.median(ours, of))
        except MissingError as reason:
            self.figure(what, f"failed: {reason}", peer, goal=str(goal))
            return
        try:
            ratio = measured.ratio(ours, peer, of)
            self.figure(
                what,
                figure,
                f"{peer}: {shown(measured.median(peer, of))}",
                goal.shown(ratio),
                str(goal),
                goal.met(ratio),
            )
        except MissingError as reason:
            self.figure(what, figure, f"{peer}: {reason}", goal=str(goal))


def _tell(text: str) -> None:
    print(f"  {text} ...", file=sys.stderr, flush=True)


# --- peers ------------------------------------------------------------------------------------


class Peers:
    """Installs programs of others into a folder, each when it is first asked for. All raise MissingError."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache

    def python(self, name: str, packages: str, base: str = sys.executable) -> Path:
        """The Python of a venv with packages."""
        folder = self.cache / name
        if not (folder / "installed").exists():
            _tell(f"installing {packages}")
            shutil.rmtree(folder, ignore_errors=True)
            _install(base, "-m", "venv", folder)
            _install(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *packages.split())
            (folder / "installed").touch()
        return folder / "bin" / "python"

    @cached_property
    def pandoc(self) -> Path:
        """The pandoc of the package index, which is newer than a system's, else the system's."""
        try:
            found = sorted(
                (self.python("pandoc", "pypandoc_binary").parents[1]).glob("lib/*/site-packages/pypandoc/files/pandoc")
            )
        except MissingError:
            found = [Path(path)] if (path := shutil.which("pandoc")) else []
        if not found:
            raise MissingError("not installed: no pandoc")
        return found[0]

    @cached_property
    def docxtpl(self) -> Path:
        return self.python("docxtpl", "docxtpl pyyaml")

    @cached_property
    def rendercv(self) -> Path:
        """RenderCV's command, which needs a Python of 3.12 or later."""
        return self.python("rendercv", "rendercv[full]", _newer_python()).with_name("rendercv")

    @cached_property
    def npm(self) -> Path:
        """A folder of node modules with the package docx."""
        folder = self.cache / "npm"
        if not (folder / "node_modules" / "docx").exists():
            _tell("installing npm docx")
            folder.mkdir(parents=True, exist_ok=True)
            _install("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder, "docx")
        return folder / "node_modules"


def _install(*words: str | Path) -> None:
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except OSError as error:
        raise MissingError(f"not installed: {error.strerror}: {words[0]}") from None
    if done.returncode:
        raise MissingError(f"not installed: {_last_line(done.stderr or done.stdout)}")


def _newer_python() -> str:
    """A Python of 3.12 or later that runs; one that pyenv has may not be on the path."""
    names = [sys.executable, "python3.12", "python3.13", "python3.14"]
    names += [str(path) for path in sorted((Path.home() / ".pyenv" / "versions").glob("3.1[2-9]*/bin/python"))]
    test = "import sys; sys.exit(sys.version_info < (3, 12))"
    for name in names:
        with contextlib.suppress(OSError):
            if subprocess.run([name, "-c", test], capture_output=True, check=False).returncode == 0:
                return name
    raise MissingError("not installed: no Python 3.12")


# --- what is measured -------------------------------------------------------------------------

PASS = Command([sys.executable, "-c", "pass"])
_MAIN = "import sys; from jdgen.__main__ import main; sys.exit(main())"
_RECORD = (
    "import sys; from jdgen.cli import main\n"
    "try: main()\n"
    "finally: open('modules.txt', 'w').write(' '.join(n for n in sys.modules if n != '__main__'))"
)
_IMPORT = (
    "import contextlib, importlib\n"
    "for name in open('modules.txt').read().split():\n"
    "    with contextlib.suppress(ImportError): importlib.import_module(name)"  # some are made up by C extensions
)


def jdgen(folder: Path, *words: str, code: str = _MAIN, **more: Any) -> Command:
    """The command line of jdgen in a folder, as its console script runs it."""
    environment = _environment(PYTHONPATH=str(ROOT), XDG_CACHE_HOME=str(folder / ".cache"))
    return Command([sys.executable, "-c", code, *words], folder, environment, **more)


def clean(folder: Path) -> None:
    """Removes all that a build leaves in a folder, so that the next one begins from nothing."""
    for path in folder.iterdir():
        if path.name != "role_specs" and path.name != "modules.txt":
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


_VARIED = {
    word: others.split()
    for word, others in {
        "customers": "customers clients users buyers readers",
        "product": "product service offer tool line",
        "team": "team group crew squad unit",
        "model": "model system engine program network",
        "data": "data records files cases figures",
        "errors": "errors faults failures mistakes misses",
        "change": "change step move fix turn",
        "examples": "examples samples items pieces instances",
    }.items()
}
_PROSE = re.compile(rf"(?<=[a-z] )({'|'.join(_VARIED)})(?=[ ,.][ a-z])")


def role_specs(folder: Path, count: int) -> Path:
    """A folder with the specs of as many roles, alike in size and unlike in words; they share competencies."""
    specs = folder / "role_specs"
    shutil.copytree(SPEC.parent / "competencies", specs / "competencies")
    text = SPEC.read_text(encoding="utf-8")
    for number in range(1, count + 1):
        chance = random.Random(number)
        varied = _PROSE.sub(lambda match, chance=chance: chance.choice(_VARIED[match[0]]), text)
        varied = varied.replace("title: AI Engineer\n", f"title: AI Engineer {number:04}\n", 1)
        (specs / f"role-{number:04}.yaml").write_text(varied, encoding="utf-8")
    return folder


def word_documents() -> list[Document]:
    """The committed documents of one role, as they are before they become files."""
    documents = []
    for path in sorted((ROOT / "output" / "ai-engineer").glob("ai-engineer-*.md")):
        text = path.read_text(encoding="utf-8")
        kind = next(kind for name, kind in KINDS.items() if path.stem.startswith(f"ai-engineer-{name}"))
        title = text.split("\n", 1)[0].removeprefix("# ")
        footer = f"{title} · jdgen"
        documents.append(Document(kind, path.stem, title, title, "en", text, "Northlight", "1.0", footer))
    return documents


def tree_of(document: Document) -> tuple[Block, ...]:
    form = form_in(document.text)
    return parsed(document.text, form.fields if form else ())


def main_part(data: bytes | Path) -> bytes:
    """The document.xml of a Word file."""
    with zipfile.ZipFile(data if isinstance(data, Path) else io.BytesIO(data)) as package:
        return package.read("word/document.xml")


@dataclass
class Bench:
    """What groups share."""

    table: Table
    peers: Peers
    work: Path
    rounds: int
    roles: int

    def folder(self, name: str) -> Path:
        """A new folder."""
        path = self.work / name
        path.mkdir(parents=True)
        return path

    def peer(self, make: Callable[[], Command]) -> Callable[[], Sample]:
        """What measures a peer's command; one that can't be had is missing when it is first run."""
        found: list[Command] = []

        def run() -> Sample:
            if not found:
                found.append(make())
            return found[0]()

        return run


# --- writer -----------------------------------------------------------------------------------


def writer(bench: Bench) -> None:
    """The writer of Word files alone, in this process."""
    documents = word_documents()
    trees = [tree_of(document) for document in documents]
    parts = [main_part(docx_bytes(document)) for document in documents]
    size = sum(map(len, parts)) // 1000
    ours = called(lambda: [docx_bytes(document) for document in documents])
    fast = Measured(
        {
            "ours": ours,
            "zlib 6 of document.xml": called(lambda: [zlib.compress(part, 6) for part in parts]),
            "the tree alone": called(lambda: [tree_of(document) for document in documents]),
        },
        3 * bench.rounds,
    )
    what = f"Word writer, {len(documents)} documents, {size} KB of document.xml"
    bench.table.compare(what, fast, "ours", "zlib 6 of document.xml", at_most(2.5))
    bench.table.figure("- of it parsing Markdown", _seconds(fast.median("the tree alone")))
    _tell("python-docx as in its tutorial, which is slow")
    slow = Measured(
        {"ours": ours, "tutorial python-docx": called(lambda: [docx_of(tree) for tree in trees])},
        max(1, bench.rounds // 2),
        warm=False,
    )
    bench.table.compare("Word writer, the same documents", slow, "ours", "tutorial python-docx", at_least(100))


# --- markdown ---------------------------------------------------------------------------------


def markdown(bench: Bench) -> None:
    """Markdown to Word, whole processes."""
    folder = bench.folder("markdown")
    documents = word_documents()
    files = []
    for number in range(BATCH):
        document = documents[number % len(documents)]
        path = folder / f"{number:02}-{document.name}.md"
        path.write_text(f"{document.text.rstrip()}\n\nCopy {number} of this document.\n", encoding="utf-8")
        files.append(path)
    one = next(path for path in files if "question-bank" in path.name)
    _markdown_batch(bench, folder, files)
    single = Measured(
        {
            "ours": _our_batch(bench.folder("one-ours"), [one]),
            "pandoc": bench.peer(partial(_pandoc_one, bench, one)),
        },
        bench.rounds,
    )
    size = one.stat().st_size // 1000
    bench.table.compare(f"Markdown to Word, one file of {size} KB", single, "ours", "pandoc", at_least(4))
    bench.table.compare("- its peak memory", single, "ours", "pandoc", at_most(0.125), peak)


def _markdown_batch(bench: Bench, folder: Path, files: Sequence[Path]) -> None:
    (folder / "list.txt").write_text("".join(f"{path}\n" for path in files), encoding="utf-8")
    trees = [{"name": path.stem, "tree": _plain(tree_of(_document(path)))} for path in files]
    (folder / "trees.json").write_text(json.dumps(trees), encoding="utf-8")
    subjects = {
        "ours": _our_batch(bench.folder("batch-ours"), files),
        "npm docx": bench.peer(partial(_npm_batch, bench, folder)),
        "pandoc": bench.peer(partial(_pandoc_batch, bench, folder)),
    }
    batch = Measured(subjects, max(1, bench.rounds // 2))
    what = f"Markdown to Word, {len(files)} files in one process"
    bench.table.compare(what, batch, "ours", "pandoc", at_least(30))
    bench.table.compare(what, batch, "ours", "npm docx", at_least(12))


def _document(path: Path) -> Document:
    return Document(KINDS["question-bank"], path.stem, path.stem, "Document", "en", path.read_text(encoding="utf-8"))


def _our_batch(output: Path, files: Sequence[Path]) -> Command:
    words = [sys.executable, PEERS / "batch.py", output, *files]
    return Command(words, environment=_environment(PYTHONPATH=str(ROOT)))


def _pandoc_batch(bench: Bench, folder: Path) -> Command:
    """One process of pandoc for all files; one for each where it is older than 3.0 and has no `pandoc lua`."""
    pandoc, output, files = bench.peers.pandoc, bench.folder("batch-pandoc"), folder / "list.txt"
    try:
        Command([pandoc, "lua", "-e", "return"])()
    except MissingError:
        _tell("pandoc is older than 3.0: a process for each file")
        loop = 'while read -r file; do "$0" -f gfm "$file" -o "$1/$(basename "$file" .md).docx" || exit; done < "$2"'
        return Command(["sh", "-c", loop, pandoc, output, files])
    return Command([pandoc, "lua", PEERS / "batch.lua", output, files])


def _pandoc_one(bench: Bench, file: Path) -> Command:
    return Command([bench.peers.pandoc, "-f", "gfm", file, "-o", bench.folder("one-pandoc") / "one.docx"])


def _npm_batch(bench: Bench, folder: Path) -> Command:
    environment = _environment(NODE_PATH=str(bench.peers.npm))
    words = ["node", PEERS / "batch.js", bench.folder("batch-npm"), folder / "trees.json"]
    return Command(words, environment=environment)


def _plain(part: Any) -> Any:
    """A tree as JSON has it; each block says its sort."""
    if isinstance(part, tuple) and hasattr(part, "marks"):
        return {"text": part.text, "marks": part.marks, "link": part.link}
    if isinstance(part, tuple):
        return [_plain(each) for each in part]
    if hasattr(part, "__slots__"):
        return {"sort": type(part).__name__} | {name: _plain(getattr(part, name)) for name in part.__slots__}
    return part


# --- cold -------------------------------------------------------------------------------------


def cold(bench: Bench) -> None:
    """One role, and a hundred, with nothing kept from an earlier build but Python's bytecode."""
    one = role_specs(bench.folder("cold"), 1)
    again = partial(clean, one)
    jdgen(one, "build", "role-0001", code=_RECORD)()
    subjects = {
        "ours": jdgen(one, "build", "role-0001", prepare=again),
        "ours, 3 kinds": jdgen(one, "build", "role-0001", *_kinds(), prepare=again),
        "its imports": jdgen(one, code=_IMPORT),
        "RenderCV, a CV to Markdown and Typst": bench.peer(partial(_rendercv, bench)),
    }
    measured = Measured(subjects, bench.rounds)
    table = bench.table
    table.compare("`jdgen build`, one role, cold, 33 files", measured, "ours", "its imports", at_most(1.15))
    table.compare("- 3 kinds x md,docx", measured, "ours, 3 kinds", "its imports", at_most(1.15))
    table.compare(
        "`jdgen build`, one role, cold", measured, "ours", "RenderCV, a CV to Markdown and Typst", at_most(0.25)
    )
    hundred = role_specs(bench.folder("hundred"), 100)
    peer = "docxtpl, 3 docx for each role"
    subjects = {
        "ours": jdgen(hundred, "build", *_kinds(), prepare=partial(clean, hundred)),
        peer: bench.peer(partial(_docxtpl, bench, hundred / "role_specs")),
    }
    measured = Measured(subjects, max(1, bench.rounds // 3), warm=False)
    table.compare("`jdgen build`, 100 roles, 3 kinds x md,docx", measured, "ours", peer, at_least(6))


def _kinds() -> list[str]:
    return [word for kind in THREE for word in ("--kind", kind)]


def _rendercv(bench: Bench) -> Command:
    program, folder = bench.peers.rendercv, bench.folder("rendercv")
    Command([program, "new", "Jane Doe"], folder)()
    return Command([program, "render", "Jane_Doe_CV.yaml", "-nopdf", "-nopng", "-nohtml"], folder)


def _docxtpl(bench: Bench, specs: Path) -> Command:
    templates = bench.folder("docxtpl-templates")
    script = [bench.peers.docxtpl, PEERS / "templated.py", templates]
    Command(script)()
    return Command([*script, specs, bench.folder("docxtpl-output")])


# --- start ------------------------------------------------------------------------------------


def start(bench: Bench) -> None:
    """What is to be had at once."""
    three = role_specs(bench.folder("start"), 3)
    build = jdgen(three, "build")
    first = build()
    base = "`python -c pass`"
    subjects = {
        base: PASS,
        "--version": jdgen(three, "--version"),
        "--help": jdgen(three, "--help"),
        "first --help": replace(
            jdgen(three, "--help"), environment=_environment(PYTHONPATH=str(ROOT), XDG_CACHE_HOME=os.devnull)
        ),
        "no-op": build,
    }
    second = Measured({base: PASS, "no-op": build}, 1, warm=False)
    measured = Measured(subjects, 3 * bench.rounds, warm=False)
    table = bench.table
    table.compare("`jdgen --help`, for the first time", measured, "first --help", base, at_most(6.5))
    table.compare("- and again", measured, "--help", base, at_most(6.5))
    table.compare("`jdgen --version`", measured, "--version", base, at_most(6.5))
    table.figure("`jdgen build`, 3 roles, first run", _seconds(first.wall))
    table.compare("- second run, nothing to do", second, "no-op", base, at_most(7))
    table.compare("- third run and later", measured, "no-op", base, at_most(7))


# --- scale ------------------------------------------------------------------------------------


def scale(bench: Bench) -> None:
    """Very many roles."""
    folder = role_specs(bench.folder("scale"), bench.roles)
    jobs = _jobs(folder)
    kept: dict[str, Measured] = {}
    for options in jobs:
        name = " ".join(options)
        _tell(f"building {bench.roles} roles {name}")
        first = Measured(
            {"build": jdgen(folder, "build", *options, prepare=partial(clean, folder))},
            max(1, bench.rounds // 5),
            warm=False,
        )
        kept[name] = first
        if _scale_first(bench, folder, name, first):
            _scale_next(bench, folder, options)
    _scale_floor(bench, folder, kept)
    names = list(kept)
    if len(names) > 1 and not any(measured.missing for measured in kept.values()):
        ratio = kept[names[1]].median("build") / kept[names[0]].median("build")
        goal = at_least(1.85)
        bench.table.figure("- two processes against one", "", "", goal.shown(ratio), str(goal), goal.met(ratio))


def _jobs(folder: Path) -> list[list[str]]:
    """The options to measure with: how many processes, where a build can be told."""
    return [["--jobs", "1"], ["--jobs", "2"]] if "--jobs" in _help(folder, "build") else [[]]


def _outputs(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "output").rglob("*") if path.suffix in (".md", ".docx"))


def _scale_first(bench: Bench, folder: Path, name: str, first: Measured) -> bool:
    """Rows of the first build; whether it ended well."""
    what = f"`jdgen build{' ' * bool(name)}{name}`, {bench.roles} roles, first"
    try:
        seconds = first.median("build")
    except MissingError as reason:
        bench.table.figure(what, f"failed: {reason}")
        return False
    count = len(_outputs(folder))
    most = first.median("build", peak)
    note = f"{count} files, {count / seconds:.0f} files/s, {first.median('build', lambda s: s.cpu):.1f} s of CPU"
    bench.table.figure(what, _seconds(seconds), note)
    met = "yes" if most <= 60 else "**no**"
    bench.table.figure("- peak memory of a process", _megabytes(most), "", "", "≤ 60 MiB", met)
    return True


def _scale_next(bench: Bench, folder: Path, options: Sequence[str]) -> None:
    """Rows of what comes after the first build: nothing to do, one change, a check."""
    base, peer = "`python -c pass`", "`make -q`"
    _make_file(folder)
    subjects = {
        "no-op": jdgen(folder, "build", *options),
        base: PASS,
        peer: Command(["make", "-q"], folder),
        "check": jdgen(folder, "check", *(options if "--jobs" in _help(folder, "check") else ())),
    }
    measured = Measured(subjects, max(1, bench.rounds // 2), warm=False)
    bench.table.compare("- no-op build", measured, "no-op", base, at_most(9))
    bench.table.compare("- no-op build", measured, "no-op", peer, at_most(0.333))
    bench.table.figure(
        "- `jdgen check`", _seconds(measured.median("check")), _megabytes(measured.median("check", peak))
    )
    spec = folder / "role_specs" / "role-0001.yaml"
    numbers = iter(range(1_000_000))

    def change() -> None:
        text = spec.read_text(encoding="utf-8")
        spec.write_text(re.sub(r"title: .*", f"title: Changed {next(numbers)}", text, count=1), encoding="utf-8")

    changed = Measured(
        {"one change": jdgen(folder, "build", *options, prepare=change)}, max(1, bench.rounds // 2), warm=False
    )
    bench.table.figure("- build after one change", _seconds(changed.median("one change")))


def _help(folder: Path, command: str) -> str:
    words = jdgen(folder, command, "--help")
    done = subprocess.run(words.words, cwd=folder, env=words.environment, capture_output=True, text=True, check=False)
    return done.stdout


def _make_file(folder: Path) -> None:
    """A Makefile of the same graph: each role's files depend on its spec."""
    files: dict[str, list[str]] = {}
    for path in _outputs(folder):
        files.setdefault(path.relative_to(folder).parts[1], []).append(path.relative_to(folder).as_posix())
    rules = [f"{' '.join(made)}: role_specs/{role}.yaml\n\t@false\n" for role, made in files.items()]
    everything = " ".join(name for made in files.values() for name in made)
    (folder / "Makefile").write_text(f"all: {everything}\n.PHONY: all\n\n{''.join(rules)}", encoding="utf-8")


def _scale_floor(bench: Bench, folder: Path, kept: Mapping[str, Measured]) -> None:
    """Rows against what can't be saved: deflating each document.xml, and as many bytes in as many files."""
    _tell("the floor")
    copies = bench.folder("floor")
    deflating = writing = 0.0
    for number, path in enumerate(_outputs(folder)):
        data = path.read_bytes()
        if path.suffix == ".docx":
            part = main_part(data)
            begin = time.perf_counter()
            zlib.compress(part, 6)
            deflating += time.perf_counter() - begin
        begin = time.perf_counter()
        with open(copies / str(number), "wb") as file:
            file.write(data)
        writing += time.perf_counter() - begin
    floor = deflating + writing
    if not floor:
        return
    goals = (at_most(6), at_most(3.3))
    for (name, measured), goal in zip(kept.items(), goals, strict=False):
        with contextlib.suppress(MissingError):
            ours = measured.median("build")
            note = f"floor: {_seconds(deflating)} deflating, {_seconds(writing)} writing"
            what = f"- first build {name} against the floor".replace("  ", " ")
            bench.table.figure(what, _seconds(ours), note, goal.shown(ours / floor), str(goal), goal.met(ours / floor))


# --- yaml -------------------------------------------------------------------------------------


def yaml_source(bench: Bench) -> None:
    """Reading YAML: a spec, and what is meant to do harm."""
    text = SPEC.read_text(encoding="utf-8")
    peer = "yaml.load(CSafeLoader)"
    measured = Measured(
        {
            "ours": called(lambda: Source(text, "ai-engineer.yaml")),
            peer: called(lambda: yaml.load(text, Loader=yaml.CSafeLoader)),
        },
        5 * bench.rounds,
    )
    bench.table.compare(f"YAML of {len(text) // 1000} KB with places", measured, "ours", peer, at_most(0.7))
    for name in HOSTILE:
        _hostile(bench.table, name)


def _hostile(table: Table, name: str) -> None:
    """A row of how the time to answer grows with a hostile file."""
    what = f"Hostile YAML, 1 MB: {name}"
    words = [sys.executable, "-m", "tests.benchmarks.peers.hostile", name]
    goal = "linear, ≤ 6x, or ≤ 10 ms"
    try:
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        table.figure(what, f"more than {LIMIT} s", "", "", goal, "**no**")
        return
    if done.returncode:
        table.figure(what, f"crashed, code {done.returncode}", _last_line(done.stderr), "", goal, "**no**")
        return
    small, middle, large = map(float, done.stdout.split())
    growth = large / small
    met = "yes" if growth <= 6 or large <= 0.01 else "**no**"
    note = f"250 KB: {_seconds(small)}, 500 KB: {_seconds(middle)}"
    table.figure(what, _seconds(large), note, f"{growth:.1f}x of 250 KB", goal, met)


# --- the command ------------------------------------------------------------------------------

GROUPS: Mapping[str, Callable[[Bench], None]] = {
    "writer": writer,
    "markdown": markdown,
    "cold": cold,
    "start": start,
    "scale": scale,
    "yaml": yaml_source,
}


@contextlib.contextmanager
def _folder(path: Path | None) -> Iterator[Path]:
    """The folder, or one for the time being."""
    if path is None:
        with tempfile.TemporaryDirectory(prefix="jdgen-speed-") as made:
            yield Path(made)
    else:
        path.mkdir(parents=True, exist_ok=True)
        yield path.resolve()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speed", description=__doc__.split("\n", 1)[0])
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}; all if none")
    parser.add_argument("--cache", type=Path, help="where peers are installed; a temporary folder if none")
    parser.add_argument("--rounds", type=int, default=5, help="of most comparisons (%(default)s)")
    parser.add_argument("--roles", type=int, default=1000, help="of the group scale (%(default)s)")
    options = parser.parse_args()
    if unknown := [name for name in options.groups if name not in GROUPS]:
        parser.error(f"there is no group {unknown[0]}")
    with _folder(options.cache) as cache, _folder(None) as work:
        bench = Bench(Table(), Peers(cache), work, options.rounds, options.roles)
        for name in options.groups or GROUPS:
            _tell(name)
            try:
                GROUPS[name](bench)
            except MissingError as reason:
                bench.table.figure(f"the rest of {name}", f"failed: {reason}")


if __name__ == "__main__":
    main()
