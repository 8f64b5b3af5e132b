"""What every template can use: our words, the language, formats, static addresses, the form's token, the top line."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from studio.core.locales import Language
from studio.core.words import Message
from studio.i18n import formats
from studio.web import assets, navigation, notices, protect
from studio.web.context import settings, spoken


def _(text: str, /, **values: object) -> str:
    """Return ``text`` in this request's language; a value that is markup stays markup, the rest is escaped."""
    if any(hasattr(value, "__html__") for value in values.values()):
        return Markup(escape(spoken().gettext(text))).format(**values)  # noqa: S704 - escaped inside
    return spoken().gettext(text, **values)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the form of a sentence that the language uses for ``n``."""
    return spoken().ngettext(one, many, n, **values)


def say(message: Message | str) -> str:
    """Return a sentence of the lower layers in this request's language."""
    return spoken().say(message)


def _language_pair(language: Language) -> tuple[str, str]:
    """Return code and own name of a language, as a list of answers wants them."""
    return language.code, language.name


def _values() -> dict[str, Any]:
    return {
        "language": spoken().language,
        "settings": settings(),
        "me": g.get("me"),
        "places": navigation.places,
        "notice_said": notices.said(),
    }


def register(app: Flask) -> None:
    """Set up the templates of ``app``."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=_,
        ngettext=ngettext,
        say=say,
        static=assets.address,
        has_static=assets.exists,
        form_token=protect.form_token,
        FORM_FIELD=protect.FIELD,
        month=lambda when: formats.month(when, spoken().language.code),
        day=lambda when: formats.day(when, spoken().language.code),
        number=lambda n: formats.number(n, spoken().language.code),
        size=lambda n: formats.size(n, spoken().language.code),
        joined=lambda items: formats.joined(items, spoken().language.code),
    )
    app.jinja_env.filters.update(say=say, worded=lambda pair: (pair[0], say(pair[1])), language_pair=_language_pair)
    app.context_processor(_values)
