"""What the terminal can do about members."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from studio.core.settings import Settings
from studio.members.actor import Role
from studio.members.operations import joining


def invite(session: Session, *, role: Role, language: str, now: datetime) -> str:
    """Make a one-time link for somebody new and return its path below the house's address; the caller commits.

    Who comes in by such a link is a founding member.
    """
    token = joining.invite(session, actor=None, role=role, language=language, now=now)
    return join_path(token)


def join_path(token: str) -> str:
    """Return the path of an invitation."""
    return f"/studio/join/{token}"


def address(settings: Settings, path: str, port: int = 8000) -> str:
    """Return ``path`` as a whole address: the public one, else this machine's."""
    return f"{settings.base_url or f'http://127.0.0.1:{port}'}{path}"
