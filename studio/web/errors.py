"""The one mapping of refusals to answers: a page in the person's language that gives their text back, or JSON."""

from __future__ import annotations

import logging
from typing import Final

from flask import Flask, Response, current_app, g, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from studio.core import errors
from studio.core.words import N_, Message
from studio.web import giveback
from studio.web.context import in_studio, spoken, wants_json
from studio.web.refusals import SignInNeeded, StrayForm

log = logging.getLogger(__name__)

STATUS: Final[dict[type[errors.StudioError], int]] = {
    StrayForm: 400,
    SignInNeeded: 401,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.TooOften: 429,
}
TITLES: Final[dict[int, Message]] = {
    400: N_("This did not arrive as it should"),
    401: N_("Please sign in again"),
    403: N_("This is for somebody else to do"),
    404: N_("There is no such page"),
    405: N_("This page cannot be used that way"),
    409: N_("Something changed meanwhile"),
    413: N_("This is too large"),
    422: N_("Something is missing or does not fit"),
    429: N_("A little slower, please"),
    500: N_("Something broke here"),
    503: N_("Just now somebody else is saving"),
    507: N_("The house has no room left"),
}
_SENTENCES: Final[dict[int, Message]] = {
    400: N_("Please go back, open the page again and try once more."),
    404: N_("It may have moved, or it is not open to you."),
    405: N_("Please go back and use the buttons of the page."),
    413: N_("Please send less at a time."),
    500: N_("It was our mistake, not yours. It has been noted, without your name. Please try again in a minute."),
    503: N_("Please wait a few seconds and send it again."),
    507: N_("Nothing can be saved until an organiser makes room. Please keep your text and tell them."),
}
_OTHER: Final = N_("This could not be done. Please go back and try another way.")
_PAUSE: Final = 5
"""Seconds after which a busy house is worth another try."""


def register(app: Flask) -> None:
    """Answer every refusal, every HTTP error and every mistake of the program by these pages."""
    app.register_error_handler(errors.StudioError, refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _mistake)


def refused(error: errors.StudioError) -> Response:
    """Return the page or the JSON of a refusal."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    fields = error.fields if isinstance(error, errors.Invalid) else {}
    response = answer(status, error.message, fields, show_text=not getattr(error, "elsewhere", False))
    if isinstance(error, errors.TooOften):
        response.headers["Retry-After"] = str(error.wait)
    return response


def answer(
    status: int, sentence: Message, fields: dict[str, Message] | None = None, *, show_text: bool = True
) -> Response:
    """Return an answer with ``status`` that says ``sentence`` and hands back what was typed."""
    _know_the_person()
    if wants_json():
        say = spoken().say
        body = {"status": status, "error": say(sentence), "fields": {k: say(v) for k, v in (fields or {}).items()}}
        return make_response(body, status)
    texts = giveback.texts() if show_text and in_studio() and request.method == "POST" else []
    show = current_app.extensions.get("reader_trouble")
    if show and not in_studio():
        return make_response(show(status, sentence), status)
    page = "studio/error.html" if in_studio() else "studio/public_error.html"
    title = TITLES.get(status, TITLES[400])
    return make_response(
        render_template(page, status=status, title=title, sentence=sentence, fields=fields or {}, texts=texts), status
    )


def _know_the_person() -> None:
    """Let the members' slice say who asks and in which language, also on pages that nobody has a route for."""
    recognise = current_app.extensions.get("recognise")
    if recognise and in_studio() and "me" not in g:
        try:
            recognise()
        except OperationalError:
            g.me = None


def _http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004 - a redirect of the router is no error
        return error.get_response(request.environ)
    response = answer(status, _SENTENCES.get(status, _OTHER))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _database(error: OperationalError) -> Response:
    """Tell a busy or a full database from a broken one, because the person can do something about the first two."""
    words = str(error.orig).lower()
    if "locked" in words or "busy" in words:
        response = answer(503, _SENTENCES[503])
        response.headers["Retry-After"] = str(_PAUSE)
        return response
    if "full" in words or "disk" in words:
        log.error("no room left for the database")
        return answer(507, _SENTENCES[507])
    return _mistake(error)


def _mistake(error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return answer(500, _SENTENCES[500])
