"""In place of e-mail: a sentence to copy into a group's own chat, and a calendar file, both neutral."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from flask import Response, make_response

from studio.core.words import N_
from studio.i18n.catalogues import Translator, translator
from studio.i18n.formats import day_to_come
from studio.web.context import now

FILE: Final = "reminder.ics"
"""The name of every calendar file."""
_MAKER: Final = "-//-//-//EN"
"""The format asks for the name of a program; this one says nothing."""


def sentence(code: str, until: datetime, *, minutes: int = 0) -> str:
    """Return what can be sent to somebody who reads ``code``: that something waits, how long it takes, by which day."""
    words = _words(code)
    day = day_to_come(until.date(), now().date(), words.language.code)
    if not minutes:
        return words.say(N_("Something small waits, by {day}.", day=day))
    return words.ngettext(
        "Something small waits: {n} minute, by {day}.",
        "Something small waits: {n} minutes, by {day}.",
        minutes,
        day=day,
    )


def last_whole_day(ends: datetime) -> datetime:
    """Return the last whole day before something ends in the course of a day."""
    return ends - timedelta(days=1)


def calendar(code: str, until: datetime, *, minutes: int = 0, about: str) -> Response:
    """Answer a calendar file for the day of ``until``: without address, place, people or alarm.

    ``about`` is an id that the file's own id is made from, so that a file that is opened twice makes one entry; it
    cannot be found back from it.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - 10 MB of memory that serving pages does without

    words = _words(code)
    summary = words.ngettext("Something small, {n} minute", "Something small, {n} minutes", minutes)
    entry = Event()
    entry.add("uid", hashlib.sha256(f"reminder|{about}".encode()).hexdigest()[:32])
    entry.add("dtstamp", now())
    entry.add("dtstart", until.date())
    entry.add("summary", summary if minutes else words.gettext("Something small"))
    entry.add("transp", "TRANSPARENT")
    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    made.add_component(entry)
    response = make_response(made.to_ical())
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


def _words(code: str) -> Translator:
    """Return who speaks to readers of ``code``: more languages than the studio itself speaks."""
    return translator(code, "reader")
