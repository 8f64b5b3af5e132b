"""The names of checks in the language of who reads them."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from studio.i18n.content import worded
from studio.review.rules.policy import Check


def title_of(check: Check, code: str) -> str:
    """Return a check's name in the language ``code``, such as "Law in France"."""
    return worded(check.title, code).format(country=country_name(check.country, code))


def country_name(country: str, code: str) -> str:
    """Return the name of a country of two letters; the letters where nobody knows it."""
    try:
        return str(Locale.parse(code, sep="-").territories.get(country, country))
    except (UnknownLocaleError, ValueError):
        return country
