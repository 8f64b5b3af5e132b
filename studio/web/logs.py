"""What a log line may hold: when, how grave, which part of the program. No address, agent, query, name or text."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1].parent
SAFE: Final = "studio_safe"
"""Attribute of a record whose message holds none of a person's words: ``extra={"studio_safe": True}``."""


class PlainFormatter(logging.Formatter):
    """Writes the hour, the level, the logger, and of an exception only its kind and the places it passed.

    The sentence of an exception may hold what somebody typed (a database driver quotes parameters), so it is left out.
    Messages of other libraries are left out too; of our own only their pattern is written, unless they are marked safe.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one record as lines."""
        hour = self.formatTime(record, "%Y-%m-%d %H:00")
        lines = [f"{hour} {record.levelname} {record.name}: {_message(record)}"]
        if record.exc_info and record.exc_info[1]:
            lines += _places(record.exc_info[1])
        return "\n".join(lines)


def _message(record: logging.LogRecord) -> str:
    if getattr(record, SAFE, False):
        return record.getMessage()
    return str(record.msg) if record.name.startswith("studio") else f"{Path(record.pathname).name}:{record.lineno}"


def _places(error: BaseException) -> list[str]:
    lines = [f"  {type(error).__module__}.{type(error).__qualname__}"]
    lines += [
        f"    {_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    if error.__cause__:
        lines += _places(error.__cause__)
    return lines


def _short(path: str) -> str:
    return path.removeprefix(f"{FOLDER}/").rpartition("site-packages/")[2] or path


def set_up_if_bare() -> None:
    """Write in the plain form unless somebody has decided otherwise: Python's own last resort prints what was typed."""
    if not logging.getLogger().handlers:
        set_up()


def set_up(*, level: int = logging.WARNING) -> None:
    """Have every logger of the process write to standard error in the plain form."""
    handler = logging.StreamHandler()
    handler.setFormatter(PlainFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error", "werkzeug", "huey", "sqlalchemy.engine"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
