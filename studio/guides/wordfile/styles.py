"""What the styles of a word processor's file say that mammoth does not ask: hidden words, lists of contents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF: Final = ("0", "false", "off")
_HIDING: Final = (f"{W}vanish", f"{W}specVanish")


@dataclass
class Styles:
    """The styles by id, as far as they matter here."""

    _based_on: dict[str, str] = field(default_factory=dict)
    _hidden: dict[str, bool] = field(default_factory=dict)
    _contents: set[str] = field(default_factory=set)

    def hides(self, style: str) -> bool:
        """Whether a style, or one that it is based on, hides its words."""
        seen = set[str]()
        while style and style not in seen:
            if style in self._hidden:
                return self._hidden[style]
            seen.add(style)
            style = self._based_on.get(style, "")
        return False

    def lists_contents(self, style: str) -> bool:
        """Whether a paragraph of this style is a line of a list of contents."""
        return style in self._contents


def styles_of(root: Element | None) -> Styles:
    """Return the styles of a file; none where it has no such part."""
    found = Styles()
    for style in root.iter(f"{W}style") if root is not None else ():
        key = style.get(f"{W}styleId", "")
        found._based_on[key] = value(style, "basedOn")  # noqa: SLF001 - made here
        hidden = hidden_by(style.find(f"{W}rPr"))
        if hidden is not None:
            found._hidden[key] = hidden  # noqa: SLF001 - made here
        if value(style, "name").lower().startswith(("toc ", "contents ")):
            found._contents.add(key)  # noqa: SLF001 - made here
    return found


def hidden_by(properties: Element | None) -> bool | None:
    """Whether properties of a run hide it; None where they say nothing."""
    if properties is None:
        return None
    for name in _HIDING:
        mark = properties.find(name)
        if mark is not None:
            return is_on(mark)
    return None


def is_on(mark: Element | None) -> bool:
    """Whether a property that may be switched off is there and on."""
    return mark is not None and mark.get(f"{W}val", "1").lower() not in _OFF


def value(element: Element | None, name: str) -> str:
    """Return what a property says; empty where it is not there."""
    mark = element.find(f"{W}{name}") if element is not None else None
    return mark.get(f"{W}val", "") if mark is not None else ""
