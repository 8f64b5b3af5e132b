"""Putting a collection together: chapters that are ready become one PDF, still tagged, with page numbers and outline.

Each part is a PDF/UA-1 and PDF/A-2a of our own making (``pdf_ua`` has seen to it that links lead to places, not names,
and that ids differ), so what is left is to hang their trees of tags under one root and to count on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pikepdf
from pikepdf import Array, Name

from studio.core.locales import Language
from studio.publish.pdf_frame import CHAPTERS

_MM: Final = 72 / 25.4
_SIDE: Final = 16 * _MM
_BELOW: Final = 11 * _MM
_POINTS: Final = 8
"""Where a page number stands, from the outer edge and the foot, and its size: as in a guide alone."""
_INK: Final = b"0.3137 0.2863 0.349 rg"
_FOLIO: Final = "/Folio"


@contextmanager
def opened(contents: Sequence[bytes]) -> Iterator[list[Any]]:
    """Give the parts ``contents``, each opened once; ``pages_of`` counts their pages and ``join`` takes them."""
    with ExitStack() as stack:
        yield [stack.enter_context(pikepdf.open(BytesIO(content))) for content in contents]


def pages_of(part: Any) -> int:  # noqa: ANN401 - the library has no types
    """Return how many pages a part has."""
    return len(part.pages)


def join(front: Any, chapters: Sequence[Any], back: Any, folios: Any, language: Language) -> bytes:  # noqa: ANN401 - as above
    """Return cover and contents, chapters and the last page as one file; the same parts give the same bytes.

    All are opened parts; ``front`` becomes the whole and is of no use afterwards.
    """
    first = len(front.pages)
    places = [_append(front, part) for part in (*chapters, back)]
    # The last page is made anew with every change, so its dates are those of the whole.
    front.Root.Metadata = front.copy_foreign(back.Root.Metadata)
    front.trailer.Info = front.copy_foreign(back.trailer.Info)
    _outline(front, places)
    _lead(front, places[:-1], first)
    _number(front, _Digits(front, folios), language)
    target = BytesIO()
    front.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _append(whole: Any, source: Any) -> Any:  # noqa: ANN401 - as above
    """Append the pages of ``source`` with their tags; return the first entry of its outline, None without one."""
    begun = len(whole.pages)
    tree, key = whole.Root.StructTreeRoot, _next_key(whole)
    whole.pages.extend(source.pages)
    added = whole.copy_foreign(source.Root.StructTreeRoot)
    document = added.K[0]
    document.S, document.P = Name.Part, tree.K[0]
    tree.K[0].K.append(document)
    numbers = list(added.ParentTree.Nums)
    for at in range(0, len(numbers), 2):
        tree.ParentTree.Nums.extend([key + int(numbers[at]), numbers[at + 1]])
    colours = whole.pages[0].Resources.ColorSpace
    for page in list(whole.pages)[begun:]:
        page.StructParents = key + int(page.StructParents)
        page.Resources.ColorSpace = colours
        for annotation in page.get("/Annots", []):
            annotation.StructParent = key + int(annotation.StructParent)
    outlines = source.Root.get("/Outlines")
    return whole.copy_foreign(outlines).First if outlines is not None else None


def _next_key(whole: Any) -> int:  # noqa: ANN401 - as above
    """Return the first number that no page and no link of ``whole`` has in the tree of tags."""
    return int(whole.Root.StructTreeRoot.ParentTree.Nums[-2]) + 1


def _outline(whole: Any, places: Sequence[Any]) -> None:  # noqa: ANN401 - as above
    """Hang the outlines of the chapters side by side below the title of the whole."""
    root = whole.Root.Outlines
    chapters = [one for one in places if one is not None]
    title = root.First
    for before, after in pairwise(chapters):
        before.Next, after.Prev = after, before
    for one in chapters:
        one.Parent = title
        one.Count = -abs(int(one.get("/Count", 0)))
    title.First, title.Last, title.Count = chapters[0], chapters[-1], len(chapters)
    root.Count = 1 + len(chapters)


def _lead(whole: Any, places: Sequence[Any], pages: int) -> None:  # noqa: ANN401 - as above
    """Let the lines of the contents, on the first ``pages``, lead to the chapters."""
    for page in list(whole.pages)[:pages]:
        for annotation in page.get("/Annots", []):
            target = str(annotation.get("/A", {}).get("/URI", ""))
            if target.startswith(CHAPTERS):
                place = places[int(target.removeprefix(CHAPTERS))]
                annotation.Dest, annotation.Contents = place.Dest, place.Title
                del annotation.A


class _Digits:
    """The digits of page numbers: a font in the file, and for each digit its code there and its width."""

    def __init__(self, whole: Any, source: Any) -> None:  # noqa: ANN401 - as above
        """Take them from the page of ``source`` that shows all ten of them."""
        page = source.pages[0]
        codes, name = b"", ""
        for step in pikepdf.parse_content_stream(page):
            if str(step.operator) == "Tf":
                name = str(step.operands[0])
            elif str(step.operator) in ("TJ", "Tj"):
                shown = step.operands[0] if isinstance(step.operands[0], Array) else [step.operands[0]]
                codes += b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
        self.codes = [codes[at : at + 2] for at in range(0, len(codes), 2)]
        if len(self.codes) != 10:  # noqa: PLR2004 - there are ten digits
            raise ValueError("the page of digits does not show each of them once, in one font")
        widths = _widths(page.Resources.Font[name].DescendantFonts[0])
        self.widths = [widths[int.from_bytes(code)] / 1000 for code in self.codes]
        self.font = whole.copy_foreign(page.Resources.Font[name])

    def line(self, number: int, page: Any, language: Language) -> bytes:  # noqa: ANN401 - as above
        """Return the drawing of ``number`` at the outer edge of a page's foot; whoever listens is not told of it."""
        digits = [int(char) for char in str(number)]
        width = sum(self.widths[digit] for digit in digits) * _POINTS
        left, right, top = float(page.MediaBox[0]), float(page.MediaBox[2]), float(page.MediaBox[3])
        x = left + _SIDE if language.rtl else right - _SIDE - width
        shown = b"".join(self.codes[digit] for digit in digits).hex().encode()
        drawn = b"BT %b %d Tf %f %f Td <%b> Tj ET" % (_FOLIO.encode(), _POINTS, x, _BELOW, shown)
        # The page was drawn from its top; turning it once more undoes that.
        turned = b"q 1 0 0 -1 0 %f cm %b %b Q" % (top, _INK, drawn)
        return b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC %b EMC" % turned


def _widths(font: Any) -> dict[int, float]:  # noqa: ANN401 - as above
    """Return the widths of a font's glyphs, in thousandths of its size."""
    found, rest = dict[int, float](), list(font.W)
    while rest:
        first = int(rest.pop(0))
        if isinstance(rest[0], Array):
            found |= {first + n: float(width) for n, width in enumerate(rest.pop(0))}
        else:
            last, width = int(rest.pop(0)), float(rest.pop(0))
            found |= dict.fromkeys(range(first, last + 1), width)
    return found


def _number(whole: Any, digits: _Digits, language: Language) -> None:  # noqa: ANN401 - as above
    """Set the page numbers, but for the cover's."""
    for number, page in enumerate(whole.pages, 1):
        if number == 1:
            continue
        page.Resources.Font[_FOLIO] = digits.font
        page.contents_add(digits.line(number, page, language))
