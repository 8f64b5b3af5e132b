"""What is let go of: words of answered messages, old messages, used stamps, the counts of past hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from studio.answers.models import AnswerHour, Echo, ReaderAnswer, UsedStamp

TASK: Final = "answers.forget"
WORDS: Final = timedelta(days=30)
"""After a message was closed its words go, and so does what an editor noted about hiding them."""
ROW: Final = timedelta(days=90)
"""After a message was closed all of it goes, with its answer and its return code."""
UNANSWERED: Final = timedelta(days=365)
"""A message that nobody closed goes this long after it came."""
HEARD: Final = timedelta(days=90)
"""A note on a desk that nobody has put away."""


def forget(session: Session, args: Mapping[str, Any], now: datetime) -> None:
    """Delete whatever is over at ``now``; run once a day, and harmless at any time."""
    del args
    today = now.date()
    closed = ReaderAnswer.closed_on
    session.execute(update(ReaderAnswer).where(closed <= today - WORDS).values(text="", hidden="", may_pass_on=False))
    old = (closed <= today - ROW) | (ReaderAnswer.on <= today - UNANSWERED)
    ids = session.scalars(select(ReaderAnswer.id).where(old)).all()
    session.execute(update(ReaderAnswer).where(ReaderAnswer.same_as.in_(ids)).values(same_as=None))
    session.execute(delete(ReaderAnswer).where(ReaderAnswer.id.in_(ids)))
    session.execute(delete(UsedStamp).where(UsedStamp.until < today))
    session.execute(delete(AnswerHour).where(AnswerHour.hour < now - timedelta(hours=1)))
    session.execute(delete(Echo).where(Echo.on <= today - HEARD))
    session.flush()


def forget_words_about(session: Session, translation_ids: Collection[str]) -> None:
    """Delete every word that readers said about these texts, at once: they may quote what was taken back."""
    mine = ReaderAnswer.translation_id.in_(list(translation_ids))
    nothing = {"text": "", "part": "", "hidden": "", "done": "", "may_pass_on": False}
    session.execute(update(ReaderAnswer).where(mine).values(**nothing))
    session.execute(delete(Echo).where(Echo.translation_id.in_(list(translation_ids)), Echo.kind == "sentence"))
    session.flush()
