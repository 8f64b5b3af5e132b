"""No other site may act in a member's name: where a post comes from, and the token of its form."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from flask import current_app, g, request

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
    """Return a new token for a form of this request's browser, different each time it is asked.

    A member's token holds for their account too: whoever signs in again in another tab can still send the old form.
    """
    nonce = secrets.token_hex(8)
    return ".".join([nonce, *(_seal(nonce, seed) for seed in _seeds())])


def check_origin() -> None:
    """Raise StrayForm for a request that would change something and does not come from this house."""
    if request.method in SAFE:
        return
    came = (
        request.headers.get("Sec-Fetch-Site", ""),
        request.headers.get("Origin", ""),
        f"{request.scheme}://{request.host}",
    )
    if is_from_elsewhere(*came) if marked("public") else not is_from_here(*came):
        raise StrayForm(elsewhere=True)


def check_token() -> None:
    """Raise StrayForm unless the form was made for this browser, or for the account that is signed in now."""
    if request.method in SAFE or marked("public"):
        return
    nonce, *seals = (request.headers.get(HEADER) or request.form.get(FIELD, "")).split(".")[:3]
    expected = [_seal(nonce, seed).encode() for seed in _seeds()]
    fits = [hmac.compare_digest(seal.encode(), right) for seal in seals for right in expected]
    if not nonce or not any(fits):
        raise StrayForm


def _seeds() -> list[str]:
    me = g.get("me")
    return [form_seed(), *([f"account {me.id}"] if me else [])]


def _seal(nonce: str, seed: str) -> str:
    key: bytes = current_app.config["KEY"]
    return hmac.new(key, f"form|{seed}|{nonce}".encode(), "sha256").hexdigest()
