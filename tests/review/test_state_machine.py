"""Any order of acts by anybody: nothing can be published that two people other than its authors did not agree to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from houses import House, close_house, open_house
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete

from studio.core.errors import StudioError
from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.fields import TextFields
from studio.guides.queries import latest
from studio.guides.rules.authorship import FEW
from studio.guides.rules.statuses import Kind, Progress, Significance
from studio.guides.rules.transitions import Act
from studio.members.actor import Role
from studio.members.models import Member, MemberRole, Training
from studio.review.operations import claims, hand_in, organiser
from studio.review.operations.looking import look_again
from studio.review.queries import rounds
from studio.review.rules.standing import RUNNING, Sort, Verdict

CAST = (
    ({Role.EDITOR}, ()),
    ({Role.REVIEWER}, ("safety",)),
    ({Role.REVIEWER}, ("health",)),
    ({Role.REVIEWER, Role.STEWARD}, ("safety",)),
    (set(), ()),
)
"""What each member beside the writer is at least, so that every policy can be satisfied at the start."""
PEOPLE = len(CAST) + 1
NOUNS = ("friend", "teacher", "neighbour", "cousin")
PASSAGES = ("alpha", "bravo", "charlie")
STAGES = ("peer", "copy", "voice", "safety", "facts:health")
SPELLINGS = {"recieve": "receive", "receive": "recieve"}


def passage(name: str) -> str:
    number = "after 3 weeks " if name == "charlie" else ""
    return f"You {name} receive help {number}from one {NOUNS[0]} there."


@dataclass(frozen=True)
class Yes:
    member: str
    stage: str
    meaning: tuple[str, ...]


class Checks(RuleBasedStateMachine):
    """Members with random roles act at random; the oracle keeps its own book of who wrote and who agreed to what."""

    def __init__(self) -> None:
        super().__init__()
        self.house: House = open_house()
        self.meaning = dict.fromkeys(PASSAGES, NOUNS[0])
        self.saved = tuple(self.meaning.values())
        self.typed: dict[str, str] = {}
        self.wrote: dict[str, set[str]] = {}
        self.edition: tuple[str, ...] = ("",) * len(PASSAGES)
        self.yeses: list[Yes] = []
        self.overrides: list[tuple[str, ...]] = []
        self.published = 0
        self.hands: set[str] = set()
        """Whoever typed since the last edition."""
        self.suggested: Counter[str] = Counter()
        """How many characters at most were suggested and taken since then."""
        self.large: set[str] = set()
        """Who has had a long passage taken that is not saved yet."""

    def teardown(self) -> None:
        close_house(self.house)

    @initialize(data=st.data(), policy=st.sampled_from(["tiny", "small", "full"]), health=st.booleans())
    def begin(self, data, policy, health):
        house = self.house
        house.policy(policy)
        self.members = [house.member().id]
        for roles, trainings in CAST:
            more = data.draw(st.sets(st.sampled_from([Role.REVIEWER, Role.EDITOR, Role.STEWARD])))
            learned = data.draw(st.sets(st.sampled_from(["copy", "safety", "health"])))
            self.members.append(house.member(*{*roles, *more}, trainings=tuple({*trainings, *learned})).id)
        writer = self.members[0]
        fields = TextFields("T", "S", "N", ("none",), ("a guideline",))
        body = "\n\n".join(passage(name) for name in PASSAGES)
        self.text = house.text(
            house.actor(writer), body=body, facets=["health"] if health else [], fields=fields, kind=Kind.GUIDE
        )
        self.wrote = {name: {writer} for name in PASSAGES}
        self.fields_by, self.hands = {writer}, {writer}
        house.session.commit()
        if data.draw(st.booleans()):
            self.the_usual_way(to_the_end=data.draw(st.booleans()))

    def attempt(self, act):
        """Do ``act`` as a request would: all of it, or nothing with a refusal."""
        house = self.house
        house.later(minutes=1)
        try:
            result = act()
        except StudioError:
            house.session.rollback()
            return None
        house.session.commit()
        return result or True

    def active(self, who):
        member = self.house.session.get(Member, self.members[who])
        return None if member.suspended else self.house.actor(member.id)

    def review(self):
        return rounds.open_review(self.house.session, self.text.id)

    # ── writing ────────────────────────────────────────────────────────────────────────────────────────────
    @rule(who=st.integers(0, PEOPLE - 1), name=st.sampled_from(PASSAGES), noun=st.sampled_from(NOUNS))
    def write(self, who, name, noun):
        actor = self.active(who)
        old = self.meaning[name]
        if actor is None or old == noun:
            return
        sentence = next(line for line in self.text.draft.text.split("\n\n") if f"You {name}" in line)
        self.attempt(lambda: self.house.write(actor, self.text, sentence, sentence.replace(old, noun)))
        self.meaning[name] = noun
        self.typed[name] = actor.id
        self.hands.add(actor.id)

    @rule(who=st.integers(0, PEOPLE - 1), name=st.sampled_from(PASSAGES))
    def respell(self, who, name):
        actor = self.active(who)
        if actor is None:
            return
        word = next(one for one in SPELLINGS if f"You {name} {one}" in self.text.draft.text)
        old, new = f"You {name} {word}", f"You {name} {SPELLINGS[word]}"
        self.attempt(lambda: self.house.write(actor, self.text, old, new))
        self.hands.add(actor.id)

    @rule(
        who=st.integers(0, PEOPLE - 1),
        by=st.integers(0, PEOPLE - 1),
        name=st.sampled_from(PASSAGES),
        noun=st.sampled_from(NOUNS),
        long=st.integers(0, 5),
    )
    def suggest(self, who, by, name, noun, long):
        actor, taker = self.active(who), self.active(by)
        old, text = self.meaning[name], self.text.draft.text
        if actor is None or taker is None or old == noun:
            return
        sentence = next(line for line in text.split("\n\n") if f"You {name}" in line)
        proposal = text.replace(sentence, sentence.replace(old, noun)) + ("\n\n" + "z" * (FEW + 1)) * (not long)
        if not self.attempt(lambda: self.house.take_suggestion(actor, taker, self.text, proposal)):
            assert actor.id == taker.id, "a suggestion that fits was refused"
            return
        self.meaning[name] = noun
        self.suggested[actor.id] += len(old) + len(noun) + (FEW + 1) * (not long)
        self.large |= set() if long else {actor.id}

    @rule(who=st.integers(0, PEOPLE - 1), label=st.sampled_from(Significance), job=st.booleans())
    def save(self, who, label, job):
        actor = self.active(who)
        if actor is None:
            return
        meant = tuple(self.meaning.values())

        def act():
            guides.save_version(
                self.house.session, actor.id, self.text, significance=label, note="", now=self.house.now
            )
            if job:
                look_again(self.house.session, self.text, self.house.now)

        if self.attempt(act):
            self.note_saved(meant)

    def note_saved(self, meant):
        """Book who wrote what the saved version says: the last who typed each passage that now says something else."""
        for index, name in enumerate(PASSAGES):
            if meant[index] != self.saved[index] and name in self.typed:
                self.wrote[name].add(self.typed[name])
        self.fields_by |= self.large
        self.typed, self.saved, self.large = {}, meant, set()

    # ── checks ─────────────────────────────────────────────────────────────────────────────────────────────
    @rule(who=st.integers(0, PEOPLE - 1))
    def hand_in(self, who):
        actor = self.active(who)
        meant = tuple(self.meaning.values())
        running = self.review() is not None and self.text.progress is not Progress.SETTLED
        done = actor and self.attempt(lambda: hand_in.hand_in(self.house.session, actor, self.text, self.house.now))
        if done and not running:
            self.note_saved(meant)

    def head(self):
        found = latest(self.house.session, self.text)
        return found.seq if found else -1

    @rule(who=st.integers(0, PEOPLE - 1))
    def take_back(self, who):
        actor = self.active(who)
        if actor:
            self.attempt(lambda: hand_in.take_back(self.house.session, actor, self.text, self.house.now))

    @rule(who=st.integers(0, PEOPLE - 1), stage=st.sampled_from(STAGES), own=st.booleans())
    def claim(self, who, stage, own):
        actor, review = self.active(who), self.review()
        if actor and review:
            self.attempt(
                lambda: claims.claim(self.house.session, actor, review.id, stage, self.house.now, own_experience=own)
            )

    @rule(who=st.integers(0, PEOPLE - 1), stage=st.sampled_from(STAGES))
    def give_back(self, who, stage):
        actor, review = self.active(who), self.review()
        if actor and review:
            self.attempt(lambda: claims.give_back(self.house.session, actor, review.id, stage, self.house.now))

    def say(self, who, stage, verdict):
        actor, review = self.active(who), self.review()
        if actor is None or review is None:
            return
        try:
            self.house.word(self.text, stage, verdict)
        except StudioError:
            return
        if self.attempt(lambda: self.house.say(actor, self.text, stage, verdict)):
            assert actor.id not in self.authors(), "an author gave a check"
            if verdict is Verdict.APPROVE:
                self.yeses.append(Yes(actor.id, stage, self.saved))

    @rule(who=st.integers(0, PEOPLE - 1), stage=st.sampled_from(STAGES))
    def agree(self, who, stage):
        self.say(who, stage, Verdict.APPROVE)

    @rule()
    def everybody_agrees(self):
        for stage in STAGES:
            if self.review() and self.text.progress in RUNNING:
                for member in self.house.case(self.text).could.get(stage, [])[:3]:
                    self.say(self.members.index(member), stage, Verdict.APPROVE)

    @rule(to_the_end=st.booleans())
    def the_usual_way(self, to_the_end):
        self.hand_in(0)
        self.everybody_agrees()
        if self.text.progress is Progress.APPROVED:
            event("all agreed")
            self.publishable()
            if to_the_end:
                self.publish_it()

    @rule(who=st.integers(0, PEOPLE - 1), stage=st.sampled_from(STAGES))
    def ask_change(self, who, stage):
        self.say(who, stage, Verdict.REQUEST_CHANGES)

    @rule(who=st.integers(0, PEOPLE - 1))
    def set_aside(self, who):
        actor, review = self.active(who), self.review()
        if actor and review:
            for one in rounds.decisions_of(self.house.session, review):
                if one.verdict is Verdict.REQUEST_CHANGES and one.sort is Sort.NORMAL:
                    self.attempt(
                        lambda one=one: organiser.set_aside(
                            self.house.session, actor, review.id, one.id, "A reason.", self.house.now
                        )
                    )

    @rule(who=st.integers(0, PEOPLE - 1))
    def override(self, who):
        actor, review = self.active(who), self.review()
        if (
            actor
            and review
            and self.attempt(
                lambda: organiser.override(self.house.session, actor, review.id, "A reason.", self.house.now)
            )
        ):
            assert actor.has(Role.STEWARD)
            assert actor.id not in self.authors()
            self.overrides.append(self.saved)

    # ── people and time ────────────────────────────────────────────────────────────────────────────────────
    @rule(who=st.integers(1, PEOPLE - 1), role=st.sampled_from([Role.REVIEWER, Role.EDITOR, Role.STEWARD]))
    def revoke(self, who, role):
        member = self.members[who]
        self.attempt(
            lambda: self.house.session.execute(
                delete(MemberRole).where(MemberRole.member_id == member, MemberRole.role == role)
            )
        )

    @rule(who=st.integers(1, PEOPLE - 1), name=st.sampled_from(["safety", "health", "copy"]), gone=st.booleans())
    def train(self, who, name, gone):
        session, key = self.house.session, (self.members[who], name)

        def act():
            row = session.get(Training, key)
            if row and gone:
                session.delete(row)
            elif not row and not gone:
                session.add(Training(member_id=key[0], name=key[1]))

        self.attempt(act)

    @rule(who=st.integers(1, PEOPLE - 1))
    def suspend_or_let_in(self, who):
        member = self.house.session.get(Member, self.members[who])

        def act():
            member.suspended = not member.suspended

        self.attempt(act)

    @rule(days=st.sampled_from([1, 15]))
    def time_passes(self, days):
        self.house.later(days=days)

    @rule()
    def the_job_runs(self):
        self.attempt(lambda: look_again(self.house.session, self.text, self.house.now))

    # ── publishing, as the slice for it does ───────────────────────────────────────────────────────────────
    @precondition(lambda self: self.text.progress is Progress.APPROVED)
    @rule()
    def publish(self):
        self.publish_it()

    def publish_it(self):
        approval = self.house.approval(self.text)
        self.publishable()

        def act():
            self.text.published_revision_id = approval.revision_id
            guides.move(self.house.session, self.text, Act.PUBLISH, None, self.house.now)
            log.settle(self.house.session, self.text.draft, self.head(), self.house.now)

        if self.text.latest_revision_id == approval.revision_id and self.text.draft.head_seq == self.head():
            assert self.attempt(act)
            self.published += 1
            event(f"published {self.published} times, label {approval.label!r}")
            self.wrote = {name: set() for name in PASSAGES}
            self.fields_by, self.edition, self.hands, self.suggested = set(), self.saved, set(), Counter()
            self.yeses, self.overrides = [], []

    # ── what must hold ─────────────────────────────────────────────────────────────────────────────────────
    def authors(self):
        """Who surely wrote in the saved version since the last edition, by the oracle's own book."""
        changed = [name for name, now, then in zip(PASSAGES, self.saved, self.edition, strict=True) if now != then]
        return self.fields_by.union(*(self.wrote[name] for name in changed))

    @invariant()
    def publishable(self):
        if not hasattr(self, "text") or self.text.progress not in (Progress.APPROVED, Progress.SCHEDULED):
            return
        approval = self.house.approval(self.text)
        assert approval is not None, "agreed, and nothing says by whom"
        approved = self.saved
        if approval.label == "override":
            assert approved in self.overrides
            return
        assert approval.label == ""
        others = {yes.member for yes in self.yeses if self.still_counts(yes, approved)} - self.authors()
        assert len(others) >= 2, "published without two people other than the authors"
        assert set(approval.people) <= others

    def still_counts(self, yes, meaning):
        if yes.stage == "facts:health":
            return yes.meaning[-1] == meaning[-1]
        return yes.meaning == meaning

    @invariant()
    def a_few_suggested_characters_make_nobody_an_author(self):
        if hasattr(self, "text") and self.review():
            authors = self.house.case(self.text).text.authors
            assert all(who in self.hands or self.suggested[who] > FEW for who in authors)

    @invariant()
    def nothing_is_approved_beside_the_table(self):
        if hasattr(self, "text") and self.text.progress in (Progress.DRAFT, Progress.CHANGES_REQUESTED):
            self.house.session.flush()
            assert self.text.progress is not Progress.CHANGES_REQUESTED or self.house.approval(self.text) is None


Checks.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
test_no_order_of_acts_gets_around_the_checks = Checks.TestCase
