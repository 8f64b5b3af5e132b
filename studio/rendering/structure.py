"""Headings, tables, task lists, boxes, pictures with a caption: the token stream is given the shape of a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from studio.rendering.boxes import MARKED
from studio.rendering.context import Context

TOP_LEVEL: Final = 2
LAST_LEVEL: Final = 4
ID_LENGTH: Final = 60

_ALIGN: Final = {"text-align:left": "align-start", "text-align:center": "align-center", "text-align:right": "align-end"}


def headings(tokens: Sequence[Token]) -> frozenset[str]:
    """Give headings levels without gaps, from h2 on, and ids of their own; return the ids.

    The levels of the source only say which heading stands under which: a text written with ``##`` alone gets h2, and
    one that jumps from ``#`` to ``###`` gets h2 and h3, as PDF/UA and screen readers want it.
    """
    ids: dict[str, int] = {}
    outer: list[int] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            wanted = int(token.tag[1])
            while outer and outer[-1] >= wanted:
                outer.pop()
            outer.append(wanted)
            tag = f"h{min(TOP_LEVEL - 1 + len(outer), LAST_LEVEL)}"
            token.tag = tokens[place + 2].tag = tag
            token.attrs["id"] = _unique(_slug(tokens[place + 1].children or ()), ids)
    return frozenset(ids)


def _slug(children: Sequence[Token]) -> str:
    before = [None, *children]
    text = "".join(
        child.content if child.type in ("text", "code_inline") else " "
        for last, child in zip(before, children, strict=False)
        if not child.type.startswith("note") and (last is None or last.type != "note_link_open")
    )
    letters = "".join(
        letter if unicodedata.category(letter)[0] in "LNM" else "-"
        for letter in unicodedata.normalize("NFC", text).lower()
    )
    return "h-" + ("-".join(filter(None, letters.split("-")))[:ID_LENGTH].strip("-") or "part")


def _unique(wanted: str, ids: dict[str, int]) -> str:
    name = wanted
    while name in ids:
        ids[wanted] += 1
        name = f"{wanted}-{ids[wanted]}"
    ids[name] = 1
    return name


def join_lines(children: Sequence[Token]) -> list[Token]:
    """Take out line ends between ideographs or kana: their words are not parted by spaces, as a line end would be."""
    last = len(children) - 1
    return [
        child
        for place, child in enumerate(children)
        if child.type != "softbreak"
        or not 0 < place < last
        or not (_wide(children[place - 1].content[-1:]) and _wide(children[place + 1].content[:1]))
    ]


def _wide(letter: str) -> bool:
    return (
        bool(letter)
        and unicodedata.east_asian_width(letter) in "WF"
        and unicodedata.category(letter)[0] in "LP"
        and not unicodedata.name(letter, "").startswith("HANGUL")
    )


def shape(tokens: Sequence[Token], context: Context) -> list[Token]:
    """Return the stream with tables, boxes, tasks, code and captions as the page wants them."""
    result: list[Token] = []
    tables = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            tables += 1
            result += [_table_frame(tables, context), token]
        elif token.type == "table_close":
            result += [token, Token("frame_close", "div", -1, block=True)]
        else:
            _one(token, tokens, place, context)
            result.append(token)
    return result


def _table_frame(number: int, context: Context) -> Token:
    """Return a frame that scrolls by keyboard too, on narrow screens; a group, for many regions would be a maze."""
    label = context.words.table.format(n=number)
    attrs: dict[str, str | int | float] = {"class": "table", "role": "group", "tabindex": "0", "aria-label": label}
    return Token("frame_open", "div", 1, attrs=attrs, block=True)


def _one(token: Token, tokens: Sequence[Token], place: int, context: Context) -> None:
    if token.type in ("th_open", "td_open"):
        _cell(token)
    elif token.type == "box_open" and token.info.startswith(MARKED):
        token.attrs = {"class": f"{MARKED} {token.info}"}
    elif token.type == "box_open":
        token.attrs = {"class": f"box box-{token.info}", "role": "note"}
        title = tokens[place + 2]
        if not title.children:
            title.children = [Token("text", "", 0, content=getattr(context.words, token.info))]
        tokens[place + 1].attrs = {"class": "box-title"}
    elif token.type == "list_item_open":
        _task(token, tokens[place + 1 : place + 3], context)
    elif token.type == "paragraph_open" and not token.hidden:
        _caption(tokens[place : place + 3])


def _cell(token: Token) -> None:
    align = _ALIGN.get(str(token.attrs.pop("style", "")))
    if align:
        token.attrs["class"] = align
    if token.tag == "th":
        token.attrs["scope"] = "col"


def _task(item: Token, following: Sequence[Token], context: Context) -> None:
    """Make ``[ ]`` or ``[x]`` at the start of an item a box that says its state."""
    children = following[1].children if len(following) > 1 and following[0].type == "paragraph_open" else None
    first = children[0] if children and children[0].type == "text" else None
    if children is None or first is None or first.content[:4].lower() not in ("[ ] ", "[x] "):
        return
    done = first.content[1] != " "
    first.content = first.content[3:]
    attrs: dict[str, str | int | float] = {"type": "checkbox", "disabled": ""}
    attrs |= {"checked": ""} if done else {}
    attrs |= {"aria-label": context.words.done if done else context.words.open}
    children.insert(0, Token("task", "input", 0, attrs=attrs))
    item.attrs["class"] = "task"


def _caption(paragraph: Sequence[Token]) -> None:
    """Make a figure of a picture that stands alone and has a title, with that title under it."""
    opening, inline, closing = paragraph
    children = inline.children or []
    if len(children) != 1 or children[0].type != "picture" or "title" not in children[0].attrs:
        return
    opening.tag = closing.tag = "figure"
    inline.children = [
        children[0],
        Token("caption_open", "figcaption", 1),
        Token("text", "", 0, content=str(children[0].attrs.pop("title"))),
        Token("caption_close", "figcaption", -1),
    ]
