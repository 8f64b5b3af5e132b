"""Collections: put together by an editor, read as one file, and never holding what readers may not have."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from publishing import FIELDS, approve, approved, derive, published
from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.clock import now as moment
from studio.core.errors import Conflict, Invalid, NotAllowed
from studio.core.settings import Settings
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Translation
from studio.guides.rules.statuses import UpdateKind
from studio.jobs.run import Runner
from studio.members.actor import Actor, Role
from studio.publish import erasing, withdrawal
from studio.publish.artifacts import Store
from studio.publish.collected import operations, queries
from studio.publish.collected.models import Collection, CollectionFile, KeptChapter
from studio.publish.collected.tasks import Binder
from studio.publish.document import Document
from studio.publish.frame import Frame
from studio.publish.renderer import Derived
from studio.publish.rules.takedown import Reason
from studio.publish.tasks import Publisher
from studio.storage.engine import make_engine, make_sessions

Member = Callable[..., Actor]
PLACE = "/en/collections/for-hard-days/"
TITLES = ("Breathing", "Telling", "Resting")


@dataclass
class Bindery:
    """A worker for collections that tells what it had to make; editions get no files here."""

    settings: Settings
    clock: Callable[[], datetime]
    made: list[str] = field(default_factory=list)

    def derive(
        self, what: Document | Frame, media: Mapping[str, bytes], folder: Path, kinds: tuple[str, ...] = ()
    ) -> tuple[Derived, ...]:
        self.made.append(what.part if isinstance(what, Frame) else what.title)
        return derive(what, media, folder, kinds)

    def work(self) -> list[str]:
        """Run all that is due; return what was made for it."""
        self.made.clear()
        tasks = {
            **Publisher(self.settings, lambda *_: (), lambda name: name).tasks(),
            **Binder(self.settings, self.derive).tasks(),
        }
        runner = Runner(make_sessions(make_engine(self.settings.database_url)), tasks, self.clock)
        while runner.run_due():
            pass
        return list(self.made)


@pytest.fixture
def bindery(settings: Settings, clock: Callable[[], datetime]) -> Bindery:
    return Bindery(settings, clock)


@pytest.fixture
def writer(member: Member) -> Actor:
    return member("Wren")


@pytest.fixture
def editor(client: Any, member: Member, sign_in: Any) -> Actor:
    actor = member("River", Role.EDITOR, founding=True)
    sign_in(client, actor)
    return actor


@pytest.fixture
def guides(session: Session, writer: Actor, editor: Actor, bindery: Bindery) -> list[Translation]:
    texts = [approved(session, writer, fields=replace(FIELDS, title=title)) for title in TITLES]
    for text in texts:
        published(session, editor, text)
    bindery.work()
    fresh(session)
    return texts


@pytest.fixture
def collection(
    session: Session, editor: Actor, guides: list[Translation], settings: Settings, bindery: Bindery
) -> Collection:
    made = operations.begin(session, editor, "c" * 20, "en", "For hard days", moment())
    for guide in guides:
        operations.put_in(session, editor, made, guide, moment())
    operations.publish(session, editor, made, moment())
    session.commit()
    bindery.work()
    fresh(session)
    return made


def pages(answer: Any) -> list[str]:
    with pypdfium2.PdfDocument(answer.data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def fresh(session: Session) -> None:
    """Let ``session`` see what others have written."""
    session.rollback()
    session.expire_all()


def rewrite(session: Session, writer: Actor, editor: Actor, text: Translation, body: str) -> None:
    """Publish another edition of a text."""
    draft = text.draft
    edits = [Edit(0, len(draft.text), body)]
    more = {"base_seq": draft.head_seq, "edits": edits, "fields": {"changelog": "Clearer"}, "kind": UpdateKind.FORM}
    log.apply(session, draft, author=writer.id, now=moment(), **more)
    approve(session, writer, text)
    published(session, editor, text)


def test_the_language_that_an_editor_reads_the_desk_in_is_chosen_for_a_new_collection(
    client: Any, session: Session, writer: Actor, editor: Actor, bindery: Bindery
) -> None:
    for code in ("ar", "en"):
        published(session, editor, approved(session, writer, language=code))
    bindery.work()
    chosen = re.findall(r'<option value="(\w+)"[^>]* selected', client.get("/studio/collections/").text)
    assert chosen == ["en"]


def test_an_editor_puts_guides_together_and_readers_get_one_file_in_that_order(
    client: Any, session: Session, guides: list[Translation], bindery: Bindery
):
    begun = client.post(
        "/studio/collections/", data={"collection_id": "a" * 20, "title": "For hard days", "language": "en"}
    )
    here = begun.headers["Location"].partition("?")[0]
    assert "No guide is in it yet." in client.get(here).text
    for guide in guides:
        assert client.post(f"{here}put-in", data={"guide": guide.id}).status_code == 303
    assert client.post(f"{here}place", data={"guide": guides[2].id, "place": "1"}).status_code == 303
    assert client.post(f"{here}describe", data={"title": "For hard days", "intro": "Small steps."}).status_code == 303
    assert client.get(PLACE).status_code == 404
    assert client.post(f"{here}publish").status_code == 303
    assert "the PDF is being made" in client.get(here).text
    assert client.get(f"{PLACE}collection.pdf").status_code == 404
    bindery.work()
    page = client.get(PLACE)
    assert [page.text.index(title) for title in ("Resting</a>", "Breathing</a>", "Telling</a>")] == sorted(
        page.text.index(f"{title}</a>") for title in TITLES
    )
    assert "Small steps." in page.text
    assert "Set-Cookie" not in page.headers
    assert f'href="{PLACE}"' in client.get("/en/").text
    read = pages(client.get(f"{PLACE}collection.pdf"))
    assert "For hard days" in read[0]
    starts = {title: int(re.search(rf"(\d+)\s+{title}", read[1])[1]) for title in TITLES}
    assert list(starts) != sorted(starts, key=starts.get)
    assert sorted(starts, key=starts.get) == ["Resting", "Breathing", "Telling"]
    for title, number in starts.items():
        assert title in read[number - 1]
        assert "Choose one person" in read[number - 1]
    codes = [one.edition.code for one in queries.chapters_of(session, session.get_one(Collection, "a" * 20))]
    assert [code for code in codes if code not in read[-1]] == []
    assert [int(text.split()[-1]) for text in read[1:]] == list(range(2, len(read) + 1))


def test_after_one_edit_that_chapter_alone_is_made_anew(
    client: Any,
    session: Session,
    collection: Collection,
    guides: list[Translation],
    writer: Actor,
    editor: Actor,
    bindery: Bindery,
):
    before = client.get(f"{PLACE}collection.pdf").data
    rewrite(session, writer, editor, guides[1], "Another breath.\n\n## Choose one person\n\nAnd wait.\n")
    assert bindery.work() == ["Telling"]
    after = client.get(f"{PLACE}collection.pdf")
    assert after.data != before
    assert "Another breath." in "".join(pages(after))
    assert bindery.work() == []


def said_in_book(answer: Any) -> str:
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith((".xhtml", ".opf")))


def test_the_same_guides_are_one_book_with_one_table_of_contents_that_follows_each_edit(
    client: Any,
    session: Session,
    collection: Collection,
    guides: list[Translation],
    writer: Actor,
    editor: Actor,
    bindery: Bindery,
):
    page = client.get(PLACE).text
    assert f'href="{PLACE}collection.epub" download' in page
    answer = client.get(f"{PLACE}collection.epub")
    assert answer.headers["Content-Type"] == "application/epub+zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        contents = book.read("book/nav.xhtml").decode()
    assert [contents.index(f">{title}</a>") for title in TITLES] == sorted(
        contents.index(f">{title}</a>") for title in TITLES
    )
    rewrite(session, writer, editor, guides[1], "Another breath.\n\n## Choose one person\n\nAnd wait.\n")
    assert bindery.work() == ["Telling"]
    assert "Another breath." in said_in_book(client.get(f"{PLACE}collection.epub"))


def test_the_book_loses_what_is_taken_down_in_the_same_act(
    client: Any,
    session: Session,
    collection: Collection,
    guides: list[Translation],
    member: Member,
    bindery: Bindery,
):
    heron = member("Heron", Role.REVIEWER, founding=True)
    withdrawal.take_down(session, heron, guides[0], reason=Reason.HARM, instead="", now=moment())
    session.commit()
    assert client.get(f"{PLACE}collection.epub").status_code == 404
    bindery.work()
    said = said_in_book(client.get(f"{PLACE}collection.epub"))
    assert ("Breathing" in said, "Telling" in said) == (False, True)


def test_what_is_taken_down_leaves_the_collection_at_once_and_comes_back_when_put_back(
    client: Any,
    session: Session,
    collection: Collection,
    guides: list[Translation],
    editor: Actor,
    member: Member,
    bindery: Bindery,
):
    withdrawal.take_down(
        session, member("Heron", Role.REVIEWER, founding=True), guides[0], reason=Reason.HARM, instead="", now=moment()
    )
    session.commit()
    assert client.get(f"{PLACE}collection.pdf").status_code == 404
    page = client.get(PLACE).text
    assert "Breathing" not in page
    assert "collection.pdf" not in page
    bindery.work()
    assert "Breathing" not in "".join(pages(client.get(f"{PLACE}collection.pdf")))
    edition = session.scalars(select(withdrawal.Takedown)).one().edition_id
    withdrawal.decide(session, editor, session.get_one(withdrawal.Edition, edition), put_back=True, now=moment())
    session.commit()
    bindery.work()
    assert "Breathing" in pages(client.get(f"{PLACE}collection.pdf"))[1]


def test_no_file_is_left_of_a_chapter_that_is_gone_nor_of_a_collection_taken_back(
    client: Any,
    session: Session,
    settings: Settings,
    collection: Collection,
    guides: list[Translation],
    editor: Actor,
    member: Member,
    bindery: Bindery,
):
    store = Store(settings.data)
    first = {one.sha256 for one in session.scalars(select(CollectionFile))}
    chapter = session.scalars(
        select(KeptChapter.sha256).join(withdrawal.Edition).where(withdrawal.Edition.translation_id == guides[0].id)
    ).all()
    assert len(chapter) == 2, "one for each sort of file"
    assert all(store.get(sha) for sha in (*first, *chapter))
    withdrawal.take_down(
        session, member("Heron", Role.REVIEWER, founding=True), guides[0], reason=Reason.HARM, instead="", now=moment()
    )
    session.commit()
    bindery.work()
    fresh(session)
    second = {one.sha256 for one in session.scalars(select(CollectionFile))}
    assert [sha for sha in (*(first - second), *chapter) if store.get(sha)] == []
    assert client.post(f"/studio/collections/{collection.id}/take-back").status_code == 303
    assert client.get(PLACE).status_code == 404
    bindery.work()
    fresh(session)
    assert list(session.scalars(select(CollectionFile))) == []
    assert [sha for sha in second if store.get(sha)] == []


def test_the_same_chapters_give_the_same_bytes_though_all_was_forgotten(
    client: Any, session: Session, settings: Settings, collection: Collection, bindery: Bindery
):
    first = client.get(f"{PLACE}collection.pdf").data
    every = [*session.scalars(select(CollectionFile.sha256)), *session.scalars(select(KeptChapter.sha256))]
    Store(settings.data).remove(every)
    assert client.get(f"{PLACE}collection.pdf").status_code == 404
    operations.ask_for_build(session, collection, moment())
    session.commit()
    assert bindery.work() == ["Breathing", "Telling", "Resting", "around", "folios"]
    assert client.get(f"{PLACE}collection.pdf").data == first


def test_a_second_click_changes_nothing(
    client: Any, session: Session, collection: Collection, guides: list[Translation]
):
    here = f"/studio/collections/{collection.id}/"
    again = {"collection_id": collection.id, "title": "For hard days", "language": "en"}
    assert client.post("/studio/collections/", data=again).status_code == 303
    for _ in range(2):
        for act, guide in (("put-in", 0), ("place", 0), ("take-out", 2)):
            answer = client.post(f"{here}{act}", data={"guide": guides[guide].id, "place": "2"})
            assert answer.status_code == 303
    fresh(session)
    assert len(queries.collections(session)) == 1
    assert [one.translation_id for one in collection.chapters] == [guides[1].id, guides[0].id]


def test_what_was_typed_comes_back_with_one_sentence(client: Any, collection: Collection):
    here = f"/studio/collections/{collection.id}/"
    answer = client.post(f"{here}describe", data={"title": "", "intro": "Kept words"})
    assert answer.status_code == 422
    assert "Give the collection a title." in answer.text
    assert "Kept words" in answer.text
    answer = client.post("/studio/collections/", data={"title": "x" * 121, "language": "en"})
    assert answer.status_code == 422
    assert "up to 120 characters" in answer.text
    assert "x" * 121 in answer.text


def test_only_guides_that_readers_have_in_that_language_can_be_put_in(
    session: Session, collection: Collection, writer: Actor, editor: Actor
):
    for text in (
        approved(session, writer, fields=replace(FIELDS, title="Not yet")),
        approved(session, writer, language="fr"),
    ):
        with pytest.raises(Invalid):
            operations.put_in(session, editor, collection, text, moment())
    with pytest.raises(NotAllowed):
        operations.take_back(session, writer, collection, moment())


def test_one_guide_is_no_collection(session: Session, collection: Collection, guides: list[Translation], editor: Actor):
    operations.take_out(session, editor, collection, guides[0].id, moment())
    with pytest.raises(Conflict):
        operations.take_out(session, editor, collection, guides[1].id, moment())
    alone = operations.begin(session, editor, "d" * 20, "en", "For hard days", moment())
    assert alone.slug == "for-hard-days-2"
    operations.put_in(session, editor, alone, guides[1], moment())
    with pytest.raises(Conflict):
        operations.publish(session, editor, alone, moment())


def test_a_collection_that_cannot_be_printed_says_why_and_leaves_the_file_before(
    client: Any, session: Session, collection: Collection, editor: Actor, bindery: Bindery
):
    before = client.get(f"{PLACE}collection.pdf").data
    operations.describe(session, editor, collection, "For hard days", "Runes: ᚠ", moment())
    session.commit()
    bindery.work()
    assert client.get(f"{PLACE}collection.pdf").data == before
    assert "U+16A0" in client.get(f"/studio/collections/{collection.id}/").text


def test_what_is_deleted_for_good_takes_every_file_with_it_in_which_it_was(
    client: Any,
    session: Session,
    settings: Settings,
    collection: Collection,
    guides: list[Translation],
    bindery: Bindery,
):
    had = {*session.scalars(select(CollectionFile.sha256)), *session.scalars(select(KeptChapter.sha256))}
    erasing.erase(session, guides[0].guide, b"key", moment())
    session.commit()
    assert client.get(f"{PLACE}collection.pdf").status_code == 404
    bindery.work()
    fresh(session)
    kept = {*session.scalars(select(CollectionFile.sha256)), *session.scalars(select(KeptChapter.sha256))}
    assert [sha for sha in had - kept if Store(settings.data).get(sha)] == []
    read = "".join(pages(client.get(f"{PLACE}collection.pdf")))
    assert "Breathing" not in read
    assert "Telling" in read
