"""The Jinja environment of the reader's pages, and what every template is given."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from studio.core.locales import Language
from studio.i18n import formats
from studio.i18n.catalogues import translator
from studio.publish.pages.links import Links
from studio.publish.pages.views import House

TEMPLATES: Final = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the content of a page: house, language, address maker, and what its head says.

    ``siblings`` are the same page in other languages as (language, address). A ``quiet`` frame names neither house
    nor topic. ``font_sheet`` is a second style sheet with the faces cut for one text.
    """

    house: House
    language: Language
    links: Links
    title: str = ""
    description: str = ""
    siblings: tuple[tuple[Language, str], ...] = ()
    quiet: bool = False
    noindex: bool = False
    one: bool = False
    """What is read next takes the page's place in the browser's history, where scripts work; always so in quiet."""
    font_sheet: str = ""
    head: Markup = field(default_factory=Markup)
    """More elements for the head, made by the machine part."""

    @property
    def full_title(self) -> str:
        """Return what the browser's tab says."""
        if self.quiet or not self.title:
            return self.title or self.house.site_name
        return f"{self.title} · {self.house.site_name}"


def render(template: str, frame: Frame, **values: object) -> str:
    """Return the page made by ``template`` (a name below ``reader/``) with ``values`` inside ``frame``.

    Where the catalogue of the page's language is not complete, our own words are English: ``own`` are the attributes
    that say so on an element, ``theirs`` switch back to the page's language inside of one.
    """
    words = translator(frame.language.code, "reader")
    code = words.language.code
    return (
        _environment()
        .get_template(f"reader/{template}")
        .render(
            frame=frame,
            house=frame.house,
            links=frame.links,
            _=words.gettext,
            ngettext=words.ngettext,
            say=words.say,
            own=foreign(words.language, frame.language),
            theirs=foreign(frame.language, words.language),
            month=lambda when: formats.month(when, code),
            day=lambda when: formats.day(when, code),
            size=lambda n_bytes: formats.size(n_bytes, code),
            number=lambda n: formats.number(n, code),
            joined=lambda items: formats.joined(items, frame.language.code),
            foreign=lambda language: foreign(language, frame.language),
            **values,
        )
    )


def foreign(language: Language, page: Language) -> Markup:
    """Return ``lang`` and ``dir`` for an element in ``language`` on a page in another one, with a leading space."""
    if language.code == page.code:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(language.code, language.direction)


class _Compiled(FileSystemBytecodeCache):
    """Templates as Python understands them, kept beside them as Python keeps its own files, and under the same terms.

    Where nothing can be kept, each process compiles for itself.
    """

    def __init__(self, templates: Path) -> None:
        """Keep them below ``templates``, under names that are others when this file or Jinja is another one."""
        place = templates / "__pycache__"
        with suppress(OSError):
            place.mkdir(exist_ok=True)
        made_by = f"{version('jinja2')}-{Path(__file__).stat().st_mtime_ns}"
        super().__init__(str(place), f"%s.{made_by}.jinja")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in ``bucket``; a full disk or a folder of others does no harm."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Compiled(TEMPLATES),
    )
