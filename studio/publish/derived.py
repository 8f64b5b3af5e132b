"""What is derived from an edition: the names of its files, the views of its pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from studio.core.settings import Settings
from studio.guides import house as lists
from studio.guides.models import Revision
from studio.publish import neighbours, queries, reader_views
from studio.publish.artifacts import Store
from studio.publish.document import Document
from studio.publish.documents import document_of
from studio.publish.forms import BY_KIND, FORMS, PAGES, TYPE_SHEET, is_allowed
from studio.publish.models import Artifact, Build, Edition
from studio.publish.pages import guide, library, machine, views
from studio.publish.pages.links import Links
from studio.publish.pages.words import DOWNLOADS
from studio.publish.sharing import FIRST, cards_view
from studio.theming.fonts import face_css, families_for

AssetAddress = Callable[[str], str]


def view_of(
    session: Session,
    edition: Edition | None,
    document: Document,
    settings: Settings,
    build: Build | None,
    asset: AssetAddress,
    today: date,
) -> views.GuideView:
    """Return the view of a guide's page on the day ``today`` with the files of ``build``; no edition: a preview."""
    topics = session.get_one(Revision, edition.revision_id).topics if edition else ()
    code = document.language.code
    files = [one for one in (build.artifacts if build else ()) if is_allowed(one.kind, document.scope)]
    sizes = {one.kind: one.size for one in files}
    wide = next((one for one in files if one.kind == "card_wide"), None)
    card = views.Card(f"{document.path}cards/wide.png", wide.alt) if wide else None
    return views.GuideView(
        house=reader_views.house(session, settings, asset("reader.css"), asset("built/leave.js")),
        document=document,
        topics=tuple(views.Topic(key, lists.topic_name(key, code)) for key in topics),
        downloads=downloads_of(document, sizes),
        card=card,
        checks_overdue=document.checks_due_on is not None and document.checks_due_on < today,
        recheck_due=document.overdue,
        sealed=build is not None,
        cards=FIRST in sizes,
        font_sheet=TYPE_SHEET if "web_font" in sizes else "",
        related=neighbours.related_to(session, edition, document.body.links) if edition else (),
        quiet_ways=neighbours.quiet_ways(session, code, document.body.links),
    )


def downloads_of(document: Document, sizes: Mapping[str, int]) -> tuple[views.Download, ...]:
    """Return what readers may save of a text that has files of these kinds, which are ``sizes`` bytes large."""
    there = [form for form in FORMS if form.kind in sizes and form.kind in DOWNLOADS]
    return tuple(views.Download(form.kind, form.address(document), sizes[form.kind], form.quiet) for form in there)


def pages_of(view: views.GuideView) -> dict[str, str]:
    """Return the guide's page under both of its addresses."""
    return {"page": guide.guide(view), "quiet_page": guide.quiet_guide(view)}


def kept_pages(view: views.GuideView, files: Collection[Artifact]) -> dict[str, str]:
    """Return every page that is kept with the build that has ``files``: the cards' only where there are cards."""
    document = view.document
    shared = cards_view(document, files, view.house, f"{document.path}{TYPE_SHEET}")
    return pages_of(view) | ({"cards_page": library.cards(shared)} if shared.cards else {})


def page_of(
    session: Session,
    edition: Edition,
    settings: Settings,
    store: Store,
    asset: AssetAddress,
    today: date,
    *,
    quiet: bool,
) -> str:
    """Return a live edition's page: as it was made with its files.

    It is made now where that file is not there, or leads to a text that was taken down since.
    """
    kind = PAGES[quiet]
    artifact = queries.artifact(session, edition, kind)
    kept = store.get(artifact.sha256) if artifact else None
    if kept is not None and neighbours.leads_only_to_what_is_there(session, made := kept.decode()):
        return made
    document = document_of(session, edition, settings, today)
    view = view_of(session, edition, document, settings, queries.finished_build(session, edition), asset, today)
    return pages_of(view)[kind]


def type_sheet(document_language: str) -> str:
    """Return the style sheet that names the face cut for one text."""
    return face_css(families_for(document_language)[0], 400, "type.woff2")


def edition_json(session: Session, edition: Edition, settings: Settings) -> bytes:
    """Return what programs may know of a live edition."""
    document = document_of(session, edition, settings)
    build = queries.finished_build(session, edition)
    files = [
        machine.ArtifactEntry(one.kind, BY_KIND[one.kind].address(document), one.sha256, one.size, one.alt)
        for one in (build.artifacts if build else ())
        if one.kind in BY_KIND and is_allowed(one.kind, document.scope)
    ]
    return machine.edition_json(document, "live", files, Links(settings.base_url))
