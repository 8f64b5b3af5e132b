"""Who may do what about members."""

from __future__ import annotations

from studio.core.errors import NotAllowed
from studio.core.words import N_
from studio.members.actor import Actor, Role


def need_steward(actor: Actor) -> None:
    """Raise NotAllowed unless ``actor`` is an organiser."""
    if not actor.has(Role.STEWARD):
        raise NotAllowed(N_("Only an organiser can do this. Please ask one of them."))
