"""Alembic's environment: run on the engine that ``studio.storage.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from studio.storage.base import Base

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
