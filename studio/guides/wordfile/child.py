"""What happens to a word processor's file in a process of its own, which may use so much time and memory and no more.

``python -m studio.guides.wordfile.child`` reads the number of the first note, the title of the text and the file, with
line ends between them, and answers in JSON: the body in Markdown, the pictures drawn anew, a sentence for each thing
that stayed behind; or the refusal.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
from base64 import b64encode
from typing import Any, Final

from studio.core.errors import Invalid, StudioError, TooLarge
from studio.core.words import Message
from studio.guides import canvas
from studio.guides.wordfile.found import PICTURES, Found
from studio.guides.wordfile.package import opened
from studio.guides.wordfile.reading import Read, html_of
from studio.guides.wordfile.repacking import repack
from studio.guides.wordfile.tree import too_much
from studio.guides.wordfile.writing import markdown

CPU: Final = 20
MEMORY: Final = 768 * 1024 * 1024
_RECURSION: Final = 6_000
"""Steps that mammoth goes down; the depth of the file itself is bounded to a fraction of it."""


def convert(first_note: int, title: str, data: bytes) -> dict[str, Any]:
    """Return the answer for the file in ``data``, which comes into a text called ``title``.

    Raise Invalid or TooLarge with what to do.
    """
    found, pictures = Found(), dict[str, canvas.Drawn]()

    def picture(read: Read) -> str:
        if not read.alt:
            found.count("no_words")
            return ""
        if len(pictures) >= PICTURES:
            found.count("too_many")
            return ""
        try:
            drawn = canvas.draw(read.data)
        except (Invalid, TooLarge):
            found.tell("unreadable", read.alt)
            return ""
        pictures[drawn.sha] = drawn
        return f"media:{drawn.sha}"

    body = markdown(html_of(repack(opened(data), found), picture, found), title, first_note, found)
    return {
        "body": body,
        "pictures": [
            {"data": b64encode(one.data).decode(), "type": one.media_type, "size": one.size}
            for one in pictures.values()
        ],
        "dropped": [_plain(sentence) for sentence in found.sentences()],
    }


def _plain(sentence: Message) -> dict[str, Any]:
    return {"text": sentence.text, "values": sentence.values}


def _refused(error: StudioError) -> dict[str, Any]:
    return {"refused": type(error).__name__, **_plain(error.message)}


def _main() -> None:
    for kind, most in ((resource.RLIMIT_CPU, CPU), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.setrecursionlimit(_RECURSION)
    first_note, title, data = sys.stdin.buffer.read().split(b"\n", 2)
    try:
        answer = convert(int(first_note), title.decode(), data)
    except StudioError as error:
        answer = _refused(error)
    except (MemoryError, RecursionError):
        answer = _refused(too_much())
    except Exception as problem:  # noqa: BLE001 - whatever it is, what the file says stays out of logs
        sys.stderr.write("".join(traceback.format_tb(problem.__traceback__)) + f"{type(problem).__name__}\n")
        sys.exit(1)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
