"""The whole team's waiting texts, for the organiser: what cannot move, and why."""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, render_template, request

from studio.core.locales import language
from studio.members.actor import Role
from studio.members.current import require_role
from studio.review.queries import stuck
from studio.storage.db import db
from studio.web.context import now

blueprint = Blueprint("waiting", __name__)
_PAGE: Final = re.compile(r"[0-9]{1,4}")


@blueprint.get("/checks/waiting")
def home() -> str:
    """Show first what cannot move and why, then everything that waits, the oldest first."""
    actor = require_role(Role.STEWARD)
    asked = request.args.get("page", "")
    page = int(asked) if _PAGE.fullmatch(asked) else 0
    texts, more = stuck.waiting(db.session(), actor, now(), page)
    return render_template(
        "review/waiting.html",
        stuck=stuck.cannot_move(db.session(), actor, now()) if page == 0 else [],
        texts=texts,
        page=page,
        more=more,
        languages=language,
    )
