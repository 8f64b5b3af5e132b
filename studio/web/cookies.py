"""The two cookies of the members' part: who is signed in, and whose form this is. Readers never get one."""

from __future__ import annotations

import re
from typing import Final

from flask import Response, g, request

from studio.core.ids import new_token
from studio.web.context import STUDIO, in_studio, settings

_FORM: Final = re.compile(r"[0-9a-z]{32}")


def member_name() -> str:
    """Return the name of the cookie that holds a member's session."""
    return "__Secure-studio" if settings().https else "studio"


def form_name() -> str:
    """Return the name of the cookie that ties a form to the browser it was made for."""
    return "__Secure-studio-form" if settings().https else "studio-form"


def member_value() -> str:
    """Return what the browser sent as its session, or an empty text."""
    return request.cookies.get(member_name(), "") if in_studio() else ""


def set_member(response: Response, value: str, *, seconds: int | None) -> None:
    """Give the browser its session; with ``seconds`` None it ends with the browser."""
    _set(response, member_name(), value, seconds)


def drop(response: Response) -> None:
    """Take both cookies back."""
    for name in (member_name(), form_name()):
        response.delete_cookie(name, path=STUDIO, secure=settings().https, httponly=True, samesite="Strict")


def form_seed() -> str:
    """Return what a form's token is tied to: the session's public half, else the form cookie (made when there is none).

    The public half stays when the secret half is renewed, so that a form in another tab is not refused.
    """
    member = member_value().partition(".")[0]
    if member:
        return f"member {member}"
    sent = request.cookies.get(form_name(), "")
    if _FORM.fullmatch(sent):
        return f"form {sent}"
    if "new_form" not in g:
        g.new_form = new_token()
    return f"form {g.new_form}"


def finish(response: Response) -> Response:
    """Hand out the form cookie if a form was made; to be called after every request."""
    if in_studio() and "new_form" in g:
        _set(response, form_name(), g.new_form, None)
    return response


def _set(response: Response, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path=STUDIO, secure=settings().https, httponly=True, samesite="Strict"
    )
