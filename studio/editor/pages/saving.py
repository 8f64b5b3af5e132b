"""Save a version: what the machine says has changed at the least, and what each answer costs the checks that run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from flask import Response, current_app, make_response, render_template, request
from sqlalchemy.orm import Session

from studio.core.errors import Conflict, Invalid
from studio.core.words import Message
from studio.editor.pages import common
from studio.editor.words import SIGNIFICANCE
from studio.guides import queries
from studio.guides.drafts import log
from studio.guides.models import Translation
from studio.guides.proposing import proposal
from studio.guides.rules.proposal import Proposal
from studio.guides.rules.statuses import Progress, Significance
from studio.members.actor import Actor
from studio.storage.db import db
from studio.web.context import now

MOST_REASONS: Final = 3
"""More reasons than these would not be read."""


class Cost(Protocol):
    """What saving would cost: a sentence, and the checks that it is about with whom each asks."""

    @property
    def sentence(self) -> Message:
        """The sentence; it ends with a colon where checks follow."""

    @property
    def stages(self) -> tuple[tuple[str, Message | None], ...]:
        """Name of each check, and whom it asks where few can."""


Costs = Mapping[Significance, Sequence[Cost]]
Asked = Callable[[Session, Actor, Translation, Iterable[Significance], datetime], Costs]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to "What changed?" and what it would cost."""

    value: Significance
    words: Message
    costs: Sequence[Cost]


def page(actor: Actor, text: Translation, error: Invalid | Conflict | None = None, status: int = 200) -> Response:
    """Ask what changed; only answers that are as strict as the machine's or stricter are there to choose."""
    session = db.session()
    before = queries.latest(session, text)
    found = proposal(session, text)
    answers = _answers(session, actor, text, found) if found else []
    chosen = request.form.get("significance", "")
    shown = render_template(
        "editor/version.html",
        **common.frame(text),
        error=error,
        before=before,
        answers=answers,
        chosen=chosen if chosen in {one.value for one in answers} else answers[0].value if answers else "",
        reasons=found.reasons[:MOST_REASONS] if found else (),
        drops_day=text.progress is Progress.SCHEDULED,
        note=request.form.get("note", ""),
        digest=log.head(text.draft).digest,
    )
    return make_response(shown, status)


def _answers(session: Session, actor: Actor, text: Translation, found: Proposal) -> list[Answer]:
    """Ask what each answer would cost. Checks are another slice's matter; whatever puts the house together answers."""
    asked: Asked = current_app.extensions["costs_of_saving"]
    costs = asked(session, actor, text, found.answers, now())
    return [Answer(one, SIGNIFICANCE[one], costs.get(one, ())) for one in found.answers]
