"""Phrases of a text: spaces part most scripts, budoux Japanese and Chinese."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from studio.core.locales import Language

_CLOSING: Final = frozenset("、。，．・：；！？!?,.:;)]}）］｝〉》」』】〕〗’”…‥ー々〜")
_OPENING: Final = frozenset("([{（［｛〈《「『【〔〖‘“")
_CHINESE_TAILS: Final = frozenset("了着过吗呢吧们")
_CHINESE_HEADS: Final = frozenset("不没")
"""What leans on the word before it, or on the one behind: the models part them now and then."""
_MARKS: Final = frozenset("\u200d\ufe0e\ufe0f\u20e3\u3099\u309a") | {chr(tone) for tone in range(0x1F3FB, 0x1F400)}
"""What makes one sign of several characters: the models part flags and families."""
_STUB: Final = 3
_LONGEST: Final = 8


@cache
def _parser(script: str) -> Any:  # noqa: ANN401 - budoux has no types
    import budoux  # noqa: PLC0415 - only whoever compares or draws such a text needs its models

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
    """Whether a line may not end between two pieces: in a sign, at punctuation, where kana alone was cut too short."""
    if piece[0] in _MARKS or before[-1] == "\u200d":
        return True
    if piece[0] in _CLOSING or before[-1] in _OPENING:
        return True
    if piece[0] in _CHINESE_TAILS or before[-1] in _CHINESE_HEADS:
        return len(before + piece) <= _LONGEST
    stub = len(before) < _STUB or len(piece) < _STUB
    return stub and len(before + piece) <= _LONGEST and all("ぁ" <= char <= "ん" for char in before + piece[0])
