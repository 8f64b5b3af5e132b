"""I'd like this checked: what is missing, three at a time; take back; invite to a text that is for its team."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from studio.core.errors import Conflict, Invalid
from studio.core.locales import language
from studio.core.words import N_, Message
from studio.guides import house
from studio.guides import queries as kernel
from studio.guides.fields import SUMMARY_LIMIT, TextFields
from studio.guides.models import Translation
from studio.members import queries as members
from studio.members.actor import Actor
from studio.members.current import require_actor
from studio.review.operations import hand_in
from studio.review.queries.hand_in import missing_fields
from studio.review.queries.hints import of_draft
from studio.review.queries.panel import panel
from studio.review.queries.rounds import team_of
from studio.review.rules.completeness import AT_A_TIME
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("handing_in", __name__)
TEXT: Final = "/guides/<guide_id>/<lang:code>"
HANDED_IN: Final = notice(N_("Handed in. Whoever could check it is told."))
TAKEN_BACK: Final = notice(N_("Taken back. What was agreed to is kept and looked at again later."))
INVITED: Final = notice(N_("Invited. They can see this text now."))
_LINES: Final = ("summary", "neutral_title", "changelog", "helplines")


@blueprint.get(f"{TEXT}/hand-in")
def ask(guide_id: str, code: str) -> str:
    """Show what is still missing, at most three things, or that everything is there."""
    actor = require_actor()
    return _page(actor, kernel.translation(db.session(), actor, guide_id, code))


@blueprint.post(f"{TEXT}/hand-in")
def answer(guide_id: str, code: str) -> Response:
    """Keep the answers; hand in when nothing is missing any more."""
    actor = require_actor()
    session = db.session()
    translation = kernel.translation(session, actor, guide_id, code)
    fields = _fields()
    problem = _too_long(fields)
    if problem:
        return make_response(_page(actor, translation, problem, fields), 422)
    asked = _missing(translation)
    hand_in.answer(
        session, actor, translation, fields=fields, topics=forms.several("topics", house.topics()), now=now()
    )
    if asked or not forms.ticked("ready"):
        hand_in.derive(session, translation, now())
        return go(f"{_address(translation)}hand-in")
    try:
        hand_in.hand_in(session, actor, translation, now())
    except (Conflict, Invalid) as refusal:
        db.session.rollback()
        return make_response(_page(actor, kernel.translation(session, actor, guide_id, code), refusal), 422)
    return go(_address(translation), HANDED_IN)


@blueprint.post(f"{TEXT}/take-back")
def take_back(guide_id: str, code: str) -> Response:
    """Take a hand-in back to be written on."""
    actor = require_actor()
    translation = kernel.translation(db.session(), actor, guide_id, code)
    hand_in.take_back(db.session(), actor, translation, now())
    return go(_address(translation), TAKEN_BACK)


@blueprint.post(f"{TEXT}/invite")
def invite(guide_id: str, code: str) -> Response:
    """Invite members to a text that is for its team alone."""
    actor = require_actor()
    translation = kernel.translation(db.session(), actor, guide_id, code)
    known = {one.id for one in members.actors(db.session())}
    hand_in.invite(db.session(), actor, translation, forms.several("members", known), now())
    return go(f"{_address(translation)}hand-in", INVITED)


def _fields() -> dict[str, Any]:
    """Return the fields that this form held, as the draft keeps them."""
    found: dict[str, Any] = {name: forms.line(name, 2000) for name in _LINES if name in request.form}
    if "content_notes" in request.form:
        found["content_notes"] = forms.several("content_notes", {*house.content_notes(), "none"})
    if "sources" in request.form:
        found["sources"] = [line.strip() for line in forms.text("sources", 8000).split("\n") if line.strip()]
    notes = found.get("content_notes", [])
    if len(notes) > 1 and "none" in notes:
        notes.remove("none")
    return found


def _too_long(fields: dict[str, Any]) -> Invalid | None:
    if len(fields.get("summary", "")) <= SUMMARY_LIMIT:
        return None
    sentence = N_("Please shorten it to {n} characters.", n=SUMMARY_LIMIT)
    return Invalid(sentence, {"summary": sentence})


def _missing(translation: Translation) -> dict[str, Message]:
    """Return what is asked; the neutral title is not, it is proposed by itself."""
    return {name: sentence for name, sentence in missing_fields(translation).items() if name != "neutral_title"}


def _page(
    actor: Actor,
    translation: Translation,
    refusal: Conflict | Invalid | None = None,
    typed: dict[str, Any] | None = None,
) -> str:
    session = db.session()
    every = _missing(translation)
    asked = dict(list(every.items())[:AT_A_TIME])
    fields = {**TextFields.from_dict(translation.draft.fields).to_dict(), **(typed or {})}
    if not fields["neutral_title"]:
        fields["neutral_title"] = house.neutral_title(translation.language)
    team = team_of(session, translation)
    others = [one for one in members.actors(session) if one.id != actor.id] if team is not None else []
    return render_template(
        "review/hand_in.html",
        translation=translation,
        text_language=language(translation.language),
        here=_address(translation),
        fields=fields,
        asked=list(asked),
        sentences=asked,
        left=len(every) - len(asked),
        refusal=refusal,
        problems=refusal.fields if isinstance(refusal, Invalid) else {},
        chosen_topics=translation.guide.topics if typed is None else forms.several("topics", house.topics()),
        topics=[(key, house.topic_name(key, actor.language)) for key in house.topics()],
        notes=[(key, house.note_name(key, actor.language)) for key in house.content_notes()],
        panel=panel(session, actor, translation, now()),
        sheet=of_draft(session, actor, translation),
        invitable=[(one.id, one.pen_name) for one in others if team is not None and one.id not in team],
    )


def _address(translation: Translation) -> str:
    return f"/studio/guides/{translation.guide_id}/{translation.language}/"
