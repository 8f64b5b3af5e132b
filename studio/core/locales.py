"""The twelve languages of the house, and how to treat any other one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]
Script = Literal["latin", "arabic", "cyrillic", "japanese", "chinese", "other"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code, its own name, its direction and its script."""

    code: str
    name: str
    direction: Direction
    script: Script

    @property
    def rtl(self) -> bool:
        """Whether its lines run from right to left."""
        return self.direction == "rtl"

    @property
    def ideographic(self) -> bool:
        """Whether its words are not parted by spaces."""
        return self.script in ("japanese", "chinese")


LANGUAGES: Final[dict[str, Language]] = {
    language.code: language
    for language in (
        Language("ar", "العربية", "rtl", "arabic"),
        Language("en", "English", "ltr", "latin"),
        Language("it", "Italiano", "ltr", "latin"),
        Language("fr", "Français", "ltr", "latin"),
        Language("de", "Deutsch", "ltr", "latin"),
        Language("pl", "Polski", "ltr", "latin"),
        Language("tr", "Türkçe", "ltr", "latin"),
        Language("pt", "Português", "ltr", "latin"),
        Language("ru", "Русский", "ltr", "cyrillic"),
        Language("ja", "日本語", "ltr", "japanese"),
        Language("zh", "中文", "ltr", "chinese"),
        Language("es", "Español", "ltr", "latin"),
    )
}

CODE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_RTL_ELSEWHERE: Final = frozenset({"fa", "he", "ur", "ckb", "ps", "yi", "dv", "sd", "ug"})


def language(code: str) -> Language:
    """Return the language of ``code``; one outside the twelve is named by its code and treated in general ways."""
    known = LANGUAGES.get(code)
    if known:
        return known
    rtl = code.split("-", maxsplit=1)[0] in _RTL_ELSEWHERE
    return Language(code, code, "rtl" if rtl else "ltr", "other")
