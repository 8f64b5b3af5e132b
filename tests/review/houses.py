"""A house in memory for tests of checks: members, texts, saved versions, and the whole way through the checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.ids import new_id
from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.guides.threads import suggesting
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.members.models import LanguageRead, Member, MemberRole, Training
from studio.review.operations import claims, decisions, hand_in
from studio.review.operations.looking import look_again
from studio.review.operations.policies import choose_policy
from studio.review.queries import rounds
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.standing import Verdict
from studio.storage.base import Base
from studio.storage.engine import make_engine, make_sessions

BODY = "# First\n\nTalk with somebody calm.\n\n# Second\n\nWrite down what you want to say."
FIELDS = TextFields(title="A calm talk", summary="How to begin.", content_notes=("none",), neutral_title="Pages")
FIRST_MOMENT = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


@dataclass
class House:
    """Real operations over a database in memory."""

    session: Session
    now: datetime = FIRST_MOMENT
    numbers: int = 0
    told: list[str] = field(default_factory=list)

    def later(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now

    def member(
        self, *roles: Role, trainings: tuple[str, ...] = (), reads: tuple[str, ...] = ("en",), name: str = ""
    ) -> Actor:
        self.numbers += 1
        name = name or f"Pen {self.numbers}"
        row = Member(
            id=new_id(),
            pen_name=name,
            name_folded=name.casefold(),
            name_look=name.casefold(),
            passphrase_hash="",
            pattern="p",
            joined=self.now,
        )
        self.session.add(row)
        self.session.flush()
        self.session.add_all(MemberRole(member_id=row.id, role=role, since=self.now) for role in {Role.WRITER, *roles})
        self.session.add_all(Training(member_id=row.id, name=one) for one in trainings)
        self.session.add_all(LanguageRead(member_id=row.id, language=one) for one in reads)
        self.session.flush()
        return members.actor(self.session, row)

    def actor(self, member_id: str) -> Actor:
        return members.actor(self.session, self.session.get_one(Member, member_id))

    def policy(self, key: str) -> None:
        choose_policy(self.session, Actor("o", "O", frozenset({Role.STEWARD})), key, self.now)

    def text(self, writer: Actor, *, language: str = "en", body: str = BODY, **more: Any) -> Translation:
        more.setdefault("topics", ["telling"])
        more.setdefault("fields", FIELDS)
        return guides.start_guide(self.session, writer.id, language=language, now=self.now, body=body, **more)

    def write(self, writer: Actor, text: Translation, old: str, new: str) -> None:
        draft = text.draft
        start = draft.text.index(old)
        log.apply(
            self.session,
            draft,
            base_seq=draft.head_seq,
            edits=[Edit(start, start + len(old), new)],
            fields={},
            author=writer.id,
            kind=UpdateKind.FORM,
            now=self.later(minutes=1),
        )

    def take_suggestion(self, who: Actor, taker: Actor, text: Translation, proposal: str) -> None:
        """Have ``who`` suggest and ``taker`` take all of it into the text."""
        base = {"base": text.draft.text, "base_seq": text.draft.head_seq}
        made = suggesting.propose(
            self.session, who, text, **base, proposal=proposal, note="", now=self.later(minutes=1)
        )
        for hunk in made.hunks:
            suggesting.accept(self.session, taker, text, hunk, now=self.now)

    def save(self, writer: Actor, text: Translation, significance: Significance = Significance.CONTENT) -> None:
        guides.save_version(
            self.session, writer.id, text, significance=significance, note="", now=self.later(minutes=1)
        )
        look_again(self.session, text, self.now)

    def hand_in(self, actor: Actor, text: Translation):
        return hand_in.hand_in(self.session, actor, text, self.later(minutes=1))

    def case(self, text: Translation) -> rounds.Case:
        review = rounds.open_review(self.session, text.id)
        assert review is not None
        return rounds.case(self.session, review, text, self.now)

    def word(
        self,
        text: Translation,
        stage: str,
        verdict: Verdict = Verdict.APPROVE,
        case: rounds.Case | None = None,
        **more: Any,
    ) -> decisions.Word:
        case = case or self.case(text)
        check = case.check(stage)
        answer = "yes" if verdict is Verdict.APPROVE else "change"
        answers = {question.key: answer for question in questions_of(case, check)}
        note = "" if verdict is Verdict.APPROVE else "Please say it more kindly."
        return decisions.Word(
            verdict,
            case.now.content_hash,
            checklist_of(case, check).version,
            **{"answers": answers, "note": note, "own_experience": True, **more},
        )

    def agree(self, actor: Actor, text: Translation, *stages: str) -> None:
        for stage in stages:
            self.say(actor, text, stage, Verdict.APPROVE)

    def ask_change(self, actor: Actor, text: Translation, stage: str):
        return self.say(actor, text, stage, Verdict.REQUEST_CHANGES)

    def say(self, actor: Actor, text: Translation, stage: str, verdict: Verdict, **more: Any):
        review, said = self.case(text).review, self.word(text, stage, verdict, **more)
        return decisions.decide(self.session, actor, review.id, stage, said, self.later(minutes=1))

    def take(self, actor: Actor, text: Translation, stage: str, *, own_experience: bool = False):
        review = self.case(text).review
        return claims.claim(self.session, actor, review.id, stage, self.later(minutes=1), own_experience=own_experience)

    def approval(self, text: Translation) -> Approval | None:
        self.session.flush()
        return self.session.scalar(select(Approval).where(Approval.translation_id == text.id))


def open_house() -> House:
    engine = make_engine("sqlite://")
    Base.metadata.create_all(engine)
    return House(make_sessions(engine)())


def close_house(house: House) -> None:
    house.session.close()
    house.session.get_bind().engine.dispose()
