"""How long finding takes in a year with 60 measures: ``python -m tests.benchmarks.bench_search``.

The texts of the sample office are repeated, so that words are found as often as in real plans.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

from ita_desktop.domain.dossier import Dossier
from ita_desktop.domain.findable import findable
from ita_desktop.domain.framework import FrameworkShelf
from ita_desktop.domain.search import Finder, excerpt, fold
from ita_desktop.exchange.interchange import read_interchange
from ita_desktop.paths import resources

YEAR, MEASURES, TIMES = 2569, 60, 50
QUERIES = ("จ", "กอง", "กองคลัง", "จัดซื้อจัดจ้าง", "ประชาชน อนุญาต", "๒๕๖๙", "ไม่มีคำนี้", "o12")


def office() -> Dossier:
    """The sample office with 60 measures in each of three years."""
    sample = read_interchange(resources() / "sample" / "office.json").dossier
    found = sample.measures[YEAR]
    measures = {
        year: tuple(
            replace(found[at % len(found)], id=year * 1000 + at, year=year)
            for at in range(MEASURES)
        )
        for year in (YEAR, YEAR - 1, YEAR - 2)
    }
    return replace(sample, measures=measures)


def took(do: Callable[[], object]) -> float:
    """The median of many goes, in milliseconds."""
    times = []
    for _ in range(TIMES):
        before = time.perf_counter()
        do()
        times.append(time.perf_counter() - before)
    return sorted(times)[len(times) // 2] * 1000


def main() -> None:
    """Say how long gathering takes, and each query with what is drawn of it."""
    shelf, dossier = FrameworkShelf(resources() / "frameworks"), office()
    scored, oit = shelf.get(YEAR - 1), shelf.get(YEAR)

    def gather() -> Finder:
        return Finder(findable(dossier, YEAR, scored, oit))

    fold.cache_clear()
    before = time.perf_counter()
    finder = gather()
    first = (time.perf_counter() - before) * 1000
    out = sys.stdout.write
    out(f"{len(finder)} texts; gathered {first:.1f} ms, again {took(gather):.1f} ms\n")
    for query in QUERIES:
        found = finder.find(query, YEAR)

        def look(query: str = query) -> None:
            seen = finder.find(query, YEAR)
            for hit in seen.hits[:12]:
                excerpt(hit.text, seen.words)

        out(f"{query:<16} {found.count:>5} found  {took(look):6.2f} ms\n")


if __name__ == "__main__":
    main()
