"""CPU time of the whole command ``studio export``: a library from warm files, one where nothing changed, and one edit.

The practice house is made by its own way first; then its texts are copied, each with words, pages and addresses of its
own, up to the size. PDFs, cards and fonts of the copies are those of their originals: they are read, checked and
written for each copy all the same. ``python -m bench.export 1000`` measures that many.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from studio import server
from studio.app import create_app
from studio.commands import practice
from studio.commands.serving import use_own_fonts
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.guides.models import Guide, Revision, Translation
from studio.publish import queries, wording
from studio.publish.artifacts import FOLDER, Store
from studio.publish.forms import PAGES
from studio.publish.models import Artifact, Build, Edition
from studio.search.entries import SectionEntry
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine, make_sessions

SIZE: Final = 10_000
WHOLE_AIM_MS, EDIT_AIM_MS = 120_000, 2_000
_SYLLABLES: Final = ("ba", "de", "fi", "go", "lu", "ma", "ne", "ri", "so", "tu", "va", "ze")
_FRESH_WORDS: Final = 30


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds, user and system, of the whole command; its aim, and what it wrote."""

    name: str
    size: int
    ours: float
    aim: float | None
    wrote: str = ""


def run(size: int = SIZE) -> Iterator[Row]:
    """Measure a first export, one where nothing has changed, and one after an edit."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _furnished(Path(folder), size)
        out = Path(folder) / "library"
        yield _measured("export: everything, from warm files", size, settings, out, WHOLE_AIM_MS)
        yield _measured("export: nothing has changed", size, settings, out, None)
        with make_sessions(make_engine(settings.database_url))() as session:
            begin_write(session)
            _edit(session, settings.data)
            session.commit()
        yield _measured("export: one edit", size, settings, out, EDIT_AIM_MS)


def main() -> int:
    """Print the figures; the size may be given."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    missed = False
    for row in run(size):
        missed |= row.aim is not None and row.ours > row.aim
        aim = "" if row.aim is None else f"  ≤ {row.aim:g}: {'met' if row.ours <= row.aim else 'MISSED'}"
        print(f"{row.name:<40}{row.size:>7} texts{row.ours:>10.0f} ms CPU{aim}  {row.wrote}", flush=True)
    return int(missed)


