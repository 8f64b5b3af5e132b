"""A house whose policy files a community has changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studio.guides import policies
from studio.i18n import content
from studio.review.library import library


@contextmanager
def changed(folder: Path, *changes: tuple[str, str]) -> Iterator[Path]:
    """Let the house read its policies from a copy in ``folder`` in which each line is changed in every file."""
    copy = folder / "content"
    shutil.copytree(content.folder(), copy, ignore=shutil.ignore_patterns("guides"))
    for file in (copy / "policies").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after)
        file.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "folder", lambda: copy)
        _forget()
        yield copy / "policies"
    _forget()


def _forget() -> None:
    """Forget what was read, as a new start does."""
    for read in (content.load, policies.files, policies.known, library):
        read.cache_clear()
