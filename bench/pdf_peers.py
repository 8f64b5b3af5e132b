"""Others that make PDFs: the library by itself, ourselves in a cold process, Chromium kept warm, and typst.

Chromium (CDP ``printToPDF``) gets the very page that we lay out, with the same style, and makes a tagged file with an
outline. It prints in one page that stays, in a new page for each text, and in one that stays with the fonts of the
machine.
"""

from __future__ import annotations

import base64
import os
import pickle
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from playwright.sync_api import Page, Playwright, sync_playwright
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench import elsewhere
from studio.core.doctor import browser as chromium
from studio.publish.document import Document
from studio.publish.pdf_css import style_sheet
from studio.publish.pdf_forms import STANDARD
from studio.publish.pdf_html import page
from studio.theming.faces import PRINT
from studio.theming.fonts import families_for

Printer = Callable[[Document], tuple[float, int]]
"""Makes a PDF and tells its CPU milliseconds and its bytes."""
_ARGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
_SETTLE = 0.1
"""Seconds in which a browser ends what it began."""
_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
COLD = """
import pickle, sys
from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import STANDARD
sys.stdout.buffer.write(render_pdf(pickle.load(sys.stdin.buffer), STANDARD, media=None))
"""


@dataclass(frozen=True)
class Peer:
    """Somebody else who makes PDFs; without ``print`` they are not here."""

    name: str
    print: Printer | None


@contextmanager
def peers() -> Iterator[list[Peer]]:
    """Give all of them, ready to print."""
    cold = Peer("cold process", _cold)
    with elsewhere.typst(PRINT) as typst, _chromiums() as browsers:
        last = Peer("typst warm", _Typst(typst)) if typst else Peer("typst is not here", None)
        yield [
            Peer("WeasyPrint, same page", _library),
            Peer("… no last section", partial(_library, without=("colophon",))),
            Peer("… and no contents", partial(_library, without=("colophon", "before"))),
            cold,
            *browsers,
            last,
        ]


@contextmanager
def _chromiums() -> Iterator[list[Peer]]:
    path = chromium()
    if path is None:
        yield [Peer("Chromium is not here", None)]
        return
    with sync_playwright() as play, _machine_fonts() as machine:
        ours = _Chromium(play, path, dict(os.environ))
        theirs = _Chromium(play, path, machine)
        yield [
            Peer("Chromium warm", ours.kept),
            Peer("Chromium, own page", ours.fresh),
            Peer("Chromium, its fonts", theirs.kept),
        ]
        ours.close()
        theirs.close()


class _Chromium:
    """One Chromium that stays: it prints tagged files with an outline, and all its processes are counted."""

    def __init__(self, play: Playwright, path: str, environment: dict[str, str]) -> None:
        """Start it; whatever begins after this, and was not there before, is its own."""
        before = set(_everybody())
        self._browser = play.chromium.launch(executable_path=path, args=list(_ARGS), env=environment)
        self._kept = self._browser.new_page()
        self._root = next(pid for pid in set(_everybody()) - before if _is_root(pid, before))

    def kept(self, document: Document) -> tuple[float, int]:
        """Print in the one page that stays open from text to text."""
        self._kept.goto("about:blank")
        time.sleep(_SETTLE)
        begun = self._spent()
        content = _printed(self._kept, document)
        time.sleep(_SETTLE)  # what it tidies up afterwards counts as well
        return self._spent() - begun, len(content)

    def fresh(self, document: Document) -> tuple[float, int]:
        """Print in a page of its own that knows nothing of other texts, as our renderer does."""
        begun = self._spent()
        context = self._browser.new_context()
        content = _printed(context.new_page(), document)
        context.close()
        time.sleep(2 * _SETTLE)
        return self._spent() - begun, len(content)

    def close(self) -> None:
        """End it."""
        self._browser.close()

    def _spent(self) -> float:
        """Return the CPU milliseconds of all its processes, ended ones as well, to 10 ms."""
        return sum(_ticks(pid) for pid in _family(self._root)) * _TICK_MS


def _printed(page_: Page, document: Document) -> bytes:
    page_.set_content(_whole(document), wait_until="load")
    line = page_.context.new_cdp_session(page_)
    asked = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}
    told = line.send("Page.printToPDF", {**asked, "generateDocumentOutline": True})
    line.detach()
    return base64.b64decode(told["data"])


