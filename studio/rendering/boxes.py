"""Boxes: ``::: note``, ``::: help``, ``::: care`` and ``::: stop``, each with an optional title, closed by ``:::``.

``::: card``, ``::: card number`` and ``::: card step`` mark a passage that becomes a card for sharing; on the page it
stays what it is, a part of the text, so it has no title.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from studio.rendering.limits import DEPTH

KINDS: Final = ("note", "help", "care", "stop")
CARDS: Final = ("quote", "number", "step")
"""What a marked passage is on its card; without a word it is a quote."""
MARKED: Final = "marked"

_CARD: Final = rf":{{3,}}[ \t]*(?i:card)(?:[ \t]+(?P<sort>(?i:{'|'.join(CARDS)})))?[ \t]*:*[ \t]*"
_BOX: Final = rf":{{3,}}[ \t]*(?P<kind>{'|'.join(KINDS)})(?:[ \t]+(?P<title>.*?))?[ \t]*:*[ \t]*"
_MARK: Final = re.compile(_CARD)
_OPEN: Final = re.compile(f"(?:{_CARD})|(?:{_BOX})")
_CLOSE: Final = re.compile(r":{3,}[ \t]*")
_FENCE: Final = re.compile(r"(`{3,}|~{3,})")


def boxes(parser: MarkdownIt) -> None:
    """Teach ``parser`` the boxes."""
    parser.block.ruler.before("fence", "box", _box, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def card_of(line: str) -> str:
    """Return what the passage that ``line`` opens is on its card, one of CARDS; nothing where it opens none."""
    found = _MARK.fullmatch(line)
    return (found["sort"] or CARDS[0]).lower() if found else ""


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = None if state.is_code_block(start) or state.level > DEPTH else _OPEN.fullmatch(_line(state, start))
    if not opening:
        return False
    if silent:
        return True
    last, after = _closing(state, start, end)
    card = card_of(opening[0])
    token = state.push("box_open", "div", 1)
    token.info, token.map = f"{MARKED}-{card}" if card else opening["kind"], [start, after]
    if not card:
        _title(state, start, opening["title"] or "")
    _inside(state, start + 1, last)
    state.push("box_close", "div", -1)
    state.line = after
    return True


def _title(state: StateBlock, start: int, title: str) -> None:
    state.push("box_title_open", "p", 1).map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title, [start, start + 1], []
    state.push("box_title_close", "p", -1)


def _inside(state: StateBlock, first: int, last: int) -> None:
    """Parse the lines of the box; a paragraph in it never runs on past its end."""
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.md.block.tokenize(state, first, last)
    state.parentType, state.lineMax = parent, line_max


def _closing(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """Return the line where the inside of the box ends, past boxes and code in it, and the line after the box."""
    inner, fence = 0, ""
    for number in range(start + 1, end):
        text = _line(state, number)
        if text and state.sCount[number] < state.blkIndent:
            return number, number
        fence, was_code = _fence_after(fence, text)
        if was_code:
            continue
        if _OPEN.fullmatch(text):
            inner += 1
        elif _CLOSE.fullmatch(text):
            if not inner:
                return number, number + 1
            inner -= 1
    return end, end


def _fence_after(fence: str, text: str) -> tuple[str, bool]:
    """Return the fence that is open after a line of ``text``, and whether the line belongs to code."""
    marks = _FENCE.match(text)
    if fence:
        closes = marks and marks[1].startswith(fence) and not text[len(marks[1]) :].strip()
        return ("" if closes else fence), True
    return (marks[1], True) if marks else ("", False)
