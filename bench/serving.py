"""CPU time of a published page: the real program over loopback; beside nginx, bare Flask, and a view.

Every server answers in turn, so that a machine with other work treats them alike; what counts is the time on the
processor, which Linux tells in nanoseconds. nginx is the one on PATH, or that which BENCH_NGINX names.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

AIM_MS = 0.1
ROUNDS = 7
CONTENT = Path(__file__).parent.parent / "content" / "guides"
REQUESTS = 2000
VIEW_LESS = 10
"""A view is asked so many times less, for it is slow."""
PATIENCE = 300.0
"""Seconds that the practice house may take for its first start, PDFs and all."""
_FLASK = """
import sys
import uvicorn
from a2wsgi import WSGIMiddleware
from flask import Flask, Response
body = open(sys.argv[2], "rb").read()
app = Flask(__name__)
@app.get("/")
def page():
    return Response(body, content_type="text/html; charset=utf-8", headers={"Content-Encoding": "gzip"})
uvicorn.run(WSGIMiddleware(app), port=int(sys.argv[1]), loop="uvloop", http="httptools", log_level="error")
"""
_NGINX = """
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; keepalive_requests 1000000; default_type "text/html; charset=utf-8";
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/site; index page; add_header Content-Encoding gzip; }}
}}
"""


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds of the server for one answer (median and worst round), and those of peers."""

    name: str
    size: int
    ours: float
    ours_worst: float
    flask: float
    view: float
    """A view that asks the database three questions and fills a template with a text kept as HTML."""
    rendering: float
    """The same view where it renders and sanitises Markdown."""
    nginx: float | None
    aim: float = AIM_MS


@dataclass(frozen=True)
class Server:
    """A server that runs: the process that stands for it, its port and the address that is asked."""

    pid: int
    port: int
    path: str = "/"


def run(rounds: int = ROUNDS, requests: int = REQUESTS) -> list[Row]:
    """Measure a page as it is kept compressed."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = stack.enter_context(_studio(folder / "house"))
        body = _Connection(ours).ask()
        servers = {"ours": ours, "flask": stack.enter_context(_flask(folder, body))}
        view = stack.enter_context(_view(folder, body, CONTENT / ours.path.split("/")[2] / "en.md"))
        servers |= {"view": view, "rendering": Server(view.pid, view.port, "/rendered/one")}
        if _nginx_program():
            servers["nginx"] = stack.enter_context(_nginx(folder, body))
        times: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(rounds):
            for name, server in servers.items():
                times[name].append(_milliseconds(server, requests // VIEW_LESS if server.pid == view.pid else requests))
    middle = {name: statistics.median(found) for name, found in times.items()}
    worst = max(times["ours"])
    return [
        Row(
            "a page, gzip",
            len(body),
            middle["ours"],
            worst,
            middle["flask"],
            middle["view"],
            middle["rendering"],
            middle.get("nginx"),
        )
    ]


def main() -> None:
    """Print the figures as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    print(
        f"{'served':<16}{'bytes':>8}{'ms CPU':>9}{'worst':>8}{'nginx':>9}{'Flask':>9}{'a view':>9}{'renders':>9}  aim"
    )
    for row in run(arguments.parse_args().rounds):
        nginx = f"{row.nginx:9.4f}" if row.nginx else "   absent"
        print(
            f"{row.name:<16}{row.size:>8}{row.ours:>9.4f}{row.ours_worst:>8.4f}{nginx}{row.flask:>9.4f}{row.view:>9.3f}{row.rendering:>9.3f}"
            f"  ≤ {row.aim:g}: {'met' if row.ours <= row.aim else 'MISSED'}"
        )


