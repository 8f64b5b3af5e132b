"""Who wrote what in a draft: runs of code points by author, exact through every change, deletions included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studio.guides.drafts.document import Step

Run = tuple[str | None, int]
"""An author and how many code points are theirs. None: settled by an edition, or imported. Length 0: deleted here."""
Runs = tuple[Run, ...]


def applied(runs: Runs, steps: Sequence[Step], author: str | None) -> Runs:
    """Return ``runs`` after ``author`` changed the text by ``steps``; what is far from the change is not looked at."""
    kept = steps[0][1] if steps and steps[0][0] == "keep" else 0
    before, rest = _parted(runs, kept)
    done = list[Run]()
    for kind, size in steps[1:] if kept else steps:
        if kind == "insert":
            done.append((author, size))
            continue
        taken = _take(rest, size)
        done.extend(taken if kind == "keep" else [(author, 0), *(run for run in taken if not run[1])])
    return _joined(before, done, tuple(reversed(rest)))


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


def _parted(runs: Runs, size: int) -> tuple[Runs, list[Run]]:
    """Return the runs of the first ``size`` code points, and the others from the last to the first."""
    at = 0
    for number, (author, length) in enumerate(runs if size else ()):
        at += length
        if at >= size:
            over = at - size
            rest = [*reversed(runs[number + 1 :]), *([(author, over)] if over else [])]
            return (*runs[:number], (author, length - over)), rest
    return (runs, []) if size else ((), list(reversed(runs)))


def _take(rest: list[Run], size: int) -> list[Run]:
    """Take the next ``size`` code points from the end of ``rest``, with the marks before and among them."""
    taken = list[Run]()
    while rest and (size > 0 or not rest[-1][1]):
        author, length = rest.pop()
        if length > size:
            rest.append((author, length - size))
            length = size
        taken.append((author, length))
        size -= length
        if not size and length:
            break
    return taken


def _joined(before: Runs, done: Sequence[Run], after: Runs) -> Runs:
    """Return all three in order; only from the last words before the change to the first after it is there to tidy."""
    start = next((number for number in range(len(before) - 1, -1, -1) if before[number][1]), 0)
    end = next((number for number, run in enumerate(after, 1) if run[1]), len(after))
    return (*before[:start], *_tidy((*before[start:], *done, *after[:end])), *after[end:])


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
