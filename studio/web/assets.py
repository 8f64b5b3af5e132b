"""Static files by the hash of their content: built once a process, pre-compressed, kept by browsers for a year."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import brotli
from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from studio.theming import fonts
from studio.web.sheets import SHEETS, sheet

FOLDER: Final = Path(__file__).parent / "static"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".map": "application/json",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}
_TEXT: Final = frozenset({".css", ".js", ".map", ".svg", ".webmanifest"})
FONTS: Final = "fonts/"
PARTS: Final = "built/parts/"
"""Parts of a script that it loads on demand; like a font's, their names carry their hash."""
YEAR: Final = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file in memory. ``packed`` maps a content coding to its bytes."""

    body: bytes
    type: str
    digest: str
    packed: dict[str, bytes]


def find(name: str) -> Asset | None:
    """Return the static file ``name`` (a path below ``/static/``), or None if there is none of that name."""
    if name in SHEETS:
        return _load(name, 0)
    path = _path(name)
    if path is None or path.suffix not in TYPES or not path.is_file():
        return None
    return _load(name, path.stat().st_mtime_ns)


def address(name: str) -> str:
    """Return the address of a static file with its hash; one that does not exist is a mistake of the program."""
    asset = find(name)
    if asset is None:
        raise LookupError(f"no static file {name}")
    return f"/static/{name}?v={asset.digest}"


def exists(name: str) -> bool:
    """Whether there is a static file ``name``, for scripts that a build may not have made yet."""
    return find(name) is not None


@blueprint.get("/static/<path:name>")
def file(name: str) -> Response:
    """Answer a static file, packed as the browser can unpack it."""
    asset = find(name)
    if asset is None:
        raise NotFound
    response = Response(asset.body, content_type=asset.type)
    coding = request.accept_encodings.best_match([*asset.packed, "identity"], "identity")
    if coding != "identity":
        response.data = asset.packed[coding]
        response.headers["Content-Encoding"] = coding
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{asset.digest}-{coding}")
    by_hash = name.startswith((FONTS, PARTS)) or request.args.get("v") == asset.digest
    response.headers["Cache-Control"] = YEAR if by_hash else "no-cache"
    response.make_conditional(request.environ)
    return response


def _path(name: str) -> Path | None:
    """Return where ``name`` may lie; fonts come from the theme, and their names carry their hash."""
    if name.startswith(FONTS):
        return fonts.web_files().get(name.removeprefix(FONTS))
    parts = name.split("/")
    return None if {"", ".", ".."} & set(parts) else FOLDER.joinpath(*parts)


@cache
def _load(name: str, stamp: int) -> Asset:
    del stamp  # part of the key alone: a file that was built again is read again
    path = _path(name)
    body = sheet(name).encode() if name in SHEETS or path is None else path.read_bytes()
    suffix = Path(name).suffix
    packed = {"br": brotli.compress(body), "gzip": gzip.compress(body, mtime=0)} if suffix in _TEXT else {}
    return Asset(body, TYPES[suffix], hashlib.sha256(body).hexdigest()[:16], packed)
