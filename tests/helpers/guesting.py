"""Reading links in tests: made by the organiser's page, opened and answered as a guest's browser does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit.models import AuditEntry
from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Translation
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.review.models import ReadingLink
from studio.review.operations import decisions
from studio.review.operations.looking import look_again
from studio.review.queries import rounds
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.standing import Verdict
from studio.web.protect import FIELD


def the_form(page: str) -> dict[str, str]:
    """Return what a browser would send of a guest's form: hidden fields, yes to every question, and the tick."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    names = set(re.findall(r'name="(answer-[\w-]+)"', page))
    kept = {key: value for key, value in hidden.items() if key != FIELD}
    return {**kept, **dict.fromkeys(names, "yes"), "true_of_me": "yes"}


def make_link(client: Any, review_id: str, stage: str, **more: str) -> str:
    """Have a signed-in organiser make a link and return its path."""
    form: Mapping[str, str] = {"stage": stage, "vouched": "yes", "days": "7", **more}
    page = client.post(f"/studio/checks/{review_id}/guests", data=form)
    assert page.status_code == 200, page.text
    found = re.search(r"http://localhost(/studio/reading/\w{32})<", page.text)
    assert found, page.text
    return found[1]


def answer(guest: Any, link: str, act: str = "agree", **more: str) -> Any:
    """Open a link, read its text and press a button."""
    assert guest.get(link).status_code == 200
    form = the_form(guest.get(f"{link}/text").text)
    return guest.post(link, data={**form, "act": act, **more})


def fresh(session: Session) -> None:
    """Look at the database anew."""
    session.rollback()
    session.expire_all()


def change(session: Session, text: Any, writer: Any, clock: Any, words: str = "\n\nMore to say.") -> None:
    """Have the writer add words and save a version, which the round takes up."""
    draft = session.get_one(Translation, text.id).draft
    end = len(draft.text)
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(end, end, words)],
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=clock(),
    )
    guides.save_version(session, writer.id, draft.translation, significance=Significance.CONTENT, note="", now=clock())
    look_again(session, draft.translation, clock())
    session.commit()


def agree(session: Session, actor: Any, review: Any, text: Any, clock: Any, *stages: str) -> None:
    """Have a member agree to checks."""
    for stage in stages:
        case = rounds.case(session, review, text, clock())
        check = case.check(stage)
        word = decisions.Word(
            Verdict.APPROVE,
            case.now.content_hash,
            checklist_of(case, check).version,
            {question.key: "yes" for question in questions_of(case, check)},
            own_experience=True,
        )
        decisions.decide(session, actor, review.id, stage, word, clock())
    session.commit()


def refusals(session: Session) -> list[tuple[str, str | None]]:
    """Return subject and reason of each refused request in the trail."""
    fresh(session)
    rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "refused").order_by(AuditEntry.seq))
    return [(row.subject, row.details.get("why")) for row in rows]


def the_link(session: Session) -> ReadingLink:
    """Return the one link that was made."""
    fresh(session)
    return session.scalars(select(ReadingLink)).one()
