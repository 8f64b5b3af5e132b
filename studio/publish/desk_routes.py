"""The members' side of publishing after the first look: schedule; take down, put back, look again."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, Invalid
from studio.core.locales import language
from studio.core.words import N_, Message
from studio.guides import queries as kernel
from studio.guides.models import Translation
from studio.members.actor import Role
from studio.members.current import require_actor, require_role
from studio.publish import clocks, going, look_routes, looking, operations, posted, queries, scheduling, withdrawal
from studio.publish.models import Edition
from studio.publish.rules.takedown import MAY, Reason
from studio.storage.db import db
from studio.web import context
from studio.web.notices import notice, with_notice
from studio.web.refusals import note_refused

blueprint = Blueprint("publishing", __name__, url_prefix="/studio", template_folder="templates")
TEXT: Final = "/guides/<guide_id>/<lang:code>"
SCHEDULED: Final = notice(N_("The day is set. Until then everything can still be changed."))
UNSCHEDULED: Final = notice(N_("The day is dropped. The text waits to be published."))
TAKEN_DOWN: Final = notice(
    N_("It is down, everywhere. The organisers are told; somebody else decides what comes next.")
)
DOWN_ALREADY: Final = notice(N_("It is down already, everywhere. Somebody other than who took it down decides."))
DECIDED: Final = notice(N_("Noted. Readers see it at once."))
RENAMED: Final = notice(N_("The address is changed; the old one leads on."))
REASONS: Final = {
    Reason.HARM: N_("Somebody could be harmed by it"),
    Reason.FACT: N_("Something in it is wrong or out of date"),
    Reason.IDENTITY: N_("It shows who somebody is (readers will see no title and no reason)"),
    Reason.CONSENT: N_("Whoever told it wants it gone (readers will see no title and no reason)"),
}


@blueprint.post(f"{TEXT}/schedule")
def schedule(guide_id: str, code: str) -> AnyResponse:
    """Set the day on which exactly this is published."""
    actor = require_role(Role.EDITOR)
    translation = look_routes.text(guide_id, code)
    minutes = clocks.minutes_of(request.form.get("clock", ""))
    note_refused("not_as_agreed")
    looking.require_nothing_stops(look_routes.to_be(translation)[2])
    scheduling.schedule(
        db.session(),
        actor,
        translation,
        content_hash=request.form.get("content_hash", ""),
        at=clocks.moment_of(request.form.get("at", ""), minutes),
        now=context.now(),
        correction="correction" in request.form,
    )
    here = f"/studio/guides/{guide_id}/{code}/publish?clock={minutes}#day"
    return redirect(with_notice(here, SCHEDULED), 303)


@blueprint.post(f"{TEXT}/unschedule")
def unschedule(guide_id: str, code: str) -> AnyResponse:
    """Drop the day."""
    actor = require_role(Role.EDITOR)
    translation = look_routes.text(guide_id, code)
    scheduling.unschedule(db.session(), actor, translation, context.now())
    return _to_text(translation, UNSCHEDULED)


@blueprint.get(f"{TEXT}/take-down")
def ask_take_down(guide_id: str, code: str) -> str:
    """Ask why, and what readers may read instead; nothing else stands between."""
    actor = require_role(*MAY)
    translation = _had_by_readers(guide_id, code)
    live = queries.live_edition(db.session(), translation.id)
    down = None if live else queries.waits_for_decision(db.session(), translation.id)
    edition = db.session.get(Edition, down.edition_id) if down else live
    if edition is None:
        raise Conflict(N_("Readers do not have this text now; there is nothing to take down."))
    others = [one for one in queries.live_texts(db.session(), code) if one.guide.id != guide_id]
    return render_template(
        "publish/take_down.html",
        translation=translation,
        listed=queries.listed(db.session(), edition),
        known=kernel.may_see(db.session(), actor, translation),
        down=down,
        can_decide=down is not None and actor.has(Role.EDITOR) and down.by != actor.id,
        reasons=REASONS,
        others=others,
        goes=going.preview(db.session(), edition) if live else [],
        posted=posted.posted(db.session(), translation.id),
        card_sizes=posted.SIZES,
        language_of=language,
    )


@blueprint.post(f"{TEXT}/take-down")
def take_down(guide_id: str, code: str) -> AnyResponse:
    """Take it down now."""
    actor = require_role(*MAY)
    translation = _had_by_readers(guide_id, code)
    if request.form.get("reason", "") not in list(Reason):
        raise Invalid(N_("Say why, so that the next person knows what to look at."))
    taken = withdrawal.take_down(
        db.session(),
        actor,
        translation,
        reason=Reason(request.form["reason"]),
        instead=request.form.get("instead", ""),
        now=context.now(),
    )
    return _to_text(translation, TAKEN_DOWN if taken else DOWN_ALREADY)


@blueprint.post(f"{TEXT}/decide")
def decide(guide_id: str, code: str) -> AnyResponse:
    """Put it back, or let it stay down."""
    actor = require_role(Role.EDITOR)
    translation = _had_by_readers(guide_id, code)
    waiting = queries.waits_for_decision(db.session(), translation.id)
    if waiting is None:
        raise Conflict(N_("Somebody has decided about this already."))
    edition = db.session.get_one(Edition, waiting.edition_id)
    put_back = request.form.get("decision") == "put_back"
    withdrawal.decide(db.session(), actor, edition, put_back=put_back, now=context.now())
    return _to_text(translation, DECIDED)


@blueprint.post(f"{TEXT}/address")
def address(guide_id: str, code: str) -> AnyResponse:
    """Choose another address name."""
    actor = require_role(Role.EDITOR)
    translation = look_routes.text(guide_id, code)
    operations.choose_slug(db.session(), actor, translation, request.form.get("slug", ""), context.now())
    return _to_text(translation, RENAMED)


@blueprint.post(f"{TEXT}/build-again")
def build_again(guide_id: str, code: str) -> AnyResponse:
    """Try once more to derive an edition that could not be made."""
    require_role(Role.EDITOR)
    translation = look_routes.text(guide_id, code)
    newest = queries.newest_edition(db.session(), translation.id)
    if newest is None:
        abort(404)
    operations.ask_for_build(db.session(), newest, context.now())
    return look_routes.to_progress(translation)


def _had_by_readers(guide_id: str, code: str) -> Translation:
    """Return a text that readers have or had: anybody who may take texts down may act on it, team or not (rule 8)."""
    return queries.had_by_readers(db.session(), guide_id, code) or look_routes.text(guide_id, code)


def _to_text(translation: Translation, said: Message) -> AnyResponse:
    """Go back to the text's page."""
    look_routes.tell_processes()
    known = kernel.may_see(db.session(), require_actor(), translation)
    place = f"/studio/guides/{translation.guide_id}/{translation.language}/" if known else "/studio/texts/"
    return redirect(with_notice(place, said), 303)
