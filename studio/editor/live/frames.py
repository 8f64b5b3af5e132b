"""The messages between an editor in a browser and the house: a kind, a header in JSON, and bytes behind it."""

from __future__ import annotations

import base64
import binascii
import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

_HEAD: Final = struct.Struct(">BI")
_LENGTH: Final = struct.Struct(">I")
_MOST_HEADER: Final = 400_000
"""A header holds a state vector at most, a few bytes for each pen that ever wrote."""


class Kind(IntEnum):
    """What a message is; up to 9 from the browser, above from the house."""

    HELLO = 1
    CHANGE = 2
    HERE = 3
    PING = 4
    WELCOME = 11
    CHANGED = 12
    SAVED = 13
    PEOPLE = 14
    REFUSED = 15
    PONG = 16
    HINT = 17


class BadFrameError(ValueError):
    """The bytes are no message."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message, read."""

    kind: Kind
    header: Mapping[str, Any]
    payload: bytes

    def whole(self, name: str) -> int:
        """Return a number of the header; BadFrameError where it is none."""
        value = self.header.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
            raise BadFrameError
        return value

    def data(self, name: str) -> bytes:
        """Return bytes that the header holds in base 64; BadFrameError where it does not."""
        return from_base64(self.header.get(name))


def pack(kind: Kind, header: Mapping[str, Any], payload: bytes = b"") -> bytes:
    """Return a message as bytes."""
    said = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return _HEAD.pack(kind, len(said)) + said + payload


def unpack(data: bytes) -> Frame:
    """Read a message; BadFrameError where it is none."""
    try:
        kind, size = _HEAD.unpack_from(data)
        end = _HEAD.size + size
        if size > _MOST_HEADER or end > len(data):
            raise BadFrameError
        header = json.loads(data[_HEAD.size : end])
        found = Frame(Kind(kind), header, data[end:])
    except (struct.error, ValueError, RecursionError) as error:
        raise BadFrameError from error
    if not isinstance(header, dict):
        raise BadFrameError
    return found


def changed(seq: int, updates: Iterable[bytes]) -> bytes:
    """Return the message that brings ``updates``, after which a text is at ``seq``."""
    each = list(updates)
    return pack(Kind.CHANGED, {"seq": seq, "sizes": [len(one) for one in each]}, b"".join(each))


def together(frames: Iterable[bytes]) -> bytes:
    """Return several messages as one body of the second transport."""
    return b"".join(_LENGTH.pack(len(frame)) + frame for frame in frames)


def apart(body: bytes) -> list[bytes]:
    """Return the messages of a body of the second transport; BadFrameError where it is cut."""
    found, at = list[bytes](), 0
    while at < len(body):
        if at + _LENGTH.size > len(body):
            raise BadFrameError
        end = at + _LENGTH.size + int(_LENGTH.unpack_from(body, at)[0])
        if end > len(body):
            raise BadFrameError
        found.append(body[at + _LENGTH.size : end])
        at = end
    return found


def base64_of(data: bytes) -> str:
    """Return bytes as a header holds them."""
    return base64.b64encode(data).decode()


def from_base64(value: object) -> bytes:
    """Return the bytes of a header's text, in either alphabet; BadFrameError where it is none."""
    if not isinstance(value, str):
        raise BadFrameError
    try:
        padded = value.translate({ord("-"): "+", ord("_"): "/"}) + "=" * (-len(value) % 4)
        return base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadFrameError from error
