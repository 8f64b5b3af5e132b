"""Whether a saved version changed only spelling or layout: the machine's half of rule 6, strict when in doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from studio.core.words import N_, Message
from studio.guides.rules import spelling_words as lists
from studio.guides.rules.spelling_tokens import Token, plain, small_change, small_ideograph, tokens

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


_URL = re.compile(
    r"\]\((?:[^)\]]|\](?!\())*+\)|\]\[[^\]]*\]|\[\^[^\]\[]*\]|^ {0,3}\[[^\]\[]{1,999}\]:.*$|<[^<>\s]+>"
    r"|https?://\S+|www\.\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+",
    re.MULTILINE,
)
_QUOTED = re.compile(
    r"“[^”]{0,2000}”|„[^“”]{0,2000}[“”]|«[^»]{0,2000}»|「[^」]{0,2000}」|『[^』]{0,2000}』|《[^》]{0,2000}》"
    r"|\"[^\"\n]*\"|`[^`\n]*`"
)
"""Quoted words; bounded, so that marks that nobody closed cost no minutes."""
_SENTENCE_END: Final = frozenset('.!?…:;؟。！？\n|>#*_-([{“„«"')
_SIGNS: Final = frozenset("?؟？!！%٪‰°§@&=+<>[]{}|\\`~^$€£¥₺/")


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


def _digits(text: str) -> list[str]:
    signs = [char for char in text if unicodedata.category(char) in ("No", "Nl")]  # ½, ², Ⅳ, ③
    return [*re.findall(r"\d(?:[\d.,:٫٬/–-]*\d)?", text), *signs]


def _links(text: str) -> list[str]:
    return _URL.findall(text)


def _signs(text: str) -> list[str]:
    return [char for char in text if char in _SIGNS]


def _hidden(text: str) -> list[str]:
    return [char for char in text if unicodedata.category(char) == "Cf"]


_WHOLE: Final[tuple[tuple[Callable[[str], list[str]], Message], ...]] = (
    (_digits, N_("A number changed.")),
    (_links, N_("A link, an address or a footnote changed.")),
    (_signs, N_("A sign changed that can alter what is said, such as a question mark or a percent sign.")),
    (_hidden, N_("An invisible sign that steers the reading direction changed.")),
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
    quoted = _spans(before), _spans(after)
    tiny = 0
    for one, two in zip(old, new, strict=True):
        if one.text != two.text:
            tiny += one.ideographic or two.ideographic
            protected = _protected((before, one, quoted[0]), (after, two, quoted[1]))
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


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text)]


_Place = tuple[str, Token, list[tuple[int, int]]]


def _protected(*places: _Place) -> Message | None:
    for text, token, quoted in places:
        if any(start <= token.start < end for start, end in quoted):
            return N_("Quoted words changed: “{word}”.", word=token.text)
        if _name(text, token):
            return N_("“{word}” may be a name.", word=token.text)
        for words, sentence in _LISTS:
            if _listed(token.text, words):
                return Message(sentence.text, {"word": token.text})
    return _ending(places[0][1].text, places[1][1].text)


_LISTS: Final = (
    (lists.NEGATIONS | frozenset("不没沒無无未非否勿别別莫"), N_("“{word}” says no, or only, or without.", word="")),
    (
        lists.MODALS | frozenset("可能必须須應应該该会會"),
        N_("“{word}” says what one must or may, when, or how often.", word=""),
    ),
    (lists.NUMBERS | frozenset("〇一二三四五六七八九十百千万萬億亿兆两兩半数"), N_("“{word}” is a number.", word="")),
    (lists.UNITS | frozenset("年月日時时分秒週周天回次片粒滴錠"), N_("“{word}” is a measure.", word="")),
)


def _listed(word: str, words: frozenset[str]) -> bool:
    whole = plain(word)
    forms = {
        word.casefold(),
        whole,
        *re.split("['’]", whole),
        re.sub("['’]", "", whole),
        whole.removeprefix("و"),
        whole.removeprefix("ف"),
    }
    return bool(forms & words or forms & _plain_list(words)) or (whole.endswith("n't") and words is _LISTS[0][0])


def _ending(one: str, two: str) -> Message | None:
    one, two = one.casefold(), two.casefold()
    if any(one.endswith(end) != two.endswith(end) for end in lists.NEGATING_ENDINGS):
        return N_("The end of “{word}” turns it into its contrary.", word=two)
    return None


_PLAIN_LISTS: Final[dict[frozenset[str], frozenset[str]]] = {}


def _plain_list(words: frozenset[str]) -> frozenset[str]:
    if words not in _PLAIN_LISTS:
        _PLAIN_LISTS[words] = frozenset(plain(word) for word in words)
    return _PLAIN_LISTS[words]


def _name(text: str, token: Token) -> bool:
    if not token.text[0].isupper():
        return False
    return text[: token.start].rstrip(" \t")[-1:] not in _SENTENCE_END | {""}


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
