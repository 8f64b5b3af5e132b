"""The few sentences that PDFs and cards say about a text."""

from __future__ import annotations

from typing import Final

from studio.core.locales import Language
from studio.core.words import N_
from studio.guides.rules.credit import Credit
from studio.i18n import formats
from studio.i18n.catalogues import Translator, translator
from studio.publish.document import Document
from studio.publish.pages.words import KINDS

PRACTICE: Final = N_("Practice. Nothing here was checked by people.")

CANDIDATE: Final = N_("Saved version {n}. It is not published.")

COMMUNITY: Final = N_("the community")

UNCHECKED: Final = N_("Nobody has checked this yet.")


def checked(document: Document, words: Translator) -> str:
    """Return who checked the text and when, in one sentence; that nobody did where that is so.

    Of an urgent fix whose checks follow, that they do, and by when.
    """
    if document.label == "candidate":
        return document.label_words
    if document.practice:
        return words.say(PRACTICE)
    if document.label == "urgent":
        return document.label_words
    if not document.people:
        return words.say(UNCHECKED)
    month = formats.month(document.checked_on, words.language.code)
    return words.ngettext(
        "Checked in {month} by {n} person", "Checked in {month} by {n} people", document.people, month=month
    )


def kind(document: Document, words: Translator) -> str:
    """Return the name of the text's kind."""
    return words.say(KINDS[document.kind]) if document.kind in KINDS else document.kind


def edition(document: Document, words: Translator) -> str:
    """Return the number and month of the edition."""
    month = formats.month(document.published_on, words.language.code)
    return words.gettext("Edition {n} ({month})", n=document.edition, month=month)


def credit(who: Credit, spoken: Language) -> str:
    """Return who wrote a text in the language ``spoken``: names, members, the community, as each of them chose."""
    words = translator(spoken.code, "reader")
    parts = [*who.names]
    if who.members:
        parts.append(words.gettext("members of the community"))
    elif who.community:
        parts.append(words.say(COMMUNITY))
    return formats.joined(parts, words.language.code)


def author(document: Document) -> str:
    """Return the author that file data name: the names that people chose, else the house."""
    return ", ".join(document.authors) or document.site_name


def alt_text(document: Document) -> str:
    """Return the words on a card, in the language of the text, for whoever does not see it."""
    words = translator(document.language.code, "reader")
    parts = [document.title, document.summary, checked(document, words), document.site_name]
    return " – ".join(part.strip() for part in parts if part.strip())


def corrected(document: Document, words: Translator) -> str:
    """Return what stands before the changelog of an edition that corrects a mistake; empty for any other."""
    if not document.correction:
        return ""
    return words.gettext("Corrected in {month}:", month=formats.month(document.published_on, words.language.code))
