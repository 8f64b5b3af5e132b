"""Every address of writing: begin a text, write in it, its images, its history."""

from __future__ import annotations

from flask import Blueprint

from studio.editor.pages import history, images, starting, suggestions, talk, writing

blueprint = Blueprint("editor", __name__, url_prefix="/studio", template_folder="templates")
for place in (starting, writing, images, history, talk, suggestions):
    blueprint.register_blueprint(place.blueprint)
