"""A small server for pages that a test has already got, beside the style sheets of the app that made them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response


@contextmanager
def served(app: Flask, pages: dict[str, str]) -> Iterator[str]:
    """Give the address at which ``pages`` and the style sheets, scripts and fonts of ``app`` are answered."""

    def answer(environ: Any, start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        if path.startswith("/static/"):
            return app(environ, start_response)
        found = Response(pages.get(path, ""), 200 if path in pages else 404, content_type="text/html; charset=utf-8")
        return found(environ, start_response)

    server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Silent(WSGIRequestHandler):
    """Writes nothing to the terminal, and keeps a line open for the next question."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - its own name for it
        """Say nothing."""
