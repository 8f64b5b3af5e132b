"""The parts of a .docx, which is a zip archive: found by their relationships, each read within bounds."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.canvas import MAX_BYTES
from studio.guides.wordfile import tree
from studio.guides.wordfile.tree import UNREADABLE, too_much

FILE_BYTES: Final = 12_000_000
ENTRIES: Final = 2_000
PART_BYTES: Final = 12_000_000
ALL_BYTES: Final = 40_000_000
"""What is unpacked of one file, pictures included."""
_ENCRYPTED: Final = 0x1
_OLD_FORMAT: Final = b"\xd0\xcf\x11\xe0"
NOT_THIS: Final = N_(
    "This is no .docx file. Open it in your word processor, choose “Save as” and .docx, and choose that file here."
)
_OLD: Final = N_(
    "This file is in an older format, or has a password. Open it in your word processor, save it as .docx without a"
    " password, and choose that file here."
)


@dataclass(frozen=True, slots=True)
class Link:
    """What one part says of another: of which sort it is and where; ``outside`` is an address that is never fetched."""

    sort: str
    target: str
    outside: bool


@dataclass
class Package:
    """A .docx of which single parts are read; nothing is ever written to disk."""

    zip: ZipFile
    _parts: dict[str, ZipInfo]
    _unpacked: int = field(default=0)

    def read(self, name: str, most: int = PART_BYTES) -> bytes | None:
        """Return a part's bytes, None where there is none; raise TooLarge beyond ``most`` or beyond all together."""
        part = self._parts.get(name.lower())
        if part is None:
            return None
        if part.flag_bits & _ENCRYPTED:
            raise Invalid(_OLD)
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Invalid(UNREADABLE)
        most = min(most, ALL_BYTES - self._unpacked)
        if part.file_size > most:
            raise too_much()
        data = self._bytes(part, most)
        if len(data) > most:
            raise too_much()
        self._unpacked += len(data)
        return data

    def _bytes(self, part: ZipInfo, most: int) -> bytes:
        try:
            with self.zip.open(part) as opened:
                return opened.read(most + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Invalid(UNREADABLE) from error

    def size(self, name: str) -> int:
        """Return the bytes that a part says it has; nothing where there is no such part."""
        part = self._parts.get(name.lower())
        return part.file_size if part else 0

    def xml(self, name: str) -> Element | None:
        """Return a part's tree, None where there is none."""
        data = self.read(name)
        return None if data is None else tree.read(data)

    def names(self) -> list[str]:
        """Return the names of all parts, in small letters."""
        return list(self._parts)

    def links(self, name: str) -> Mapping[str, Link]:
        """Return what the part ``name`` refers to, by the ids that it uses."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {one.get("Id", ""): _link(one, folder) for one in root if one.tag.endswith("}Relationship")}


def _link(one: Element, folder: str) -> Link:
    outside = one.get("TargetMode", "").lower() == "external"
    target = one.get("Target", "")
    place = target if outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Link(one.get("Type", "").rpartition("/")[2], place, outside)


def opened(data: bytes) -> Package:
    """Return the package in ``data``; raise Invalid or TooLarge with what to do."""
    if len(data) > FILE_BYTES:
        raise too_much()
    if data.startswith(_OLD_FORMAT):
        raise Invalid(_OLD)
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Invalid(NOT_THIS) from error
    parts = archive.infolist()
    if len(parts) > ENTRIES:
        raise too_much()
    return Package(archive, {part.filename.lower().lstrip("/"): part for part in parts})


def main_part(package: Package) -> str:
    """Return the name of the part that holds the text; raise Invalid for another kind of file, such as a table."""
    for link in package.links("").values():
        if link.sort == "officeDocument" and not link.outside:
            return link.target
    raise Invalid(NOT_THIS)


def picture_fits(package: Package, name: str) -> bool:
    """Whether a picture is there and not larger than one that could be sent by itself."""
    return 0 < package.size(name) <= MAX_BYTES
