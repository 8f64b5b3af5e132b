"""What a teller is asked, in words: each form that a story may go out in."""

from __future__ import annotations

from typing import Final

from studio.core.words import N_, Message
from studio.guides.rules.consent import Scope

FORMS: Final[dict[Scope, Message]] = {
    Scope.FILES: N_("Files to keep: PDF, EPUB, plain text"),
    Scope.CARDS: N_("Cards for social networks"),
    Scope.PASSING_ON: N_("Together with other texts, in collections and campaigns"),
    Scope.TRANSLATION: N_("Other languages"),
}
