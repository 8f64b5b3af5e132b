"""The program: published pages from memory, Flask behind them, the worker, the renderer, and who watches over them."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any, Final

import uvicorn
from a2wsgi import WSGIMiddleware
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from studio.answers.operations import forgetting as answers
from studio.app import create_app
from studio.audit import head_file
from studio.audit.models import AuditHead
from studio.core import clock
from studio.core.settings import Settings
from studio.dashboard import echoing
from studio.dashboard.notes import operations as notes
from studio.editor.live import watchdog
from studio.editor.live.bus import LocalBus
from studio.editor.live.door import Door
from studio.editor.live.rooms import Rooms
from studio.editor.live.scribe import Scribe
from studio.editor.live.socket import LARGEST_MESSAGE
from studio.guides import indexing as drafts
from studio.guides.drafts import forgetting
from studio.guides.models import Translation
from studio.jobs.run import Runner, Task, in_write
from studio.jobs.wake import Bell
from studio.publish import generation, indexing, renderer
from studio.publish.collected.tasks import Binder
from studio.publish.document import Document
from studio.publish.frame import Frame
from studio.publish.tasks import Publisher
from studio.review import tasks as review
from studio.search.entries import IndexBroken
from studio.storage.engine import make_engine, make_sessions, wipe_log
from studio.web import assets, keyfile
from studio.web.pagecache import App, PageCache
from studio.web.sockets import SocketProtocol
from studio.web.whole import WholeBodies

log = logging.getLogger(__name__)

THREADS: Final = 8
RECONCILE_SECONDS: Final = 5.0
STOP_SECONDS: Final = 8.0
RESTART_PAUSE: Final = 1.0
WIPE_SECONDS: Final = 60.0
BACKGROUND: Final = 10
"""How much the background work gives way to whoever reads or writes just now (see nice(2))."""
DAILY: Final = ("publish.daily", "review.look_at_all", "guides.forget", answers.TASK)


def asgi(settings: Settings) -> PageCache:
    """Return the ASGI program of one web process: kept pages first, then the rooms of live editing, then Flask."""
    return _program(settings, threading.Event())[0]


def _program(settings: Settings, stopped: threading.Event) -> tuple[PageCache, Rooms]:
    flask = create_app(settings)
    told = generation.GenerationFile(settings.data)
    sessions = make_sessions(make_engine(settings.database_url))
    threading.Thread(target=_follow, args=(told, sessions, stopped), daemon=True, name="generation").start()
    asked: App = WSGIMiddleware(flask, workers=THREADS)  # type: ignore[arg-type, assignment]  # its own names for the same
    key = keyfile.secret_key(settings)
    scribe = Scribe(settings.database_url, key, clock.now, flask.extensions.setdefault("seen", {}))
    rooms = Rooms(scribe, LocalBus(settings.data))
    door = Door(WholeBodies(asked, https=settings.https), rooms, settings, key)
    return PageCache(door, told.read), rooms


def _follow(told: generation.GenerationFile, sessions: sessionmaker[Session], stopped: threading.Event) -> None:
    """Look at the row once a second, in case that a word between processes was lost."""
    while not stopped.is_set():
        with contextlib.suppress(SQLAlchemyError), sessions() as session:
            told.tell(generation.current(session))
        stopped.wait(1)


def tasks(settings: Settings) -> dict[str, Task]:
    """Return every task that a job can name."""

    def derive(
        document: Document | Frame, media: Mapping[str, bytes], folder: Path, kinds: tuple[str, ...] = ()
    ) -> tuple[renderer.Derived, ...]:
        return renderer.derive(document, media, folder, kinds=kinds, socket_path=settings.data / renderer.SOCKET_NAME)

    def asset(name: str) -> str:
        return assets.address(name) if assets.exists(name) else ""

    def index(session: Session, args: Mapping[str, Any], _now: datetime) -> None:
        translation = session.get(Translation, args["translation"])
        members = drafts.members_index(settings.data)
        try:
            if translation is None:  # what was taken back for good is wiped from the files, not only left out
                members.write({args["translation"]: ()}, compact=True)
            else:
                members.replace(translation.id, drafts.entries_of(session, translation))
        except IndexBroken:
            members.rebuild(list(drafts.every_entry(session)))

    checks = {name: in_write(task) for name, task in review.TASKS.items()}
    checks[notes.TASK] = in_write(notes.forget)
    checks[answers.TASK] = in_write(answers.forget)
    forget = in_write(forgetting.compact_all)
    publishing = {**Publisher(settings, derive, asset, echoing.out).tasks(), **Binder(settings, derive).tasks()}
    return {**publishing, **checks, "guides.index": index, "guides.forget": forget}


def runner(settings: Settings) -> Runner:
    """Return what runs due jobs for ``settings``."""
    told = generation.GenerationFile(settings.data)
    sessions = make_sessions(make_engine(settings.database_url))
    key = keyfile.secret_key(settings).hex()

    def after() -> None:
        with sessions() as session:
            told.tell(generation.current(session))
            head = session.get(AuditHead, 1)
            if head:
                head_file.write(settings.data, key, head.seq, head.hash)

    return Runner(sessions, tasks(settings), clock.now, after)


def work(settings: Settings) -> None:
    """Run jobs until told to stop: at once when the bell rings, and every few seconds in any case."""
    os.nice(BACKGROUND)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopped.set())
    parent, bell, jobs = os.getppid(), Bell(settings.data), runner(settings)

    def over() -> bool:
        return stopped.is_set() or os.getppid() != parent

    jobs.recover()
    engine, wiped = make_engine(settings.database_url), 0.0
    while not over():
        today = clock.now().date().isoformat()
        for name in DAILY:
            jobs.ask(name, f"{name}:{today}")
        _mend_index(settings)
        while not over() and jobs.run_due():
            wiped = 0.0
        if time.monotonic() - wiped > WIPE_SECONDS and wipe_log(engine):
            wiped = time.monotonic()
        bell.wait(RECONCILE_SECONDS, over)


def _mend_index(settings: Settings) -> None:
    """Make an index anew where it is missing, cut or corrupt; whoever asks is answered meanwhile."""
    for index, entries in (
        (indexing.readers_index(settings.data), indexing.every_entry),
        (drafts.members_index(settings.data), drafts.every_entry),
    ):
        try:
            index.check()
        except IndexBroken:
            with make_sessions(make_engine(settings.database_url))() as session:
                index.rebuild(list(entries(session)))


def serve_web(settings: Settings, listener: socket.socket) -> None:
    """Serve on ``listener`` until told to stop, or until the supervisor is gone."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True, name="supervisor").start()
    web = web_server(settings)
    gc.freeze()  # to go through what stays anyway takes a tenth of a second, in which everybody waits
    web.run(sockets=[listener])


