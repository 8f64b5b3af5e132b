"""What a text's HTML needs before it is laid out on paper: notes at the foot, drawn boxes, addresses, whole phrases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from studio.core.locales import Language
from studio.publish.pdf_forms import PdfForm
from studio.publish.phrases import JOINER, glued

SVG: Final = "{http://www.w3.org/2000/svg}"
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORT: Final = (*_HEADINGS, "th", "caption", "figcaption", "dt")
"""Where lines end between phrases in Japanese and Chinese; in long texts they would be too uneven."""
_COLUMNS: Final = 4
_NARROW: Final = 9
_WIDE: Final = 17
"""Letters of a word that a column has room for, in tables of more and of fewer columns."""
_WORD: Final = re.compile("[^\\s\u2060\u3000-\u9fff\uff00-\uffef]+")
_JOINING: Final = re.compile("([\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufeff]+)")
_DROPPED: Final = frozenset({"script", "style", "link", "object", "embed", "iframe", "base", "meta"})
_KEPT_OFF: Final = ("style", "rel", "target", "download")
_MEDIA: Final = "/media/"
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_TELEPHONE: Final = re.compile(r"(?<![\w.,])[+(]?[+(]?\d[\d ()/-]{5,18}\d(?![\w.,]*\d)")
_OUTSIDE: Final = re.compile(r"(?:https?|mailto|tel):")
_EDGE: Final = "#4a4a4a"


def prepare(root: Element, language: Language, base_url: str, form: PdfForm) -> None:
    """Change the tree of a page in place; addresses within the house get ``base_url``, or lead nowhere without one."""
    for body in root.iter("main"):
        _clean(body)
        _footnotes(body)
        _tasks(body)
        _headings(body, language)
        _numbers(body)
        _links(body, base_url)
        _images(body)
        _cells(body)
    if form.easy and not language.ideographic:
        _composed(root)
    if form.easy and not language.rtl:
        _joined(root)


def _parents(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each element below ``root`` with its parent, in the order of the text."""
    for child in list(root):
        yield root, child
        yield from _parents(child)


def _clean(body: Element) -> None:
    for parent, child in _parents(body):
        if not str(child.tag).replace("-", "").isalnum() or child.tag in _DROPPED:  # a comment has no name
            _replace(parent, child, None)
            continue
        for name in _KEPT_OFF:
            child.attrib.pop(name, None)


def _replace(parent: Element, child: Element, new: Element | None) -> None:
    """Put ``new`` in the place of ``child``, or nothing, keeping the text behind it."""
    at = list(parent).index(child)
    if new is not None:
        new.tail = child.tail
        parent[at] = new
        return
    _append_text(parent, at, child.tail or "")
    parent.remove(child)


def _append_text(parent: Element, at: int, text: str) -> None:
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _unwrap(parent: Element, child: Element) -> None:
    """Put the inside of ``child`` in its place."""
    at = list(parent).index(child)
    inside = list(child)
    tail = child.tail or ""
    _append_text(parent, at, child.text or "")
    parent.remove(child)
    for offset, element in enumerate(inside):
        parent.insert(at + offset, element)
    _append_text(parent, at + len(inside), tail)


def _has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def _footnotes(body: Element) -> None:
    """Move each note to its first call; the layout floats it to the foot of that page. Later calls repeat the number.

    A note that nothing calls stays where it is, at the end of the text.
    """
    notes = {
        item.get("id", ""): (holder, item)
        for section in body.iter("section")
        if _has_class(section, "footnotes")
        for holder in section.iter("ol")
        for item in holder.findall("li")
    }
    numbers: dict[str, int] = {}
    for parent, child in _parents(body):
        name = child[0].get("href", "")[1:] if child.tag == "sup" and _has_class(child, "footnote-ref") else ""
        if name not in notes:
            continue
        if name in numbers:
            again = Element("sup", {"class": "again"})
            again.text = str(numbers[name])
            _replace(parent, child, again)
            continue
        holder, item = notes[name]
        numbers[name] = len(numbers) + 1
        holder.remove(item)
        _replace(parent, child, _note(item))
    for parent, child in _parents(body):
        if child.tag == "section" and _has_class(child, "footnotes") and not any(True for _ in child.iter("li")):
            _replace(parent, child, None)


def _note(item: Element) -> Element:
    for parent, child in _parents(item):
        if _has_class(child, "footnote-back"):
            _replace(parent, child, None)
    note = Element("span", {"class": "footnote"})
    note.text = item.text
    note.extend(list(item))
    for child in list(note):
        if child.tag == "p":
            _unwrap(note, child)
    _collapse(note)
    return note


def _collapse(note: Element) -> None:
    """Make each run of white space one space: the layout does so everywhere but in notes, and stumbles there."""
    for element in note.iter():
        element.text = _SPACE.sub(" ", element.text or "")
        element.tail = _SPACE.sub(" ", element.tail or "")
    note.text = (note.text or "").lstrip()
    if len(note):
        note[-1].tail = (note[-1].tail or "").rstrip()
    else:
        note.text = note.text.rstrip()


