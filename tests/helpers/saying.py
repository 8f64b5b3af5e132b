"""A reader who says something: opens the form, waits as people do, sends it; and a worker that makes small files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.answers.models import ReaderAnswer
from studio.answers.rules.sorts import Said, Urgency
from studio.core.settings import Settings
from studio.dashboard import echoing
from studio.jobs.run import Runner
from studio.publish.document import Document
from studio.publish.models import Edition
from studio.publish.renderer import Derived
from studio.publish.tasks import Publisher
from studio.storage.engine import make_engine, make_sessions
from studio.web import assets

WHERE: Final = "/en/telling-a-friend/answer"
CODE: Final = re.compile(r'<p class="code"><bdi dir="ltr">([^<]+)</bdi>')


def stamp_of(page: Any) -> str:
    """Return the signed time stamp in a page's form."""
    found = re.search(r'name="stamp" value="([^"]*)"', page.text)
    assert found, page.text
    return found[1]


def part_of(page: Any, heading: str) -> str:
    """Return the value of the part with the words ``heading`` in a form."""
    found = re.search(rf'<option value="([^"]+)"[^>]*>{heading}</option>', page.text)
    assert found, page.text
    return found[1]


def say(client: Any, clock: Any, said: str = "unclear", where: str = WHERE, *, wait: float = 6, **fields: str) -> Any:
    """Open the form, wait ``wait`` seconds by the house's clock, and send what is said."""
    stamp = stamp_of(client.get(where))
    clock.forward(seconds=wait)
    return send(client, stamp, said, where, **fields)


def send(client: Any, stamp: str, said: str = "unclear", where: str = WHERE, **fields: str) -> Any:
    """Send the form with ``stamp`` at once."""
    return client.post(where, data={"stamp": stamp, "said": said, **fields}, token=False)


def code_of(page: Any) -> str:
    """Return the return code that a page shows."""
    found = CODE.search(page.text)
    assert found, page.text
    return found[1]


def worker(settings: Settings, clock: Callable[[], datetime]) -> Runner:
    """Return what makes editions with small files, and tells those who made them that they are out."""

    def derive(document: Document, _media: Mapping[str, bytes], folder: Path) -> tuple[Derived, ...]:
        content = document.slug.encode()
        (folder / "guide.pdf").write_bytes(content)
        return (Derived("pdf", "guide.pdf", "application/pdf", hashlib.sha256(content).hexdigest(), len(content)),)

    sessions = make_sessions(make_engine(settings.database_url))

    def asset(name: str) -> str:
        return assets.address(name) if assets.exists(name) else ""

    return Runner(sessions, Publisher(settings, derive, asset, echoing.out).tasks(), clock)


def kept(session: Session, answer_id: str, text_id: str, on: date) -> ReaderAnswer:
    """Return what a reader said of the only edition of a text, as the house keeps it."""
    edition = session.scalars(select(Edition).where(Edition.translation_id == text_id)).one()
    about = {"translation_id": edition.translation_id, "edition_id": edition.id, "revision_id": edition.revision_id}
    words = {"text": "The second step sounds like a dare.", "part": "Say little", "may_pass_on": True}
    said = {"said": Said.UNSAFE, "urgency": Urgency.HARM, "on": on}
    return ReaderAnswer(id=answer_id, **about, **words, **said, code_hash="0" * 64)
