"""Role specs to Word files by docxtpl, three for each role: python templated.py TEMPLATES SPECS OUTPUT

`python templated.py TEMPLATES` makes the templates, as one would in Word.
"""

from __future__ import annotations

import sys
from pathlib import Path

import docx
import yaml
from docxtpl import DocxTemplate

BULLET = "List Bullet"
TEMPLATES = {
    "job-description": [
        ("{{ title }}", "Title"),
        ("{{ tagline }}", ""),
        ("{{ summary }}", ""),
        ("What you will do", "Heading 1"),
        ("{%p for duty in responsibilities %}", ""),
        ("{{ duty.text }}", BULLET),
        ("{%p endfor %}", ""),
        ("What you bring", "Heading 1"),
        ("{%p for part in qualifications.required + qualifications.preferred %}", ""),
        ("{{ part.text }}", BULLET),
        ("{%p endfor %}", ""),
        ("What you need not have", "Heading 1"),
        ("{%p for part in qualifications.not_required %}", ""),
        ("{{ part.text }}", BULLET),
        ("{%p endfor %}", ""),
    ],
    "question-bank": [
        ("{{ title }}: questions", "Title"),
        ("{%p for skill in competencies %}", ""),
        ("{{ skill.name }}", "Heading 1"),
        ("{{ skill.definition }}", ""),
        ("{%p for level in skill.anchors %}", ""),
        ("{{ level }}: {{ skill.anchors[level] }}", BULLET),
        ("{%p endfor %}", ""),
        ("{%p for question in skill.questions or [] %}", ""),
        ("{{ question.text }}", "Heading 2"),
        ("{{ question.setup }}", ""),
        *(
            line
            for label in ("probes", "strong", "weak", "red_flags")
            for line in (
                (label.replace("_", " ").title(), "Heading 3"),
                (f"{{%p for text in question.{label} or [] %}}", ""),
                ("{{ text }}", BULLET),
                ("{%p endfor %}", ""),
            )
        ),
        ("{%p endfor %}", ""),
        ("{%p endfor %}", ""),
    ],
    "interview-plan": [
        ("{{ title }}: interview plan", "Title"),
        ("{{ interview_plan.summary }}", ""),
        ("{{ interview_plan.before_you_start }}", ""),
        ("{%p for stage in interview_plan.stages %}", ""),
        ("{{ stage.name }}", "Heading 1"),
        ("{{ stage.purpose }} {{ stage.format }}, {{ stage.minutes }} minutes.", ""),
        ("{{ stage.preparation }}", ""),
        ("{{ stage.interviewer_brief }}", ""),
        ("{{ stage.gate }}", ""),
        ("{%p for text in stage.do_not_assess or [] %}", ""),
        ("{{ text }}", BULLET),
        ("{%p endfor %}", ""),
        ("{%p endfor %}", ""),
    ],
}
"""By name: the paragraphs of a template, with their styles."""


def make_templates(folder: Path) -> None:
    for name, paragraphs in TEMPLATES.items():
        document = docx.Document()
        for text, style in paragraphs:
            document.add_paragraph(text, style=style or None)
        document.save(str(folder / f"{name}.docx"))


def render(templates: Path, specs: Path, output: Path) -> None:
    for spec in sorted(specs.glob("*.yaml")):
        data = yaml.load(spec.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        folder = output / spec.stem
        folder.mkdir(parents=True, exist_ok=True)
        for name in TEMPLATES:
            template = DocxTemplate(templates / f"{name}.docx")
            template.render(data, autoescape=True)
            template.save(folder / f"{spec.stem}-{name}.docx")


if __name__ == "__main__":
    folders = [Path(argument) for argument in sys.argv[1:]]
    if len(folders) == 1:
        make_templates(*folders)
    else:
        render(*folders)
