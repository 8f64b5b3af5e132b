"""The blocks of a source: a heading, a paragraph, a list …, each with its exact text, a hash, and an id that stays."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from studio.rendering.identity import assign_ids
from studio.rendering.limits import prepare
from studio.rendering.parser import Parsed, parse_blocks
from studio.rendering.source import SourceBlock

__all__ = ["SourceBlock", "assign_ids", "front_blocks", "split"]

_KINDS: Final = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
    "blockquote_open": "quote",
    "box_open": "box",
    "fence": "code",
    "code_block": "code",
    "hr": "rule",
    "dl_open": "definitions",
    "footnote_reference_open": "footnote",
}
_IMAGE: Final = re.compile(r"!\[[^\n]*\]\([^\n]*\)")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LABEL: Final = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]")
_BLANK_START: Final = re.compile(r"\A(?:[ \t]*\n)+")


def split(source: str) -> tuple[SourceBlock, ...]:
    """Return the top-level blocks of ``source`` in order; their texts joined are ``source`` again.

    Raises Invalid and TooLarge as rendering does for broken characters and too many bytes.
    """
    parsed = parse_blocks(prepare(source))
    lines = _LINE.findall(source)
    definitions = _Definitions(parsed, lines)
    return tuple(
        SourceBlock(kind, text, definitions.digest(kind, text))
        for kind, text in _pieces(lines, list(_top(parsed.tokens, lines)))
    )


def front_blocks(title: str, summary: str) -> tuple[SourceBlock, SourceBlock]:
    """Return title and summary as blocks, which are compared and remarked on like those of the body."""
    title_block, summary_block = (
        SourceBlock(kind, text, _digest(kind, text, {}, {})) for kind, text in (("title", title), ("summary", summary))
    )
    return title_block, summary_block


def _top(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for place, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0 and token.map:
            kind = _KINDS[token.type]
            alone = kind == "paragraph" and _IMAGE.fullmatch(tokens[place + 1].content.strip())
            yield "image" if alone else kind, token.map[0], min(token.map[1], len(lines))


def _pieces(lines: Sequence[str], tops: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, str]]:
    """Yield kind and text; lines that no block claims are link definitions, and blank ones belong to what is before."""
    starts: list[tuple[str, int]] = []
    end = 0
    for kind, first, last in (*tops, ("", len(lines), len(lines))):
        loose = next((at for at in range(end, first) if lines[at].strip()), None)
        if loose is not None:
            starts.append(("references", loose))
        if kind:
            starts.append((kind, first))
        end = last
    starts = starts or ([("space", 0)] if lines else [])
    edges = [0, *(at for _, at in starts[1:]), len(lines)]
    for (kind, _), first, last in zip(starts, edges, edges[1:], strict=False):
        yield kind, "".join(lines[first:last])


class _Definitions:
    """Link definitions and notes of a text, as far as a block uses them."""

    def __init__(self, parsed: Parsed, lines: Sequence[str]) -> None:
        self.links: dict[str, dict[str, Any]] = parsed.env.get("references", {})
        self.notes: dict[str, str] = {}
        for token in parsed.tokens:
            if token.type == "footnote_reference_open" and token.map:
                label = token.meta["label"]
                text = _bare("".join(lines[token.map[0] : token.map[1]]))
                self.notes[label] = self.notes.get(label, "") + text

    def digest(self, kind: str, text: str) -> str:
        notes = self._notes(text)
        links = {label: self.links[label] for part in (text, *notes.values()) for label in self._labels(part)}
        resolved = {label: [link["href"], link["title"]] for label, link in links.items()}
        return _digest(kind, _bare(text), resolved, notes)

    def _labels(self, text: str) -> Iterator[str]:
        if self.links:
            found = (normalizeReference(label) for label in _LABEL.findall(text))
            yield from (label for label in found if label in self.links)

    def _notes(self, text: str) -> dict[str, str]:
        """Return the notes that ``text`` mentions, and those that they mention."""
        found: dict[str, str] = {}
        ahead = [text]
        while ahead and self.notes:
            for label in _LABEL.findall(ahead.pop()):
                note = self.notes.get(label[1:]) if label.startswith("^") else None
                if note is not None and label not in found:
                    found[label] = note
                    ahead.append(note)
        return found


def _bare(text: str) -> str:
    return _BLANK_START.sub("", re.sub(r"\r\n?", "\n", text)).rstrip()


def _digest(kind: str, text: str, links: dict[str, list[str]], notes: dict[str, str]) -> str:
    whole = json.dumps([kind, text, links, notes], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()
