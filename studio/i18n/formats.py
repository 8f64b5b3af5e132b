"""Months, days, numbers, sizes and lists in the reader's language, which is always an argument.

House style: figures are Western ones in Arabic too, because phone numbers, dates and doses must read the same on the
page, in the PDF and on the phone that calls them. Arabic months carry both names in use, such as آذار/مارس, so that
readers from Baghdad to Rabat know the month. English is written as outside America: 9 March 2027.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from studio.core.locales import language

_BABEL_NAMES: Final = {"en": "en_GB"}
_ARABIC_EAST, _ARABIC_WEST = "ar_SY", "ar"
_DIGITS: Final = "latn"
_FSI, _PDI = "\u2068", "\u2069"
_LEFT_TO_RIGHT: Final = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u052f\u3040-\u9fff\uac00-\ud7a3]")
_KILO, _MEGA = 1000, 1_000_000
_WEEK: Final = 7
_UNITS: Final = {
    "ar": ("كيلوبايت", "ميغابايت"),
    "fr": ("ko", "Mo"),
    "ru": ("кБ", "МБ"),
    "ja": ("KB", "MB"),
    "zh": ("KB", "MB"),
}
"""Where they are not kB and MB. Babel's table has holes here: a singular ``kbyte``, Arabic abbreviations few read."""


@lru_cache(maxsize=1024)
def month(when: date, code: str) -> str:
    """Return the month and year of ``when`` as words in the language ``code``, such as ``March 2027``."""
    if _is_arabic(code):
        return f"{_arabic_month(when)} {when.year}"
    return format_skeleton("yMMMM", when, locale=_locale(code))


def day(when: date, code: str) -> str:
    """Return the full date with the name of its month, such as ``9 March 2027``."""
    if _is_arabic(code):
        return f"{when.day} {_arabic_month(when)} {when.year}"
    return format_date(when, "long", locale=_locale(code))


def day_to_come(when: date, today: date, code: str) -> str:
    """Return a day by which something is wished: ``Friday`` within the week, else ``Friday 26 March``."""
    weekday = format_date(when, "EEEE", locale=_locale(code))
    if 0 <= (when - today).days < _WEEK:
        return weekday
    if _is_arabic(code):
        return f"{weekday} {when.day} {_arabic_month(when)}"
    return format_skeleton("EEEEMMMMd", when, locale=_locale(code))


def number(n: float, code: str) -> str:
    """Return ``n`` with the group and decimal marks of the language and Western digits."""
    return format_decimal(n, locale=_locale(code), numbering_system=_DIGITS)


def size(n_bytes: int, code: str) -> str:
    """Return a file's size in whole kilobytes, or megabytes with one decimal, in the units of the language.

    Less than one kilobyte is told as one: nobody saves a file by its bytes.
    """
    kilo, mega = _UNITS.get(code.split("-", maxsplit=1)[0], ("kB", "MB"))
    if n_bytes < _MEGA - _KILO // 2:
        return f"{number(max(1, round(n_bytes / _KILO)), code)} {kilo}"
    return f"{number(round(n_bytes / _MEGA, 1), code)} {mega}"


def joined(items: Iterable[str], code: str) -> str:
    """Return ``a, b and c`` as the language writes a list; in right-to-left lines, foreign items are isolated."""
    words = [_isolated(item) if language(code).rtl else item for item in items]
    return format_list(words, locale=_locale(code))


def language_name(of: str, code: str) -> str:
    """Return how the language ``code`` calls the language ``of``, such as ``Arabic``; its code if it has no name."""
    return _locale(code).languages.get(of) or of


def _arabic_month(when: date) -> str:
    names = (format_date(when, "MMMM", locale=name) for name in (_ARABIC_EAST, _ARABIC_WEST))
    return "/".join(dict.fromkeys(names))


def _isolated(text: str) -> str:
    return f"{_FSI}{text}{_PDI}" if _LEFT_TO_RIGHT.search(text) else text


def _is_arabic(code: str) -> bool:
    return code.split("-", maxsplit=1)[0] == "ar"


@cache
def _locale(code: str) -> Locale:
    """Return Babel's rules for ``code``; English ones for a language it does not know."""
    try:
        return Locale.parse(_BABEL_NAMES.get(code, code).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
