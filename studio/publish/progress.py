"""How far the making of an edition's files is: each file lies in the folder of its making as soon as it is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sqlalchemy.orm import Session

from studio.guides.rules.statuses import Standing
from studio.publish import queries
from studio.publish.models import Edition

PREFIX: Final = "derive-"
"""How the folders begin in which files are made, below the data folder."""
State = Literal["waiting", "making", "out", "failed", "down", "replaced"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of an edition so far; ``made`` are the kinds of files that are done, ``problem`` why it failed."""

    state: State
    made: tuple[str, ...] = ()
    problem: str = ""


def of(session: Session, edition: Edition, data: Path) -> Progress:
    """Return how far ``edition`` is, by its rows and by the files below the folder ``data``."""
    if edition.standing is not Standing.BUILDING:
        settled: dict[Standing, State] = {Standing.LIVE: "out", Standing.WITHDRAWN: "down"}
        return Progress(settled.get(edition.standing, "replaced"))
    if queries.waits_for_decision(session, edition.translation_id):
        return Progress("waiting")
    last = edition.builds[-1] if edition.builds else None
    made = tuple(sorted(_made(edition.id, data)))
    if last and last.state == "failed" and not made:
        return Progress("failed", problem=last.problem)
    return Progress("making", made)


def _made(edition_id: str, data: Path) -> set[str]:
    return {file.name for folder in data.glob(f"{PREFIX}{edition_id}-*") for file in folder.glob("*")}
