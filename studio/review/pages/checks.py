"""The checker's pages: I have 10, 20, 40 minutes; one check with its questions."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from studio.core.errors import Conflict, Invalid, NotFound, StudioError
from studio.core.locales import language
from studio.core.words import N_, Message
from studio.guides.consents.words import FORMS
from studio.guides.rules.consent import Scope
from studio.guides.rules.lookalikes import seen as with_names
from studio.guides.rules.weightymarks import Tells
from studio.members.actor import Actor
from studio.members.current import actor as current_actor
from studio.members.current import require_actor
from studio.members.queries import pause_of
from studio.review.operations import claims, decisions, talk, telling
from studio.review.pages.candidates import KINDS
from studio.review.pages.resting import rests
from studio.review.queries import since
from studio.review.queries.offering import offer
from studio.review.queries.screen import Screen, screen
from studio.review.rules.answers import ANSWERS
from studio.review.rules.queue import CHOICES
from studio.review.rules.reading import PARTS, PREFIX
from studio.review.rules.standing import Verdict
from studio.storage.db import db
from studio.web import forms, reminding
from studio.web.context import now, spoken
from studio.web.navigation import Place, add
from studio.web.notices import notice
from studio.web.redirects import go, next_or
from studio.web.refusals import note_refused

blueprint = Blueprint("checks", __name__)
add(Place(20, "review.checks.home", N_("Checks"), lambda: current_actor() is not None))

AGREED: Final = notice(N_("Thank you. Your yes to this version is noted."))
ASKED: Final = notice(N_("Thank you. The writers are told what should change."))
GIVEN_BACK: Final = notice(N_("Given back. Thank you for looking."))
KEPT: Final = notice(N_("Kept. Go on whenever you like."))
SAID: Final = notice(N_("Your comment stands with the text."))
TAKEN: Final = notice(N_("It is yours now. Give it back any time."))
CHECK: Final = "/checks/<review_id>/<stage>"
TELLS: Final = {
    Tells.NUMBER: N_("Number"),
    Tells.UNIT: N_("Unit"),
    Tells.NEGATION: N_("No, not, only, without"),
    Tells.DUTY: N_("Must, may, when, how much"),
    Tells.NAME: N_("Name"),
    Tells.LINK: N_("Link or address"),
    Tells.UNSEEN: N_("Character that cannot be seen"),
    Tells.TWIN: N_("Looks like something else"),
    Tells.IMAGE: N_("Picture"),
}
"""Words for what a change must not hide."""
_VERDICTS: Final = {"agree": Verdict.APPROVE, "change": Verdict.REQUEST_CHANGES}
_STATUS: Final = {Conflict: 409, Invalid: 422}


@blueprint.get("/checks/")
def home() -> str:
    """Ask how many minutes somebody has, and offer one piece."""
    actor = require_actor()
    have = request.args.get("minutes", "")
    minutes = int(have) if have in {str(choice) for choice in CHOICES} else 0
    pause = pause_of(db.session(), actor.id, now())
    found = offer(db.session(), actor, minutes, now()) if minutes and not pause else None
    return render_template(
        "review/home.html",
        choices=CHOICES,
        minutes=minutes,
        offer=found,
        pause=pause,
        rests=rests(now()),
        languages=language,
    )


@blueprint.get(CHECK)
def check(review_id: str, stage: str) -> str:
    """Show a check: first what it is and whether one takes it, then the text with its questions."""
    actor = require_actor()
    wording = request.args.get("words", "")
    return _page(screen(db.session(), actor, review_id, stage, now(), request.args.get("since", "")), wording=wording)


@blueprint.get(f"{CHECK}/{reminding.FILE}")
def reminder(review_id: str, stage: str) -> Response:
    """Answer a calendar file for a check: until when it is held, else a week from now; it does not say what it is."""
    shown = screen(db.session(), require_actor(), review_id, stage, now())
    until = reminding.last_whole_day(shown.holds_until or now() + timedelta(days=8))
    return reminding.calendar(spoken().language.code, until, minutes=shown.minutes, about=f"{review_id} {stage}")


@blueprint.post(f"{CHECK}/take")
def take(review_id: str, stage: str) -> Response:
    """Take a check."""
    actor = require_actor()
    own = forms.ticked("own_experience")
    try:
        claims.claim(db.session(), actor, review_id, stage, now(), own_experience=own)
    except (Conflict, Invalid) as refusal:
        return _again(actor, review_id, stage, refusal)
    return go(_address(review_id, stage), TAKEN)


@blueprint.post(CHECK)
def answer(review_id: str, stage: str) -> Response:
    """Take down what the checker says: by the button that was pressed."""
    actor = require_actor()
    act = forms.choice("act", ["agree", "change", "keep", "place", "comment", "suggest", "give_back"], "keep")
    try:
        return _ACTS[act](actor, review_id, stage)
    except (Conflict, Invalid) as refusal:
        return _again(actor, review_id, stage, refusal)


def _decide(actor: Actor, review_id: str, stage: str) -> Response:
    verdict = _VERDICTS[forms.line("act")]
    version = forms.line("checklist_version")
    word = decisions.Word(
        verdict=verdict,
        content_hash=forms.line("content_hash"),
        checklist_version=int(version) if version.isdecimal() else 0,
        answers=answers_sent(),
        block_id=forms.line("passage"),
        note=forms.text("note", claims.MOST_WORDS),
        own_experience=forms.ticked("own_experience"),
        forms=_forms_sent(),
    )
    decisions.decide(db.session(), actor, review_id, stage, word, now())
    return go("/studio/", AGREED if verdict is Verdict.APPROVE else ASKED)


def _keep(actor: Actor, review_id: str, stage: str) -> Response:
    _keep_ticks(actor, review_id, stage)
    return go("/studio/", KEPT)


def _place(actor: Actor, review_id: str, stage: str) -> Response:
    """Keep what was read so far, and go on with the reading."""
    _keep_ticks(actor, review_id, stage)
    return go(f"{_address(review_id, stage)}#go-on")


def _keep_ticks(actor: Actor, review_id: str, stage: str) -> None:
    ticks = {
        **answers_sent(),
        **_read(),
        "note": forms.text("note", claims.MOST_WORDS),
        "passage": forms.line("passage"),
    }
    version = forms.line("content_hash")
    claims.keep_ticks(db.session(), actor, review_id, stage, ticks, now(), content_hash=version)


def _suggest(actor: Actor, review_id: str, stage: str) -> Response:
    """Show a form for other words in the passage that was chosen; what was answered so far is kept with the claim."""
    passage = forms.line("passage")
    if passage not in screen(db.session(), actor, review_id, stage, now()).places:
        sentence = N_("Choose the passage of the text that you would have in other words.")
        raise Invalid(sentence, {"passage": sentence})
    with suppress(NotFound):
        _keep_ticks(actor, review_id, stage)
    return go(f"{_address(review_id, stage)}?{urlencode({'words': passage})}#wording")


def _comment(actor: Actor, review_id: str, stage: str) -> Response:
    words = forms.text("note", talk.LONGEST)
    talk.comment(db.session(), actor, review_id, stage, words, now(), block_id=forms.line("passage"))
    return go(_address(review_id, stage), SAID)


def _give_back(actor: Actor, review_id: str, stage: str) -> Response:
    claims.give_back(db.session(), actor, review_id, stage, now())
    return go("/studio/checks/", GIVEN_BACK)


_ACTS: Final = {
    "agree": _decide,
    "change": _decide,
    "keep": _keep,
    "place": _place,
    "comment": _comment,
    "suggest": _suggest,
    "give_back": _give_back,
}


@blueprint.post("/notices/<notice_id>/seen")
def seen(notice_id: str) -> Response:
    """Put a notice away and go where it leads."""
    actor = require_actor()
    telling.seen(db.session(), actor, notice_id, now())
    return go(next_or(forms.line("next")))


def _forms_sent() -> tuple[Scope, ...] | None:
    """Return in which forms a teller lets their story out; None where the page did not ask."""
    return tuple(map(Scope, forms.several("forms", list(Scope)))) if forms.ticked("asked_forms") else None


def answers_sent() -> dict[str, str]:
    """Return the answers to questions that a form holds, by question."""
    answers = {
        name.removeprefix("answer-"): value for name, value in request.form.items() if name.startswith("answer-")
    }
    return {key: value for key, value in answers.items() if value in ANSWERS}


def _read() -> dict[str, str]:
    """Return the ticks of the parts of the text that were read, and how many parts there are."""
    ticked = {name: "yes" for name in request.form if name.startswith(PREFIX)}
    return {**ticked, PARTS: forms.line(PARTS)}


def _again(actor: Actor, review_id: str, stage: str, refusal: StudioError) -> Response:
    """Show the check as it is now, with what was answered and why it was not taken down.

    Words on another version than there is, or in a check that is not open, are noted: they may be a replayed form.
    """
    if isinstance(refusal, Conflict):
        note_refused("not_as_it_was")
    db.session.rollback()
    shown = screen(db.session(), actor, review_id, stage, now())
    typed = {
        **answers_sent(),
        **_read(),
        "note": request.form.get("note", ""),
        "passage": request.form.get("passage", ""),
        **({"forms": sent} if (sent := _forms_sent()) is not None else {}),
    }
    status = next(number for kind, number in _STATUS.items() if isinstance(refusal, kind))
    return make_response(_page(shown, typed=typed, refusal=refusal), status)


def _page(
    shown: Screen, *, typed: dict[str, Any] | None = None, refusal: StudioError | None = None, wording: str = ""
) -> str:
    problems: dict[str, Message] = refusal.fields if isinstance(refusal, Invalid) else {}
    second = shown.again and shown.since and not shown.why_not
    return render_template(
        "review/second_look.html" if second else "review/check.html",
        shown=shown,
        here=_address(shown.review_id, shown.stage),
        values={**shown.ticks, **(typed or {})},
        answers=[(value, words) for value, words in ANSWERS.items()],
        problems=problems,
        refusal=refusal,
        tells=TELLS,
        forms=list(KINDS.items()),
        story_forms=[(value, spoken().say(words)) for value, words in FORMS.items()],
        wording=wording if wording in shown.places else "",
        since_words=since.CHOICES[shown.since.chosen] if shown.since else "",
        first=next((one.block_id for one in shown.since.changes if one.block_id), "") if shown.since else "",
        seen=with_names,
        reminder=_reminder(shown),
    )


def _reminder(shown: Screen) -> str:
    """Return the neutral sentence of a check that is held; empty for others."""
    if not shown.holds_until:
        return ""
    until = reminding.last_whole_day(shown.holds_until)
    return reminding.sentence(spoken().language.code, until, minutes=shown.minutes)


def _address(review_id: str, stage: str) -> str:
    return f"/studio/checks/{review_id}/{stage}"
