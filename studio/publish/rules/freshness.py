"""When an edition is due to be looked at again (months since the last check, by what it is about)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

DEFAULT_MONTHS: Final[Mapping[str, int]] = {"default": 24, "health": 18, "legal": 9}


def months(facets: Sequence[str], table: Mapping[str, int] = DEFAULT_MONTHS) -> int:
    """Return after how many months a text with ``facets`` is due: the shortest that applies."""
    kinds = {facet.split(":")[0] for facet in facets}
    return min([table["default"], *(table[kind] for kind in ("health", "legal") if kind in kinds)])


def due_on(checked_on: date, facets: Sequence[str], table: Mapping[str, int] = DEFAULT_MONTHS) -> date:
    """Return the first day of the month in which an edition checked on ``checked_on`` is due again."""
    whole = checked_on.year * 12 + checked_on.month - 1 + months(facets, table)
    return date(whole // 12, whole % 12 + 1, 1)
