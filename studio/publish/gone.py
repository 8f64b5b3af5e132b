"""Whether an address is one that readers had and that is gone for somebody's sake: then it answers 410, and no word."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, current_app, request
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.locales import CODE, Language, language
from studio.guides.consents import queries as consents
from studio.guides.models import Translation
from studio.publish import queries, reader_views, shell
from studio.publish.pages import library as pages
from studio.storage.db import db
from studio.web import context, errors

GONE: Final = 410
_QUIET: Final = "n"


def register(*blueprints: Blueprint) -> None:
    """Let every address below a text's answer 410 once the text is gone, whatever was there and whoever added it."""
    for blueprint in blueprints:
        blueprint.register_error_handler(NotFound, _instead)


def page(spoken: Language, *, quiet: bool) -> Response:
    """Answer that this is gone: no title, no reason."""
    return shell.page(pages.gone(shell.house(), spoken, quiet=quiet), GONE)


def number_is_gone(session: Session, copy_number: str) -> bool:
    """Whether the text with this copy number was taken back for good."""
    return consents.is_gone(session, current_app.config["KEY"], f"check/{copy_number}")


def _instead(problem: NotFound) -> Response:
    parts = request.path.strip("/").split("/")
    if request.method not in ("GET", "HEAD") or not _is_gone(db.session(), parts):
        return errors.refused(problem)
    quiet = parts[0] == _QUIET
    code = parts[1] if quiet else parts[0]
    spoken = language(code) if CODE.fullmatch(code) and code != "media" else context.spoken().language
    return page(spoken, quiet=quiet)


def _is_gone(session: Session, parts: list[str]) -> bool:
    quiet = parts[0] == _QUIET
    own = parts[:3] if quiet else parts[:2]
    if len(own) < (3 if quiet else 2):
        return False
    if consents.is_gone(session, current_app.config["KEY"], "/".join(own)):
        return True
    text = _text(session, own, quiet=quiet)
    down = reader_views.withdrawn(session, text.id) if text and not queries.live_edition(session, text.id) else None
    return down is not None and down[1].silent


def _text(session: Session, own: list[str], *, quiet: bool) -> Translation | None:
    if quiet:
        return queries.by_opaque_id(session, own[1], own[2])
    return queries.by_slug(session, own[0], own[1]) or queries.alias(session, own[0], own[1])
