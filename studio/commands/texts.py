"""``studio import`` and ``studio render``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from studio.commands.database import settings_of, writing
from studio.core import clock
from studio.core.errors import StudioError
from studio.guides import importing


def bring_in(options: argparse.Namespace) -> int:
    """Bring Markdown files in as drafts, each whole or not at all; 1 where any was refused."""
    if not options.folder.exists():
        print(f"studio: there is no {options.folder}.", file=sys.stderr)
        return 2
    paths = list(importing.files(options.folder))
    if not paths:
        print(f"studio: there is no Markdown file in {options.folder}.", file=sys.stderr)
        return 2
    root = options.folder if options.folder.is_dir() else options.folder.parent
    results = list[importing.Imported]()
    try:
        with writing(settings_of(options)) as session:
            for number, path in enumerate(paths, 1):
                _progress(number, len(paths))
                source = importing.Source(path, root, options.language, options.topic)
                results.append(importing.take_in(session, source, None, clock.now()))
            _keep_unless(options.dry_run)
    except _DryRunError:
        pass
    _report(results, as_json=options.json)
    return int(any(one.outcome == "refused" for one in results))


class _DryRunError(Exception):
    """Ends a try, so that nothing of it is kept."""


def _keep_unless(dry_run: bool) -> None:
    if dry_run:
        raise _DryRunError


def _report(results: list[importing.Imported], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "file": one.file,
                "outcome": one.outcome,
                "reason": str(one.reason or ""),
                "guide": one.guide,
                "language": one.language,
                "dropped": [str(what) for what in one.dropped],
            }
            for one in results
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    width = max(len(one.file) for one in results)
    for one in results:
        print(f"{one.file:<{width}}  {one.outcome:<13}  {one.reason or one.guide}")
        for what in one.dropped:
            print(f"    · {what}")
    counts = {kind: sum(one.outcome == kind for one in results) for kind in ("draft", "there already", "refused")}
    print(", ".join(f"{n} {kind}" for kind, n in counts.items()))


def _progress(number: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if number == of else ""
        print(f"\r{number} of {of}", end=end, file=sys.stderr, flush=True)


def render(options: argparse.Namespace) -> int:
    """Make page, PDFs and cards of one file, without a database."""
    from studio.publish.rendering_file import render_file  # noqa: PLC0415 - Pango is loaded for this command alone

    try:
        for path in render_file(options.file, options.out, options.language):
            print(path)
    except FileNotFoundError:
        print(f"studio: there is no {Path(options.file)}.", file=sys.stderr)
        return 2
    except StudioError as refusal:
        print(f"studio: {options.file}: {refusal}", file=sys.stderr)
        return 1
    return 0
