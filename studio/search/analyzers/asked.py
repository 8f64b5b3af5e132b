"""What a reader typed, as units that can be looked up: exactly, or in smaller pieces when nothing is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from studio.search.analyzers.stems import forms
from studio.search.analyzers.tokens import HAN, HIRAGANA, HYPHENS, PIECE, base, characters, is_cjk

_JAPANESE_PIECE = re.compile(f"[{HAN}]+|[^{HAN}{HIRAGANA}]+")
_AFTER_ONE = re.compile(f"[{HIRAGANA}]")


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase: how far it stands from the first one, and the forms under which it may be written."""

    offset: int
    forms: tuple[str, ...]


Phrase = tuple[Step, ...]
"""Words in their places; a phrase of one step is a single word."""

Way = tuple[Phrase, ...]
"""Phrases that must all stand in one section."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for: any of ``ways`` answers it; ``pieces`` are its parts; ``word`` is it as typed."""

    ways: tuple[Way, ...]
    pieces: tuple[Phrase, ...]
    start: int
    end: int
    word: str = ""
    """The single word as typed; empty for a phrase and for scripts without spaces."""


def units(text: str, language_code: str) -> list[Unit]:
    """Return what ``text`` asks for, in its order; words left out by the analyzer are not among them."""
    code = base(language_code)
    found = (_unit(group, code) for group in _groups(text))
    return [unit for unit in found if unit.ways]


def phrase(text: str, language_code: str) -> Unit:
    """Return all of ``text`` as one unit whose words must stand side by side."""
    code, steps, position = base(language_code), [], 0
    for piece in PIECE.finditer(text):
        if is_cjk(piece):
            run = characters(piece[0], code)
            steps += [Step(position + step.offset, step.forms) for step in _pairs(run)]
            position += len(run)
        else:
            steps += _step(piece[0], code, position)
            position += 1
    pieces = tuple(part for unit in units(text, code) for part in unit.pieces)
    exact = _from_zero(steps)
    return Unit(((exact,),) if exact else (), pieces, 0, len(text))


def _groups(text: str) -> list[list[re.Match[str]]]:
    """Return the words of ``text``, those joined by a hyphen together."""
    pieces = list(PIECE.finditer(text))
    groups = [pieces[:1]] if pieces else []
    for before, piece in pairwise(pieces):
        hyphened = text[before.end() : piece.start()] in HYPHENS and not is_cjk(before) and not is_cjk(piece)
        if hyphened:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _unit(group: list[re.Match[str]], code: str) -> Unit:
    """Return the unit of one word, one run of ideographs, or some words joined by hyphens."""
    start, end = group[0].start(), group[-1].end()
    if is_cjk(group[0]):
        ways, pieces = _run(characters(group[0][0], code), code)
        return Unit(ways, pieces, start, end)
    steps = [step for at, piece in enumerate(group) for step in _step(piece[0], code, at)]
    pieces = tuple((Step(0, step.forms),) for step in steps)
    exact = _from_zero(steps)
    whole: tuple[Way, ...] = ((exact,),) if exact else ()
    if len(group) > 1:
        whole += tuple(((step,),) for step in _step("".join(piece[0] for piece in group), code, 0))
    return Unit(whole, pieces, start, end, group[0][0] if len(group) == 1 else "")


def _run(run: list[tuple[str, int, int]], code: str) -> tuple[tuple[Way, ...], tuple[Phrase, ...]]:
    """Return ways and pieces of a run: the whole of it; in Japanese also its words without their inflection."""
    exact = _pairs(run)
    if code != "ja":
        return ((exact,),), tuple((Step(0, step.forms),) for step in exact)
    pieces = _japanese("".join(character for character, _, _ in run))
    if not pieces:
        return ((exact,),), (exact,)
    ways = ((exact,), pieces)
    return ways[: 1 if pieces == (exact,) else 2], pieces


def _japanese(text: str) -> tuple[Phrase, ...]:
    """Return the Han and katakana words of a run; one character that is inflected stands for its word."""
    found: list[Phrase] = []
    for piece in _JAPANESE_PIECE.finditer(text):
        if len(piece[0]) == 1 and _AFTER_ONE.match(text, piece.end()):
            found.append((Step(0, (piece[0] + "/",)),))
        else:
            found.append(_pairs([(character, 0, 0) for character in piece[0]]))
    return tuple(found)


def _pairs(run: list[tuple[str, int, int]]) -> Phrase:
    """Return a run as overlapping pairs side by side, or as its one character."""
    if len(run) == 1:
        return (Step(0, (run[0][0],)),)
    return tuple(Step(at, (one[0] + two[0],)) for at, (one, two) in enumerate(pairwise(run)))


def _step(word: str, code: str, offset: int) -> list[Step]:
    """Return the step of ``word``, or nothing for a stop word."""
    known = forms(word, code)
    return [Step(offset, known)] if known else []


def _from_zero(steps: list[Step]) -> Phrase:
    """Return ``steps`` counted from the first one that is left."""
    return tuple(Step(step.offset - steps[0].offset, step.forms) for step in steps)
