"""What the reader's routes share: how an answer is made that everybody gets alike."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import Response, request
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.words import N_, Message
from studio.members.actor import Actor
from studio.publish import notes, reader_views
from studio.publish.artifacts import Store
from studio.publish.generation import GenerationFile
from studio.publish.pages import views
from studio.publish.pages.library import trouble_page
from studio.storage.db import db
from studio.web import assets, context

KEEP: Final = "X-Studio-Keep"
"""Tells the server that this answer is the same for everybody until the generation changes; never sent out."""


def house() -> views.House:
    """Return what all pages share."""
    return reader_views.house(db.session(), context.settings(), assets.address("reader.css"), script())


def script() -> str:
    """Return the address of the one script, or nothing where the build has not made it."""
    return assets.address("built/leave.js") if assets.exists("built/leave.js") else ""


def asset(name: str) -> str:
    """Return the address of a static file; nothing for a script that is not built."""
    return assets.address(name) if assets.exists(name) else ""


def store() -> Store:
    """Return the store of derived files."""
    return Store(context.settings().data)


def page(html: str, status: int = 200) -> Response:
    """Answer a page that is kept until the generation changes."""
    return content(html.encode(), "text/html; charset=utf-8", status=status)


def content(body: bytes, media_type: str, digest: str = "", status: int = 200) -> Response:
    """Answer bytes with an ETag, kept until the generation changes."""
    answer = Response(body, status, content_type=media_type)
    if digest:
        answer.set_etag(digest)
    else:
        answer.add_etag()
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers[KEEP] = "1"
    answer.make_conditional(request)
    return answer


def redirect(address: str, status: int) -> Response:
    """Lead on to ``address``; kept until the generation changes."""
    answer = Response("", status)
    answer.headers["Location"] = address
    answer.headers[KEEP] = "1"
    return answer


def note_for_readers(session: Session, actor: Actor, translation_id: str, text: str, now: datetime) -> None:
    """Put a note for all readers beside a text; other processes hear of it before the answer is sent."""
    n, folder = notes.add(session, actor, translation_id, text, now), context.settings().data
    context.after_commit(lambda: GenerationFile(folder).tell(n))


def trouble(status: int, sentence: Message) -> str:
    """Return the reader's page for something that went wrong; without the database, which may be what is broken."""
    settings, known = context.settings(), context.spoken().language
    plain = views.House(
        site_name=settings.site_name,
        exit_url=settings.exit_url,
        practice=settings.demo,
        stylesheet=asset("reader.css"),
        script=script(),
    )
    quiet = request.path.startswith("/n/")
    return trouble_page(views.PlainView(plain, known, status=status, message=sentence, quiet=quiet))


def nothing() -> NotFound:
    """Return the refusal for an address that leads nowhere."""
    return NotFound(N_("There is no such page. It may have moved, or the address has a slip in it."))
