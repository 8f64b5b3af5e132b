"""The record of a text as a page and as a signed file, and one's own choice to be named in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from studio.core.locales import language
from studio.core.words import N_
from studio.dashboard.record import export, signing
from studio.dashboard.record.story import Chapter, choose_name, is_named, story
from studio.guides import queries as kernel
from studio.members.current import require_actor
from studio.storage.db import db
from studio.web import context
from studio.web.forms import choice
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("record", __name__, url_prefix="/studio", template_folder="../templates")
RECORD: Final = "/guides/<guide_id>/<lang:code>/record/"
AT_ONCE: Final = 100
"""Sentences on one page."""
_DIGITS: Final = 5
NAMED: Final = notice(N_("Your pen-name stands in this record now."))
LEFT_OUT: Final = notice(N_("Your pen-name is left out of this record. Files that were saved before keep it."))


@blueprint.get(RECORD)
def show(guide_id: str, code: str) -> str:
    """Tell the whole story of a text, a hundred sentences at a time, or all of it to print."""
    actor, session = require_actor(), db.session()
    translation = kernel.translation(session, actor, guide_id, code)
    told = story(session, translation, actor.language, context.now())
    pages = [told.chapters] if request.args.get("all") else in_pages(told.chapters)
    page = min(_number(request.args.get("page", "")), len(pages))
    return render_template(
        "dashboard/record.html",
        translation=translation,
        text_language=language(code),
        story=told,
        chapters=pages[page - 1],
        page=page,
        pages=len(pages),
        named=is_named(session, actor, translation),
        mark=signing.mark(signing.public_key(context.settings().data)),
    )


@blueprint.get(f"{RECORD}record.json")
def save(guide_id: str, code: str) -> Response:
    """Answer the record as a file to keep; its name does not tell what it is about."""
    actor, session = require_actor(), db.session()
    translation = kernel.translation(session, actor, guide_id, code)
    told = story(session, translation, actor.language, context.now())
    seal = export.Seal(context.settings().data, current_app.config["KEY"].hex())
    data = export.as_file(session, translation, told, context.spoken().say, seal, context.now().date())
    headers = {"Content-Disposition": "attachment; filename=record.json"}
    return Response(data, content_type="application/json", headers=headers)


@blueprint.post(f"{RECORD}name")
def name(guide_id: str, code: str) -> AnyResponse:
    """Write the person's pen-name in this record, or leave it out."""
    actor, session = require_actor(), db.session()
    translation = kernel.translation(session, actor, guide_id, code)
    named = choice("name", ("yes", "no"), "no") == "yes"
    choose_name(session, actor, translation, context.now(), named=named)
    return go(f"/studio/guides/{guide_id}/{code}/record/", NAMED if named else LEFT_OUT)


def in_pages(chapters: Sequence[Chapter], most: int = AT_ONCE) -> list[tuple[Chapter, ...]]:
    """Return chapters on pages of at most ``most`` sentences; one that goes on has its heading again."""
    pages, room = list[list[Chapter]]([[]]), most
    for chapter in chapters:
        rest = chapter.lines
        while rest:
            if not room:
                pages.append([])
                room = most
            pages[-1].append(replace(chapter, lines=rest[:room]))
            rest, room = rest[room:], room - len(rest[:room])
    return [tuple(page) for page in pages]


def _number(value: str) -> int:
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < _DIGITS else 1
