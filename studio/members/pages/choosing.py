"""The part of a form where a passphrase is chosen: six words that the house proposes, or one's own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.members.rules import passphrases


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was proposed and what was chosen. ``language`` is the one of the words; none of the lists is Arabic."""

    words: str
    language: str
    own: bool = False
    passphrase: str = ""


def fresh(language: str) -> Chosen:
    """Return a new proposal; it is shown once and kept nowhere but on the page."""
    spoken = language if passphrases.has_words(language) else "en"
    return Chosen(passphrases.generate(spoken), spoken)


def read(language: str) -> Chosen:
    """Return what the form says; words that the house cannot have proposed are replaced by new ones."""
    words = passphrases.typed(request.form.get("words", "")[: passphrases.LONGEST])
    own = request.form.get("which") == "own"
    spoken = request.form.get("words_language", language)[:12]
    if not passphrases.is_generated(words, spoken):
        proposal = fresh(language)
        return Chosen(proposal.words, proposal.language, own, request.form.get("passphrase", "") if own else "")
    return Chosen(words, spoken, own, request.form.get("passphrase", "") if own else words)


def check(chosen: Chosen, pen_name: str) -> None:
    """Raise Invalid unless a passphrase was chosen that will do."""
    if chosen.own:
        passphrases.check_own(chosen.passphrase, pen_name)
    elif not chosen.passphrase:
        sentence = N_("Here are six new words. Please write them down.")
        raise Invalid(sentence, {passphrases.FIELD: sentence})
