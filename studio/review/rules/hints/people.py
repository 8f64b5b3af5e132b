"""What could lead to a person: telephone numbers, addresses, handles; a day with a place, a school, an employer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studio.core.words import N_
from studio.rendering.addresses import kind as kind_of
from studio.review.rules.hints.facts import amounts
from studio.review.rules.hints.hint import Hint, Kind
from studio.review.rules.hints.lint import Lint, Rule
from studio.review.rules.hints.part import Part, Span, Spans, few

PHONE: Final = N_(
    "This looks like a phone number. Numbers change, and an old one costs somebody an hour. Link to who answers."
)
_SENTENCES: Final = {
    Kind.MAIL: N_("An e-mail address can lead to a person. Is it meant for the public?"),
    Kind.HANDLE: N_("An account name can lead to a person. Is it meant for the public?"),
    Kind.PLACE: N_("A day together with a place can tell who somebody is. Perhaps leave one of them out."),
    Kind.SCHOOL: N_("The name of a school can tell who somebody is. Perhaps leave it out."),
    Kind.EMPLOYER: N_("The name of an employer can tell who somebody is. Perhaps leave it out."),
}
_DIGITS: Final = re.compile(r"(?<![\w.,:/+-])[+(]{0,2}\d[\d \u00a0().\-/‑–]{5,22}\d(?!\w)")
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_HANDLE: Final = re.compile(r"(?<![\w@./+-])@[A-Za-z_][\w.]{2,29}")
_DAY: Final = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|\d{1,2}\s?月\s?\d{1,2}\s?[日号])(?!\d)"
)
_DAY_BEFORE: Final = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?\s{0,4}(?:(?:of|de|di)\s{1,4})?$")
_DAY_AFTER: Final = re.compile(r"\s{1,4}\d{1,2}(?:st|nd|rd|th)?(?!\d)")
_NO_PHONE: Final = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"  # days
    r"|(?:(?:19|20)\d\d[ \-/‑–]*)+"  # years
    r"|\d{1,2}\.\d\d ?[-–] ?\d{1,2}\.\d\d"  # hours
    r"|[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d?(?:[ \u00a0]\d{3})+"  # large numbers
    r"|[1-9]\d{2}(?:[ \u00a0]\d{3})*[ \u00a0]000"  # the same
    r"|97[89][\d -]+)"  # books
)
_FEWEST, _MOST, _SURE = 7, 15, 9
_UNSAID: Final = frozenset({"footnote", "references", "code"})


def phones(part: Part, rule: Rule) -> Iterator[Hint]:
    """Yield a hint for each number that could be called; ``rule`` tells how a short one is spoken of."""
    said = part.prose.said
    found = [span for span in (one.span() for one in _DIGITS.finditer(said)) if is_phone(said[slice(*span)])]
    yield from few(part.hint(Kind.PHONE, span, PHONE) for span in found if _spoken(part, span))
    long = Spans(found)
    short = (span for span in amounts(said, rule) if not long.touching(*span))
    yield from few(part.hint(Kind.PHONE, span, PHONE) for span in short if _spoken(part, span))


def is_phone(digits: str) -> bool:
    """Whether digits with what parts them are a telephone number, and no day, time, year, quantity or book."""
    groups = re.findall(r"\d+", digits)
    count = sum(map(len, groups))
    if not _FEWEST <= count <= _MOST or _NO_PHONE.fullmatch(digits.strip("() ")) or re.search(r" [-–] ", digits):
        return False
    if digits.startswith("+") or groups[0].startswith("00"):
        return True
    if len(groups) == 1:
        return count >= _SURE and not digits.endswith("000")
    if max(map(len, groups)) == 1:
        return False
    return digits[0] in "0(٠" or count >= _SURE or [len(group) for group in groups] == [3, 4]


def _spoken(part: Part, span: Span) -> bool:
    return part.passage(span[0]).kind not in _UNSAID


def accounts(part: Part) -> Iterator[Hint]:
    """Yield a hint for each e-mail address, account name, and link that calls or writes to somebody."""
    for kind, shape in ((Kind.MAIL, _MAIL), (Kind.HANDLE, _HANDLE)):
        spans = (found.span() for found in shape.finditer(part.prose.said))
        yield from few(part.hint(kind, span, _SENTENCES[kind]) for span in spans if _spoken(part, span))
    for link in (link for link in part.prose.links if kind_of(link.address) == "contact"):
        tel = link.address.lower().startswith("tel:")
        kind = Kind.PHONE if tel else Kind.MAIL
        sentence = PHONE if tel else _SENTENCES[Kind.MAIL]
        yield part.hint(kind, (link.at, link.at), sentence, words=link.address.partition(":")[2])


def clues(part: Part, lint: Lint) -> Iterator[Hint]:
    """Yield a hint for each exact day with a place in one sentence, each named school and each named employer."""
    for kind in (Kind.SCHOOL, Kind.EMPLOYER):
        spans = amounts(part.prose.said, lint.rule(kind))
        yield from few(part.hint(kind, span, _SENTENCES[kind]) for span in spans if _spoken(part, span))
    rule = lint.rule(Kind.PLACE)
    places = Spans(list(amounts(part.prose.said, rule)))
    yield from few(
        part.hint(Kind.PLACE, span, _SENTENCES[Kind.PLACE])
        for span in days(part.prose.said, rule)
        if _spoken(part, span) and any(not _touch(one, span) for one in places.touching(*part.sentence(span[0])))
    )


def days(text: str, rule: Rule) -> Iterator[Span]:
    """Yield where an exact day stands, in figures or with the name of its month."""
    for day in _DAY.finditer(text):
        yield day.span()
    for month in rule.months.find(text):
        first = max(0, month.start - 12)
        before = _DAY_BEFORE.search(text[first : month.start])
        after = _DAY_AFTER.match(text, month.end)
        if before or after:
            yield first + before.start() if before else month.start, month.end if before or not after else after.end()


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
