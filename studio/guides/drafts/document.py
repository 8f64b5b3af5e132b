"""The one wrapper around pycrdt: its text counts in UTF-8 bytes, everybody else counts in code points."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pycrdt import Doc, Map, Text

Step = tuple[Literal["keep", "insert", "delete"], int]
"""One step of a change: how many code points are kept, inserted or deleted."""


NOTHING: Final = b"\x00\x00"
"""The update that changes nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the code points ``start`` to ``end`` of a text by ``new``."""

    start: int
    end: int
    new: str


class SharedDocument:
    """A draft's shared document: one text and a map of fields. Not to be shared between threads."""

    def __init__(self, state: bytes | None = None, writer: int | None = None) -> None:
        """Begin empty, or from a whole ``state`` that an earlier document gave.

        ``writer`` is this copy's number among all that type into the document, never used by two of them. Where two
        typed at the same place, the lower number's text stands first; where both set a field, the higher one's stays.
        """
        self._doc: Doc[Any] = Doc(client_id=writer)
        self._body = self._doc.get("body", type=Text)
        self._fields = self._doc.get("fields", type=Map)
        if state:
            self._doc.apply_update(state)
        self._bytes: bytes | None = None
        """The body in UTF-8 while every change of it was told; taking it anew costs most in long texts."""
        self._values: dict[str, Any] | None = None
        self._vector: bytes | None = None
        """The fields, and what this copy knows, until something changes."""
        # Told by the library's inner objects: its own way around them costs more than applying a few letters, and
        # would hold a document for ever that says more than these two lists to the one who listens.
        self._deltas, self._touched = deltas, touched = list[list[dict[str, Any]]](), list[bool]()
        self._heard = (
            self._body.integrated.observe(lambda event: deltas.append(event.delta)),
            self._fields.integrated.observe(lambda _event: touched.append(True)),
        )

    @property
    def text(self) -> str:
        """The body as it is now."""
        return self._known().decode()

    @property
    def size(self) -> int:
        """How many bytes the body has in UTF-8."""
        return len(self._known())

    @property
    def fields(self) -> dict[str, Any]:
        """The fields as they are now, as plain values; not to be changed."""
        if self._values is None or self._touched:
            self._touched.clear()
            self._values = json.loads(str(self._fields))  # a tenth of the cost of asking for each value
        return self._values

    @property
    def vector(self) -> bytes:
        """How many characters of each pen this copy knows, as the wire has it."""
        if self._vector is None:
            self._vector = self._doc.get_state()
        return self._vector

    def lacking(self, vector: bytes) -> bytes:
        """Return the update for somebody who knows no more than ``vector``; ValueError where that is none."""
        return self._doc.get_update(vector)

    def state(self) -> bytes:
        """Return the whole document, without what was deleted."""
        return self._doc.get_update()

    def edit(self, edits: Iterable[Edit], fields: Mapping[str, Any]) -> bytes:
        """Type ``edits`` (all counted in the text before them) and set ``fields``; return the update for others."""
        text = self.text
        self._bytes = self._vector = None
        # What the transaction itself tells is this change alone; a difference of states would repeat all deletions.
        updates: list[bytes] = []
        subscription = self._doc.observe(lambda event: updates.append(event.update))
        try:
            with self._doc.transaction():
                for edit in sorted(edits, key=lambda one: one.start, reverse=True):
                    self._replace(text, edit)
                for name, value in fields.items():
                    self._fields[name] = value
        finally:
            self._doc.unobserve(subscription)
        return updates[0] if updates else NOTHING

    def apply(self, update: bytes) -> tuple[Step, ...]:
        """Take over somebody's ``update``; return what it did to the body, in code points of the text before it."""
        before = self._known()
        self._bytes = self._vector = None
        self._deltas.clear()
        self._doc.apply_update(update)
        self._bytes = before
        if not self._deltas:
            return ()
        self._bytes = _after(before, self._deltas[0])
        return _in_code_points(before, self._deltas[0])

    def _known(self) -> bytes:
        if self._bytes is None:
            self._bytes = str(self._body).encode()
        return self._bytes

    def _replace(self, text: str, edit: Edit) -> None:
        start = len(text[: edit.start].encode())
        end = start + len(text[edit.start : edit.end].encode())
        new = edit.new.encode()
        if new:  # before what goes, so that its place among others' changes does not hang on what they deleted
            self._body.insert(start, edit.new)
        if end > start:
            del self._body[start + len(new) : end + len(new)]


def _after(before: bytes, delta: Sequence[Mapping[str, Any]]) -> bytes:
    at, parts = 0, list[bytes]()
    for part in delta:
        if "insert" in part:
            parts.append(part["insert"].encode())
        elif "retain" in part:
            parts.append(before[at : at + part["retain"]])
            at += part["retain"]
        else:
            at += part["delete"]
    return b"".join((*parts, before[at:]))


def _in_code_points(before: bytes, delta: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    at, steps = 0, list[Step]()
    for part in delta:
        if "insert" in part:
            steps.append(("insert", len(part["insert"])))
            continue
        kind: Literal["keep", "delete"] = "keep" if "retain" in part else "delete"
        size = part["retain"] if kind == "keep" else part["delete"]
        steps.append((kind, len(before[at : at + size].decode())))
        at += size
    return tuple(steps)
