"""What was typed and deleted is gone from every file of the house once the text is published."""

from __future__ import annotations

import pytest
from live import SECRET, Place, typing
from loops import run
from publishing import approve, published, worker
from sqlalchemy import func, select

from studio.core.settings import Settings
from studio.editor.live.frames import Kind
from studio.guides.drafts import log
from studio.guides.models import DraftCheckpoint, DraftUpdate, Translation
from studio.members import queries
from studio.members.actor import Actor, Role
from studio.members.models import Member
from studio.storage import migrate
from studio.storage.engine import make_engine, wipe_log

CANARY = "quokkaplume"


@pytest.fixture
def settings(tmp_path) -> Settings:
    made = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'studio.db'}", secret_key=SECRET)
    migrate.upgrade(made)
    return made


def editor(session, who) -> Actor:
    actor = queries.actor(session, session.get_one(Member, who.id))
    return Actor(**{**{name: getattr(actor, name) for name in actor.__slots__}, "roles": frozenset({Role.EDITOR})})


async def typed_and_deleted(place, text, who):
    async with typing(place, text, who) as (heron,):
        heron.type(0, 0, f"{CANARY} ")
        await heron.all_saved()
        heron.type(0, len(CANARY) + 1, "")
        await heron.all_saved()


def files_with_the_canary(settings):
    return [path.name for path in settings.data.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def test_after_publication_no_file_holds_what_was_deleted_nor_who_typed_what(settings):
    place = Place(settings)
    heron = place.member("Heron")
    text = place.text("Rest is allowed.\n", by=heron.id)
    run(typed_and_deleted(place, text, heron))
    assert files_with_the_canary(settings) != []  # so that something could leak
    with place.session() as session:
        translation = session.get_one(Translation, text)
        approve(session, editor(session, heron), translation)
        published(session, editor(session, heron), translation)
        loaded = log.load(session, translation.draft, translation.draft.head_seq)
        assert loaded.runs == ((None, len(translation.draft.text)),)
        assert session.scalar(select(func.count()).select_from(DraftUpdate)) == 0
        assert session.scalar(select(func.count()).select_from(DraftCheckpoint)) == 1
    jobs = worker(settings)
    while jobs.run_due():
        pass
    engine = make_engine(settings.database_url)
    assert wipe_log(engine)
    engine.dispose()
    assert files_with_the_canary(settings) == []
    place.engine.dispose()


def test_an_editor_that_stays_open_over_the_publication_brings_nothing_back(settings):
    place = Place(settings)
    heron, kite = place.member("Heron"), place.member("Kite")
    text = place.text("Rest is allowed.\n", by=heron.id)

    async def story():
        async with typing(place, text, heron, kite) as (first, second):
            first.type(0, 0, f"{CANARY} ")
            await first.all_saved()
            first.type(0, len(CANARY) + 1, "")
            await first.all_saved()
            with place.session() as session:
                translation = session.get_one(Translation, text)
                approve(session, editor(session, heron), translation)
                published(session, editor(session, heron), translation)
            second.type(0, 0, "家 ")
            await second.all_saved()
            second.catch_up(second.heard(Kind.WELCOME)[0].data("state"))  # all that this browser has, once more
            await second.all_saved()
            await first.until(lambda: first.text == second.text)

    run(story())
    engine = make_engine(settings.database_url)
    assert wipe_log(engine)
    engine.dispose()
    assert place.read(text) == "家 Rest is allowed.\n"
    assert files_with_the_canary(settings) == []
    place.engine.dispose()
