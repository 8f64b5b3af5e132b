"""How Whoosh keeps the list of a form: whole, and ready to be read in one go."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter
from whoosh.filedb.structfile import BufferFile
from whoosh.matching import ListMatcher

from studio.search import postings

_ONE_LIST = 1 << 31
"""No list has so many sections that the library would part it."""


class Codec(W3Codec):  # type: ignore[misc]  # the library has no types
    """The library's own way of keeping an index, but for the lists of sections. Its name stands in the files."""

    def __init__(self) -> None:
        """Keep everything as it is, uncompressed."""
        super().__init__(blocklimit=_ONE_LIST, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:  # noqa: ANN401 - the library's words
        """Return what writes lists."""
        return _Writer(dbfile, self._blocklimit, byteids=byteids, compression=0)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:  # noqa: ANN401 - the library's words
        """Return what goes through a list."""
        if terminfo.is_inlined():
            return super().postings_reader(dbfile, terminfo, format_, term, scorer)
        offset, (length,) = terminfo.extent()  # the library leaves it in the row of one in which it was read
        return ListOf(dbfile.get(offset, length), format_, term, terminfo)


class Window(BufferFile):  # type: ignore[misc]  # the library has no types
    """A file, or a part of one, on bytes that are held anyway: the library would copy each part, and hold all twice."""

    def __init__(self, held: memoryview, name: str | None) -> None:
        """Read what is ``held``."""
        self._buf = held
        self._name = name
        self.file = io.BufferedReader(_Held(held), 512)
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def subset(self, position: int, length: int, name: str | None = None) -> Window:
        """Return a part of it."""
        return Window(self._buf[position : position + length], name or self._name)


class _Held(io.RawIOBase):
    """Bytes that are held, read like a file."""

    def __init__(self, held: memoryview) -> None:
        self._held = held
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._held)}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, into: Any) -> int:  # noqa: ANN401 - whatever a reader holds out
        some = self._held[self._at : self._at + len(into)]
        into[: len(some)] = some
        self._at += len(some)
        return len(some)


class ListOf(ListMatcher):  # type: ignore[misc]  # the library has no types
    """A list as it was written; the library goes through it one by one when it merges parts of the index."""

    def __init__(self, written: bytes, format_: Any, term: Any, terminfo: Any) -> None:  # noqa: ANN401 - of the library
        """Hold what was ``written``."""
        self.written = written
        found = postings.Postings()
        found.add(written, 0)
        super().__init__(found.sections, found.weights, _Values(found), format_, term=term, terminfo=terminfo)


class _Values(Sequence[bytes]):
    """The places in each section of a list, put together when they are asked for."""

    def __init__(self, found: postings.Postings) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found.sections)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - one number gives one value
        return self._found.value(self._found.sections[at])


class _Writer(W3PostingsWriter):  # type: ignore[misc]  # the library has no types
    """Writes a list whole."""

    def _write_block(self, last: bool = False) -> None:  # noqa: ARG002 - the library's words
        self._terminfo.add_block(self)
        self._postfile.write(postings.packed(self._ids, self._weights, self._values))
        self._blockcount += 1
        self._new_block()
