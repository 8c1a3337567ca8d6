"""A Word file as its parts and styles, by zipfile and lxml alone: what the rules on Word files ask."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_MARKS = {f"{W}bookmarkStart", f"{W}bookmarkEnd"}


class Relation(NamedTuple):
    """A relationship of a part, or of the package."""

    id: str
    sort: str
    """The last word of its type, such as `hyperlink`."""
    target: str
    """The name of a part, or an address."""
    is_external: bool


class WordFile:
    """The parts of a Word file, each parsed once."""

    def __init__(self, data: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.package.namelist()
        self._parsed: dict[str, Any] = {}

    def part(self, name: str) -> Any:
        """The root of a part. Raises KeyError if there is none, XMLSyntaxError if it is not XML."""
        if name not in self._parsed:
            self._parsed[name] = etree.fromstring(self.package.read(name))
        return self._parsed[name]

    @property
    def document(self) -> Any:
        return self.part("word/document.xml")

    @property
    def stories(self) -> dict[str, Any]:
        """What holds text: the document, its headers and footers."""
        around = [r.target for r in self.relations("word/document.xml") if r.sort in ("header", "footer")]
        return {name: self.part(name) for name in ("word/document.xml", *around) if name in self.names}

    @property
    def styles(self) -> Styles:
        return Styles(self.part("word/styles.xml"))

    def relations(self, source: str) -> list[Relation]:
        """The relationships of a part; of the package for an empty name."""
        folder, name = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.names:
            return []
        found = []
        for element in self.part(path):
            target, is_external = element.get("Target"), element.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/")
            sort = element.get("Type").rpartition("/")[2]
            found.append(Relation(element.get("Id"), sort, target, is_external))
        return found


class Styles:
    """The styles of a Word file, each with those it is based on."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.by_id = {value(style, "styleId"): style for style in root.iter(f"{W}style")}
        self.default = {
            value(style, "type"): value(style, "styleId")
            for style in self.by_id.values()
            if value(style, "default") == "1"
        }

    def chain(self, id: str) -> list[Any]:
        """The style and those it is based on, nearest first; a circle is walked once."""
        found: list[Any] = []
        while id in self.by_id and self.by_id[id] not in found:
            found.append(self.by_id[id])
            id = value(found[-1].find(f"{W}basedOn"))
        return found

    def first(self, id: str, path: str) -> Any:
        """The element at a path in the nearest style that has it, or None."""
        return next((found for style in self.chain(id) if (found := style.find(path)) is not None), None)

    def of_paragraph(self, paragraph: Any, path: str) -> Any:
        """The element at a path below w:pPr: the paragraph's own, its style's, the document's, or None."""
        own = paragraph.find(f"{W}pPr/{path}")
        if own is None:
            own = self.first(self.id_of(paragraph), f"{W}pPr/{path}")
        return self.root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{path}") if own is None else own

    def id_of(self, paragraph: Any) -> str:
        """The id of a paragraph's style, which is the default style if it names none."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.default.get("paragraph", "")


def without_words_of_pictures(data: bytes) -> bytes:
    """The same file whose pictures have no words, but as much room, for readers that take them for the text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml" and b"txbxContent" in part:
                root = etree.fromstring(part)
                for text in root.iterfind(f".//{W}txbxContent//{W}t"):
                    text.text = ""
                for described in root.iter(PICTURE):
                    described.attrib.pop("descr", None)
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            changed.writestr(package.getinfo(name), part)
    return out.getvalue()


def value(element: Any, name: str = "val") -> str:
    """An attribute of Word's namespace; empty if it or the element is not there."""
    return "" if element is None else element.get(W + name, "")


def is_on(element: Any) -> bool:
    """Whether a switch such as w:bidi is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off")


def text_of(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def inside(parent: Any) -> Iterator[Any]:
    """The children of an element: what a content control holds instead of the control, and no bookmarks."""
    for child in parent:
        if child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            yield from inside(content) if content is not None else ()
        elif child.tag not in _MARKS:
            yield child
