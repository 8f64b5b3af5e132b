"""The one Flask-SQLAlchemy object; only routes and the composition root use it."""

from __future__ import annotations

from flask_sqlalchemy import SQLAlchemy

from studio.storage.base import Base

db = SQLAlchemy(metadata=Base.metadata)
