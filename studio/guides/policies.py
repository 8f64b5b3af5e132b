"""The policies of the house: their files, the one in force, and what it says about the time after the checks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy.orm import Session
from yaml import YAMLError

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.models import HousePolicy
from studio.guides.rules.policies import Aftercare, Known, fitting, read_known
from studio.i18n import content
from studio.members import queries as members


@cache
def files() -> Mapping[str, Mapping[str, Any]]:
    """Return the data of each policy's file by its key."""
    return by_key("policies")


def by_key(name: str) -> dict[str, Mapping[str, Any]]:
    """Return the data of each YAML file in the folder ``name`` by its key; Invalid where one cannot be read."""
    found: dict[str, Mapping[str, Any]] = {}
    for file in sorted((content.folder() / name).glob("*.yaml")):
        try:
            data = content.load(f"{name}/{file.name}")
        except YAMLError as problem:
            told = " ".join(str(problem).split())
            raise Invalid(N_("{file} cannot be read as YAML: {problem}.", file=file.name, problem=told)) from problem
        found[str(data.get("key", file.stem)) if isinstance(data, Mapping) else file.stem] = data
    return found


@cache
def known() -> Mapping[str, Known]:
    """Return each policy as far as the kernel knows it, by its key."""
    return {key: read_known(data) for key, data in files().items()}


def key_in_force(session: Session, *, people: int | None = None) -> str:
    """Return the key of what an organiser chose; without a choice, of the policy meant for as many as are here.

    ``people`` saves counting the active members again.
    """
    row = session.get(HousePolicy, 1)
    if row and row.key in known():
        return row.key
    return fitting(known().values(), len(members.actors(session)) if people is None else people).key


def aftercare_in_force(session: Session) -> Aftercare:
    """Return what the policy in force says about the time after the checks."""
    return known()[key_in_force(session)].aftercare
