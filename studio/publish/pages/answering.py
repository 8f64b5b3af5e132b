"""The pages on which readers say something about a text, and look up what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from studio.core.locales import Language
from studio.core.words import N_, Message
from studio.i18n.catalogues import translator
from studio.publish.pages.environment import Frame, render
from studio.publish.pages.links import Links
from studio.publish.pages.views import House

SENTENCES: Final[tuple[tuple[str, Message], ...]] = (
    ("helped", N_("It helped.")),
    ("unclear", N_("Something is unclear.")),
    ("wrong", N_("Something is wrong or out of date.")),
    ("unsafe", N_("Something could harm somebody.")),
    ("about_me", N_("This is about me, or about somebody I know.")),
)
"""What a reader can say, by the key that the form sends."""
_PAGE: Final = N_("Page")


@dataclass(frozen=True, slots=True)
class Help:
    """Where somebody in danger finds help: a text of this house, or honestly nothing."""

    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The form about one text, new or given back with what was typed and the sentence that says why."""

    house: House
    language: Language
    title: str
    action: str
    back: str
    """The page of the text."""
    stamp: str
    help: Help
    parts: tuple[tuple[str, str], ...] = ()
    """Id and words of each heading."""
    copy: str = ""
    """The copy number that led here."""
    quiet: bool = False
    said: str = ""
    text: str = ""
    part: str = ""
    may_pass_on: bool = False
    wants_code: bool = False
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """Thanks, what happens now, and the return code for whoever wanted one."""

    house: House
    language: Language
    back: str
    help: Help
    said: str
    code: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a message, without the text or the words that it was about."""

    on: date
    looked_on: date | None
    closed_on: date | None
    reply: str


@dataclass(frozen=True, slots=True)
class ReturnView:
    """The page for return codes: always a quiet one, for it may stay open."""

    house: House
    language: Language
    stamp: str
    typed: str = ""
    problem: Message | None = None
    asked: bool = False
    found: Became | None = None


def answer(view: AnswerView) -> str:
    """Return the form."""
    frame = _frame(view.house, view.language, N_("Say something about this text"), quiet=view.quiet)
    return render("answer.html", frame, view=view, sentences=SENTENCES)


def answered(view: AnsweredView) -> str:
    """Return the page after a message was kept."""
    return render("answered.html", _frame(view.house, view.language, N_("Thank you"), quiet=view.quiet), view=view)


def returning(view: ReturnView) -> str:
    """Return the form for a return code, with what it found."""
    return render("returning.html", _frame(view.house, view.language, _PAGE, quiet=True), view=view)


def _frame(house: House, language: Language, title: Message, *, quiet: bool) -> Frame:
    said = translator(language.code, "reader").say(_PAGE if quiet else title)
    return Frame(house=house, language=language, links=Links(house.base_url), title=said, quiet=quiet, noindex=True)
