"""Pen-names: any one script, nothing invisible, nothing that looks like another member's name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from studio.core.errors import Invalid
from studio.core.words import N_, Message

SHORTEST: Final = 2
LONGEST: Final = 30
FIELD: Final = "pen_name"

_TOGETHER: Final = (
    frozenset({"HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"HAN", "BOPOMOFO"}),
    frozenset({"HAN", "HANGUL"}),
)
"""Scripts that one language writes side by side."""
_EVERYWHERE: Final = frozenset({"COMMON", "INHERITED"})
_PUNCTUATION: Final = frozenset(" -'’·・")
_NO_SOUND: Final = re.compile(r"[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed \-'’·・]")
"""Marks that Hebrew and Arabic names are written with or without, and what parts the words of a name."""
_ASCII_TWINS: Final = str.maketrans({"0": "o", "1": "l", "i": "l"})
_KANA_TWINS: Final = str.maketrans("ロニハカタエトヘベペリー", "口二八力夕工卜へべぺり一")
"""Kana and ideographs of one shape, which the table of the library does not know."""
_PAIRS: Final = (("rn", "m"), ("vv", "w"))
_OF_THE_HOUSE: Final = (
    "admin",
    "administrator",
    "anonymous",
    "checker",
    "editor",
    "moderator",
    "organiser",
    "organizer",
    "steward",
    "studio",
    "support",
    "system",
)


def clean(typed: str) -> str:
    """Return ``typed`` in composed form with single spaces, as it will be shown."""
    return unicodedata.normalize("NFC", " ".join(filter(None, typed.split(" "))))


def check(name: str) -> None:
    """Raise Invalid, with one sentence for the field, unless ``name`` (as ``clean`` returns it) can be a pen-name."""
    problem = _problem(name)
    if problem:
        raise Invalid(problem, {FIELD: problem})


def folded(name: str) -> str:
    """Return what is compared at sign-in: the same for capitals, small letters and composed forms."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def look(name: str) -> str:
    """Return the skeleton of ``name``: the same for two names that the eye may take for one another."""
    letters = unicodedata.normalize("NFKC", _NO_SOUND.sub("", name))
    letters = letters.translate(_KANA_TWINS)
    skeleton = "".join(map(like, letters)).casefold().translate(_ASCII_TWINS)
    for pair, letter in _PAIRS:
        skeleton = skeleton.replace(pair, letter)
    return skeleton


def _problem(name: str) -> Message | None:
    """Return the first sentence of those that apply; an invisible character comes first, since it spoils the others."""
    sentences = (
        (
            any(_invisible(character) for character in name),
            N_("This name holds characters that cannot be seen. Please type it again, letter by letter."),
        ),
        (
            unicodedata.normalize("NFKC", name) != name,
            N_("Please type this name with ordinary letters, not with wide, small or joined forms."),
        ),
        (
            not SHORTEST <= len(name) <= LONGEST,
            N_("A pen-name has {shortest} to {longest} characters.", shortest=SHORTEST, longest=LONGEST),
        ),
        (
            not all(map(_allowed, name)) or not any(map(str.isalpha, name)),
            N_("A pen-name is made of letters; spaces, hyphens, apostrophes and digits may stand between them."),
        ),
        (
            len(_scripts(name)) > 1 or len(_digit_sets(name)) > 1,
            N_("Please write the whole name in one script."),
        ),
        (
            look(name) in _taken_by_the_house(),
            N_("This name would look like a task of the house. Please choose another one."),
        ),
    )
    return next((sentence for applies, sentence in sentences if applies), None)


def _invisible(character: str) -> bool:
    # Cf holds bidi controls, zero-width joiners and tags; Hangul fillers and variation selectors are no Cf.
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or (category == "Zs" and character != " "):
        return True
    return character in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" or "VARIATION SELECTOR" in unicodedata.name(
        character, ""
    )


def _allowed(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" or character.isdecimal() or character in _PUNCTUATION


def _scripts(name: str) -> frozenset[str]:
    """Return the scripts of ``name``; those that one language writes side by side count as one."""
    from confusable_homoglyphs import categories  # noqa: PLC0415 - only whoever chooses a name needs its table

    found = frozenset(alias for alias, _ in map(categories.aliases_categories, name)) - _EVERYWHERE
    return frozenset({"one"}) if any(found <= group for group in _TOGETHER) else found


def _digit_sets(name: str) -> set[int]:
    return {ord(character) - int(character) for character in name if character.isdecimal()}


@cache
def like(letter: str) -> str:
    """Return the plain letter that ``letter`` is mistaken for: an ASCII one if there is any, else the first of all."""
    if letter.isascii():
        return letter
    for form in (letter, letter.casefold()):
        plain = sorted(twin for twin in _twins(form) if twin.isascii() and twin.isalnum())
        if plain:
            return plain[-1]
    return min([letter.casefold(), *(twin.casefold() for twin in _twins(letter.casefold()))])


def _twins(letter: str) -> list[str]:
    """Return the single characters that look like ``letter``."""
    from confusable_homoglyphs import confusables  # noqa: PLC0415 - 6 MB of memory that serving pages does without

    return [twin["c"] for twin in confusables.confusables_data.get(letter, ()) if len(twin["c"]) == 1]


@cache
def _taken_by_the_house() -> frozenset[str]:
    return frozenset(map(look, _OF_THE_HOUSE))
