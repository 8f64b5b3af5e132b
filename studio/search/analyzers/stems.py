"""The search forms of one word: lowered, stopped, stemmed, folded; remembered, because words repeat."""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import Any, Final

from studio.search.analyzers import arabic, folding
from studio.search.analyzers.stopwords import STOP_WORDS

SNOWBALL: Final = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
    "pl": "polish", "ru": "russian", "tr": "turkish",
}  # fmt: skip
PORTUGUESE: Final = (("oes", "ao"), ("aes", "ao"), ("ceis", "cil"), ("veis", "vel"), ("teis", "til"), ("ais", "al"))
LONGEST: Final = 64
_lock: Final = threading.Lock()  # a stemmer keeps its word in itself, so two threads would mix theirs


@lru_cache(maxsize=100_000)
def forms(word: str, base: str) -> tuple[str, ...]:
    """Return the forms under which ``word`` is found in language ``base``; none for a stop word."""
    plain = folding.lowered(word, base)[:LONGEST]
    if base == "ar" or "\u0600" <= plain[:1] <= "\u06ff":
        plain = folding.arabic(plain)
        return () if not plain or plain in STOP_WORDS["ar"] else arabic.stems(plain)
    bare = folding.folded(plain)
    if not bare or plain in STOP_WORDS.get(base, frozenset()):
        return ()
    stem = _stem(plain, base)
    found = [stem, _stem(_unmarked_plural(bare) if base == "pt" else bare, base)]
    if base == "tr":  # "hormonlar" loses its plural, "hormon" its last letter, taken for "your": the two meet here
        found.append(_stem(stem, base))
    return tuple(dict.fromkeys(folding.folded(form) for form in found))


def _unmarked_plural(word: str) -> str:
    """Return the singular of a Portuguese plural that is written without its marks, which the stemmer does not know."""
    return next((word[: -len(many)] + one for many, one in PORTUGUESE if word.endswith(many)), word)


@cache
def _stemmer(base: str) -> Any:  # noqa: ANN401 - the library has no types
    """Return the stemmer of a language, made when its first word comes; None where there is none."""
    if base not in SNOWBALL:
        return None
    import snowballstemmer  # noqa: PLC0415 - thirty languages that much of the program never asks for

    return snowballstemmer.stemmer(SNOWBALL[base])


def _stem(word: str, base: str) -> str:
    """Return the Snowball stem, or the word itself where there is no stemmer or nothing would be left."""
    stemmer = _stemmer(base)
    if stemmer is None:
        return word
    with _lock:
        stem: str = stemmer.stemWord(word)
    return stem or word
