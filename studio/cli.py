"""The ``studio`` command."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from sqlalchemy.exc import ArgumentError, DBAPIError

from studio.core.errors import SettingsError, StudioError
from studio.core.settings import DESCRIPTIONS
from studio.members.actor import Role
from studio.web import logs

REFUSED, WRONG_USE = 1, 2
PORT: Final = 8000
LAST_PORT: Final = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when fine, 1 when something was refused, 2 for wrong use."""
    options = _parser().parse_args(arguments)
    logs.set_up()
    try:
        return int(options.do(options))
    except KeyboardInterrupt:
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read our words has seen enough
        return 0
    except Exception as problem:  # noqa: BLE001 - whatever happens, the terminal gets one sentence
        print(f"studio: {_sentence(problem)}", file=sys.stderr)
        return WRONG_USE if isinstance(problem, SettingsError | ArgumentError) else REFUSED


def _sentence(problem: Exception) -> str:
    """Return what went wrong in one sentence."""
    if isinstance(problem, StudioError):
        return str(problem)
    if isinstance(problem, ArgumentError):
        return "STUDIO_DATABASE_URL is not the address of a database, like sqlite:////srv/studio/studio.db."
    if isinstance(problem, ModuleNotFoundError):
        return f"a part of Python is missing here: {problem.name}; the virtual environment has to have it."
    if isinstance(problem, DBAPIError):
        return f"the database cannot be used ({problem.orig})."
    if isinstance(problem, OSError):
        name = f"{problem.filename}: " if problem.filename else ""
        return f"{name}{problem.strerror or problem}."
    place = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"something happened that should not ({type(problem).__name__}: {problem}; {where})."


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        """End with WRONG_USE."""
        self.exit(WRONG_USE, f"studio: {message}; {self.prog} --help shows how.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="studio", description="Write guides together, have them checked, publish them.", epilog=_settings()
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _serving(commands)
    _texts(commands)
    _upkeep(commands)
    return parser


def _serving(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type of its subparsers to itself
    run = _add(commands, "run", "serving.run", "serve the house", "studio run --port 8000")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=_port, default=PORT)
    run.add_argument("--processes", type=int, default=0, help="web processes; default: STUDIO_PROCESSES or 1")
    _demo(run)
    _demo(_add(commands, "worker", "serving.worker", "run the background work alone", "studio worker"))
    _add(commands, "doctor", "serving.diagnose", "what is missing here, and the command for it", "studio doctor")


def _texts(commands: Any) -> None:  # noqa: ANN401 - as above
    take = _add(commands, "import", "texts.bring_in", "bring Markdown files in as drafts", "studio import texts/")
    take.add_argument("folder", type=Path)
    take.add_argument("--language", default="", help="for files that do not say it themselves")
    take.add_argument("--topic", default="")
    take.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    take.add_argument("--json", action="store_true")
    _demo(take)
    render = _add(
        commands, "render", "texts.render", "one file without a database", "studio render guide.md --out out/"
    )
    render.add_argument("file", type=Path)
    render.add_argument("--out", type=Path, required=True)
    render.add_argument("--language", default="")
    export = _add(
        commands, "export", "exporting.export", "the published library as a folder of files", "studio export library/"
    )
    export.add_argument("folder", type=Path)
    export.add_argument(
        "--check", action="store_true", help="look at every file that is there already, not only at what changed"
    )
    export.add_argument("--json", action="store_true")
    _demo(export)


def _upkeep(commands: Any) -> None:  # noqa: ANN401 - as above
    _demo(_add(commands, "reindex", "upkeep.reindex", "make the search index anew", "studio reindex"))
    check = _add(commands, "check", "upkeep.check", "verify trail, editions, files and index", "studio check")
    check.add_argument("--record", type=Path, metavar="FILE", help="verify the saved record of a text instead")
    _demo(check)
    rebuild = _add(commands, "rebuild", "upkeep.rebuild", "derive pages, PDFs, cards anew", "studio rebuild --missing")
    rebuild.add_argument("--missing", action="store_true", help="only what is not there")
    _demo(rebuild)
    member = _add(commands, "member", "upkeep.member", "invite somebody", "studio member invite --role writer")
    member.add_argument("act", choices=["invite"])
    member.add_argument("--role", choices=[str(role) for role in Role], default=str(Role.WRITER))
    member.add_argument("--language", default="en")
    _demo(member)


def _add(
    commands: Any,  # noqa: ANN401 - as above
    name: str,
    do: str,
    words: str,
    example: str,
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=words[0].upper() + words[1:] + ".", epilog=f"Example: {example}"
    )
    command.set_defaults(do=partial(_do, do))
    return command


def _do(command: str, options: argparse.Namespace) -> int:
    """Run a command of ``studio.commands``; its file is read only now, for each brings a good part of the program."""
    module, _, name = command.partition(".")
    gc.disable()  # what a program brings stays: looking for what nobody holds is time lost meanwhile
    try:
        do: Callable[[argparse.Namespace], int] = getattr(import_module(f"studio.commands.{module}"), name)
    finally:
        gc.enable()
    return do(options)


def _port(text: str) -> int:
    """Return a port's number; argparse says what was wrong."""
    if not text.isdecimal() or not 0 < int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to {LAST_PORT}, not {text}")
    return int(text)


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--demo", action="store_true", help="the practice house")


def _settings() -> str:
    return "Settings (environment):\n" + "\n".join(f"  {name}: {words}" for name, words in DESCRIPTIONS.items())
