"""``studio export``: the published library as a folder of files."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from studio.commands.database import reading, settings_of
from studio.i18n import formats

_SELDOM = 100_000
"""So many new objects before Python looks for what nobody holds: those of a library are many, and all held."""
_SILENT_FOR = 2.0
"""Seconds after which a terminal is told how far it is."""


def export(options: argparse.Namespace) -> int:
    """Write the whole published library into a folder, or what has changed of it since the last time."""
    gc.set_threshold(_SELDOM)  # before what follows: a program's own parts are many objects, too
    from studio.publish.export.exporting import export as write  # noqa: PLC0415 - templates and cryptography for this alone

    settings = settings_of(options)
    with reading(settings) as session, _for_everybody():
        made = write(session, settings, options.folder, believe=not options.check, tell=_Progress())
        os.sync()
    if options.json:
        print(json.dumps({"folder": str(options.folder), **asdict(made)}, ensure_ascii=False))
        return 0
    print(
        f"{made.texts} texts in {made.files} files, {formats.size(made.size, 'en')}, in {options.folder}: "
        f"{made.fresh} texts made again, {made.written} files written, {made.removed} removed."
    )
    return 0


@contextmanager
def _for_everybody() -> Iterator[None]:
    """Let everybody read what is written meanwhile: it is published, and a web server is somebody else."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


class _Progress:
    """Tells a terminal how far it is, if that takes longer than a moment."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._shown = 0.0

    def __call__(self, number: int, of: int) -> None:
        """Tell that ``number`` texts of ``of`` are done."""
        now = time.monotonic()
        late = now - self._begun > _SILENT_FOR and (number == of or now - self._shown > 0.2)  # noqa: PLR2004 - five a second
        if late and sys.stderr.isatty():
            self._shown = now
            print(f"\r{number} of {of} texts", end="\n" if number == of else "", file=sys.stderr, flush=True)
