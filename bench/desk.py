"""CPU time of a checker's desk in a house with 2,000 texts in their checks, beside looking at every round."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from studio.app import create_app
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.guides import operations as guides
from studio.guides import queries as kernel
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.members import queries
from studio.members.actor import Actor, Role
from studio.members.models import LanguageRead, Member, MemberRole, Training
from studio.members.operations import visits
from studio.review.operations import claims, decisions, hand_in
from studio.review.operations.policies import choose_policy
from studio.review.queries import rounds
from studio.review.queries.offering import offer
from studio.review.queries.pieces import piece_of
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.queue import one_piece
from studio.review.rules.standing import RUNNING, Verdict
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine, make_sessions
from studio.web import cookies

AIM_MS: Final = 30
TEXTS: Final = 2_000
MEMBERS: Final = 40
ROUNDS: Final = 15
HAVE: Final = 20
BEGAN: Final = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
LANGUAGES: Final = ("en", "ar", "fr", "ja", "es", "de")
FACETS: Final = ([], [], ["health"], ["risk:high"], ["legal:FR"], ["minors"])
MADE: Final = 100
"""So many texts are made by the operations themselves; the others are like them, at other times."""
COPIED: Final = (
    ("guide", "id", "guide_id"),
    ("translation", "id", "translation_id"),
    ("draft", "translation_id", "translation_id"),
    ("draft_update", "draft_id", "draft_id"),
    ("draft_checkpoint", "draft_id", "draft_id"),
    ("revision", "translation_id", "translation_id"),
    ("revision_block", "revision_id", "revision_id"),
    ("team_member", "translation_id", "translation_id"),
    ("review", "translation_id", "translation_id"),
    ("review_stage", "review_id", "review_id"),
    ("review_barred", "review_id", "review_id"),
    ("review_claim", "review_id", "review_id"),
    ("review_decision", "review_id", "review_id"),
)
"""Tables of a text in its checks, by what they are found."""
_PARAGRAPH: Final = "Somebody calm can be a good beginning, and a quiet place helps more than the right words do. "


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds, the median and the worst round; ``naive``: looking at every round, once."""

    name: str
    size: int
    ours: float
    worst: float
    naive: float | None
    aim: float | None

    @property
    def peer(self) -> str:
        """What ``naive`` is."""
        return "" if self.naive is None else "every round looked at"


@dataclass
class House:
    """A house in a folder of its own, with texts at every step of their checks."""

    folder: Path
    app: Flask
    session: Session
    now: datetime
    chance: random.Random
    members: list[Actor] = field(default_factory=list)


def run(texts: int = TEXTS, rounds_: int = ROUNDS) -> Iterator[Row]:
    """Measure the choice alone, then the whole pages, for a checker, for one alone with a training, an organiser."""
    with tempfile.TemporaryDirectory() as folder:
        house = _furnished(Path(folder), texts)
        checker = next(one for one in house.members if one.trainings == {"copy", "safety"} and "ar" in one.reads)
        alone = next(one for one in house.members if "health" in one.trainings)
        for name, actor in (("a checker", checker), ("the only one for health", alone)):
            times = _times(lambda actor=actor: _choose(house, actor), rounds_)
            naive = _cpu(lambda actor=actor: _naive(house, actor))
            yield Row(f"one piece, {name}", texts, statistics.median(times), times[-1], naive, AIM_MS)
        organiser = next(one for one in house.members if one.has(Role.STEWARD))
        for name, actor, address in (
            ("the first page, a checker", checker, "/studio/"),
            ("20 minutes, a checker", checker, f"/studio/checks/?minutes={HAVE}"),
            ("the first page, an organiser", organiser, "/studio/"),
        ):
            client = _signed_in(house, actor)
            times = _times(lambda client=client, address=address: _page(client, address), rounds_)
            yield Row(name, texts, statistics.median(times), times[-1], None, AIM_MS if actor is checker else None)
        house.session.close()


def _choose(house: House, actor: Actor) -> object:
    with make_sessions(house.session.get_bind().engine)() as fresh:
        return offer(fresh, actor, HAVE, house.now)


def _naive(house: House, actor: Actor) -> object:
    """Choose as one would without anything kept: look at every round that runs."""
    with make_sessions(house.session.get_bind().engine)() as fresh:
        every, away = queries.actors(fresh), queries.away(fresh, house.now)
        pieces = []
        for review in rounds.running(fresh):
            text = fresh.get_one(Translation, review.translation_id)
            if text.progress in RUNNING and kernel.may_see(fresh, actor, text) and text.language in actor.reads:
                case = rounds.case(fresh, review, text, house.now, actors=every, away=away)
                pieces += [piece_of(case, actor, one, house.now) for one in case.round.stages]
        return one_piece((piece for piece in pieces if piece), HAVE)


