"""What an organiser decides: set a wish for a change aside, let a version go out labelled, choose the policy."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from studio.core.words import N_
from studio.i18n.content import worded
from studio.members.actor import Role
from studio.members.current import require_actor, require_role
from studio.review.library import library
from studio.review.operations import organiser
from studio.review.operations.policies import choose_policy
from studio.review.queries.notices import address_of
from studio.review.queries.policies import policy_in_force
from studio.review.queries.rounds import seen_review
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now, spoken
from studio.web.notices import SAVED, notice
from studio.web.redirects import go

blueprint = Blueprint("organising", __name__)
SET_ASIDE: Final = notice(N_("Set aside. Another qualified person is still needed for this check."))
LABELLED: Final = notice(N_("This version may be published. Readers will see that not all checks were done."))


@blueprint.post("/checks/<review_id>/set-aside/<decision_id>")
def set_aside(review_id: str, decision_id: str) -> Response:
    """Set a wish for a change aside."""
    actor = require_actor()
    organiser.set_aside(db.session(), actor, review_id, decision_id, forms.text("reason", 2000), now())
    return go(_address(review_id), SET_ASIDE)


@blueprint.post("/checks/<review_id>/override")
def override(review_id: str) -> Response:
    """Let a version go out without all checks."""
    actor = require_actor()
    organiser.override(db.session(), actor, review_id, forms.text("reason", 2000), now())
    return go(_address(review_id), LABELLED)


@blueprint.get("/checks/policy")
def policy() -> str:
    """Show how texts are checked in this house."""
    require_actor()
    code = spoken().language.code
    known = sorted(library().policies.values(), key=lambda one: one.fewest)
    return render_template(
        "review/policy.html",
        policies=[(one.key, worded(one.title, code), worded(one.note, code)) for one in known],
        chosen=policy_in_force(db.session()).key,
    )


@blueprint.post("/checks/policy")
def choose() -> Response:
    """Choose how texts are checked in this house."""
    actor = require_role(Role.STEWARD)
    choose_policy(db.session(), actor, forms.line("policy"), now())
    return go("/studio/checks/policy", SAVED)


def _address(review_id: str) -> str:
    _, translation = seen_review(db.session(), require_actor(), review_id)
    return address_of(translation)
