"""What the page of a text tells its live editor: the line, the pen, who writes, and the words of the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from flask import current_app, request, url_for
from sqlalchemy.orm import Session

from studio.core.words import N_, Message
from studio.editor.pages import common
from studio.editor.rules.pens import make_pen
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress
from studio.members import queries as members
from studio.members.actor import Actor
from studio.members.avatar import pattern
from studio.storage.db import db
from studio.web import assets
from studio.web.context import now, spoken
from studio.web.headers import style_nonce

Asked = Callable[[Session, Actor, Translation, datetime], Message | None]
SCRIPT: Final = "built/live.js"
WORDS: Final[dict[str, Message]] = {
    "text": N_("Text"),
    "words": N_("Words: {n}"),
    "saved": N_("Saved"),
    "saving": N_("Saving …"),
    "offline": N_("No connection. Go on writing: it is sent as soon as there is one."),
    "sign_in": N_("Your visit has ended. What you wrote is still on this page."),
    "kept": N_("Not saved. Copy what you wrote before you close this page."),
    "closed_4403": N_("You may not write in this text any more."),
    "closed_4404": N_("There is no such text any more."),
    "closed_4409": N_("This text was put away. An editor can take it out again; then you can write in it."),
    "found": N_("What you wrote last time on this device was not sent then. It is in the text now."),
    "again": N_("What you suggested last time on this device was not sent. It is here again."),
    "beginning": N_("Beginning"),
    "everything": N_("The whole text"),
    "you": N_("You"),
    "writing": N_("writing"),
    "reading": N_("reading"),
    "away": N_("away"),
    "writing_in": N_("writing: {section}"),
    "reading_in": N_("reading: {section}"),
    "column_1": N_("First column"),
    "column_2": N_("Second column"),
    "picture_of": N_("Picture {n} of {all} that came with what you put in"),
    "pictures_left": N_(
        "Pictures left out: {n}. Nothing is fetched from other places: save what you need on your device "
        "and put it in with “Image”."
    ),
    "pictures_worded": N_(
        "Pictures put in with the words that came with them: {n}. Please look whether the words say what each shows, "
        "and whether anybody could be recognised."
    ),
    "pictures_failed": N_("Pictures that could not be put in: {n}. {why}"),
    "talk": N_("Comments and suggestions: {n}"),
    "somebody": N_("somebody"),
    "added": N_("added:"),
    "went": N_("went:"),
    "blank": N_("space or line break"),
    "changed": N_("These words changed while you wrote. Please choose the passage again."),
    "said": N_("Your comment stands with the text for everybody who works on it."),
    "proposed": N_("Your suggestion waits here. Nothing in the text has changed yet."),
    "did_answer": N_("Your answer stands there."),
    "did_resolve": N_("Settled. It can be opened again here."),
    "did_reopen": N_("Open again."),
    "did_accept": N_("It is in the text now, as the words of whoever suggested it."),
    "did_decline": N_("It is not taken into the text."),
    "did_back": N_("Your suggestion is taken back."),
    "find_find": N_("Find"),
    "find_replace_by": N_("Put in its place"),
    "find_next": N_("Next"),
    "find_previous": N_("Previous"),
    "find_all": N_("Choose all"),
    "find_match_case": N_("Same capitals"),
    "find_pattern": N_("Pattern"),
    "find_whole_words": N_("Whole words"),
    "find_replace": N_("Replace"),
    "find_replace_all": N_("Replace all"),
    "find_close": N_("Close"),
    "find_replaced": N_("Replaced: $"),
    "find_current": N_("This one"),
    "find_on_line": N_("on line"),
}
"""What the script says by itself; everything else stands in the template."""


def before_writing(actor: Actor, text: Translation) -> Message | None:
    """Return what somebody should know who could check this edition and would give that up by writing.

    Checking is another slice's matter; what puts the house together hands its answer in.
    """
    asked: Asked = current_app.extensions["left_to_check"]
    return asked(db.session(), actor, text, now())


def live(actor: Actor, text: Translation, *, could_check: bool) -> dict[str, Any] | None:
    """Return what the live editor needs to start; None where it may not, and the plain form serves alone.

    With ``could_check`` it asks before the first word: whether to write all the same, or to suggest.
    """
    if request.args.get("plain") or text.progress is Progress.ARCHIVED or not assets.exists(SCRIPT):
        return None
    address: dict[str, Any] = {"guide_id": text.guide_id, "code": text.language}
    tongue = common.spoken_in(text)
    return {
        "socket": f"/studio/ws/{text.id}",
        "pen": make_pen(current_app.config["KEY"], text.id, actor.id),
        "me": {"name": actor.pen_name, "picture": _picture(actor)},
        "could_check": could_check,
        "language": tongue.code,
        "direction": tongue.direction,
        "nonce": style_nonce(),
        "preview": url_for("editor.writing.shown", **address),
        "home": common.home(text),
        "suggest": url_for("editor.suggestions.write", **address),
        "plain": url_for("editor.writing.write", **address, plain=1),
    }


def _picture(actor: Actor) -> dict[str, Any]:
    drawing = pattern(members.by_id(db.session(), actor.id).pattern)
    return {"colour": drawing.colour, "cells": drawing.cells}


def words() -> dict[str, str]:
    """Return the words of the script in the language of the reader."""
    say = spoken().say
    return {key: say(sentence) for key, sentence in WORDS.items()}
