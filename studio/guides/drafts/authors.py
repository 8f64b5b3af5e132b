"""Who wrote what in a draft: runs of code points by author, exact through every change, deletions included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studio.guides.drafts.document import Step

Run = tuple[str | None, int]
"""An author and how many code points are theirs. None: settled by an edition, or imported. Length 0: deleted here."""
Runs = tuple[Run, ...]


def applied(runs: Runs, steps: Iterable[Step], author: str | None) -> Runs:
    """Return ``runs`` after ``author`` changed the text by ``steps``."""
    rest, done = list(runs), list[Run]()
    for kind, size in steps:
        if kind == "insert":
            done.append((author, size))
            continue
        taken = _take(rest, size)
        done.extend(taken if kind == "keep" else [(author, 0), *(run for run in taken if not run[1])])
    return _tidy([*done, *rest])


def between(runs: Runs, start: int, end: int, until: int = 0) -> frozenset[str]:
    """Return who wrote from code point ``start`` to ``end``, or deleted something from there to ``until``, if later."""
    until = max(end, until)
    found, at = set[str](), 0
    for author, size in runs:
        overlaps = at < end and at + size > start if size else start <= at <= until
        if author is not None and overlaps:
            found.add(author)
        at += size
    return frozenset(found)


def settled(text: str) -> Runs:
    """Return the runs of a text whose authors no longer matter."""
    return ((None, len(text)),) if text else ()


def from_rows(rows: Sequence[Sequence[object]]) -> Runs:
    """Read runs back from a checkpoint's column."""
    return tuple((None if author is None else str(author), int(str(size))) for author, size in rows)


def _take(rest: list[Run], size: int) -> list[Run]:
    taken = list[Run]()
    while rest and (size > 0 or rest[0][1] == 0):
        author, length = rest.pop(0)
        if length > size:
            rest.insert(0, (author, length - size))
            length = size
        if length or not size or (author, 0) not in taken:
            taken.append((author, length))
        size -= length
        if size == 0 and length:
            break
    return taken


def _tidy(runs: Iterable[Run]) -> Runs:
    tidy, marks = list[Run](), set[str | None]()
    for author, size in runs:
        if not size:
            if author not in marks and author is not None:
                marks.add(author)
                tidy.append((author, 0))
        elif tidy and tidy[-1][0] == author and tidy[-1][1]:
            tidy[-1] = (author, tidy[-1][1] + size)
        else:
            marks.clear()
            tidy.append((author, size))
    return tuple(tidy)
