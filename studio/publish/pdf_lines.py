"""Lines that the layout ends too early: where only a space does not fit any more (seen in WeasyPrint 70).

Where that is the space before a link or an emphasis, the first word is left alone on the line; where it is the one that
wide letters have behind the last of them, a word is torn apart without a hyphen. Both may hang over the line's end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from weasyprint.layout import inline

_Line = tuple[Any, int, int | None, float, float, float]
_SPACE: Final = " "
_IDEOGRAPHS: Final = "\u2e80"


def fill_lines() -> None:
    """Let the layout of this process try such a line again with room for its last space."""
    if not isinstance(inline.split_first_line, _Filling):
        inline.split_first_line = _Filling(inline.split_first_line)


class _Filling:
    def __init__(self, split: Callable[..., _Line]) -> None:
        self._split = split

    def __call__(self, text: str, style: Any, context: Any, room: float | None, *more: Any, **named: Any) -> _Line:  # noqa: ANN401 - the library has no types
        line = self._split(text, style, context, room, *more, **named)
        if line[2] is None or room is None:
            return line
        spacing = style["letter_spacing"]
        if isinstance(spacing, float | int) and spacing and _torn(text, line):
            wider = self._split(text, style, context, room + spacing, *more, **named)
            if not _torn(text, wider):
                return wider
        if not text.endswith(_SPACE) or _SPACE in text.encode()[: line[1]].decode(errors="ignore").strip():
            return line
        if self._split(text.rstrip(_SPACE), style, context, room, *more, **named)[2] is None:
            return self._split(text, style, context, room + style["font_size"], *more, **named)
        return line


def _torn(text: str, line: _Line) -> bool:
    """Whether a line ends between two letters of a word; ideographs are words of their own."""
    if line[2] is None:
        return False
    content = text.encode()
    before, after = content[: line[2]].decode(errors="ignore")[-1:], content[line[2] :].decode(errors="ignore")[:1]
    return before.isalpha() and after.isalpha() and max(before, after) < _IDEOGRAPHS
