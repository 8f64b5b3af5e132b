"""Inline HTML in foreign Markdown: what Markdown can say is converted, pure layout goes, the rest stays as text."""

from __future__ import annotations

import html
import re
from typing import Final

from studio.core.words import N_, Message

_COMMENT: Final = re.compile(r"<!--(?:(?!<!--|-->).)*+-->", re.DOTALL)
_UNSEEN: Final = re.compile(r"<(style|script|template)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*?)?)/?>")
_QUOTE: Final = re.compile(r"<blockquote\b[^<>]*>((?:(?!<blockquote\b).)*?)</blockquote\s*>", re.DOTALL | re.IGNORECASE)
"""A quote that holds no other one."""
_BREAK: Final = re.compile(r"(?<![ \t])[ \t]*<br\s*/?>[ \t]*(\n?)", re.IGNORECASE)
_ONE_LINE: Final = re.compile(r"^(?:[ \t]*\||#).*<br.*$", re.MULTILINE | re.IGNORECASE)
"""Rows of tables and headings, which end with their line."""
_BLOCK: Final = re.compile(
    r"^[ \t]*</?(?:div|p|section|article|aside|figure|figcaption|header|footer|main|nav|blockquote|ul|ol|li|h[1-6])\b"
    r"[^\n]*(?:\n[ \t]*[^\s][^\n]*)*",
    re.MULTILINE | re.IGNORECASE,
)
"""A passage of HTML, which lasts to the next empty line."""
_ATTRIBUTE: Final = r"""\b{name}\s*=\s*\\?(?:"([^"\\]*)\\?"|'([^']*)'|([^\s>"']+))"""
_ALWAYS: Final = {
    "strong": "**",
    "b": "**",
    "em": "*",
    "i": "*",
    "code": "`",
    "del": "~~",
    "s": "~~",
    "hr": "\n\n---\n\n",
}
_LINE: Final = {
    "li": ("\n- ", ""),
    **{f"h{level}": (f"\n\n{'#' * max(2, level)} ", "\n\n") for level in range(1, 7)},
}
"""What a tag that begins a line becomes, opening and closing."""
_APART: Final = frozenset(
    ["div", "p", "section", "article", "aside", "figure", "figcaption", "ul", "ol", "header", "footer", "main", "nav"]
)
_LAYOUT: Final = _APART | {"span", "center", "font", "small", "big", "u", "time", "sup", "sub", "abbr", "cite", "mark"}
RAISED: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


def convert_html(text: str, dropped: list[Message]) -> str:
    """Return ``text`` with its HTML as Markdown or as visible text; say in ``dropped`` what went."""
    unseen = (f"<{match[1].lower()}>" for match in _UNSEEN.finditer(text))
    dropped.extend(N_("Something that readers never saw was dropped: {name}", name=name) for name in unseen)
    text = _UNSEEN.sub("", _COMMENT.sub("", text))
    text = re.sub(r"<sup>([0-9+\-n]+)</sup>", lambda match: match[1].translate(RAISED), text)
    text = _BLOCK.sub(lambda match: re.sub(r"^[ \t]+", "", match[0], flags=re.MULTILINE), text)
    text = _ONE_LINE.sub(lambda match: _BREAK.sub(" ", match[0]), text)
    layout = set[str]()
    quotes = 1
    while quotes:
        text, quotes = _QUOTE.subn(lambda match: _quoted(match[1], layout), text)
    text = _marked_down(text, layout)
    dropped.extend(N_("Layout without words was dropped: {name}", name=f"<{name}>") for name in sorted(layout))
    return text


def _marked_down(text: str, layout: set[str]) -> str:
    links = list[str]()
    text = re.sub(r"(?:<br\s*/?>\s*){2,}", "\n\n", text, flags=re.IGNORECASE)
    return _TAG.sub(lambda match: _tag(match, layout, links), _BREAK.sub("\\\\\n", text))


def _quoted(words: str, layout: set[str]) -> str:
    inside = re.sub(r"\n\s*\n", "\n\n", _marked_down(words, layout).strip())
    return "\n\n" + "\n".join(f"> {line.strip()}".rstrip() for line in inside.splitlines()) + "\n\n"


def _tag(match: re.Match[str], layout: set[str], links: list[str]) -> str:
    closing, name, attributes = match[1] == "/", match[2].lower(), match[3]
    if name in _ALWAYS:
        return _ALWAYS[name]
    if name in ("a", "img"):
        return _anchor(attributes, links, closing=closing) if name == "a" else _image(attributes)
    if name in _LINE:
        return _LINE[name][closing]
    if name in _LAYOUT:
        layout.add(name)
        return "\n\n" if name in _APART else ""
    return match[0]


def _anchor(attributes: str, links: list[str], *, closing: bool) -> str:
    if not closing:
        links.append(_attribute(attributes, "href"))
        return "[" if links[-1] else ""
    target = links.pop() if links else ""
    return f"]({target})" if target else ""


def _image(attributes: str) -> str:
    words = re.sub(r"[\[\]\n]+", " ", _attribute(attributes, "alt"))
    return f"![{words}](<{_attribute(attributes, 'src')}>)"


def _attribute(attributes: str, name: str) -> str:
    found = re.search(_ATTRIBUTE.format(name=name), attributes, re.IGNORECASE)
    value = next((group for group in found.groups() if group), "") if found else ""
    return html.unescape(value).strip()