def _tasks(body: Element) -> None:
    """Draw the boxes of a task list; each tells its state to whoever listens to the page."""
    for item in body.iter("li"):
        for parent, child in _parents(item):
            if child.tag == "input":
                done = "checked" in child.attrib
                item.set("class", "task")
                _replace(parent, child, _tick(child.get("aria-label", ""), done=done))


def _tick(title: str, *, done: bool) -> Element:
    picture = Element(f"{SVG}svg", {"class": "tick done" if done else "tick", "viewBox": "0 0 10 10"})
    name = Element(f"{SVG}title")
    name.text = title
    picture.append(name)
    shape = {"x": "0.5", "y": "0.5", "width": "9", "height": "9", "rx": "1.5", "stroke": _EDGE, "stroke-width": "0.9"}
    picture.append(Element(f"{SVG}rect", {**shape, "fill": _EDGE if done else "none"}))
    if done:
        mark = {"d": "M2.3 5.2 L4.3 7.3 L7.8 2.9", "fill": "none", "stroke": "#ffffff", "stroke-width": "1.3"}
        picture.append(Element(f"{SVG}path", mark))
    return picture


def _headings(body: Element, language: Language) -> None:
    """Close gaps between heading levels (a reader's software trips over them) and keep phrases whole."""
    level = 1
    for element in body.iter():
        if element.tag not in _HEADINGS:
            continue
        level = min(max(2, int(element.tag[1])), level + 1)
        element.tag = f"h{level}"
        element.set("data-label", " ".join("".join(element.itertext()).split()))
    if language.ideographic:
        for element in body.iter():
            if element.tag in _SHORT or _has_class(element, "box-title"):
                _phrased(element, language)


def _phrased(element: Element, language: Language) -> None:
    """Let lines end between phrases, also where a phrase is partly emphasised."""
    places = list(_texts(element))
    whole = glued("".join(text for _, _, text in places), language)
    at = 0
    for holder, name, text in places:
        begun, left = at, len(text)
        while left or whole[at : at + 1] == JOINER:
            left -= whole[at] != JOINER
            at += 1
        setattr(holder, name, whole[begun:at])


def _texts(element: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield each piece of text below ``element`` with the place where it stands, in order."""
    yield element, "text", element.text or ""
    for child in element:
        yield from _texts(child)
        yield child, "tail", child.tail or ""


def _composed(root: Element) -> None:
    """Make a letter and its mark one: the face for easy reading has é, but no mark that could be set upon an e."""
    for holder, name, text in list(_texts(root)):
        setattr(holder, name, unicodedata.normalize("NFC", text))


def _joined(root: Element) -> None:
    """Mark words whose letters join, so that wide spacing does not tear them apart."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for holder, name, text in [place for body in root.iter("body") for place in _texts(body)]:
        pieces = _JOINING.split(text)
        if len(pieces) == 1 or str(holder.tag).startswith(SVG):
            continue
        setattr(holder, name, pieces[0])
        words = []
        for word, after in zip(pieces[1::2], pieces[2::2], strict=True):
            span = Element("span", {"class": "joined"})
            span.text, span.tail = word, after
            words.append(span)
        inside = name == "text"
        parent = holder if inside else parents[holder]
        at = 0 if inside else list(parent).index(holder) + 1
        parent[at:at] = words


def _numbers(body: Element) -> None:
    """Keep a telephone number on one line, and in one piece for whoever copies it."""
    for element in body.iter():
        if element.tag not in ("pre", "code"):
            element.text = element.text and _TELEPHONE.sub(_unbroken, element.text)
        element.tail = element.tail and _TELEPHONE.sub(_unbroken, element.tail)


def _unbroken(number: re.Match[str]) -> str:
    return number.group().replace(" ", "\u00a0")


def _links(body: Element, base_url: str) -> None:
    """Make addresses whole; a link that leads nowhere on paper becomes plain words."""
    names = {element.get("id") for element in body.iter() if element.get("id")}
    for link in list(body.iter("a")):
        target = link.get("href", "")
        if target.startswith("/") and not target.startswith("//") and base_url:
            link.set("href", base_url + target)
        elif target[1:] not in names if target.startswith("#") else not _OUTSIDE.match(target):
            link.attrib.pop("href", None)
            link.tag = "span"
        if len(link) == 1 and link[0].tag == "bdi" and not (link.text or link[0].tail):
            link.set("dir", link[0].get("dir", "ltr"))
            _unwrap(link, link[0])


def _cells(body: Element) -> None:
    """Let lines of a cell end within a word only where that word is too long for a column."""
    for row in body.iter("tr"):
        longest = _NARROW if len(row) > _COLUMNS else _WIDE
        for cell in row:
            if any(len(word) > longest for word in _WORD.findall("".join(cell.itertext()))):
                cell.set("class", f"{cell.get('class', '')} long".strip())


def _images(body: Element) -> None:
    for image in body.iter("img"):
        source = image.get("src", "")
        at = source.rfind(_MEDIA)
        image.set("src", f"media:{source[at + len(_MEDIA) :]}" if at >= 0 else "")
