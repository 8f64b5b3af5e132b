"""A house with a text of everybody at every state, that is put back as it was after each act that changed it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from publishing import BODY, FIELDS, approve, small
from publishing import derive as really
from saying import kept
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from who_may import STATES

from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.dashboard.notes import operations as notes
from studio.guides import media
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import TeamMember, Translation
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.guides.rules.transitions import Act
from studio.guides.threads import suggesting, talk
from studio.jobs.run import Runner
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.members.models import LanguageRead, Member, MemberRole, Training
from studio.members.operations import joining, people, visits
from studio.members.rules import names
from studio.publish import indexing, scheduling, withdrawal
from studio.publish import operations as publishing
from studio.publish.artifacts import FOLDER
from studio.publish.collected import operations as collections
from studio.publish.collected.tasks import Binder
from studio.publish.document import Document
from studio.publish.forms import kinds_for
from studio.publish.renderer import Derived
from studio.publish.rules.takedown import Reason
from studio.publish.tasks import Publisher
from studio.review.models import Review
from studio.review.operations import decisions, guests, hand_in
from studio.review.queries import rounds
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.answers import CHANGE, YES
from studio.review.rules.standing import Verdict
from studio.storage.engine import make_engine, make_sessions
from studio.web import assets
from studio.web.protect import FIELD

ORIGIN = "http://localhost"
FORM, WORDS = "n" * 20, "Somebody asks for names."
NOTE = notes._id_of(FORM, WORDS, named=False)
"""The id of a note to the organisers."""
ANSWER = "a" * 20
"""The id of what a reader said about a text."""
SECRET = "Quietfern"
"""A word of every text that is for its team alone; nobody else's page may hold it."""
ROLES: dict[str, tuple[Role, ...]] = {
    "writer": (),
    "checker": (Role.REVIEWER,),
    "editor": (Role.EDITOR,),
    "organiser": (Role.STEWARD,),
    "suspended": (Role.STEWARD, Role.EDITOR),
    "Wren": (),
    "Finch": (),
}


@dataclass
class Asker:
    """Somebody's browser: the cookies and the form token that it holds."""

    cookies: str = ""
    token: str = ""


