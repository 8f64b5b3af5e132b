"""Sample texts, the files made of them, and veraPDF's word on those, each once for the whole run."""

from __future__ import annotations

import importlib.util
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import FORMS, PLAIN, STANDARD
from studio.publish.typefaces import use_own_fonts

LANGUAGES = ("en", "fr", "es", "ar", "ja", "zh", "de")
IN_EVERY_FORM = ("en", "ar", "ja", "zh", "de", "en-all", "ar-all", "ja-all", "ar-practice")


def _beside(name):
    """Import a helper that lies beside this file; tests are no package."""
    spec = importlib.util.spec_from_file_location(f"publish_{name}", Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


samples = _beside("samples")
verapdf = _beside("verapdf")
epub_checker = _beside("epub_checker")


@pytest.fixture(scope="session", autouse=True)
def own_fonts(tmp_path_factory):
    use_own_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.fixture
def document():
    return samples.document


@pytest.fixture(name="samples", scope="session")
def every_sample():
    return samples


@pytest.fixture(scope="session")
def checker():
    return epub_checker


@pytest.fixture(scope="session")
def picture():
    target = BytesIO()
    Image.new("RGB", (60, 30), "#77aa99").save(target, "PNG")
    return target.getvalue()


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory, picture):
    """The PDFs of every sample and of a text with everything in it, by name: ``<sample>``, ``<sample>-<form>``."""
    folder = tmp_path_factory.mktemp("pdfs")
    texts = {code: samples.document(code) for code in LANGUAGES}
    texts |= {f"{code}-all": samples.document(code, markdown=samples.EVERYTHING) for code in ("en", "ar", "ja")}
    texts["ar-practice"] = samples.document(
        "ar", practice=True, label="one_reader", label_words="لم يراجعه سواه", base_url=""
    )
    made = {}
    for name, text in texts.items():
        for form in FORMS if name in IN_EVERY_FORM else (STANDARD, PLAIN):
            path = folder / f"{name}{'' if form is STANDARD else f'-{form.name}'}.pdf"
            path.write_bytes(render_pdf(text, form, media=lambda _sha: picture))
            made[path.stem] = path
    return made


@pytest.fixture(scope="session")
def failures(pdfs):
    """What veraPDF finds in all of them, by flavour."""
    return verapdf.failures(*pdfs.values())
