"""Somebody chose anew how readers are told of them, or is not here any more: what names them is made again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from studio.guides.credits import queries as choices
from studio.publish import operations, queries


def made_again(session: Session, translation_id: str, now: datetime) -> None:
    """Have the files of what readers have of a text made again, as its credits are now."""
    live = queries.live_edition(session, translation_id)
    if live:
        operations.ask_for_build(session, live, now)


def credits_changed(session: Session, args: Mapping[str, Any], now: datetime) -> None:
    """Have every text made again that ``args["member"]`` is named in, or was; a job asked for by who keeps members."""
    for text_id in choices.texts_naming(session, args["member"]):
        made_again(session, text_id, now)
