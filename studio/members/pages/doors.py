"""The doors: sign in, sign out, and what a page for members does when nobody is signed in."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.members import current, hashing, queries
from studio.members.operations import visits
from studio.members.pages import entering
from studio.members.rules import names
from studio.storage.db import db
from studio.web import cookies, errors, forms, limits
from studio.web.context import settings, wants_json
from studio.web.marks import late_write
from studio.web.protect import SAFE
from studio.web.redirects import go, next_or
from studio.web.refusals import SignInNeeded
from studio.web.writing import begin_writing

blueprint = Blueprint("doors", __name__)

AGAIN: Final = "again"
"""Parameter of an address that was opened a second time by our own page."""
TRIES: Final = limits.Limit("sign-in", seconds=900, nearby=30, account=10, everybody=600)


def lead_to_the_door(error: SignInNeeded) -> AnyResponse:
    """Answer somebody who is not signed in: a page that comes back once, then the sign-in page; a POST gets its text.

    Under ``SameSite=Strict`` a link from a chat arrives without the cookie. A page of ours that goes on to the same
    address by itself brings it along.
    """
    if request.method not in SAFE or wants_json():
        return errors.refused(error)
    came_from_here = request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")
    if AGAIN in request.args or came_from_here:
        return redirect(url_for("members.doors.sign_in", next=_address()), code=303)
    mark = "&" if request.args else "?"
    return make_response(render_template("members/once_more.html", address=f"{_address()}{mark}{AGAIN}=1"), 401)


@blueprint.get("/sign-in")
def sign_in() -> str | AnyResponse:
    """Show the sign-in form."""
    if current.actor():
        return redirect(next_or(request.args.get("next", "")), code=303)
    return _sign_in_page(next_or(request.args.get("next", "")))


@blueprint.post("/sign-in", endpoint="sign_in_post")
@late_write
def sign_in_post() -> AnyResponse:
    """Begin a visit for the right pen-name and passphrase; one sentence for everything else."""
    pen_name = forms.line("pen_name", 200)
    account = names.folded(names.clean(pen_name))
    limits.hit(TRIES, account)
    found = queries.by_name(db.session(), pen_name)
    stored = found.passphrase_hash if found else None
    db.session.rollback()
    right = hashing.fits(stored, request.form.get("passphrase", ""))
    begin_writing()
    member = queries.by_name(db.session(), pen_name)
    if not right or member is None or member.suspended or member.passphrase_hash != stored:
        return make_response(_sign_in_page(next_or(request.form.get("next", "")), _not_right(), pen_name), 422)
    limits.forgive(TRIES, account)
    entering.enter(member)
    return go(next_or(request.form.get("next", "")))


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """Leave and wipe this phone: the visit ends, the browser forgets what it kept, and goes to a neutral site."""
    actor = current.actor()
    if actor:
        visits.end(db.session(), actor=actor, visit_id=current.visit().id)
    return wiped()


def wiped() -> Response:
    """Return the page after leaving. A redirect would not do: the policy for forms keeps them in this house."""
    response = make_response(render_template("members/wiped.html"))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.headers["Refresh"] = f"0; url={settings().exit_url}"
    cookies.drop(response)
    return response


def _sign_in_page(next_address: str, error: Invalid | None = None, pen_name: str = "") -> str:
    return render_template("members/sign_in.html", next=next_address, error=error, pen_name=pen_name)


def _not_right() -> Invalid:
    return Invalid(N_("Pen-name and passphrase do not go together. Please look at both once more."))


def _address() -> str:
    """Return the address that was asked for, without the mark of a second time."""
    query = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != AGAIN])
    return f"{request.path}?{query}" if query else request.path
