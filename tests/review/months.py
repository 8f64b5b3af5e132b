"""A house of four over a month: each does what their own desk shows, and is counted by the minutes that it says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from houses import House

from studio.core.errors import Invalid
from studio.guides.fields import TextFields
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import Significance
from studio.members.actor import Actor
from studio.publish import operations as publishing
from studio.publish.models import Edition
from studio.review.models import Review
from studio.review.queries.notices import SENTENCES, address_of, notices
from studio.review.queries.offering import offer
from studio.review.queries.pieces import Offer
from studio.review.rules.queue import LEAST_MINUTES
from studio.review.rules.standing import Verdict

WORDS = 1400
"""As long as a guide usually is: half of 22 English guides that a community has published are longer than this."""
SECTIONS = 12
CHECKS = ("peer", "copy", "voice", "safety", "facts:health")
FIGURE = "About 30 % of the people who ask get an answer within a week"
WHO = ("a friend", "a cousin", "somebody at school", "a neighbour", "a nurse", "a teacher", "whoever you trust")
DOES = ("listens", "asks what you need", "comes along", "stays calm", "waits with you", "writes it down")
WHERE = ("at home", "along the way", "in the kitchen", "near the river", "at the library", "by phone")
THEN = ("say what you want", "take a break", "keep a copy", "come back later", "leave when you like", "say no")


FACTS = 6
"""In so many of its sections a text usually states facts: 49 of 100 words, by the same guides."""


def words_of(seed: int, facts: int = 0) -> str:
    """Return a whole text of the usual length; ``facts`` of its sections say how long something takes."""
    chance = random.Random(seed)  # noqa: S311 - which words stand where
    sections = list[str]()
    for number in range(SECTIONS):
        sentences, count = [f"You recieve help in part {chr(97 + number)} of this guide."] if number == 0 else [], 0
        while count < WORDS // SECTIONS - 9:
            who, does, where, then = (chance.choice(some) for some in (WHO, DOES, WHERE, THEN))
            rest = f", and it takes {chance.randint(2, 9)} weeks" if number < facts else ""
            sentences.append(f"When {who} {does} {where}, you can {then}{rest}.")
            count += len(sentences[-1].split())
        sections.append(f"## Part {chr(97 + number)}\n\n{' '.join(sentences)}")
    return "\n\n".join(sections)


@dataclass(frozen=True, slots=True)
class Person:
    """A member, and the time they have."""

    actor: Actor
    minutes: int
    """Of one sitting."""
    first: int = 0
    """The day of their first sitting."""
    every: int = 1
    """Days from one sitting to the next."""
    lives: bool = True
    """Whether the texts are about their life."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A text that somebody wants to write."""

    by: str
    facts: int = 0
    """In so many sections it states facts; any at all make it a text about health."""
    suggested_by: str = ""
    """Who suggests a few characters before it is handed in."""
    wish: str = ""
    """The check in which its checker first asks for a change."""
    later: Significance | None = None
    """What its writer mends the day after handing it in."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody did at their desk."""

    day: int
    who: str
    text: int
    check: str
    verdict: Verdict


