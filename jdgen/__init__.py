"""One reviewed role spec in, a complete hiring kit out.

    spec = load_role("ai-engineer")
    role = resolve_role(spec, level="senior")
    document = render_document(role, "job-description")
    write_document(document, Path("ai-engineer.docx"))

The names below are the public interface. They are imported when they are first asked for, so that a
command that needs none of them starts at once.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; typing takes longer to import than a build with nothing to do
if TYPE_CHECKING:
    from jdgen.build import Built, build_kits
    from jdgen.check import Checked, Difference, check_kits
    from jdgen.document import Document, DocumentKind
    from jdgen.lint.runner import LintRequest, lint_specs
    from jdgen.lint.verdict import Linted
    from jdgen.load import Library, load_company, load_posting, load_role
    from jdgen.problem import JdgenError, Problem
    from jdgen.render import render_document
    from jdgen.request import Request
    from jdgen.resolve import resolve_role
    from jdgen.role import Role
    from jdgen.spec import Company, Posting, RoleSpec
    from jdgen.write import document_bytes, write_document

__version__ = "0.1.0"

__all__ = [
    "Built",
    "Checked",
    "Company",
    "Difference",
    "Document",
    "DocumentKind",
    "JdgenError",
    "Library",
    "LintRequest",
    "Linted",
    "Posting",
    "Problem",
    "Request",
    "Role",
    "RoleSpec",
    "build_kits",
    "check_kits",
    "document_bytes",
    "lint_specs",
    "load_company",
    "load_posting",
    "load_role",
    "render_document",
    "resolve_role",
    "write_document",
]

_HOMES = {
    "build": ("Built", "build_kits"),
    "check": ("Checked", "Difference", "check_kits"),
    "document": ("Document", "DocumentKind"),
    "lint.runner": ("LintRequest", "lint_specs"),
    "lint.verdict": ("Linted",),
    "load": ("Library", "load_company", "load_posting", "load_role"),
    "problem": ("JdgenError", "Problem"),
    "render": ("render_document",),
    "request": ("Request",),
    "resolve": ("resolve_role",),
    "role": ("Role",),
    "spec": ("Company", "Posting", "RoleSpec"),
    "write": ("document_bytes", "write_document"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415 - only who asks for a name needs it

    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"jdgen.{module}"), name)
    raise AttributeError(f"module 'jdgen' has no attribute '{name}'")
