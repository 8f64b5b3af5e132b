"""A chapter as one file, so that it is made once and lies ready for every book that has it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from studio.core.locales import language
from studio.publish.epub.chapter import Chapter, File, Place
from studio.publish.epub.zipped import Entry

_END: Final = b"\n"


def folded(chapter: Chapter) -> bytes:
    """Return ``chapter`` as bytes: a line that tells what is in it, then its files as they are packed."""
    files = (*chapter.pages, *chapter.pictures)
    told = {
        "title": chapter.title,
        "language": chapter.language.code,
        "begins": chapter.begins,
        "pages": len(chapter.pages),
        "places": [_place(one) for one in chapter.places],
        "files": [_file(one) for one in files],
    }
    line = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return line + _END + b"".join(one.entry.data for one in files)


def unfolded(content: bytes) -> Chapter:
    """Return the chapter that ``folded`` made into ``content``."""
    line, _, data = content.partition(_END)
    told: dict[str, Any] = json.loads(line)
    files, at = list[File](), 0
    for name, media_type, properties, method, crc, size, length in told["files"]:
        files.append(File(Entry(name, data[at : at + length], method, crc, size), media_type, properties))
        at += length
    return Chapter(
        title=told["title"],
        language=language(told["language"]),
        pages=tuple(files[: told["pages"]]),
        pictures=tuple(files[told["pages"] :]),
        places=_places(told["places"]),
        begins=told["begins"],
    )


def _file(file: File) -> list[object]:
    entry = file.entry
    return [entry.name, file.media_type, file.properties, entry.method, entry.crc, entry.size, len(entry.data)]


def _place(place: Place) -> list[Any]:
    return [place.words, place.address, place.language.code, [_place(one) for one in place.below]]


def _places(told: Iterable[list[Any]]) -> tuple[Place, ...]:
    return tuple(Place(words, address, language(code), _places(below)) for words, address, code, below in told)
