"""A text that is overdue: which parts of it age badly, and how they are kept from being read as if they were fresh.

Numbers about health, and whatever a text about the law says, are folded on the page, and have a sentence above them in
PDFs and EPUBs. Help and danger boxes are never folded: who needs them in a hurry must not have to look for them.
Source: editorial-model.md, "After publication".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from markupsafe import Markup

from studio.guides.rules.weighty import digits
from studio.i18n.catalogues import Translator
from studio.publish.document import Document
from studio.publish.pages.parts import Part, outermost, sections
from studio.publish.pages.words import OVERDUE_HERE

OPEN: Final = frozenset({"box-help", "box-stop"})
"""Boxes that stay as they are."""


def folded(document: Document, words: Translator) -> str:
    """Return the body of a page: where the text is overdue, what ages badly is folded under a sentence."""
    attributes = _said(document, words)
    start = Markup('<details class="overdue"><summary{}>{}</summary>\n').format(attributes, words.say(OVERDUE_HERE))
    return _marked(document, lambda inside: f"{start}{inside}\n</details>")


def told(document: Document, words: Translator) -> str:
    """Return the body of a PDF or EPUB: where the text is overdue, a box stands above what ages badly.

    It is HTML as rendering makes it, so that whoever reads that can read this.
    """
    sentence = Markup("<bdi{}>{}</bdi>") if _said(document, words) else Markup("{1}")
    line = sentence.format(_said(document, words), words.say(OVERDUE_HERE))
    box = Markup('<div class="box box-care" role="note">\n<p class="box-title">{}</p>\n</div>\n').format(line)
    return _marked(document, lambda inside: f"{box}{inside}")


def _said(document: Document, words: Translator) -> Markup:
    if words.language == document.language:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(words.language.code, words.language.direction)


def claims(document: Document) -> list[str]:
    """Return what a text claims, as HTML: passages with a number, a source or a box, each under its heading.

    Of a text about the law it is every passage. The notes follow last, so that their numbers lead somewhere.
    """
    html, legal = document.body.html, _legal(document)
    found = list[str]()
    for section in sections(outermost(html)):
        heading = [one for one in section if one.heading]
        said = [one for one in section if not one.heading and (legal or one.notes or _claims(one))]
        found += ["\n".join(html[one.start : one.end] for one in [*heading, *said])] if said else []
    return found


def _claims(part: Part) -> bool:
    return part.leads_out or bool(part.classes & OPEN) or bool(digits("".join(part.words)))


def _legal(document: Document) -> bool:
    return any(facet.partition(":")[0] == "legal" for facet in document.facets)


def _marked(document: Document, mark: Callable[[str], str]) -> str:
    html, legal = document.body.html, _legal(document)
    if not document.overdue or not (legal or "health" in document.facets):
        return html
    pieces, end = list[str](), 0
    for first, last in _runs(outermost(html), every=legal):
        pieces += [html[end : first.start], mark(html[first.start : last.end])]
        end = last.end
    return "".join([*pieces, html[end:]])


def _runs(parts: list[Part], *, every: bool) -> Iterator[tuple[Part, Part]]:
    """Yield first and last of each run of elements that age badly: all, or those in sections with a number."""
    for section in sections(parts):
        inside = [one for one in section if _folds(one)]
        if not every and not any(digits("".join(one.words)) for one in inside):
            continue
        run = list[Part]()
        for one in [*section, None]:
            if one is not None and _folds(one):
                run.append(one)
            elif run:
                yield run[0], run[-1]
                run = []


def _folds(part: Part) -> bool:
    return not part.heading and not part.notes and not part.classes & OPEN
