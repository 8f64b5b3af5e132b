"""What a writing form holds: read from a request, and filled from a draft."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

from babel import Locale
from flask import request

from studio.core.errors import Invalid
from studio.core.ids import new_id
from studio.core.words import N_, Message
from studio.editor.models import About, Sent
from studio.editor.rules.fields import NONE
from studio.guides import house
from studio.guides.drafts.log import State
from studio.guides.fields import TextFields
from studio.guides.models import Guide
from studio.guides.naming import PLAIN_FACETS
from studio.guides.rules.statuses import Kind
from studio.web import forms

MOST: Final = 400_000
"""Characters of a text that are read at all; the kernel says what is too much."""
SHORT: Final = 2_000
_LEGAL: Final = "legal:"


@dataclass(slots=True)
class Filled:
    """The values of a writing form. ``problems`` maps a field to its sentence."""

    body: str
    fields: TextFields
    about: About
    base_seq: int
    base_digest: str
    base_about: str
    form: str = field(default_factory=new_id)
    count: int = 0
    problems: dict[str, Message] = field(default_factory=dict)

    @property
    def legal(self) -> str:
        """The countries whose law the text speaks of, as they are typed."""
        return ", ".join(one.removeprefix(_LEGAL) for one in self.about.facets if one.startswith(_LEGAL))


def about_of(guide: Guide) -> About:
    """Return what a guide is."""
    return About(guide.kind, tuple(guide.facets), tuple(guide.topics))


def filled(state: State, guide: Guide) -> Filled:
    """Return the form for going on from ``state``."""
    about = about_of(guide)
    return Filled(state.text, TextFields.from_dict(state.fields), about, state.seq, state.digest, packed(about))


def sent() -> Sent:
    """Return what this request's form sent."""
    return Sent(
        body=forms.text("body", MOST),
        fields=_fields(),
        base_seq=_whole(request.form.get("base_seq", "")),
        base_digest=request.form.get("base_digest", ""),
        form=_key(request.form.get("base_form", "")),
        count=_whole(request.form.get("base_count", "0")),
        about=_about(),
        about_before=_unpacked(request.form.get("base_about", "")),
        live=request.form.get("live") == "1",
    )


def check(sent: Sent) -> None:
    """Raise Invalid where a country is not named by its code."""
    known = Locale("en").territories
    legal = [one.removeprefix(_LEGAL) for one in (sent.about.facets if sent.about else ()) if one.startswith(_LEGAL)]
    if any(not re.fullmatch("[A-Z]{2}", code) or code not in known for code in legal):
        sentence = N_("Name each country by its two letters, such as FR or TR, with commas between them.")
        raise Invalid(sentence, {"legal": sentence})


def again(answer: Sent, problems: dict[str, Message] | None = None) -> Filled:
    """Return the form as it was sent, so that nothing that was typed is lost."""
    about = answer.about or About()
    before = packed(answer.about_before)
    made = Filled(answer.body, answer.fields, about, answer.base_seq, answer.base_digest, before)
    made.form, made.count, made.problems = answer.form or new_id(), answer.count, problems or {}
    return made


def _fields() -> TextFields:
    notes = forms.several("content_notes", {*house.content_notes(), NONE})
    return TextFields(
        title=forms.line("title", SHORT),
        summary=forms.line("summary", SHORT),
        neutral_title=forms.line("neutral_title", SHORT),
        content_notes=tuple(one for one in notes if one != NONE) or tuple(notes),
        sources=tuple(line.strip() for line in forms.text("sources", MOST).split("\n") if line.strip()),
        changelog=forms.line("changelog", SHORT),
        helplines=forms.line("helplines", SHORT),
    )


def _about() -> About | None:
    if "kind" not in request.form:
        return None
    kind = Kind(forms.choice("kind", set(Kind), Kind.GUIDE))
    facets = [*forms.several("facets", PLAIN_FACETS), *_countries(forms.line("legal"))]
    return About(kind, tuple(facets), tuple(forms.several("topics", house.topics())))


def _countries(typed: str) -> list[str]:
    codes = [code.upper() for code in re.split(r"[\s,;、，،]+", typed) if code]
    return [f"{_LEGAL}{code}" for code in dict.fromkeys(codes)]


def packed(about: About) -> str:
    """Return what the form asked about; a facet or topic that it does not know stays out, and so untouched."""
    facets = [one for one in about.facets if one in PLAIN_FACETS or one.startswith(_LEGAL)]
    return json.dumps([about.kind, facets, [one for one in about.topics if one in house.topics()]], ensure_ascii=False)


def _unpacked(text: str) -> About:
    try:
        kind, facets, topics = json.loads(text)
        return About(Kind(kind), _strings(facets), _strings(topics))
    except (ValueError, TypeError, RecursionError):
        return About()


def _strings(values: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever a form may have sent
    return tuple(str(one) for one in values)


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1  # noqa: PLR2004 - a number that fits


def _key(value: str) -> str:
    return value if re.fullmatch(r"[0-9a-z]{1,40}", value) else ""
