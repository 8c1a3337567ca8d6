"""The rules of direction, read from the source: each with a negative control."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "jdgen"
FLOORS = (
    ("cli", "__main__"),
    ("init", "importer", "site"),
    ("export",),
    ("lint",),
    ("advice", "situation"),
    ("nexthire",),
    ("new", "schema", "show", "debrief", "tracefile", "compare", "watched", "changelog", "pin", "watch"),
    ("build", "check", "changes"),
    ("settle",),
    ("workshop",),
    ("kit",),
    ("render", "edit"),
    ("scene", "returned", "panel", "sheet", "record", "agenda", "inputs", "family"),
    (
        "comparison",
        "likeness",
        "loop",
        "proposal",
        "trace",
        "timetable",
        "cover",
        "draft",
        "requirement",
        "ladder",
        "merged",
        "request",
        "nouns",
    ),
    ("plan", "resolve", "phrases", "write", "vacancy", "contents", "history"),
    ("load", "consistency", "places", "appearance", "finding", "language", "overlay", "role", "tidy", "escape", "view"),
    ("reference", "source", "notation"),
    ("breach", "report", "span", "revision", "scan"),
    ("document", "spec", "trust", "crew", "bounds"),
    ("problem", "assets", "style", "form", "drawing", "agreement", "manifest", "recall", "__init__"),
)
"""From top to bottom. A module imports from its own floor or below."""
DOORS = {
    "yaml": {"scan"},
    "babel": {"notation"},
    "jinja2": {"render", "render.environment", "render.sandbox"},
    "docx": {"write.look", "write.picture"},
    "mammoth": {"importer.reading"},
    "lxml": {"importer.page", "write.look", "write.completion", "returned.docx"},
    "pyromark": {"write.tree", "write.located"},
    "typer": {
        f"cli.{name}"
        for name in [
            "app",
            "export",
            "families",
            "importing",
            "judge",
            "kits",
            "library",
            "options",
            "pages",
            "revisions",
        ]
    },
    "click": {"cli.app"},
    "watchfiles": {"watch"},
    "markupsafe": {"escape", "phrases", "render.environment"},
}
"""Each third-party library has its door; pydantic is what specs are made of."""
CLOCKS = {"time", "datetime", "random", "uuid"}
TIMELESS = {"notation": {"datetime"}}
"""Modules that read days which somebody wrote, and ask nobody what day it is."""


def module_name(path: Path) -> str:
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__")


SOURCES = {module_name(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def imports(source: str) -> Iterator[str]:
    """What a source imports, except for types alone."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                child.skipped = True  # type: ignore[attr-defined]  # a mark of ours on the node
        if getattr(node, "skipped", False):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from names
            if not all(name.removeprefix("jdgen.") in SOURCES for name in names):
                yield node.module


def ours(source: str) -> set[str]:
    """The modules of jdgen that a source imports."""
    found = {name.removeprefix("jdgen.") for name in imports(source) if name.startswith("jdgen.")}
    return {name for name in found if name in SOURCES}


