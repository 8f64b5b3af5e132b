"""Who asks: the member of this request's cookie, and what a page that is for members does without one."""

from __future__ import annotations

from datetime import datetime
from typing import Final, cast

from flask import Response, current_app, g, request

from studio.core.errors import NotAllowed
from studio.core.words import N_
from studio.members import visiting
from studio.members.actor import Actor, Role
from studio.members.operations import visits as operations
from studio.members.rules import visits
from studio.members.visiting import Visit
from studio.storage.db import db
from studio.web import cookies
from studio.web.context import now, speak
from studio.web.protect import SAFE
from studio.web.refusals import SignInNeeded

_MANY: Final = 10_000


def require_actor() -> Actor:
    """Return who asks. Raise SignInNeeded: a GET is led to the sign-in page, a POST gives the text back."""
    found = actor()
    if found is None:
        raise SignInNeeded
    return found


def require_role(*roles: Role) -> Actor:
    """Return who asks, if they have one of ``roles``; else raise SignInNeeded or NotAllowed."""
    found = require_actor()
    if not found.has(*roles):
        raise NotAllowed(N_("This is for other members of the house. Please ask an organiser."))
    return found


def actor() -> Actor | None:
    """Return who asks, or None when nobody is signed in."""
    return cast("Actor | None", g.get("me"))


def visit() -> Visit:
    """Return the visit of who asks; raise SignInNeeded when nobody is signed in."""
    if g.get("visit") is None:
        raise SignInNeeded
    return cast("Visit", g.visit)


def recognise(*, writing: bool = False) -> None:
    """Find out who asks, once a request, and speak their language; ``writing`` when the write lock is held."""
    if "me" in g:
        return
    g.me = g.visit = None
    found = visiting.by_cookie(db.session(), cookies.member_value(), now(), _seen())
    if found is None:
        return
    g.visit, g.me = found.visit, found.actor
    speak(found.actor.language, "studio")
    _remember(found.visit.id)
    if writing:
        _write_visit(g.visit)


def give_cookie(value: str, *, own_phone: bool) -> None:
    """Have the browser keep ``value`` as its session, if this request is committed."""
    g.new_cookie = value, int(visits.ABSOLUTE.total_seconds()) if own_phone else None


def finish(response: Response) -> None:
    """Hand out the new cookie of a request that was committed."""
    if "new_cookie" in g and g.get("committed"):
        value, seconds = g.new_cookie
        cookies.set_member(response, value, seconds=seconds)


def is_due() -> bool:
    """Whether this request, which only reads, should be followed by a note that the member was here."""
    found = g.get("visit")
    return found is not None and request.method in SAFE and now() - found.written >= visits.WRITE_DOWN


def _write_visit(found: Visit) -> None:
    if now() - found.written >= visits.WRITE_DOWN:
        operations.note_seen(db.session(), found.id, now())
    if found.renew:
        give_cookie(operations.renew(db.session(), found.id), own_phone=found.own_phone)


def _remember(visit_id: str) -> None:
    seen = _seen()
    if len(seen) >= _MANY:
        seen.clear()
    seen[visit_id] = now()


def _seen() -> dict[str, datetime]:
    """Return when each visit was last seen by this process; written down coarsely, so that reading writes nothing."""
    return cast("dict[str, datetime]", current_app.extensions.setdefault("seen", {}))
