"""What tests of urgent safety fixes send and look for."""

from __future__ import annotations

from full_checks import fresh
from publishing import BODY
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.guides.models import UrgentFix
from studio.publish import queries

HERE = "/studio/guides/telling-a-friend/en/"
PAGE = "/en/telling-a-friend/"
LINE = "Not alone: tell somebody else where you are."
MENDED = BODY.replace("Somebody who was kind before.", "Somebody who was kind before, in a public place.")


def form(session, text, **more):
    """Return what the page of a fix sends."""
    live = queries.live_edition(session, text.id)
    sent = {"line": LINE, "body": MENDED, "base_hash": live.content_hash, **more}
    fresh(session)
    return sent


def waiting(session, text):
    fresh(session)
    found = session.scalars(select(UrgentFix).where(UrgentFix.translation_id == text.id, UrgentFix.state == "open"))
    fix = found.one_or_none()
    fresh(session)
    return fix


def acts(session):
    fresh(session)
    found = [one.act for one in session.scalars(select(AuditEntry).order_by(AuditEntry.seq))]
    fresh(session)
    return found
