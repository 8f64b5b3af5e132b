"""The headers of every answer, as a pure function of the address; the page cache uses it too."""

from __future__ import annotations

import re
import secrets
from typing import Final

from flask import Flask, Response, g, request

from studio.core.settings import Settings

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ASKING_POLICY: Final = f"{_POLICY}; connect-src 'self'"
_SEARCHED: Final = re.compile(r"/(n/)?[A-Za-z0-9-]+/(search)?")
"""Pages with a search form, whose answer may take their place without a new entry in the browser's history."""
_PERMISSIONS: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "interest-cohort",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
_HSTS: Final = "max-age=63072000"


def headers_for(
    path: str, *, https: bool, nonce: str = "", frames: bool = False, framed: bool = False
) -> list[tuple[str, str]]:
    """Return name and value of each header that an answer for ``path`` carries, whatever its status.

    ``https`` is whether the house's public address is encrypted. ``nonce`` opens a members' page for the style sheet
    of a script that knows it. ``frames`` lets a members' page show another one in a frame, ``framed`` lets it be shown
    in one of this house. Members' pages, the quiet addresses and the answers
    to copy numbers are never kept by a browser; that is the only ``Cache-Control`` here.
    """
    studio = path == "/studio" or path.startswith("/studio/")
    policy = _ASKING_POLICY if studio or _SEARCHED.fullmatch(path) else _POLICY
    if studio and nonce:
        policy = policy.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
    if studio and frames:
        policy += "; frame-src 'self'"
    if studio and framed:
        policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    headers = [
        ("Content-Security-Policy", policy),
        # Without a referrer Chromium posts "Origin: null", so members' pages tell it to this very house.
        ("Referrer-Policy", "same-origin" if studio else "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", _PERMISSIONS),
    ]
    if studio or path.startswith(("/n/", "/check/", "/answers/")):
        headers += [("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex, nofollow, noarchive")]
    if https:
        headers.append(("Strict-Transport-Security", _HSTS))
    return headers


def style_nonce() -> str:
    """Return a word that lets a script of this one page write a style sheet; the policy of its answer holds it."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    return str(g.style_nonce)


def show_own_frames() -> None:
    """Let this one page show others of this house in frames."""
    g.frames = True


def may_be_framed() -> None:
    """Let this one page be shown in a frame of this house."""
    g.framed = True


def register(app: Flask, settings: Settings) -> None:
    """Set the headers on every answer of ``app``, errors, redirects and static files included."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        ways = {"nonce": g.get("style_nonce", ""), "frames": g.get("frames", False), "framed": g.get("framed", False)}
        for name, value in headers_for(request.path, https=settings.https, **ways):
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