def floor(module: str) -> int:
    room = module.split(".", maxsplit=1)[0]
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def upward(module: str, source: str) -> list[str]:
    room = module.partition(".")[0]
    return sorted(o for o in ours(source) if o.partition(".")[0] != room and floor(o) < floor(module))


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle; empty if there is none."""
    left = {module: set(others) for module, others in graph.items()}
    while free := [module for module, others in left.items() if not others & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


def strangers(module: str, source: str) -> list[str]:
    return sorted(
        library for name in imports(source) if (library := name.split(".")[0]) in DOORS and module not in DOORS[library]
    )


def calls(source: str) -> set[str]:
    """The plain names and the last parts of dotted names that a source calls."""
    functions = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = {ast.unparse(function) for function in functions}
    return names | {name.split(".")[-1] for name in names}


def public_functions(source: str) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def undocumented(source: str) -> list[str]:
    """Public functions whose docstring is missing, or that raise JdgenError and don't say so.

    A command's docstring is its help, so it says what the user sees.
    """
    found = []
    for function in public_functions(source):
        doc = ast.get_docstring(function) or ""
        raises = any("JdgenError" in ast.unparse(n) for n in ast.walk(function) if isinstance(n, ast.Raise))
        is_command = any("command" in ast.unparse(decorator) for decorator in function.decorator_list)
        if not doc or (raises and "Raises" not in doc and not is_command):
            found.append(function.name)
    return found


@pytest.mark.parametrize("module", SOURCES)
def test_imports_only_go_down(module: str) -> None:
    assert upward(module, SOURCES[module]) == []


def test_an_import_that_goes_up_is_found() -> None:
    assert upward("plan", "from jdgen.render import Renderer") == ["render"]


def test_there_is_no_circle() -> None:
    assert circle({module: ours(source) - {module} for module, source in SOURCES.items()}) == []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("module", SOURCES)
def test_each_library_has_one_door(module: str) -> None:
    assert strangers(module, SOURCES[module]) == []


def test_a_library_by_another_door_is_found() -> None:
    assert strangers("plan", "import yaml\nfrom jinja2 import Environment") == ["jinja2", "jinja2", "yaml"]


@pytest.mark.parametrize("module", [module for module in SOURCES if not module.startswith(("cli", "__main__"))])
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    assert calls(SOURCES[module]) & {"print", "exit", "sys.exit", "echo", "secho"} == set()


def test_printing_is_found() -> None:
    assert calls("def f():\n    print(1)\n    sys.exit(2)") & {"print", "sys.exit"} == {"print", "sys.exit"}


@pytest.mark.parametrize("module", SOURCES)
def test_nothing_reads_the_clock_or_chance(module: str) -> None:
    assert {name.split(".")[0] for name in imports(SOURCES[module])} & CLOCKS <= TIMELESS.get(module, set())
    assert not re.search(r"\.(?:now|today|utcnow)\(", SOURCES[module])


def test_a_clock_is_found() -> None:
    assert set(imports("def f():\n    import time")) & CLOCKS == {"time"}


READERS = {
    "returned.package": {"open", "package.open"},
    "recall": {"open", "os.makedirs"},
    "history": {"tarfile.open", "open"},
}
"""Calls of those names that only read what is in memory, or that write what can be lost: the user's own cache."""
WRITERS = {"write_bytes", "write_text", "mkdir", "unlink", "rename", "replace_file", "open"}


@pytest.mark.parametrize("module", [module for module in SOURCES if not module.startswith("write")])
def test_only_write_writes(module: str) -> None:
    found = {name for name in calls(SOURCES[module]) if name.split(".")[-1] in WRITERS}
    assert found - READERS.get(module, set()) == set()


def test_writing_is_found() -> None:
    assert {"write_text"} & calls("path.write_text('x')")


@pytest.mark.parametrize("module", SOURCES)
def test_public_functions_say_what_they_do_and_raise(module: str) -> None:
    assert undocumented(SOURCES[module]) == []


def test_a_function_that_hides_what_it_raises_is_found() -> None:
    assert undocumented('def f():\n    """Does."""\n    raise JdgenError([])') == ["f"]
    assert undocumented("def f(): pass") == ["f"]


def test_modules_are_small() -> None:
    lines = {module: source.count("\n") for module, source in SOURCES.items()}
    assert {module: count for module, count in lines.items() if count > 330} == {}
    assert statistics.median(lines.values()) <= 130


def test_types_that_flow_are_frozen() -> None:
    loose = []
    for module, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                loose += [
                    f"{module}.{node.name}"
                    for decorator in node.decorator_list
                    if "dataclass" in ast.unparse(decorator) and "frozen=True" not in ast.unparse(decorator)
                ]
    # They collect what one document or kit is made of, and go nowhere.
    assert loose == ["settle._Doing", "write.inline.Inline", "write.package.Package", "write.wordml.Body"]
