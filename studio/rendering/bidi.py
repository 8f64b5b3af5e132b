"""Runs of the other direction in a line: numbers, addresses and Latin words in Arabic, Arabic and Hebrew in English.

Without isolation ``+1 555-0100`` is drawn as ``0100-555 1+`` in an Arabic line, and somebody calls a wrong number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from studio.core.locales import Direction, Language


class Run(NamedTuple):
    """A stretch ``start:end`` of a text that runs in the other direction; ``lang`` only where the script tells it."""

    start: int
    end: int
    direction: Direction
    lang: str | None = None


_RTL_CHARS: Final = "\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_HAS_RTL: Final = re.compile(f"[{_RTL_CHARS}]")
_HAS_LTR: Final = re.compile(f"[^\\W_{_RTL_CHARS}]|[\u0660-\u0669\u06f0-\u06f9]")
_OPENING: Final = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "‘": "’", "‹": "›", "（": "）", "「": "」"}
_GAP: Final = "[ \u00a0\u202f]"
_MONEY: Final = "$€£¥₺₽₹"
_NUMBER: Final = re.compile(
    rf"(?:[#*]{{1,2}}|[{_MONEY}]|\+?\()?\+?\d+"
    rf"(?:(?:\)?(?:{_GAP}?[-–‐‑/×]{_GAP}?|[.:,]|{_GAP}?\(|{_GAP})|\))\d+)*"
    rf"(?:\)|[%‰°+#*{_MONEY}]|{_GAP}[%°€])?"
)
_PLAIN_NUMBER: Final = re.compile(r"[\d.,\u066b\u066c]+")
_BEFORE: Final = f"+*#@~{_MONEY}"
_AFTER: Final = f"/+#%‰°*′″™®©{_MONEY}"
_ENDS: Final = "!?.…,;:"
_HARD: Final = "\n\u2028\u2029\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069،؛؟٪۔"
_HEBREW: Final = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]+")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7af]+")
_HAN: Final = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff"
_KANA: Final = re.compile(f"[{_HAN}]*[\u3041-\u30ff\uff66-\uff9f][\u3041-\u30ff\uff66-\uff9f{_HAN}]*")
_LANGS: Final = (("he", _HEBREW), ("ja", _KANA), ("ko", _HANGUL))


def runs(text: str, language: Language) -> tuple[Run, ...]:
    """Return the stretches of ``text`` to isolate in a line of ``language``, in order, none inside another."""
    if language.rtl:
        return tuple(_ltr_runs(text)) if _HAS_LTR.search(text) else ()
    return tuple(_rtl_runs(text)) if _HAS_RTL.search(text) else ()


def isolate_plain(text: str, language: Language) -> str:
    """Return ``text`` with its runs between LRI or RLI and PDI, for places without markup: PDF titles, cards, feeds."""
    parts, end = [], 0
    for run in runs(text, language):
        mark = "\u2066" if run.direction == "ltr" else "\u2067"
        parts += [text[end : run.start], mark, text[run.start : run.end], "\u2069"]
        end = run.end
    return "".join((*parts, text[end:]))


def _ltr_runs(text: str) -> Iterator[Run]:
    line = _Line(text, "L")
    for start, end in line.stretches():
        if "L" in line.classes[start:end]:
            yield Run(start, end, "ltr", _lang(text[start:end]))
        else:
            yield from _numbers(text, start, end)


def _rtl_runs(text: str) -> Iterator[Run]:
    for start, end in _Line(text, "R").stretches():
        yield Run(start, end, "rtl", _lang(text[start:end]))


def _numbers(text: str, start: int, end: int) -> Iterator[Run]:
    """Yield numbers with signs in them; a bare number, or years in Arabic digits, need nothing."""
    for found in _NUMBER.finditer(text, start, end):
        number = found[0]
        if number.endswith(")") and "(" not in number:
            number = number[:-1]
        if not _PLAIN_NUMBER.fullmatch(number) and not _is_span(number):
            yield Run(found.start(), found.start() + len(number), "ltr")


def _is_span(number: str) -> bool:
    """Whether this is a span such as ٢٠١٠-٢٠٢٠, which Arabic reads from right to left; a phone number is none."""
    first, _, second = number.replace("–", "-").partition("-")
    arabic = (first + second).isdigit() and not (first + second).isascii()
    return arabic and len(first) == len(second) and unicodedata.digit(second[0]) > 0


def _lang(text: str) -> str | None:
    """Name the language where the script leaves no doubt; Latin, Cyrillic, Han and Arabic letters serve many."""
    letters = "".join(letter for letter in text if letter.isalpha())
    return next((name for name, shape in _LANGS if shape.fullmatch(letters)), None)


@lru_cache(maxsize=4096)
def _class(letter: str) -> str:
    """Return L or R for letters, D for digits, M for marks, N for what takes the direction around it, | for a cut."""
    if letter in _HARD:
        return "|"
    kind = unicodedata.bidirectional(letter)
    return {"L": "L", "R": "R", "AL": "R", "EN": "D", "AN": "D", "NSM": "M"}.get(kind, "N")


class _Line:
    """A text in which stretches of one direction are looked for; ``wanted`` is L or R."""

    def __init__(self, text: str, wanted: str) -> None:
        self.text, self.wanted = text, wanted
        self.classes = _classes(text)
        self.closing, self.opening = self._pairs()
        self.first, self.last = len(text) - len(text.lstrip()), len(text.rstrip())

    def _pairs(self) -> tuple[dict[int, int], dict[int, int]]:
        """Find brackets that hold no word of the other direction; all others part runs, marked in ``classes``."""
        closing: dict[int, int] = {}
        stack: list[tuple[int, int]] = []
        foreign = 0
        for place, letter in enumerate(self.text):
            foreign += self.classes[place] not in (self.wanted, "D", "N")
            if letter in _OPENING:
                stack.append((place, foreign))
            elif stack and letter == _OPENING[self.text[stack[-1][0]]]:
                opening, before = stack.pop()
                if foreign == before:
                    closing[opening] = place
                else:
                    self._cut(opening, place)
        self._cut(*(place for place, _ in stack))
        return closing, {end: start for start, end in closing.items()}

    def _cut(self, *places: int) -> None:
        for place in places:
            self.classes[place] = "|"

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Yield what stands between letters of the line's own direction, trimmed to the words in it."""
        inner = "LD" if self.wanted == "L" else "R"
        for found in re.finditer(f"[{self.wanted}DN]+", "".join(self.classes)):
            words = re.search(f"[{inner}](?:.*[{inner}])?", found[0])
            if words:
                span = found.span()
                yield self._fitted(span, span[0] + words.start(), span[0] + words.end())

    def _fitted(self, span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
        while start > span[0] and self.text[start - 1] in _BEFORE:
            start -= 1
        start, end = self._with_brackets(span, start, end)
        while end < span[1] and self.text[end] in _AFTER:
            end += 1
        return start, self._with_ends(span, start, end)

    def _with_brackets(self, span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
        """Take in brackets of which one half stands inside."""
        later = [self.closing[place] for place in range(start, end) if place in self.closing]
        earlier = [self.opening[place] for place in range(start, end) if place in self.opening]
        return max(span[0], min([start, *earlier])), min(span[1], max([end, *(place + 1 for place in later)]))

    def _with_ends(self, span: tuple[int, int], start: int, end: int) -> int:
        """Take in the sign that ends a foreign sentence where it is surely part of it: in brackets, or all there is."""
        last = end
        while last < span[1] and self.text[last] in _ENDS:
            last += 1
        closed = last in self.opening or self.text[last : last + 1] == '"' == self.text[start - 1 : start]
        alone = span[0] <= self.first and span[1] >= self.last == last
        return last if closed or alone else end


def _classes(text: str) -> list[str]:
    """Return the class of each letter; a mark has that of the letter it stands on."""
    classes: list[str] = []
    for letter in text:
        kind = _class(letter)
        classes.append((classes[-1] if classes else "N") if kind == "M" else kind)
    return classes
