"""Every address of the members' slice: the doors, one's own page, the people."""

from __future__ import annotations

from flask import Blueprint

from studio.members.avatar import pattern
from studio.members.pages import doors, newcomers, own, people
from studio.web.refusals import SignInNeeded

blueprint = Blueprint("members", __name__, url_prefix="/studio", template_folder="templates")
for place in (doors, newcomers, own, people):
    blueprint.register_blueprint(place.blueprint)
blueprint.app_errorhandler(SignInNeeded)(doors.lead_to_the_door)
blueprint.add_app_template_global(pattern, "pattern")
