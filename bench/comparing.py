"""CPU time of comparing two versions of 60 kB as a checker reads them, beside difflib over all words."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from studio.core.locales import language
from studio.guides.rules.comparison import changed, compare
from studio.rendering.blocks import SourceBlock, assign_ids, split

SIZE = 60_000
AIM_MS = 150
ROUNDS = 7
_SENTENCES = {
    "en": (
        "Tell one person first, somebody who has shown that they can keep word {n}.",
        "Wait {n} days before you tell others, and rest as often as you need to.",
        "A nurse or a friend of the house can go with you, if you ask for it on day {n}.",
        "You do not have to answer every question that somebody asks you.",
    ),
    "ar": (
        "تكلم أولا مع شخص واحد تثق به، ثم انتظر {n} أيام.",
        "لا يجب أن تجيب عن كل سؤال يطرح عليك.",
        "يمكن لممرضة أن ترافقك في اليوم {n} إذا طلبت ذلك.",
    ),
    "ja": (
        "まず信頼できる人一人に話してください。",
        "ほかの人に話す前に{n}日待って、好きなだけ休みましょう。",
        "聞かれたことのすべてに答えなくてもかまいません。",
    ),
}


@dataclass(frozen=True)
class Block:
    """A block of a saved version."""

    block_id: str
    kind: str
    source: str
    hash: str


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds, the median and the worst round; ``naive``: difflib over the words of both."""

    name: str
    size: int
    ours: float
    worst: float
    naive: float
    found: int


def run(rounds: int = ROUNDS) -> Iterator[Row]:
    """Measure an ordinary second look in three scripts, and one where every tenth word changed."""
    for code, sentences in _SENTENCES.items():
        before = _text(sentences)
        yield _row(f"{code}, a second look", code, before, _edited(before), rounds)
    before = _text(_SENTENCES["en"])
    yield _row("en, every tenth word", "en", before, _every_tenth(before), rounds)


def _row(name: str, code: str, before: str, after: str, rounds: int) -> Row:
    old, new = _versions(before, after)
    spoken = language(code)
    ours = sorted(_time(lambda: compare(old, new, spoken)) for _ in range(rounds))
    naive = _time(lambda: _naive(before, after))
    found = len(changed(compare(old, new, spoken)))
    return Row(name, len(before.encode()), statistics.median(ours), ours[-1], naive, found)


def _text(sentences: tuple[str, ...]) -> str:
    """Return a text of about 60 kB: headings, passages of four sentences, a list in every eighth place."""
    parts, size, number = list[str](), 0, 0
    while size < SIZE:
        number += 1
        told = [one.format(n=number * 4 + place) for place, one in enumerate(sentences * 2)][:4]
        if number % 8 == 0:
            parts.append("\n".join(f"- {one}" for one in told))
        elif number % 8 == 1:
            parts += [f"## {number}", " ".join(told)]
        else:
            parts.append(" ".join(told))
        size = len("\n\n".join(parts).encode())
    return "\n\n".join(parts)


def _edited(text: str) -> str:
    """Change a number in every tenth passage, move three, take two away, part one, join two and add three."""
    parts = text.split("\n\n")
    for place in range(4, len(parts), 10):
        parts[place] = re.sub(r"\d+", lambda found: f"{found[0]}0", parts[place], count=1)
    parts[30:30] = [parts.pop(9), parts.pop(12), parts.pop(15)]
    del parts[40], parts[50]
    parts[22] = parts[22].replace(". ", ".\n\n", 1).replace("。 ", "。\n\n", 1)
    parts[25:27] = [" ".join(parts[25:27])]
    parts[5:5] = ["Something wholly new stands here, of twelve words or a few more.", "And more.", "1, 2, 3."]
    return "\n\n".join(parts)


def _every_tenth(text: str) -> str:
    words = text.split(" ")
    return " ".join("changed" if place % 10 == 0 and "\n" not in word else word for place, word in enumerate(words))


def _versions(before: str, after: str) -> tuple[list[Block], list[Block]]:
    old, new = split(before), split(after)
    names = [f"o{place}" for place in range(len(old))]
    fresh = iter(range(len(new)))
    kept = assign_ids(list(zip(names, old, strict=True)), new, lambda: f"n{next(fresh)}")
    return _blocks(names, old), _blocks(kept, new)


def _blocks(names: list[str] | tuple[str, ...], sources: tuple[SourceBlock, ...]) -> list[Block]:
    return [Block(name, one.kind, one.source, one.hash) for name, one in zip(names, sources, strict=True)]


def _naive(before: str, after: str) -> object:
    words = re.compile(r"\w+|\s+|.", re.DOTALL)
    return SequenceMatcher(None, words.findall(before), words.findall(after)).get_opcodes()


def _time(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000
