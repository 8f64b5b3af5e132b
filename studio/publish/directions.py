"""Numbers, addresses and foreign words in their own direction, in whatever is made for readers."""

from __future__ import annotations

from markupsafe import Markup, escape

from studio.core.locales import Language
from studio.rendering import bidi


def isolated(text: str, language: Language) -> Markup:
    """Return ``text`` with each number, address and foreign word kept in its own direction."""
    parts, end = [], 0
    for run in bidi.runs(text, language):
        parts.append(escape(text[end : run.start]))
        parts.append(Markup('<bdi dir="{}">{}</bdi>').format(run.direction, text[run.start : run.end]))
        end = run.end
    return Markup().join([*parts, escape(text[end:])])
