"""What ``studio check`` says of the first broken link of the trail, and what to do about it."""

from __future__ import annotations

from typing import Final

from studio.audit.links import Break, Fault, Known
from studio.i18n.formats import day

WHAT_TO_DO: Final = (
    "What to do: stop the house and change nothing. Keep a copy of the database and of the file trail-head as they are "
    "now. Find the newest backup in which studio check finds the trail whole: whatever does not fit happened after it. "
    "Tell the organisers. What is said below of editions and files holds all the same: they have hashes of their own."
)


def explain(found: Break) -> list[str]:
    """Return in sentences which link of the chain is the first that does not hold, and what to do."""
    return [f"The trail does not hold. {_SAID[found.fault](found)}", WHAT_TO_DO]


def _name(entry: Known | None, seq: int) -> str:
    return f"entry {entry.seq} ({day(entry.at, 'en')}, “{entry.act}”)" if entry else f"entry {seq}"


def _before(found: Break) -> str:
    """Return how far the chain is whole."""
    if found.before is None:
        return "Nothing before it can be relied on."
    return f"Up to {_name(found.before, 0)} everything is as it was written."


def _changed(found: Break) -> str:
    return (
        f"The first link that is broken is {_name(found.here, found.seq)}: its own words are not those that it was "
        f"written with. {_before(found)}"
    )


def _moved(found: Break) -> str:
    return (
        f"The first link that is broken is {_name(found.here, found.seq)}: it stands in the wrong place, for it was "
        f"written as entry {found.other}. {_before(found)}"
    )


def _unreadable(found: Break) -> str:
    return f"The first link that is broken is entry {found.seq}: it cannot be read as an entry. {_before(found)}"


def _missing(found: Break) -> str:
    last = (found.here.seq if found.here else found.seq + 1) - 1
    gone = f"Entry {found.seq} is missing" if last <= found.seq else f"Entries {found.seq} to {last} are missing"
    return f"{gone}: what stands next is {_name(found.here, last + 1)}. {_before(found)}"


def _unlinked(found: Break) -> str:
    return (
        f"The first link that is broken is {_name(found.here, found.seq)}: it was not written after "
        f"{_name(found.before, found.seq - 1)} as that stands now. Either that one was written anew together with its "
        "hash, or an entry between the two was taken out and the numbers were closed up."
    )


def _cut(found: Break) -> str:
    return (
        f"Entries after {_name(found.before, found.seq - 1)} are missing, or the row that names the newest entry was "
        "changed: that row and the newest entry do not go together."
        if found.before
        else "The row that names the newest entry was changed, or all entries are gone."
    )


def _other(found: Break) -> str:
    return (
        f"The entries fit each other, but {_name(found.here, found.seq)} is not the one that the file trail-head was "
        "signed for: it, or something before it, was written anew with all hashes after it."
    )


def _short(found: Break) -> str:
    return (
        f"The trail ends with {_name(found.before, found.seq - 1)}, but the file trail-head was signed for entry "
        f"{found.other}: the newest entries were cut off, or an older copy of the database was put in its place."
    )


_SAID: Final = {
    Fault.CHANGED: _changed,
    Fault.MOVED: _moved,
    Fault.UNREADABLE: _unreadable,
    Fault.MISSING: _missing,
    Fault.UNLINKED: _unlinked,
    Fault.CUT: _cut,
    Fault.OTHER: _other,
    Fault.SHORT: _short,
}
