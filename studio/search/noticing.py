"""Whether somebody used certain words, in whatever form, among others that they typed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from studio.search.analyzers import folding
from studio.search.analyzers.stems import forms
from studio.search.analyzers.tokens import PIECE, base, characters, is_cjk

_Forms = list[frozenset[str]]


def noticed(words: str, language: str, said: Iterable[str]) -> bool:
    """Whether any phrase of ``said`` stands in ``words``, both read as ``language``: case and endings do not matter."""
    typed = _forms(words, language)
    return any(_stands(_known(phrase, language), typed) for phrase in said)


@lru_cache(maxsize=4096)
def _known(phrase: str, language: str) -> _Forms:
    """Return the words of a phrase that is looked for; what somebody typed is never kept like this."""
    return _forms(phrase, language)


def _forms(text: str, language: str) -> _Forms:
    """Return the words of ``text``, each as the forms that it is known by; small words count, since "me" tells much."""
    code, found = base(language), _Forms()
    for piece in PIECE.finditer(text):
        if is_cjk(piece):
            found += [frozenset({character}) for character, _, _ in characters(piece[0], code)]
        else:
            found.append(frozenset(forms(piece[0], code) or (folding.lowered(piece[0], code),)))
    return found


def _stands(phrase: _Forms, typed: _Forms) -> bool:
    ends = range(len(typed) - len(phrase) + 1) if phrase else ()
    return any(all(one & typed[at + n] for n, one in enumerate(phrase)) for at in ends)
