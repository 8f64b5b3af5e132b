"""What a request carries: the moment, the language, who asks, and what is done after the commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from flask import current_app, g, request

from studio.core.locales import LANGUAGES
from studio.core.settings import Settings
from studio.i18n.catalogues import Domain, Translator, translator
from studio.i18n.negotiation import best

STUDIO: Final = "/studio/"
"""The members' part of the house; below it are cookies, sessions and forms."""


def settings() -> Settings:
    """Return what the operator decided."""
    return cast("Settings", current_app.config["STUDIO"])


def now() -> datetime:
    """Return the moment of this request, the same for all that it does."""
    if "now" not in g:
        g.now = current_app.config["NOW"]()
    return cast("datetime", g.now)


def in_studio() -> bool:
    """Whether the request asks for something of the members' part."""
    return request.path.startswith(STUDIO) or request.path == STUDIO.rstrip("/")


def after_commit(call: Callable[[], object]) -> None:
    """Have ``call`` done after this request's commit and before its answer; a request that fails forgets it."""
    g.after_commit.append(call)


def speak(code: str, domain: Domain) -> None:
    """Say everything from here on in the language ``code``, or in English where its catalogue is not complete."""
    g.translator = translator(code, domain)
    g.language = g.translator.language


def speak_by_browser() -> None:
    """Choose the language before anything is known of the person: the address, else the browser's wish."""
    domain: Domain = "studio" if in_studio() else "reader"
    first = request.path.split("/", 2)[1]
    named = first if not in_studio() and first in LANGUAGES else ""
    speak(named or best(request.headers.get("Accept-Language", ""), settings().languages), domain)


def spoken() -> Translator:
    """Return the translator of this request."""
    if "translator" not in g:
        speak_by_browser()
    return cast("Translator", g.translator)


def wants_json() -> bool:
    """Whether a script asks, which would rather have JSON than a page."""
    accept = request.accept_mimetypes
    return accept.best == "application/json" or (request.is_json and not accept.accept_html)
