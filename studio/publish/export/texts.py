"""The files of one text: its page and its page for quiet reading, its list of editions, and whatever was made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.locales import language
from studio.core.words import Message
from studio.guides import house as lists
from studio.guides.models import Translation
from studio.publish import manifest
from studio.publish.artifacts import Store
from studio.publish.changes import History
from studio.publish.export.addresses import ExportLinks, relative
from studio.publish.export.shelf import Shelf, Text
from studio.publish.export.sums import Entry
from studio.publish.forms import BY_KIND, PAGES, TYPE_SHEET, is_allowed
from studio.publish.models import Artifact
from studio.publish.pages import library as pages
from studio.publish.pages import views
from studio.publish.wording import Words

_HEADING: Final = "h-"
"""What the ids of a text's own headings begin with; those of notes begin otherwise."""
_MISSING: Final = Message("Files of {path} are not here; studio rebuild --missing makes them. Then export again.")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the files of texts come from."""

    session: Session
    store: Store
    shelf: Shelf
    house: views.House

    met: dict[str, bool] = field(default_factory=dict)
    """The texts that the pages made last lead to, and whether they are here."""

    def links(self, here: str, code: str, lacking: Collection[str] = ()) -> ExportLinks:
        """Return what makes the addresses of the page at ``here``, an address of the site."""
        return ExportLinks(self.house.base_url, here, code, self.shelf.endings, self.shelf.addresses, lacking, self.met)

    def artifacts(self, texts: Sequence[Text]) -> dict[str, dict[str, Entry]]:
        """Return by a build's id its files by their kinds."""
        columns = (Artifact.build_id, Artifact.kind, Artifact.sha256, Artifact.size)
        rows = select(*columns).where(Artifact.build_id.in_([one.build_id for one in texts]))
        found: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        for build, kind, sha, size in self.session.execute(rows.order_by(Artifact.build_id, Artifact.kind)):
            found[build][kind] = Entry(sha, size)
        return found


@dataclass(frozen=True, slots=True)
class Planned:
    """A file of a text: its path, what it is where that is known already, and how to have it."""

    path: str
    read: Callable[[], bytes]
    entry: Entry | None = None


def files_of(source: Source, text: Text, made: Mapping[str, Entry], words: Words) -> Iterator[Planned]:
    """Yield the files of a text; ``made`` are the files of its build. Reading one raises NotFound where it is gone."""
    headings = [(part, title) for part, title, _ in words.sections if part.startswith(_HEADING)]
    every = (*_pages(source, text, made), *_type_sheets(text, made), *_editions(source, text, headings))
    for path, content in every:
        yield Planned(path, partial(bytes, content))
    for kind, entry in made.items():
        form = BY_KIND.get(kind)
        for quiet in {form.quiet, form.ideographic} if form and is_allowed(kind, text.scope) else ():
            address = text.quiet_path if quiet else text.path
            name = form.file(text.number) if form else ""
            yield Planned(f"{address[1:]}{name}", partial(_stored, source.store, text, entry), entry)
    for (quiet, name), kind in manifest.KINDS.items():
        if kind in made:
            address, entry = text.quiet_path if quiet else text.path, made[kind]
            yield Planned(f"{address[1:]}{name}", partial(_stored, source.store, text, entry), entry)


def _type_sheets(text: Text, made: Mapping[str, Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the sheets with the face that was cut for a text, under either of its addresses."""
    if "web_font" in made:
        from studio.publish.derived import type_sheet  # noqa: PLC0415 - it brings all that renders texts, seldom needed

        for address in (text.path, text.quiet_path):
            yield f"{address[1:]}{TYPE_SHEET}", type_sheet(text.code).encode()


def _pages(source: Source, text: Text, made: Mapping[str, Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the pages that were kept with a build: the text, the one for quiet reading, and its cards if it has any."""
    cards = f"{text.path}cards/"
    shares = "cards_page" in made and is_allowed("kit", text.scope)
    for kind, address in zip(PAGES, (text.path, text.quiet_path, cards), strict=True):
        if address != cards or shares:
            page = _stored(source.store, text, made.get(kind)).decode()
            links = source.links(address, text.code, () if shares else (cards,))
            yield f"{address[1:]}index.html", relative(page, links).encode()


def _stored(store: Store, text: Text, entry: Entry | None) -> bytes:
    content = store.get(entry.sha256) if entry else None
    if content is None:
        raise NotFound(Message(_MISSING.text, {"path": text.path}))
    return content


def _entries(source: Source, text: Text, headings: Sequence[tuple[str, str]]) -> tuple[views.EditionEntry, ...]:
    """Return a text's editions as the list shows them; most texts have one, of which there is little to ask."""
    if text.only:
        changelog, correction = text.only
        told = changelog or lists.first_edition(text.code)
        return (
            views.EditionEntry(text.number, text.published_on, text.checked_on, told, "live", correction=correction),
        )
    translation = source.session.get_one(Translation, text.translation_id)
    return History(source.session, translation, headings).entries()


def _editions(source: Source, text: Text, headings: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the public list of a text's editions and a page for each that is not read any more."""
    spoken = language(text.code)
    entries = _entries(source, text, headings)
    here = f"{text.path}editions/"
    listed = views.EditionsView(source.house, spoken, text.title, text.slug, entries, text.notes)
    yield f"{here[1:]}index.html", _page(source, here, text.code, pages.editions(listed, source.links(here, text.code)))
    for entry in entries:
        if entry.number != text.number:
            here = f"{text.path}editions/{entry.number}/"
            old = views.OldEditionView(source.house, spoken, text.title, text.slug, entry, text.number)
            html = pages.old_edition(old, source.links(here, text.code))
            yield f"{here[1:]}index.html", _page(source, here, text.code, html)


def _page(source: Source, here: str, code: str, html: str) -> bytes:
    return relative(html, source.links(here, code)).encode()