def _times(work: Callable[[], object], rounds_: int) -> list[float]:
    work()
    return sorted(_cpu(work) for _ in range(rounds_))


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _page(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def _signed_in(house: House, actor: Actor) -> FlaskClient:
    """Return a browser of a member, whose visit is begun by the house's own operation."""
    with make_sessions(house.session.get_bind().engine)() as fresh:
        begin_write(fresh)
        cookie = visits.begin(fresh, member=fresh.get_one(Member, actor.id), own_phone=False, now=house.now)
        fresh.commit()
    client = house.app.test_client()
    with house.app.app_context():
        client.set_cookie(cookies.member_name(), cookie, path="/studio/")
    return client


def _furnished(folder: Path, texts: int) -> House:
    settings = Settings(data=folder, database_url=f"sqlite:///{folder / 'studio.db'}", secret_key="b" * 40)
    end = BEGAN + timedelta(days=120)
    app = create_app(settings, now_is=lambda: end)
    engine = make_engine(settings.database_url)
    Base.metadata.create_all(engine)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    engine.dispose()
    house = House(folder, app, make_sessions(engine)(), BEGAN, random.Random(7))  # noqa: S311 - a bench repeats itself
    begin_write(house.session)
    _let_in(house)
    organiser = next(one for one in house.members if one.has(Role.STEWARD))
    choose_policy(house.session, organiser, "full", house.now)
    for number in range(min(MADE, texts)):
        house.now = BEGAN + timedelta(days=30) * number / MADE
        _copy(house, _text(house, number), texts // MADE - 1)
    house.session.commit()
    house.session.expunge_all()
    house.now = end
    return house


def _let_in(house: House) -> None:
    """Let forty people in: most write, a third checks; one alone is trained for health."""
    for number in range(MEMBERS):
        roles = {Role.WRITER}
        trainings = set[str]()
        if number % 3 == 0:
            roles.add(Role.REVIEWER)
            trainings = {"copy", "safety"} if number % 2 else {"safety", "legal:FR"}
        if number == 1:
            roles |= {Role.REVIEWER}
            trainings = {"health"}
        if number in (2, 5):
            roles.add(Role.EDITOR)
        if number == 4:
            roles.add(Role.STEWARD)
        reads = {"en", "ar", *house.chance.sample(LANGUAGES, 2)}
        house.members.append(_member(house, f"Pen {number}", roles, trainings, reads))


def _member(house: House, name: str, roles: set[Role], trainings: set[str], reads: set[str]) -> Actor:
    row = Member(
        id=new_id(),
        pen_name=name,
        name_folded=name.casefold(),
        name_look=name.casefold(),
        passphrase_hash="",
        pattern="p",
        joined=house.now,
    )
    house.session.add(row)
    house.session.flush()
    house.session.add_all(MemberRole(member_id=row.id, role=role, since=house.now) for role in roles)
    house.session.add_all(Training(member_id=row.id, name=one) for one in trainings)
    house.session.add_all(LanguageRead(member_id=row.id, language=one) for one in reads)
    house.session.flush()
    return queries.actor(house.session, row)


def _copy(house: House, text: Translation, copies: int) -> None:
    """Add rows like those of a text, begun up to 80 days later: making each through the operations takes minutes."""
    session = house.session
    session.flush()
    review = rounds.open_review(session, text.id)
    revisions = [one.id for one in kernel.revisions(session, text)]
    of = {
        "guide_id": [text.guide_id],
        "translation_id": [text.id],
        "draft_id": [text.draft.id],
        "revision_id": revisions,
    }
    of |= {"review_id": [review.id] if review else []}
    for copy in range(copies):
        later = timedelta(days=house.chance.uniform(0, 80))
        fresh = dict[str, str]()
        for name, key, of_which in COPIED:
            table = Base.metadata.tables[name]
            mine = table.c[key].in_(of[of_which])
            rows = [dict(row) for row in session.execute(select(table).where(mine)).mappings()]
            for row in rows:
                for unique in ("id", "slug", "opaque_id"):
                    if row.get(unique):
                        fresh[row[unique]] = f"{row[unique]}-{copy}"
            changed = [{column: _changed(value, fresh, later) for column, value in row.items()} for row in rows]
            if changed:
                session.execute(insert(table), changed)


def _changed(value: object, fresh: dict[str, str], later: timedelta) -> object:
    if isinstance(value, datetime):
        return value + later
    return fresh.get(value, value) if isinstance(value, str) else value


def _text(house: House, number: int) -> Translation:
    """Have a text of about 700 words handed in; two of three have their first read, one of three both of shape."""
    code = LANGUAGES[number % len(LANGUAGES)]
    writer = house.chance.choice([one for one in house.members if code in one.reads])
    body = "\n\n".join(f"## Part {part}\n\n{_PARAGRAPH * house.chance.randint(2, 6)}" for part in range(9))
    fields = TextFields(
        f"Text {number}", "How to begin.", "Pages", ("none",), ("A leaflet",), "", "New.", "none-for-here"
    )
    text = guides.start_guide(
        house.session,
        writer.id,
        fields=fields,
        language=code,
        now=house.now,
        body=body,
        topics=["telling"],
        facets=house.chance.choice(FACETS),
    )
    hand_in.hand_in(house.session, writer, text, house.now)
    for stage in ("peer", "copy")[: number % 3]:
        _agree(house, text, stage)
    if number % 7 == 0:
        _take(house, text)
    return text


def _able(house: House, text: Translation, stage: str) -> tuple[rounds.Case, Actor] | None:
    review = rounds.open_review(house.session, text.id)
    if review is None:
        return None
    case = rounds.case(house.session, review, text, house.now, actors=house.members)
    could = case.could[stage]
    return (case, case.actors[house.chance.choice(could)]) if could else None


def _agree(house: House, text: Translation, stage: str) -> None:
    found = _able(house, text, stage)
    if found is None:
        return
    case, actor = found
    check = case.check(stage)
    answers = {question.key: "yes" for question in questions_of(case, check)}
    word = decisions.Word(Verdict.APPROVE, case.now.content_hash, checklist_of(case, check).version, answers=answers)
    decisions.decide(house.session, actor, case.review.id, stage, word, house.now)


def _take(house: House, text: Translation) -> None:
    found = _able(house, text, "peer")
    if found and found[0].standing("peer").still_needs:
        claims.claim(house.session, found[1], found[0].review.id, "peer", house.now)


def main() -> None:
    """Print the figures as a table."""
    for row in run():
        naive = "" if row.naive is None else f"{row.naive:>10.0f}"
        print(f"{row.name:<40}{row.size:>8}{row.ours:>10.1f}{row.worst:>10.1f}{naive}")


if __name__ == "__main__":
    main()
