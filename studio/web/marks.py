"""Marks on views: who needs no form token, who begins to write late, who takes more bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])
_NAME: Final = "studio_marks"


def public_post(view: View) -> View:
    """Mark a post that knows no session (search, check code): no token, but its origin is still looked at."""
    return _mark(view, "public", value=True)


def late_write(view: View) -> View:
    """Mark a view that has slow work first (a passphrase's hash) and calls ``begin_writing`` itself after it."""
    return _mark(view, "late", value=True)


def takes_bytes(most: int) -> Callable[[View], View]:
    """Mark a view that takes bodies of up to ``most`` bytes, such as an image."""

    def mark(view: View) -> View:
        return _mark(view, "bytes", value=most)

    return mark


def marked(name: str) -> Any:  # noqa: ANN401 - each mark has its own type
    """Return the mark ``name`` of the view that this request goes to, or None."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, _NAME, {}).get(name)


def _mark(view: View, name: str, *, value: object) -> View:
    marks = cast("dict[str, object]", vars(view).setdefault(_NAME, {}))
    marks[name] = value
    return view
