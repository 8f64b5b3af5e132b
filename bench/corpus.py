"""Every guide of the corpus brought in and rendered to every form: what failed, what was lost, what it cost.

``python -m bench.corpus`` does all of it in two processes; the folder is named by GUIDE_CORPUS. With GUIDE_CORPUS_ALL=1
the words of every PDF are read back, not only of each fourth guide's.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench import reading
from studio import app as _all_tables  # noqa: F401 - the tables of every slice belong to the database
from studio.core.errors import StudioError
from studio.guides import foreign, importing
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.publish.derivation import derive_all
from studio.publish.document import Document
from studio.publish.forms import kinds_for
from studio.publish.pdf_forms import EASY, LARGE, PLAIN, STANDARD
from studio.publish.renderer_parent import warm
from studio.publish.rendering_file import document_alone, page_alone
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine, make_sessions

FOLDER = Path(__file__).parents[1] / os.environ.get("GUIDE_CORPUS", "../shared/corpus")
WORKERS = 2
COMPARED = 1 if os.environ.get("GUIDE_CORPUS_ALL") else 4
"""The words of each so-manieth guide's PDFs are read back; of all with GUIDE_CORPUS_ALL."""
READ = {"pdf": STANDARD, "large_pdf": LARGE, "easy_pdf": EASY, "plain_pdf": PLAIN}
"""The PDFs that are read back."""
LEAST_IN_ORDER = 0.7
"""Notes, heads of pages and signs that are read apart move some words; a text that is turned round moves nearly all."""


@dataclass(frozen=True)
class Guide:
    """A draft as it came out of the import."""

    file: str
    language: str
    body: str
    fields: dict[str, Any]


@dataclass
class Made:
    """What became of one guide: CPU seconds and bytes by form, what stopped it, which words its PDF lost."""

    file: str
    language: str
    seconds: dict[str, float] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    problem: str = ""
    lost: list[str] | None = None
    """Words and letters that a PDF lacks, or has twice, or that stand in another order; None where none was read."""
    compared: int = 0
    """Words of its PDFs that were looked for."""
    lost_in_books: list[str] = field(default_factory=list)
    """Words that its EPUBs and text files lack; these are read back for every guide."""


def bring_in(folder: Path, data: Path) -> tuple[list[importing.Imported], list[Guide]]:
    """Import all files of ``folder`` into a database of their own below ``data``; return the report and the drafts."""
    engine = make_engine(f"sqlite:///{data / 'corpus.db'}")
    Base.metadata.create_all(engine)
    with make_sessions(engine)() as session:
        begin_write(session)
        now = datetime.now(UTC)
        sources = [importing.Source(path, folder) for path in importing.files(folder)]
        report = [importing.take_in(session, source, None, now) for source in sources]
        drafts = [_draft(session, one) for one in report if one.outcome == "draft"]
        session.commit()
    engine.dispose()
    return report, drafts


def _draft(session: Session, one: importing.Imported) -> Guide:
    same = Translation.guide_id == one.guide, Translation.language == one.language
    draft = session.scalars(select(Translation).where(*same)).one().draft
    return Guide(one.file, one.language, draft.text, dict(draft.fields))


def document(guide: Guide) -> Document:
    """Return the Document of a draft as it stands."""
    text = foreign.Foreign(guide.body, TextFields.from_dict(guide.fields), {})
    return document_alone(text, guide.language, Path(guide.file).stem)


def make(guide: Guide, folder: Path, *, compare: bool = False, files: bool = True) -> Made:
    """Render one guide, its page alone or with all files; with ``compare``, read the words of its PDF back."""
    made = Made(guide.file, guide.language)
    try:
        with _timed(made, "page"):
            text = document(guide)
            made.sizes["page"] = len(page_alone(text, {}).encode())
        for kind in kinds_for(text) if files else ():
            with _timed(made, kind.partition("_")[0] if kind.startswith("card") else kind):
                (one,) = derive_all(text, _no_picture, folder, (kind,))
            form = "card" if kind.startswith("card") else kind
            made.sizes[form] = made.sizes.get(form, 0) + one.size
            if kind in READ and compare:
                _read_back(made, kind, reading.compare(text, READ[kind], folder / one.name))
            elif kind in _BOOKS:
                made.lost_in_books += reading.fewer(text, _BOOKS[kind](folder / one.name))
    except StudioError as refusal:
        made.problem = str(refusal)
    except Exception as crash:  # noqa: BLE001 - a crash of one guide is what this bench looks for
        made.problem = f"CRASH {type(crash).__name__}: {crash}"
    return made


