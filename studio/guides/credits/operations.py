"""Somebody chooses how readers are told of them; nobody chooses for anybody else."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.credits import queries
from studio.guides.credits.models import CreditChoice
from studio.guides.models import Translation
from studio.guides.rules.credit import Choice, Part
from studio.members.rules import names

TAKEN: Final = N_("Somebody here has this name, or one that looks like it. Please choose another one.")


def choose(
    session: Session,
    member_id: str,
    translation: Translation,
    part: Part,
    choice: Choice,
    *,
    name: str = "",
    edition: int = 0,
) -> bool:
    """Note how ``member_id`` wants to be named for a text; return whether anything changed.

    ``name`` is another pen-name for this text alone; raise Invalid where it cannot be one, or is somebody else's.
    The caller has asked whether they took part.
    """
    name = names.clean(name) if choice is Choice.NAME else ""
    look = names.look(name) if name else ""
    if name:
        names.check(name)
        if queries.name_is_others(session, member_id, look):
            raise Invalid(TAKEN, {names.FIELD: TAKEN})
    row = queries.choice_of(session, member_id, translation, part)
    before = (row.choice, row.name, row.edition) if row else (Choice.COMMUNITY, "", 0)
    if before == (choice, name, edition) or (row is None and choice is Choice.COMMUNITY):
        return False
    if choice is Choice.COMMUNITY:
        session.delete(row)
    else:
        row = row or CreditChoice(translation_id=translation.id, member_id=member_id, part=part)
        row.choice, row.name, row.name_look, row.edition = choice, name, look, edition
        session.add(row)
    session.flush()
    return True
