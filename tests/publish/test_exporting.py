"""The library as a folder of files: all of it, nothing else, the same bytes, mended after a broken run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from publishing import BODY, FIELDS, approve, approved, published, quickly, worker
from sqlalchemy.orm import Session

from studio.core.clock import now as moment
from studio.core.errors import Conflict, NotFound
from studio.core.settings import Settings
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Translation
from studio.guides.rules.statuses import UpdateKind
from studio.members.actor import Actor, Role
from studio.publish import queries, withdrawal
from studio.publish.artifacts import Store
from studio.publish.export.addresses import ExportLinks
from studio.publish.export.exporting import Exported, export
from studio.publish.export.folder import open_folder
from studio.publish.pages.links import FileLinks
from studio.publish.rules.takedown import Reason
from studio.storage import migrate
from studio.storage.engine import make_engine, make_sessions

CANARY = "zirconium kettles hum at noon"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def people(member: Callable[..., Actor]) -> tuple[Actor, Actor]:
    return member("Wren"), member("River", Role.EDITOR)


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database whose tables were made by the migrations, as the command wants them."""
    data = tmp_path_factory.mktemp("migrated")
    migrate.upgrade(Settings(data=data, database_url=f"sqlite:///{data / 'studio.db'}"))
    return data / "studio.db"


@pytest.fixture
def house(session: Session, settings: Settings, people: tuple[Actor, Actor]) -> list[Translation]:
    """Three texts that readers have: two English ones, and one in Arabic."""
    writer, editor = people
    second = replace(FIELDS, title="Resting", summary="Water and sleep.")
    third = replace(FIELDS, title="أن تخبر صديقًا", summary="خطوات صغيرة.")
    texts = [
        approved(session, writer),
        approved(
            session,
            writer,
            fields=second,
            body=f"Sleep.\n\n## Water\n\n{CANARY}. See [this](guide:telling-a-friend).\n",
        ),
        approved(session, writer, fields=third, body="تنفّس.\n\n## اختر شخصًا\n\nجملة واحدة تكفي.\n", language="ar"),
    ]
    for text in texts:
        published(session, editor, text)
    while worker(settings, made_by=quickly).run_due():
        pass
    session.expire_all()
    return texts


@pytest.fixture
def write(settings: Settings) -> Callable[..., Exported]:
    """Export as the command does, in a session of its own."""

    def into(folder: Path, using: Settings = settings, **how: Any) -> Exported:
        with make_sessions(make_engine(settings.database_url))() as fresh:
            return export(fresh, using, folder, tell=lambda _done, _of: None, **how)

    return into


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def addresses(page: str) -> Iterator[str]:
    """Whatever a page leads to or loads."""
    return (match[1] for match in re.finditer(r'\s(?:href|src|action|srcset|poster)="([^"]*)"', page))


def rewrite(session: Session, people: tuple[Actor, Actor], translation: Translation, body: str) -> None:
    """Publish another edition."""
    writer, editor = people
    draft = translation.draft
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(0, len(draft.text), body)],
        fields={"changelog": "Clearer"},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=moment(),
    )
    session.commit()
    approve(session, writer, translation)
    published(session, editor, translation)


def take_down(session: Session, member: Callable[..., Actor], translation: Translation) -> None:
    """Take a text down, each time another person: one alone may not take everything."""
    organiser = member(f"Lark {translation.slug}"[:30], Role.STEWARD, founding=True)
    withdrawal.take_down(session, organiser, translation, reason=Reason.HARM, instead="", now=moment())
    session.commit()


@pytest.mark.usefixtures("house")
def test_every_link_leads_to_a_file_and_none_out_of_the_folder_but_leave(write, tmp_path: Path):
    folder = tmp_path / "library"
    write(folder)
    files = contents(folder)
    pages = {path: content.decode() for path, content in files.items() if path.endswith(".html")}
    assert {"index.html", "en/index.html", "en/search.html", "ar/copy.html", "en/resting/index.html"} <= set(pages)
    for path, page in pages.items():
        assert 'method="post"' not in page, path
        for address in addresses(page):
            parts = urlsplit(address)
            if parts.scheme:
                assert address == "https://www.wikipedia.org/", f"{path}: {address}"
            elif parts.path:
                there = (folder / path).parent / unquote(parts.path)
                assert not parts.path.startswith("/"), f"{path}: {address}"
                assert there.resolve().is_relative_to(folder.resolve()), f"{path}: {address}"
                assert there.is_file(), f"{path}: {address}"
    sheet = files["static/reader.css"].decode()
    assert all(f"static/{name}" in files for name in re.findall(r'url\("?([^")]+)', sheet))
    assert "/en/telling-a-friend/" not in pages["en/resting/index.html"]
    assert "../telling-a-friend/index.html" in pages["en/resting/index.html"]


