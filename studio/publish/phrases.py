"""Words and phrases that a line should not break inside: spaces part most scripts, phrases Japanese and Chinese."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any, Final

import pyphen

from studio.core.locales import Language
from studio.rendering.phrases import phrases

_VERY_LONG: Final = 16
JOINER: Final = "\u2060"
"""Draws nothing and keeps a line from ending where it stands."""


def glued(text: str, language: Language) -> str:
    """Return ``text`` with invisible joiners inside its phrases, so that lines end only between them."""
    if not language.ideographic:
        return text
    return "".join(tied(phrase) for phrase in phrases(text, language))


def tied(phrase: str) -> str:
    """Return ``phrase`` with invisible joiners between its characters; within foreign words no line ends anyway."""
    pairs = pairwise(phrase)
    return phrase[:1] + "".join(after if (before + after).isascii() else JOINER + after for before, after in pairs)


@cache
def _hyphens(code: str) -> Any:  # noqa: ANN401 - pyphen has no types
    name = pyphen.language_fallback(code)
    return pyphen.Pyphen(lang=name, left=5, right=5) if name else None


def softened(text: str, language: Language) -> str:
    """Return ``text`` with soft hyphens inside very long words, where the language parts them."""
    hyphens = _hyphens(language.code)
    if hyphens is None:
        return text
    return " ".join(hyphens.inserted(word, "\u00ad") if len(word) > _VERY_LONG else word for word in text.split(" "))
