"""What authors write: the models behind role, competency, company and posting files."""

from jdgen.spec.base import FORMAT_VERSION, Line, Rich, Spec, Translations
from jdgen.spec.company import Company
from jdgen.spec.competency import Competency, CompetencyUse, Question, RoleCompetency, SharedCompetency
from jdgen.spec.file import SpecFile
from jdgen.spec.item import Item
from jdgen.spec.level import Level, Patch
from jdgen.spec.plan import InterviewPlan, Stage, WorkSample
from jdgen.spec.posting import Posting
from jdgen.spec.role import RoleSpec

__all__ = [
    "FORMAT_VERSION",
    "Company",
    "Competency",
    "CompetencyUse",
    "InterviewPlan",
    "Item",
    "Level",
    "Line",
    "Patch",
    "Posting",
    "Question",
    "Rich",
    "RoleCompetency",
    "RoleSpec",
    "SharedCompetency",
    "Spec",
    "SpecFile",
    "Stage",
    "Translations",
    "WorkSample",
]