def test_whatever_was_made_of_a_text_is_there_under_its_name(write, house, session, settings, tmp_path: Path):
    write(tmp_path / "library")
    files = contents(tmp_path / "library")
    live = queries.live_edition(session, house[0].id)
    build = queries.finished_build(session, live)
    store, code = Store(settings.data), "en/telling-a-friend"
    kept = {one.kind: store.get(one.sha256) for one in build.artifacts}
    assert files[f"{code}/guide.pdf"] == kept["pdf"]
    assert files[f"{code}/cards/wide.png"] == kept["card_wide"]
    assert files[f"n/en/{house[0].opaque_id}/notes-1.pdf"] == kept["plain_pdf"]
    quiet = files[f"n/en/{house[0].opaque_id}/index.html"].decode()
    assert "Telling a friend" not in quiet
    assert settings.site_name not in quiet


@pytest.mark.usefixtures("house")
def test_without_a_public_address_there_is_none_and_with_one_it_is_named(write, settings, tmp_path: Path):
    write(tmp_path / "plain")
    write(tmp_path / "named", replace(settings, base_url="https://guides.example"))
    plain, named = contents(tmp_path / "plain"), contents(tmp_path / "named")
    assert "en/feed.xml" not in plain
    assert b"atom+xml" not in plain["en/index.html"]
    assert b'href="https://guides.example/"' in named["en/copy.html"]
    assert b"https://guides.example/en/resting/" in named["en/feed.xml"]


@pytest.mark.usefixtures("house")
def test_two_exports_are_the_same_to_the_byte_on_another_day_and_in_another_time_zone(settings, tmp_path: Path):
    made = []
    for name, zone in (("one", "Pacific/Auckland"), ("two", "America/Los_Angeles")):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")}
        environment |= {"TZ": zone, "STUDIO_DATA": str(settings.data), "PYTHONHASHSEED": str(len(zone))}
        command = [sys.executable, "-m", "studio", "export", str(tmp_path / name), "--json"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["texts"] == 3
        made.append(contents(tmp_path / name))
    assert made[0] == made[1]
    assert len(made[0]) > 60
    assert all(path.stat().st_mode & 0o044 for path in (tmp_path / "one").rglob("*"))


@pytest.mark.usefixtures("house")
def test_a_strangers_minisign_and_sha256sum_verify_all_of_it(write, tmp_path: Path):
    folder = tmp_path / "library"
    write(folder)

    def says(*command: str) -> tuple[int, str]:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    signed, words = says("minisign", "-Vm", "SHA256SUMS", "-p", "key.pub")
    assert (signed, "as of 20" in words) == (0, True), words
    assert says("sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS") == (0, "")
    listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines() if not line.startswith("#")}
    own = {"SHA256SUMS", "SHA256SUMS.minisig", ".studio-export/made-from"}
    assert listed | own == set(contents(folder))
    (folder / "en" / "resting" / "index.html").write_bytes(b"something else")
    assert says("sha256sum", "-c", "--quiet", "SHA256SUMS")[0] == 1


def test_only_what_has_changed_is_written_and_the_result_is_that_of_a_fresh_export(
    write, house, session, settings, people, tmp_path: Path
):
    folder = tmp_path / "library"
    first = write(folder)
    again = write(folder)
    assert (first.fresh, again.fresh, again.written, again.removed) == (3, 0, 0, 0)
    before = {path: path.stat().st_ino for path in folder.rglob("*") if path.is_file()}
    rewrite(session, people, house[0], f"{BODY}\n\nLemonade helps, too.\n")
    while worker(settings, made_by=quickly).run_due():
        pass
    third = write(folder)
    assert third.fresh == 1
    untouched = [path for path, inode in before.items() if path.is_file() and path.stat().st_ino == inode]
    assert folder / "en" / "resting" / "guide.pdf" in untouched
    assert folder / "ar" / "index.html" in untouched
    assert folder / "search" / "ar" / "0" / "texts.js" in untouched
    assert folder / "en" / "telling-a-friend" / "index.html" not in untouched
    assert not (folder / "n" / "en" / house[0].opaque_id / "notes-1.pdf").exists()
    write(tmp_path / "fresh")
    assert contents(folder) == contents(tmp_path / "fresh")
    assert any(b"lemonad" in content for path, content in contents(folder).items() if path.startswith("search/en/0/"))


def test_what_was_taken_down_is_in_no_file_after_the_next_export(
    write, house, session, settings, member, tmp_path: Path
):
    folder = tmp_path / "library"
    write(folder)
    words = [word.encode() for word in CANARY.split() if len(word) > 4]
    assert all(any(word in content for content in contents(folder).values()) for word in words)
    take_down(session, member, house[1])
    while worker(settings, made_by=quickly).run_due():
        pass
    write(folder)
    files = contents(folder)
    assert not [path for path, content in files.items() for word in (*words, b"zirconium") if word in content]
    assert not [path for path in files if "resting" in path or house[1].opaque_id in path]
    assert not [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]
    write(tmp_path / "fresh")
    assert files == contents(tmp_path / "fresh")


