"""The practice house made ready: members with passphrases, starter guides checked and published by them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from sqlalchemy import func, select

from studio.commands.database import writing
from studio.core import clock
from studio.core.settings import Settings
from studio.dashboard import practice
from studio.dashboard.starting import bring_starter_texts
from studio.guides.models import Guide, Translation
from studio.members import hashing, queries
from studio.members.actor import Role
from studio.members.models import Member
from studio.members.rules import passphrases
from studio.members.words import ROLES
from studio.storage.migrate import alone

NAME = "demo-members.json"
_LOCK = "practice.lock"


def prepare(settings: Settings) -> str:
    """Make the practice house ready on its first start; return how to sign in."""
    with alone(settings.data, _LOCK):
        _open(settings, settings.data / NAME)
    return _welcome(settings.data / NAME)


def _open(settings: Settings, path: Path) -> None:
    """Let the cast in and bring the texts, each where a first start that was cut off has not done so."""
    with writing(settings) as session:
        nobody = not session.scalar(select(func.count()).select_from(Member))
        nothing = not session.scalar(select(func.count()).select_from(Guide))
    if nobody:
        words = {part.pen_name: passphrases.generate("en") for part in practice.CAST}
        hashes = {name: hashing.hashed(passphrase) for name, passphrase in words.items()}
        _write(path, words)
        with writing(settings) as session:
            practice.open_doors(session, hashes, clock.now())
    if nothing:
        _fill(settings)


def _fill(settings: Settings) -> None:
    with writing(settings) as session:
        writer = queries.by_name(session, practice.WRITER)
        bring_starter_texts(session, writer.id if writer else None, clock.now())
        for translation in session.scalars(select(Translation).order_by(Translation.created_at, Translation.id)):
            practice.take_through(session, translation, clock.now())


def _write(path: Path, words: dict[str, str]) -> None:
    members = [
        {"pen_name": part.pen_name, "passphrase": words[part.pen_name], "roles": ["writer", *map(str, part.roles)]}
        for part in practice.CAST
    ]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(members, file, ensure_ascii=False, indent=1)


def _welcome(path: Path) -> str:
    lines = ["This is a practice house: nothing in it was checked by people. Sign in at /studio/ as one of:"]
    lines += [
        f"  {one['pen_name']}: {one['passphrase']}  ({', '.join(str(ROLES[Role(role)]) for role in one['roles'])})"
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]
    return "\n".join(lines)
