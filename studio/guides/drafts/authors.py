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


def applied(runs: Runs, steps: Sequence[Step], author: str | None, *, suggested: bool = False) -> Runs:
    """Return ``runs`` after ``author`` changed the text by ``steps``, or had ``suggested`` that change.

    What is far from the change is not looked at.
    """
    name = f"{SUGGESTED}{author}" if suggested and author else author
    kept = steps[0][1] if steps and steps[0][0] == "keep" else 0
    before, rest = _parted(runs, kept)
    done = list[Run]()
    for kind, size in steps[1:] if kept else steps:
        if kind == "insert":
            done.append((name, size))
            continue
        taken = _take(rest, size)
        mark = (name, -size if suggested else 0)
        done.extend(taken if kind == "keep" else [mark, *(run for run in taken if run[1] <= 0)])
    return _joined(before, done, tuple(reversed(rest)))


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


def _parted(runs: Runs, size: int) -> tuple[Runs, list[Run]]:
    """Return the runs of the first ``size`` code points, and the others from the last to the first."""
    at = 0
    for number, (author, length) in enumerate(runs if size else ()):
        if length <= 0:
            continue
        at += length
        if at >= size:
            over = at - size
            rest = [*reversed(runs[number + 1 :]), *([(author, over)] if over else [])]
            return (*runs[:number], (author, length - over)), rest
    return (runs, []) if size else ((), list(reversed(runs)))


def _take(rest: list[Run], size: int) -> list[Run]:
    """Take the next ``size`` code points from the end of ``rest``, with the marks before and among them."""
    taken = list[Run]()
    while rest and (size > 0 or rest[-1][1] <= 0):
        author, length = rest.pop()
        if length > size:
            rest.append((author, length - size))
            length = size
        taken.append((author, length))
        if length > 0:
            size -= length
            if not size:
                break
    return taken


def _joined(before: Runs, done: Sequence[Run], after: Runs) -> Runs:
    """Return all three in order; only from the last words before the change to the first after it is there to tidy."""
    start = next((number for number in range(len(before) - 1, -1, -1) if before[number][1] > 0), 0)
    end = next((number for number, run in enumerate(after, 1) if run[1] > 0), len(after))
    return (*before[:start], *_tidy((*before[start:], *done, *after[:end])), *after[end:])


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