def web_server(settings: Settings) -> uvicorn.Server:
    """Return what serves the program of one web process on the sockets that it is given."""
    stopped = threading.Event()
    program, rooms = _program(settings, stopped)
    config = uvicorn.Config(
        program,
        loop="uvloop",
        http="httptools",
        ws=SocketProtocol,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
    )
    return _Server(config, rooms, stopped)


class _Server(uvicorn.Server):
    """Is watched while it runs, and lets editors know before it ends."""

    def __init__(self, config: uvicorn.Config, rooms: Rooms, stopped: threading.Event) -> None:
        super().__init__(config)
        self._rooms, self._stopped = rooms, stopped

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        watchdog.watch(asyncio.get_running_loop())
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._rooms.end()
        await super().shutdown(sockets)
        self._stopped.set()


def _end_with(supervisor: int) -> None:
    """End this process after its supervisor, so that nobody holds the port of a house that was killed."""
    while os.getppid() == supervisor:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


if sys.platform == "darwin":
    _PROCESSES: Final = multiprocessing.get_context("spawn")
else:
    _PROCESSES: Final = multiprocessing.get_context("fork")


class Supervisor:
    """Starts the processes of a house, starts those again that end, and ends them all together."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        """Watch over a house that answers on ``listener``."""
        self._stopped = False
        socket_path, fonts = settings.data / renderer.SOCKET_NAME, settings.data
        self._wanted: dict[str, Callable[[], None]] = {
            "renderer": partial(_become, renderer.serve_command(socket_path, fonts)),
            "worker": partial(work, settings),
            **{f"web {n}": partial(serve_web, settings, listener) for n in range(settings.processes)},
        }
        self._running: dict[str, BaseProcess] = {}

    def run(self, ready: Callable[[], None]) -> None:
        """Run the house until SIGTERM or SIGINT; call ``ready`` once when all have been started."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        gc.freeze()  # and the processes go on sharing the memory that nobody writes to
        for name in self._wanted:
            self._start(name)
        ready()
        while not self._stopped:
            time.sleep(0.2)
            for name, process in list(self._running.items()):
                if not process.is_alive() and not self._stopped:
                    log.warning("%s ended and is started again", name)
                    time.sleep(RESTART_PAUSE)
                    self._start(name)
        self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopped = True

    def _start(self, name: str) -> None:
        process = _PROCESSES.Process(target=_run, args=(self._wanted[name],), name=name)
        process.start()
        self._running[name] = process

    def _end(self) -> None:
        for process in self._running.values():
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def _become(command: list[str]) -> None:
    """Let another program take the place of this process."""
    os.execv(command[0], command)  # noqa: S606 - our own interpreter with our own module


def _run(part: Callable[[], None]) -> None:
    """Run one part in its process; the terminal's interrupt is the supervisor's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    part()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on ``host`` and ``port``; OSError where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(512)
    listener.set_inheritable(True)
    return listener
