"""An entry of the trail as a sentence, with a name only where somebody chose it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from studio.audit.models import AuditEntry
from studio.core.words import Message
from studio.dashboard.record.acts import ACTS, CHECKERS, NAMELESS, UNKNOWN, Names, Telling
from studio.dashboard.record.facts import Facts
from studio.guides.rules.statuses import Significance
from studio.i18n import formats
from studio.publish.rules.takedown import Reason
from studio.review.rules.policy import Check
from studio.review.rules.standing import Verdict
from studio.review.titles import title_of


def say(entry: AuditEntry, facts: Facts, names: Mapping[str, str]) -> tuple[Message, tuple[str, ...]]:
    """Return the sentence of an entry and what people wrote about it; ``names`` are the chosen pen-names by id."""
    telling = _telling(entry, facts)
    check = facts.check(entry)
    values: dict[str, object] = {
        "who": facts.guests.get(entry.actor or "") or _who(entry, telling, check, names),
        "n": _number(entry, facts),
        "edition": facts.edition(entry),
        "people": _people(entry, facts),
        "check": title_of(check, facts.code) if check else "—",
        "day": _day(entry, facts.code),
    }
    return Message(telling.said.text, values), _words(entry, facts)


def _telling(entry: AuditEntry, facts: Facts) -> Telling:
    case = _case(entry, facts)
    return ACTS.get(f"{entry.act}/{case}") or ACTS.get(entry.act) or UNKNOWN


def _case(entry: AuditEntry, facts: Facts) -> str:
    """Return which case of its act an entry is."""
    if entry.act == "save_version":
        revision = facts.revisions.get(str(entry.details.get("revision", "")))
        if revision and revision.number == 1:
            return "first"
        return "safety" if revision and revision.significance is Significance.SAFETY else ""
    if entry.act == "publish":
        edition = facts.editions.get(str(entry.details.get("edition", "")))
        return "labelled" if edition and edition.label else ""
    if entry.act == "review.decide":
        return "" if entry.details.get("verdict") == Verdict.APPROVE else Verdict.REQUEST_CHANGES.value
    reason = str(entry.details.get("reason", ""))
    return "" if entry.act != "take_down" or Reason(reason).silent else reason


def _who(entry: AuditEntry, telling: Telling, check: Check | None, names: Mapping[str, str]) -> str | Message:
    asked = [who.rpartition(":")[0] if who.startswith("training:legal:") else who for who in check.who] if check else []
    silent = telling.names is Names.NEVER or bool(NAMELESS & set(asked))
    if not silent and entry.actor and entry.actor in names:
        return names[entry.actor]
    return next((CHECKERS[who] for who in asked if who in CHECKERS), telling.who)


def _number(entry: AuditEntry, facts: Facts) -> int:
    """Return the number of the version that an entry is about: the one that it names, else the newest of its time."""
    decision = facts.decision(entry)
    if decision:
        return decision.revision_number
    revision = facts.revisions.get(str(entry.details.get("revision", "")))
    return revision.number if revision else facts.version


def _people(entry: AuditEntry, facts: Facts) -> int:
    edition = facts.editions.get(str(entry.details.get("edition", "")))
    return edition.people if edition else 0


def _day(entry: AuditEntry, code: str) -> str:
    at: Any = entry.details.get("at")
    return formats.day(datetime.fromisoformat(at), code) if isinstance(at, str) else ""


def _words(entry: AuditEntry, facts: Facts) -> tuple[str, ...]:
    if entry.act in ("save_version", "save_spelling"):
        revision = facts.revisions.get(str(entry.details.get("revision", "")))
        return (revision.note,) if revision and revision.note else ()
    decision = facts.decision(entry)
    return tuple(one for one in (decision.quote, decision.note) if one) if decision else ()
