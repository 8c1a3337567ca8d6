"""The part of schema.org that a JobPosting can reach, as a table, and a validator by it.

The table is made of the TypeScript types of the npm package schema-dts (Apache-2.0), whose version it states:

    cd /tmp && npm pack schema-dts && tar xzf schema-dts-*.tgz
    python -m tests.schema_types /tmp/package
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "schema_types.json"
ROOTS = (
    *("JobPosting", "Organization", "Place", "PostalAddress", "AdministrativeArea", "Country", "State", "City"),
    *("MonetaryAmount", "QuantitativeValue", "PropertyValue", "EducationalOccupationalCredential"),
    *("OccupationalExperienceRequirements", "ContactPoint", "CategoryCode", "CategoryCodeSet", "DefinedTerm"),
)
"""The types whose properties the table lists."""
TEXTS = ("Text", "URL", "Date", "DateTime", "Time", "Duration")
_INTERFACE = re.compile(r"^(?:export )?interface (\w+) extends ([^{]+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.+), "\w+">;$', re.MULTILINE)
_UNION = re.compile(r"^export type (\w+) = (.+);$", re.MULTILINE)


# --- the types -> the table ------------------------------------------------------------------------


def table(source: str, version: str) -> dict[str, Any]:
    """The table of a `schema.d.ts`."""
    interfaces = {
        name: (re.findall(r"\w+Base", above), dict(_PROPERTY.findall(body)))
        for name, above, body in _INTERFACE.findall(source)
    }
    unions = {name: set(re.findall(r"\w+", union)) for name, union in _UNION.findall(source)}
    types = {
        root: {
            "is": sorted({root, *_above(root, unions)}),
            "properties": {
                key: sorted(set(re.findall(r"\w+", kinds)) - {"IdReference"})
                for key, kinds in sorted(_properties(f"{root}Leaf", interfaces).items())
            },
        }
        for root in ROOTS
    }
    return {"schema-dts": version, "types": types}


def _properties(name: str, interfaces: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for above in interfaces[name][0] if name in interfaces else ():
        found |= _properties(above, interfaces)
    return found | (interfaces[name][1] if name in interfaces else {})


def _above(name: str, unions: Mapping[str, set[str]]) -> Iterator[str]:
    """The types that a type is one of."""
    for above, members in unions.items():
        if name in members:
            yield above
            yield from _above(above, unions)


# --- a posting -> what is wrong with it ------------------------------------------------------------


def faults(value: Any, known: Mapping[str, Any], where: str = "$") -> Iterator[str]:
    """What schema.org does not know, or not there, in an object with a type, and below it."""
    type_ = value.get("@type")
    if type_ not in known["types"]:
        yield f"{where}: no type '{type_}'"
        return
    properties = known["types"][type_]["properties"]
    for key, entry in value.items():
        if key.startswith("@"):
            continue
        if key not in properties:
            yield f"{where}.{key}: no property of {type_}"
            continue
        for number, one in enumerate(entry if isinstance(entry, list) else [entry]):
            place = f"{where}.{key}" + (f"[{number}]" if isinstance(entry, list) else "")
            if isinstance(one, dict) and "@type" in one:
                yield from faults(one, known, place)
            if not _fits(one, properties[key], known):
                yield f"{place}: {_shown(one)} is none of {', '.join(properties[key])}"


def _fits(value: Any, kinds: list[str], known: Mapping[str, Any]) -> bool:
    match value:
        case bool():
            return "Boolean" in kinds
        case int() | float():
            return bool({"Number", "Integer", "Float"} & set(kinds))
        case str():
            return bool(set(TEXTS) & set(kinds))
        case {"@type": type_}:
            return bool(set(known["types"].get(type_, {"is": []})["is"]) & set(kinds))
    return False


def _shown(value: Any) -> str:
    return str(value.get("@type")) if isinstance(value, dict) else repr(value)[:40]


def google_faults(posting: Mapping[str, Any]) -> Iterator[str]:
    """What Google's page on JobPosting asks for and a posting does not have, or has in another form."""
    required = {"datePosted", "description", "hiringOrganization", "title"}
    yield from (f"{key} is required" for key in sorted(required - posting.keys()))
    if re.sub("<[^>]+>", "", posting.get("description", "")).strip() in ("", posting.get("title")):
        yield "description must be one, and not the title"
    for key in ("datePosted", "validThrough"):
        moment = r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?"
        if key in posting and not re.fullmatch(moment, posting[key]):
            yield f"{key} must be as ISO 8601 has it"
    types = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
    yield from (f"no employment type {t}" for t in _listed(posting.get("employmentType", [])) if t not in types)
    yield from _faults_of_places(posting)
    yield from _faults_of_pay(posting)


def _faults_of_places(posting: Mapping[str, Any]) -> Iterator[str]:
    is_remote = posting.get("jobLocationType") == "TELECOMMUTE"
    if "jobLocation" not in posting and not (is_remote and "applicantLocationRequirements" in posting):
        yield "jobLocation is required"
    if is_remote and "applicantLocationRequirements" not in posting:
        yield "TELECOMMUTE needs applicantLocationRequirements"
    for place in _listed(posting.get("jobLocation", [])):
        if not re.fullmatch("[A-Z]{2}", place.get("address", {}).get("addressCountry", "")):
            yield "addressCountry is required"


def _faults_of_pay(posting: Mapping[str, Any]) -> Iterator[str]:
    for amount in _listed(posting.get("baseSalary", [])):
        value = amount.get("value", {})
        if not ({"value"} <= value.keys() or {"minValue", "maxValue"} <= value.keys()) or not amount.get("currency"):
            yield "baseSalary needs a currency, and a value or both bounds"
        if value.get("unitText") not in ("HOUR", "DAY", "WEEK", "MONTH", "YEAR"):
            yield "baseSalary needs a unit"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def main() -> None:
    package = Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    made = table((package / "dist" / "schema.d.ts").read_text(encoding="utf-8"), version)
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", json.dumps(made, indent=1))
    TABLE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
