"""Several people do something to one text at the same moment, each over a connection of their own; a book is kept.

The book knows only who typed which word, and who agreed to which: it is no part of the program that it judges.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from houses import House
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studio.audit import links
from studio.core.errors import Conflict, StudioError
from studio.core.words import N_
from studio.guides.models import Revision, Translation
from studio.guides.rules.statuses import Progress, Standing
from studio.members.actor import Role
from studio.publish import operations as publishing
from studio.publish import queries as editions
from studio.publish import withdrawal
from studio.publish.models import Edition, Takedown
from studio.publish.rules.takedown import Reason
from studio.review.operations import decisions
from studio.review.queries import rounds
from studio.review.rules.standing import RUNNING, Verdict
from studio.storage.engine import begin_write, make_sessions

STAGES = ("peer", "copy", "voice", "safety")
AT_ONCE = 4
A_NEW_TEXT = 50
"""Rounds, so that a text that waits for one person's word does not end the race."""
Act = Callable[[House, Translation], Any]


def body(word: str) -> str:
    """Return the whole text, in which one word matters."""
    return f"You can talk with {word} there."


def word_of(text: str) -> str:
    """Return the word that matters."""
    return text.removeprefix("You can talk with ").removesuffix(" there.")


@dataclass
class Book:
    """What was done, as the people themselves know it."""

    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Who put each word in the place of which other one."""
    agreed: set[tuple[str, str, str]] = field(default_factory=set)
    """Who, in which check, to which word."""
    done: dict[str, int] = field(default_factory=dict)
    """How many acts of each kind were accepted."""
    refused: int = 0

    def authors(self, word: str, before: str) -> set[str]:
        """Return who wrote on the way from one word to another."""
        found = set()
        while word and word != before:
            word, writer = self.typed[word]
            found.add(writer)
        return found


class Race:
    """One house, one text after the other, and rounds in which people act at once."""

    def __init__(self, engine: Engine, seed: int) -> None:
        """Let the people in."""
        self._sessions, self._chance = make_sessions(engine), random.Random(seed)  # noqa: S311 - who does what
        self._lock, self._words, self._rounds = threading.Lock(), 0, 0
        self.book, self.failures = Book(), list[BaseException]()
        self._judged: set[str] = set()
        self._seen: rounds.Case | None = None
        self._last = ""
        """The word of the newest edition."""
        with self._sessions() as session:
            begin_write(session)
            house = House(session)
            every = (
                house.member(name="Reed"),
                house.member(Role.REVIEWER, trainings=("safety",), name="Teal"),
                house.member(Role.REVIEWER, trainings=("safety",), name="Heron"),
                house.member(Role.REVIEWER, Role.STEWARD, trainings=("safety",), name="Lamp"),
                house.member(Role.EDITOR, name="River"),
                house.member(Role.EDITOR, name="Marten"),
            )
            self.people = [one.id for one in every]
            house.policy("tiny")
            self.now = house.later(days=60)
            session.commit()
        self.text_id = self._begin()

    def _begin(self) -> str:
        with self._sessions() as session:
            begin_write(session)
            house = House(session, self.now)
            writer = house.actor(self.people[0])
            first = self._word()
            text = house.text(writer, body=body(first))
            self.book.typed[first] = ("", writer.id)
            house.hand_in(writer, text)
            session.commit()
            return text.id

    def _word(self) -> str:
        self._words += 1
        return f"friend{self._words}"

    def round(self) -> None:
        """Have several people act at once; then read the database with the book beside it."""
        self._rounds += 1
        if self._rounds % A_NEW_TEXT == 0:
            self.text_id, self._last = self._begin(), ""
        with self._sessions() as session:
            text = session.get_one(Translation, self.text_id)
            house = House(session, self.now)
            self._seen = None
            acts = [self._choose(house, text) for _ in range(AT_ONCE)]
        gate = threading.Barrier(AT_ONCE)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(lambda act: self._do(act, gate), acts))
        if self.failures:
            raise self.failures[0]
        with self._sessions() as session:
            self._judge(session)

    def _do(self, act: tuple[str, Act], gate: threading.Barrier) -> None:
        name, do = act
        gate.wait()
        try:
            with self._sessions() as session:
                begin_write(session)
                text = session.get_one(Translation, self.text_id)
                house = House(session, self.now)
                note = do(house, text)
                session.commit()
            with self._lock:
                self.book.done[name] = self.book.done.get(name, 0) + 1
                if note:
                    note()
        except StudioError:
            with self._lock:
                self.book.refused += 1
        except BaseException as failure:  # noqa: BLE001 - a thread's failure is the test's
            self.failures.append(failure)

    def _choose(self, house: House, text: Translation) -> tuple[str, Act]:
        """Return something that somebody does, after what they see now."""
        who = self._chance.choice(self.people)
        running, settled = text.progress in RUNNING, text.progress is Progress.SETTLED
        ways = [("write", 8 if settled else 1)]
        ways += [("agree", 20), ("wish", 0.3)] if running else []
        ways += [("publish", 8)] if text.progress is Progress.APPROVED else []
        ways += [("hand in", 8)] if text.progress is Progress.DRAFT else []
        live = editions.live_edition(house.session, text.id)
        ways += [("take down", 4)] if live else []
        newest = editions.newest_edition(house.session, text.id)
        ways += [("finish", 3)] if newest and newest.standing is Standing.BUILDING else []
        ways += [("decide", 4)] if newest and newest.standing is Standing.WITHDRAWN else []
        name = self._chance.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
        return name, getattr(self, f"_{name.replace(' ', '_')}")(house, text, who)

    # Each looks at the text as it is before the round, as a page does, and returns what is done with it then.
    def _write(self, house: House, text: Translation, who: str) -> Act:
        old, new = word_of(text.draft.text), self._word()
        writer = house.actor(self._chance.choice([self.people[0], self.people[0], who]))

        def act(now: House, there: Translation) -> Any:
            if word_of(there.draft.text) != old:
                raise Conflict(N_("Somebody else has changed the very word."))
            now.write(writer, there, old, new)
            now.save(writer, there)
            return lambda: self.book.typed.update({new: (old, writer.id)})

        return act

    def _hand_in(self, house: House, text: Translation, who: str) -> Act:
        del text
        actor = house.actor(who)
        return lambda now, there: now.hand_in(actor, there) and None

    def _agree(self, house: House, text: Translation, who: str) -> Act:
        case, actor, stage = self._case(house, text), house.actor(who), self._chance.choice(STAGES)
        said = house.word(text, stage, case=case)
        word = self._saved(house.session, case.now.number, text)

        def act(now: House, _there: Translation) -> Any:
            decisions.decide(now.session, actor, case.review.id, stage, said, now.now)
            return lambda: self.book.agreed.add((actor.id, stage, word))

        return act

    def _case(self, house: House, text: Translation) -> rounds.Case:
        """Return the checks as everybody sees them before the round."""
        self._seen = self._seen or house.case(text)
        return self._seen

    def _wish(self, house: House, text: Translation, who: str) -> Act:
        case, actor, stage = self._case(house, text), house.actor(who), self._chance.choice(STAGES)
        said = house.word(text, stage, Verdict.REQUEST_CHANGES, case=case)
        return lambda now, _there: decisions.decide(now.session, actor, case.review.id, stage, said, now.now) and None

    def _publish(self, house: House, text: Translation, who: str) -> Act:
        actor = house.actor(self._chance.choice([*self.people[-2:], who]))
        revision, _ = publishing.agreed(house.session, text)
        seen = revision.content_hash
        return lambda now, there: (
            publishing.publish(now.session, actor, there, content_hash=seen, confirmed=(), now=now.now) and None
        )

    def _finish(self, house: House, text: Translation, who: str) -> Act:
        del who
        newest = editions.newest_edition(house.session, text.id)
        found = newest.id if newest else ""

        def act(now: House, _there: Translation) -> None:
            publishing.make_live(now.session, now.session.get_one(Edition, found), now.now)

        return act

    def _take_down(self, house: House, text: Translation, who: str) -> Act:
        del text
        actor = house.actor(who)
        return lambda now, there: (
            withdrawal.take_down(now.session, actor, there, reason=Reason.FACT, instead="", now=now.now) and None
        )

    def _decide(self, house: House, text: Translation, who: str) -> Act:
        newest, actor, back = editions.newest_edition(house.session, text.id), house.actor(who), self._chance.random()
        found = newest.id if newest else ""

        def act(now: House, _there: Translation) -> None:
            edition = now.session.get_one(Edition, found)
            withdrawal.decide(now.session, actor, edition, put_back=back > 0.3, now=now.now)

        return act

    @staticmethod
    def _saved(session: Session, number: int, text: Translation) -> str:
        found = select(Revision).where(Revision.translation_id == text.id, Revision.number == number)
        return word_of(session.scalars(found).one().body)

    def _judge(self, session: Session) -> None:
        every = session.scalars(select(Edition).where(Edition.translation_id == self.text_id)).all()
        assert sorted(one.number for one in every) == list(range(1, len(every) + 1))
        assert sum(one.standing is Standing.LIVE for one in every) <= 1
        new = [one for one in every if one.id not in self._judged]
        assert len(new) <= 1, "one agreement was published twice"
        for edition in new:
            self._judge_edition(session, edition)
        down = session.scalars(select(Takedown).where(Takedown.decided_at.is_(None))).all()
        for one in down:
            assert session.get_one(Edition, one.edition_id).standing is Standing.WITHDRAWN
        by = [one.by for one in down]
        assert len(by) == len(set(by)), "somebody has two open takedowns"

    def _judge_edition(self, session: Session, edition: Edition) -> None:
        word = word_of(session.get_one(Revision, edition.revision_id).body)
        yes = {(who, stage) for who, stage, about in self.book.agreed if about == word}
        assert {stage for _, stage in yes} == set(STAGES), (word, yes)
        assert len({who for who, _ in yes}) >= 2
        assert not {who for who, _ in yes} & self.book.authors(word, self._last)
        self._judged.add(edition.id)
        self._last = word

    def end(self) -> None:
        """Read the trail from its beginning."""
        with self._sessions() as session:
            assert list(links.breaks(session)) == []
