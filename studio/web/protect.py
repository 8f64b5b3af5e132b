"""No other site may act in a member's name: where a post comes from, and the token of its form."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from flask import current_app, request

from studio.web.cookies import form_seed
from studio.web.marks import marked
from studio.web.refusals import StrayForm

FIELD: Final = "form_token"
HEADER: Final = "X-Form-Token"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def is_from_here(fetch_site: str, origin: str, own: str) -> bool:
    """Whether a post comes from a page of this house, by ``Sec-Fetch-Site`` or by its own ``Origin``."""
    return fetch_site == "same-origin" or (bool(own) and origin == own)


def is_from_elsewhere(fetch_site: str, origin: str, own: str) -> bool:
    """Whether a post surely comes from another site.

    Public pages send no referrer, so an old or a plain-http browser posts ``Origin: null`` and no ``Sec-Fetch-Site``;
    a search that changes nothing is answered then.
    """
    if is_from_here(fetch_site, origin, own):
        return False
    return bool(fetch_site) or origin not in ("", "null")


def form_token() -> str:
    """Return a new token for a form of this request's browser, different each time it is asked."""
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_seal(nonce)}"


def check() -> None:
    """Raise StrayForm unless this request may change something."""
    if request.method in SAFE:
        return
    came = (
        request.headers.get("Sec-Fetch-Site", ""),
        request.headers.get("Origin", ""),
        f"{request.scheme}://{request.host}",
    )
    if marked("public"):
        if is_from_elsewhere(*came):
            raise StrayForm(elsewhere=True)
        return
    if not is_from_here(*came):
        raise StrayForm(elsewhere=True)
    _check_token(request.headers.get(HEADER) or request.form.get(FIELD, ""))


def _check_token(token: str) -> None:
    nonce, _, seal = token.partition(".")
    if not nonce or not hmac.compare_digest(seal.encode(), _seal(nonce).encode()):
        raise StrayForm


def _seal(nonce: str) -> str:
    key: bytes = current_app.config["KEY"]
    return hmac.new(key, f"form|{form_seed()}|{nonce}".encode(), "sha256").hexdigest()
