"""What a new house begins with: the starter texts as drafts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from studio.guides import importing
from studio.i18n.content import folder


def bring_starter_texts(session: Session, actor_id: str | None, now: datetime) -> list[importing.Imported]:
    """Bring the guides of ``content/guides`` in as drafts; what is there already stays as it is."""
    root = folder() / "guides"
    sources = [importing.Source(path, root) for path in importing.files(root)]
    return [importing.take_in(session, source, actor_id, now) for source in sources]
