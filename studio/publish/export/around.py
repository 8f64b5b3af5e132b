"""The pages around the texts: the first one, libraries, topics, search, what this copy is; feeds and static files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Final

import studio.web
from studio.core.locales import Language
from studio.core.words import N_
from studio.guides import house as lists
from studio.i18n.catalogues import translator
from studio.publish import reader_views
from studio.publish.collected import listing
from studio.publish.collected import queries as collected
from studio.publish.export.addresses import COPY, SEARCH, file_of, relative
from studio.publish.export.shelf import Part, Text, digest
from studio.publish.export.texts import Source
from studio.publish.pages import collection, machine, quiet, views
from studio.publish.pages import folder as own
from studio.publish.pages import library as pages
from studio.publish.pages.copy_views import TrustView
from studio.publish.pages.links import Links
from studio.publish.signing import PublicKey
from studio.theming import faces

BUILT: Final = Path(studio.web.__file__).parent / "static"
"""Where the program keeps its own static files."""
_STATIC: Final = ("built/leave.js", "built/offline.js", "img/page.svg", "icon.svg")


def parts(source: Source, key: PublicKey, sums: int) -> Iterator[Part]:
    """Yield every page around the texts; ``key`` is the house's public key, ``sums`` counts the texts."""
    house = source.house
    yield _page(source, "/", "en", digest(house, source.shelf.as_of), partial(own.front, house, source.shelf.as_of))
    for spoken in house.languages:
        code = spoken.code
        texts = source.shelf.of(code)
        there = {topic for one in texts for topic in one.topics}
        yield _library(source, spoken, texts, there)
        for topic in (one for one in lists.topics() if one in there):
            yield _topic(source, spoken, topic, [one for one in texts if topic in one.topics])
        lacking = {f"/{code}/topics/{topic}/" for topic in lists.topics() if topic not in there}
        view = views.SearchView(
            house=house,
            language=spoken,
            topics=reader_views.topics(spoken, there),
            languages=house.languages,
            needs=reader_views.needs(spoken, there),
            first_help=tuple(_help(spoken, group, texts) for group in lists.first_help()),
        )
        yield _page(source, f"/{code}/{SEARCH}", code, digest(view), partial(own.search, view), lacking)
        copy = own.CopyOfLibrary(house, spoken, source.shelf.as_of, sums, key.line)
        yield _page(source, f"/{code}/{COPY}", code, digest(copy), partial(own.copy, copy))
        trust = TrustView(house, spoken, key.line, key.shown_name)
        yield _page(source, f"/{code}/trust/", code, digest(trust), partial(pages.trust, trust))
        yield from _quiet(source, spoken, texts)
        yield from _collections(source, spoken)
        if house.base_url:
            yield _feed(source, spoken, texts)


def static_state() -> str:
    """Return what the static files are made from."""
    files = [*_sheet_sources(), *sorted(faces.WEB.glob("*.woff2")), *(BUILT / name for name in _STATIC)]
    return digest([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files if path.is_file()])


def static() -> dict[str, bytes]:
    """Return the style sheet, fonts, scripts and pictures that the pages use, by their paths in the folder."""
    from studio.theming import fonts  # noqa: PLC0415 - with all of fontTools, when something has changed alone
    from studio.web import sheets  # noqa: PLC0415 - as above

    found = {"static/reader.css": sheets.sheet("reader.css").replace('url("/static/', 'url("').encode()}
    found |= {f"static/fonts/{name}": path.read_bytes() for name, path in sorted(fonts.web_files().items())}
    return found | {f"static/{name}": (BUILT / name).read_bytes() for name in _STATIC if (BUILT / name).is_file()}


def _sheet_sources() -> list[Path]:
    """Return the files that the style sheet is put together from."""
    theming = Path(faces.__file__).parent
    return [BUILT / "css" / "reader.css", BUILT.parent / "sheets.py", *sorted(theming.glob("*.py"))]


def _page(
    source: Source,
    address: str,
    code: str,
    made_from: str,
    render: Callable[[Links], str],
    lacking: Collection[str] = (),
) -> Part:
    links = source.links(address, code, lacking)
    return Part(file_of(address), made_from, lambda: relative(render(links), links).encode())


