"""The text that somebody typed into a form that was refused, so that no refusal ever costs a text."""

from __future__ import annotations

import re
from typing import Final

from flask import request
from werkzeug.exceptions import HTTPException

MOST_BYTES: Final = 8_000_000
"""Bodies beyond this are not read; they are files, or no person's typing."""
_SHORTEST: Final = 20
_SECRET: Final = re.compile(r"pass|code|token|words|^next$|^base", re.IGNORECASE)
_MACHINE: Final = re.compile(r"[\w\-.:=+/,]{20,200}", re.ASCII)


def texts() -> list[str]:
    """Return each longer text of this request's form in its order; secrets and machine values are left out."""
    form = _form()
    return [value for name, value in form if is_worth_it(name, value)]


def is_worth_it(name: str, value: str) -> bool:
    """Whether the field ``name`` holds something that a person would miss."""
    if _SECRET.search(name) or _MACHINE.fullmatch(value):
        return False
    return len(value.strip()) >= _SHORTEST or "\n" in value.strip()


def _form() -> list[tuple[str, str]]:
    try:
        if (request.content_length or 0) > MOST_BYTES:
            return []
        request.max_content_length = MOST_BYTES
        request.max_form_memory_size = MOST_BYTES
        return list(request.form.items(multi=True))
    except (HTTPException, ValueError, OSError):
        return []
