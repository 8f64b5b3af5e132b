"""Words of a word processor as Markdown: what would be read as a mark is escaped, marks stand where ours are seen."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote

OPEN: Final = {"strong": "\ue001", "em": "\ue003", "s": "\ue005"}
CLOSE: Final = {"strong": "\ue002", "em": "\ue004", "s": "\ue006"}
_MARKS: Final = {"strong": "**", "em": "*", "s": "~~"}
_WRITTEN: Final = str.maketrans(
    {sign[name]: mark for sign in (OPEN, CLOSE) for name, mark in _MARKS.items()}  # one sign for each mark
)
_OPENING, _CLOSING = "".join(OPEN.values()), "".join(CLOSE.values())
_OURS: Final = re.compile("[\ue000-\ue00f\u00ad]")
"""Our own signs, and hyphens that are seen at the end of a line only."""
_INLINE: Final = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<=~)~")
_LINE: Final = re.compile(r"^(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-{2,}|=+\s*$|:{3,}|[:~](?=[ -])|\|)")
_NUMBER: Final = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_EMPTY: Final = re.compile(f"[{_OPENING}](\\s*)[{_CLOSING}]")
_TWICE: Final = re.compile("|".join(f"{CLOSE[name]}(\\s*){OPEN[name]}" for name in OPEN))
_ENDS: Final = re.compile(f"(.)([{_CLOSING}]+)(?=(\\w))")
_BEGINS: Final = re.compile(f"(?<=(\\w))([{_OPENING}]+)(.)")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_UNSAFE: Final = re.compile(r"[()\s\\<>\"|`\[\]]")


def escaped(text: str) -> str:
    """Return ``text`` with its spaces made one and with what Markdown would read as marks escaped."""
    return _INLINE.sub(lambda match: f"\\{match[0]}", _SPACES.sub(" ", _OURS.sub("", text)))


def marked(name: str, words: str) -> str:
    """Return ``words`` in the mark called ``name``, which stands close to them; spaces and line ends stay outside."""
    inside = words.strip(" \n")
    if not inside:
        return words
    before, after = words[: len(words) - len(words.lstrip(" \n"))], words[len(words.rstrip(" \n")) :]
    inside = re.sub(r"\s*\n\s*", "\n", inside)
    return f"{before}{OPEN[name]}{inside}{CLOSE[name]}{after}"


def settled(text: str) -> str:
    """Return a line or paragraph with its marks written where CommonMark sees them as such."""
    before = ""
    while before != text:
        before, text = text, _TWICE.sub(_between, _EMPTY.sub(r"\1", text))
    text = _BEGINS.sub(_open_later, _ENDS.sub(_close_earlier, text))
    return text.translate(_WRITTEN)


def address(href: str) -> str:
    """Return an address as it may stand between the brackets of a link."""
    return _UNSAFE.sub(lambda match: quote(match[0]), href.strip())


def paragraph(text: str) -> str:
    """Return the Markdown of a paragraph whose line ends are single; an empty line in it parts it in two."""
    parts = (part.split("\n") for part in re.split(r"\n(?:[ \t]*\n)+", text.strip()))
    return "\n\n".join("\\\n".join(_line(line.strip()) for line in part if line.strip()) for part in parts)


def one_line(text: str) -> str:
    """Return the Markdown of what must stand in one line, such as a heading or a cell."""
    return " ".join(settled(text).split())


def _line(line: str) -> str:
    line = _LINE.sub(lambda match: f"\\{match[0]}", line)
    return settled(_NUMBER.sub(r"\1\\\2", line))


def _between(match: re.Match[str]) -> str:
    return next((space for space in match.groups() if space), "")


def _close_earlier(match: re.Match[str]) -> str:
    """Take punctuation out of a mark that a letter follows: there it would not be seen as the mark's end."""
    last, marks, after = match.groups()
    return f"{marks}{last}" if _parts(last) and not _unspaced(after) else match[0]


def _open_later(match: re.Match[str]) -> str:
    before, marks, first = match.groups()
    return f"{first}{marks}" if _parts(first) and not _unspaced(before) else match[0]


def _parts(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS" and sign not in "\\`[]()!" and not _unspaced(sign)


def _unspaced(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
