"""Any history of typing, lost connections, crashes, doubled messages and forms ends in one text with exact authors."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from live import Place, Somebody, Typist
from loops import run
from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.clock import now
from studio.core.settings import Settings
from studio.editor.live.door import Door
from studio.guides.drafts import log
from studio.guides.drafts.authors import SUGGESTED
from studio.guides.drafts.document import Edit
from studio.guides.models import Anchor, Translation
from studio.guides.rules.statuses import UpdateKind
from studio.guides.threads import suggesting, talk
from studio.guides.threads.models import Suggestion, Thread
from studio.members.actor import Actor
from studio.storage.engine import begin_write

LETTERS = ("سلامَ\u200f", "家かな𠮷々", "👩‍👩‍👧🏳️‍🌈e\u0301ß\n", "zZ9 ", "QWX")
"""Each writer's own, then the form's and those of who suggests, so that a letter tells who typed it."""
QUOTED = "LM"
BEGUN = f"K{QUOTED}N{'·' * 24}"
"""What is there before anybody types, and belongs to nobody; somebody speaks of the middle of it."""
WORDS = [st.text(alphabet=letters, min_size=1, max_size=4) for letters in LETTERS]
PLACES = st.integers(0, 12)


@dataclass(frozen=True)
class Act:
    """What one of three people does, or what happens to the house."""

    what: str
    who: int = 0
    start: int = 0
    size: int = 0
    new: str = ""


def acts(who: int) -> st.SearchStrategy[Act]:
    typed = st.builds(Act, st.just("type"), st.just(who), PLACES, st.integers(0, 3), WORDS[who] | st.just(""))
    rest = st.sampled_from(["drop", "connect", "twice", "wait", "reopen"])
    return typed | st.builds(Act, rest, st.just(who))


FORMS = st.builds(Act, st.just("form"), st.integers(0, 30), PLACES, st.integers(0, 3), WORDS[3])
PROPOSED = st.builds(Act, st.just("suggest"), start=st.integers(14, 40), size=st.integers(0, 2), new=WORDS[4])
HOUSE = FORMS | PROPOSED | st.sampled_from([Act("crash"), Act("take"), Act("take")])
HISTORIES = st.lists(acts(0) | acts(1) | acts(2) | acts(0) | acts(1) | HOUSE, max_size=25)


class History:
    """Three people in two processes of one house."""

    def __init__(self, place: Place, stack: AsyncExitStack) -> None:
        self.place, self.stack = place, stack
        self.people = [place.member(f"Kite {''.join(chr(97 + int(d)) for d in str(i))}") for i in place.fresh(3)]
        self.former = place.member(f"Former {''.join(chr(97 + int(d)) for d in str(place.fresh(1)[0]))}")
        self.guest = place.member(f"Guest {''.join(chr(97 + int(d)) for d in str(place.fresh(1)[0]))}")
        self.text_id = place.text(BEGUN)
        with self.writing() as (session, text):
            self.thread = talk.open_thread(
                session, self.actor(self.former), text, "Is this so?", now=now(), quote=QUOTED
            ).id

    async def open(self) -> None:
        self.doors = [await self.stack.enter_async_context(self.place.process()) for _ in range(2)]
        self.typists = [self.fresh(n) for n in range(3)]
        for one in self.typists:
            await one.connect()

    def fresh(self, who: int) -> Typist:
        return Typist(self.door(who), self.people[who], self.text_id)

    def door(self, who: int) -> Door:
        return self.doors[who % 2]

    async def do(self, act: Act) -> None:
        one = self.typists[act.who % 3]
        if act.what in ("form", "suggest", "take"):
            await asyncio.to_thread(getattr(self, act.what), act)
        elif act.what == "crash":
            await self.crash()
        elif act.what == "type":
            one.type(act.start, act.start + act.size, act.new)
        elif act.what == "connect" and not one.connected:
            one.door = self.door(act.who)
            await one.connect()
        elif one.connected:
            await self.do_connected(act, one)

    async def do_connected(self, act: Act, one: Typist) -> None:
        if act.what == "drop":
            await one.leave()
        elif act.what == "twice":
            one.change(one.last)
        elif act.what == "wait":
            await one.all_saved()
        elif act.what == "reopen":
            await one.all_saved()
            await one.leave()
            self.typists[act.who % 3] = self.fresh(act.who)
            await self.typists[act.who % 3].connect()

    def form(self, act: Act) -> None:
        """Save a form that was opened some changes ago."""
        with self.writing() as (session, text):
            draft = text.draft
            base = max(1, draft.head_seq - act.who)
            edits = [self.edit(act, log.at(session, draft, base).text)]
            log.apply(
                session,
                draft,
                base_seq=base,
                edits=edits,
                fields={},
                author=self.former.id,
                kind=UpdateKind.FORM,
                now=now(),
            )

    def suggest(self, act: Act) -> None:
        """Propose other words for a place."""
        with self.writing() as (session, text):
            base, edit = text.draft.text, self.edit(act, text.draft.text)
            proposal = base[: edit.start] + edit.new + base[edit.end :]
            suggesting.propose(
                session,
                self.actor(self.guest),
                text,
                base=base,
                base_seq=text.draft.head_seq,
                proposal=proposal,
                note="",
                now=now(),
            )

    def take(self, _act: Act) -> None:
        """Take every suggestion that still fits."""
        with self.writing() as (session, text):
            for one in session.scalars(select(Suggestion).where(Suggestion.draft_id == text.draft.id)):
                suggesting.accept_all(session, self.actor(self.former), text, one, now=now())

    @contextmanager
    def writing(self) -> Iterator[tuple[Session, Translation]]:
        with self.place.session() as session:
            begin_write(session)
            text = session.get_one(Translation, self.text_id)
            session.refresh(text.draft, with_for_update=True)
            yield session, text
            session.commit()

    @staticmethod
    def actor(who: Somebody) -> Actor:
        return Actor(who.id, "Somebody")

    @staticmethod
    def edit(act: Act, text: str) -> Edit:
        size = len(text)
        return Edit(min(act.start, size), min(act.start + act.size, size), act.new)

    async def crash(self) -> None:
        """Lose one process with everything that it had not written; who was connected comes back to another."""
        lost, self.doors[0] = self.doors[0], await self.stack.enter_async_context(self.place.process())
        for n, one in enumerate(self.typists):
            if one.door is lost and one.connected:
                await one.leave()
                one.door = self.door(n)
                await one.connect()

    async def come_together(self) -> list[str]:
        for n, one in enumerate(self.typists):
            if not one.connected:
                one.door = self.door(n)
                await one.connect()
        for one in self.typists:
            await one.all_saved()
            assert one.closed is None
        there = self.place.read(self.text_id)
        for one in self.typists:
            await one.until(lambda one=one: one.text == there)
        return [one.text for one in self.typists]

    def authors_are_exact(self) -> None:
        names = [*(one.id for one in (*self.people, self.former)), f"{SUGGESTED}{self.guest.id}"]
        owners = {letter: name for letters, name in zip(LETTERS, names, strict=True) for letter in letters}
        with self.place.session() as session:
            draft = session.get_one(Translation, self.text_id).draft
            loaded = log.load(session, draft, draft.head_seq)
            runs = [author for author, size in loaded.runs for _ in range(size)]
            assert runs == [owners.get(letter) for letter in draft.text]
            assert loaded.document.text == draft.text

    def the_quote_is_where_it_was(self) -> None:
        """What is spoken of reaches from its first letter that is left to its last; with none left it is detached."""
        with self.place.session() as session:
            text = session.get_one(Translation, self.text_id).draft.text
            anchor = session.get_one(Anchor, session.get_one(Thread, self.thread).anchor_id)
            left = [at for at, letter in enumerate(text) if letter in QUOTED]
            assert anchor.state == ("attached" if left else "detached")
            if len(left) == len(QUOTED):
                assert (anchor.start, anchor.end) == (left[0], left[-1] + 1)


FOLDER = Path(tempfile.mkdtemp(prefix="live"))
PLACE = Place(Settings(data=FOLDER, database_url=f"sqlite:///{FOLDER / 'studio.db'}", secret_key="k" * 40))


def teardown_module():
    PLACE.engine.dispose()
    shutil.rmtree(FOLDER)


async def played(history: list[Act]) -> None:
    async with AsyncExitStack() as stack:
        house = History(PLACE, stack)
        await house.open()
        for act in history:
            await house.do(act)
        assert len(set(await house.come_together())) == 1
        house.authors_are_exact()
        house.the_quote_is_where_it_was()
        for one in house.typists:
            await one.leave()


@given(HISTORIES)
@settings(max_examples=40, deadline=None)
def test_every_history_converges_with_exact_authors_and_a_quote_that_keeps_its_place(history):
    run(played(history))
