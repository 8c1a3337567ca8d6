"""Markdown files to Word files by jdgen, in one process: python batch.py OUTPUT FILE..."""

from __future__ import annotations

import sys
from pathlib import Path

from jdgen.document import KINDS, Document
from jdgen.write.docx import docx_bytes


def main() -> None:
    output, *files = map(Path, sys.argv[1:])
    for file in files:
        text = file.read_text(encoding="utf-8")
        document = Document(KINDS["question-bank"], file.stem, file.stem, "Document", "en", text)
        (output / f"{file.stem}.docx").write_bytes(docx_bytes(document))


if __name__ == "__main__":
    main()
