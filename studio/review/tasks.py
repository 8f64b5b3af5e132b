"""Background work of checks: look at a round again, and at every round once a day; tell whom a comment speaks to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from studio.guides.models import Translation
from studio.review.operations.looking import look_again
from studio.review.operations.telling import tell
from studio.review.queries.rounds import running


def look_at_one(session: Session, args: Mapping[str, Any], now: datetime) -> None:
    """Look again at the round of the text named in ``args["translation"]``."""
    translation = session.get(Translation, str(args["translation"]))
    if translation:
        look_again(session, translation, now)


def look_at_all(session: Session, args: Mapping[str, Any], now: datetime) -> None:
    """Look at every round that runs: claims end, and a yes goes with the role that it needed."""
    del args
    for review in running(session):
        look_again(session, session.get_one(Translation, review.translation_id), now)


def tell_mentioned(session: Session, args: Mapping[str, Any], now: datetime) -> None:
    """Tell the members whom a comment on the text speaks to."""
    translation = session.get(Translation, str(args["translation"]))
    if translation:
        tell(session, args["members"], "mentioned", translation, now)


TASKS: Final = {
    "review.look_again": look_at_one,
    "review.look_at_all": look_at_all,
    "review.tell_mentioned": tell_mentioned,
}
"""For the composition: task by name."""
