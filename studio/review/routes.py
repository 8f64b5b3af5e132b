"""Every address of checks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from studio.guides.models import Translation
from studio.members.current import require_actor
from studio.review.pages import (
    asking,
    candidates,
    checks,
    guests,
    handing_in,
    hinting,
    organising,
    reading,
    resting,
    waiting,
)
from studio.review.queries.hints import Sheet, of_draft
from studio.review.queries.panel import Panel, panel
from studio.storage.db import db
from studio.web.context import now

blueprint = Blueprint("review", __name__, url_prefix="/studio", template_folder="templates")
blueprint.register_blueprint(organising.blueprint)
blueprint.register_blueprint(checks.blueprint)
blueprint.register_blueprint(candidates.blueprint)
blueprint.register_blueprint(handing_in.blueprint)
blueprint.register_blueprint(hinting.blueprint)
blueprint.register_blueprint(resting.blueprint)
blueprint.register_blueprint(asking.blueprint)
blueprint.register_blueprint(waiting.blueprint)

blueprint.register_blueprint(guests.blueprint)
blueprint.register_blueprint(reading.blueprint)


@blueprint.app_context_processor
def _for_other_pages() -> dict[str, Any]:
    """Give the page of a text what ``review/of_text.html`` shows."""
    return {"checks_of": checks_of, "hints_of": hints_of}


def checks_of(translation: Translation) -> Panel:
    """Return what the page of a text says of its checks to who asks."""
    return panel(db.session(), require_actor(), translation, now())


def hints_of(translation: Translation) -> Sheet:
    """Return the hints of a text's draft for who asks."""
    return of_draft(db.session(), require_actor(), translation)
