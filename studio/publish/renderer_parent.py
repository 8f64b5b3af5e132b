"""The renderer: a warm parent that forks a limited child for each text, so that a bomb harms nobody.

The parent has imported everything and drawn a text of each script once; it runs no thread and reads no request. A
child reads one request from the socket, derives the files, answers and ends. It may use so much time, memory and disk
and no more; when it dies, the asker hears that the text is too much, and the parent serves the next.

``python -m studio.publish.renderer_parent SOCKET FONTS`` serves; without arguments it does one job from its input.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Final

from studio.core.errors import Invalid, TooLarge
from studio.core.words import N_
from studio.publish.derivation import derive_all
from studio.publish.renderer import TOO_MUCH, Answer, Limits, Refused, Request, received, send
from studio.publish.typefaces import use_own_fonts
from studio.publish.warming import documents

_SWEEP: Final = 50_000
"""So many more objects are made than went before anybody looks for rubbish: a child ends before it piles up."""
_TICK: Final = 0.5
_WHILE_FULL: Final = 0.02


def serve(socket_path: Path, *, fonts: Path | None = None, limits: Limits | None = None, parent: int = 0) -> None:
    """Warm up, listen on ``socket_path`` and fork a child for each request, until stopped or left by the parent.

    ``fonts`` is the folder that keeps the list of fonts between starts; ``parent`` is told by a parent that may be gone
    before this process has even begun.
    """
    parent = parent or os.getppid()
    warm(fonts)
    with _listening(socket_path) as listener:
        _Parent(listener, limits or Limits()).run(lambda: os.getppid() == parent)
    socket_path.unlink(missing_ok=True)


def warm(fonts: Path | None = None) -> None:
    """Load everything and draw a text of each script once, so that children begin with full caches."""
    use_own_fonts(fonts)
    with tempfile.TemporaryDirectory(prefix="studio-warm-") as folder:
        for document in documents():
            derive_all(document, lambda _name: b"", Path(folder), ("pdf", "card_wide"))
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SWEEP)


@contextlib.contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
    finally:
        os.umask(before)
    with listener:
        listener.listen(64)
        yield listener


class _Parent:
    """Forks, waits for and, if need be, ends the children."""

    def __init__(self, listener: socket.socket, limits: Limits) -> None:
        self._listener = listener
        self._limits = limits
        self._children: dict[int, float] = {}
        self._stopped = False

    def run(self, wanted: Callable[[], bool]) -> None:
        """Serve while ``wanted`` and not told to stop; no child outlives it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while wanted() and not self._stopped:
            self._reap()
            full = len(self._children) >= self._limits.children
            ready = select.select([] if full else [self._listener], [], [], _WHILE_FULL if full else _TICK)[0]
            if ready and not self._stopped:
                self._fork()
        for child in self._children:
            _end(child)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopped = True

    def _fork(self) -> None:
        line, _ = self._listener.accept()
        with line:
            child = os.fork()
            if child == 0:
                self._listener.close()
                _child(line, self._limits)
            with contextlib.suppress(OSError):
                os.setpgid(child, child)
            self._children[child] = time.monotonic() + self._limits.wall

    def _reap(self) -> None:
        now = time.monotonic()
        for child, deadline in list(self._children.items()):
            if now > deadline:
                _end(child)
            if os.waitpid(child, os.WNOHANG)[0]:
                del self._children[child]


def _end(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


def _child(line: socket.socket, limits: Limits) -> None:
    """Do one request in a forked process; never return into the parent's loop."""
    status = 1
    try:
        os.setpgid(0, 0)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        _limit(limits)
        line.settimeout(limits.wall)
        send(line, _answer(received(line)))
        status = 0
    finally:
        os._exit(status)


def _limit(limits: Limits) -> None:
    wanted = (
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in wanted:
        resource.setrlimit(kind, (most, most))


def _answer(request: Request) -> Answer:
    try:
        return derive_all(request.document, request.images.__getitem__, request.folder, request.kinds)
    except (Invalid, TooLarge) as refusal:
        return Refused(type(refusal).__name__, refusal.message)
    except MemoryError:
        return Refused("TooLarge", TOO_MUCH)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the asker must hear of it
        # Frames, not values: what is being written stays out of logs.
        sys.stderr.write("".join(traceback.format_tb(problem.__traceback__)) + f"{type(problem).__name__}\n")
        return Refused("", N_("The renderer met {problem}.", problem=type(problem).__name__))


def _main() -> None:
    if sys.argv[1:]:
        socket_path, fonts, parent = sys.argv[1:]
        serve(Path(socket_path), fonts=Path(fonts), parent=int(parent))
        return
    request, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    _limit(limits)
    answer = pickle.dumps(_answer(request))
    # Who asked may be gone by now: a house that stops does not wait for a text.
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
