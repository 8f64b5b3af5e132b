"""Foreign Markdown made our own: front matter mapped, what cannot be kept listed, nothing visible lost silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from studio.core.errors import Invalid
from studio.core.words import N_, Message
from studio.guides.fields import SUMMARY_LIMIT, TITLE_LIMIT, TextFields
from studio.guides.foreign_html import convert_html
from studio.guides.foreign_marks import tight_emphasis

_FRONT: Final = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TEMPLATE: Final = re.compile(r"\{!\{(?:(?!\{!\{|\}!\}).)*+\}!\}", re.DOTALL)
_MARK: Final = re.compile("æ{3}")
"""What some site makers put around passages of raw HTML."""
_TARGET: Final = r"\(\s*<?((?:[^()\s<>]|\([^()\s]*\))+)>?(?:\s+\"[^\"\n]*\")?\s*\)"
_IMAGE: Final = re.compile(r"!\[([^\]\n]{0,1000}+)\]" + _TARGET)
_LINK: Final = re.compile(r"(?<!!)\[([^\]\n]{0,1000}+)\]" + _TARGET)
_HEADING: Final = re.compile(r"(?:\A\s*##?|^#)[ \t]+([^\n]++)(?:\n|\Z)", re.MULTILINE)
"""A heading at the very beginning, or the first of the highest level."""
_KEPT: Final = re.compile(
    r"(^(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^(?P=fence)[ \t]*$|\Z)|`[^`\n]+`)", re.DOTALL | re.MULTILINE
)
"""Code; a fence that is never closed lasts to the end."""
_OUR_LINKS: Final = ("http://", "https://", "mailto:", "tel:", "#", "guide:")
OURS: Final = frozenset(
    {
        "id",
        "lang",
        "language",
        "kind",
        "facets",
        "topics",
        "licence",
        "title",
        "description",
        "source_of",
        *TextFields.__slots__,
    }
)


@dataclass(slots=True)
class Foreign:
    """A file as it can be taken in, and a sentence for each thing that was dropped or changed."""

    body: str
    fields: TextFields
    meta: Mapping[str, Any]
    dropped: list[Message] = field(default_factory=list)


def read(data: bytes, name: str, image: Callable[[str], str | None]) -> Foreign:
    """Make the Markdown file ``data`` our own; ``image`` gives our reference for a path, None where it is not there.

    Raise Invalid where the file is not text, or its front matter is no YAML mapping.
    """
    front, body = _parts(_decoded(data))
    foreign = ", ".join(key for key in front if key not in OURS)
    dropped = [N_("Front matter that has no place here: {name}.", name=foreign)] if foreign else []
    body = _outside_code(body, lambda text: _converted(text, image, dropped))
    body = body.strip("\n") + "\n"
    fields, body = _fields(front, body, name, dropped)
    return Foreign(body, fields, front, dropped)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(N_("This file is not UTF-8 text. Save it as UTF-8 and import it again.")) from error
    if "\x00" in text:
        raise Invalid(N_("This file holds bytes that are no text. Save it as UTF-8 text and import it again."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(text: str) -> tuple[dict[str, Any], str]:
    found = _FRONT.match(text)
    if not found:
        return {}, text
    try:
        front = yaml.safe_load(found[1]) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Invalid(
            N_("The lines between --- at the top are not YAML. Mend them and import the file again.")
        ) from error
    if not isinstance(front, dict):
        raise Invalid(N_("The lines between --- at the top must be names and values."))
    return {str(key): value for key, value in front.items()}, text[found.end() :]


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return ``text`` with ``change`` applied to everything but code."""
    kept = list[str]()

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    changed = change(_KEPT.sub(keep, text))
    return re.sub("\x00([0-9]+)\x00", lambda match: kept[int(match[1])], changed)


def _converted(text: str, image: Callable[[str], str | None], dropped: list[Message]) -> str:
    def template(match: re.Match[str]) -> str:
        words = re.sub(r"<[^>]*>|\{\{.*?\}\}|\{!\{|\}!\}", " ", match[0], flags=re.DOTALL).split()
        dropped.append(N_("A template block was dropped: {words}", words=_short(" ".join(words)) or "(…)"))
        return ""

    def picture(match: re.Match[str]) -> str:
        ours = None if "://" in match[2] else image(match[2])
        if ours:
            return f"![{match[1]}]({ours})"
        dropped.append(
            N_("An image that is not here was dropped: {name}", name=_short(f"{match[2]} {match[1]}".strip()))
        )
        return ""

    def link(match: re.Match[str]) -> str:
        if not match[1].strip():
            dropped.append(N_("A link without words was dropped: {name}", name=_short(match[2])))
            return ""
        if match[2].lower().startswith(_OUR_LINKS):
            return match[0]
        dropped.append(N_("A link that leads nowhere here became plain words: {name}", name=_short(match[2])))
        return match[1]

    text = _TEMPLATE.sub(template, text)
    if _MARK.search(text):
        dropped.append(N_("Marks of a template were dropped: {name}", name="æææ"))
        text = _MARK.sub("", text)
    text = tight_emphasis(convert_html(text, dropped))
    text = _LINK.sub(link, _IMAGE.sub(picture, text))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"^[ \t]+$", "", text, flags=re.MULTILINE))


def _fields(front: Mapping[str, Any], body: str, name: str, dropped: list[Message]) -> tuple[TextFields, str]:
    heading = _HEADING.search(body)
    words = _words_of(heading[1].strip().rstrip("#").rstrip()) if heading else ""
    title = " ".join(str(front.get("title") or (words if heading else name)).split())
    if heading and _plain(words) == _plain(title):
        before, after = body[: heading.start()].rstrip("\n"), body[heading.end() :].lstrip("\n")
        body = f"{before}\n\n{after}" if before else after
    if len(title) > TITLE_LIMIT:
        dropped.append(N_("The title was too long and was cut: {words}", words=_short(title)))
        title = title[: TITLE_LIMIT - 1].rstrip() + "…"
    summary = " ".join(str(front.get("summary") or front.get("description") or "").split())
    if len(summary) > SUMMARY_LIMIT:
        dropped.append(N_("The summary was too long and was cut; whole it was: {words}", words=summary))
        summary = summary[: SUMMARY_LIMIT - 1].rstrip() + "…"
    values = {key: _plain_value(value) for key, value in front.items()}
    return TextFields.from_dict({**values, "title": title, "summary": summary}), body


def _plain_value(value: object) -> object:
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value).strip() if value is not None else ""


def _words_of(heading: str) -> str:
    """Return a heading as a title, which has no marks."""
    return re.sub(r"[*`~]+|\\(?=\W)", "", _LINK.sub(lambda match: match[1], heading))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
