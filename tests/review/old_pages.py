"""Any order of acts, more of them: pages that were opened earlier, people who rest, and what the desk offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from test_state_machine import NOUNS, PASSAGES, PEOPLE, STAGES, Checks, Yes

from studio.core.errors import StudioError
from studio.guides.rules.statuses import Significance
from studio.members.operations import own
from studio.review.operations import claims, decisions, pausing
from studio.review.queries import rounds
from studio.review.queries.offering import offer
from studio.review.rules.queue import CHOICES
from studio.review.rules.standing import RUNNING, State, Verdict

KEPT = 4
"""So many old pages stay open."""

MEANWHILE = (*["write"] * 3, "agree", "change", "rest", "suspend", "days", "take back", "nothing")


@dataclass(frozen=True)
class Page:
    """A check as somebody had it before them, with the words that stood there."""

    who: str
    """In the oracle's book."""
    stage: str
    verdict: Verdict
    meaning: tuple[str, ...]
    send: Callable[[], Any]


class ChecksWithOldPages(Checks):
    """The oracle knows which words stood on each page: an answer that is taken must be about the words of now."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[Page] = []
        self.resting: dict[str, Any] = {}

    def word(self, stage, verdict):
        """Return what a page opened now would send; None where there is no such page."""
        if self.review() is None or self.text.progress not in RUNNING:
            return None
        try:
            return self.house.word(self.text, stage, verdict)
        except StudioError:
            return None

    def could(self):
        """Return who could give each check that waits, of a text that is handed in for it if need be."""
        if self.review() is None or self.text.progress not in RUNNING:
            self.hand_in(0)
        if self.review() is None or self.text.progress not in RUNNING:
            return {}
        case = self.house.case(self.text)
        waits = {one.check.key for one in case.round.stages if one.state is State.OPEN}
        return {stage: every for stage, every in case.could.items() if stage in waits}

    def keep(self, page):
        self.pages = [*self.pages[1 - KEPT :], page]

    @rule(who=st.integers(0, PEOPLE - 1), stage=st.sampled_from(STAGES), verdict=st.sampled_from(Verdict))
    def open_a_page(self, who, stage, verdict):
        word, review = self.word(stage, verdict), self.review()
        if word is None:
            return

        def send():
            actor = self.active(who)
            if actor:
                decisions.decide(self.house.session, actor, review.id, stage, word, self.house.now)
                assert actor.id not in self.authors(), "an author gave a check"
            return bool(actor)

        self.keep(Page(self.members[who], stage, verdict, self.saved, send))

    @rule(which=st.integers(0, KEPT - 1))
    def answer_on_an_old_page(self, which):
        if which >= len(self.pages):
            return
        page = self.pages[which]
        sent = []
        if self.attempt(lambda: sent.append(page.send())) and sent[0]:
            event(f"an old page was sent: {page.verdict}")
            assert page.meaning == self.saved, "somebody agreed to words that they never saw"
            if page.verdict is Verdict.APPROVE:
                self.yeses.append(Yes(page.who, page.stage, page.meaning))
        elif page.meaning != self.saved:
            event("an old page came too late")

    @rule(
        data=st.data(),
        meanwhile=st.sampled_from(
            ["write", "write", "write", "agree", "change", "rest", "suspend", "days", "take back", "nothing"]
        ),
    )
    def open_a_page_and_send_it_when_something_has_happened(self, data, meanwhile):
        """Choose somebody who could give a check, let one thing happen, and have them send what they see."""
        could = [(stage, who) for stage, every in self.could().items() for who in every]
        if not could:
            return
        stage, member = data.draw(st.sampled_from(could))
        who, other = self.members.index(member), data.draw(st.integers(0, PEOPLE - 1))
        self.open_a_page(who, stage, Verdict.APPROVE)
        if meanwhile == "write":
            self.write(other, data.draw(st.sampled_from(PASSAGES)), data.draw(st.sampled_from(NOUNS)))
            self.save(other, data.draw(st.sampled_from(Significance)), job=data.draw(st.booleans()))
        elif meanwhile in ("agree", "change"):
            self.say(other, stage, Verdict.APPROVE if meanwhile == "agree" else Verdict.REQUEST_CHANGES)
        elif meanwhile == "rest":
            self.rest(who, 1)
        elif meanwhile == "suspend" and who:
            self.suspend_or_let_in(who)
        elif meanwhile == "days":
            self.time_passes(15)
        elif meanwhile == "take back":
            self.take_back(0)
            self.hand_in(0)
        event(f"a page was open, and meanwhile: {meanwhile}")
        self.answer_on_an_old_page(len(self.pages) - 1)

    @rule(who=st.integers(0, PEOPLE - 1), weeks=st.sampled_from([None, 1, 4]))
    def rest(self, who, weeks):
        actor = self.active(who)
        if actor is None:
            return
        until = None if weeks is None else self.house.now + timedelta(weeks=weeks)
        assert self.attempt(lambda: pausing.pause(self.house.session, actor, until, self.house.now))
        self.resting[actor.id] = until
        review = self.review()
        held = rounds.claims_of(self.house.session, review, self.house.now) if review else ()
        assert actor.id not in {one.member_id for one in held}, "somebody rests, and others wait for them"

    @rule(who=st.integers(0, PEOPLE - 1))
    def come_back(self, who):
        actor = self.active(who)
        if actor:
            assert self.attempt(lambda: own.come_back(self.house.session, actor=actor))
            self.resting.pop(actor.id, None)

    @rule(who=st.integers(0, PEOPLE - 1), have=st.sampled_from(CHOICES))
    def do_what_the_desk_offers(self, who, have):
        self.could()
        actor = self.active(who)
        found = offer(self.house.session, actor, have, self.house.now) if actor else None
        if found is None:
            return
        assert actor.id not in self.authors(), "the desk offers somebody their own words"
        event("the desk offers something")
        review, stage = self.review(), found.piece.stage
        if not found.piece.own:
            assert self.attempt(
                lambda: claims.claim(
                    self.house.session, actor, review.id, stage, self.house.now, own_experience=found.own_experience
                )
            ), "what the desk offers cannot be taken"

    @invariant()
    def nobody_counts_on_who_rests(self):
        if hasattr(self, "text") and self.review():
            now = self.house.now
            away = {who for who, until in self.resting.items() if until is None or until > now}
            assert not away & set().union(*self.house.case(self.text).could.values())
