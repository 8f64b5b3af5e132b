"""A story that readers have: its words, its addresses, and what was done to it."""

from __future__ import annotations

import re

from full_checks import fresh
from publishing import FIELDS
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.guides.fields import TextFields

TITLE = "Quietfern, my way"
FIELDS_OF_STORY = TextFields(**{**FIELDS.to_dict(), "title": TITLE, "content_notes": ("none",), "sources": ()})


def here(text, code="en"):
    return f"/studio/guides/{text.guide_id}/{code}/"


def page(text, code="en"):
    return f"/{code}/{text.guide_id}/"


def acts(session):
    fresh(session)
    return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.seq)))


def value_of(html, name):
    """Return what the hidden field ``name`` of a page holds."""
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]
