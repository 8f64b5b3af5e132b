"""What joining in would mean for a text, and what else stops it, from the first minute of its draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from studio.core.words import Message
from studio.guides import operations as kernel
from studio.i18n.formats import joined
from studio.members.actor import Actor
from studio.review.queries import rounds
from studio.review.queries.hand_in import missing_fields
from studio.review.queries.hints import of_draft
from studio.review.queries.pieces import is_offered, vote_of
from studio.review.rules.joining import also_stops, if_you_join, written_on
from studio.review.rules.policy import Check
from studio.review.rules.standing import Standing, State
from studio.review.titles import title_of


def joining(case: rounds.Case, actor: Actor, now: datetime, *, running: bool) -> Message | None:
    """Return what happens if ``actor`` gives a check of the text; ``running``: whether it was handed in."""

    def could(one: Standing) -> bool:
        if running:
            return is_offered(case, actor, one, now)
        return one.state is not State.DONE and case.why_not(actor, one.check) is None

    def title(check: Check) -> str:
        return title_of(check, actor.language)

    def listed(names: Sequence[str]) -> str:
        return joined(names, actor.language)

    if any(vote_of(one, actor.id) or actor.id in case.holders.get(one.check.key, ()) for one in case.round.stages):
        return None  # they joined in already
    yours = [one for one in case.round.stages if could(one)]
    wrote = actor.id in case.text.authors and not yours
    return if_you_join(case.round, yours, wrote=wrote, running=running, title=title, joined=listed)


def also(session: Session, actor: Actor, case: rounds.Case, *, running: bool) -> tuple[Message, ...]:
    """Return what else stops the text, beside its checks."""
    translation = case.translation
    if not running:
        stops = [hint.sentence for hint in of_draft(session, actor, translation).stops]
        return also_stops(missing_fields(translation), stops)
    newer = kernel.hash_of_draft(translation) != case.now.content_hash
    return (written_on(case.now.number),) if newer else ()
