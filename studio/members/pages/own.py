"""One's own page: visits, languages, drawing, recovery codes, passphrase."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from studio.core.errors import Invalid
from studio.core.locales import LANGUAGES
from studio.core.words import N_, Message
from studio.members import current, hashing, queries
from studio.members.operations import own, visits
from studio.members.pages import choosing
from studio.members.words import ROLES, training
from studio.storage.db import db
from studio.web import forms, limits
from studio.web.context import now, settings
from studio.web.marks import late_write
from studio.web.notices import SAVED, notice
from studio.web.redirects import go
from studio.web.writing import begin_writing

blueprint = Blueprint("own", __name__)

CHANGES: Final = limits.Limit("passphrase", seconds=900, nearby=30, account=10)
ENDED: Final = notice(N_("That visit has ended."))
ALL_ENDED: Final = notice(N_("All other visits have ended."))
CHANGED: Final = notice(N_("Your passphrase is changed. All other visits have ended."))


@blueprint.get("/me/")
def home() -> str:
    """Show one's own page."""
    return _page()


@blueprint.post("/me/language")
def language() -> Response:
    """Choose the language in which the studio speaks."""
    code = forms.choice("language", settings().languages, current.require_actor().language)
    own.set_language(db.session(), actor=current.require_actor(), code=code)
    return _back(SAVED)


@blueprint.post("/me/reads")
def reads() -> Response:
    """Say which languages one reads."""
    codes = forms.several("reads", settings().languages)
    own.set_languages_read(db.session(), actor=current.require_actor(), codes=codes)
    return _back(SAVED)


@blueprint.post("/me/drawing")
def drawing() -> Response:
    """Have another drawing."""
    own.draw_again(db.session(), actor=current.require_actor())
    return _back()


@blueprint.post("/me/visits/<visit_id>/end")
def end_visit(visit_id: str) -> Response:
    """End one visit."""
    visits.end(db.session(), actor=current.require_actor(), visit_id=visit_id)
    return _back(ENDED)


@blueprint.post("/me/visits/end-others")
def end_others() -> Response:
    """End every visit but this one."""
    visits.end_all(db.session(), current.require_actor().id, but=current.visit().id)
    return _back(ALL_ENDED)


@blueprint.post("/me/codes")
def codes() -> str:
    """Make ten recovery codes and show them once."""
    made = own.make_codes(db.session(), actor=current.require_actor(), now=now())
    return render_template("members/codes.html", codes=made)


@blueprint.get("/me/passphrase")
def passphrase() -> str:
    """Show the form for another passphrase."""
    return render_template(
        "members/passphrase.html", chosen=choosing.fresh(current.require_actor().language), error=None
    )


@blueprint.post("/me/passphrase", endpoint="passphrase_post")
@late_write
def passphrase_post() -> Response:
    """Change the passphrase, if the one so far is right."""
    actor, visit = current.require_actor(), current.visit()
    limits.hit(CHANGES, actor.id)
    chosen = choosing.read(actor.language)
    before = queries.by_id(db.session(), actor.id).passphrase_hash
    db.session.rollback()
    try:
        choosing.check(chosen, actor.pen_name)
        _check_before(before)
    except Invalid as error:
        return make_response(render_template("members/passphrase.html", chosen=chosen, error=error), 422)
    passphrase_hash = hashing.hashed(chosen.passphrase)
    begin_writing()
    cookie = own.change_passphrase(
        db.session(), actor=actor, passphrase_hash=passphrase_hash, before=before, visit_id=visit.id, now=now()
    )
    current.give_cookie(cookie, own_phone=visit.own_phone)
    return _back(CHANGED)


def _check_before(stored: str) -> None:
    if not hashing.fits(stored, request.form.get("before", "")):
        sentence = N_("This is not your passphrase so far. Please look at it once more.")
        raise Invalid(sentence, {"before": sentence})


def _back(said: Message | None = None) -> Response:
    return go(url_for("members.own.home"), said)


def _page() -> str:
    actor = current.require_actor()
    member = queries.by_id(db.session(), actor.id)
    return render_template(
        "members/me.html",
        actor=actor,
        member=member,
        roles=[ROLES[role] for role in ROLES if role in actor.roles],
        trainings=[training(name) for name in sorted(actor.trainings)],
        languages=[LANGUAGES[code] for code in settings().languages],
        visits=queries.visits(db.session(), actor.id),
        here=current.visit().id,
        codes_left=queries.codes_left(db.session(), actor.id),
    )
