"""Nodes as XHTML, and the page around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from studio.core.locales import Language
from studio.rendering.policy import VOID
from studio.rendering.tree import Node

FOLDER: Final = Path(__file__).parent.parent / "templates" / "epub"


def written(parts: Iterable[Node | str]) -> str:
    """Return ``parts`` as XHTML; a language is told twice, as XML and HTML want it."""
    return "".join(_pieces(parts))


def _pieces(parts: Iterable[Node | str]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield str(escape(part))
            continue
        attrs = "".join(f' {name}="{escape(value)}"' for name, value in _attributes(part.attrs))
        if part.tag in VOID:
            yield f"<{part.tag}{attrs}/>"
        else:
            yield f"<{part.tag}{attrs}>"
            yield from _pieces(part.inside)
            yield f"</{part.tag}>"


def _attributes(attrs: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in attrs.items():
        yield name, value
        if name == "lang":
            yield "xml:lang", value


def spoken(language: Language, around: Language) -> Markup:
    """Return the attributes of something in ``language`` inside something in another one, with a leading space."""
    if language == around:
        return Markup()
    return Markup(' lang="{0}" xml:lang="{0}" dir="{1}"').format(language.code, language.direction)


def in_package(language: Language, around: Language) -> Markup:
    """Return the same as ``spoken`` for an element of the package, which is no HTML."""
    if language == around:
        return Markup()
    return Markup(' xml:lang="{}" dir="{}"').format(language.code, language.direction)


def filled(template: str, **values: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return a file of the book made by the template of that name."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
