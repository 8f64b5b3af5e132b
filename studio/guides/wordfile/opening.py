"""A word processor's file asked of a limited child, so that a bomb harms nobody; what comes back is plain values."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from base64 import b64decode
from dataclasses import dataclass
from typing import Any, Final

from studio.core.errors import Invalid, StudioError, TooLarge, TooOften
from studio.core.words import N_, Message
from studio.guides.canvas import Drawn
from studio.guides.wordfile.package import FILE_BYTES
from studio.guides.wordfile.tree import UNREADABLE, too_much

CHILD: Final = "studio.guides.wordfile.child"
SECONDS: Final = 30.0
_ONE_AT_A_TIME: Final = threading.BoundedSemaphore(1)
_PATIENCE: Final = 20.0
_REFUSALS: Final[dict[str, type[Invalid | TooLarge]]] = {"Invalid": Invalid, "TooLarge": TooLarge}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it can be taken in: its body, the pictures that the body names, and what stayed behind."""

    body: str
    pictures: tuple[Drawn, ...]
    dropped: tuple[Message, ...]


def open_file(data: bytes, title: str, *, first_note: int = 1) -> Opened:
    """Return the .docx in ``data`` as Markdown for a text called ``title``, its notes numbered from ``first_note``.

    Raise Invalid or TooLarge with what to do, TooOften where too many are being opened just now.
    """
    if len(data) > FILE_BYTES:
        raise TooLarge(
            N_("This file is larger than {n} MB. Make its pictures smaller, or part it.", n=FILE_BYTES // 1_000_000)
        )
    answer = _asked(b"\n".join((str(first_note).encode(), " ".join(title.split()).encode("utf-8", "replace"), data)))
    if "refused" in answer:
        raise _refusal(answer)
    if not answer["body"].strip():
        raise Invalid(N_("There are no words in this file that could be taken over. Choose another one."))
    pictures = (Drawn(b64decode(one["data"]), one["type"], tuple(one["size"])) for one in answer["pictures"])
    return Opened(answer["body"], tuple(pictures), tuple(_message(one) for one in answer["dropped"]))


def _asked(sent: bytes) -> dict[str, Any]:
    if not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE):
        raise TooOften(N_("Other files are being opened just now. Try again in a minute."), 60)
    try:
        return _child(sent)
    finally:
        _ONE_AT_A_TIME.release()


def _child(sent: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", CHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as child:
        try:
            output, _ = child.communicate(sent, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            raise too_much() from None
    if child.returncode == 0:
        answer: dict[str, Any] = json.loads(output)
        return answer
    # A number above nothing: it met something that nobody had foreseen. Below: a limit ended it.
    raise Invalid(UNREADABLE) if child.returncode > 0 else too_much()


def _refusal(answer: dict[str, Any]) -> StudioError:
    return _REFUSALS[answer["refused"]](_message(answer))


def _message(plain: dict[str, Any]) -> Message:
    return Message(plain["text"], plain["values"])
