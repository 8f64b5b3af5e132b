"""The tree of a word processor's text without what nobody may see, and without wrappers that would hide words."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Final
from xml.etree.ElementTree import Element

from studio.guides.wordfile.found import Found
from studio.guides.wordfile.styles import Styles, W, hidden_by, is_on, value
from studio.guides.wordfile.tree import with_parents, words

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNWRAPPED: Final = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdt", "sdtContent", "subDoc")
)
"""Around words that are to be read; mammoth knows only some of them."""
_GONE: Final = frozenset({f"{_A}hlinkClick"}) | frozenset(
    f"{W}{name}"
    for name in (
        *("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"),
        *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange"),
        *("numberingChange", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "sectPr", "tblPr", "tblGrid"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "lastRenderedPageBreak"),
    )
)
_DELETED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_MARKS: Final = frozenset({f"{W}rPr", f"{W}trPr", f"{W}pPr"})
"""In them a deletion is that of a line's end or a row's, which mammoth understands."""
_INSERTED: Final = frozenset({f"{W}altChunk", f"{W}object"})
_BLIP: Final = f"{_A}blip"
_IMAGEDATA: Final = f"{_V}imagedata"
DEEPEST: Final = 4
"""Levels of lists below the first; deeper ones stand at the last."""
WIDEST: Final = 60
Clean = Callable[[Element, Element], None]


class Cleaner:
    """Cleans one part that has a text: the document itself, or its notes."""

    def __init__(self, styles: Styles, pictures: Container[str], found: Found) -> None:
        """Keep what decides: the styles, the ids of pictures that are in the file, and where to note what goes."""
        self._styles, self._pictures, self._found = styles, pictures, found
        self._do: dict[str, Clean] = {
            f"{W}commentReference": self._comment,
            f"{W}r": self._run,
            f"{W}p": self._paragraph,
            f"{W}ruby": self._ruby,
            f"{W}cr": self._line_end,
            f"{W}ilvl": self._level,
            f"{W}gridSpan": self._span,
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{_M}oMath": self._formula,
            f"{_M}oMathPara": self._unwrap,
            f"{W}tc": self._cell,
            **dict.fromkeys(_UNWRAPPED, self._unwrap),
            **dict.fromkeys(_DELETED, self._deleted),
            **dict.fromkeys(_GONE, _drop),
            **dict.fromkeys(_INSERTED, self._other_file),
        }

    def clean(self, root: Element) -> Element:
        """Return ``root`` without what is not to be seen. Children come before their parents."""
        for parent, child in with_parents(root):
            if child.tag == f"{_MC}AlternateContent":
                _choose(parent, child)
        for parent, child in with_parents(root):
            do = self._do.get(child.tag)
            if do:
                do(parent, child)
        for one in root.iter():
            for name in [key for key in one.attrib if "}rsid" in key or key in (f"{W}author", f"{W}date")]:
                del one.attrib[name]
        return root

    def _comment(self, parent: Element, child: Element) -> None:
        self._found.count("comments")
        parent.remove(child)

    def _deleted(self, parent: Element, child: Element) -> None:
        if parent.tag in _MARKS:
            self._found.counts["deleted"] += parent.tag == f"{W}trPr"
            return
        if child.tag == f"{W}del":
            self._found.count("deleted")
        parent.remove(child)

    def _cell(self, parent: Element, child: Element) -> None:
        if child.find(f"{W}tcPr/{W}cellDel") is not None:
            self._found.count("deleted")
            parent.remove(child)

    def _run(self, parent: Element, child: Element) -> None:
        properties = child.find(f"{W}rPr")
        own = hidden_by(properties)
        if own or (own is None and self._styles.hides(value(properties, "rStyle"))):
            self._hide(parent, child)
        elif properties is not None:
            _right_to_left(properties)

    def _hide(self, parent: Element, run: Element) -> None:
        if words(run, f"{W}t").strip():
            self._found.count("hidden")
        parent.remove(run)

    def _paragraph(self, parent: Element, child: Element) -> None:
        style = value(child.find(f"{W}pPr"), "pStyle")
        if self._styles.lists_contents(style):
            self._found.counts["contents"] = 1
            parent.remove(child)
        elif self._styles.hides(style):
            for holder, run in with_parents(child):
                if run.tag == f"{W}r" and hidden_by(run.find(f"{W}rPr")) is None:
                    self._hide(holder, run)

    def _ruby(self, parent: Element, child: Element) -> None:
        self._found.count("ruby")
        base, reading = child.find(f"{W}rubyBase"), child.find(f"{W}rt")
        text = Element(f"{W}t")
        text.text = words(base, f"{W}t") if base is not None else ""
        above = words(reading, f"{W}t") if reading is not None else ""
        text.text += f"（{above}）" if above else ""
        _replace(parent, child, [text])

    def _formula(self, parent: Element, child: Element) -> None:
        text = Element(f"{W}t")
        text.text = words(child, f"{_M}t")
        self._found.tell("formula", text.text)
        run = Element(f"{W}r")
        run.append(text)
        _replace(parent, child, [run])

    def _line_end(self, parent: Element, child: Element) -> None:
        _replace(parent, child, [Element(f"{W}br")])

    def _level(self, _parent: Element, child: Element) -> None:
        child.set(f"{W}val", str(min(_number(child.get(f"{W}val")), DEEPEST)))

    def _span(self, _parent: Element, child: Element) -> None:
        child.set(f"{W}val", str(max(1, min(_number(child.get(f"{W}val")), WIDEST + 1))))

    def _other_file(self, parent: Element, child: Element) -> None:
        self._found.count("inserted")
        parent.remove(child)

    def _drawing(self, parent: Element, child: Element) -> None:
        """Leave pictures that are in the file, and the words of boxes; count the others."""
        shown = [*child.iter(_BLIP), *child.iter(_IMAGEDATA)]
        ids = {one.get(f"{_R}embed") or one.get(f"{_R}id") or "" for one in shown}
        if ids and not all(name in self._pictures for name in ids):
            self._found.count("elsewhere")
            parent.remove(child)
        elif ids:
            self._found.shown += len(shown)
        elif words(child, f"{W}t").strip():
            box = Element(f"{W}pict")
            box.extend(child.iter(f"{W}txbxContent"))
            _replace(parent, child, [box])
        else:
            self._found.count("inserted")
            parent.remove(child)

    def _unwrap(self, parent: Element, child: Element) -> None:
        if parent.tag not in _MARKS:
            _replace(parent, child, list(child))


def _drop(parent: Element, child: Element) -> None:
    parent.remove(child)


def _choose(parent: Element, child: Element) -> None:
    """Take the way of showing something that mammoth can read: the older one for boxes, or the only one."""
    ways = [child.find(f"{_MC}Fallback"), child.find(f"{_MC}Choice")]
    chosen = next((way for way in ways if way is not None and len(way)), None)
    _replace(parent, child, list(chosen) if chosen is not None else [])


def _replace(parent: Element, child: Element, by: list[Element]) -> None:
    place = list(parent).index(child)
    parent[place : place + 1] = by


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < len("100000") else 0


def _right_to_left(properties: Element) -> None:
    """Say strength and emphasis of words from right to left, which have marks of their own, by the usual ones."""
    if not is_on(properties.find(f"{W}rtl")):
        return
    for usual, theirs in (("b", "bCs"), ("i", "iCs")):
        for one in properties.findall(f"{W}{usual}"):
            properties.remove(one)
        if is_on(properties.find(f"{W}{theirs}")):
            properties.append(Element(f"{W}{usual}"))
