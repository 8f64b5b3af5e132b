"""A session for a command; what it wrote is committed at its end (the terminal is one of the four edges)."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from studio.audit import head_file
from studio.audit.models import AuditHead
from studio.core.settings import Settings, from_environment
from studio.storage import migrate
from studio.storage.engine import begin_write, make_engine, make_sessions
from studio.web.keyfile import secret_key


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings of the house that the command is about.

    From here on, whatever the process writes is for its own account alone: drafts, names and hashes are in the files,
    and the folder may be one that somebody else made.
    """
    os.umask(0o077)
    return from_environment(os.environ, demo=getattr(options, "demo", False))


@contextmanager
def reading(settings: Settings) -> Iterator[Session]:
    """Give a session on an up-to-date database; nothing that it writes is kept."""
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    try:
        with make_sessions(engine)() as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def writing(settings: Settings) -> Iterator[Session]:
    """Give a session that holds the write lock; what it wrote is committed unless an error ends it."""
    with reading(settings) as session:
        begin_write(session)
        yield session
        session.commit()
        sign_trail(session, settings)


def sign_trail(session: Session, settings: Settings) -> None:
    """Keep the trail's newest entry, signed, beside the database."""
    head = session.get(AuditHead, 1)
    if head:
        head_file.write(settings.data, secret_key(settings).hex(), head.seq, head.hash)