def _read_back(made: Made, kind: str, found: reading.Found) -> None:
    made.compared += found.words
    wrong = found.lost + found.letters + [f"{word} (twice)" for word in found.doubled]
    if found.in_order < LEAST_IN_ORDER:
        wrong.append(f"{found.in_order:.0%} in order")
    made.lost = (made.lost or []) + [f"{kind}: {one}" for one in wrong]


class _timed:  # noqa: N801 - reads as a statement
    """Adds the CPU seconds of a block to a form's."""

    def __init__(self, made: Made, form: str) -> None:
        self.made, self.form = made, form

    def __enter__(self) -> None:
        self.begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        spent = time.process_time() - self.begun
        self.made.seconds[self.form] = self.made.seconds.get(self.form, 0.0) + spent


_BOOKS = {
    "epub": reading.said_in_book,
    "plain_epub": reading.said_in_book,
    "text": reading.said_in_text,
    "plain_text": reading.said_in_text,
}


def _no_picture(sha: str) -> bytes:
    raise KeyError(sha)


def make_all(guides: Iterable[Guide], folder: Path) -> list[Made]:
    """Render all guides to all forms in WORKERS processes."""
    jobs = [(guide, folder, number % COMPARED == 0) for number, guide in enumerate(guides)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context, initializer=warm) as workers:
        made = []
        for number, one in enumerate(workers.map(_job, jobs), 1):
            made.append(one)
            if sys.stderr.isatty():
                print(f"\r{number} of {len(jobs)}", end="", file=sys.stderr)
        return made


def _job(asked: tuple[Guide, Path, bool]) -> Made:
    guide, folder, compare = asked
    with tempfile.TemporaryDirectory(dir=folder) as own:
        return make(guide, Path(own), compare=compare)


def main() -> int:
    """Do it all and print it; 1 where a guide was refused, crashed, or lost a word."""
    if not FOLDER.is_dir():
        print("There is no folder of guides here; name one by GUIDE_CORPUS.")
        return 0
    begun, spent = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        report, guides = bring_in(FOLDER, Path(folder))
        print(f"import: {len(guides)} of {len(report)} files are drafts, {time.process_time() - spent:.1f} s CPU")
        refused = [one for one in report if one.outcome != "draft"]
        for one in refused:
            print(f"  {one.file}: {one.outcome}, {one.reason}")
        made = make_all(guides, Path(folder))
    _print(made)
    print(f"\n{time.monotonic() - begun:.0f} s by the clock in {WORKERS} processes")
    return int(bool(refused) or any(one.problem or one.lost or one.lost_in_books for one in made))


def _print(made: list[Made]) -> None:
    forms = ("page", "pdf", "large_pdf", "easy_pdf", "plain_pdf", "card", "epub", "text", "web_font")
    print(
        f"\n{'CPU s':<6}{'guides':>7}"
        + "".join(f"{form:>11}" for form in forms)
        + f"{'MB':>8}{'PDFs read':>11}{'lost':>6}"
    )
    every = sorted({one.language for one in made})
    for code in [*every, "all"]:
        some = [one for one in made if code in (one.language, "all")]
        costs = "".join(f"{sum(one.seconds.get(form, 0.0) for one in some):>11.1f}" for form in forms)
        size = sum(sum(one.sizes.values()) for one in some) / 1e6
        compared = [one for one in some if one.lost is not None]
        lost = sum(len(one.lost or ()) for one in compared) + sum(len(one.lost_in_books) for one in some)
        print(f"{code:<6}{len(some):>7}{costs}{size:>8.1f}{len(compared):>11}{lost:>6}")
    total = sum(sum(one.seconds.values()) for one in made)
    sizes = {form: sum(one.sizes.get(form, 0) for one in made) / 1e6 for form in forms}
    print(f"all together {total:.0f} s CPU; MB: " + ", ".join(f"{form} {size:.1f}" for form, size in sizes.items()))
    for one in made:
        if one.problem or one.lost or one.lost_in_books:
            print(f"  {one.file}: {one.problem or ' '.join([*(one.lost or ()), *one.lost_in_books])}")


if __name__ == "__main__":
    sys.exit(main())
