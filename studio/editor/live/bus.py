"""Words between the web processes of one house on one machine. They may get lost: the table is the truth.

Another bus (for several machines) has the same three functions: tell, listen, close.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from studio.core.ids import new_id

FOLDER: Final = "bus"
_LARGEST: Final = 60_000
_LONGEST_PATH: Final = 100
"""Bytes that the address of a socket may have everywhere."""
_SETTLED_NS: Final = 1_000_000_000
"""A folder that was changed less than so long ago is listed again: its time may be too coarse to tell two changes."""


class LocalBus:
    """Datagrams between sockets in a folder that only the house's own user may enter."""

    def __init__(self, data: Path) -> None:
        """Use the data folder ``data``; where its path is too long for sockets, the bus is silent."""
        self._folder = data / FOLDER
        self._own = self._folder / f"{new_id()[:8]}.sock"
        self._socket: socket.socket | None = None
        self._changed, self._known = 0, list[Path]()

    def listen(self, heard: Callable[[Mapping[str, Any]], None]) -> None:
        """Call ``heard`` in the running loop with each message of another process."""
        if len(os.fsencode(self._own)) > _LONGEST_PATH:
            return
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._own.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        self._socket.bind(str(self._own))
        asyncio.get_running_loop().add_reader(self._socket, self._read, self._socket, heard)

    def tell(self, message: Mapping[str, Any]) -> None:
        """Tell every other process; never waits."""
        if self._socket is None:
            return
        said = json.dumps(message, separators=(",", ":")).encode()
        if len(said) > _LARGEST:
            return
        for other in self._others():
            self._send(self._socket, said, other)

    def _others(self) -> list[Path]:
        """Return where the other processes listen; whoever comes or goes changes the folder's own time."""
        try:
            changed = self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            return []
        if changed != self._changed or time.time_ns() - changed < _SETTLED_NS:
            self._changed = changed
            self._known = [one for one in self._folder.glob("*.sock") if one != self._own]
        return self._known

    def close(self) -> None:
        """Stop listening."""
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            self._own.unlink(missing_ok=True)
            self._socket = None

    @staticmethod
    def _send(line: socket.socket, said: bytes, other: Path) -> None:
        try:
            line.sendto(said, str(other))
        except ConnectionRefusedError:  # its process has ended
            other.unlink(missing_ok=True)
        except OSError:  # too busy to hear: it will look at the table
            pass

    @staticmethod
    def _read(line: socket.socket, heard: Callable[[Mapping[str, Any]], None]) -> None:
        with contextlib.suppress(OSError, ValueError):
            while True:
                message = json.loads(line.recv(_LARGEST))
                if isinstance(message, dict):
                    heard(message)
