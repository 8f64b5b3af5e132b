"""Words and phrases that a line should not break inside: spaces part most scripts, phrases Japanese and Chinese."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any, Final

import pyphen

from studio.core.locales import Language
from studio.rendering.phrases import phrases

_VERY_LONG: Final = 16
JOINER: Final = "\u2060"
"""Draws nothing and keeps a line from ending where it stands."""
_AFTER_SPACE: Final = re.compile(r"(?<= )(?=[^ ])")
_CLUSTER: Final = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|.)(?:[\ufe0e\ufe0f\u3099\u309a\u0300-\u036f\U0001f3fb-\U0001f3ff]|\u200d.)*",
    re.DOTALL,
)
"""A letter with its marks, or an emoji of several characters: a joiner in it would take it apart."""
_PHONE: Final = re.compile(r"\+?\(?\d[\d ()/-]{4,}\d")


def whole_numbers(text: str) -> str:
    """Return ``text`` with telephone numbers that no line ends in: half a number is a wrong one.

    The text is isolated already: what tells its directions apart would not know a number with joiners in it.
    """
    return _PHONE.sub(lambda found: found[0].replace(" ", "\u00a0").replace("-", f"-{JOINER}"), text)


def glued(text: str, language: Language) -> str:
    """Return ``text`` with invisible joiners inside its phrases, so that lines end only between them."""
    if not language.ideographic:
        return text
    return "".join(_tied(piece) for piece in unbroken(text, language))


def _tied(piece: str) -> str:
    """Return ``piece`` with joiners between its letters, but within foreign words, where no line ends anyway."""
    pairs = pairwise(["", *_CLUSTER.findall(piece)])
    return "".join(after if (before + after).isascii() else JOINER + after for before, after in pairs).lstrip(JOINER)


def unbroken(text: str, language: Language) -> list[str]:
    """Return the pieces of ``text`` between which its lines may end: phrases, and words where a phrase has spaces."""
    return [part for phrase in phrases(text, language) for part in _AFTER_SPACE.split(phrase) if part]


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
