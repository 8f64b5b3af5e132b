"""What roles and trainings are called on the screen."""

from __future__ import annotations

import re
from typing import Final

from studio.core.words import N_, Message
from studio.members.actor import Role

ROLES: Final[dict[Role, Message]] = {
    Role.WRITER: N_("writer"),
    Role.REVIEWER: N_("checker"),
    Role.EDITOR: N_("editor"),
    Role.STEWARD: N_("organiser"),
}
TRAININGS: Final[dict[str, Message]] = {
    "copy": N_("Clear wording"),
    "safety": N_("Keeping people safe"),
    "health": N_("Health facts"),
}
LEGAL: Final = re.compile(r"legal:([A-Z]{2})")


def training(name: str) -> Message:
    """Return the words for a training; ``legal:FR`` is the law in FR."""
    law = LEGAL.fullmatch(name)
    return N_("Law in {country}", country=law[1]) if law else TRAININGS[name]


def is_training(name: str) -> bool:
    """Whether there can be such a training."""
    return name in TRAININGS or LEGAL.fullmatch(name) is not None
