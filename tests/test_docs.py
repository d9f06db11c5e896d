"""The documentation says what the program does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from ita_desktop.documents.templates import load_templates
from ita_desktop.paths import resources

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_of_templates_is_the_programs():
    made = runpy.run_path(str(DOCS / "make_templates.py"))["text"]()
    assert (DOCS / "templates.md").read_text("utf-8") == made, "python docs/make_templates.py"


def test_links_lead_somewhere():
    broken = [
        f"{page.name}: {link}"
        for page in (*DOCS.glob("*.md"), *DOCS.parent.glob("*.md"))
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_kind_of_document_is_in_the_readme():
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    assert [k for k in load_templates(resources() / "documents") if f"`{k}`" not in readme] == []
