"""The styles and lists of a reference document made whole: what it lacks is added, what nobody uses is dropped."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from jdgen.style import HouseStyle
from jdgen.write.house_style import numbering_part
from jdgen.write.styles import BULLETS, NUMBERS, styles_part
from jdgen.write.xml import W


def qn(name: str) -> str:
    """A name of Word's own as lxml has it."""
    return f"{{{W}}}{name}"


def drop_unused_tables(styles: Any, used: set[str]) -> None:
    """Removes the table styles that no document uses: Word's own are a hundred, and most of a file's size."""
    bases = {str(style.get(qn("styleId"))): style.find(qn("basedOn")) for style in styles.iter(qn("style"))}
    kept = set(used)
    for id in used:
        while (base := bases.get(id)) is not None and (id := str(base.get(qn("val")))) not in kept:
            kept.add(id)
    for style in list(styles.iter(qn("style"))):
        is_table = style.get(qn("type")) == "table" and style.get(qn("default")) != "1"
        if is_table and style.get(qn("styleId")) not in kept:
            styles.remove(style)


def style_name(style: Any) -> str:
    """The name of a style, in lower case."""
    return str(style.find(qn("name")).get(qn("val"))).lower()


def own_styles(style: HouseStyle) -> dict[str, Any]:
    """Jdgen's own styles by lower-case name."""
    made: Any = etree.fromstring(styles_part(style))
    return {style_name(element): element for element in made.iter(qn("style"))}


def add_missing(
    styles: Any, ids: dict[str, str], missing: list[str], own: dict[str, Any], lists: dict[int, int]
) -> None:
    """Adds the missing styles of jdgen's own, and those they build on; `lists` are those they number by."""
    names = {str(element.get(qn("styleId"))): name for name, element in own.items()}
    wanted = [name.lower() for name in missing]
    for name in wanted:  # grows while it is read
        base = own[name].find(qn("basedOn"))
        if base is not None and names[base.get(qn("val"))] not in {*ids, *wanted}:
            wanted.append(names[base.get(qn("val"))])
    taken = {str(element.get(qn("styleId"))) for element in styles.iter(qn("style"))}
    names_taken = {style_name(element) for element in styles.iter(qn("style"))}
    ids.update({name: _free(str(own[name].get(qn("styleId"))), taken) for name in wanted})
    for name in wanted:
        element = copy.deepcopy(own[name])
        element.set(qn("styleId"), ids[name])
        if name in names_taken:  # there is one of another sort
            element.find(qn("name")).set(qn("val"), f"{name} jdgen")
        if element.get(qn("default")):
            del element.attrib[qn("default")]
        for link in element.iter(qn("basedOn"), qn("next")):
            link.set(qn("val"), ids.get(names[link.get(qn("val"))], ids[name]))
        for number in element.iter(qn("numId")):
            number.set(qn("val"), str(lists[int(number.get(qn("val")))]))
        styles.append(element)


def _free(id: str, taken: set[str]) -> str:
    return id if id not in taken else _free(f"{id}Jdgen", taken)


def added_lists(numbering: Any, style: HouseStyle) -> dict[int, int]:
    """Adds jdgen's lists to a numbering. Returns their ids in it by our own."""
    own = etree.fromstring(numbering_part(style))
    abstract, number = last_id(numbering, "abstractNum", "abstractNumId") + 1, last_id(numbering, "num", "numId") + 1
    ids = {}
    first = next(numbering.iter(qn("num")), None)
    for n, list_ in enumerate((BULLETS, NUMBERS)):
        definition = next(e for e in own.iter(qn("abstractNum")) if e.get(qn("abstractNumId")) == str(list_))
        definition.set(qn("abstractNumId"), str(abstract + n))
        numbering.append(definition) if first is None else first.addprevious(definition)
        ids[list_] = number + n
    for n in range(2):
        instance = etree.SubElement(numbering, qn("num"), {qn("numId"): str(number + n)})
        etree.SubElement(instance, qn("abstractNumId"), {qn("val"): str(abstract + n)})
    return ids


def last_id(numbering: Any, tag: str, attribute: str) -> int:
    """The highest id of the numbering's parts of a tag; 0 if there is none."""
    return max((int(element.get(qn(attribute))) for element in numbering.iter(qn(tag))), default=0)


def style_ids(styles: Any, own: dict[str, Any]) -> dict[str, str]:
    """Style ids by lower-case name; not of a style that is of another sort than jdgen's own of that name."""
    sorts = {name: element.get(qn("type")) for name, element in own.items()}
    return {
        style_name(element): str(element.get(qn("styleId")))
        for element in styles.iter(qn("style"))
        if element.get(qn("type")) == sorts.get(style_name(element), element.get(qn("type")))
    }


def with_our_prefix(root: Any) -> Any:
    """The same element, its namespace under the prefix `w`, as text is added to it."""
    if root.prefix == "w":
        return root
    renamed: Any = etree.Element(root.tag, root.attrib, nsmap={"w": W})
    renamed.extend(list(root))
    return renamed


def drop_pictures(numbering: Any) -> None:
    """Removes what a numbering has of pictures, which are not taken along, and of Word's upkeep, which must be last."""
    for element in list(numbering.iter(qn("numPicBullet"), qn("lvlPicBulletId"), qn("numIdMacAtCleanup"))):
        element.getparent().remove(element)


def list_number(styles: Any, id: str, numbering: Any, style: HouseStyle) -> int:
    """The abstract numbering behind the style of numbered lists; jdgen's own if the style has none."""
    found = next(element for element in styles.iter(qn("style")) if element.get(qn("styleId")) == id)
    number = found.find(f"{qn('pPr')}/{qn('numPr')}/{qn('numId')}")
    instances = {str(num.get(qn("numId"))): num for num in numbering.iter(qn("num"))}
    wanted = "" if number is None else str(number.get(qn("val")))
    if wanted not in instances:
        wanted = str(added_lists(numbering, style)[NUMBERS])
        instances = {str(num.get(qn("numId"))): num for num in numbering.iter(qn("num"))}
    return int(instances[wanted].find(qn("abstractNumId")).get(qn("val")))