@contextmanager
def _machine_fonts() -> Iterator[dict[str, str]]:
    """Give an environment with the fonts of the machine, and those in the folder that BENCH_FONTS names."""
    more = os.environ.get("BENCH_FONTS", "")
    listed = ["/usr/share/fonts", "/usr/local/share/fonts", *([more] if more else [])]
    with tempfile.TemporaryDirectory(prefix="bench-fonts-") as folder:
        lines = [f"<dir>{one}</dir>" for one in listed] + [f"<cachedir>{folder}</cachedir>"]
        file = Path(folder) / "fonts.conf"
        file.write_text(f"<fontconfig>{''.join(lines)}</fontconfig>", encoding="utf-8")
        yield dict(os.environ) | {"FONTCONFIG_FILE": str(file)}


def _whole(document: Document) -> str:
    """Return the very page that we lay out, with its style; the fonts are found as ours are."""
    html = page(document, STANDARD)
    css = style_sheet(document.language, STANDARD, practice="")
    return html.replace("</head>", f"<style>{css}</style></head>", 1)


def _everybody() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:  # it has just ended
        return []


def _is_root(pid: int, before: set[int]) -> bool:
    """Whether ``pid`` is a Chromium that another program started."""
    try:
        name = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        parent = int(_stat(pid)[1])
        above = Path(f"/proc/{parent}/cmdline").read_bytes().split(b"\0")[0]
    except (OSError, IndexError):
        return False
    return pid not in before and b"chrom" in name[0] and b"crashpad" not in name[0] and b"chrom" not in above


def _family(root: int) -> set[int]:
    """Return ``root`` and all processes below it that are alive."""
    parents = {pid: int(fields[1]) for pid in _everybody() if (fields := _stat(pid))}
    found, new = {root}, {root}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new}
        found |= new
    return found


def _ticks(pid: int) -> int:
    """Return what a process took, and those below it that have ended."""
    fields = _stat(pid)
    return sum(int(one) for one in fields[11:15]) if fields else 0


def _library(document: Document, *, without: tuple[str, ...] = ()) -> tuple[float, int]:
    """Let WeasyPrint alone print the very page that we lay out, its style read before: all around it is left out.

    ``without``: the classes of sections that are taken out, to see what each of them takes.
    """
    fonts = FontConfiguration()
    css = CSS(string=style_sheet(document.language, STANDARD, practice=""), font_config=fonts)
    source = page(document, STANDARD)
    for section in without:
        source = re.sub(f'<section class="{section}">.*?</section>', "", source, flags=re.DOTALL)
    begun = time.process_time()
    content = HTML(string=source).write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
    return (time.process_time() - begun) * 1000, len(content)


def _cold(document: Document) -> tuple[float, int]:
    """Make the very same file in a process that has to load everything first; it finds the fonts as listed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", COLD], input=pickle.dumps(document), check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return spent * 1000, len(done.stdout)


class _Typst:
    """Typst on the same words: headings, paragraphs, lists; no tags, boxes without colour."""

    def __init__(self, typst: elsewhere.Typst) -> None:
        self._typst = typst
        self._asked = 0

    def __call__(self, document: Document) -> tuple[float, int]:
        """Make a PDF whose words are other ones each time, so that not all of it is remembered."""
        self._asked += 1
        code = document.language.code[:2]
        head = f'#set page(paper: "a5")\n#set text(lang: "{code}", size: 10pt, font: {_fonts(document)})\n'
        body = _typst_body(document)
        return self._typst.compile(f"{head}#outline()\n// {self._asked}\n{body}\nPrinting {self._asked}\n")


def _fonts(document: Document) -> str:
    return "(" + ", ".join(f'"{family}"' for family in families_for(document.language.code)) + ")"


def _typst_body(document: Document) -> str:
    root = ET.fromstring(f"<main>{re.sub('<(br|hr)>', '', document.body.html)}</main>")  # noqa: S314 - our own renderer made it
    parts = []
    for element in root.iter():
        words = re.sub(r"([#$*_`<>@\\\[\]/-])", r"\\\1", " ".join("".join(element.itertext()).split()))
        if element.tag in ("h2", "h3", "h4"):
            parts.append(f"{'=' * (int(element.tag[1]) - 1)} {words}")
        elif element.tag == "li":
            parts.append(f"- {words}")
        elif element.tag == "p":
            parts.append(words)
    return "\n\n".join(parts)
