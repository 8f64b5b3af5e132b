"""PDFs hold to PDF/UA-1 and PDF/A-2a in the eyes of veraPDF, and to the same bytes in every process."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import STANDARD

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_2_A"])
def test_each_pdf_is_accessible_and_archival_in_the_eyes_of_verapdf(failures, flavour):
    assert failures[flavour] == []


def test_verapdf_really_looks_and_finds_missing_tags(pdfs, tmp_path):
    from publish_verapdf import failures as look  # noqa: PLC0415 - conftest makes it known

    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(pdfs["en"]) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(spoilt)
    found = look(spoilt)
    assert found["PDFUA_1"]
    assert found["PDFA_2_A"]


MAKE = """
import sys, hashlib
sys.path.insert(0, {folder!r})
import samples
from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import FORMS
from studio.publish.cards import SIZES, draw_card
if {warm}:
    from studio.publish.renderer_parent import warm
    warm()
for code in ("ar", "ja", "en"):
    text = samples.document(code)
    files = [render_pdf(text, form, media=None) for form in FORMS]
    files += [draw_card(text, size) for size in SIZES]
    print(*(hashlib.sha256(content).hexdigest() for content in files))
"""


def test_the_same_text_gives_the_same_bytes_in_another_process_be_it_warm_or_cold():
    answers = [
        subprocess.run(
            [sys.executable, "-c", MAKE.format(folder=str(Path(__file__).parent), warm=warm)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin"},
        ).stdout
        for warm, seed in ((False, "1"), (True, "2"))
    ]
    assert len(answers[0].split()) == 27
    assert answers[0] == answers[1]
    assert len(set(answers[0].split())) == 27
    assert hashlib.sha256().hexdigest() not in answers[0]


def test_a_text_with_emoji_is_printed_accessible_and_archival(tmp_path):
    from publish_samples import document  # noqa: PLC0415 - conftest makes it known
    from publish_verapdf import failures as look  # noqa: PLC0415 - as above

    text = document("ar", markdown="مرحبا 🙂 هذا نص ✅ و👩🏽‍💻 سهم ➡️.\n\n## قسم 💜\n\nكلام.\n")
    path = tmp_path / "emoji.pdf"
    path.write_bytes(render_pdf(text, STANDARD, media=None))
    assert look(path) == {"PDFUA_1": [], "PDFA_2_A": []}
