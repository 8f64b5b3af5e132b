"""Asking guests: an organiser makes reading links that count, somebody else vouches as well, links are taken back."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from studio.core.errors import Conflict, Invalid
from studio.core.ids import is_id, new_id
from studio.core.words import N_, Message
from studio.guides.models import Translation
from studio.members.actor import Role
from studio.members.current import require_actor, require_role
from studio.review.models import Review
from studio.review.operations import guests
from studio.review.queries.guest_desk import desk, link_minutes
from studio.review.rules.guests import DAYS, last_day
from studio.storage.db import db
from studio.web import forms, limits, reminding
from studio.web.context import now, settings
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("guests", __name__)
VOUCHED: Final = notice(N_("Thank you. You vouch for this guest now."))
REVOKED: Final = notice(N_("The link no longer works."))
MADE: Final = limits.Limit("reading links", seconds=3600, nearby=120, account=60)
_HERE: Final = "/checks/<review_id>/guests"


@blueprint.get(_HERE)
def home(review_id: str) -> str:
    """Show who was asked to read, and for what a guest could be asked."""
    require_actor()
    return _page(review_id)


def _link_id() -> str:
    """Return the id that the page gave the link to be; nothing where it is none of ours."""
    sent = forms.line("link")
    return sent if is_id(sent) else ""


@blueprint.post(_HERE)
def make(review_id: str) -> Response:
    """Make a link and show it once, with a neutral text to copy."""
    actor = require_role(Role.STEWARD)
    limits.hit(MADE, actor.id)
    days = forms.line("days")
    try:
        link, token = guests.make(
            db.session(),
            actor,
            review_id,
            forms.line("stage"),
            now(),
            days=int(days) if days in {str(one) for one in DAYS} else 0,
            vouched=forms.ticked("vouched"),
            same_as=forms.line("same_as"),
            link_id=_link_id(),
        )
    except (Conflict, Invalid) as refusal:
        db.session.rollback()
        return make_response(_page(review_id, refusal), 422 if isinstance(refusal, Invalid) else 409)
    translation = db.session.get_one(Translation, db.session.get_one(Review, link.review_id).translation_id)
    minutes = link_minutes(db.session(), link, translation, now())
    path = f"/studio/reading/{token}"
    return make_response(
        render_template(
            "review/guest_link.html",
            back=f"/studio/checks/{review_id}/guests",
            link=f"{settings().base_url or f'{request.scheme}://{request.host}'}{path}",
            sentence=reminding.sentence(link.language, last_day(link.expires_at), minutes=minutes),
            calendar=f"{path}/{reminding.FILE}",
            until=last_day(link.expires_at),
            text_language=link.language,
        )
    )


@blueprint.post(f"{_HERE}/<link_id>/vouch")
def confirm(review_id: str, link_id: str) -> Response:
    """Vouch for a guest as well."""
    guests.confirm(db.session(), require_actor(), review_id, link_id, now())
    return go(f"/studio/checks/{review_id}/guests", VOUCHED)


@blueprint.post(f"{_HERE}/<link_id>/revoke")
def revoke(review_id: str, link_id: str) -> Response:
    """Take a link back."""
    guests.revoke(db.session(), require_role(Role.STEWARD), review_id, link_id, now())
    return go(f"/studio/checks/{review_id}/guests", REVOKED)


def _page(review_id: str, refusal: Conflict | Invalid | None = None) -> str:
    problems: dict[str, Message] = refusal.fields if isinstance(refusal, Invalid) else {}
    shown = desk(db.session(), require_actor(), review_id, now())
    return render_template(
        "review/guests.html",
        shown=shown,
        new_id=new_id,
        sentences={
            one.id: reminding.sentence(shown.text_language.code, one.until, minutes=one.minutes)
            for one in shown.asked
            if one.until
        },
        days=DAYS,
        chosen=forms.line("stage"),
        refusal=refusal,
        problems=problems,
    )
