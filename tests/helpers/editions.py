"""A text and its editions, made as the house makes them, with files that are quickly written in the place of PDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from publishing import BODY, FIELDS
from sqlalchemy.orm import Session

from studio.core.settings import Settings
from studio.guides import operations as kernel
from studio.guides import policies
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import Progress, Significance, UpdateKind
from studio.jobs.run import Runner
from studio.members.actor import Actor
from studio.publish import operations
from studio.publish.document import Document
from studio.publish.documents import checksum
from studio.publish.forms import BY_KIND, kinds_for
from studio.publish.models import Edition
from studio.publish.renderer import Derived
from studio.publish.tasks import Publisher
from studio.storage.engine import make_engine, make_sessions
from studio.web import assets


def quickly(document: Document, media: Mapping[str, bytes], folder: Path) -> list[Derived]:
    """Write a line for each file that says what it was made from: another text, or another month, another file."""
    del media
    made = list[Derived]()
    for kind in kinds_for(document):
        content = f"{kind} {checksum(document, without_others=True)}".encode()
        (folder / kind).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        made.append(Derived(kind, kind, BY_KIND[kind].media_type, digest, len(content), ""))
    return made


def _asset(name: str) -> str:
    return assets.address(name) if assets.exists(name) else ""


@dataclass
class Printer:
    """Publishes editions of texts at the time of the house; ``files`` is where their files are."""

    session: Session
    settings: Settings
    writer: Actor
    editor: Actor
    clock: Callable[[], datetime]

    def text(
        self, body: str = BODY, *, fields: TextFields = FIELDS, language: str = "en", facets: tuple[str, ...] = ()
    ) -> Translation:
        """Return a text that readers have in its first edition."""
        text = kernel.start_guide(
            self.session,
            self.writer.id,
            fields=fields,
            language=language,
            body=body,
            facets=facets,
            topics=["telling"],
            now=self.clock(),
        )
        self.agree(text)
        self.publish(text)
        return text

    def again(
        self,
        text: Translation,
        body: str,
        changelog: str,
        significance: Significance = Significance.CONTENT,
        *,
        fields: TextFields | None = None,
        correction: bool = False,
    ) -> Edition:
        """Write ``body`` into the draft, have it agreed to, and publish it as the next edition."""
        self.write(text, body, replace(fields or FIELDS, changelog=changelog))
        self.agree(text, significance)
        return self.publish(text, correction=correction)

    def write(self, text: Translation, body: str, fields: TextFields = FIELDS) -> None:
        """Put ``body`` in the place of what the draft holds."""
        draft = text.draft
        log.apply(
            self.session,
            draft,
            base_seq=draft.head_seq,
            edits=[Edit(0, len(draft.text), body)],
            fields=fields.to_dict(),
            author=self.writer.id,
            kind=UpdateKind.FORM,
            now=self.clock(),
        )
        self.session.commit()

    def agree(self, text: Translation, significance: Significance = Significance.CONTENT) -> None:
        """Save a version and leave the text as its checks would."""
        now = self.clock()
        revision = kernel.save_version(self.session, self.writer.id, text, significance=significance, note="", now=now)
        text.progress, text.approved_revision_id = Progress.APPROVED, revision.id
        approval = Approval(
            translation_id=text.id,
            revision_id=revision.id,
            content_hash=revision.content_hash,
            people=["first", "second"],
            checked_at=now,
            policy="small",
            aftercare=policies.known()["small"].aftercare.data(),
            spelling_changes=[],
            approved_at=now,
        )
        self.session.merge(approval)
        self.session.commit()

    def publish(self, text: Translation, *, correction: bool = False) -> Edition:
        """Publish what is agreed to and let the worker make it."""
        revision, _ = operations.agreed(self.session, text)
        edition = operations.publish(
            self.session,
            self.editor,
            text,
            content_hash=revision.content_hash,
            confirmed=(),
            now=self.clock(),
            correction=correction,
        )
        self.session.commit()
        self.work()
        return edition

    def work(self) -> None:
        """Let the worker do all that is due."""
        sessions = make_sessions(make_engine(self.settings.database_url))
        runner = Runner(sessions, Publisher(self.settings, quickly, _asset).tasks(), self.clock)
        while runner.run_due():
            pass
        self.session.expire_all()
