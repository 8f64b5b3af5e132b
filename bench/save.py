"""CPU time of saving a text of 20 kB: early and late after a checkpoint, alone and while somebody else wrote."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from studio import app as _all_tables  # noqa: F401 - the tables of every slice belong to the database
from studio.editor import operations
from studio.editor.models import Sent
from studio.guides.drafts import log
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.members.actor import Actor
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine, make_sessions

AIM_MS = 50.0
SIZE = 20_000
ROUNDS = 65
NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
_WORDS = {
    "en": ["rest", "walk", "slow", "room", "kind", "door", "light", "call", "wait", "home", "talk", "friend"],
    "ja": list("家族話休歩明友電待静心水かなのはをにも"),
}


@dataclass(frozen=True)
class Row:
    """One figure: what was saved, CPU time in milliseconds (median, 95th of a hundred) and what is aimed at."""

    name: str
    size: int
    ours: float
    ours_p95: float
    aim: float | None = None


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure a save in a text of lines and in one of a single line, in a spaced and an unspaced script."""
    cases = [
        ("a word in one place", "en", 400, _one_word),
        ("a word in one place, Japanese", "ja", 150, _one_word),
        ("a word at both ends of one long line", "en", SIZE, _both_ends),
        ("the same, Japanese", "ja", SIZE, _both_ends),
        ("every tenth word", "en", 400, _every_tenth),
        ("while somebody else wrote", "en", 400, _one_word),
    ]
    return [_measure(*case, others=number == len(cases) - 1, rounds=rounds) for number, case in enumerate(cases)]


def main() -> None:
    """Print the figures as a table."""
    print(f"{'a save of 20 kB':<40}{'bytes':>8}{'ms CPU':>9}{'p95':>8}  aim")
    for row in run():
        aim = "" if row.aim is None else f"  ≤ {row.aim:g}: {'met' if row.ours <= row.aim else 'MISSED'}"
        print(f"{row.name:<40}{row.size:>8}{row.ours:9.2f}{row.ours_p95:8.2f}{aim}")


def _measure(
    name: str, code: str, line: int, change: Callable[[str, random.Random], str], *, others: bool, rounds: int
) -> Row:
    chance = random.Random(7)  # noqa: S311 - a bench repeats itself
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        Base.metadata.create_all(engine)
        with make_sessions(engine)() as session:
            heron, kite = Actor("heron", "Heron"), Actor("kite", "Kite")
            begin_write(session)
            body = _text(code, line, chance)
            text = operations.start(session, heron, title="How to rest", language=code, body=body, now=NOW)
            session.commit()
            times = [_save(session, text, heron, kite if others else None, change, chance) for _ in range(rounds)]
        engine.dispose()
    times.sort()
    aim = None if change is _every_tenth else AIM_MS  # two hundred changes at once are nobody's typing
    return Row(name, len(body.encode()), statistics.median(times), times[int(len(times) * 0.95)], aim)


def _save(
    session: Session,
    text: Translation,
    actor: Actor,
    other: Actor | None,
    change: Callable[[str, random.Random], str],
    chance: random.Random,
) -> float:
    """Return the CPU milliseconds of one save with its commit."""
    base = log.head(text.draft)
    if other:
        _write(session, text, other, base, change(base.text, chance))
    mine = change(base.text, chance)
    before = time.process_time()
    _write(session, text, actor, base, mine)
    return (time.process_time() - before) * 1000


def _write(session: Session, text: Translation, actor: Actor, base: log.State, body: str) -> None:
    session.rollback()
    begin_write(session)
    sent = Sent(body, TextFields.from_dict(base.fields), base.seq, base.digest)
    operations.save(session, actor, text, sent, now=NOW)
    session.commit()


def _text(code: str, line: int, chance: random.Random) -> str:
    joint = " " if code == "en" else ""
    lines: list[str] = []
    while sum(len(one.encode()) + 2 for one in lines) < SIZE:
        words = [chance.choice(_WORDS[code]) for _ in range(line // (5 if joint else 3))]
        lines.append(joint.join(words))
    return "\n\n".join(lines)


def _one_word(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return f"{text[:at]} new{chance.randrange(1000)} {text[at:]}"


def _both_ends(text: str, chance: random.Random) -> str:
    return f"{chance.randrange(1000)} {text} {chance.randrange(1000)}" if chance.random() < 0.1 else _ends(text, chance)


def _ends(text: str, chance: random.Random) -> str:
    early, late = chance.randrange(50), len(text) - chance.randrange(1, 50)
    return f"{text[:early]}q{chance.randrange(9)}{text[early:late]}q{chance.randrange(9)}{text[late:]}"


def _every_tenth(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    words[::10] = [f"w{chance.randrange(1000)}" for _ in words[::10]]
    return " ".join(words)


if __name__ == "__main__":
    main()
