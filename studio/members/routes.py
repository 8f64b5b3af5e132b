"""Every address of the members' slice: the doors, one's own page, the people."""

from __future__ import annotations

from flask import Blueprint

from studio.members.pages import doors
from studio.web.refusals import SignInNeeded

blueprint = Blueprint("members", __name__, url_prefix="/studio", template_folder="templates")
blueprint.register_blueprint(doors.blueprint)
blueprint.app_errorhandler(SignInNeeded)(doors.lead_to_the_door)