class _Connection:
    """One browser's connection, kept open."""

    def __init__(self, server: Server) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        host = f"Host: 127.0.0.1:{server.port}\r\n"
        self.request = (
            f"GET {server.path} HTTP/1.1\r\n{host}Accept-Encoding: gzip\r\nAccept: text/html\r\n\r\n".encode()
        )

    def ask(self) -> bytes:
        """Return the body of one answer; anything but 200 is an error."""
        self.socket.sendall(self.request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = re.search(rb"(?i)content-length: (\d+)", head)
        assert length, head
        while len(body) < int(length[1]):
            body += self._more()
        return body

    def _more(self) -> bytes:
        found = self.socket.recv(1 << 16)
        assert found, "the server has closed the connection"
        return found


def _milliseconds(server: Server, requests: int) -> float:
    """Return the server's CPU milliseconds for one of so many answers, all of one length."""
    connection = _Connection(server)
    with contextlib.closing(connection.socket):
        assert len({len(connection.ask()) for _ in range(20)}) == 1
        before = nanoseconds(server.pid)
        for _ in range(requests):
            connection.ask()
        return (nanoseconds(server.pid) - before) / requests / 1e6


def nanoseconds(pid: int) -> int:
    """Return the time that all threads of a process have spent on processors."""
    return sum(int(one.read_text().split()[0]) for one in Path(f"/proc/{pid}/task").glob("*/schedstat"))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def started(command: list[str], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program meanwhile, with no setting of a house but those that are given."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STUDIO_")}
    running = subprocess.Popen(command, env={**clean, **environment}, stdout=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(30)


@contextmanager
def _studio(data: Path) -> Iterator[Server]:
    """Start the practice house and wait for its first guide."""
    port = free_port()
    with started(
        [sys.executable, "-m", "studio", "run", "--demo", "--port", str(port)], STUDIO_DATA=str(data)
    ) as running:
        until = time.monotonic() + PATIENCE
        path = ""
        while not path:
            assert time.monotonic() < until, "the practice house has published nothing"
            assert running.poll() is None, "the practice house has ended"
            time.sleep(1)
            path = _first_guide(port)
        _quiet(running.pid)
        server = Server(running.pid, port, path)
        yield Server(busiest(running.pid, server), port, path)


def _first_guide(port: int) -> str:
    """Return the address of a guide in English, or nothing while there is none."""
    asked = Server(0, port, "/en/")
    try:
        connection = _Connection(asked)
        connection.request = connection.request.replace(b"Accept-Encoding: gzip\r\n", b"")
        with contextlib.closing(connection.socket):
            page = connection.ask().decode()
    except (OSError, AssertionError):
        return ""
    found = re.search(r'href="(/en/(?!topics|search|feed)[a-z0-9-]+/)"', page)
    return found[1] if found else ""


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _quiet(pid: int) -> None:
    """Wait until the house's background work has come to rest."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        every = [child for one in _children(pid) for child in (one, *_children(one))]
        before = sum(map(nanoseconds, every))
        time.sleep(3)
        if sum(nanoseconds(one) for one in every if Path(f"/proc/{one}").exists()) - before < 60_000_000:
            return


def busiest(pid: int, server: Server) -> int:
    """Return the process of the house that answers."""
    before = {child: nanoseconds(child) for child in _children(pid)}
    connection = _Connection(server)
    with contextlib.closing(connection.socket):
        for _ in range(500):
            connection.ask()
    return max(before, key=lambda child: nanoseconds(child) - before[child])


@contextmanager
def _flask(folder: Path, body: bytes) -> Iterator[Server]:
    (folder / "body").write_bytes(body)
    port = free_port()
    with started([sys.executable, "-c", _FLASK, str(port), str(folder / "body")]) as running:
        _answers(port)
        yield Server(running.pid, port)


@contextmanager
def _view(folder: Path, body: bytes, source: Path) -> Iterator[Server]:
    article = re.search(r"(?s)<article[^>]*>(.*)</article>", gzip.decompress(body).decode())
    assert article
    (folder / "text").write_text(article[1], encoding="utf-8")
    port = free_port()
    with started([sys.executable, "-m", "bench.serving_view", str(port), str(folder / "text"), str(source)]) as running:
        _answers(port)
        yield Server(running.pid, port, "/kept/one")


def _nginx_program() -> str | None:
    return os.environ.get("BENCH_NGINX") or shutil.which("nginx")


@contextmanager
def _nginx(folder: Path, body: bytes) -> Iterator[Server]:
    (folder / "site").mkdir()
    (folder / "site" / "page").write_bytes(body)
    folder.chmod(0o755)
    port = free_port()
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port))
    options = "daemon off; master_process off;"
    with started([_nginx_program() or "", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", options]) as own:
        _answers(port)
        yield Server(own.pid, port)


def _answers(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.2)
    raise AssertionError("a server did not come up")


if __name__ == "__main__":
    main()
