"""Gettext catalogues, read from ``catalogues/<language>/<domain>.po``; a language without one falls back to English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Final, Literal

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from studio.core.locales import Language, language
from studio.core.words import Message

Domain = Literal["reader", "studio"]
FOLDER: Final = Path(__file__).parent / "catalogues"
COMPLETE: Final[dict[Domain, tuple[str, ...]]] = {
    "reader": ("ar", "en", "fr", "es", "ja", "zh"),
    "studio": ("ar", "en", "fr", "es"),
}
"""The languages whose catalogue is complete; a test holds them to it."""
_FSI, _PDI = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Translator:
    """Says sentences in one language. ``language`` is the one really spoken, which may be the English fallback."""

    language: Language
    catalog: Catalog | None = field(repr=False)

    def gettext(self, text: str, /, **values: object) -> str:
        """Return ``text`` translated, with its ``{placeholders}`` filled."""
        found = self.catalog.get(text) if self.catalog else None
        string = found.string if found and isinstance(found.string, str) else ""
        return self._fill(string or text, values)

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form of ``one`` / ``many`` that the language uses for ``n``, which also fills ``{n}``."""
        found = self.catalog.get(one) if self.catalog else None
        if self.catalog and found and isinstance(found.string, tuple | list):
            text = found.string[self._plural_index(self.catalog, n)]
        else:
            text = one if n == 1 else many
        return self._fill(text or (one if n == 1 else many), {"n": n, **values})

    def say(self, message: Message | str) -> str:
        """Return a Message of the lower layers in this language."""
        if isinstance(message, str):
            return self.gettext(message)
        return self.gettext(message.text, **message.values)

    def letters(self) -> str:
        """Return every character that our own words are written with in this language, each once."""
        found = set[str]()
        for message in self.catalog or ():
            said = message.string if isinstance(message.string, tuple | list) else (message.string,)
            found.update(*said)
        return "".join(sorted(found))

    def _fill(self, text: str, values: dict[str, object]) -> str:
        if not values:
            return text
        return text.format(**{name: self._value(value) for name, value in values.items()})

    def _value(self, value: object) -> str:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, str) and self.language.rtl:
            return f"{_FSI}{value}{_PDI}"
        return str(value)

    @staticmethod
    def _plural_index(catalog: Catalog, n: int) -> int:
        return _plural(catalog.plural_expr)(n)


@cache
def _plural(expression: str) -> Callable[[int], int]:
    rule: Callable[[int], int] = c2py(expression)
    return rule


@cache
def translator(code: str, domain: Domain) -> Translator:
    """Return the translator for the language ``code``; English where the catalogue is not complete."""
    spoken = code if code in COMPLETE[domain] else "en"
    return Translator(language(spoken), _read(spoken, domain))


def _read(code: str, domain: Domain) -> Catalog | None:
    path = FOLDER / code / f"{domain}.po"
    if code == "en" or not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=code)
