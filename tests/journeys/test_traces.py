"""What a journey leaves behind: no address, no agent, no question, no passphrase in any file or line of the house."""

from __future__ import annotations

import sqlite3
import urllib.parse
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page
from running import Running, running
from walking import Walkers, begin, hand_in, join, save_version, write

pytestmark = pytest.mark.browser
ADDRESS, AGENT, NAME = "203.0.113.77", "Canaryfox/77.7", "Bluethroat"
QUESTION, TYPED = "xylorimba", "Zanzibarfern"
PASSPHRASE, WRONG = "canary lantern under seven bridges", "wrong words quokkaplume every time"
OTHERWISE = "quagmirefinch"
"""Stands in addresses, in a form that is refused and in a referrer."""


@pytest.fixture(scope="module")
def house(tmp_path_factory, chromium):
    """Give a real house in which somebody came in, wrote, searched, and met every refusal."""
    with running(tmp_path_factory.mktemp("traces") / "data", STUDIO_TRUSTED_PROXIES="1") as made:
        headers = {
            "X-Forwarded-For": ADDRESS,
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Host": f"127.0.0.1:{made.port}",
        }
        page = Walkers(made, chromium).somebody(user_agent=AGENT, extra_http_headers=headers)
        member(made, page)
        reader(page)
        refusals(made, headers)
        breakage(made, page)
        yield made


def member(house: Running, page: Page) -> None:
    link = house.log.partition("/studio/join/")[2][:32]
    join(page, f"/studio/join/{link}", NAME, PASSPHRASE)
    text = begin(page, f"About {TYPED}", "en", ("One.", "Two.", "Three.", "Four."))
    write(page, text, f"More of {TYPED}.")
    save_version(page, text)
    hand_in(page, text, "A summary.")
    page.goto(f"/studio/texts/?q={QUESTION}")
    page.goto("/studio/me/passphrase")
    page.fill('[name="before"]', WRONG)
    page.click('main form[method="post"] button')
    page.goto("/studio/sign-in/code")


def reader(page: Page) -> None:
    page.goto("/en/")
    page.fill("#words", QUESTION)
    page.click("form[role=search] button")
    page.goto(f"/en/search?q={QUESTION}")
    page.goto(f"/en/{OTHERWISE}/")
    page.goto(f"/check/{OTHERWISE}")


def refusals(house: Running, headers: dict[str, str]) -> None:
    """Ask for what is refused, broken or too much; the server has most to say then."""
    sent = {
        **headers,
        "User-Agent": AGENT,
        "Referer": f"http://{OTHERWISE}.example/",
        "Origin": f"http://{OTHERWISE}.example",
    }
    form = urllib.parse.urlencode({"title": TYPED, "q": QUESTION, "passphrase": WRONG}).encode()
    typed = {**sent, "Content-Type": "application/x-www-form-urlencoded"}
    for path in ("/studio/new", "/studio/sign-in", "/en/search", f"/studio/join/{OTHERWISE}", f"/{OTHERWISE}"):
        house.ask(f"{path}?{QUESTION}={OTHERWISE}", "POST", form, typed)
        house.ask(f"{path}?{QUESTION}={OTHERWISE}", headers=sent)
    house.ask("/studio/new", "POST", b"title=" + OTHERWISE.encode() * 200_000, typed)
    house.ask(f"/en/search?q=%ff%00{OTHERWISE}", headers=sent)


def breakage(house: Running, page: Page) -> None:
    """Let a signed-in member's words meet a mistake of the program."""
    with closing(sqlite3.connect(house.data / "studio.db")) as database:
        database.execute("ALTER TABLE draft RENAME TO away")
        answer = page.goto(f"/studio/texts/?q={QUESTION}")
        database.execute("ALTER TABLE away RENAME TO draft")
    assert answer is not None
    assert answer.status == 500


def holds(path: Path, words: str) -> bool:
    """Whether a file holds words, as they are or in any coding that the house uses."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:  # the house goes on working: an index has taken the place of an older one
        return False
    forms = {words, words.casefold(), urllib.parse.quote(words), words.split("/", maxsplit=1)[0]}
    return any(
        form.encode(coding) in content.lower() or form.encode(coding) in content for form in forms for coding in CODINGS
    )


CODINGS = ("utf-8", "utf-16-le")


def files(house: Running) -> list[Path]:
    return [path for path in [*house.data.rglob("*"), house.said] if path.is_file()]


@pytest.mark.parametrize("words", [ADDRESS, AGENT, QUESTION, PASSPHRASE, WRONG, OTHERWISE])
def test_nothing_of_it_is_in_any_file_or_log_line(house, words):
    found = [path for path in files(house) if holds(path, words)]
    found += [path for path in files(house) if holds(path, words)]  # what has come since is looked at as well
    assert len(files(house)) > 8
    assert found == []


def test_the_terminal_tells_no_name_and_no_text(house):
    assert "Studio is at" in house.log
    assert "a request failed" in house.log
    assert NAME not in house.log
    assert TYPED not in house.log


def test_the_search_would_have_found_it(house):
    """A text and a pen-name are kept where they belong, so the looking itself works."""
    assert any(holds(path, TYPED) for path in files(house))
    assert any(holds(path, NAME) for path in files(house))


def test_a_pen_name_stands_in_the_members_table_alone(house):
    with closing(sqlite3.connect(house.data / "studio.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for table in tables:
            for row in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 - names from the database itself
                if any(NAME.casefold() in told(value).casefold() for value in row):
                    found.setdefault(table, 0)
    assert found == {"member": 0}
    index = [
        path
        for path in files(house)
        if path.suffix not in (".db", ".db-wal", ".db-shm") and "studio.db" not in path.name
    ]
    assert [path for path in index if holds(path, NAME)] == []


def told(value: object) -> str:
    """Return a value of the database as text, unpacked where it is packed."""
    if not isinstance(value, bytes):
        return str(value)
    try:
        return zlib.decompress(value).decode("utf-8", "replace")
    except zlib.error:
        return value.decode("utf-8", "replace")


def test_the_folder_is_for_its_owner_alone(house):
    assert house.data.stat().st_mode & 0o077 in (0, 0o055)  # made by this test; the house makes it 0700
    secret = house.data / "secret.key"
    assert secret.stat().st_mode & 0o077 == 0
