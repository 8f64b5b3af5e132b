"""One-time links: joining, coming back with an organiser's help, or with a recovery code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, g, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from studio.core.errors import Conflict, Invalid
from studio.core.locales import LANGUAGES
from studio.core.words import N_, Message
from studio.members import agreements, current, hashing, queries
from studio.members.models import Invitation, Member
from studio.members.operations import joining, own
from studio.members.pages import choosing, entering
from studio.members.rules import names
from studio.storage.db import db
from studio.web import forms, limits, reminding
from studio.web.context import now, settings, speak
from studio.web.marks import late_write
from studio.web.redirects import go
from studio.web.writing import begin_writing

blueprint = Blueprint("newcomers", __name__)

LINKS: Final = limits.Limit("links", seconds=900, nearby=40, everybody=600)
CODES: Final = limits.Limit("codes", seconds=900, nearby=10, account=5, everybody=200)


@blueprint.get("/join/<token>")
def join(token: str) -> Response:
    """Show the invitation; looking at it never spends it, since chats fetch links to preview them."""
    limits.hit(LINKS)
    invitation = queries.invitation(db.session(), token, "join")
    if invitation is None or not joining.is_open(invitation, now()):
        return _no_longer(invitation)
    return make_response(_join_page(token, invitation, choosing.fresh(_language(invitation))))


@blueprint.get(f"/join/<token>/{reminding.FILE}")
def join_reminder(token: str) -> Response:
    """Answer a calendar file for an invitation; it says that something small waits, and nothing else."""
    return _reminder(token, "join")


@blueprint.get(f"/return/<token>/{reminding.FILE}")
def return_reminder(token: str) -> Response:
    """Answer the same for a link that lets a member in again."""
    return _reminder(token, "return")


def _reminder(token: str, kind: str) -> Response:
    limits.hit(LINKS)
    invitation = queries.invitation(db.session(), token, kind)
    if invitation is None or not joining.is_open(invitation, now()):
        return _no_longer(invitation)
    return reminding.calendar(invitation.language, reminding.last_whole_day(invitation.expires), about=invitation.id)


@blueprint.post("/join/<token>", endpoint="join_post")
@late_write
def join_post(token: str) -> Response:
    """Accept: the link is spent, the member is made and signed in."""
    limits.hit(LINKS)
    invitation = queries.invitation(db.session(), token, "join")
    if invitation is None or not joining.is_open(invitation, now()):
        return _no_longer(invitation)
    language = _language(invitation)
    chosen = choosing.read(language)
    pen_name = names.clean(request.form.get("pen_name", "")[:200])
    try:
        agreed = _check_join(pen_name, chosen, language)
        db.session.rollback()
        passphrase_hash = hashing.hashed(chosen.passphrase)
        begin_writing()
        member = joining.accept(
            db.session(),
            token=token,
            pen_name=pen_name,
            passphrase_hash=passphrase_hash,
            agreed=agreed,
            language=language,
            now=now(),
        )
    except Invalid as error:
        db.session.rollback()
        return make_response(_join_page(token, queries.invitation(db.session(), token, "join"), chosen, error), 422)
    entering.enter(member)
    return go(url_for("members.newcomers.welcome"))


@blueprint.get("/welcome")
def welcome() -> str:
    """Show what to do first."""
    return render_template("members/welcome.html", actor=current.require_actor())


@blueprint.get("/return/<token>")
def come_back(token: str) -> Response:
    """Show the form with which a member chooses a new passphrase."""
    limits.hit(LINKS)
    invitation = queries.invitation(db.session(), token, "return")
    if invitation is None or not joining.is_open(invitation, now()):
        return _no_longer(invitation)
    member = queries.by_id(db.session(), invitation.member_id or "")
    return make_response(_return_page(token, member, choosing.fresh(_language(invitation))))


@blueprint.post("/return/<token>", endpoint="come_back_post")
@late_write
def come_back_post(token: str) -> Response:
    """Set the new passphrase; the link is spent and the member is signed in."""
    limits.hit(LINKS)
    invitation = queries.invitation(db.session(), token, "return")
    if invitation is None or not joining.is_open(invitation, now()):
        return _no_longer(invitation)
    chosen = choosing.read(_language(invitation))
    member = queries.by_id(db.session(), invitation.member_id or "")
    try:
        choosing.check(chosen, member.pen_name)
    except Invalid as error:
        return make_response(_return_page(token, member, chosen, error), 422)
    db.session.rollback()
    passphrase_hash = hashing.hashed(chosen.passphrase)
    begin_writing()
    entering.enter(joining.come_back(db.session(), token=token, passphrase_hash=passphrase_hash, now=now()))
    return go("/studio/")


@blueprint.get("/sign-in/code")
def by_code() -> str:
    """Show the form for a recovery code."""
    return _code_page(choosing.fresh(g.language.code))


@blueprint.post("/sign-in/code", endpoint="by_code_post")
@late_write
def by_code_post() -> Response:
    """Spend a recovery code, set a new passphrase and sign in."""
    pen_name = names.clean(request.form.get("pen_name", "")[:200])
    limits.hit(CODES, names.folded(pen_name))
    chosen = choosing.read(g.language.code)
    try:
        choosing.check(chosen, pen_name)
        db.session.rollback()
        passphrase_hash = hashing.hashed(chosen.passphrase)
        begin_writing()
        code = forms.line("code", 100)
        member = own.use_code(db.session(), pen_name=pen_name, code=code, passphrase_hash=passphrase_hash, now=now())
    except (Invalid, Conflict) as error:
        db.session.rollback()
        return make_response(_code_page(chosen, error, pen_name), 422)
    entering.enter(member)
    return go("/studio/me/")


def _language(invitation: Invitation) -> str:
    """Speak the language of the invitation, or the one that the newcomer chose on its page, and return its code."""
    wanted = request.values.get("language", "")
    code = wanted if wanted in settings().languages else invitation.language
    speak(code, "studio")
    return code


def _no_longer(invitation: Invitation | None) -> Response:
    if invitation is not None:
        _language(invitation)
    spent = invitation is not None and invitation.spent is not None
    status = 404 if invitation is None else 410
    return make_response(render_template("members/no_longer.html", spent=spent), status)


def _check_join(pen_name: str, chosen: choosing.Chosen, language: str) -> dict[str, str]:
    """Return the agreements by key and wording; raise Invalid with a sentence for each field to look at again."""
    problems = _problems(names.check, pen_name) | _problems(choosing.check, chosen, pen_name)
    lines = agreements.lines(language)
    if any(not forms.ticked(f"agree-{line.key}") for line in lines):
        problems["agreements"] = N_("Please read and tick each of these.")
    if not problems and queries.name_is_taken(db.session(), pen_name):
        raise joining.taken()
    if problems:
        raise Invalid(N_("Almost there. Please look at the marked places."), problems)
    return {line.key: line.wording for line in lines}


def _problems(check: Callable[..., None], *values: object) -> dict[str, Message]:
    try:
        check(*values)
    except Invalid as error:
        return error.fields
    return {}


def _join_page(token: str, invitation: Invitation | None, chosen: choosing.Chosen, error: Invalid | None = None) -> str:
    code = _language(invitation) if invitation else g.language.code
    return render_template(
        "members/join.html",
        token=token,
        role=invitation.role if invitation else "writer",
        code=code,
        languages=[LANGUAGES[each] for each in settings().languages],
        lines=agreements.lines(code),
        chosen=chosen,
        error=error,
    )


def _return_page(token: str, member: Member, chosen: choosing.Chosen, error: Invalid | None = None) -> str:
    return render_template("members/return.html", token=token, pen_name=member.pen_name, chosen=chosen, error=error)


def _code_page(chosen: choosing.Chosen, error: Invalid | Conflict | None = None, pen_name: str = "") -> str:
    return render_template("members/by_code.html", chosen=chosen, error=error, pen_name=pen_name)
