"""Whether a saved version changed only spelling or layout: the machine's half of rule 6, strict when in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from studio.core.words import N_, Message
from studio.guides.rules.spelling_tokens import Token, small_change, small_ideograph, tokens
from studio.guides.rules.weighty import (
    DUTIES,
    NEGATIONS,
    NUMBERS,
    UNITS,
    digits,
    hidden,
    links,
    listed,
    may_be_name,
    quoted,
    signs,
    turned,
)

TINY: Final = 2
"""As many ideographs or kana may change in a block."""
_AROUND: Final = 4
"""Characters shown on each side of a changed ideograph."""


class Passage(Protocol):
    """What is asked of a block; a saved version's block has it all."""

    @property
    def block_id(self) -> str:
        """The block's stable id."""

    @property
    def kind(self) -> str:
        """Paragraph, heading, box and so on."""

    @property
    def source(self) -> str:
        """The block's Markdown."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The machine's answer: ``ok``, each changed word as (before, after), and why not, a sentence per reason."""

    ok: bool
    changes: tuple[tuple[str, str], ...] = ()
    refusals: tuple[Message, ...] = ()


@dataclass(slots=True)
class _Found:
    changes: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[Message] = field(default_factory=list)

    def refuse(self, message: Message) -> None:
        if message not in self.refusals:
            self.refusals.append(message)


def only_spelling(
    before_blocks: Sequence[Passage],
    after_blocks: Sequence[Passage],
    before_fields: Mapping[str, object],
    after_fields: Mapping[str, object],
) -> Verdict:
    """Compare two saved versions block by block and word by word.

    Refused are changed digits, units, negations, words of duty, links, names, quoted words, boxes and fields beside the
    text, blocks that came, went or moved, words that came or went, and more than one letter within a word. In scripts
    without spaces only marks, and kana or ideographs that are mistyped for each other, may change.
    """
    found = _Found()
    if dict(before_fields) != dict(after_fields):
        found.refuse(
            N_("Something beside the text changed: the title, the summary, a source or a note before the text.")
        )
    if [(block.block_id, block.kind) for block in before_blocks] != [(b.block_id, b.kind) for b in after_blocks]:
        found.refuse(N_("A passage was added, removed or moved."))
    else:
        for before, after in zip(before_blocks, after_blocks, strict=True):
            if before.source != after.source:
                _compare(before, after.source, found)
    return Verdict(not found.refusals, tuple(found.changes), tuple(found.refusals))


def _compare(before: Passage, after: str, found: _Found) -> None:
    if before.kind == "box" or before.source.lstrip().startswith(":::"):
        found.refuse(N_("Words in a box changed; boxes hold what people act on."))
        return
    for differs, sentence in _WHOLE:
        if differs(before.source) != differs(after):
            found.refuse(sentence)
    _compare_words(before.source, after, found)


_WHOLE: Final[tuple[tuple[Callable[[str], list[str]], Message], ...]] = (
    (digits, N_("A number changed.")),
    (links, N_("A link, an address or a footnote changed.")),
    (signs, N_("A sign changed that can alter what is said, such as a question mark or a percent sign.")),
    (hidden, N_("An invisible sign that steers the reading direction changed.")),
)


def _compare_words(before: str, after: str, found: _Found) -> None:
    old, new = list(tokens(before)), list(tokens(after))
    whole = len(old) == len(new)
    if not whole:
        old, new = _without_long_marks(old), _without_long_marks(new)
        if len(old) != len(new):
            found.refuse(N_("A word was added or removed."))
            return
        found.changes.append((before.strip(), after.strip()))
    spans = quoted(before), quoted(after)
    tiny = 0
    for one, two in zip(old, new, strict=True):
        if one.text != two.text:
            tiny += one.ideographic or two.ideographic
            protected = _protected((before, one, spans[0]), (after, two, spans[1]))
            _judge(one, two, protected, found)
            found.changes.append(_shown(before, one, after, two))
    if tiny > TINY:
        found.refuse(N_("More than a letter or two changed in a passage without spaces."))
    if whole and [token.text for token in old] == [token.text for token in new]:
        _note_marks(before, after, old, new, found)


def _judge(one: Token, two: Token, protected: Message | None, found: _Found) -> None:
    small = (
        small_ideograph(one.text, two.text) if one.ideographic or two.ideographic else small_change(one.text, two.text)
    )
    if protected:
        found.refuse(protected)
    elif not small:
        found.refuse(N_("“{before}” became “{after}”: more than a letter changed.", before=one.text, after=two.text))


def _without_long_marks(words: list[Token]) -> list[Token]:
    return [token for token in words if token.text != "ー"]


_Place = tuple[str, Token, list[tuple[int, int]]]


def _protected(*places: _Place) -> Message | None:
    for text, token, spans in places:
        if any(start <= token.start < end for start, end in spans):
            return N_("Quoted words changed: “{word}”.", word=token.text)
        if may_be_name(text, token):
            return N_("“{word}” may be a name.", word=token.text)
        for words, sentence in _LISTS:
            if listed(token.text, words):
                return Message(sentence.text, {"word": token.text})
    one, two = places[0][1].text, places[1][1].text
    if turned(one, two):
        return N_("The end of “{word}” turns it into its contrary.", word=two.casefold())
    return None


_LISTS: Final = (
    (NEGATIONS, N_("“{word}” says no, or only, or without.", word="")),
    (DUTIES, N_("“{word}” says what one must or may, when, or how often.", word="")),
    (NUMBERS, N_("“{word}” is a number.", word="")),
    (UNITS, N_("“{word}” is a measure.", word="")),
)


def _shown(before: str, one: Token, after: str, two: Token) -> tuple[str, str]:
    if one.ideographic or two.ideographic:
        return _with_context(before, one), _with_context(after, two)
    return one.text, two.text


def _with_context(text: str, token: Token) -> str:
    return text[max(0, token.start - _AROUND) : token.start + _AROUND + 1].strip()


def _note_marks(before: str, after: str, old: list[Token], new: list[Token], found: _Found) -> None:
    """List where only punctuation changed, with the word before it, so that an editor sees that too."""
    for index in range(-1, len(old)):
        one, two = _gap(before, old, index), _gap(after, new, index)
        if "".join(one.split()) != "".join(two.split()):
            word = old[index].text if index >= 0 else ""
            found.changes.append(((word + one).strip(), (word + two).strip()))


def _gap(text: str, words: list[Token], index: int) -> str:
    start = words[index].start + len(words[index].text) if index >= 0 else 0
    end = words[index + 1].start if index + 1 < len(words) else len(text)
    return text[start:end]
