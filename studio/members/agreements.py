"""What every member agrees to, a line each, from ``content/agreements.yaml``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from studio.i18n import content


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement in one language: its key, its sentence, the language it is really in."""

    key: str
    text: str
    language: str

    @property
    def wording(self) -> str:
        """The SHA-256 of the sentence as it was shown."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def lines(language: str) -> list[Line]:
    """Return the agreements in ``language``, each in English where it is not written in it."""
    return [_line(entry["key"], entry["text"], language) for entry in content.load("agreements.yaml")["agreements"]]


def _line(key: str, texts: dict[str, str], language: str) -> Line:
    spoken = language if language in texts else "en"
    return Line(key, texts[spoken], spoken)
