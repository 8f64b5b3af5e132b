"""Words and phrases that a line should not break inside: spaces part most scripts, budoux Japanese and Chinese."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import budoux
import pyphen

from studio.core.locales import Language

_CLOSING: Final = frozenset("、。，．・：；！？!?,.:;)]}）］｝〉》」』】〕〗’”…‥ー々〜")
_OPENING: Final = frozenset("([{（［｛〈《「『【〔〖‘“")
_STUB: Final = 3
_LONGEST: Final = 8
_VERY_LONG: Final = 16
_JOINER: Final = "\u2060"


@cache
def _parser(script: str) -> Any:  # noqa: ANN401 - budoux has no types
    if script == "japanese":
        return budoux.load_default_japanese_parser()
    return budoux.load_default_simplified_chinese_parser()


def phrases(text: str, language: Language) -> list[str]:
    """Return ``text`` in pieces that belong together; joined, they are the text again (spaces stay at piece ends)."""
    if not language.ideographic:
        return [word + " " for word in text.split(" ")[:-1]] + text.split(" ")[-1:]
    pieces: list[str] = []
    for piece in _parser(language.script).parse(text):
        if pieces and _belongs(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _belongs(before: str, piece: str) -> bool:
    """Whether a line may not end between two pieces: at punctuation, and where kana alone was cut too short."""
    if piece[0] in _CLOSING or before[-1] in _OPENING:
        return True
    stub = len(before) < _STUB or len(piece) < _STUB
    return stub and len(before + piece) <= _LONGEST and all("ぁ" <= char <= "ん" for char in before + piece[0])


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
