"""Issuing a document: its file, its data as they were and its code go into the register."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime

from ita_desktop.documents.compose import compose, passage_place
from ita_desktop.documents.templates import Template, load_templates
from ita_desktop.domain.fiscal import Round
from ita_desktop.domain.papers import Issued
from ita_desktop.exchange.changes import Difference, differences, snapshot
from ita_desktop.paths import data_files
from ui.session import Session

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0 and 1: the code is read aloud and typed from paper."""


def document_code(key_text: str, content: bytes) -> str:
    """The short code of an issued document, such as "2569-06-K7QF2M"."""
    number = int.from_bytes(hashlib.sha256(key_text.encode() + content).digest()[:8])
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return f"{key_text}-{letters}"


def issue(session: Session, template: Template, which: Round) -> int | None:
    """Issue the document as it is now; its id in the register, None when that was refused."""
    from ita_desktop.documents.pdf import render_pdf

    matter = session.matter(which)
    key, now = matter.paper_key(template), datetime.now().astimezone()
    at = now.isoformat(timespec="seconds")
    data = json.dumps(snapshot(matter.dossier), ensure_ascii=False).encode()
    code = document_code(f"{key.year}-{key.round:02}", at.encode() + template.kind.encode() + data)
    pdf = render_pdf(compose(template, replace(matter, mark=code)))
    paper = matter.dossier.paper(key)
    issued = Issued(0, key, template.name, code, at, paper.number, paper.day or date.today())
    return session.do(lambda: session.store.issue(issued, pdf, data))


def changed_since(session: Session, issued: Issued) -> tuple[Difference, ...]:
    """What has changed in the data since the document was issued."""
    content = session.store.picture(issued.data)
    if content is None:
        return ()
    old, new = json.loads(content), snapshot(session.dossier)
    return differences(old, new, issued.key.year, _names(session))


def _names(session: Session) -> dict[str, str]:
    """What places of passages and kinds of documents are called on the screen."""
    templates = load_templates(data_files("documents"), session.dossier.templates)
    names = {kind: template.name for kind, template in templates.items()}
    for template in templates.values():
        for which in template.rounds or (Round.TWELVE,):
            for part in template.passages:
                place = passage_place(template, part, which)
                names.setdefault(place, part.wording("name") or place)
    return names
