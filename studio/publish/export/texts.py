"""The files of one text: its page and its page for quiet reading, its list of editions, and whatever was made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.locales import language
from studio.core.words import Message
from studio.guides import house as lists
from studio.guides.models import Translation
from studio.publish import manifest, notes
from studio.publish.artifacts import Store
from studio.publish.export.addresses import ExportLinks, relative
from studio.publish.export.shelf import Shelf, Text
from studio.publish.forms import BY_KIND, PAGES, TYPE_SHEET, is_allowed
from studio.publish.models import Artifact
from studio.publish.pages import library as pages
from studio.publish.pages import views

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

    def artifacts(self, texts: Sequence[Text]) -> dict[str, list[tuple[str, str]]]:
        """Return by a build's id the kinds of its files with their SHA-256."""
        ids = [one.build_id for one in texts]
        rows = select(Artifact.build_id, Artifact.kind, Artifact.sha256).where(Artifact.build_id.in_(ids))
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for build, kind, sha in self.session.execute(rows.order_by(Artifact.build_id, Artifact.kind)):
            found[build].append((kind, sha))
        return found


def groups_of(text: Text) -> tuple[str, str, str]:
    """Return the three parts of the folder that hold a text: under its name, under its quiet one, and its words."""
    return (text.path.strip("/"), text.quiet_path.strip("/"), words_file(text))


def words_file(text: Text) -> str:
    """Return the file with the words that the search shows of a text."""
    return f"search/{text.code}/text/{text.slug}.js"


def files_of(source: Source, text: Text, made: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a text with their paths; ``made`` are the files of its build.

    Raise NotFound where one of them is gone from the store.
    """
    known = dict(made)
    cards = f"{text.path}cards/"
    shares = "cards_page" in known and is_allowed("kit", text.scope)
    for kind, address in zip(PAGES, (text.path, text.quiet_path, cards), strict=True):
        if address != cards or shares:
            page = _stored(source.store, text, known.get(kind, "")).decode()
            links = source.links(address, text.code, () if shares else (cards,))
            yield f"{address[1:]}index.html", relative(page, links).encode()
    for kind, sha in made:
        form = BY_KIND.get(kind)
        if form is None or not is_allowed(kind, text.scope):
            continue
        content = _stored(source.store, text, sha)
        open_path, quiet_path = (address[1:] + form.file(text.number) for address in (text.path, text.quiet_path))
        yield (quiet_path if form.quiet else open_path), content
        if kind == "web_font":
            yield quiet_path, content
    for (quiet, name), kind in manifest.KINDS.items():
        if kind in known:
            yield f"{(text.quiet_path if quiet else text.path)[1:]}{name}", _stored(source.store, text, known[kind])
    if "web_font" in known:
        from studio.publish.derived import type_sheet  # noqa: PLC0415 - it brings all that renders texts, seldom needed

        for address in (text.path, text.quiet_path):
            yield f"{address[1:]}{TYPE_SHEET}", type_sheet(text.code).encode()
    yield from _editions(source, text)


def _stored(store: Store, text: Text, sha: str) -> bytes:
    content = store.get(sha) if sha else None
    if content is None:
        raise NotFound(Message(_MISSING.text, {"path": text.path}))
    return content


def _entries(source: Source, text: Text) -> tuple[views.EditionEntry, ...]:
    """Return a text's editions as the list shows them; most texts have one, of which there is little to ask."""
    if text.only:
        changelog, correction = text.only
        told = changelog or lists.first_edition(text.code)
        return (
            views.EditionEntry(text.number, text.published_on, text.checked_on, told, "live", correction=correction),
        )
    from studio.publish.changes import History  # noqa: PLC0415 - it brings all that renders texts

    return History(source.session, source.session.get_one(Translation, text.translation_id)).entries()


def _editions(source: Source, text: Text) -> Iterator[tuple[str, bytes]]:
    """Yield the public list of a text's editions and a page for each that is not read any more."""
    session, spoken = source.session, language(text.code)
    entries = _entries(source, text)
    here = f"{text.path}editions/"
    listed = views.EditionsView(
        source.house, spoken, text.title, text.slug, entries, notes.of_text(session, text.translation_id)
    )
    yield f"{here[1:]}index.html", _page(source, here, text.code, pages.editions(listed, source.links(here, text.code)))
    for entry in entries:
        if entry.number != text.number:
            here = f"{text.path}editions/{entry.number}/"
            old = views.OldEditionView(source.house, spoken, text.title, text.slug, entry, text.number)
            html = pages.old_edition(old, source.links(here, text.code))
            yield f"{here[1:]}index.html", _page(source, here, text.code, html)


def _page(source: Source, here: str, code: str, html: str) -> bytes:
    return relative(html, source.links(here, code)).encode()
