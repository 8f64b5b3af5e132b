"""Where readers say something about a text, and look up the answer: no account, no cookie, nothing of who they are."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, current_app, request

from studio.answers.operations import sending
from studio.answers.rules.sending import Late, Sent
from studio.core.errors import Invalid, StudioError, TooOften
from studio.core.locales import LANGUAGES, Language, language
from studio.dashboard import echoing
from studio.guides.fields import TextFields
from studio.guides.models import Revision, Translation
from studio.i18n.negotiation import best
from studio.publish import queries, shell
from studio.publish.documents import body_of
from studio.publish.models import Edition
from studio.publish.pages import answering as pages
from studio.publish.pages import views
from studio.publish.pages.library import trouble_page
from studio.storage.db import db
from studio.web import context
from studio.web.marks import public_post
from studio.web.writing import begin_writing

blueprint = Blueprint("answering", __name__)
_OPEN: Final = "/<lang:code>/<slug>/answer"
_QUIET: Final = "/n/<lang:code>/<opaque>/answer"
_GIVEN_BACK: Final = (Invalid, Late, TooOften)
"""Refusals after which the form stands there again with what was typed."""


@blueprint.get(_OPEN)
def ask(code: str, slug: str) -> Response:
    """Show the form about a text."""
    translation = queries.by_slug(db.session(), code, slug)
    if translation is None:
        return _moved(code, slug)
    return _ask(translation, quiet=False)


@blueprint.get(_QUIET)
def ask_quietly(code: str, opaque: str) -> Response:
    """Show the same form under an address that tells nothing."""
    return _ask(queries.by_opaque_id(db.session(), code, opaque), quiet=True)


@blueprint.post(_OPEN)
@public_post
def send(code: str, slug: str) -> Response:
    """Keep what a reader says."""
    begin_writing()
    found = queries.by_slug(db.session(), code, slug) or queries.alias(db.session(), code, slug)
    return _send(found, code, quiet=False)


@blueprint.post(_QUIET)
@public_post
def send_quietly(code: str, opaque: str) -> Response:
    """Keep what a reader says from a quiet page."""
    begin_writing()
    return _send(queries.by_opaque_id(db.session(), code, opaque), code, quiet=True)


@blueprint.get("/answers/")
def returning() -> Response:
    """Show the form for a return code."""
    return _unkept(pages.returning(pages.ReturnView(shell.house(), _spoken(), _stamp(sending.RETURN))))


@blueprint.post("/answers/")
@public_post
def look_up() -> Response:
    """Tell what became of a message; the code is in no address, so that it stays out of the history."""
    begin_writing()
    typed, given = request.form.get("code", "")[:40], request.form.get("stamp", "")
    try:
        found = sending.look_up(db.session(), _key(), typed, given, context.now())
    except _GIVEN_BACK as refusal:
        stamp = _stamp(sending.RETURN) if isinstance(refusal, Late) else given
        again = pages.ReturnView(shell.house(), _spoken(), stamp, typed, refusal.message)
        return _refused(pages.returning(again), refusal)
    told = pages.Became(found.on, found.looked_on, found.closed_on, found.reply) if found else None
    view = pages.ReturnView(shell.house(), _spoken(), _stamp(sending.RETURN), asked=True, found=told)
    return _unkept(pages.returning(view))


def _ask(translation: Translation | None, *, quiet: bool) -> Response:
    live = queries.live_edition(db.session(), translation.id) if translation else None
    if translation is None or live is None:
        raise shell.nothing()
    edition = _edition_of(live, request.args.get("copy", ""))
    view = _form(translation, edition, quiet=quiet, part=request.args.get("part", ""))
    return _unkept(pages.answer(view))


def _send(translation: Translation | None, code: str, *, quiet: bool) -> Response:
    live = queries.live_edition(db.session(), translation.id) if translation else None
    if translation is None or live is None:
        return _gone(code, quiet=quiet)
    edition = _edition_of(live, request.form.get("copy", ""))
    about = sending.About(translation.id, edition.id, edition.revision_id, dict(_parts(translation, edition)))
    try:
        kept = sending.keep(db.session(), _key(), about, _sent(), request.form.get("stamp", ""), context.now())
    except _GIVEN_BACK as refusal:
        return _refused(pages.answer(_form(translation, edition, quiet=quiet, refusal=refusal)), refusal)
    if kept.fresh and kept.said == "helped":
        echoing.helped(db.session(), edition, context.now())
    spoken, back = language(translation.language), _address(translation, quiet=quiet)
    help_there = _help(edition, spoken, quiet=quiet)
    return _unkept(
        pages.answered(pages.AnsweredView(shell.house(), spoken, back, help_there, kept.said, kept.code, quiet))
    )


def _form(
    translation: Translation, edition: Edition, *, quiet: bool, part: str = "", refusal: StudioError | None = None
) -> pages.AnswerView:
    """Return the form, new or with what was typed; a stamp that can still be used goes on growing older."""
    spoken, back = language(translation.language), _address(translation, quiet=quiet)
    revision = db.session.get_one(Revision, edition.revision_id)
    sent = _sent() if refusal else Sent("", part=part)
    fresh = refusal is None or isinstance(refusal, Late)
    return pages.AnswerView(
        house=shell.house(),
        language=spoken,
        title=str(revision.fields.get("title", "")),
        action=f"{back}answer",
        back=back,
        stamp=_stamp(f"text:{translation.id}") if fresh else request.form.get("stamp", ""),
        help=_help(edition, spoken, quiet=quiet),
        parts=_parts(translation, edition),
        copy=edition.code if request.values.get("copy") else "",
        quiet=quiet,
        said=sent.said,
        text=sent.text,
        part=sent.part,
        may_pass_on=sent.may_pass_on,
        wants_code=sent.wants_code,
        problem=refusal.message if refusal else None,
    )


def _sent() -> Sent:
    """Return what the form holds, as it was typed and however long it is: whatever is refused is given back whole."""
    form = request.form
    text = form.get("words", "").replace("\r\n", "\n")
    return Sent(form.get("said", ""), text, form.get("part", ""), bool(form.get("pass_on")), bool(form.get("code")))


def _edition_of(live: Edition, copy: str) -> Edition:
    """Return the edition of the copy number ``copy``, where it is one of the same text that readers may have."""
    named = queries.by_code(db.session(), copy) if copy else None
    may_have = named is not None and named.standing in ("live", "superseded")
    return named if named and may_have and named.translation_id == live.translation_id else live


def _parts(translation: Translation, edition: Edition) -> tuple[tuple[str, str], ...]:
    revision = db.session.get_one(Revision, edition.revision_id)
    outline = body_of(db.session(), revision, language(translation.language)).outline
    return tuple((heading.id, heading.text) for heading in outline)


def _help(edition: Edition, spoken: Language, *, quiet: bool) -> pages.Help:
    """Return the text of this house that says where help is found, where readers have it; else honestly nothing."""
    wanted = TextFields.from_dict(db.session.get_one(Revision, edition.revision_id).fields).helplines
    live = queries.live_of_guide(db.session(), wanted) if wanted else []
    best_one = next((one for one in live if one.language == spoken.code), live[0] if live else None)
    if best_one is None:
        return pages.Help()
    told = queries.live_edition(db.session(), best_one.id)
    title = queries.listed(db.session(), told).title if told and not quiet else ""
    return pages.Help(_address(best_one, quiet=quiet), title)


def _address(translation: Translation, *, quiet: bool) -> str:
    name = f"/n/{translation.language}/{translation.opaque_id}/"
    return name if quiet else f"/{translation.language}/{translation.slug}/"


def _gone(code: str, *, quiet: bool) -> Response:
    """Give the words back where readers do not have the text any more; why is told by its own page alone."""
    kept = request.form.get("words", "")
    plain = views.PlainView(shell.house(), language(code), status=410, kept=kept, quiet=quiet)
    answer = _unkept(trouble_page(plain))
    answer.status_code = 410
    return answer


def _moved(code: str, slug: str) -> Response:
    there = queries.alias(db.session(), code, slug)
    if there is None or queries.live_edition(db.session(), there.id) is None:
        raise shell.nothing()
    return shell.redirect(f"/{code}/{there.slug}/answer", 308)


def _stamp(about: str) -> str:
    return sending.new_stamp(_key(), about, context.now())


def _key() -> bytes:
    key: bytes = current_app.config["KEY"]
    return key


def _spoken() -> Language:
    code = best(request.headers.get("Accept-Language", ""), context.settings().languages)
    return LANGUAGES.get(code) or language(code)


def _refused(html: str, refusal: StudioError) -> Response:
    answer = _unkept(html)
    answer.status_code = 422
    if isinstance(refusal, TooOften):
        answer.status_code = 429
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def _unkept(html: str) -> Response:
    answer = Response(html, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
