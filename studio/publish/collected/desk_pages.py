"""The editor's pages of collections: begin one, put guides in, order them, let readers have it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, current_app, render_template
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Invalid, NotFound
from studio.core.ids import is_id, new_id
from studio.core.locales import language
from studio.core.words import N_, Message
from studio.guides.models import Translation
from studio.members.actor import Role
from studio.members.current import require_role
from studio.publish import generation
from studio.publish import queries as live
from studio.publish.collected import operations, queries
from studio.publish.collected.models import Collection
from studio.storage.db import db
from studio.web import context, forms
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("collections", __name__, url_prefix="/studio/collections", template_folder="../templates")
ONE: Final = "/<collection_id>"
SAVED: Final = notice(N_("Saved."))
PUBLISHED: Final = notice(N_("Readers have it. The PDF will be there within a minute."))
TAKEN_BACK: Final = notice(N_("Readers do not have this collection any more. Its guides stay where they are."))


@blueprint.get("/")
def home() -> str:
    """List all collections, and offer to begin one."""
    require_role(Role.EDITOR)
    return _home()


@blueprint.post("/")
def begin() -> AnyResponse:
    """Begin a collection."""
    actor = require_role(Role.EDITOR)
    sent = forms.line("collection_id")
    made_id = sent if is_id(sent) else new_id()
    try:
        made = operations.begin(
            db.session(), actor, made_id, forms.line("language"), forms.line("title"), context.now()
        )
    except Invalid as error:
        return current_app.make_response((_home(error), 422))
    return go(_address(made), SAVED)


@blueprint.get(f"{ONE}/")
def show(collection_id: str) -> str:
    """Show a collection with everything that can be done to it."""
    require_role(Role.EDITOR)
    return _page(_collection(collection_id))


@blueprint.post(f"{ONE}/describe")
def describe(collection_id: str) -> AnyResponse:
    """Change title and introduction."""
    actor = require_role(Role.EDITOR)
    collection = _collection(collection_id)
    try:
        operations.describe(
            db.session(), actor, collection, forms.line("title", 1000), forms.line("intro", 2000), context.now()
        )
    except Invalid as error:
        return current_app.make_response((_page(collection, error), 422))
    return _back(collection, SAVED)


@blueprint.post(f"{ONE}/put-in")
def put_in(collection_id: str) -> AnyResponse:
    """Add a guide at the end."""
    actor = require_role(Role.EDITOR)
    collection = _collection(collection_id)
    guide = db.session.get(Translation, forms.line("guide"))
    if guide is None:
        raise Invalid(N_("Choose a guide to put in."))
    operations.put_in(db.session(), actor, collection, guide, context.now())
    return _back(collection, SAVED)


@blueprint.post(f"{ONE}/take-out")
def take_out(collection_id: str) -> AnyResponse:
    """Take a guide out."""
    actor = require_role(Role.EDITOR)
    collection = _collection(collection_id)
    operations.take_out(db.session(), actor, collection, forms.line("guide"), context.now())
    return _back(collection, SAVED)


@blueprint.post(f"{ONE}/place")
def place(collection_id: str) -> AnyResponse:
    """Move a guide to another place."""
    actor = require_role(Role.EDITOR)
    collection = _collection(collection_id)
    wanted = forms.line("place")
    position = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 1  # noqa: PLR2004 - no collection is so long
    operations.place(db.session(), actor, collection, forms.line("guide"), position, context.now())
    return _back(collection, SAVED)


@blueprint.post(f"{ONE}/publish")
def publish(collection_id: str) -> AnyResponse:
    """Let readers have it, or have its files made once more."""
    actor = require_role(Role.EDITOR)
    collection = _collection(collection_id)
    operations.publish(db.session(), actor, collection, context.now())
    return _back(collection, PUBLISHED)


@blueprint.post(f"{ONE}/take-back")
def take_back(collection_id: str) -> AnyResponse:
    """Take it from readers."""
    actor = require_role(Role.EDITOR)
    collection = _collection(collection_id)
    operations.take_back(db.session(), actor, collection, context.now())
    return _back(collection, TAKEN_BACK)


def _collection(collection_id: str) -> Collection:
    found = db.session.get(Collection, collection_id)
    if found is None:
        raise NotFound(N_("There is no such collection."))
    return found


def _address(collection: Collection) -> str:
    return f"/studio/collections/{collection.id}/"


def _home(error: Invalid | None = None) -> str:
    return render_template(
        "publish/collections.html",
        collections=queries.collections(db.session()),
        spoken=[language(code) for code in sorted({one.translation.language for one in live.live_texts(db.session())})],
        collection_id=new_id(),
        written=forms.line("title", 1000) if error else "",
        chosen=forms.line("language") if error else context.spoken().language.code,
        most=operations.TITLE,
        language_of=language,
        error=error,
    )


def _page(collection: Collection, error: Invalid | None = None) -> str:
    session = db.session()
    there = {one.translation.id: one for one in queries.chapters_of(session, collection)}
    inside = {one.translation_id for one in collection.chapters}
    every = live.live_texts(session, collection.language)
    return render_template(
        "publish/collection.html",
        collection=collection,
        here=_address(collection),
        chapters=[(one.position, one.translation_id, there.get(one.translation_id)) for one in collection.chapters],
        others=sorted((one for one in every if one.translation.id not in inside), key=lambda one: one.title),
        files=operations.files_of(session, collection),
        failed=_trouble(collection),
        title=forms.line("title", 1000) if error else collection.title,
        intro=forms.line("intro", 2000) if error else collection.intro,
        most_title=operations.TITLE,
        most_intro=operations.INTRO,
        spoken=language(collection.language),
        error=error,
    )


def _trouble(collection: Collection) -> str:
    """Return why the newest making failed; empty where none did since the last that went well."""
    failed = queries.newest_build(db.session(), collection, "failed")
    done = queries.newest_build(db.session(), collection)
    return failed.problem if failed and (done is None or done.n < failed.n) else ""


def _back(collection: Collection, said: Message) -> AnyResponse:
    """Go back to the collection's page; other processes hear of what changed before the answer is sent."""
    settings, n = context.settings(), generation.current(db.session())
    context.after_commit(lambda: generation.GenerationFile(settings.data).tell(n))
    return go(_address(collection), said)