@dataclass
class House:
    """The app, its database as it was at the beginning, and who asks."""

    app: Flask
    settings: Settings
    now: datetime
    sessions: Callable[[], Session]
    actors: dict[str, Actor] = field(default_factory=dict)
    askers: dict[str, Asker] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """The id of the text of an owner at a state."""
    links: dict[str, str] = field(default_factory=dict)
    collection: str = ""
    """The id of the collection that readers have."""
    pristine: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))
    looking: sqlite3.Connection = field(init=False)
    _digested: tuple[int, str] = (-1, "")

    def __post_init__(self) -> None:
        self.looking = sqlite3.connect(self.settings.data / "studio.db", isolation_level=None)
        self.looking.execute("PRAGMA synchronous=OFF")

    def keep(self) -> None:
        """Remember the database and its files as they are."""
        self.looking.backup(self.pristine)
        shutil.copytree(self._files, self._kept_files, copy_function=os.link)

    def put_back(self) -> None:
        """Make the database as it was remembered; whoever had files made or removed puts these back, too."""
        self.pristine.backup(self.looking)
        self._digested = (-1, "")  # what one changes oneself is no new version

    def put_files_back(self) -> None:
        """Make the files as they were remembered."""
        shutil.rmtree(self._files)
        shutil.copytree(self._kept_files, self._files, copy_function=os.link)

    @property
    def _files(self) -> Path:
        return self.settings.data / FOLDER

    @property
    def _kept_files(self) -> Path:
        return self.settings.data / "kept-files"

    def version(self) -> int:
        """Return a number that is another one after anybody's commit."""
        found: int = self.looking.execute("PRAGMA data_version").fetchone()[0]
        return found

    def digest(self) -> str:
        """Return the hash of everything that the database holds: worked out anew after anybody's commit alone."""
        version = self.version()
        if self._digested[0] != version:
            self._digested = version, hashlib.sha256("\n".join(self.looking.iterdump()).encode()).hexdigest()
        return self._digested[1]

    def ask(self, role: str, method: str, address: str, data: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """Ask for an address as the browser of ``role`` would; ``token=False`` and ``headers`` spoil it."""
        self.app.extensions.pop("limiter", None)  # nobody's tries are counted here
        asker = self.askers[role]
        sent = dict(data or {})
        if method == "POST" and more.pop("token", True):
            sent[FIELD] = asker.token
        headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html", "Cookie": asker.cookies}
        headers |= {"Origin": ORIGIN} if method == "POST" else {}
        headers |= more.pop("headers", {})
        client = FlaskClient(self.app, TestResponse, use_cookies=False)
        kept = {name: value for name, value in headers.items() if value is not None}
        return client.open(address, method=method, data=sent or None, headers=kept, **more)

    def close(self) -> None:
        """Let go of the database."""
        self.looking.close()
        self.pristine.close()


def furnish(house: House) -> None:
    """Let everybody in, begin every text, and remember all that."""
    indexing.readers_index(house.settings.data).rebuild([])
    with house.sessions() as session:
        for name, roles in ROLES.items():
            house.actors[name] = _member(session, name, roles, house.now - timedelta(days=60))
        session.commit()
        for owner in ("Wren", "hidden", "writer", "checker", "editor", "organiser"):
            for state in STATES:
                house.texts[owner, state] = _text(house, session, owner, state).id
        session.commit()
        house.collection = collect(
            house,
            session,
            "For calm evenings",
            "en",
            [house.texts[owner, "live"] for owner in ("Wren", "writer", "checker")],
        )
        _knock(house, session)
        session.add(kept(session, ANSWER, house.texts["Wren", "live"], house.now.date()))
        session.commit()
    for role, asker in house.askers.items():
        _tokens(house, role, asker)
    house.keep()


def _member(session: Session, name: str, roles: tuple[Role, ...], since: datetime) -> Actor:
    row = Member(
        id=new_id(),
        pen_name=name,
        name_folded=names.folded(name),
        name_look=names.look(name),
        passphrase_hash="$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        pattern=new_id(),
        language="en",
        joined=since,
    )
    session.add(row)
    session.flush()
    session.add_all(MemberRole(member_id=row.id, role=role, since=since) for role in {Role.WRITER, *roles})
    session.add_all(Training(member_id=row.id, name=each) for each in ("copy", "safety") if Role.REVIEWER in roles)
    session.add(LanguageRead(member_id=row.id, language="en"))
    session.flush()
    return members.actor(session, row)


def _text(house: House, session: Session, owner: str, state: str) -> Translation:
    hidden = owner == "hidden"
    writer = house.actors["Wren" if hidden else owner]
    title = f"{SECRET} {state}" if hidden else f"A text of {owner}, {state}"
    fields = replace(FIELDS, title=title)
    text = kernel.start_guide(
        session, writer.id, fields=fields, language="en", body=BODY, topics=["telling"], now=house.now
    )
    text.guide.team_only = hidden
    _add_image(session, text, writer, house.now)
    kernel.join_team(session, text, house.actors["Finch"].id, house.now)
    _REACH[state](house, session, writer, text)
    _speak(house, session, text)
    session.flush()
    return text


def _speak(house: House, session: Session, text: Translation) -> None:
    """Have Finch comment on the text's first words and suggest others, whatever has become of it."""
    finch, draft = house.actors["Finch"], text.draft
    words = draft.text.split(maxsplit=2)[1]
    talk.open_thread(session, finch, text, "Kinder?", quote=words, now=house.now)
    changed = draft.text.replace(words, f"{words} kindly", 1)
    base = {"base": draft.text, "base_seq": draft.head_seq}
    suggesting.propose(session, finch, text, **base, proposal=changed, note="", now=house.now)


def picture(colour: tuple[int, int, int]) -> bytes:
    """Return a small PNG of one colour."""
    held = BytesIO()
    Image.new("RGB", (40, 30), colour).save(held, "PNG")
    return held.getvalue()


def _add_image(session: Session, text: Translation, writer: Actor, now: datetime) -> None:
    seed = hashlib.sha256(text.id.encode()).digest()
    sha = media.add_image(session, text, picture((seed[0], seed[1], seed[2])), now).sha
    end = len(text.draft.text)
    edit = Edit(end, end, f"\n![A leaf](media:{sha})\n")
    head = text.draft.head_seq
    kind = UpdateKind.FORM
    log.apply(session, text.draft, base_seq=head, edits=[edit], fields={}, author=writer.id, kind=kind, now=now)


def _draft(house: House, session: Session, writer: Actor, text: Translation) -> None:
    kernel.save_version(session, writer.id, text, significance=Significance.CONTENT, note="", now=house.now)


def _in_review(house: House, session: Session, writer: Actor, text: Translation) -> None:
    review = hand_in.hand_in(session, writer, text, house.now - timedelta(days=20))  # so long that organisers are told
    kernel.join_team(session, text, house.actors["organiser"].id, house.now)
    made = {"days": 7, "vouched": True}
    _, house.links[f"reading {text.id}"] = guests.make(
        session, house.actors["organiser"], review.id, "peer", house.now, **made
    )
    if text.guide.team_only:
        session.delete(session.get_one(TeamMember, (text.id, house.actors["organiser"].id)))


def _wished(house: House, session: Session, writer: Actor, text: Translation) -> None:
    review = hand_in.hand_in(session, writer, text, house.now)
    word = said(session, review, text, Verdict.REQUEST_CHANGES, house.now)
    decisions.decide(session, house.actors["Finch"], review.id, "peer", word, house.now)


def _approved(_house: House, session: Session, writer: Actor, text: Translation) -> None:
    approve(session, writer, text)


def _scheduled(house: House, session: Session, writer: Actor, text: Translation) -> None:
    approve(session, writer, text)
    digest, at = publishing.agreed(session, text)[0].content_hash, house.now + timedelta(days=1)
    scheduling.schedule(session, house.actors["editor"], text, content_hash=digest, at=at, now=house.now)


def _live(house: House, session: Session, writer: Actor, text: Translation) -> None:
    approve(session, writer, text)
    publish_now(house, session, text)


def publish_now(house: House, session: Session, text: Translation) -> None:
    """Publish what is approved, and make it."""
    digest, editor = publishing.agreed(session, text)[0].content_hash, house.actors["editor"]
    publishing.publish(session, editor, text, content_hash=digest, confirmed=(), now=house.now)
    session.commit()
    while _worker(house).run_due():
        pass
    session.expire_all()


def collect(house: House, session: Session, title: str, code: str, texts: list[str]) -> str:
    """Put texts together to a collection that readers have, make it, and return its id."""
    editor = house.actors["editor"]
    made = collections.begin(session, editor, new_id(), code, title, house.now)
    for text in texts:
        collections.put_in(session, editor, made, session.get_one(Translation, text), house.now)
    collections.describe(session, editor, made, title, f"{title} …", house.now)
    collections.publish(session, editor, made, house.now)
    session.commit()
    while _worker(house).run_due():
        pass
    session.expire_all()
    return made.id


def _down(house: House, session: Session, writer: Actor, text: Translation) -> None:
    _live(house, session, writer, text)
    finch = replace(house.actors["Finch"], roles=frozenset({Role.REVIEWER}), founding=True)
    for _ in withdrawal.take_down(session, finch, text, reason=Reason.FACT, instead="", now=house.now):
        # One open takedown each: this one counts as everybody's.
        taken = session.scalars(select(withdrawal.Takedown).where(withdrawal.Takedown.by == finch.id)).one()
        taken.by = house.actors["Wren"].id
    session.commit()


def _archived(house: House, session: Session, writer: Actor, text: Translation) -> None:
    _draft(house, session, writer, text)
    kernel.move(session, text, Act.ARCHIVE, house.actors["editor"].id, house.now)


_REACH: dict[str, Callable[[House, Session, Actor, Translation], None]] = {
    "draft": _draft,
    "in_review": _in_review,
    "wished": _wished,
    "approved": _approved,
    "scheduled": _scheduled,
    "live": _live,
    "down": _down,
    "archived": _archived,
}


def _worker(house: House) -> Runner:
    """Return a worker that makes small files: what they hold is for other tests."""

    def derive(document: Document, _media: Mapping[str, bytes], folder: Path) -> tuple[Derived, ...]:
        kinds = dict.fromkeys((*kinds_for(document), "web_font"))
        return tuple(small(document, kind, folder) for kind in kinds)

    sessions = make_sessions(make_engine(house.settings.database_url))
    tasks = {**Publisher(house.settings, derive, assets.address).tasks(), **Binder(house.settings, really).tasks()}
    return Runner(sessions, tasks, lambda: house.now)


def said(session: Session, review: Review, text: Translation, verdict: Verdict, now: datetime) -> decisions.Word:
    """Return a whole answer to the first check of a text."""
    case = rounds.case(session, review, text, now)
    check = case.check("peer")
    answer = YES if verdict is Verdict.APPROVE else CHANGE
    return decisions.Word(
        verdict=verdict,
        content_hash=case.now.content_hash,
        checklist_version=checklist_of(case, check).version,
        answers={question.key: answer for question in questions_of(case, check)},
        note="" if verdict is Verdict.APPROVE else "Please say it more kindly.",
    )


def _knock(house: House, session: Session) -> None:
    """Begin everybody's visits, make open links, and suspend whoever is to be."""
    house.askers["nobody"] = Asker()
    for role in ("writer", "checker", "editor", "organiser", "suspended", "Wren"):
        row = session.get_one(Member, house.actors[role].id)
        for _ in range(2):
            value = visits.begin(session, member=row, own_phone=False, now=house.now)
        house.askers[role] = Asker(f"studio={value}")
    organiser = house.actors["organiser"]
    people.suspend(session, actor=organiser, member_id=house.actors["suspended"].id, now=house.now)
    wren = house.actors["Wren"]
    notes.write(session, wren, FORM, WORDS, named=False, translation=None, now=house.now)
    house.links["join"] = joining.invite(session, actor=organiser, role=Role.WRITER, language="en", now=house.now)
    house.links["reading"] = house.links[f"reading {house.texts['Wren', 'in_review']}"]
    house.links["return"] = joining.let_in_again(
        session, actor=organiser, member_id=house.actors["Finch"].id, now=house.now
    )


def _tokens(house: House, role: str, asker: Asker) -> None:
    signed_in = role not in ("nobody", "suspended")
    answer = house.ask(role, "GET", "/studio/me/" if signed_in else "/studio/sign-in")
    for cookie in answer.headers.getlist("Set-Cookie"):
        asker.cookies = "; ".join(filter(None, [asker.cookies, cookie.partition(";")[0]]))
    asker.token = answer.text.partition(f'name="{FIELD}" value="')[2].partition('"')[0]
    assert asker.token, role
