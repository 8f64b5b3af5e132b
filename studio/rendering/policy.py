"""What a rendered text may consist of: every tag, attribute, value, id and class by name. Anything else is refused."""

from __future__ import annotations

import re
from typing import Final

from studio.rendering.addresses import is_own, may_link, may_load
from studio.rendering.limits import DEPTH

CLASSES: Final = frozenset(
    {
        "box", "box-note", "box-help", "box-care", "box-stop", "box-title", "footnotes", "footnote-ref",
        "footnote-back", "align-start", "align-center", "align-end", "task", "table",
        "marked", "marked-quote", "marked-number", "marked-step",
    }
)  # fmt: skip
VOID: Final = frozenset({"br", "hr", "img", "input"})
MAX_DEPTH: Final = DEPTH + 10
"""The frames that rendering itself adds around the 30 layers a writer has (table, notes, isolated runs)."""

ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "a": "href title rel id class aria-label dir lang",
        "bdi": "dir lang",
        "blockquote": "", "br": "", "dd": "", "dl": "", "dt": "", "em": "", "figcaption": "", "figure": "", "hr": "",
        "s": "", "strong": "", "table": "", "tbody": "", "thead": "", "tr": "", "ul": "",
        "code": "dir",
        "div": "class role tabindex aria-label",
        "h2": "id", "h3": "id", "h4": "id",
        "img": "src alt title",
        "input": "type disabled checked aria-label",
        "li": "id class",
        "ol": "start",
        "p": "class",
        "pre": "dir",
        "section": "class id aria-label",
        "sup": "class",
        "td": "class",
        "th": "class scope",
    }.items()
}  # fmt: skip

NEEDED: Final = {"a": {"href"}, "img": {"src", "alt"}, "input": {"type", "disabled", "aria-label"}, "th": {"scope"}}
"""Attributes without which an element is a fault: a picture of nothing, a link to nowhere, a box that says nothing."""

_ID: Final = re.compile(r"h-[^\s\"'<>&#]{1,80}|fn|fn-\d{1,5}|fnref-\d{1,5}(?:-\d{1,5})?")
_VALUES: Final = {
    "rel": re.compile(r"noreferrer nofollow external"),
    "id": _ID,
    "dir": re.compile(r"ltr|rtl"),
    "lang": re.compile(r"[a-z]{2,3}"),
    "role": re.compile(r"note|group"),
    "tabindex": re.compile(r"0"),
    "type": re.compile(r"checkbox"),
    "disabled": re.compile(r"(?:disabled)?"),
    "checked": re.compile(r"(?:checked)?"),
    "start": re.compile(r"\d{1,9}"),
    "scope": re.compile(r"col"),
}


def allows(tag: str, name: str, value: str, own: frozenset[str]) -> bool:
    """Whether ``tag`` may carry ``name="value"``; ``own`` are addresses that the house itself made for this text."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "href":
        return may_link(value) or (value in own and is_own(value))
    if name == "src":
        return may_load(value)
    if name == "class":
        return bool(value) and CLASSES.issuperset(value.split())
    shape = _VALUES.get(name)
    return shape is None or bool(shape.fullmatch(value))
