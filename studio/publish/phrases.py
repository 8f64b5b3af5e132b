"""Words and phrases that a line should not break inside: spaces part most scripts, phrases Japanese and Chinese."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import pyphen

from studio.core.locales import Language
from studio.rendering.phrases import phrases

_VERY_LONG: Final = 16
_JOINER: Final = "\u2060"
_PHONE: Final = re.compile(r"\+?\(?\d[\d ()/-]{4,}\d")


def whole_numbers(text: str) -> str:
    """Return ``text`` with telephone numbers that no line ends in: half a number is a wrong one."""
    return _PHONE.sub(lambda found: found[0].replace(" ", "\u00a0").replace("-", f"-{_JOINER}"), text)


def glued(text: str, language: Language) -> str:
    """Return ``text`` with invisible joiners inside its phrases, so that lines end only between them."""
    if not language.ideographic:
        return text
    return "".join(_JOINER.join(phrase) for phrase in phrases(text, language))


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
