"""What a browser has to know of a language to ask as the server does: its lists and tables, as one script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from studio.search import entries, query, ranking
from studio.search.analyzers import arabic, folding, stems
from studio.search.analyzers.stopwords import STOP_WORDS
from studio.search.analyzers.tokens import CJK, HAN, HIRAGANA, INNER
from studio.search.offline.packing import script

VERSION: Final = 1
"""Raised whenever the files are written otherwise."""


def general() -> dict[str, object]:
    """Return what is the same for all languages: classes of characters, tables of folding, weights of ranking."""
    return {
        "cjk": CJK,
        "han": HAN,
        "hiragana": HIRAGANA,
        "inner": INNER,
        "marks": folding.MARKS,
        "ignored": folding.IGNORED,
        "selectors": folding.SELECTORS,
        "letters": _table(folding.LETTERS),
        "hamza": _table(folding.HAMZA),
        "longest": stems.LONGEST,
        "ranking": {
            "guideTitle": entries.GUIDE_TITLE_WEIGHT,
            "sectionTitle": entries.SECTION_TITLE_WEIGHT,
            "saturation": ranking.SATURATION,
            "lengthShare": ranking.LENGTH_SHARE,
            "usualLength": ranking.USUAL_LENGTH,
        },
        "asking": {
            "longest": query.LONGEST,
            "units": query.MOST_UNITS,
            "steps": query.MOST_STEPS,
            "expansions": query.MOST_EXPANSIONS,
            "synonym": query.LONGEST_SYNONYM,
        },
        "arabic": {"suffixes": list(arabic.SUFFIXES), "own": list(arabic.OWN), "stop": sorted(STOP_WORDS["ar"])},
    }


def of_language(
    code: str, synonyms: Mapping[str, Sequence[str]], said: Sequence[Sequence[str]] = ()
) -> dict[str, object]:
    """Return what is a language's own: words left out, words that mean the same, and its special tables.

    ``said`` are, for each group of first help, the words in this language after which it is shown.
    """
    held: dict[str, object] = {"stop": sorted(STOP_WORDS.get(code, ())), "said": [list(group) for group in said]}
    held["synonyms"] = {word: list(better) for word, better in synonyms.items()}
    if code == "zh":
        held["han"] = _table(folding.SIMPLIFIED)
    if code == "pt":
        held["plurals"] = [list(pair) for pair in stems.PORTUGUESE]
    return held


def written(code: str, synonyms: Mapping[str, Sequence[str]], said: Sequence[Sequence[str]] = ()) -> bytes:
    """Return the script of a language."""
    return script(f"{code}/language", of_language(code, synonyms, said))


def _table(table: Mapping[int, str | int | None]) -> list[str]:
    """Return a table of ``str.maketrans``: each entry is a sign and what stands for it, which may be nothing."""
    return [chr(one) + (chr(other) if isinstance(other, int) else other or "") for one, other in table.items()]
