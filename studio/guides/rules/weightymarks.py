"""What carries weight in a text of a certain language, in its order and as it is shown: the ground of call-outs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from studio.core.locales import Language
from studio.guides.rules import spelling_words as lists
from studio.guides.rules.lookalikes import twins, unseen
from studio.guides.rules.spelling_tokens import Token, alphabetic, plain
from studio.guides.rules.weighty import LINK, NUMBER, links, listed, may_be_name


class Tells(StrEnum):
    """What something that carries weight is."""

    NUMBER = "number"
    UNIT = "unit"
    NEGATION = "negation"
    DUTY = "duty"
    NAME = "name"
    LINK = "link"
    UNSEEN = "unseen"
    TWIN = "twin"
    IMAGE = "image"


class Mark(NamedTuple):
    """Something that carries weight: what is compared, and what is shown."""

    key: str
    shown: str


class _Found(NamedTuple):
    start: int
    end: int
    key: str


_Marks = Mapping[Tells, list[Mark]]
_Listed = dict[str, list[_Found]]
_COUNTED: Final = "年月日時时分秒週周天回次片粒滴錠人名歳岁つ個个本杯倍割度枚種种ヶかカケ公毫克升%％"
_NUMBER_SIGN: Final = re.compile(r"[^\x00-\x7f\W\d]")
_HAN_DIGITS: Final = "".join(sorted(lists.NUMBER_SIGNS))
_HAN_NUMBER: Final = re.compile(rf"[{_HAN_DIGITS}]+(?=[{_COUNTED}]|\s?[a-zA-Zµμ])|[{_HAN_DIGITS}]{{2,}}")
_HAN_UNIT: Final = re.compile(
    rf"(?<=[\d{_HAN_DIGITS}])\s?"
    r"(?:週間|時間|か月|ヶ月|カ月|个月|個月|小时|分钟|分間|星期|毫克|毫升|微克|公斤|年|月|日|時|时|分|秒|週|周|天|回|次|片|粒|滴|錠|歳|岁|度|克|升)"
)
_PICTURE: Final = "](media:"
_IMAGE: Final = re.compile(r"!\[([^\]\n]*)\]\(media:([0-9a-f]+)")
_LABEL: Final = re.compile(r"^ {0,3}\[[^\]]*\]:\s*")
_UNIT_SIGN: Final = re.compile("[%٪‰°$€£¥₺₽]")
_NO: Final = {
    "ja": re.compile(
        r"ません|ませず|ない|なかっ|なく(?![すな])|なけれ|ず(?=に|、|。)|なし|だけ|のみ|しか|以外|禁止|[無未非不否]"
    ),
    "zh": re.compile(r"(?<![特区區分])[别別](?!人)|非(?!常)|禁止|除了|只|仅|僅|[不没沒無无未勿否莫]"),
    "tr": re.compile(
        r"\b\w+?(?:m[ıiuü]yor|m[ae]z(?:s|l|d|\b)|m[ae]y[ıi]n|m[ae]m[ae]|m[ae]d[ae]n|s[ıiuü]z)\w*", re.IGNORECASE
    ),
}
"""How languages say no within a word."""
_MUST: Final = {
    "ja": re.compile(r"べき|なければ|必ず|必要|可能|かもしれ|ください|いつも|ときどき|前に|後に|まで|以上|以下"),
    "zh": re.compile(
        r"必须|必須|应该|應該|应当|可以|可能|需要|也许|总是|有时|之前|之后|以前|以后|以上|以下|[应該该须須]"
    ),
}
_TITLED: Final = {
    "ar": re.compile(r"(?:السيدة?|الدكتورة?|الأستاذة?|الممرضة?|الطبيبة?)\s+\w+"),
    "ja": re.compile(
        r"[\u4e00-\u9fff]{1,4}(?=さん|さま|様|氏|先生|くん|ちゃん)|[ァ-ヶー・]{2,}(?=さん|さま|様|氏|先生|くん|ちゃん)"
    ),
    "zh": re.compile(r"[\u4e00-\u9fff]{1,3}(?=先生|女士|医生|醫生|老师|老師|护士|護士)|《[^》]{1,80}》"),
}
"""Names in scripts without capitals, as far as a title beside them tells."""
_JOINS_NAMES: Final = re.compile(r"[ \u00a0’'-]|\. ")
_NO_NAME: Final = re.compile(r"I(?:['’]\w+)?|\w")


def marks(text: str, language: Language) -> _Marks:
    """Return everything in ``text`` that carries weight, by what it is."""
    written = links(text)
    found: dict[Tells, list[Mark]] = {
        Tells.LINK: [Mark(one, _address(one)) for one in written if not one.startswith(_PICTURE)],
        Tells.IMAGE: [Mark(one[2], one[1]) for one in _IMAGE.finditer(text)],
        Tells.UNSEEN: [Mark(one, one) for one in unseen(text)],
        Tells.TWIN: [Mark(one, one) for one in twins(text)],
    }
    words = LINK.sub(lambda link: " " * len(link[0]), text) if written else text
    listed_words, capitals = _weighed(words, language.code)
    numbers, units = _numbers(words, listed_words, language), _units(words, listed_words, language)
    found[Tells.NUMBER] = [Mark(one.key, _measure(words, one, units)) for one in numbers]
    found[Tells.UNIT] = [Mark(one.key, _measured(words, one, numbers)) for one in units]
    found[Tells.NEGATION] = _said(words, listed_words["negation"], _NO.get(language.code))
    found[Tells.DUTY] = _said(words, listed_words["duty"], _MUST.get(language.code))
    found[Tells.NAME] = [Mark(one, one) for one in _names(words, capitals, language)]
    return found


def addresses(text: str) -> list[str]:
    """Return where the links of ``text`` lead, and the marks of its notes as they are written; pictures are none."""
    return [_address(one) for one in links(text) if not one.startswith(_PICTURE)]


def _address(link: str) -> str:
    if link.startswith("[^"):
        return link
    return _LABEL.sub("", link).removeprefix("]").strip("()<>")


def _numbers(text: str, words: _Listed, language: Language) -> list[_Found]:
    found = [_Found(*one.span(), one[0]) for one in NUMBER.finditer(text)]
    found += [_Found(one.start(), one.end(), one[0]) for one in _NUMBER_SIGN.finditer(text) if _is_sign(one[0])]
    found += words["number"]
    if language.ideographic:
        found += [_Found(*one.span(), one[0]) for one in _HAN_NUMBER.finditer(text)]
    return sorted(found)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) in ("No", "Nl")


def _units(text: str, words: _Listed, language: Language) -> list[_Found]:
    found = [_Found(*one.span(), one[0]) for one in _UNIT_SIGN.finditer(text)]
    found += words["unit"]
    if language.ideographic:
        found += [_Found(*one.span(), one[0].strip()) for one in _HAN_UNIT.finditer(text)]
    return sorted(found)


def _weighed(text: str, code: str) -> tuple[_Listed, list[Token]]:
    """Return the words of each list of the language, and the words with a capital."""
    found, capitals = {kind: list[_Found]() for kind in _STANDS}, list[Token]()
    for word, end in alphabetic(text):
        kinds = _kinds(word, code)
        if kinds:
            start = end - len(word)
            for kind in kinds:
                found[kind].append(_Found(start, end, word.casefold()))
            if word[0].isupper():
                capitals.append(Token(word, start, ideographic=False))
    return found, capitals


@lru_cache(maxsize=16_384)
def _kinds(word: str, code: str) -> tuple[str, ...]:
    """Return in which lists of a language a word stands, and whether it has a capital."""
    return tuple(kind for kind, stands in _STANDS.items() if stands(word, code))


def _is_number(word: str, code: str) -> bool:
    return listed(word, lists.NUMBERS_IN.get(code, frozenset()) - lists.ARTICLES)


def _is_unit(word: str, code: str) -> bool:
    known = lists.UNITS_IN["every"] | lists.UNITS_IN.get(code, frozenset())
    return word.casefold() in known or plain(word) in known


_STANDS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "number": _is_number,
    "unit": _is_unit,
    "negation": lambda word, code: listed(word, lists.NEGATIONS_IN.get(code, frozenset())),
    "duty": lambda word, code: listed(word, lists.MODALS_IN.get(code, frozenset())),
    "capital": lambda word, _code: word[0].isupper(),
}


def _measure(text: str, number: _Found, units: list[_Found]) -> str:
    """Return a number with the unit that stands behind it."""
    end = next((one.end for one in units if one.start >= number.end and not text[number.end : one.start].strip()), 0)
    return text[number.start : end or number.end]


def _measured(text: str, unit: _Found, numbers: list[_Found]) -> str:
    """Return a unit with the number that stands before it."""
    before = (one.start for one in numbers if one.end <= unit.start and not text[one.end : unit.start].strip())
    return text[next(before, unit.start) : unit.end].strip()


def _said(text: str, words: list[_Found], within: re.Pattern[str] | None) -> list[Mark]:
    found = list(words)
    if within:
        found += [_Found(*one.span(), one[0].casefold()) for one in within.finditer(text)]
    return [Mark(one.key, text[one.start : one.end]) for one in sorted(set(found))]


def _names(text: str, capitals: list[Token], language: Language) -> Iterator[str]:
    """Yield names: capitals within a sentence; in German, where every noun has one, only two words or more."""
    group: list[Token] = []
    for token in [*capitals, Token("", len(text), ideographic=False)]:
        capital = bool(token.text) and not _NO_NAME.fullmatch(token.text)
        if group and not (capital and _JOINS_NAMES.fullmatch(text[_end(group[-1]) : token.start])):
            if _is_name(text, group, language):
                yield text[group[0].start : _end(group[-1])]
            group = []
        group += [token] if capital else []
    titled = _TITLED.get(language.code)
    if titled:
        yield from titled.findall(text)


def _end(token: Token) -> int:
    return token.start + len(token.text)


def _is_name(text: str, group: list[Token], language: Language) -> bool:
    if language.code == "de" and len(group) == 1 and not any(char.isupper() for char in group[0].text[1:]):
        return False
    return any(may_be_name(text, token) for token in group)