@dataclass
class Month:
    """Days, one after the other; ``given`` and ``wrote`` are the book of what people did themselves."""

    house: House
    people: Mapping[str, Person]
    plan: Mapping[int, Planned]
    """By day."""
    day: int = 0
    texts: dict[int, Translation] = field(default_factory=dict)
    wrote: dict[int, set[str]] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    spent: list[tuple[int, str, int]] = field(default_factory=list)
    """Day, pen-name and minutes."""
    begun: dict[tuple[str, str], int] = field(default_factory=dict)
    """Minutes that somebody has read already in what they hold, by pen-name and address."""
    published: dict[int, tuple[int, Edition, frozenset[str]]] = field(default_factory=dict)
    """Day, edition, and the pen-names of those whose yes counted."""
    confirmed: list[str] = field(default_factory=list)
    """Changes of spelling that whoever published looked at."""
    hints: list[str] = field(default_factory=list)
    """Sentences that stopped a hand-in."""

    def run(self, days: int) -> None:
        """Let ``days`` pass; in each, everybody who has time opens their desk once."""
        for self.day in range(days):
            begins = self.house.now
            if self.day in self.plan:
                self._write(len(self.texts) + 1, self.plan[self.day])
            self._mend()
            for name, one in self.people.items():
                if self.day >= one.first and (self.day - one.first) % one.every == 0:
                    self._read_notices(name)
                    self._sit(name)
            self.house.now = begins + timedelta(days=1)

    def actor(self, name: str) -> Actor:
        """Return a member as they are today."""
        return self.house.actor(self.people[name].actor.id)

    def _write(self, number: int, planned: Planned) -> None:
        house, writer = self.house, self.actor(planned.by)
        sources = ("A handbook for hard days, 2025",) if planned.facts else ()
        fields = TextFields(
            title=f"Guide {number}",
            summary="What helps.",
            content_notes=("none",),
            neutral_title="Pages",
            sources=sources,
        )
        body = words_of(number, planned.facts) + (f"\n\n{FIGURE}." if planned.facts else "")
        facets = ["health"] if planned.facts else []
        text = self.texts[number] = house.text(writer, body=body, fields=fields, facets=facets)
        self.wrote[number] = {planned.by}
        if planned.suggested_by:
            proposal = text.draft.text.replace("of this guide.", "of this short guide.")
            house.take_suggestion(self.actor(planned.suggested_by), writer, text, proposal)
        try:
            house.hand_in(writer, text)
        except Invalid as stopped:
            self.hints.append(str(stopped.message))
            house.write(writer, text, f"{FIGURE}.", f"{FIGURE}.[^1]\n\n[^1]: A handbook for hard days, 2025.")
            house.hand_in(writer, text)

    def _mend(self) -> None:
        for number, (day, planned) in enumerate(self.plan.items(), 1):
            if day + 1 == self.day and planned.later:
                old, new = ("recieve", "receive")
                if planned.later is not Significance.TYPO:
                    old, new = "You recieve help", "Somebody gives help"
                self._rewrite(number, old, new, planned.later)

    def _rewrite(self, number: int, old: str, new: str, significance: Significance = Significance.CONTENT) -> None:
        writer = self.actor(next(iter(self.wrote[number])))
        self.house.write(writer, self.texts[number], old, new)
        self.house.save(writer, self.texts[number], significance)

    def _read_notices(self, name: str) -> None:
        """Do what the notices on a desk say: change what somebody asks for, publish what has all its checks."""
        addresses = {address_of(text): number for number, text in self.texts.items()}
        for told in notices(self.house.session, self.actor(name)):
            number = addresses[told.address]
            if told.sentence.text == SENTENCES["must_change"].text and name in self.wrote[number]:
                wish = self.house.case(self.texts[number]).decisions[-1]
                self._rewrite(number, wish.quote, wish.quote.replace("you can", "you may"))
            if told.sentence.text == SENTENCES["done"].text:
                self._publish(name, number)

    def _publish(self, name: str, number: int) -> None:
        house, text = self.house, self.texts[number]
        revision, approval = publishing.agreed(house.session, text)
        checked = self._named(approval)
        seen = [publishing.spelling_change(change) for change in approval.spelling_changes]
        self.confirmed += seen
        now, agreed = house.later(minutes=1), revision.content_hash
        edition = publishing.publish(
            house.session, self.actor(name), text, content_hash=agreed, confirmed=seen, now=now
        )
        publishing.make_live(house.session, edition, now)
        self.published[number] = self.day, edition, checked

    def _named(self, approval: Approval) -> frozenset[str]:
        names = {one.actor.id: name for name, one in self.people.items()}
        return frozenset(names[one] for one in approval.people)

    def _sit(self, name: str) -> None:
        left = self.people[name].minutes
        while left >= LEAST_MINUTES:
            found = offer(self.house.session, self.actor(name), left, self.house.now)
            if found is None or not self._takes(name, found):
                return
            begun = self.begun.get((name, found.address), 0)
            now = min(found.piece.minutes - begun, left)
            self.spent.append((self.day, name, now))
            left -= now
            if begun + now < found.piece.minutes:
                self._begin(name, found, begun + now)
            else:
                self._give(name, found)

    def _takes(self, name: str, found: Offer) -> bool:
        """Whether they take a piece: own experience if it is theirs, nothing that costs a check only they can give."""
        if found.own_experience and not self.people[name].lives:
            return False
        return found.piece.own or not found.costs

    def _begin(self, name: str, found: Offer, minutes: int) -> None:
        """Read what takes longer than there is time, and keep the place for the next sitting."""
        text = self.texts[self._number(found)]
        if not found.piece.own:
            self.house.take(self.actor(name), text, found.piece.stage, own_experience=found.own_experience)
        self.begun[name, found.address] = minutes

    def _give(self, name: str, found: Offer) -> None:
        self.begun.pop((name, found.address), None)
        house, check = self.house, found.piece.stage
        number = self._number(found)
        text, actor, planned = self.texts[number], self.actor(name), list(self.plan.values())[number - 1]
        if not found.piece.own:
            house.take(actor, text, check, own_experience=found.own_experience)
        first = not any((one.text, one.check) == (number, check) for one in self.given)
        verdict = Verdict.REQUEST_CHANGES if planned.wish == check and first else Verdict.APPROVE
        more = {"block_id": self._passage(text)} if verdict is Verdict.REQUEST_CHANGES else {}
        house.say(actor, text, check, verdict, **more)
        self.given.append(Given(self.day, name, number, check, verdict))

    def _number(self, found: Offer) -> int:
        review = self.house.session.get_one(Review, found.piece.review)
        return next(number for number, text in self.texts.items() if text.id == review.translation_id)

    def _passage(self, text: Translation) -> str:
        """Return the passage that a checker stumbles over: the last one with a number, else the last of all."""
        blocks = [one for one in self.house.case(text).now.blocks if "you can" in one.source and one.block_id]
        return next((one for one in reversed(blocks) if "weeks" in one.source), blocks[-1]).block_id

    def minutes_of(self, name: str) -> dict[int, int]:
        """Return how many minutes somebody gave, by day."""
        found = Counter[int]()
        for day, who, minutes in self.spent:
            found[day] += minutes * (who == name)
        return {day: minutes for day, minutes in found.items() if minutes}

    def checkers_of(self, number: int) -> dict[str, list[str]]:
        """Return who gave each check of a text, each once."""
        found = dict[str, list[str]]()
        for one in self.given:
            names = found.setdefault(one.check, []) if one.text == number else []
            if one.who not in names:
                names.append(one.who)
        return {check: names for check, names in found.items() if names}

    def who_did_what(self) -> list[str]:
        """Return a line for each text: who wrote it, and who gave which check."""
        lines = list[str]()
        for number in self.texts:
            checks = sorted(self.checkers_of(number).items(), key=lambda pair: CHECKS.index(pair[0]))
            given = ", ".join(f"{key} {'+'.join(names)}" for key, names in checks)
            lines.append(f"guide {number} by {'+'.join(sorted(self.wrote[number]))}: {given}")
        return lines

    def table(self) -> str:
        """Return who did what, when each text was published, and the nurse's minutes, to be read by a person."""
        days = (f"day {self.published[number][0]}" if number in self.published else "never" for number in self.texts)
        lines = [f"{line}; {day}" for line, day in zip(self.who_did_what(), days, strict=True)]
        return "\n".join(["", *lines, *(f"{name}: {self.minutes_of(name)}" for name in self.people)])
