"""Who wrote what in a draft: runs of code points by author, exact through every change, deletions included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from studio.guides.drafts.document import Step

Run = tuple[str | None, int]
"""An author and how many code points are theirs. None: settled by an edition, or imported. Length 0: deleted here.

What came by an accepted suggestion has its author's name behind SUGGESTED; where it deleted, the length is minus the
number of code points that went, since suggestions are counted.
"""
Runs = tuple[Run, ...]
SUGGESTED: Final = "~"
"""No id begins with it."""


def applied(runs: Runs, steps: Iterable[Step], author: str | None, *, suggested: bool = False) -> Runs:
    """Return ``runs`` after ``author`` changed the text by ``steps``, or had ``suggested`` that change."""
    name = f"{SUGGESTED}{author}" if suggested and author else author
    rest, done = list(runs), list[Run]()
    for kind, size in steps:
        if kind == "insert":
            done.append((name, size))
            continue
        taken = _take(rest, size)
        mark = (name, -size if suggested else 0)
        done.extend(taken if kind == "keep" else [mark, *(run for run in taken if run[1] <= 0)])
    return _tidy([*done, *rest])


def between(runs: Runs, start: int, end: int, until: int = 0) -> frozenset[str]:
    """Return who typed from code point ``start`` to ``end``, or deleted something from there to ``until``, if later."""
    until = max(end, until)
    found = {author for at, author, size in _placed(runs) if _is_in(at, size, start, end, until)}
    return frozenset(author for author in found if author is not None and not author.startswith(SUGGESTED))


def suggested_between(runs: Runs, start: int, end: int, until: int, *, last: bool = False) -> dict[str, int]:
    """Return whose accepted suggestions are in the same place, and how many code points they added and took out.

    What was taken out between two blocks concerns both, and is counted in the second, or in the ``last`` one.
    """
    found: dict[str, int] = {}
    for at, author, size in _placed(runs):
        if author is None or not author.startswith(SUGGESTED) or not _is_in(at, size, start, end, until):
            continue
        added = min(at + size, end) - max(at, start) if size > 0 else 0
        taken_out = -size if size < 0 and (at < until or last) else 0
        name, count = author.removeprefix(SUGGESTED), added + taken_out
        found[name] = found.get(name, 0) + count
    return found


def settled(text: str) -> Runs:
    """Return the runs of a text whose authors no longer matter."""
    return ((None, len(text)),) if text else ()


def from_rows(rows: Sequence[Sequence[object]]) -> Runs:
    """Read runs back from a checkpoint's column."""
    return tuple((None if author is None else str(author), int(str(size))) for author, size in rows)


def _placed(runs: Runs) -> Iterator[tuple[int, str | None, int]]:
    """Yield where each run begins, its author and its length."""
    at = 0
    for author, size in runs:
        yield at, author, size
        at += max(0, size)


def _is_in(at: int, size: int, start: int, end: int, until: int) -> bool:
    return at < end and at + size > start if size > 0 else start <= at <= until


def _take(rest: list[Run], size: int) -> list[Run]:
    taken = list[Run]()
    while rest and (size > 0 or rest[0][1] <= 0):
        author, length = rest.pop(0)
        if length > size:
            rest.insert(0, (author, length - size))
            length = size
        if length or not size or (author, 0) not in taken:
            taken.append((author, length))
        if length > 0:
            size -= length
            if size == 0:
                break
    return taken


def _tidy(runs: Iterable[Run]) -> Runs:
    """Join neighbours, and the marks of one author at one place; what suggestions took out there is summed."""
    tidy, marks = list[Run](), dict[str | None, int]()
    for author, size in runs:
        if size <= 0:
            if author in marks:
                tidy[marks[author]] = (author, tidy[marks[author]][1] + size)
            elif author is not None:
                marks[author] = len(tidy)
                tidy.append((author, size))
        elif tidy and tidy[-1][0] == author and tidy[-1][1] > 0:
            tidy[-1] = (author, tidy[-1][1] + size)
        else:
            marks.clear()
            tidy.append((author, size))
    return tuple(tidy)
