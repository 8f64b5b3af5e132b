"""Sample texts, the files made of them, and veraPDF's word on those, each once for the whole run."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from studio.publish.typefaces import use_own_fonts


def _beside(name):
    """Import a helper that lies beside this file; tests are no package."""
    spec = importlib.util.spec_from_file_location(f"publish_{name}", Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


samples = _beside("samples")
sample_pdfs = _beside("sample_pdfs")
sample_titles = _beside("sample_titles")
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
    return sample_pdfs.picture()


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory):
    """The PDFs of every sample and of a text with everything in it, by name: ``<sample>``, ``<sample>-<form>``."""
    return sample_pdfs.guides(samples, tmp_path_factory.mktemp("pdfs"))


@pytest.fixture(scope="session")
def books(tmp_path_factory):
    """A collection in each of five languages: three chapters, one of them with everything that a text can hold."""
    return sample_pdfs.collections(samples, tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="session")
def failures(pdfs):
    """What veraPDF finds in all of them, by flavour."""
    return verapdf.failures(*pdfs.values())
