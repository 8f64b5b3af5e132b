"""A guest's pages: one text, one check, by a link, without an account. Opening uses nothing up; answering does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, g, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound, StudioError
from studio.core.words import N_
from studio.guides.rules.lookalikes import seen as with_names
from studio.members.current import actor as current_actor
from studio.review.operations import guests
from studio.review.operations.claims import MOST_WORDS
from studio.review.operations.decisions import Word
from studio.review.pages.checks import KEPT, TELLS, answers_sent
from studio.review.queries.guest_screen import Door, Stays, door, picture, sheet
from studio.review.queries.guests import by_token
from studio.review.rules.answers import ANSWERS
from studio.review.rules.standing import Verdict
from studio.storage.db import db
from studio.web import forms, limits, reminding
from studio.web.context import now, settings, speak, spoken
from studio.web.redirects import go
from studio.web.refusals import note_refused

blueprint = Blueprint("reading", __name__)
OPENED: Final = limits.Limit("reading", seconds=900, nearby=120, everybody=1200)
_LINK: Final = "/reading/<token>"
_GONE: Final = {Stays.REVOKED: 410, Stays.OVER: 410, Stays.ENDED: 410}
_STATUS: Final[dict[type[StudioError], int]] = {NotFound: 404, Conflict: 409, Invalid: 422}


@blueprint.get(_LINK)
def home(token: str) -> Response:
    """Show what is asked, how long it takes and what to know before reading; nothing is used up."""
    limits.hit(OPENED)
    _must_be_guest()
    return _door_page(token)


@blueprint.get(f"{_LINK}/text")
def text(token: str) -> AnyResponse:
    """Show the text with its questions."""
    limits.hit(OPENED)
    _must_be_guest()
    _speak(token)
    if _door(token).state not in (Stays.OPEN, Stays.AGAIN):
        return go(f"/studio/reading/{token}")
    return make_response(_sheet_page(token))


@blueprint.get(f"{_LINK}/media/<sha>")
def media(token: str, sha: str) -> Response:
    """Answer a picture of the text."""
    _must_be_guest()
    found = picture(db.session(), token, sha, now())
    return Response(found.data, content_type=found.media_type)


@blueprint.get(f"{_LINK}/{reminding.FILE}")
def reminder(token: str) -> Response:
    """Answer a calendar file that says that something small waits, and nothing else."""
    limits.hit(OPENED)
    link = by_token(db.session(), token)
    if link is None:
        raise NotFound(N_("There is no such page."))
    found = _door(token)
    return reminding.calendar(link.language, found.last_day, minutes=found.minutes, about=link.id)


@blueprint.post(_LINK)
def answer(token: str) -> AnyResponse:
    """Take down what the guest says: by the button that was pressed. What is refused is noted in the trail."""
    limits.hit(OPENED)
    _must_be_guest()
    _speak(token)
    act = forms.choice("act", ["agree", "change", "keep", "give_back"], "keep")
    try:
        return _ACTS[act](token)
    except (NotFound, Conflict, Invalid) as refusal:
        return _again(token, refusal)


def _decide(token: str) -> AnyResponse:
    version = forms.line("checklist_version")
    word = Word(
        verdict=Verdict.APPROVE if forms.line("act") == "agree" else Verdict.REQUEST_CHANGES,
        content_hash=forms.line("content_hash"),
        checklist_version=int(version) if version.isdecimal() else 0,
        answers=answers_sent(),
        block_id=forms.line("passage"),
        note=forms.text("note", MOST_WORDS),
    )
    true_of_me = forms.ticked("true_of_me")
    guests.answer(db.session(), token, forms.line("check"), word, now(), true_of_me=true_of_me)
    return go(f"/studio/reading/{token}")


def _keep(token: str) -> AnyResponse:
    ticks = {**answers_sent(), "note": forms.text("note", MOST_WORDS), "passage": forms.line("passage")}
    about = forms.line("content_hash")
    guests.keep_ticks(db.session(), token, forms.line("check"), ticks, now(), content_hash=about)
    return go(f"/studio/reading/{token}", KEPT)


def _give_back(token: str) -> AnyResponse:
    guests.give_back(db.session(), token, forms.line("check"), now())
    return go(f"/studio/reading/{token}")


_ACTS: Final[dict[str, Callable[[str], AnyResponse]]] = {
    "agree": _decide,
    "change": _decide,
    "keep": _keep,
    "give_back": _give_back,
}


def _again(token: str, refusal: StudioError) -> AnyResponse:
    """Show the page as it is now, with what was typed and why it was not taken down."""
    db.session.rollback()
    status = next(number for kind, number in _STATUS.items() if isinstance(refusal, kind))
    if not isinstance(refusal, Invalid):
        _note(token, getattr(refusal, "why", "unknown" if status == 404 else "outdated"))  # noqa: PLR2004 - not found
    if isinstance(refusal, NotFound):
        raise refusal
    if _door(token).state not in (Stays.OPEN, Stays.AGAIN):
        return _door_page(token, refusal, status)
    typed = {
        **answers_sent(),
        "note": forms.text("note", MOST_WORDS),
        "passage": forms.line("passage"),
        "true_of_me": "yes" if forms.ticked("true_of_me") else "",
    }
    return make_response(_sheet_page(token, typed=typed, refusal=refusal, read=forms.line("content_hash")), status)


def _note(token: str, why: str) -> None:
    """Have the trail say that something was refused; a token is written nowhere."""
    link = by_token(db.session(), token)
    note_refused(why, f"reading_link:{link.id if link else 'none'}")


def _must_be_guest() -> None:
    """Refuse members: what they say counts as theirs alone, never as a guest's."""
    if current_actor():
        raise NotAllowed(
            N_("This link is for a guest, and you are signed in. Leave first if it is meant for somebody else here.")
        )


def _speak(token: str) -> None:
    """Speak the language that the guest was asked to read, where the studio knows it."""
    link = by_token(db.session(), token)
    if link:
        speak(link.language if link.language in settings().languages else g.language.code, "studio")


def _door(token: str) -> Door:
    return door(db.session(), token, spoken().language.code, now())


def _door_page(token: str, refusal: StudioError | None = None, status: int = 0) -> Response:
    _speak(token)
    found = _door(token)
    page = render_template("review/reading.html", door=found, here=f"/studio/reading/{token}", refusal=refusal)
    return make_response(page, status or _GONE.get(found.state, 200))


def _sheet_page(
    token: str, *, typed: dict[str, str] | None = None, refusal: StudioError | None = None, read: str = ""
) -> str:
    here, code = f"/studio/reading/{token}", spoken().language.code
    asked = request.args.get("since", "")
    shown = sheet(db.session(), token, code, now(), asked=asked, pictures=f"{here}/media/", read=read)
    return render_template(
        "review/reading_text.html",
        shown=shown,
        here=here,
        values={**shown.ticks, **(typed or {})},
        answers=list(ANSWERS.items()),
        problems=refusal.fields if isinstance(refusal, Invalid) else {},
        refusal=refusal,
        tells=TELLS,
        seen=with_names,
    )
