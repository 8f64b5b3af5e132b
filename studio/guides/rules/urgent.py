"""How small an urgent safety fix is, what its line looks like, and who may be the other person (rule 10)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from studio.core.errors import Invalid, NotAllowed
from studio.core.locales import Language
from studio.core.words import N_
from studio.guides.rules.comparison import Block, Compared, changed, compare
from studio.guides.rules.statuses import Kind
from studio.members.actor import Actor, Role

MOST_PASSAGES: Final = 3
MOST_CHARACTERS: Final = 400
"""Taken out and put in together: about sixty words, which one person reads with care on one screen of a phone."""
MOST_IDEOGRAPHS: Final = 160
"""The same amount of meaning where words are written without spaces."""
LONGEST_LINE: Final = 160
_CARES: Final = ("safety", "health", "legal")
"""Trainings for safety and facts; ``legal:FR`` is one of ``legal``."""
_SCRIPTS: Final = {
    "arabic": ("ARABIC",),
    "cyrillic": ("CYRILLIC",),
    "japanese": ("CJK", "HIRAGANA", "KATAKANA"),
    "chinese": ("CJK",),
}


def check_line(line: str, spoken: Language) -> str:
    """Return the safety line, trimmed; raise Invalid where it is missing, too long, or not in the text's writing."""
    said = " ".join(line.split())
    problem = None
    if not said:
        problem = N_("Say in one sentence what readers should know. It stands above the text.")
    elif len(said) > LONGEST_LINE:
        problem = N_("The safety line has at most {n} characters, so that it is read.", n=LONGEST_LINE)
    elif not _in_script(said, spoken):
        problem = N_("Write the safety line in the language of the text: it is for its readers.")
    if problem:
        raise Invalid(problem, {"line": problem})
    return said


def check_small(before: Sequence[Block], after: Sequence[Block], spoken: Language) -> None:
    """Raise Invalid unless ``after`` differs from ``before``, and by so little that one screen shows it."""
    passages, characters = size(changed(compare(before, after, spoken)))
    most = MOST_IDEOGRAPHS if spoken.ideographic else MOST_CHARACTERS
    problem = None
    if not passages:
        problem = N_("Nothing in the text is changed yet.")
    elif passages > MOST_PASSAGES or characters > most:
        problem = N_(
            "This changes {passages} passages and {characters} characters; an urgent fix changes at most "
            "{most_passages} and {most}. Take the text down, or have it checked as usual.",
            passages=passages,
            characters=characters,
            most_passages=MOST_PASSAGES,
            most=most,
        )
    if problem:
        raise Invalid(problem, {"body": problem})


def size(found: Iterable[Compared]) -> tuple[int, int]:
    """Return how many passages are not as they were, and how many characters went and came.

    A passage that moved counts whole.
    """
    passages = characters = 0
    for one in found:
        passages += max(1, len(one.ids)) if one.fate in ("split", "merged") else 1
        pieces = [piece for line in one.lines for cell in line.cells for piece in cell]
        characters += sum(len(piece.text) for piece in pieces if piece.kind != "same" or one.moved)
    return passages, characters


def check_other(actor: Actor, proposed_by: str, spoken: str, kind: Kind, tellers: Collection[str]) -> None:
    """Raise NotAllowed unless ``actor`` may be the other person of a fix that ``proposed_by`` wrote.

    They did not write it, read the language, and are an editor or may check safety or facts; of a story: its teller.
    """
    if actor.id == proposed_by:
        raise NotAllowed(N_("You wrote this fix, so somebody else agrees to it."))
    if spoken not in actor.reads:
        raise NotAllowed(N_("Somebody who reads the language of the text agrees to this."))
    if kind is Kind.STORY:
        if actor.id not in tellers:
            raise NotAllowed(N_("In a story no word changes without its teller. They agree, or it is taken down."))
        return
    cares = any(name.partition(":")[0] in _CARES for name in actor.trainings)
    if not actor.has(Role.EDITOR) and not (actor.has(Role.REVIEWER) and cares):
        raise NotAllowed(N_("An editor, or a checker trained for safety or facts, agrees to this."))


def due_on(today: date, days: int, earlier: date | None) -> date:
    """Return by which day all checks follow; a second fix never gains time over the first one's ``earlier`` day."""
    day = today + timedelta(days=days)
    return min(day, earlier) if earlier else day


def _in_script(said: str, spoken: Language) -> bool:
    wanted = _SCRIPTS.get(spoken.script)
    return wanted is None or any(unicodedata.name(char, "").startswith(wanted) for char in said)
