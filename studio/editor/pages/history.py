"""The saved versions of a text: who, when, what changed; each as readers would see it; any two compared."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from studio.core.errors import Invalid
from studio.editor import operations, reading
from studio.editor.pages import common
from studio.editor.rules.compare import compare as differences
from studio.editor.words import LABELS, SIGNIFICANCE
from studio.guides import house, queries
from studio.guides.fields import TextFields
from studio.guides.models import Revision, Translation
from studio.members import queries as members
from studio.members.actor import Actor
from studio.storage.db import db
from studio.web.context import now
from studio.web.redirects import go

blueprint = Blueprint("history", __name__, url_prefix="/guides/<guide_id>/<lang:code>")

_DIGITS = 7


@blueprint.get("/history")
def all_versions(guide_id: str, code: str) -> str:
    """Show the saved versions, the newest first."""
    _, text = common.text(guide_id, code)
    session = db.session()
    versions = queries.revisions(session, text)
    return render_template(
        "editor/history.html",
        **common.frame(text),
        versions=versions,
        names=members.pen_names(session, {one.saved_by for one in versions if one.saved_by}),
        words=SIGNIFICANCE,
        newer=_is_newer(text, versions),
    )


@blueprint.get("/history/<int(max=999999):number>")
def one_version(guide_id: str, code: str, number: int) -> str:
    """Show a saved version as readers would see it."""
    actor, text = common.text(guide_id, code)
    session = db.session()
    version = queries.revision(session, text, number)
    body, error = None, None
    try:
        body = reading.rendered(session, actor, text, version.body)
    except Invalid as refusal:
        error = refusal
    return render_template(
        "editor/one_version.html",
        **common.frame(text),
        version=version,
        fields=TextFields.from_dict(version.fields),
        body=body,
        error=error,
        names=members.pen_names(session, {version.saved_by} if version.saved_by else set()),
        words=SIGNIFICANCE,
    )


@blueprint.get("/compare")
def compare(guide_id: str, code: str) -> str:
    """Show what differs between two saved versions, or between one and the text now."""
    actor, text = common.text(guide_id, code)
    before, after = _chosen(text, "from"), _chosen(text, "to")
    return render_template(
        "editor/compare.html",
        **common.frame(text),
        before=before,
        after=after,
        sections=differences(_as_text(before, text, actor), _as_text(after, text, actor)),
        labels=LABELS,
        versions=queries.revisions(db.session(), text),
    )


@blueprint.post("/history/<int(max=999999):number>/restore")
def restore(guide_id: str, code: str, number: int) -> Response:
    """Bring a saved version's text back as the newest one."""
    actor, text = common.text(guide_id, code)
    version = queries.revision(db.session(), text, number)
    operations.restore(db.session(), actor, text, version, now=now())
    return go(url_for("editor.writing.write", guide_id=guide_id, code=code), common.IS_BACK)


def _is_newer(text: Translation, versions: list[Revision]) -> bool:
    """Whether the draft holds more than the newest saved version."""
    return not versions or (versions[0].body, versions[0].fields) != (text.draft.text, text.draft.fields)


def _chosen(text: Translation, name: str) -> Revision | None:
    """Return the version that the address names; None is the text now, and nothing where nothing is named."""
    number = request.args.get(name, "")
    return (
        queries.revision(db.session(), text, int(number))
        if number.isascii() and number.isdigit() and len(number) < _DIGITS
        else None
    )


def _as_text(version: Revision | None, text: Translation, actor: Actor) -> dict[str, str]:
    """Return title, summary, fields and body as lines that can be compared."""
    body, values = (version.body, version.fields) if version else (text.draft.text, text.draft.fields)
    lines = TextFields.from_dict(values).to_dict()
    lines["content_notes"] = [house.note_name(key, actor.language) for key in lines["content_notes"]]
    shown = {name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in lines.items()}
    return {name: shown.get(name, "") for name in LABELS if name != "body"} | {"body": body}
