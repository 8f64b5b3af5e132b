"""Every guide of the corpus brought in and rendered to every form: what failed, what was lost, what it cost.

``python -m bench.corpus`` does all of it in two processes; the folder is named by GUIDE_CORPUS.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2  # type: ignore[import-untyped]  # the library has no types
from sqlalchemy import select
from sqlalchemy.orm import Session

from studio import app as _all_tables  # noqa: F401 - the tables of every slice belong to the database
from studio.core.errors import StudioError
from studio.guides import foreign, importing
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.publish.derivation import derive_all
from studio.publish.document import Document
from studio.publish.forms import kinds_for
from studio.publish.renderer_parent import warm
from studio.publish.rendering_file import document_alone, page_alone
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine, make_sessions

FOLDER = Path(__file__).parents[1] / os.environ.get("GUIDE_CORPUS", "../shared/corpus")
WORKERS = 2
COMPARED = 4
"""The words of each so-manieth guide's PDFs are read back."""
COMPARED_FORMS = ("pdf", "large_pdf", "easy_pdf")
_INVISIBLE = re.compile("[\u00ad\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile("[\u3041-\u30ff\u3400-\u9fff]|\\d+|[^\\W\\d_\u3041-\u30ff\u3400-\u9fff]+")
_MARKED = re.compile("[\u0600-\u06ff]*[\u064b-\u0652\u0670][\u0600-\u06ff]*")
_BROKEN = re.compile("(?:[\ufffe\u0002]|[-‐])\r?\n")


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
            if kind in COMPARED_FORMS and compare:
                made.lost = (made.lost or []) + lost_words(text, folder / one.name)
            elif kind in _READ:
                made.lost_in_books += fewer(text, _READ[kind](folder / one.name))
    except StudioError as refusal:
        made.problem = str(refusal)
    except Exception as crash:  # noqa: BLE001 - a crash of one guide is what this bench looks for
        made.problem = f"CRASH {type(crash).__name__}: {crash}"
    return made


class _timed:  # noqa: N801 - reads as a statement
    """Adds the CPU seconds of a block to a form's."""

    def __init__(self, made: Made, form: str) -> None:
        self.made, self.form = made, form

    def __enter__(self) -> None:
        self.begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        spent = time.process_time() - self.begun
        self.made.seconds[self.form] = self.made.seconds.get(self.form, 0.0) + spent


def _no_picture(sha: str) -> bytes:
    raise KeyError(sha)


def lost_words(text: Document, pdf: Path) -> list[str]:
    """Return the words of ``text`` that are not found again in the PDF, or less often than they should.

    A word parted at the end of a page counts as found. Arabic words with vowel marks, which readers of PDFs set apart,
    are compared by their letters alone.
    """
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    source = f"{text.title} {text.body.text}"
    found = Counter(words(_BROKEN.sub("", "\n".join(pages))))
    missing = sorted((Counter(words(source)) - found).elements())
    marked = set(words(" ".join(_MARKED.findall(source))))
    by_page = [list(words(page)) for page in pages]
    lost = [word for word in missing if word not in marked and not _parted(word, by_page)]
    addresses, unbroken = set(words(" ".join(_ADDRESS.findall(source)))), re.sub("\r?\n", "", "".join(pages))
    lost = [word for word in lost if word not in addresses or word not in unbroken]  # lines end anywhere in addresses
    letters = Counter("".join(words(source))) - Counter("".join(found.elements()))
    return [*lost, *sorted(letters)]


def fewer(text: Document, said: str) -> list[str]:
    """Return the words of ``text`` that stand in ``said`` less often than they should."""
    return sorted((Counter(words(text.body.text)) - Counter(words(said))).elements())


def said_in_book(path: Path) -> str:
    """Return all that the pages of an EPUB say, without what apps make of it."""
    with zipfile.ZipFile(path) as book:
        pages = [book.read(name) for name in book.namelist() if "/part-" in name]
    return "\n".join("".join(ET.fromstring(page).itertext()) for page in pages)  # noqa: S314 - we made it ourselves


def said_in_text(path: Path) -> str:
    """Return all that a text file says."""
    return path.read_text(encoding="utf-8-sig")


_READ = {"epub": said_in_book, "plain_epub": said_in_book, "text": said_in_text, "plain_text": said_in_text}


def _parted(word: str, pages: list[list[str]]) -> bool:
    """Whether a page ends with the beginning of ``word`` and the next one begins with its rest, below its head."""
    for page, after in pairwise(pages):
        for begun in page[-40:]:
            if word.startswith(begun) and word.removeprefix(begun) in after[:40]:
                return True
    return False


def words(text: str) -> Iterator[str]:
    """Yield the words of ``text``, each as its letters in a fixed order, for readers turn lam and alef round.

    Japanese and Chinese characters are words of their own; marks that are not letters are left out.
    """
    for word in _WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text))):
        yield "".join(sorted(word)) if "\u0600" <= word[0] <= "\u06ff" else word


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
