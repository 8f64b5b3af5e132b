"""Notes: moved to the end in the order of their first mention, each with links there and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.rules_core.text_join import text_join
from markdown_it.token import Token

from studio.rendering.labels import Words

SECTION_ID = "fn"
BACK_CLASS = "footnote-back"
BACK_SIGN = "^"
"""The only upward sign that every font of the house has; an arrow would stop each publication with a note in it."""


@dataclass(slots=True)
class _Note:
    label: str | None
    tokens: list[Token] = field(default_factory=list)
    mentions: int = 0


def join_texts(state: StateCore) -> None:
    """Join the words of notes within a line, as the parser's rule of that name does in every paragraph but these."""
    for data in state.env.get("footnotes", {}).get("list", {}).values():
        if "tokens" in data:
            inline = Token("inline", "", 0, children=data["tokens"])
            text_join(StateCore(state.src, state.md, state.env, [inline]))
            data["tokens"] = inline.children


def gather(tokens: Sequence[Token], env: dict[str, Any], words: Words) -> list[Token]:
    """Return the tokens with each mention as a link and all notes in one section at the end.

    A note that nobody mentions comes last, and one defined twice keeps both texts: what was written stays to be read.
    """
    body, defined = _cut(tokens)
    listed: dict[int, dict[str, Any]] = env.get("footnotes", {}).get("list", {})
    notes = [_note(data, defined) for _, data in sorted(listed.items())]
    notes += [_Note(label, content) for label, content in defined.items()]
    if not notes:
        return body
    streams = [body, *(note.tokens for note in notes)]
    for stream in streams:
        for token in stream:
            if token.children:
                token.children = _linked(token.children, notes, words)
    items = [part for number, note in enumerate(notes, 1) for part in _item(note, number, words)]
    return [*body, *_section(items, words)]


def _cut(tokens: Sequence[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Part the definitions, also those inside each other, from the rest."""
    body: list[Token] = []
    defined: dict[str, list[Token]] = {}
    targets = [body]
    for token in tokens:
        if token.type == "footnote_reference_open":
            targets.append(defined.setdefault(token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            targets.pop()
        else:
            targets[-1].append(token)
    return body, defined


def _note(data: dict[str, Any], defined: dict[str, list[Token]]) -> _Note:
    if "tokens" not in data:
        return _Note(data["label"], defined.pop(data["label"]))
    return _Note(None, _paragraph(data["tokens"], data["content"]))


def _paragraph(children: list[Token], content: str) -> list[Token]:
    inline = Token("inline", "", 0, content=content, children=children)
    return [Token("paragraph_open", "p", 1, block=True), inline, Token("paragraph_close", "p", -1, block=True)]


def _linked(children: Sequence[Token], notes: Sequence[_Note], words: Words) -> list[Token]:
    result: list[Token] = []
    for child in children:
        if child.type == "footnote_ref":
            result += _mention(child.meta["id"] + 1, notes[child.meta["id"]], words)
        else:
            result.append(child)
    return result


def _mention(number: int, note: _Note, words: Words) -> list[Token]:
    note.mentions += 1
    attrs: dict[str, str | int | float] = {
        "href": f"#fn-{number}",
        "id": _mention_id(number, note.mentions),
        "aria-label": words.footnote.format(n=number),
    }
    return [
        Token("note_open", "sup", 1, attrs={"class": "footnote-ref"}),
        Token("note_link_open", "a", 1, attrs=attrs),
        Token("text", "", 0, content=str(number)),
        Token("note_link_close", "a", -1),
        Token("note_close", "sup", -1),
    ]


def _mention_id(number: int, mention: int) -> str:
    return f"fnref-{number}" if mention == 1 else f"fnref-{number}-{mention}"


def _item(note: _Note, number: int, words: Words) -> list[Token]:
    back = [part for mention in range(1, note.mentions + 1) for part in _back(number, mention, words)]
    item = Token("note_item_open", "li", 1, attrs={"id": f"fn-{number}"}, block=True)
    content = note.tokens
    if content and content[-1].type == "paragraph_close" and content[-2].children is not None:
        content[-2].children.extend(back)
    elif back:
        content = [*content, *_paragraph(back, "")]
    return [item, *content, Token("note_item_close", "li", -1, block=True)]


def _back(number: int, mention: int, words: Words) -> list[Token]:
    attrs: dict[str, str | int | float] = {
        "href": f"#{_mention_id(number, mention)}",
        "class": BACK_CLASS,
        "aria-label": words.back.format(n=number),
    }
    return [
        Token("text", "", 0, content=" "),
        Token("note_back_open", "a", 1, attrs=attrs),
        Token("text", "", 0, content=BACK_SIGN),
        Token("note_back_close", "a", -1),
    ]


def _section(items: list[Token], words: Words) -> list[Token]:
    attrs: dict[str, str | int | float] = {"class": "footnotes", "id": SECTION_ID, "aria-label": words.footnotes}
    return [
        Token("notes_open", "section", 1, attrs=attrs, block=True),
        Token("notes_list_open", "ol", 1, block=True),
        *items,
        Token("notes_list_close", "ol", -1, block=True),
        Token("notes_close", "section", -1, block=True),
    ]
