"""Which of the offered languages suits a reader best, by what the browser says and nothing that is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 400
"""Characters of the header that are looked at; a browser sends far fewer."""
_FALLBACK: Final = "en"


def best(accept_language: str, offered: Sequence[str]) -> str:
    """Return the code of ``offered`` that the ``Accept-Language`` header prefers.

    A region falls back to its language (``ar-EG`` → ``ar``). Without a match: English if it is offered, else the
    first. ``offered`` must not be empty.
    """
    by_lower = {code.lower(): code for code in offered}
    for wanted in _ranked(accept_language):
        found = _closest(wanted, by_lower)
        if found:
            return found
    return by_lower.get(_FALLBACK) or offered[0]


def _ranked(header: str) -> list[str]:
    """Return the wished codes in lower case, the most wished first; those with weight 0 are left out."""
    wishes: list[tuple[float, str]] = []
    for part in header[:_LONGEST].split(","):
        code, _, parameter = part.partition(";")
        weight = _weight(parameter)
        if code.strip() and weight > 0:
            wishes.append((weight, code.strip().lower()))
    wishes.sort(key=lambda wish: -wish[0])
    return [code for _, code in wishes]


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def _closest(wanted: str, by_lower: dict[str, str]) -> str:
    """Return the offered code for ``wanted`` or for its language without the region, or an empty text."""
    while wanted:
        if wanted in by_lower:
            return by_lower[wanted]
        wanted = wanted.rpartition("-")[0]
    return ""
