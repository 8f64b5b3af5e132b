"""Policies and checklists as values: what a text needs before it may be published, read from plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.rules.policies import Aftercare, read_known, unreadable
from studio.guides.rules.statuses import Kind

FEWEST_PEOPLE: Final = 2
"""No policy can ask for fewer people other than the authors (rule 3)."""
_LEGAL: Final = "legal"


class Phase(StrEnum):
    """What may run side by side."""

    SHAPE = "shape"
    CHECKS = "checks"
    LAST = "last"


PHASES: Final = tuple(Phase)


class Judges(StrEnum):
    """Which part of a text a check answers for."""

    ALL = "all"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Check:
    """One stage as a certain text needs it; ``country`` is set for the law of one country."""

    key: str
    title: Mapping[str, str]
    phase: Phase
    who: tuple[str, ...]
    needs: int
    judges: Judges
    checklist: str
    minutes_per_1000_words: int
    counts: bool = True
    country: str = ""

    @property
    def line(self) -> str:
        """The name under which ``combine`` knows it: the law of any country is one name."""
        return "facts:legal" if self.country else self.key


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a policy: a check, and for which texts it exists."""

    check: Check
    needs_with: Mapping[str, int]
    only_with: str = ""
    only_kind: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """How texts are checked in a house."""

    key: str
    version: int
    title: Mapping[str, str]
    note: Mapping[str, str]
    fewest: int
    most: int | None
    people: int
    combine: tuple[frozenset[str], ...]
    stages: tuple[Stage, ...]
    claim_days: int
    silent_days: int
    queue_risk: Mapping[str, int]
    aftercare: Aftercare


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a checklist; yes is the good answer."""

    key: str
    text: Mapping[str, str]
    only_with: tuple[str, ...] = ()
    only_kind: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """The questions of a stage; a yes is bound to the version."""

    key: str
    version: int
    questions: tuple[Question, ...]


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Return the policy written in ``data``; raise Invalid with one sentence that names the file's mistake."""
    try:
        return _policy(data)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise unreadable(data, problem) from problem


def read_checklist(data: Mapping[str, Any]) -> Checklist:
    """Return the checklist written in ``data``; raise Invalid with one sentence that names the file's mistake."""
    try:
        questions = tuple(_question(question) for question in data["questions"])
        return Checklist(str(data["key"]), int(data["version"]), questions)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Invalid(
            N_("The checklist “{key}” cannot be read: look at {problem}.", key=_key(data), problem=repr(problem))
        ) from problem


def _key(data: object) -> str:
    return str(data.get("key", "?")) if isinstance(data, Mapping) else "?"


def _policy(data: Mapping[str, Any]) -> Policy:
    known = read_known(data)
    return Policy(
        key=known.key,
        version=int(data["version"]),
        title=_texts(data["title"]),
        note=_texts(data.get("note") or {}),
        fewest=known.fewest,
        most=known.most,
        people=max(FEWEST_PEOPLE, int(data["people"])),
        combine=tuple(frozenset(str(key) for key in line) for line in data["combine"]),
        stages=tuple(_stage(stage) for stage in data["stages"]),
        claim_days=int(data["claim_days"]),
        silent_days=int(data["silent_days"]),
        queue_risk={str(facet): int(risk) for facet, risk in data["queue_risk"].items()},
        aftercare=known.aftercare,
    )


def _stage(data: Mapping[str, Any]) -> Stage:
    check = Check(
        key=str(data["key"]),
        title=_texts(data["title"]),
        phase=Phase(data["phase"]),
        who=tuple(str(who) for who in data["who"]),
        needs=int(data["needs"]),
        judges=Judges(data["judges"]),
        checklist=str(data["checklist"]),
        minutes_per_1000_words=int(data["minutes_per_1000_words"]),
        counts=bool(data.get("counts", True)),
    )
    needs_with = {str(facet): int(needs) for facet, needs in (data.get("needs_with") or {}).items()}
    return Stage(check, needs_with, str(data.get("only_with") or ""), _kinds(data.get("only_kind")))


def _question(data: Mapping[str, Any]) -> Question:
    only_with = tuple(str(trait) for trait in _list(data.get("only_with")))
    return Question(str(data["key"]), _texts(data["text"]), only_with, _kinds(data.get("only_kind")))


def _kinds(value: object) -> tuple[Kind, ...]:
    return tuple(Kind(str(kind)) for kind in _list(value))


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _texts(value: Mapping[str, Any]) -> dict[str, str]:
    return {str(code): str(text) for code, text in value.items()}


def checks_for(policy: Policy, kind: Kind, facets: Iterable[str]) -> tuple[Check, ...]:
    """Return the checks that a text of this kind with these facets needs, in the order in which they are shown."""
    having = tuple(dict.fromkeys(facets))
    return tuple(
        check
        for stage in policy.stages
        if not stage.only_kind or kind in stage.only_kind
        for check in _for_facets(stage, having)
    )


def _for_facets(stage: Stage, facets: tuple[str, ...]) -> list[Check]:
    needs = max([stage.check.needs, *(number for facet, number in stage.needs_with.items() if facet in facets)])
    if stage.only_with == _LEGAL:
        countries = [facet.partition(":")[2] for facet in facets if facet.startswith("legal:")]
        return [_changed(stage.check, needs, country) for country in countries]
    return [_changed(stage.check, needs)] if not stage.only_with or stage.only_with in facets else []


def _changed(check: Check, needs: int, country: str = "") -> Check:
    if not country:
        return replace(check, needs=needs)
    who = tuple(f"{who}:{country}" if who == "training:legal" else who for who in check.who)
    return replace(check, needs=needs, country=country, who=who, key=f"{check.key}:{country}")


def questions_for(checklist: Checklist, kind: Kind, traits: Iterable[str]) -> tuple[Question, ...]:
    """Return the questions that apply; ``traits`` are facets, ``images`` and ``translation``."""
    having = {part for trait in traits for part in (trait, trait.partition(":")[0])}
    return tuple(
        question
        for question in checklist.questions
        if (not question.only_kind or kind in question.only_kind)
        and (not question.only_with or having.intersection(question.only_with))
    )


def risk_of(policy: Policy, facets: Iterable[str]) -> int:
    """Return the weight of a text in the queue: the highest of those that apply."""
    weights = policy.queue_risk
    having = set(facets)
    applying = [weight for facet, weight in weights.items() if facet in having]
    return max([weights.get("default", 1), *applying, *([weights.get("any_facet", 1)] if having else [])])