def _library(source: Source, spoken: Language, texts: list[Text], there: set[str]) -> Part:
    fresh, others = reader_views.two_lists(texts, attrgetter("first_on"), attrgetter("checked_on"), attrgetter("slug"))
    view = views.LibraryView(
        house=source.house,
        language=spoken,
        needs=reader_views.needs(spoken, there),
        checked=tuple(map(source.shelf.entry, others)),
        fresh=tuple(replace(source.shelf.entry(one), published_on=one.first_on) for one in fresh),
        topics=reader_views.topics(spoken, there),
        collections=listing.entries(source.session, spoken.code),
    )
    return _page(source, f"/{spoken.code}/", spoken.code, digest(view), partial(pages.library, view))


def _collections(source: Source, spoken: Language) -> Iterator[Part]:
    """Yield the collections of a language, each with its page and the files that readers may have."""
    known = {one.translation_id: one for one in source.shelf.of(spoken.code)}
    for one in collected.collections(source.session, spoken.code, published=True):
        chapters = [known[row.translation.id] for row in collected.chapters_of(source.session, one)]
        if not chapters:
            continue
        downloads = list[views.Download]()
        for kind in collected.KINDS:
            made = collected.file(source.session, one, kind)
            content = source.store.get(made.sha256) if made else None
            if made and content is not None:
                downloads.append(views.Download(kind, f"{one.path}collection.{kind}", made.size))
                yield Part(f"{one.path[1:]}collection.{kind}", made.sha256, partial(bytes, content))
        view = views.CollectionView(
            house=source.house,
            language=spoken,
            title=one.title,
            intro=one.intro,
            address=one.path,
            guides=tuple(map(source.shelf.entry, chapters)),
            downloads=tuple(downloads),
        )
        yield _page(source, one.path, spoken.code, digest(view), partial(collection.collection, view))


def _help(spoken: Language, group: lists.FirstHelp, texts: list[Text]) -> views.FirstHelp:
    """Return what somebody is told first who looks for words of a group."""
    about = [one for one in texts if group.topic in one.topics]
    return views.FirstHelp(
        heading=group.heading(spoken.code),
        line=group.line(spoken.code),
        topic=views.Topic(group.topic, lists.topic_name(group.topic, spoken.code)),
        guides=tuple(views.GuideEntry(one.title, one.path, spoken) for one in about[: reader_views.HELPING]),
    )


def _quiet(source: Source, spoken: Language, texts: list[Text]) -> Iterator[Part]:
    """Yield the list that tells nothing from outside, and what quiet reading cannot hide."""

    def listed(_links: Links) -> str:
        brief = [views.GuideEntry(one.title, one.path, spoken, quiet_address=one.quiet_path) for one in texts]
        brief.sort(key=lambda one: (one.title.casefold(), one.address))
        return quiet.listed(views.QuietListView(source.house, spoken, tuple(brief)))

    made_from = digest(source.house, source.shelf.said(texts))
    yield _page(source, f"/n/{spoken.code}/", spoken.code, made_from, listed)
    about = views.QuietAboutView(source.house, spoken)
    yield _page(source, f"/n/{spoken.code}/about/", spoken.code, digest(about), lambda _: quiet.about(about))


def _topic(source: Source, spoken: Language, topic: str, texts: list[Text]) -> Part:
    name = views.Topic(topic, lists.topic_name(topic, spoken.code))
    lead = next((need.line for need in lists.needs(spoken.code) if need.topic == topic), "")
    siblings = tuple(one for one in source.house.languages if one.code in source.shelf.topics_in[topic])

    def page(links: Links) -> str:
        guides = tuple(map(source.shelf.entry, texts))
        return pages.topic(views.TopicView(source.house, spoken, name, lead, guides, siblings), links)

    made_from = digest(source.house, name, lead, siblings, source.shelf.said(texts))
    return _page(source, f"/{spoken.code}/topics/{topic}/", spoken.code, made_from, page)


def _feed(source: Source, spoken: Language, texts: list[Text]) -> Part:
    entries = [source.shelf.entry(one) for one in texts[: reader_views.NEWEST]]
    updated = max(one.published_on for one in texts)
    heading = translator(spoken.code, "reader").say(N_("Guides"))
    links = Links(source.house.base_url)
    made_from = digest(source.house, spoken, entries, updated)
    return Part(
        f"{spoken.code}/feed.xml",
        made_from,
        lambda: machine.feed(source.house, spoken, entries, links, heading, updated),
    )
