"""All rules, read from the files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jdgen.lint.rule import Guarantee, Rule, RuleFile
from jdgen.source import read_source

DATA = Path(__file__).parent / "data"
FILES = ("wording", "description", "interview", "inquiry", "law")
"""In the order in which the page of rules has them."""


@cache
def rule_file(name: str) -> RuleFile:
    """A file of rules, by its name. Raises JdgenError."""
    path = DATA / f"{name}.yaml"
    return read_source(path, path.name).model(RuleFile, name)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by code."""
    return {rule.code: rule for name in FILES for rule in rule_file(name).rules}


@cache
def guarantees() -> Mapping[str, Guarantee]:
    """What every kit keeps without a rule, by code."""
    return {kept.code: kept for name in FILES for kept in rule_file(name).guarantees}
