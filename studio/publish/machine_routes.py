"""Addresses that programs read: feed, sitemap, edition.json, health."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from flask import Blueprint, Response

from studio.core.locales import language
from studio.core.words import N_
from studio.i18n.catalogues import translator
from studio.publish import gone, queries, reader_views, shell
from studio.publish.derived import edition_json
from studio.publish.documents import authors_of
from studio.publish.pages import machine
from studio.publish.pages.links import Links
from studio.storage.db import db
from studio.web import context

blueprint = Blueprint("machines", __name__)
gone.register(blueprint)


@blueprint.get("/<lang:code>/feed.xml")
def feed(code: str) -> Response:
    """Answer the Atom feed of a language."""
    shared = shell.house()
    live = queries.live_texts(db.session(), code)
    entries = [
        replace(reader_views.entry(db.session(), listed), authors=authors_of(db.session(), listed))
        for listed in live[: reader_views.NEWEST]
    ]
    updated = max((one.edition.published_on for one in live), default=context.now().date())
    heading = translator(code, "reader").say(N_("Guides"))
    body = machine.feed(shared, language(code), entries, Links(shared.base_url), heading, updated)
    return shell.content(body, "application/atom+xml; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page with its languages; without a public address there is none to name."""
    shared = shell.house()
    pages = [machine.SitemapEntry(f"/{one.code}/") for one in shared.languages]
    live = queries.live_texts(db.session())
    days = queries.checked_days(db.session(), [one.edition for one in live])
    addresses = {
        one.edition.id: (one.translation.language, f"/{one.translation.language}/{one.translation.slug}/")
        for one in live
    }
    same: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in live:
        same[one.guide.id].append(addresses[one.edition.id])
    for one in live:
        _, address = addresses[one.edition.id]
        pages.append(machine.SitemapEntry(address, days[one.edition.id], tuple(same[one.guide.id])))
    return shell.content(machine.sitemap(pages, Links(shared.base_url)), "application/xml; charset=utf-8")


@blueprint.get("/<lang:code>/<slug>/edition.json")
def edition(code: str, slug: str) -> Response:
    """Answer what programs may know of a live edition."""
    translation = queries.by_slug(db.session(), code, slug)
    live = queries.live_edition(db.session(), translation.id) if translation else None
    if live is None:
        raise shell.nothing()
    return shell.content(edition_json(db.session(), live, context.settings()), "application/json")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer what search engines may look at: not the members' part, nor quiet reading."""
    lines = ["User-agent: *", "Disallow: /studio/", "Disallow: /n/", "Disallow: /check/", "Disallow: /answers/"]
    base = context.settings().base_url
    return shell.content("\n".join([*lines, f"Sitemap: {base}/sitemap.xml" if base else "", ""]).encode(), "text/plain")


@blueprint.get("/health")
def health() -> Response:
    """One word, when the database answers."""
    queries.live_texts(db.session(), "en")
    answer = Response("fine\n", content_type="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
