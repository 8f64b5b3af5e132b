"""The composition root: the Flask app, its blueprints, and one commit per request that changes something."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from studio.answers import routes as answers
from studio.audit import head_file, trail
from studio.audit.models import AuditHead
from studio.core import clock
from studio.core.errors import NotAllowed, StudioError
from studio.core.settings import Settings
from studio.dashboard import answering, credit_routes, echoing, teller_routes, urgent_routes
from studio.dashboard import routes as dashboard
from studio.dashboard.notes import pages as notes
from studio.dashboard.record import pages as record
from studio.editor import routes as editor
from studio.jobs.queue import ASKED
from studio.jobs.wake import Bell
from studio.members import current
from studio.members import routes as members
from studio.members.operations import visits
from studio.publish import (
    asking_routes,
    desk_routes,
    look_routes,
    machine_routes,
    recheck_routes,
    trust_routes,
    withdraw_routes,
)
from studio.publish import routes as publish
from studio.publish import shell as readers
from studio.publish.candidates import form_of_candidate
from studio.publish.collected import desk_pages as collections
from studio.publish.collected import reader_routes as collected
from studio.review import routes as review
from studio.review.queries.costs import costs_of_saving
from studio.review.queries.left import left_to_check
from studio.storage.db import db
from studio.storage.engine import begin_write, prepare
from studio.theming.accent import accent
from studio.web import assets, cookies, errors, giveback, headers, hosts, keyfile, logs, protect, shell
from studio.web.context import after_commit, in_studio, now, speak_by_browser
from studio.web.converters import FileConverter, LanguageConverter
from studio.web.marks import marked
from studio.web.refusals import Refused

log = logging.getLogger(__name__)

BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    assets.blueprint,
    members.blueprint,
    editor.blueprint,
    dashboard.blueprint,
    teller_routes.blueprint,
    credit_routes.blueprint,
    urgent_routes.blueprint,
    record.blueprint,
    notes.blueprint,
    answering.blueprint,
    answers.blueprint,
    publish.blueprint,
    desk_routes.blueprint,
    look_routes.blueprint,
    recheck_routes.blueprint,
    trust_routes.blueprint,
    asking_routes.blueprint,
    machine_routes.blueprint,
    collected.blueprint,
    collections.blueprint,
    withdraw_routes.blueprint,
    review.blueprint,
)
"""Every slice's addresses. A slice adds its own line, and its import above."""

FORM_BYTES: Final = 2_000_000
"""A text of 200 kB in Arabic, percent-encoded, with what it was based on beside it."""


class StudioApp(Flask):
    """Flask with the one commit: a view that changes something is committed before its answer is sent."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view in its transaction; whatever answers 400 or more, or raises, leaves no trace."""
        try:
            response = self.make_response(super().dispatch_request())
        except NotAllowed:
            _note_refusal()
            raise
        except StudioError:
            db.session.rollback()
            _note_refused()
            raise
        except BaseException:
            db.session.rollback()
            raise
        if request.method in protect.SAFE or response.status_code >= 400:  # noqa: PLR2004 - a refusal
            db.session.rollback()
            _note_refused()
            return response
        db.session.commit()
        g.committed = True
        _sign_trail()
        if db.session().info.pop(ASKED, False):
            after_commit(current_app.extensions["bell"].ring)
        _run_after_commit()
        return response

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - Flask's own type is wider than it says
        """Log a failure without the address that was asked for: it may hold a name or a one-time link."""
        log.error("a request failed", exc_info=exc_info)


def create_app(settings: Settings, *, now_is: Callable[[], datetime] = clock.now) -> Flask:
    """Return the app for ``settings``. ``now_is`` is the clock, which tests set."""
    logs.set_up_if_bare()
    accent(settings.accent)  # a colour that nobody can read stops the start, not a card
    app = StudioApp("studio", static_folder=None, template_folder="web/templates")
    app.config.update(
        STUDIO=settings,
        NOW=now_is,
        KEY=keyfile.secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=giveback.MOST_BYTES,
    )
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    _before_each_request(app, settings)
    headers.register(app, settings)
    app.after_request(_finish)
    errors.register(app)
    shell.register(app)
    app.url_map.converters["lang"] = LanguageConverter
    app.url_map.converters["file"] = FileConverter
    app.extensions["bell"] = Bell(settings.data)
    app.extensions["recognise"] = current.recognise
    app.extensions["left_to_check"] = left_to_check
    app.extensions["costs_of_saving"] = costs_of_saving
    app.extensions["form_of_candidate"] = form_of_candidate
    app.extensions["reader_trouble"] = readers.trouble
    app.extensions["note_for_readers"] = readers.note_for_readers
    app.extensions["makers_of"] = echoing.makers
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign] # the documented way
    return app


def _before_each_request(app: Flask, settings: Settings) -> None:
    @app.before_request
    def open_request() -> None:
        g.after_commit = []
        g.committed = False
        speak_by_browser()
        if not hosts.is_ours(request.host, settings):
            raise BadRequest
        most = marked("bytes")
        if most:
            request.max_content_length = most
        protect.check_origin()
        if not in_studio():
            protect.check_token()
            return
        writing = request.method not in protect.SAFE and not marked("late")
        if writing:
            begin_write(db.session())
        current.recognise(writing=writing)
        protect.check_token()


def _finish(response: Response) -> Response:
    current.finish(response)
    if current.is_due():
        _in_own_transaction(lambda session: visits.note_seen(session, current.visit().id, now()))
    return cookies.finish(response)


def _sign_trail() -> None:
    """Keep the trail's newest entry, signed, beside the database, so that rows cut off its end are noticed."""
    head = db.session.get(AuditHead, 1, populate_existing=True)
    if head:
        head_file.write(current_app.config["STUDIO"].data, current_app.config["KEY"].hex(), head.seq, head.hash)


def _run_after_commit() -> None:
    for call in g.after_commit:
        try:
            call()
        except Exception:
            # The act is saved; an echo that fails is made up for later.
            log.exception("something after a commit failed")


def _note_refusal() -> None:
    """Write a refused act to the trail; its own transaction was rolled back."""
    if request.method in protect.SAFE or not g.get("me"):
        return
    subject = f"endpoint:{request.endpoint}"
    _in_own_transaction(
        lambda session: trail.record(session, actor=g.me.id, act="refused", subject=subject, details={}, now=now())
    )


def _note_refused() -> None:
    """Write to the trail what a view asked to be noted of a request that was refused."""
    told: Refused | None = g.pop("refused", None)
    if told:
        said, by = {"why": told.why}, g.me.id if g.get("me") else None
        _in_own_transaction(
            lambda session: trail.record(
                session, actor=by, act="refused", subject=told.subject, details=said, now=now()
            )
        )


def _in_own_transaction(write: Callable[[Session], object]) -> None:
    """Write a side note; when that fails, the answer is given all the same."""
    db.session.rollback()
    try:
        with Session(db.engine) as session:
            begin_write(session)
            write(session)
            session.commit()
    except SQLAlchemyError:
        log.exception("a note beside a request could not be written")
