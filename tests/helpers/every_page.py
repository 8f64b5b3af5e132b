"""Every page of the standing house in one language, looked at by axe-core; which templates each was made of."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import jinja2
import pytest
from axe import AXE, Found, as_it_is, calm
from every_answer import said
from playwright.sync_api import Browser, Page
from publishing import FIELDS
from serving_pages import served
from sqlalchemy import select
from standing_house import House, picture
from standing_language import TEXTS, arrange, write
from standing_places import Forms, Places
from who_may import PUBLIC, ROWS, STATES, Row
from writing import form

import studio
from studio.guides import media
from studio.guides import operations as kernel
from studio.guides.consents import operations as giving
from studio.guides.models import Approval, Translation
from studio.guides.rules.consent import Scope
from studio.guides.rules.statuses import Kind, Significance, Standing
from studio.publish import queries
from studio.publish.artifacts import Store
from studio.review.models import Review
from studio.review.queries import hints

ORDER: Final = ("editor", "organiser", "checker", "writer", "nobody")
EVERY_STATE: Final = ("dashboard.text", "publishing.ask_take_down")
"""Pages that say something else in each state of a text, so that one look at their templates is not enough."""
EVERY_ROLE: Final = ("dashboard.desk",)
"""Pages that say something else to each role."""


def templates(root: Path = Path(studio.__file__).parent) -> set[str]:
    """Return the name of every template of a page.

    Those of PDFs are for paper, those of books for reading apps, and those of a library in a folder need no house: they
    have tests of their own.
    """
    every = root.glob("*/templates/**/*.html")
    names = {path.relative_to(next(up for up in path.parents if up.name == "templates")).as_posix() for path in every}
    return {name for name in names if not name.startswith(("pdf/", "epub/", "reader/folder_"))}


@dataclass
class Visit:
    """What was found wrong, the templates of all pages that were looked at, and which tries led to one of them."""

    found: Found = field(default_factory=Found)
    templates: set[str] = field(default_factory=set)
    looks: int = 0
    worth: set[int] = field(default_factory=set)


@dataclass
class Visitor:
    """Asks the house for its pages and shows each kind of page once in a browser."""

    house: House
    code: str
    page: Page
    used: set[str]
    pages: dict[str, str]
    dark: bool
    visit: Visit = field(default_factory=Visit)
    known: set[Any] = field(default_factory=set)
    arranged: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def keep(self) -> None:
        """Remember the house as it is arranged now."""
        self.house.looking.backup(self.arranged)

    def ask(self, role: str, method: str, address: str, data: Any = None, *, about: str = "", **more: Any) -> str:
        """Ask for an address, look at the answer if its like was not seen yet, and put the house back as it was."""
        version = self.house.version()
        html = self.look(role, method, address, data, about=about, **more)
        if self.house.version() != version:
            self.arranged.backup(self.house.looking)
        return html

    def look(self, role: str, method: str, address: str, data: Any = None, *, about: str = "", **more: Any) -> str:
        """Ask for an address and look at the answer if its like was not seen yet; what it changed stays changed."""
        self.used.clear()
        headers = {"Accept-Language": self.code, **more.pop("headers", {})}
        answer = self.house.ask(role, method, address, data, headers=headers, **more)
        made_of = frozenset(self.used)
        if answer.mimetype != "text/html" or not made_of or 300 <= answer.status_code < 400:
            return ""
        like = (made_of, answer.status_code, about)
        if like not in self.known:
            self.known.add(like)
            self.visit.looks += 1
            self.visit.templates |= made_of
            place = f"/looked-at/{self.visit.looks}"
            self.pages[place] = calm(answer.text)
            self.page.goto(place)
            where = f"{self.code}: {method} {address} as {role} ({answer.status_code})"
            self.visit.found += as_it_is(self.page, where, dark=self.dark)
        return str(answer.text)


def every_page(house: House, browser: Browser, code: str, first: Visit | None = None) -> Visit:
    """Look at every page of the house in the language ``code``; leave the house as it was.

    The first language is looked at in both lights. After it nothing is asked for that led to no page of its own then,
    and nothing is looked at in the dark: no language has other colours.
    """
    pages = dict[str, str]()
    with recording() as used, pytest.MonkeyPatch.context() as patch, served(house.app, pages) as base:
        context = browser.new_context(base_url=base, locale=code, viewport={"width": 1280, "height": 900})
        context.add_init_script(path=AXE)
        visitor = Visitor(house, code, context.new_page(), used, pages, dark=first is None)
        try:
            readers = arrange(house, code)
            visitor.keep()
            patch.setattr(Store, "get", lambda _store, _digest: None)  # pages that are kept were made before we looked
            for place in readers:
                visitor.ask("nobody", "GET", place, about=place)
            for at, (role, method, place, data, about) in enumerate(_tries(house)):
                if first is None or at in first.worth:
                    before = visitor.visit.looks
                    visitor.ask(role, method, place, data, about=about)
                    if visitor.visit.looks > before:
                        visitor.visit.worth.add(at)
            _seldom(visitor)
            said(visitor)
        finally:
            context.close()
            house.put_back()
            house.put_files_back()
    return visitor.visit


@contextmanager
def recording() -> Iterator[set[str]]:
    """Give the names of the templates that are used, as they are used."""
    used, real = set[str](), jinja2.Environment.get_template

    def get_template(environment: jinja2.Environment, name: Any, *rest: Any, **more: Any) -> jinja2.Template:
        used.add(str(name))
        return real(environment, name, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "get_template", get_template)
        yield used


def _tries(house: House) -> list[tuple[str, str, str, dict[str, Any], str]]:
    """Return who asks for what, for each line of the table of who may do what, as it should be and amiss."""
    tries = []
    with house.sessions() as session:
        places, forms, addresses = Places(house, session), Forms(house, session), house.app.url_map.bind("localhost")
        for row in ROWS:
            roles = [role for role in ORDER if role in row.may]
            for role in roles if row.endpoint in EVERY_ROLE else roles[:1]:
                for state in _states(row):
                    about = f"{row.endpoint} {state}" if row.endpoint in EVERY_STATE else ""
                    about = f"{about} {role}" if row.endpoint in EVERY_ROLE else about
                    for whose in ("other", "own", "none"):
                        values = places.values(row, role, whose, state)
                        if values is not None:
                            data = forms.data(row.form, places.text(role, whose, state))
                            place = addresses.build(row.endpoint, values, row.method)
                            tries.append((role, row.method, place, data, about))
        for public in PUBLIC:
            if public.endpoint.startswith(("members.", "asking.", "answering.", "review.")):
                values = places.public(public, "Wren", "live")
                place = addresses.build(public.endpoint, values, public.method)
                tries.append(("nobody", public.method, place, forms.data(public.form, None), public.endpoint))
    return tries


def _states(row: Row) -> tuple[str, ...]:
    if row.thing in ("check", "wish", "guest"):
        return ("wished",) if row.thing == "wish" else ("in_review",)
    if row.thing not in ("text", "version"):
        return ("draft",)
    if row.endpoint in EVERY_STATE:
        return STATES
    return (row.fits[0], *[state for state in STATES if state not in row.fits][:1])


def _being_made(visitor: Visitor) -> None:
    """Look at how far an edition is: while its files are made, and when it is out."""
    house = visitor.house
    out = house.texts["Wren", "live"]
    for standing in (Standing.BUILDING, Standing.LIVE):
        with house.sessions() as session:
            guide_id = session.get_one(Translation, out).guide_id
            newest = queries.newest_edition(session, out)
            assert newest is not None
            newest.standing = standing
            session.commit()
        visitor.ask("editor", "GET", f"/studio/guides/{guide_id}/en/publish/progress", about=str(standing))


def _told(visitor: Visitor) -> None:
    """Look at the code that takes a story back without an account, and at the page that it is used on."""
    house = visitor.house
    teller, fields = house.actors["writer"].id, replace(FIELDS, title="A story")
    with house.sessions() as session:
        text = kernel.start_guide(
            session, teller, fields=fields, language="en", body="Then.", kind=Kind.STORY, now=house.now
        )
        giving.give(session, text.guide, teller, [Scope.FILES], house.now)
        place = f"/studio/guides/{text.guide_id}/en/"
        session.commit()
    visitor.ask("writer", "GET", place, about="one's own story")
    visitor.ask("writer", "POST", f"{place}story-code")
    visitor.ask("nobody", "GET", "/withdraw")


def _seldom(visitor: Visitor) -> None:
    """Look at what one comes to by accident: two who write at once, links that lead nowhere, a refusal's page."""
    house, app = visitor.house, visitor.house.app
    with house.sessions() as session:
        text = session.get_one(Translation, house.texts["writer", "draft"])
        place = f"/studio/guides/{text.guide_id}/en/"
        waiting = house.texts["Wren", "in_review"]
        review = session.scalars(select(Review.id).where(Review.translation_id == waiting)).one()
        ready = session.get_one(Translation, house.texts["Wren", "approved"])
        look = f"/studio/guides/{ready.guide_id}/en/publish"
        approval = session.get_one(Approval, ready.id)
        approval.label, approval.spelling_changes = "override", [["freind", "friend"]]
        session.commit()
    visitor.ask("editor", "GET", look, about="label and spelling")
    _being_made(visitor)
    _told(visitor)
    for address in ("/studio/join/none", "/studio/return/none"):
        visitor.ask("nobody", "GET", address, about=address)
    visitor.ask("nobody", "GET", "/studio/", headers={"Sec-Fetch-Site": "cross-site"})
    for address in ("/studio/texts/?q=text", "/studio/checks/?minutes=10", f"{place}compare?from=1"):
        visitor.ask("writer", "GET", address, about=address)
    foreign = "# Sleep\n\n{!{ <b>box</b> }!}\n\n<div>Rest.</div>\n"
    visitor.ask("writer", "POST", f"{place}begin", {"door": "paste", "pasted": foreign})
    hinted = _hinted(house, visitor.code)
    for address in (f"{hinted}hints", f"{hinted}hand-in", hinted):
        visitor.ask("Wren", "GET", address, about=f"hints {address}")
    for act in ("keep", "mend"):
        visitor.ask("Wren", "POST", f"{hinted}hints", {"act": act, "hint": _first(house, hinted, act)}, about=act)
    old, other = (form(SimpleNamespace(text=visitor.ask("writer", "GET", f"{place}write"))) for _ in range(2))
    visitor.ask("writer", "POST", f"{place}write", {**old, "title": ""}, about="no title")
    visitor.ask("writer", "POST", f"{place}write", {**old, "base_seq": "999", "body": "Mine alone."})
    body = str(old["body"])
    visitor.look("writer", "POST", f"{place}write", {**old, "body": body.replace("Breathe", "Breathe out")})
    visitor.ask("writer", "POST", f"{place}write", {**other, "body": body.replace("Breathe", "Breathe in")})
    visitor.look("writer", "POST", f"{place}write", {**old, "body": body.replace("Breathe", "Breathe out")})
    visitor.look("writer", "POST", f"{place}write/version", _version(house))
    visitor.ask("writer", "GET", f"{place}history", about="two versions")
    check = f"/studio/checks/{review}/peer"
    visitor.look("writer", "POST", f"{check}/take", {})
    visitor.ask("writer", "GET", check, about="taken")
    wording = f"/studio/checks/{review}/copy"
    visitor.look("editor", "POST", f"{wording}/take", {})
    asked = visitor.ask("editor", "GET", wording, about="wording")
    yes = dict.fromkeys(re.findall(r'name="(answer-[\w-]+)"', asked), "yes")
    visitor.look("editor", "POST", wording, {**form(SimpleNamespace(text=asked)), **yes, "act": "agree"})
    _change(house, waiting)
    visitor.ask("writer", "GET", check, about="changed")
    visitor.ask("editor", "GET", wording, about="a second look")
    visitor.look("editor", "POST", f"{check}/ask", {"member": house.actors["Finch"].id})
    visitor.ask("editor", "GET", f"/studio/guides/{_guide(house, waiting)}/en/", about="asked")
    visitor.look("checker", "POST", "/studio/checks/pause", {"rest": "2"})
    visitor.ask("checker", "GET", "/studio/checks/", about="resting")
    trouble = app.extensions.pop("reader_trouble")
    visitor.ask("nobody", "GET", "/none", about="before readers have pages")
    app.extensions["reader_trouble"] = trouble


