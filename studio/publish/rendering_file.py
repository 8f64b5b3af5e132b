"""``studio render``: every form of one Markdown file, without a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from studio.core.errors import Invalid
from studio.core.locales import CODE, LANGUAGES, language
from studio.core.words import N_
from studio.guides import foreign, house
from studio.guides.canvas import redraw
from studio.guides.fields import TextFields, content_hash
from studio.guides.labels import rendering_words
from studio.guides.rules.credit import Credit
from studio.publish import sayings
from studio.publish.derivation import derive_all
from studio.publish.document import Document
from studio.publish.forms import BY_KIND, FORMS
from studio.publish.pages.guide import guide
from studio.publish.pages.library import cards
from studio.publish.pages.links import LoneLinks
from studio.publish.pages.views import Download, GuideView, House
from studio.publish.pages.words import DOWNLOADS
from studio.publish.renderer import Derived
from studio.publish.sharing import FIRST, cards_view
from studio.rendering.markdown import render
from studio.rendering.plain import reading_minutes
from studio.theming import fonts
from studio.web.sheets import sheet


def render_file(file: Path, out: Path, code: str) -> Iterator[Path]:
    """Write ``index.html guide.pdf guide.epub guide.txt cards/…`` of ``file``, and the plain ones, into ``out``.

    Yield each path. The language comes from the front matter, else the file's or its folder's name, else ``code``.
    Raise Invalid or TooLarge with one sentence where the text cannot be published as it is.
    """
    pictures: dict[str, bytes] = {}
    text = foreign.read(file.read_bytes(), file.stem, lambda name: _picture(file, name, pictures))
    spoken = str(text.meta.get("lang") or _code_of(file) or code)
    if not CODE.fullmatch(spoken):
        raise Invalid(N_("Say in which language this is: “lang: en” at its top, or --language en."))
    document = document_alone(text, spoken, file.stem)
    out.mkdir(parents=True, exist_ok=True)
    (out / "cards").mkdir(exist_ok=True)
    files = derive_all(document, pictures.__getitem__, out)
    for made in files:
        target = out / BY_KIND[made.kind].alone
        (out / made.name).replace(target)
        yield target
    yield from _pages(document, out, files, pictures)


def _pages(document: Document, out: Path, files: tuple[Derived, ...], pictures: dict[str, bytes]) -> Iterator[Path]:
    _style(document, out)
    for sha, data in pictures.items():
        (out / "media").mkdir(exist_ok=True)
        (out / "media" / sha).write_bytes(data)
    page = out / "index.html"
    page.write_text(page_alone(document, {made.kind: made.size for made in files}), encoding="utf-8")
    yield page
    view = cards_view(document, files, _house(document), f"{document.path}type.css")
    page = out / "cards" / "index.html"
    page.write_text(cards(view, LoneLinks(here=f"{document.path}cards/")), encoding="utf-8")
    yield page


def page_alone(document: Document, sizes: Mapping[str, int]) -> str:
    """Return the page of a text that no house is around, beside files of the given kinds and sizes."""
    there = [form for form in FORMS if form.kind in sizes and form.kind in DOWNLOADS]
    downloads = tuple(
        Download(form.kind, f"{document.path}{form.alone}", sizes[form.kind], form.quiet) for form in there
    )
    own_type = f"{document.path}type.css" if document.language.ideographic else ""
    view = GuideView(_house(document), document, downloads=downloads, cards=FIRST in sizes, font_sheet=own_type)
    return guide(view, LoneLinks(here=document.path))


def _house(document: Document) -> House:
    return House(site_name=document.site_name, stylesheet=f"{document.path}reader.css", script="")


def _style(document: Document, out: Path) -> None:
    """Put the style sheet and the fonts it names beside the page, all by relative addresses."""
    (out / "reader.css").write_text(sheet("reader.css").replace(fonts.WEB_PATH, "fonts/"), encoding="utf-8")
    (out / "fonts").mkdir(exist_ok=True)
    for name, path in fonts.web_files().items():
        (out / "fonts" / name).write_bytes(path.read_bytes())
    if document.language.ideographic:
        family = fonts.families_for(document.language.code)[0]
        (out / "type.css").write_text(fonts.face_css(family, 400, "type.woff2"), encoding="utf-8")


def _picture(file: Path, name: str, pictures: dict[str, bytes]) -> str | None:
    path = (file.parent / name).resolve()
    if not path.is_relative_to(file.parent.resolve()) or not path.is_file():
        return None
    content, _, _ = redraw(path.read_bytes())
    sha = hashlib.sha256(content).hexdigest()
    pictures[sha] = content
    return f"media:{sha}"


def _code_of(file: Path) -> str:
    """Return the language that the file's name tells, or the nearest of its folders."""
    folders = [file.resolve().parent.name, *reversed(file.parts[:-1])]
    return next((name for name in (file.stem, *folders) if name in LANGUAGES), "")


def document_alone(text: foreign.Foreign, code: str, name: str) -> Document:
    """Return what is derived from a text as it stands, named ``name``, in the language ``code``."""
    fields, spoken = TextFields.from_dict(text.fields.to_dict()), language(code)
    body = render(text.body, spoken, media_url=lambda sha: f"media/{sha}", words=rendering_words(code))
    digest = content_hash(text.body, fields.to_dict(), kind="guide", facets=(), topics=(), licence="CC-BY-SA-4.0")
    today = datetime.now(UTC).date()
    return Document(
        guide_id=name,
        kind=str(text.meta.get("kind") or "guide"),
        language=spoken,
        slug=name,
        opaque_id=digest[:20],
        title=fields.title,
        summary=fields.summary,
        neutral_title=fields.neutral_title or house.neutral_title(code),
        body=body,
        reading_minutes=reading_minutes(body.words),
        topics=(),
        content_notes=tuple(house.note_name(key, code) for key in fields.content_notes if key != "none"),
        sources=fields.sources,
        licence="CC BY-SA 4.0",
        credit=sayings.credit(Credit(), spoken),
        edition=1,
        changelog=fields.changelog or house.first_edition(code),
        published_on=today,
        checked_on=today,
        people=0,
        label="",
        copy_number="",
        content_hash=digest,
        site_name="Guide House",
        base_url="",
        practice=False,
    )
