"""Any order of acts by anybody, guests with them: their yes counts once for each inviter, and never for an author's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from old_pages import ChecksWithOldPages, Page
from test_state_machine import PEOPLE, STAGES, Yes

from studio.guides.rules.statuses import Progress, Significance
from studio.members.actor import Role
from studio.review.operations import guests
from studio.review.queries.guests import links_of
from studio.review.rules.standing import RUNNING, Verdict

ORGANISER = PEOPLE - 2
"""The member who is an organiser from the start."""


LONGEST = timedelta(days=7 + 1, hours=12)
"""So long a link of seven days can be used at most: its last day is over everywhere."""


@dataclass
class Link:
    """A link as whoever holds it knows it."""

    token: str
    inviter: str
    stage: str
    made: datetime
    over: bool = False
    """Whether it was taken back or given back."""


class ChecksWithGuests(ChecksWithOldPages):
    """Organisers make links and take them back at random; the oracle books a guest's yes under whoever vouched."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.vouched_too: dict[str, set[str]] = {}
        """Who else vouched for guests of an inviter."""

    @rule(who=st.integers(0, PEOPLE - 1), stage=st.sampled_from(STAGES))
    def a_link_is_made(self, who, stage):
        actor, review = self.active(who), self.review()
        if actor is None or review is None:
            return
        values = {"days": 7, "vouched": True}
        made = self.attempt(lambda: guests.make(self.house.session, actor, review.id, stage, self.house.now, **values))
        if made:
            assert actor.has(Role.STEWARD)
            self.links.append(Link(made[1], actor.id, stage, self.house.now))

    @rule(which=st.integers(0, 3), verdict=st.sampled_from(Verdict))
    def a_guest_opens_a_link(self, which, verdict):
        link = self.links[-1 - which] if which < len(self.links) else None
        word = self.word(link.stage, verdict) if link else None
        if word is None:
            return

        def send():
            guests.answer(self.house.session, link.token, link.stage, word, self.house.now, true_of_me=True)
            assert not link.over, "a link that was taken back was used"
            assert self.house.now < link.made + LONGEST, "a link was used after its days"
            return True

        self.keep(Page(f"guest:{link.inviter}", link.stage, verdict, self.saved, send))

    @rule(
        data=st.data(),
        meanwhile=st.sampled_from([*["taken back"] * 3, "given back", "too late", "reworded", "nothing"]),
    )
    def a_guest_sends_a_page_when_something_has_happened(self, data, meanwhile, who=ORGANISER):
        before, waits = len(self.links), sorted(self.could())
        if waits:
            self.a_link_is_made(who, data.draw(st.sampled_from(waits)))
        if len(self.links) == before:
            return
        self.a_guest_opens_a_link(0, Verdict.APPROVE)
        if meanwhile == "taken back":
            self.links_are_taken_back(who)
        elif meanwhile == "given back":
            self.a_guest_gives_a_link_back(0)
        elif meanwhile == "too late":
            self.time_passes(15)
        elif meanwhile == "reworded":
            self.write(0, "alpha", "teacher" if self.meaning["alpha"] == "friend" else "friend")
            self.save(0, Significance.CONTENT, job=False)
        event(f"a guest opened a link, and meanwhile: {meanwhile}")
        self.answer_on_an_old_page(len(self.pages) - 1)
        if meanwhile == "nothing":
            self.somebody_vouches_too(PEOPLE - 1)

    @rule(which=st.integers(0, 3))
    def a_guest_gives_a_link_back(self, which):
        link = self.links[-1 - which] if which < len(self.links) else None
        if link and self.attempt(lambda: guests.give_back(self.house.session, link.token, link.stage, self.house.now)):
            link.over = True

    @rule(who=st.integers(0, PEOPLE - 1))
    def somebody_vouches_too(self, who):
        actor, review = self.active(who), self.review()
        for link in links_of(self.house.session, review.id) if actor and review else ():
            if self.attempt(
                lambda one=link: guests.confirm(self.house.session, actor, review.id, one.id, self.house.now)
            ):
                self.vouched_too.setdefault(link.made_by, set()).add(actor.id)

    @rule(who=st.integers(0, PEOPLE - 1), stage=st.sampled_from(STAGES), verdict=st.sampled_from(Verdict))
    def a_guest_answers(self, who, stage, verdict):
        actor, review = self.active(who), self.review()
        if actor is None or review is None:
            return

        def act():
            values = {"days": 7, "vouched": True}
            _, token = guests.make(self.house.session, actor, review.id, stage, self.house.now, **values)
            word = self.house.word(self.text, stage, verdict)
            guests.answer(self.house.session, token, stage, word, self.house.now, true_of_me=True)

        if self.attempt(act):
            assert actor.has(Role.STEWARD)
            event(f"a guest answered: {verdict}")
            if verdict is Verdict.APPROVE:
                self.yeses.append(Yes(f"guest:{actor.id}", stage, self.saved))

    @rule(to_the_end=st.booleans(), members=st.integers(0, 2), who=st.integers(0, PEOPLE - 1))
    def the_usual_way(self, to_the_end, members=1, who=ORGANISER):
        """Have members give the first checks, if any, and the guests of one organiser all others."""
        self.hand_in(0)
        for stage in STAGES[:members]:
            could = self.house.case(self.text).could.get(stage, []) if self.review() else []
            for member in could[:1]:
                self.say(self.members.index(member), stage, Verdict.APPROVE)
        for stage in STAGES:
            if self.review() and self.text.progress in RUNNING:
                self.a_guest_answers(who, stage, Verdict.APPROVE)
        if self.text.progress is Progress.APPROVED:
            event("agreed with guests")
            self.publishable()
            if to_the_end:
                self.publish_it()

    @rule(who=st.integers(0, PEOPLE - 1))
    def links_are_taken_back(self, who):
        actor, review = self.active(who), self.review()
        if actor is None or review is None:
            return

        def act():
            for link in links_of(self.house.session, review.id):
                guests.revoke(self.house.session, actor, review.id, link.id, self.house.now)

        if links_of(self.house.session, review.id) and self.attempt(act):
            self.yeses = [yes for yes in self.yeses if not yes.member.startswith("guest:")]
            for link in self.links:
                link.over = True

    @invariant()
    def nobody_vouches_for_their_own_text(self):
        approval = self.house.approval(self.text) if hasattr(self, "text") else None
        if approval and not approval.label:
            authors = self.authors()
            alone = {one for one in authors if not self.vouched_too.get(one, set()) - authors}
            assert not {f"guest:{one}" for one in alone} & set(approval.people)


ChecksWithGuests.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
test_no_order_of_acts_with_guests_gets_around_the_checks = ChecksWithGuests.TestCase
