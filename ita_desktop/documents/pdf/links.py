"""Web addresses in running text become links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from ita_desktop.documents.blocks import Paragraph, Run
from ita_desktop.thai.shaping import clean

_SAFE = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[!-~\u0e01-\u0e5b]+", re.IGNORECASE)
_LATIN = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_TRAILING = ".,;:!?'\"*"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_THAI_HOST = re.compile(r"https?://(?:[a-z0-9-]+\.)*[\u0e01-\u0e4e]", re.IGNORECASE)


@lru_cache(maxsize=4_000)
def linked(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with every http(s) address in them made a link; the text stays the same."""
    if not any("://" in run.text and run.link is None for run in runs):
        return runs
    return tuple(part for run in runs for part in _parts(run))


def with_links(paragraph: Paragraph) -> Paragraph:
    """The paragraph with its addresses made links."""
    runs = linked(paragraph.runs)
    return paragraph if runs is paragraph.runs else replace(paragraph, runs=runs)


def _parts(run: Run) -> Iterator[Run]:
    if run.link is not None:
        yield run
        return
    done = 0
    for match in _ADDRESS.finditer(run.text):
        address = _trimmed(match[0])
        if len(address) <= len("https://"):
            continue
        end = match.start() + len(address)
        if match.start() > done:
            yield replace(run, text=run.text[done : match.start()])
        yield replace(run, text=address, link=address)
        done = end
    if done < len(run.text):
        yield replace(run, text=run.text[done:])


def _trimmed(found: str) -> str:
    """The address without the sentence's own marks, and without Thai words that follow it.

    Thai letters belong to an address only where its host is Thai.
    """
    latin = _LATIN.match(found)
    if latin and not _THAI_HOST.match(found):
        found = latin[0]
    while found and (found[-1] in _TRAILING or _is_unpaired(found)):
        found = found[:-1]
    return found


def _is_unpaired(text: str) -> bool:
    """Whether the text ends in a bracket that it does not open itself."""
    opening = _PAIRS.get(text[-1])
    return opening is not None and text.count(text[-1]) > text.count(opening)


def target(link: str) -> str | None:
    """The address as a file may hold it: harmless kinds only, in ASCII; None for any other."""
    cleaned = "".join(clean(link).split())
    if not _SAFE.match(cleaned):
        return None
    return quote(cleaned, safe=":/?#[]@!$&'()*+,;=%~-._")
