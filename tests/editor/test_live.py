"""Writing together live: what is acknowledged is on disk, everybody comes to the same text, nobody is held up."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import patience
import pytest
from live import Place, Typist, typing
from loops import run
from sqlalchemy import func, select

from studio.editor.live import rooms
from studio.editor.live.frames import Kind
from studio.guides import operations as kernel
from studio.guides import queries
from studio.guides.drafts import forgetting, live, log
from studio.guides.models import DraftCheckpoint, DraftUpdate, Translation
from studio.guides.rules.statuses import Progress, Significance
from studio.guides.threads import talk
from studio.members.actor import Actor
from studio.members.models import Member
from studio.storage.engine import begin_write, make_engine, wipe_log


@pytest.fixture
def place(settings, clock):
    house = Place(settings, clock)
    yield house
    house.engine.dispose()


def text_of(session, text_id):
    return session.get_one(Translation, text_id)


def test_two_people_type_in_one_paragraph_and_both_see_both(place):
    async def story():
        text = place.text("Rest is work. نَعَم")
        async with typing(place, text, place.member("Heron"), place.member("Kite")) as (heron, kite):
            heron.type(0, 0, "家で ")
            kite.type(len(kite.text), len(kite.text), " too 👩‍👩‍👧")
            await heron.all_saved()
            await kite.all_saved()
            await heron.until(lambda: "too" in heron.text)
            await kite.until(lambda: "家" in kite.text)
            return heron.text, kite.text, place.read(text)

    assert set(run(story())) == {"家で Rest is work. نَعَم too 👩‍👩‍👧"}


def test_what_is_acknowledged_is_in_the_database_when_the_word_comes(place):
    async def story():
        text, there = place.text(), []
        async with typing(place, text, place.member("Heron")) as (heron,):
            for n in range(20):
                heron.type(n, n, "家")
                await heron.all_saved()
                there.append((n, len(place.read(text))))
        return there

    assert run(story()) == [(n, n + 1) for n in range(20)]


def test_two_processes_of_a_house_write_one_text(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        async with place.process() as one, place.process() as other:
            first, second = Typist(one, heron, text), Typist(other, kite, text)
            await first.connect()
            await second.connect()
            for n in range(10):
                first.type(0, 0, f"{n}")
                second.type(len(second.text), len(second.text), f"家{n}")
            await first.all_saved()
            await second.all_saved()
            there = place.read(text)
            await first.until(lambda: first.text == there)
            await second.until(lambda: second.text == there)
            await first.leave()
            await second.leave()
            return there

    there = run(story())
    assert all(f"家{n}" in there for n in range(10))


def test_a_form_that_is_saved_meanwhile_appears_in_the_open_editors(place):
    async def story():
        text, former = place.text("One. Two."), place.member("Former")
        async with typing(place, text, place.member("Heron")) as (heron,):
            heron.type(0, 0, "家 ")
            await heron.all_saved()
            with place.session() as session:
                begin_write(session)
                draft = text_of(session, text).draft
                edits = [log.Edit(5, 9, "Three.")]
                log.apply(
                    session, draft, base_seq=1, edits=edits, fields={}, author=former.id, kind="form", now=place.clock()
                )
                session.commit()
            await heron.until(lambda: "Three" in heron.text)
            return heron.text, place.read(text)

    assert set(run(story())) == {"家 One. Three."}


def test_whoever_types_belongs_to_the_texts_team_and_whoever_reads_does_not(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        async with typing(place, text, heron, kite) as (first, _):
            first.type(0, 0, "家")
            await first.all_saved()
        with place.session() as session:
            found = text_of(session, text)
            return [queries.in_team(session, who.id, found) for who in (heron, kite)]

    assert run(story()) == [True, False]


def test_contributors_of_a_saved_version_are_exact_by_block(place):
    async def story():
        text, heron, kite = place.text("One.\n\nTwo.\n\nThree.\n"), place.member("Heron"), place.member("Kite")
        async with typing(place, text, heron, kite) as (first, second):
            first.type(0, 3, "家")
            await first.all_saved()
            await second.until(lambda: second.text.startswith("家"))
            second.type(second.text.index("hree"), second.text.index("hree") + 4, "")
            await second.all_saved()
        with place.session() as session:
            version = kernel.save_version(
                session, heron.id, text_of(session, text), significance=Significance.CONTENT, note="", now=place.clock()
            )
            body = {block.source.strip(): block.contributors for block in version.blocks if block.kind == "paragraph"}
        return body, heron.id, kite.id

    body, heron, kite = run(story())
    assert body == {"家.": [heron], "Two.": [], "T.": [kite]}


def test_after_a_publication_authorship_begins_anew_for_those_who_go_on_typing(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        async with typing(place, text, heron, kite) as (first, second):
            first.type(0, 0, "家")
            await first.all_saved()
            with place.session() as session:
                begin_write(session)
                draft = text_of(session, text).draft
                log.settle(session, draft, draft.head_seq, place.clock())
                session.commit()
            await second.until(lambda: second.text.startswith("家"))
            second.type(0, 0, "か")
            await second.all_saved()
            await first.until(lambda: first.text == second.text)
        with place.session() as session:
            draft = text_of(session, text).draft
            return log.load(session, draft, draft.head_seq).runs, kite.id

    runs, kite = run(story())
    assert runs == ((kite, 1), (None, 6))


def test_editors_hear_that_something_was_said_about_the_text(place):
    async def story():
        text, heron = place.text("Rest."), place.member("Heron")
        async with typing(place, text, heron, place.member("Kite")) as (first, second):
            first.type(0, 0, "家")
            await first.all_saved()
            await asyncio.sleep(1.2)
            before = len(second.heard(Kind.HINT))
            with place.session() as session:
                begin_write(session)
                talk.open_thread(session, Actor(heron.id, "Heron"), text_of(session, text), "So?", now=place.clock())
                session.commit()
            await second.until(lambda: len(second.heard(Kind.HINT)) > before)
            return second.heard(Kind.HINT)[-1].header

    assert run(story()) == {"what": "threads"}


def test_editors_hear_also_what_was_said_in_the_moment_that_they_came(place):
    async def story():
        text, heron = place.text("Rest."), place.member("Heron")
        async with typing(place, text, heron, place.member("Kite")) as (_, second):
            with place.session() as session:
                begin_write(session)
                talk.open_thread(session, Actor(heron.id, "Heron"), text_of(session, text), "So?", now=place.clock())
                session.commit()
            await second.until(lambda: second.heard(Kind.HINT))
            return second.heard(Kind.HINT)[-1].header

    assert run(story()) == {"what": "threads"}


def test_a_long_evening_leaves_checkpoints_so_that_opening_stays_quick(place):
    async def story():
        text = place.text("x")
        async with typing(place, text, place.member("Heron")) as (heron,):
            for _ in range(live.CHECKPOINT_EVERY + 20):
                heron.type(1, 1, "家")
                if not heron.sent % 100:
                    await heron.all_saved()
            await heron.all_saved()
        with place.session() as session:
            return session.scalars(select(DraftCheckpoint.seq).order_by(DraftCheckpoint.seq)).all()

    seqs = run(story())
    assert seqs[-1] == live.CHECKPOINT_EVERY + 21  # the last one when the editor had gone
    assert all(after - before < live.CHECKPOINT_EVERY + 110 for before, after in pairwise(seqs))


def test_two_days_later_nobody_can_see_any_more_how_it_was_typed(place, clock, settings):
    async def story(text, heron):
        async with typing(place, text, heron) as (one,):
            one.type(0, 0, "quokkaplume ")
            await one.all_saved()
            one.type(0, 12, "")
            await one.all_saved()

    text, heron = place.text("Rest."), place.member("Heron")
    run(story(text, heron))
    clock.forward(hours=49)
    with place.session() as session:
        begin_write(session)
        forgetting.compact_all(session, {}, clock())
        session.commit()
        draft = text_of(session, text).draft
        assert session.scalar(select(func.count()).select_from(DraftUpdate)) == 0
        assert log.load(session, draft, draft.head_seq).runs == ((heron.id, 0), (None, 5))
    place.engine.dispose()
    assert wipe_log(make_engine(settings.database_url))
    assert [path.name for path in settings.data.rglob("*") if path.is_file() and b"quokka" in path.read_bytes()] == []


def test_an_editor_goes_on_after_the_log_behind_it_was_put_together(place, clock):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron", own_phone=True)) as (heron,):
            heron.type(0, 0, "家")
            await heron.all_saved()
            with place.session() as session:
                begin_write(session)
                forgetting.compact(session, text_of(session, text).draft, clock() + timedelta(seconds=1), clock())
                session.commit()
            heron.type(0, 0, "か")
            await heron.all_saved()
        return place.read(text)

    assert run(story()) == "か家Rest."


def test_a_text_that_is_put_away_takes_no_more_and_its_editors_are_told(place):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron")) as (heron,):
            with place.session() as session:
                begin_write(session)
                text_of(session, text).progress = Progress.ARCHIVED
                session.commit()
            heron.type(0, 0, "家")
            await heron.until(lambda: heron.closed is not None)
            return heron.closed, place.read(text)

    assert run(story()) == (4409, "Rest.")


def test_a_member_who_is_suspended_in_mid_sentence_is_let_go_and_what_comes_after_is_not_written(place):
    async def story():
        text, who = place.text("Rest."), place.member("Heron")
        async with typing(place, text, who, place.member("Kite")) as (heron, kite):
            heron.type(0, 0, "before ")
            await heron.all_saved()
            with place.session() as session:
                begin_write(session)
                session.get_one(Member, who.id).suspended = True
                session.commit()
            heron.type(0, 0, "after ")
            await heron.until(lambda: heron.closed is not None)
            await kite.until(lambda: kite.text.startswith("before "))
            kite.type(0, 0, "家 ")
            await kite.all_saved()
            return heron.closed, place.read(text)

    assert run(story()) == (4401, "家 before Rest.")


def test_who_only_looks_on_is_let_go_as_well_when_their_visit_ends(place, clock, monkeypatch):
    monkeypatch.setattr(rooms, "LOOK_ANYWAY_SECONDS", 0.2)

    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron"), place.member("Kite", own_phone=True)) as (heron, kite):
            clock.forward(minutes=31)
            await heron.until(lambda: heron.closed is not None)
            return heron.closed, kite.closed

    assert run(story()) == (4401, None)


def test_typing_keeps_a_visit_going(place, clock):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron")) as (heron,):
            for _ in range(3):
                clock.forward(minutes=20)
                heron.type(0, 0, "家")
                await heron.all_saved()
            return heron.closed, place.read(text)

    assert run(story()) == (None, "家家家Rest.")


def test_a_reader_who_never_reads_is_let_go_and_nobody_waits_for_them(place):
    async def story():
        text, people = place.text("Rest."), [place.member(name) for name in ("Heron", "Finch", "Kite")]
        async with typing(place, text, *people) as (heron, finch, kite):
            kite.stop_reading()
            there = heron.text
            for n in range(60):
                writer = (heron, finch)[n % 2]
                await writer.until(lambda writer=writer, there=there: writer.text == there)
                there = f"{n} " + "家 " * 20_000
                writer.type(0, len(writer.text), there)
                await writer.all_saved()
            await asyncio.wait_for(kite.ended(), patience.SECONDS)
            await finch.until(lambda: finch.text == heron.text)
            return heron.text == place.read(text), heron.closed

    assert run(story()) == (True, None)


def test_a_member_may_have_a_dozen_editors_open_and_not_hundreds(place):
    async def story():
        text, who = place.text("Rest."), place.member("Heron")
        async with typing(place, text, *[who] * 13) as typists:
            return [one.closed for one in typists]

    assert run(story()) == [None] * 12 + [1008]
