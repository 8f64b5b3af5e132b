"""Any order of acts by anybody, guests with them: their yes counts once for each inviter, and never for an author's."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from test_state_machine import PEOPLE, STAGES, Checks, Yes

from studio.guides.rules.statuses import Progress
from studio.members.actor import Role
from studio.review.operations import guests
from studio.review.queries.guests import links_of
from studio.review.rules.standing import RUNNING, Verdict

ORGANISER = PEOPLE - 2
"""The member who is an organiser from the start."""


class ChecksWithGuests(Checks):
    """Organisers make links and take them back at random; the oracle books a guest's yes under whoever vouched."""

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

    @invariant()
    def nobody_vouches_for_their_own_text(self):
        approval = self.house.approval(self.text) if hasattr(self, "text") else None
        if approval and not approval.label:
            assert not {f"guest:{author}" for author in self.authors()} & set(approval.people)


ChecksWithGuests.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
test_no_order_of_acts_with_guests_gets_around_the_checks = ChecksWithGuests.TestCase
