"""The community's lists as values: topics, needs, content notes, and the few words a text gets by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from studio.core.words import N_
from studio.i18n.catalogues import translator
from studio.i18n.content import load, worded


@dataclass(frozen=True, slots=True)
class ReaderNeed:
    """A sentence that a worried person would say, one line about it, and the topic that answers it."""

    sentence: str
    line: str
    topic: str


@dataclass(frozen=True, slots=True)
class FirstHelp:
    """Words of despair or danger in each language, what to say to whoever looks for them, and the topic that helps."""

    topic: str
    words: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, str]
    lines: Mapping[str, str]

    def heading(self, code: str) -> str:
        """Return the first thing to say, in the language ``code``."""
        return worded(self.headings, code)

    def line(self, code: str) -> str:
        """Return what can be done now, in the language ``code``."""
        return worded(self.lines, code)


@cache
def first_help() -> tuple[FirstHelp, ...]:
    """Return what leads first to what helps, in the order in which it is shown."""
    return tuple(
        FirstHelp(
            topic=str(one["topic"]),
            words={str(code): tuple(map(str, words)) for code, words in one["words"].items()},
            headings=one["heading"],
            lines=one["line"],
        )
        for one in load("first-help.yaml")["first_help"]
    )


@cache
def topics() -> Mapping[str, Mapping[str, str]]:
    """Return the topics by key, each with its names by language."""
    return {str(one["key"]): one["name"] for one in load("topics.yaml")["topics"]}


@cache
def content_notes() -> Mapping[str, Mapping[str, str]]:
    """Return the content notes by key, each with its names by language."""
    return {str(one["key"]): one["name"] for one in load("content-notes.yaml")["content_notes"]}


def topic_name(key: str, code: str) -> str:
    """Return a topic's name in the language ``code``; the key itself where a community has dropped it."""
    return worded(topics()[key], code) if key in topics() else key


def note_name(key: str, code: str) -> str:
    """Return a content note's name in the language ``code``; the key itself where a community has dropped it."""
    return worded(content_notes()[key], code) if key in content_notes() else key


def needs(code: str) -> list[ReaderNeed]:
    """Return the sentences of the first page in the language ``code``, in their order."""
    with_need: list[dict[str, Any]] = [one for one in load("topics.yaml")["topics"] if one.get("need")]
    with_need.sort(key=lambda one: int(one["need"].get("order", 99)))
    return [
        ReaderNeed(worded(one["need"]["sentence"], code), worded(one["need"].get("line", {}), code), str(one["key"]))
        for one in with_need
    ]


def neutral_title(code: str) -> str:
    """Return the title that tells nothing, in the language ``code``."""
    return translator(code, "reader").say(N_("Pages to read"))


def first_edition(code: str) -> str:
    """Return what the first edition's list of changes says, in the language ``code``."""
    return translator(code, "reader").say(N_("First edition"))


@cache
def synonyms() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return, by language, what a search for a word finds as well; words to avoid lead on and are never led to."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for code, lines in load("synonyms.yaml")["languages"].items():
        words = found.setdefault(str(code), {})
        for line in lines:
            said = [str(word) for word in line["words"]]
            for word in [*said, *(str(one) for one in line.get("avoid", []))]:
                words[word] = tuple(other for other in said if other != word)
    return found
