"""Which process of a running house does what, by what the system tells of its sockets."""

from __future__ import annotations

import contextlib
from pathlib import Path

from running import Running


def web_process(house: Running) -> int:
    """Return the process at whose end the browsers' sockets are."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    open_here = {row[9] for row in rows if row[1].endswith(f":{house.port:04X}") and row[3] == "01"}
    return next(pid for pid in house.processes() if open_here & _sockets(pid))


def _sockets(pid: int) -> set[str]:
    """Return the sockets of a process: none where it has ended meanwhile."""
    found = set()
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for path in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                target = str(path.readlink())
                if target.startswith("socket:["):
                    found.add(target[8:-1])
    return found
