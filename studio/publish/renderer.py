"""Asking for the files of a text: the warm renderer if one listens, else a child process for this one job.

Requests and answers are pickles of the dataclasses below. The socket lies in the data folder, open to the account of
the house alone, and whoever can write there could change the database as well; what authors wrote is never unpickled,
it is a value inside.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from studio.core.errors import Invalid, StudioError, TooLarge
from studio.core.words import N_, Message
from studio.publish.document import Document
from studio.publish.frame import Frame

SOCKET_NAME: Final = "renderer.sock"
"""Name of the socket in the data folder."""
PARENT: Final = "studio.publish.renderer_parent"
TOO_MUCH: Final = N_("This text takes too much time or memory to be printed. Please make it shorter or simpler.")
_LENGTH: Final = struct.Struct(">Q")
_LARGEST: Final = 256 * 1024 * 1024
_REFUSALS: Final[dict[str, Callable[[Message], StudioError]]] = {"Invalid": Invalid, "TooLarge": TooLarge}


class RendererFailed(RuntimeError):
    """The renderer met something nobody had foreseen; the text may be all right."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A file derived from a text. ``kind`` is one of ``kinds_for``, ``size`` in bytes, ``alt`` a card's words."""

    kind: str
    name: str
    media_type: str
    sha256: str
    size: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use: seconds of CPU and of the clock, bytes of memory and of a file; children at a time."""

    cpu: int = 30
    wall: float = 60.0
    memory: int = 1536 * 1024 * 1024
    file: int = 64 * 1024 * 1024
    children: int = 2


@dataclass(frozen=True, slots=True)
class Request:
    """A text, or a part of a collection, to derive ``kinds`` of (empty: all) into ``folder``; its images by SHA-256."""

    document: Document | Frame
    kinds: tuple[str, ...]
    folder: Path
    images: dict[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal on its way back: the name of its class and its sentence; without a name, an unforeseen failure."""

    name: str
    message: Message


Answer = tuple[Derived, ...] | Refused


def serve_command(socket_path: Path, fonts: Path) -> list[str]:
    """Return the command that runs the warm renderer below this very process, and no longer than it.

    ``fonts`` is the folder that keeps the list of fonts.
    """
    return [sys.executable, "-m", PARENT, str(socket_path), str(fonts), str(os.getpid())]


def derive(
    document: Document | Frame,
    images: Mapping[str, bytes],
    folder: Path,
    *,
    kinds: tuple[str, ...] = (),
    socket_path: Path | None = None,
    limits: Limits | None = None,
) -> tuple[Derived, ...]:
    """Derive the files of ``document`` into ``folder`` by the renderer at ``socket_path``, else in a child of one job.

    Raise Invalid or TooLarge with the sentence for its author, RendererFailed for anything else.
    """
    request = Request(document, kinds, folder.resolve(), dict(images))
    allowed = limits or Limits()
    answer = _asked(request, socket_path, allowed) if socket_path else None
    return _unpacked(answer or _once(request, allowed))


def _unpacked(answer: Answer) -> tuple[Derived, ...]:
    if not isinstance(answer, Refused):
        return answer
    if answer.name in _REFUSALS:
        raise _REFUSALS[answer.name](answer.message)
    raise RendererFailed(str(answer.message))


def _asked(request: Request, path: Path, limits: Limits) -> Answer | None:
    """Return the answer of the renderer at ``path``; None where none listens."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(limits.wall * 4 + 5)
        try:
            line.connect(str(path))
        except OSError:
            return None
        try:
            send(line, request)
            answer: Answer = received(line)
        except (OSError, EOFError):
            return Refused("TooLarge", TOO_MUCH)
        return answer


def _once(request: Request, limits: Limits) -> Answer:
    """Return the answer of a child process started for this one request."""
    command = [sys.executable, "-m", PARENT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as child:
        try:
            output, _ = child.communicate(pickle.dumps((request, limits)), timeout=limits.wall)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            output = b""
    if output:
        answer: Answer = pickle.loads(output)  # noqa: S301 - from our own child
        return answer
    if child.returncode > 0:  # it ended by itself, not by a limit
        return Refused("", N_("The renderer did not start."))
    return Refused("TooLarge", TOO_MUCH)


def send(line: socket.socket, value: Request | Answer) -> None:
    """Write a request, or its answer, to ``line``."""
    content = pickle.dumps(value)
    line.sendall(_LENGTH.pack(len(content)) + content)


def received(line: socket.socket) -> Any:  # noqa: ANN401 - a Request one way, an Answer the other
    """Return what the other end sent; raise EOFError where it ended before."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size))
    if length > _LARGEST:
        raise EOFError
    return pickle.loads(_exactly(line, length))  # noqa: S301 - see the first lines of this file


def _exactly(line: socket.socket, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        piece = line.recv(min(1 << 20, length - len(content)))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
