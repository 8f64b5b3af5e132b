"""Pause me, and I am back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint
from werkzeug.wrappers import Response

from studio.core.words import N_
from studio.members.current import require_actor
from studio.members.operations import own
from studio.review.operations import pausing
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("resting", __name__)
WEEKS: Final = (1, 2, 4, 8)
OPEN: Final = "open"
RESTS: Final = notice(N_("Rest well. Nobody asks you for anything until then."))
BACK: Final = notice(N_("Good to have you here again."))


def rests(at: datetime) -> list[tuple[str, datetime]]:
    """Return how long one can rest: the answer's value, and the day on which it ends."""
    return [(str(weeks), at + timedelta(weeks=weeks)) for weeks in WEEKS]


@blueprint.post("/checks/pause")
def pause() -> Response:
    """Rest for some weeks, or until one comes back."""
    weeks = forms.choice("rest", [OPEN, *(str(one) for one in WEEKS)], OPEN)
    until = None if weeks == OPEN else now() + timedelta(weeks=int(weeks))
    pausing.pause(db.session(), require_actor(), until, now())
    return go("/studio/checks/", RESTS)


@blueprint.post("/checks/back")
def back() -> Response:
    """End one's pause."""
    own.come_back(db.session(), actor=require_actor())
    return go("/studio/checks/", BACK)
