"""A PostgreSQL for tests: Debian's, in a temporary folder, as a user of its own, reached by a socket in that folder."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

USER: Final = "postgres"
"""Whom Debian's package makes; the server refuses to be root's."""
PATIENCE: Final = 60
ENVIRONMENT: Final = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
QUICK: Final = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")
"""Nobody keeps what tests write."""


def programs() -> Path:
    """Return the folder of the server's programs; FileNotFoundError where there is none."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found and not on_path:
        raise FileNotFoundError("PostgreSQL is not installed: tools/prepare.sh tests")
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


@contextmanager
def cluster() -> Iterator[str]:
    """Give the address of a server's folder, for ``database``; the server ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    as_user = _as_user(folder)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        data = folder / "data"
        _run([*as_user, programs() / "initdb", "-D", data, "-U", "studio", "-A", "trust", "-E", "UTF8", "--no-sync"])
        server = [programs() / "postgres", "-D", data, "-k", folder, "-h", ""]
        settings = [part for one in QUICK for part in ("-c", one)]
        log = stack.enter_context((folder / "log").open("wb"))
        # Whatever becomes of the tests, the server ends with them.
        command = ["setpriv", "--pdeathsig", "INT", *as_user[1:], *map(str, [*server, *settings])]
        process = stack.enter_context(subprocess.Popen(command, cwd="/", env=ENVIRONMENT, stdout=log, stderr=log))
        stack.callback(process.send_signal, signal.SIGINT)
        _wait(folder, process)
        yield str(folder)


def database(folder: str, name: str) -> str:
    """Make a database and return its address."""
    _run([programs() / "createdb", "-h", folder, "-U", "studio", "-T", "template0", "-E", "UTF8", name])
    return f"postgresql+psycopg://studio@/{name}?host={folder}"


def _as_user(folder: Path) -> list[str]:
    if os.getuid():
        return []
    folder.chmod(0o755)
    user = pwd.getpwnam(USER)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    ask = [str(programs() / "pg_isready"), "-q", "-h", str(folder), "-U", "studio", "-d", "postgres"]
    while subprocess.run(ask, cwd="/", env=ENVIRONMENT, check=False).returncode:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError((folder / "log").read_text(errors="replace")[-2000:])
        time.sleep(0.05)


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
