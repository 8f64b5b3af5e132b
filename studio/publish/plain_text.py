"""A published text as plain text for the weakest phone: no markup, no fonts, lines that the phone itself wraps.

UTF-8 with a byte order mark and the line ends of old editors, so that nothing has to be guessed about it. Numbers,
addresses and foreign words stand between direction marks that even old phones know (LRM and RLM), never reversed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from studio.core.locales import Language
from studio.i18n import formats
from studio.i18n.catalogues import Translator, translator
from studio.publish import sayings
from studio.publish.document import Document
from studio.publish.pages import overdue
from studio.publish.pages.words import RECHECK_DUE
from studio.publish.plain_lines import LRM, RLM, colon, lines_of, marked

_LONGEST_RULE: Final = 24
"""Lines under headings are no longer than this, so that no phone wraps them."""
_COVER_LINES: Final = 24
"""Empty lines under the neutral title, so that whoever opens the file sees nothing else at first."""
_ISOLATE: Final = re.compile("[\u2066-\u2069]")
_BETWEEN: Final = re.compile(f"{LRM}([^\\w\n{LRM}{RLM}]*){LRM}(?=[^\\s])")


def render_text(document: Document, *, plain: bool) -> bytes:
    """Return the whole of ``document`` as a text file; ``plain`` names neither house nor topic outside the text.

    Raise Invalid where its HTML is not what rendering makes.
    """
    lines = [*_head(document, plain=plain), *_text(document, plain=plain), *_about(document, plain=plain)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(_directed(line, document.language) for line in lines)).strip("\n")
    if plain:
        title, _, rest = text.partition("\n\n")
        text = f"{title}\n\n…{chr(10) * _COVER_LINES}{rest}"
    return ("\ufeff" + text + "\n").replace("\n", "\r\n").encode()


def _head(document: Document, *, plain: bool) -> Iterator[str]:
    words = translator(document.language.code, "reader")
    title = document.neutral_title if plain else document.title
    yield from (marked(title, document.language), _rule("=", title), "")
    if not plain and document.summary:
        yield from (marked(document.summary, document.language), "")
    if not plain or document.practice:
        yield from (sayings.checked(document, words), "")
    if document.safety_line:
        yield from (f"! {marked(document.safety_line, document.language)}", document.label_words, "")
    if document.overdue:
        yield from (f"! {words.say(RECHECK_DUE)}", "")
    if document.content_notes:
        notes = formats.joined(document.content_notes, document.language.code)
        yield words.gettext("Before you read")
        gap = "" if words.language.ideographic else " "
        yield from (f"{words.gettext('This text mentions:')}{gap}{marked(_bare(notes), document.language)}", "")


def _text(document: Document, *, plain: bool) -> Iterator[str]:
    words = translator(document.language.code, "reader")
    base_url = "" if plain else document.base_url
    picture = words.gettext("Picture")
    for kind, line in lines_of(overdue.told(document, words), document.language, base_url, picture):
        if kind == "h2":
            yield from ("", line, _rule("-", line), "")
        elif kind in ("h3", "h4"):
            yield from ("", f"— {line}", "")
        elif kind == "notes":
            heading = words.gettext("Notes")
            yield from ("", heading, _rule("-", heading), "")
        else:
            yield line


def _about(document: Document, *, plain: bool) -> Iterator[str]:
    words = translator(document.language.code, "reader")
    heading = words.gettext("About this text")
    yield from ("", heading, _rule("-", heading), "", sayings.checked(document, words))
    if document.label_words and document.label_words != sayings.checked(document, words):
        yield document.label_words
    if document.sources:
        yield from ("", words.gettext("Sources"))
        yield from (f"- {marked(source, document.language)}" for source in document.sources)
    yield from ("", sayings.edition(document, words))
    told = marked(document.changelog, document.language)
    yield from filter(None, [f"{sayings.corrected(document, words)} {told}".strip()])
    if document.credit and not plain:
        yield _pair(words.gettext("Written by"), marked(document.credit, words.language), words)
    if document.checkers and not plain:
        checkers = _bare(formats.joined(document.checkers, words.language.code))
        yield _pair(words.gettext("Among those who checked it"), marked(checkers, words.language), words)
    yield _pair(words.gettext("Licence"), _run(document.licence, words), words)
    if document.copy_number:
        yield from _copy(document, words, plain=plain)


def _copy(document: Document, words: Translator, *, plain: bool) -> Iterator[str]:
    yield from ("", _pair(words.gettext("Copy number"), _run(document.copy_number, words), words))
    if document.base_url and not plain:
        address = f"{document.base_url}/check/{document.copy_number}"
        yield f"{words.gettext('Is my copy current?')} {_run(address, words)}"
    else:
        yield words.gettext(
            "To find out, open the page “Is my copy current?” where you found this text, and type the copy number."
        )


def _pair(name: str, value: str, words: Translator) -> str:
    return f"{name}{colon(words.language)}{value}"


def _run(text: str, words: Translator) -> str:
    """Return a number or address of ours, kept from left to right in a line of the other direction."""
    return f"{LRM}{text}{LRM}" if words.language.rtl else text


def _bare(text: str) -> str:
    return _ISOLATE.sub("", text)


def _rule(sign: str, heading: str) -> str:
    wide = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in heading)
    return sign * max(3, min(wide, _LONGEST_RULE))


def _directed(line: str, language: Language) -> str:
    """Return a line that says its direction by its first letter, and whose runs are parted as they are read."""
    line = _ISOLATE.sub(lambda mark: "" if language.rtl else mark[0], line)
    if not language.rtl or not line.strip():
        return line
    line = _BETWEEN.sub(f"{LRM}{RLM}\\1{RLM}{LRM}", line)
    first = next((unicodedata.bidirectional(letter) for letter in line if letter.isalpha() or letter in (LRM, RLM)), "")
    return line if first in ("R", "AL") else RLM + line
