"""The page of a collection: what is in it, and the whole of it as files."""

from __future__ import annotations

from studio.publish.pages.environment import Frame, render
from studio.publish.pages.links import Links
from studio.publish.pages.views import CollectionView
from studio.publish.pages.words import DOWNLOADS, WHOLE


def collection(view: CollectionView, links: Links | None = None) -> str:
    """Return the HTML of a collection's page, on the site or in a folder of files."""
    frame = Frame(
        house=view.house,
        language=view.language,
        links=links or Links(view.house.base_url),
        title=view.title,
        description=view.intro,
    )
    downloads = [(one, DOWNLOADS[one.kind][0], WHOLE.get(one.kind)) for one in view.downloads]
    return render("collection.html", frame, view=view, downloads=downloads)
