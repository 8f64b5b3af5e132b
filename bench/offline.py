"""Half an hour without a line, by the clock: ``python -m bench.offline --minutes 31``; kept in bench/out/offline.txt.

Three real browsers have one Arabic text open in a real house. One on a phone of its own and one that is not are off
line for so many minutes and go on typing, each takes a paragraph out, and the third writes meanwhile, also within
those paragraphs. Then the lines are back, and who is asked to signs in again. Every word must be there exactly once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy.orm import Session

from bench.live_servers import House, house, writer
from studio.core.clock import now as moment
from studio.core.doctor import browser as chromium
from studio.guides import operations
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.members import hashing
from studio.members.rules.visits import IDLE
from studio.storage.engine import begin_write

OUT = Path(__file__).parent / "out" / "offline.txt"
PASSPHRASE = "seven lamps beside the river"  # noqa: S105 - of members who are made for one run
TITLE = "راحة"
PARAGRAPHS = (
    "نبدأ هنا بهدوء.",
    "اجلس قرب نافذة مفتوحة.",
    "هذه الفقرة يحذفها الهاتف.",
    "وتلك السطور يزيلها الحاسوب.",
    "ثم نختم معًا.",
)
PAUSE = 20.0
"""Seconds between two words of one person."""
SOON = 60_000
TEXT = "[data-editor] .cm-content"
STATE = "[data-live-state]"


@dataclass
class Person:
    """Somebody with a browser: what they typed, what they took out, and what their page said when."""

    name: str
    root: str
    page: Page
    began: float
    words: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    said: list[tuple[float, str]] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What the page said, one after another, but for the moments in which it was saving."""
        states = [state for _, state in self.said if state != "saving"]
        return [state for state, before in zip(states, ["", *states], strict=False) if state != before]

    def look(self) -> str:
        """Note what the page says now, if it is something else than before."""
        state = self.page.locator(STATE).get_attribute("data-is") or ""
        if not self.said or self.said[-1][1] != state:
            self.said.append((time.monotonic() - self.began, state))
        return state

    def sentence(self) -> str:
        """Return what the page says in words."""
        return self.page.locator(STATE).inner_text()

    def word(self) -> str:
        """Return a word that nobody else writes."""
        self.words.append(self.root + f"{len(self.words):03}".translate({48 + n: 0x660 + n for n in range(10)}))
        return self.words[-1]

    def write(self) -> None:
        """Type one word, at the beginning and at the end in turn, as others do."""
        first = len(self.words) % 2 == 0
        self.page.locator(TEXT).focus()
        self.page.keyboard.press("Control+Home" if first else "Control+End")
        self.page.keyboard.type(f"{self.word()} " if first else f" {self.word()}")

    def write_within(self, paragraph: str) -> None:
        """Type one word in the middle of a paragraph."""
        self.page.locator(TEXT).evaluate(CHOOSE, [paragraph, paragraph.index(" ") + 1, paragraph.index(" ") + 1])
        self.page.wait_for_timeout(200)
        self.page.keyboard.type(f"{self.word()} ")

    def take_out(self, paragraph: str) -> None:
        """Delete a paragraph."""
        self.page.locator(TEXT).evaluate(CHOOSE, [paragraph, 0, len(paragraph)])
        self.page.wait_for_timeout(200)
        self.page.keyboard.press("Delete")
        self.gone += paragraph.split()

    def until(self, state: str, ms: int = SOON) -> None:
        """Wait until the page says something, and note all that it says on the way."""
        until = time.monotonic() + ms / 1000
        while self.look() != state:
            assert time.monotonic() < until, f"{self.name} is not told {state!r}, but {self.sentence()!r}"
            self.page.wait_for_timeout(50)


CHOOSE = """(root, [words, from, to]) => {
  root.focus();
  const line = [...root.querySelectorAll(".cm-line")].find(one => one.textContent === words);
  const node = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(node, from, node, to);
}"""


