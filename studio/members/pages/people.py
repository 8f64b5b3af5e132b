"""The organiser's People page: invite, open invitations, roles, trainings, suspend, let in again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from studio.core.errors import Invalid
from studio.core.locales import LANGUAGES
from studio.core.words import N_
from studio.members import current, queries
from studio.members.actor import Role
from studio.members.commands import join_path
from studio.members.operations import joining, people
from studio.members.rules import visits
from studio.members.words import ROLES, TRAININGS, is_training, training
from studio.storage.db import db
from studio.web import forms, limits, navigation, reminding
from studio.web.context import now, settings
from studio.web.notices import SAVED, notice
from studio.web.redirects import go

blueprint = Blueprint("people", __name__)

INVITES: Final = limits.Limit("invite", seconds=3600, nearby=120, account=60)
REVOKED: Final = notice(N_("The link no longer works."))
SUSPENDED: Final = notice(N_("Suspended. All their visits have ended."))
BACK_IN: Final = notice(N_("They can take part again."))


def _is_organiser() -> bool:
    actor = current.actor()
    return actor is not None and actor.has(Role.STEWARD)


navigation.add(navigation.Place(80, "members.people.home", N_("People"), _is_organiser))


@blueprint.get("/people/")
def home() -> str:
    """Show everybody, the open invitations and the form to invite."""
    current.require_role(Role.STEWARD)
    invitations = queries.open_invitations(db.session(), now())
    return render_template(
        "members/people.html",
        people=queries.people(db.session()),
        invitations=invitations,
        returning=queries.pen_names(db.session(), [found.member_id for found in invitations if found.member_id]),
        role_words=ROLES,
        training=training,
        languages=[LANGUAGES[code] for code in settings().languages],
        language_names={code: known.name for code, known in LANGUAGES.items()},
    )


@blueprint.post("/people/invite")
def invite() -> str:
    """Make a one-time link and show it once, with a neutral text to copy."""
    actor = current.require_role(Role.STEWARD)
    limits.hit(INVITES, actor.id)
    role = Role(forms.choice("role", [role.value for role in Role], Role.WRITER))
    language = forms.choice("language", settings().languages, actor.language)
    token = joining.invite(db.session(), actor=actor, role=role, language=language, now=now())
    return _link_page(join_path(token), language, now() + visits.INVITATION, again=False)


@blueprint.post("/people/invitations/<invitation_id>/revoke")
def revoke(invitation_id: str) -> Response:
    """Make a link useless."""
    actor = current.require_role(Role.STEWARD)
    joining.revoke(db.session(), actor=actor, invitation_id=invitation_id, now=now())
    return go(url_for("members.people.home"), REVOKED)


@blueprint.get("/people/<member_id>/")
def person(member_id: str) -> str:
    """Show one member: roles, trainings, what an organiser can do."""
    current.require_role(Role.STEWARD)
    member = queries.by_id(db.session(), member_id)
    found = queries.actor(db.session(), member)
    return render_template(
        "members/person.html",
        member=member,
        found=found,
        role_words={role: words for role, words in ROLES.items() if role != Role.WRITER},
        training_words=TRAININGS,
        laws=sorted(name.partition(":")[2] for name in found.trainings if name.startswith("legal:")),
    )


@blueprint.post("/people/<member_id>/roles")
def roles(member_id: str) -> Response:
    """Give and take roles."""
    actor = current.require_role(Role.STEWARD)
    wanted = [Role(value) for value in forms.several("roles", [role.value for role in Role])]
    people.set_roles(db.session(), actor=actor, member_id=member_id, roles=wanted, now=now())
    return go(url_for("members.people.person", member_id=member_id), SAVED)


@blueprint.post("/people/<member_id>/trainings")
def trainings(member_id: str) -> Response:
    """Set what a checker is trained for."""
    actor = current.require_role(Role.STEWARD)
    laws = [f"legal:{country}" for country in forms.line("laws").upper().replace(",", " ").split()]
    if not all(map(is_training, laws)):
        sentence = N_("Please write countries by their two letters, such as FR or JP.")
        raise Invalid(sentence, {"laws": sentence})
    names = [*forms.several("trainings", TRAININGS), *laws]
    people.set_trainings(db.session(), actor=actor, member_id=member_id, trainings=names, now=now())
    return go(url_for("members.people.person", member_id=member_id), SAVED)


@blueprint.post("/people/<member_id>/suspend")
def suspend(member_id: str) -> Response:
    """Keep a member out."""
    actor = current.require_role(Role.STEWARD)
    people.suspend(db.session(), actor=actor, member_id=member_id, now=now())
    return go(url_for("members.people.person", member_id=member_id), SUSPENDED)


@blueprint.post("/people/<member_id>/unsuspend")
def unsuspend(member_id: str) -> Response:
    """Let a member take part again."""
    actor = current.require_role(Role.STEWARD)
    people.unsuspend(db.session(), actor=actor, member_id=member_id, now=now())
    return go(url_for("members.people.person", member_id=member_id), BACK_IN)


@blueprint.post("/people/<member_id>/let-in")
def let_in(member_id: str) -> str:
    """Make a link with which a member chooses a new passphrase, and show it once."""
    actor = current.require_role(Role.STEWARD)
    limits.hit(INVITES, actor.id)
    token = joining.let_in_again(db.session(), actor=actor, member_id=member_id, now=now())
    return _link_page(
        f"/studio/return/{token}",
        queries.by_id(db.session(), member_id).language,
        now() + visits.LET_IN_AGAIN,
        again=True,
    )


def _link_page(path: str, language: str, until: datetime, *, again: bool) -> str:
    base = settings().base_url or f"{request.scheme}://{request.host}"
    return render_template(
        "members/link.html",
        link=f"{base}{path}",
        code=language,
        language_name=LANGUAGES[language].name,
        sentence=reminding.sentence(language, reminding.last_whole_day(until)),
        calendar=f"{path}/{reminding.FILE}",
        again=again,
    )
