"""The signed list of an edition's files, by which anybody can see years later that a copy is what was published.

One lies beside the text's page and names every file; one lies beside the page for quiet reading, and tells no topic.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from studio.core.settings import Settings
from studio.publish import signing
from studio.publish.document import Document
from studio.publish.forms import BY_KIND

FORMAT: Final = "studio-manifest-1"
NAME, SIGNATURE = "manifest.json", "manifest.json.minisig"
_PAGES: Final = {"page": "index.html", "quiet_page": "index.html", "cards_page": "cards/index.html"}
_JSON, _TEXT = "application/json", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Made:
    """A file as far as a manifest tells of it."""

    kind: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Seal:
    """A manifest or its signature, to be kept as a file of the edition."""

    kind: str
    media_type: str
    content: bytes


KINDS: Final = {
    (False, NAME): "manifest",
    (False, SIGNATURE): "manifest_sig",
    (True, NAME): "quiet_manifest",
    (True, SIGNATURE): "quiet_manifest_sig",
}
"""Whether it lies beside the quiet page, and its name → its kind."""


def seals(document: Document, files: Iterable[Made], settings: Settings) -> Iterator[Seal]:
    """Yield both manifests of an edition with their signatures; the same files give the same bytes."""
    every = sorted(files, key=lambda one: one.kind)
    for quiet in (False, True):
        content = _manifest(document, every, quiet=quiet)
        yield Seal(KINDS[quiet, NAME], _JSON, content)
        yield Seal(KINDS[quiet, SIGNATURE], _TEXT, signing.sign(settings, content, _comment(document, quiet=quiet)))


def files_in(content: bytes) -> list[Made]:
    """Return the files that a manifest names; ValueError or KeyError where it is none."""
    return [Made(one["kind"], one["sha256"], one["size"]) for one in json.loads(content)["files"]]


def _comment(document: Document, *, quiet: bool) -> str:
    """Return what is signed along with a manifest: which edition it is of and when it was published."""
    said = f"edition {document.edition}, published {document.published_on}, copy number {document.copy_number}"
    return said if quiet else f"{document.guide_id}/{document.language.code} {said}"


def _manifest(document: Document, files: Iterable[Made], *, quiet: bool) -> bytes:
    told: dict[str, Any] = {"format": FORMAT, "language": document.language.code, "edition": document.edition}
    if not quiet:
        told |= {"id": document.guide_id, "content_hash": document.content_hash}
    told |= {
        "published": f"{document.published_on:%Y-%m}",
        "checked": f"{document.checked_on:%Y-%m}",
        "copy_number": document.copy_number,
        "files": [
            {"name": name, "kind": one.kind, "sha256": one.sha256, "size": one.size}
            for one in files
            if (name := _name(one.kind, document.edition, quiet=quiet))
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _name(kind: str, edition: int, *, quiet: bool) -> str:
    """Return the name of a file below the address where the manifest lies; empty for one that does not belong there.

    The open manifest names what lies at the quiet address, too: its page links to these files anyway.
    """
    if kind in _PAGES:
        return _PAGES[kind] if (kind == "quiet_page") is quiet else ""
    form = BY_KIND.get(kind)
    return form.file(edition) if form and (not quiet or form.quiet or form.ideographic) else ""
