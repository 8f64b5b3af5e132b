"""Reading a form: trimmed lines, texts with LF alone, known choices, bounded lengths."""

from __future__ import annotations

from collections.abc import Container

from flask import request

from studio.core.errors import Invalid, TooLarge
from studio.core.words import N_


def line(name: str, most: int = 300) -> str:
    """Return the one-line field ``name`` with single spaces, empty if it was not sent; TooLarge beyond ``most``."""
    return _bounded(" ".join(request.form.get(name, "").split()), most)


def text(name: str, most: int = 200_000) -> str:
    """Return the field ``name`` as it was typed, with LF alone as line end; TooLarge beyond ``most`` characters."""
    return _bounded(request.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n"), most)


def choice(name: str, allowed: Container[str], default: str = "") -> str:
    """Return the chosen value of ``name``, or ``default`` when none was sent; Invalid for one not in ``allowed``."""
    value = request.form.get(name, default)
    if value != default and value not in allowed:
        raise Invalid(N_("Please choose one of the answers."), {name: N_("Please choose one of the answers.")})
    return value


def several(name: str, allowed: Container[str]) -> list[str]:
    """Return the ticked values of ``name`` that are in ``allowed``, each once, in their order."""
    return [value for value in dict.fromkeys(request.form.getlist(name)) if value in allowed]


def ticked(name: str) -> bool:
    """Whether the box ``name`` was ticked."""
    return bool(request.form.get(name))


def _bounded(value: str, most: int) -> str:
    if len(value) > most:
        raise TooLarge(N_("This is longer than {most} characters. Please shorten it.", most=most))
    return value