@dataclass
class Story:
    """One run in a house that is there."""

    house: House
    browser: Browser
    minutes: float
    tell: Callable[[str], None]

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.house.port}"

    def run(self) -> bool:
        """Tell what came of it; return whether all of it was as it should be."""
        text_id, address = self._text()
        began = time.monotonic()
        phone, computer, third = people = [
            self._come(name, root, own_phone=own, address=address, began=began)
            for name, root, own in (("Wren", "سكون", True), ("Juniper", "نهر", False), ("Heron", "رفيق", False))
        ]
        for one in people:
            one.write()
        for one in people:
            one.until("saved")
        for one in (phone, computer):
            one.page.context.set_offline(True)
            one.until("offline")
        off = time.monotonic()
        self.tell(f"off line at {_clock()}; their pages say: {phone.sentence()!r}")
        phone.take_out(PARAGRAPHS[2])
        computer.take_out(PARAGRAPHS[3])
        third.write_within(PARAGRAPHS[2])
        third.write_within(PARAGRAPHS[3])
        self._write(people, until=off + self.minutes * 60)
        wrote = ", ".join(f"{one.name} {len(one.words)} words, {sum(map(len, one.words))} letters" for one in people)
        self.tell(f"back at {_clock()}, after {(time.monotonic() - off) / 60:.1f} minutes; written: {wrote}")
        self._back(phone, computer)
        return self._judged(text_id, people) and self._form_saves(computer)

    def _text(self) -> tuple[str, str]:
        hashed = hashing.hashed(PASSPHRASE)
        with self.house.sessions() as session:
            begin_write(session)
            for name in ("Wren", "Juniper", "Heron"):
                writer(session, name, hashed)
            text = _started(session)
            session.commit()
            return text.id, f"{self.address}/studio/guides/{text.guide_id}/ar/write"

    def _come(self, name: str, root: str, *, own_phone: bool, address: str, began: float) -> Person:
        page = self.browser.new_context(locale="en", viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{self.address}/studio/sign-in")
        sign_in(page, name, own_phone=own_phone)
        page.goto(address)
        one = Person(name, root, page, began)
        one.until("saved")
        one.said.clear()
        if page.locator("[data-agree]").is_visible():
            page.click("[data-agree]")
        return one

    @staticmethod
    def _write(people: list[Person], until: float) -> None:
        while time.monotonic() < until:
            for one in people:
                one.write()
            pause = min(until, time.monotonic() + PAUSE)
            while time.monotonic() < pause:
                for one in people:
                    one.look()
                people[0].page.wait_for_timeout(250)

    def _back(self, phone: Person, computer: Person) -> None:
        for one in (phone, computer):
            one.page.context.set_offline(False)
        phone.until("saved")
        if self.minutes * 60 < IDLE.total_seconds():
            computer.until("saved")
            return
        computer.until("sign_in")
        self.tell(f"{computer.name} is told: {computer.sentence()!r}")
        with computer.page.expect_popup() as opened:
            computer.page.locator("[data-sign-in] a").click()
        sign_in(opened.value, computer.name, own_phone=False)
        opened.value.close()
        computer.page.bring_to_front()
        computer.until("saved")

    def _form_saves(self, one: Person) -> bool:
        """Whether the fields around the text are saved as well, in the visit that is new."""
        one.page.fill("#title", f"{TITLE} ٢")
        one.until("saving")
        one.until("saved")
        self.tell(f"{one.name}'s new title is saved")
        return True

    def _judged(self, text_id: str, people: list[Person]) -> bool:
        expected = Counter(" ".join(PARAGRAPHS).split())
        for one in people:
            expected += Counter(one.words)
            expected -= Counter(one.gone)
        until = time.monotonic() + SOON / 1000
        while (pages := {_shown(one.page) for one in people}) != {self.house.text(text_id)}:
            assert time.monotonic() < until, f"the texts differ: {pages}"
            people[0].page.wait_for_timeout(250)
        found = Counter(self.house.text(text_id).split())
        self.tell(f"in the house: {found.total()} words, expected {expected.total()}")
        self.tell(f"missing: {dict(expected - found) or 'none'}; too many: {dict(found - expected) or 'none'}")
        for one in people:
            told = ", ".join(f"{state} ({at / 60:.1f} min)" for at, state in one.said if state != "saving")
            self.tell(f"{one.name} was told: {told if one.told != ['saved'] else 'saved, all the time'}")
        asked = ["sign_in"] if self.minutes * 60 >= IDLE.total_seconds() else []
        wanted = [["saved", "offline", "saved"], ["saved", "offline", *asked, "saved"], ["saved"]]
        return [one.told for one in people] == wanted and found == expected


def _started(session: Session) -> Translation:
    fields, body = TextFields(title=TITLE), "\n\n".join(PARAGRAPHS)
    return operations.start_guide(session, None, fields=fields, language="ar", body=body, now=moment())


def _shown(page: Page) -> str:
    lines: list[str] = page.locator(TEXT).evaluate(
        """root => [...root.querySelectorAll(".cm-line")].map(line => {
          const copy = line.cloneNode(true);
          for (const caret of copy.querySelectorAll(".lv-caret")) caret.remove();
          return copy.textContent;
        })"""
    )
    return "\n".join(lines)


def sign_in(page: Page, name: str, *, own_phone: bool) -> None:
    """Sign in by the form and wait until the house has let them in."""
    page.wait_for_load_state()
    page.fill("#pen_name", name)
    page.fill("#passphrase", PASSPHRASE)
    page.check(f'input[name="own_phone"][value="{"yes" if own_phone else "no"}"]')
    with page.expect_navigation():
        page.click('form[action="/studio/sign-in"] button')
    assert "/sign-in" not in page.url, name


def _clock() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Give a Chromium of this machine."""
    path = chromium()
    assert path, "There is no Chromium; tools/system.py names the command that brings it."
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def main() -> int:
    """Run it once; 1 where something was not as it should be."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=31)
    minutes = arguments.parse_args().minutes
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("w", encoding="utf-8") as out:

        def tell(line: str) -> None:
            print(line, flush=True)
            print(line, file=out, flush=True)

        with tempfile.TemporaryDirectory() as folder, house(Path(folder) / "house") as server, a_browser() as browser:
            right = Story(server, browser, minutes, tell).run()
        tell("all as it should be" if right else "NOT AS IT SHOULD BE")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
