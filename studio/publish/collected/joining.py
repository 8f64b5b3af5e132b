"""Putting a collection together: chapters that are ready become one PDF, still tagged, with page numbers and outline.

Each part is a PDF/UA-1 and PDF/A-2a of our own making (``pdf_ua`` has seen to it that links lead to places, not names,
and that ids differ), so what is left is to hang their trees of tags under one root and to count on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from studio.core.locales import Language
from studio.publish.collected.folios import FOLIO, Digits
from studio.publish.collected.stacking import Stack, Strip, strip_of
from studio.publish.pdf_frame import DAY

_MARK: Final = "C"


@contextmanager
def opened(contents: Sequence[bytes]) -> Iterator[list[Any]]:
    """Give the parts ``contents``, each opened once; ``join`` takes them."""
    with ExitStack() as stack:
        yield [stack.enter_context(pikepdf.open(BytesIO(content))) for content in contents]


def join(
    whole: Any,  # noqa: ANN401 - the library has no types
    chapters: Sequence[Any],
    folios: Any,  # noqa: ANN401 - as above
    language: Language,
    days: tuple[date, date],
) -> bytes:
    """Return cover and contents, chapters and the last page as one file; the same parts give the same bytes.

    All are opened parts; what is around the chapters becomes the ``whole`` and is of no use afterwards. ``days`` are
    those of its newest edition and of the newest check.
    """
    binder = _Binder(whole)
    places = [binder.append(part, f"{_MARK}{n}") for n, part in enumerate(chapters)]
    digits = Digits(whole, folios)
    binder.put_around(places, digits, language)
    _outline(whole, [one.outline for one in places])
    _number(whole, digits, language)
    _date(whole, *days)
    target = BytesIO()
    whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


@dataclass(slots=True)
class _Place:
    """A chapter in the whole: how many pages it has, the first entry of its outline, and its two lines."""

    pages: int
    outline: Any
    entry: Strip
    copies: Strip


class _Numbers:
    """The tags of a file by the numbers of pages, which have one for each text, and of links."""

    def __init__(self, tree: Any) -> None:  # noqa: ANN401 - as above
        flat = list(tree.ParentTree.Nums)
        self._tags = {int(number): tag for number, tag in zip(flat[::2], flat[1::2], strict=True)}
        self.next = max(self._tags) + 1
        """The first number that nothing has."""

    def take(self, page: Any) -> Any:  # noqa: ANN401 - as above
        """Return the tags of the texts on ``page``, which is not to be in the whole."""
        return self._tags.pop(int(page.StructParents))

    def counted(self, first: int) -> Iterator[Any]:
        """Yield numbers, counted from ``first``, and tags by turns."""
        for number, tag in self._tags.items():
            yield first + number
            yield tag


class _Binder:
    """A file that parts are appended to; their tags become parts of one tree."""

    def __init__(self, whole: Any) -> None:  # noqa: ANN401 - as above
        """Take apart what is around the chapters: cover, heads of two lists, addresses if any, an empty page."""
        self._whole = whole
        self._resources = whole.pages[0].Resources
        self._document = whole.Root.StructTreeRoot.K[0]
        numbers = _Numbers(whole.Root.StructTreeRoot)
        _, *strips, self._empty = list(whole.pages)
        self._cover, *self._sections = list(self._document.K)[: 1 + len(strips)]
        self._blocks = [
            strip_of(page, section.K, numbers.take(page), page.get("/Annots", []), self._resources)
            for page, section in zip(strips, self._sections, strict=True)
        ]
        numbers.take(self._empty)
        del whole.pages[1:]
        self._parts = list[Any]()
        self._numbers = list(numbers.counted(0))
        self._next = numbers.next

    def append(self, source: Any, name: str) -> _Place:  # noqa: ANN401 - as above
        """Append the pages of ``source`` with their tags; ``name`` tells the fonts of its lines from others."""
        whole, first = self._whole, self._next
        *pages, entry, copies = list(source.pages)
        begun = len(whole.pages)
        whole.pages.extend(pages)
        tree = whole.copy_foreign(source.Root.StructTreeRoot)
        document, numbers = tree.K[0], _Numbers(tree)
        *kept, listed, told = list(document.K)
        document.S, document.P, document.K = Name.Part, self._document, Array(kept)
        self._parts.append(document)
        links = [whole.copy_foreign(link) for link in entry.Annots]
        for page in whole.pages[begun:]:
            page.StructParents = first + int(page.StructParents)
            for link in page.get("/Annots", []):
                link.StructParent = first + int(link.StructParent)
        for link in links:
            link.StructParent = first + int(link.StructParent)
        resources = whole.pages[begun].Resources  # all its pages have the same
        resources.ColorSpace = self._resources.ColorSpace
        in_contents = strip_of(entry, [listed], numbers.take(entry), links, resources, name)
        in_list = strip_of(copies, [told], numbers.take(copies), [], resources, name)
        self._numbers.extend(numbers.counted(first))
        self._next += numbers.next
        return _Place(len(pages), whole.copy_foreign(source.Root.Outlines).First, in_contents, in_list)

    def put_around(self, places: Sequence[_Place], digits: Digits, language: Language) -> None:
        """Put the contents before the chapters, and the list of copy numbers behind them."""
        (contents, last, *_), (head, about, *rest) = self._sections, self._blocks
        front, back = Stack(self._whole, self._empty), Stack(self._whole, self._empty)
        for strip in (head, *(one.entry for one in places)):
            front.put(strip)
        for strip in (about, *(one.copies for one in places), *rest):
            back.put(strip)
        at = 2 + len(front)
        for place in places:
            place.entry.number = digits.entry(at, place.entry, self._empty, language)
            place.entry.leaves.append(self._in_list(place.entry))
            for link in place.entry.links:
                link.Contents = place.outline.Title
            at += place.pages
        for n, (page, leaves) in enumerate(front.pages(), 1):
            self._whole.pages.insert(n, self._tagged(page, leaves))
        for page, leaves in back.pages():
            self._whole.pages.append(self._tagged(page, leaves))
        lines = Dictionary(Type=Name.StructElem, S=Name.L, P=contents, Pg=head.elements[0].Pg, K=Array())
        contents.K.append(self._whole.make_indirect(lines))
        _hang(contents.K[-1], [one.entry for one in places])
        _hang(last, [*(one.copies for one in places), *rest])
        contents.Pg, last.Pg, last.S = head.elements[0].Pg, about.elements[0].Pg, Name.Part
        self._document.K = Array([self._cover, contents, *self._parts, last])
        self._whole.Root.StructTreeRoot.ParentTree.Nums = Array(self._numbers)

    def _in_list(self, line: Strip) -> Any:  # noqa: ANN401 - as above
        """Make an item of a list of ``line``, a link, and the number before it; return what holds both."""
        (link,) = line.elements
        body = self._whole.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.LBody, K=Array([len(line.leaves), link]))
        )
        item = self._whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LI, K=Array([body])))
        link.P, body.P = body, item
        line.elements = [item]
        return body

    def _tagged(self, page: Any, leaves: Sequence[Any]) -> Any:  # noqa: ANN401 - as above
        page.obj.StructParents = self._next
        self._numbers.extend([self._next, Array(leaves)])
        self._next += 1
        return page


def _hang(parent: Any, strips: Sequence[Strip]) -> None:  # noqa: ANN401 - as above
    """Hang the tags of ``strips`` below ``parent``, in their order."""
    every = [element for strip in strips for element in strip.elements]
    for element in every:
        element.P = parent
    parent.K = Array([*parent.K, *every])


def _outline(whole: Any, chapters: Sequence[Any]) -> None:  # noqa: ANN401 - as above
    """Hang the outlines of the chapters side by side below the title of the whole."""
    root = whole.Root.Outlines
    title = root.First
    for before, after in pairwise(chapters):
        before.Next, after.Prev = after, before
    for one in chapters:
        one.Parent = title
        one.Count = -abs(int(one.get("/Count", 0)))
    title.First, title.Last, title.Count = chapters[0], chapters[-1], len(chapters)
    root.Count = 1 + len(chapters)


def _number(whole: Any, digits: Digits, language: Language) -> None:  # noqa: ANN401 - as above
    """Set the page numbers, but for the cover's."""
    for number, page in enumerate(whole.pages, 1):
        if number > 1:
            page.Resources.Font[FOLIO] = digits.font
            page.contents_add(digits.line(number, page, language))


def _date(whole: Any, published: date, checked: date) -> None:  # noqa: ANN401 - as above
    """Write the days of the whole in the place of the one day that what is around its chapters tells."""
    told = whole.Root.Metadata.read_bytes()
    for name, day in (("Create", published), ("Modify", checked)):
        told = told.replace(f"<xmp:{name}Date>{DAY}<".encode(), f"<xmp:{name}Date>{day}<".encode())
    whole.Root.Metadata.write(told)
    whole.trailer.Info.CreationDate, whole.trailer.Info.ModDate = f"D:{published:%Y%m%d}", f"D:{checked:%Y%m%d}"
