"""Comparison of years."""

from __future__ import annotations

from ita_desktop.domain.framework import Framework


def counterpart(framework: Framework, earlier: Framework, code: str) -> str | None:
    """The code in ``earlier`` of what stands at ``code`` in ``framework``; None: no counterpart.

    Items go by the crosswalk, never by equal code: the same code is another question in another
    year. Sub-indicators go by name. Total, instruments and indicators keep their codes, as far as
    the earlier year has them.
    """
    if code in framework.items:
        same_years = framework.crosswalk_year == earlier.year
        return framework.crosswalk.get(code) if same_years else None
    for indicator in framework.indicators.values():
        for sub in indicator.subindicators:
            if sub.code == code:
                return _sub_by_name(earlier, indicator.code, sub.name)
    return code if code in set(earlier.codes()) else None


def _sub_by_name(earlier: Framework, indicator_code: str, name: str) -> str | None:
    indicator = earlier.indicators.get(indicator_code)
    subs = indicator.subindicators if indicator else ()
    return next((sub.code for sub in subs if sub.name == name), None)
