"""The desk, the list of texts, each text's own page, and members' search."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, request

from studio.answers import queries as answers
from studio.answers.words import SAID, echo
from studio.core.locales import LANGUAGES, language
from studio.core.words import N_
from studio.dashboard import organiser, queries, searching
from studio.dashboard.notes import queries as notes
from studio.dashboard.words import PROGRESS
from studio.guides import queries as kernel
from studio.guides.rules.statuses import Progress
from studio.guides.threads import reading as talk
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.members.current import actor as current_actor
from studio.members.current import require_actor
from studio.publish import posted
from studio.publish import queries as publishing
from studio.review.queries import notices
from studio.review.queries.offering import offer
from studio.review.queries.pieces import Offer
from studio.review.rules.queue import CHOICES
from studio.storage.db import db
from studio.web import context
from studio.web.navigation import Place, add

blueprint = Blueprint("dashboard", __name__, url_prefix="/studio", template_folder="templates")
USUAL: Final = 20
"""Minutes for which the first page of a checker offers a piece before they choose."""
add(Place(10, "dashboard.texts", N_("Texts"), lambda: current_actor() is not None))


@blueprint.get("/")
def desk() -> str:
    """Show the member what they were at, and what waits for them."""
    actor = require_actor()
    session = db.session()
    mine = queries.own_texts(session, actor)
    pause = members.pause_of(session, actor.id, context.now())
    return render_template(
        "dashboard/desk.html",
        pause=pause,
        offer=None if pause else _piece(actor),
        languages=language,
        last=mine[0] if mine else None,
        mine=mine[1:],
        notices=notices.notices(session, actor),
        minutes=CHOICES,
        usual=USUAL,
        editor=_for_editor(actor),
        due=queries.due_for(session, actor, context.now().date()),
        today=context.now().date(),
        from_readers=answers.waiting(session, actor),
        echoes=answers.echoes(session, actor),
        echo_words=echo,
        notes_waiting=notes.waiting(session) if actor.has(Role.STEWARD) else 0,
        organiser=organiser.needs(session, actor, context.now()) if actor.has(Role.STEWARD) else None,
        progress=PROGRESS,
    )


@blueprint.get("/texts/")
def texts() -> str:
    """List every text that the member may know of; filtered, or searched."""
    actor = require_actor()
    words = " ".join(request.args.get("q", "").split())
    code, progress = request.args.get("language", ""), request.args.get("progress", "")
    return render_template(
        "dashboard/texts.html",
        texts=queries.visible(db.session(), actor, code, progress),
        others=queries.of_other_teams(db.session(), actor),
        found=searching.find(db.session(), actor, words, code, context.settings().data) if words else None,
        words=words,
        languages=LANGUAGES.values(),
        code=code,
        chosen=progress,
        progress=PROGRESS,
    )


@blueprint.get("/guides/<guide_id>/<lang:code>/")
def text(guide_id: str, code: str) -> str:
    """Show what a text is, how its checks stand, what can be done now, and what happened."""
    actor = require_actor()
    session = db.session()
    translation = kernel.translation(session, actor, guide_id, code)
    live = publishing.live_edition(session, translation.id)
    newest = publishing.newest_edition(session, translation.id)
    open_talks, suggestions = talk.how_many(session, translation)
    down = [one for one in publishing.editions(session, translation.id) if one.standing == "withdrawn"]
    takedown = publishing.open_takedown(session, down[0].id) if down and live is None else None
    return render_template(
        "dashboard/text.html",
        translation=translation,
        text=queries.text_of(session, translation),
        text_language=language(code),
        language_of=language,
        progress=PROGRESS,
        live=live,
        said_by_readers=answers.counts(session, actor, live.id) if live else {},
        said_words=SAID,
        newest=newest,
        failed=newest.builds[-1].problem if newest and newest.builds and newest.builds[-1].state == "failed" else "",
        takedown=takedown,
        posted=posted.posted(session, translation.id) if takedown else (),
        card_sizes=posted.SIZES,
        revisions=kernel.revisions(session, translation)[:5],
        siblings=[
            one
            for one in translation.guide.translations
            if one.language != code and kernel.may_see(session, actor, one)
        ],
        open_talks=open_talks,
        suggestions=suggestions,
        can_publish=actor.has(Role.EDITOR) and translation.progress in (Progress.APPROVED, Progress.SCHEDULED),
        can_take_down=live is not None and actor.has(Role.REVIEWER, Role.EDITOR, Role.STEWARD),
        can_decide=actor.has(Role.EDITOR),
        names=searching.names(session, kernel.revisions(session, translation)[:5]),
    )


def _piece(actor: Actor) -> Offer | None:
    """Return the one piece that the first page shows: to a checker always, to others what they have begun."""
    return offer(db.session(), actor, USUAL, context.now(), begun_only=not actor.has(Role.REVIEWER))


def _for_editor(actor: Actor) -> dict[str, list[queries.Text]] | None:
    if not actor.has(Role.EDITOR):
        return None
    session = db.session()
    return {
        "ready": queries.by_progress(session, actor, (Progress.APPROVED,)),
        "checked": queries.being_checked(session, actor),
        "planned": queries.by_progress(session, actor, (Progress.SCHEDULED,), queries.SHOWN),
    }