def _measured(name: str, size: int, settings: Settings, out: Path, aim: float | None) -> Row:
    before = _children()
    environment = {**os.environ, "STUDIO_DATA": str(settings.data.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a house has its program compiled
    command = [sys.executable, "-m", "studio", "export", str(out), "--demo", "--json"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    spent = _children() - before
    told: dict[str, Any] = json.loads(done.stdout)
    wrote = ", ".join(f"{key} {told[key]}" for key in ("fresh", "written", "removed", "files", "size"))
    return Row(name, size, spent * 1000, aim, wrote)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _furnished(folder: Path, size: int) -> Settings:
    """Return a practice house with ``size`` published texts."""
    data = folder / "house" / "practice"
    data.mkdir(parents=True)
    settings = Settings(data=data, database_url=f"sqlite:///{data / 'studio.db'}", demo=True)
    use_own_fonts(settings)
    create_app(settings)
    practice.prepare(settings)
    worker = server.runner(settings)
    while worker.run_due():
        pass
    with make_sessions(make_engine(settings.database_url))() as session:
        begin_write(session)
        _copies(session, settings.data, size)
        session.commit()
    return settings


def _copies(session: Session, data: Path, size: int) -> None:
    chance = random.Random(size)  # noqa: S311 - a bench repeats itself
    originals = [_Original(session, data, one) for one in queries.live_texts(session)]
    tables: dict[type[Base], list[dict[str, Any]]] = {
        kind: [] for kind in (Guide, Translation, Revision, Edition, Build, Artifact)
    }
    for number in range(len(originals), size):
        original = originals[number % len(originals)]
        for kind, rows in original.copy(number, chance).items():
            tables[kind] += rows
    for kind, rows in tables.items():
        session.execute(insert(kind), rows)
        session.flush()


class _Original:
    """A text that copies are made of."""

    def __init__(self, session: Session, data: Path, listed: queries.Listed) -> None:
        store, self.folder = Store(data), data / FOLDER
        build = queries.finished_build(session, listed.edition)
        assert build is not None
        self.slug, self.opaque = listed.translation.slug, listed.translation.opaque_id
        self.title, self.code = listed.title, listed.translation.language
        self.rows = {
            Guide: _values(listed.guide),
            Translation: _values(listed.translation),
            Revision: _values(listed.revision),
            Edition: _values(listed.edition),
            Build: _values(build),
        }
        self.artifacts = [_values(one) for one in build.artifacts]
        kept = {one.kind: store.get(one.sha256) or b"" for one in build.artifacts}
        words = wording.read(kept[wording.KIND], f"/{self.code}/{self.slug}/")
        assert words is not None
        self.words = words
        self.pages = {one.kind: (store.get(one.sha256) or b"").decode() for one in build.artifacts if one.kind in PAGES}

    def copy(self, number: int, chance: random.Random, *, same: bool = False) -> dict[type[Base], list[dict[str, Any]]]:
        """Return the rows of a copy, at the ``same`` address or one of its own; its pages are in the store."""
        guide, text, revision, edition, build = (new_id() for _ in range(5))
        slug, opaque = (self.slug, self.opaque) if same else (f"{self.slug}-{number}", f"q{number}")
        title = f"{self.title} {number}"
        fresh = _words(chance)
        artifacts = []
        for one in self.artifacts:
            sha, length = one["sha256"], one["size"]
            if one["kind"] in self.pages:
                page = self.pages[one["kind"]].replace(self.title, title).replace(f"/{self.slug}/", f"/{slug}/")
                page = page.replace(f"/{self.opaque}/", f"/{opaque}/").replace(
                    "</article>", f"<p>{fresh}</p></article>"
                )
                sha, length = _kept(self.folder, page.encode())
            if one["kind"] == wording.KIND:
                content = wording.written(self._words(f"/{self.code}/{slug}/", title, fresh))
                sha, length = _kept(self.folder, content)
            artifacts.append({**one, "build_id": build, "sha256": sha, "size": length})
        old = self.rows
        paragraphs = old[Revision]["body"].split("\n\n")
        body = "\n\n".join([*paragraphs, fresh])
        fields = {**old[Revision]["fields"], "title": title}
        mine: dict[type[Base], dict[str, Any]] = {
            Guide: {"id": f"{old[Guide]['id'][:40]}-{number}"},
            Translation: {
                "id": text,
                "guide_id": f"{old[Guide]['id'][:40]}-{number}",
                "slug": slug,
                "opaque_id": opaque,
            },
            Revision: {"id": revision, "translation_id": text, "body": body, "fields": fields, "based_on": None},
            Edition: {"id": edition, "translation_id": text, "revision_id": revision, "code": f"B{number:06d}"},
            Build: {"id": build, "edition_id": edition, "inputs_checksum": guide},
        }
        rows: dict[type[Base], list[dict[str, Any]]] = {kind: [{**old[kind], **own}] for kind, own in mine.items()}
        return {**rows, Artifact: artifacts}

    def _words(self, path: str, title: str, fresh: str) -> wording.Words:
        """Return the words of a copy, with ``fresh`` ones at the end of its last section."""
        sections = [*self.words.sections[:-1], (*self.words.sections[-1][:2], f"{self.words.sections[-1][2]} {fresh}")]
        entries = [
            SectionEntry(path, path, self.code, id_, title, name, text, self.words.found.topics)
            for id_, name, text in sections
        ]
        return wording.words_of(path, entries, self.words.images)


def _edit(session: Session, data: Path) -> None:
    """Publish a second edition of one text, with another title and more words."""
    listed = sorted(queries.live_texts(session, "en"), key=lambda one: one.translation.slug)[7]
    original = _Original(session, data, listed)
    session.execute(Edition.__table__.update().where(Edition.id == listed.edition.id).values(standing="SUPERSEDED"))
    rows = original.copy(999_999, random.Random(1), same=True)  # noqa: S311 - as above
    for kind in (Revision, Edition, Build):
        (row,) = rows[kind]
        kept = {"translation_id": listed.translation.id} if kind is not Build else {}
        number = {"number": row["number"] + 1} if kind in (Revision, Edition) else {}
        session.execute(insert(kind), [{**row, **kept, **number}])
    session.execute(insert(Artifact), rows[Artifact])


def _kept(folder: Path, content: bytes) -> tuple[str, int]:
    """Keep a file as the store does, without waiting for the disk each time; return its name and size."""
    sha = hashlib.sha256(content).hexdigest()
    path = folder / sha[:2] / sha
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return sha, len(content)


def _values(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


def _words(chance: random.Random) -> str:
    made = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_FRESH_WORDS))
    return " ".join(made)


if __name__ == "__main__":
    sys.exit(main())
