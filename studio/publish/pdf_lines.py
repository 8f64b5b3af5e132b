"""A line that the layout ends too early: where only the space before a link or an emphasis does not fit any more.

Then WeasyPrint leaves the first word alone on the line (seen in version 70, in Arabic). Such a space may hang over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

_Line = tuple[Any, int, int | None, float, float, float]
_SPACE: Final = " "


def fill_lines(inline: Any) -> None:  # noqa: ANN401 - the library has no types
    """Let ``inline``, the library's layout of lines, try such a line again with room for its last space."""
    if not isinstance(inline.split_first_line, _Filling):
        inline.split_first_line = _Filling(inline.split_first_line)


class _Filling:
    def __init__(self, split: Callable[..., _Line]) -> None:
        self._split = split

    def __call__(self, text: str, style: Any, context: Any, room: float | None, *more: Any, **named: Any) -> _Line:  # noqa: ANN401 - the library has no types
        line = self._split(text, style, context, room, *more, **named)
        if line[2] is None or room is None or not text.endswith(_SPACE):
            return line
        if _SPACE in text.encode()[: line[1]].decode(errors="ignore").strip():
            return line
        if self._split(text.rstrip(_SPACE), style, context, room, *more, **named)[2] is None:
            return self._split(text, style, context, room + style["font_size"], *more, **named)
        return line