def test_the_last_text_taken_down_leaves_a_folder_without_any(write, house, session, member, tmp_path: Path):
    write(tmp_path / "library")
    for text in house:
        take_down(session, member, text)
    assert write(tmp_path / "library").texts == 0
    assert not [path for path in contents(tmp_path / "library") if path.startswith(("en/", "ar/", "n/"))]


@pytest.mark.usefixtures("house")
def test_a_folder_with_something_else_in_it_is_left_alone(write, tmp_path: Path):
    folder = tmp_path / "holiday"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"sea")
    with pytest.raises(Conflict, match="something else"):
        write(folder)
    with pytest.raises(Conflict, match="is a file"):
        write(folder / "photo.jpg")
    assert contents(folder) == {"photo.jpg": b"sea"}


LIMITED = """
import resource, signal, sys
from studio import cli
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(cli.main(["export", sys.argv[2]]))
"""


@pytest.mark.usefixtures("house")
def test_no_room_is_one_sentence_and_the_next_run_mends_what_was_begun(write, settings, tmp_path: Path):
    folder = tmp_path / "library"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")}
    environment["STUDIO_DATA"] = str(settings.data)
    # No file may be longer than this, so that the first PDF finds no room; what was written before it stays whole.
    command = [sys.executable, "-c", LIMITED, "12000", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no room left for the library" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not [path for path in contents(folder) if path.endswith(".half")]
    begun = contents(folder)
    assert ".studio-export/unfinished" in begun
    write(folder)
    write(tmp_path / "fresh")
    assert contents(folder) == contents(tmp_path / "fresh")


@pytest.mark.usefixtures("house")
def test_a_run_that_was_killed_is_mended_whatever_it_left(write, tmp_path: Path):
    folder = tmp_path / "library"
    write(folder)
    whole = contents(folder)
    (folder / ".studio-export" / "unfinished").write_bytes(b"")
    (folder / "en" / "resting" / "guide.pdf").write_bytes(b"half")
    (folder / "en" / "resting" / ".index.html.half").write_bytes(b"half")
    (folder / "search" / "en" / "0" / "texts.js").unlink()
    (folder / "en" / "stray.html").write_bytes(b"of a text that came and went")
    write(folder)
    assert contents(folder) == whole


@pytest.mark.usefixtures("house")
def test_with_check_every_file_is_looked_at(write, tmp_path: Path):
    folder = tmp_path / "library"
    write(folder)
    whole = contents(folder)
    (folder / "en" / "resting" / "guide.pdf").write_bytes(b"spoiled")
    (folder / "ar" / "index.html").unlink()
    assert write(folder).written == 0
    assert write(folder, believe=False).written == 2
    assert contents(folder) == whole


def test_files_that_are_gone_from_the_house_are_named(write, house, session, settings, tmp_path: Path):
    live = queries.live_edition(session, house[0].id)
    (pdf,) = [one for one in queries.finished_build(session, live).artifacts if one.kind == "pdf"]
    (settings.data / "artifacts" / pdf.sha256[:2] / pdf.sha256).unlink()
    with pytest.raises(NotFound, match="rebuild --missing"):
        write(tmp_path / "library")


def test_texts_that_were_published_before_their_words_were_kept_are_found_all_the_same(
    write, house, session, tmp_path: Path
):
    write(tmp_path / "kept")
    for text in house:
        build = queries.finished_build(session, queries.live_edition(session, text.id))
        for one in [one for one in build.artifacts if one.kind == "words"]:
            session.delete(one)
    session.commit()
    write(tmp_path / "anew")
    assert contents(tmp_path / "kept") == contents(tmp_path / "anew")


@pytest.mark.parametrize("here", ["/", "/en/", "/en/search.html", "/en/rest/", "/en/rest/editions/2/", "/n/en/x3/"])
def test_a_way_is_the_one_that_file_links_know(here: str):
    for address in (
        "/",
        "/en/",
        "/ar/",
        "/en/rest/",
        "/en/rest/#part",
        "/en/rest/guide.pdf",
        "/static/a/b.css",
        "/n/en/x3/",
    ):
        assert ExportLinks(here=here).to(address) == FileLinks(here=here).to(address)


def test_of_a_collection_a_file_stays_while_another_one_goes(tmp_path: Path):
    def sign(_listed: bytes) -> bytes:
        return b"signed"

    first = open_folder(tmp_path / "copy")
    for name in ("index.html", "collection.pdf", "collection.epub"):
        first.put(f"en/collections/calm/{name}", name.encode())
    first.finish(("a copy",), sign)
    second = open_folder(tmp_path / "copy")
    assert second.keep_file("en/collections/calm/collection.pdf")
    second.put("en/collections/calm/index.html", b"without the book")
    second.finish(("a copy",), sign)
    there = {path.name for path in (tmp_path / "copy" / "en" / "collections" / "calm").iterdir()}
    assert there == {"index.html", "collection.pdf"}
    assert (second.files, second.written, second.removed) == (2, 1, 1)