def _guide(house: House, text_id: str) -> str:
    with house.sessions() as session:
        return session.get_one(Translation, text_id).guide_id


def _change(house: House, text_id: str) -> None:
    """Save another version of a text in which a number, an unseen sign and a picture are new."""
    with house.sessions() as session:
        text = session.get_one(Translation, text_id)
        sha = media.add_image(session, text, picture((9, 9, 90)), house.now).sha
        write(house, session, text, f"\n\nWait 5 days\u200b.\n\n![A blue field](media:{sha})\n")
        who = house.actors["Wren"].id
        kernel.save_version(session, who, text, significance=Significance.CONTENT, note="", now=house.now)
        session.commit()


def _hinted(house: House, code: str) -> str:
    """Begin a text of which machines notice something that stops, something to mend, and something that may stay."""
    title, body, heading, _ = TEXTS[code]
    whole = f"![](leaf.png)\n\n# {heading}\n\n### {heading} 2\n\n{body} robin@example.org\n\n@robin_writes\n"
    with house.sessions() as session:
        writer = house.actors["Wren"].id
        fields = replace(FIELDS, title=f"{title} 9", summary=body)
        more = {"fields": fields, "language": code, "body": whole, "topics": ["telling"], "now": house.now}
        made = kernel.start_guide(session, writer, **more)
        session.commit()
        return f"/studio/guides/{made.guide_id}/{code}/"


def _first(house: House, place: str, act: str) -> str:
    """Return the key of the first hint that can be kept, or mended."""
    guide, code = place.split("/")[3:5]
    with house.sessions() as session:
        text = session.scalars(
            select(Translation).where(Translation.guide_id == guide, Translation.language == code)
        ).one()
        found = hints.of_draft(session, house.actors["Wren"], text).open
        return next(one.key for one in found if (one.fix if act == "mend" else not one.stops))


def _version(house: House) -> dict[str, Any]:
    with house.sessions() as session:
        text = session.get_one(Translation, house.texts["writer", "draft"])
        return Forms(house, session).data("version", text)
