"""Others that make PDFs: ourselves in a cold process, Chromium kept warm (CDP ``printToPDF``), and typst."""

from __future__ import annotations

import base64
import importlib.util
import os
import pickle
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from playwright.sync_api import sync_playwright

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
    typst = _typst if importlib.util.find_spec("typst") else None
    cold = Peer("cold process", _cold)
    rest = Peer("typst warm" if typst else "typst is not here", typst)
    path = chromium()
    if path is None:
        yield [cold, Peer("Chromium is not here", None), rest]
        return
    with sync_playwright() as play:
        before = set(_everybody())
        browser = play.chromium.launch(executable_path=path, args=list(_ARGS), env=dict(os.environ))
        page_ = browser.new_page()
        line = page_.context.new_cdp_session(page_)

        def printed(document: Document) -> tuple[float, int]:
            page_.goto("about:blank")
            begun = _spent(before)
            page_.set_content(_whole(document), wait_until="load")
            asked = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}
            told = line.send("Page.printToPDF", {**asked, "generateDocumentOutline": True})
            content = base64.b64decode(told["data"])
            time.sleep(0.05)  # what it tidies up afterwards counts as well
            return _spent(before) - begun, len(content)

        yield [cold, Peer("Chromium warm", printed), rest]
        browser.close()


def _whole(document: Document) -> str:
    """Return the very page that we lay out, with its style; the fonts are found as ours are."""
    html = page(document, STANDARD)
    css = style_sheet(document.language, STANDARD, practice="")
    return html.replace("</head>", f"<style>{css}</style></head>", 1)


def _everybody() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _spent(before: set[int]) -> float:
    """Return the CPU milliseconds of all Chromiums that were not there ``before``, to 10 ms; some begin to print."""
    total = 0.0
    for pid in set(_everybody()) - before:
        try:
            if b"chrom" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
                total += (int(fields[11]) + int(fields[12])) * _TICK_MS
        except OSError:  # it has just ended
            continue
    return total


def _cold(document: Document) -> tuple[float, int]:
    """Make the very same file in a process that has to load everything first; it finds the fonts as listed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", COLD], input=pickle.dumps(document), check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return spent * 1000, len(done.stdout)


_TYPST_COUNT = [0]


def _typst(document: Document) -> tuple[float, int]:
    """Run typst in this process on the same words: headings, paragraphs, lists; no tags, boxes without colour."""
    import typst  # type: ignore[import-not-found]  # noqa: PLC0415 - only where it is installed

    _TYPST_COUNT[0] += 1
    code = document.language.code[:2]
    head = f'#set page(paper: "a5")\n#set text(lang: "{code}", size: 10pt, font: {_fonts(document)})\n'
    # The number keeps typst from remembering the whole: every text is new work.
    source = f"{head}#outline()\n// {_TYPST_COUNT[0]}\n{_typst_body(document)}\nPrinting {_TYPST_COUNT[0]}\n"
    begun = time.process_time()
    content = typst.compile(source.encode(), font_paths=[str(PRINT)], ignore_system_fonts=True)
    return (time.process_time() - begun) * 1000, len(content)


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
