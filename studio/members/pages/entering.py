"""Coming in: the one place where a visit begins, whatever door was used."""

from __future__ import annotations

from flask import g, request

from studio.members import current
from studio.members.models import Member
from studio.members.operations import visits
from studio.storage.db import db
from studio.web.context import now


def enter(member: Member) -> None:
    """Begin a visit of ``member`` in this browser; one that it had before, anybody's, ends."""
    if g.get("me"):
        visits.end(db.session(), actor=g.me, visit_id=current.visit().id)
    own_phone = request.form.get("own_phone") == "yes"
    cookie = visits.begin(db.session(), member=member, own_phone=own_phone, now=now())
    current.give_cookie(cookie, own_phone=own_phone)
