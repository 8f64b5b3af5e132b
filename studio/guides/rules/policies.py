"""What the kernel reads of a policy: for how many people it is meant, and what holds once the checks are done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from string import Formatter
from typing import Any, Final, Protocol, TypeVar

from studio.core.errors import Invalid
from studio.core.words import N_

DEFAULT: Final = "default"
LABELS: Final[Mapping[str, frozenset[str]]] = {
    "override": frozenset(),
    "urgent": frozenset({"date", "days"}),
    "one_reader": frozenset({"language"}),
}
"""The labelled ways of publishing, and what is filled into the words of each."""
_FACET: Final = re.compile(r"health|minors|crisis|risk:high|legal(:[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Aftercare:
    """What a policy says about the time after the checks."""

    takedown_days: int
    urgent_days: int
    recheck_months: Mapping[str, int]
    labels: Mapping[str, Mapping[str, str]]

    def months(self, facets: Sequence[str]) -> int:
        """Return after how many months a text with ``facets`` is due again: the shortest that applies."""
        having = {DEFAULT, *facets, *(facet.partition(":")[0] for facet in facets)}
        return min(months for facet, months in self.recheck_months.items() if facet in having)

    def label(self, way: str, code: str, language: str, due: str = "") -> str:
        """Return what readers of the language ``code`` see where ``way`` was taken; empty for no labelled way.

        ``language`` is the name of the text's language in those words, ``due`` the day by which all checks follow an
        urgent fix. Without words in ``code`` they are English.
        """
        words = self.labels.get(way)
        filled = {"days": self.urgent_days, "date": due, "language": language}
        return words.get(code, words["en"]).format_map(filled) if words else ""

    def data(self) -> dict[str, Any]:
        """Return all of it as plain data, to be kept with an edition; ``read_aftercare`` reads it back."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Known:
    """A policy as far as the kernel knows it; ``most`` is None where it is meant for any number above ``fewest``."""

    key: str
    fewest: int
    most: int | None
    aftercare: Aftercare


class ForPeople(Protocol):
    """Whatever is meant for a number of people."""

    @property
    def fewest(self) -> int:
        """The smallest house that it is meant for."""

    @property
    def most(self) -> int | None:
        """The largest one; None where there is no upper end."""


Fit = TypeVar("Fit", bound=ForPeople)


def fitting(policies: Iterable[Fit], people: int) -> Fit:
    """Return the policy that is meant for a house of ``people`` members; the largest where none says so."""
    ordered = sorted(policies, key=lambda policy: policy.fewest)
    meant = [policy for policy in ordered if policy.fewest <= people and (policy.most is None or people <= policy.most)]
    return meant[0] if meant else ordered[0 if people < ordered[0].fewest else -1]


def read_known(data: Mapping[str, Any]) -> Known:
    """Return what the kernel knows of the policy ``data``; raise Invalid with the one sentence that names a mistake."""
    try:
        span = data["for_people"]
        most = int(span["max"]) if span.get("max") else None
        return Known(str(data["key"]), int(span["min"]), most, read_aftercare(data, str(data["key"])))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise unreadable(data, problem) from problem


def unreadable(data: object, problem: Exception) -> Invalid:
    """Return the refusal of a policy for a mistake that has no sentence of its own."""
    key = str(data.get("key", "?")) if isinstance(data, Mapping) else "?"
    return Invalid(N_("The policy “{key}” cannot be read: look at {problem}.", key=key, problem=repr(problem)))


def read_aftercare(data: Mapping[str, Any], key: str = "") -> Aftercare:
    """Return what ``data`` says about the time after the checks; raise Invalid with one sentence for a mistake."""
    months = _mapping(data, "recheck_months", key)
    for facet in months:
        if facet != DEFAULT and not _FACET.fullmatch(str(facet)):
            raise Invalid(
                N_("The policy “{key}” cannot be read: recheck_months knows no “{facet}”.", key=key, facet=facet)
            )
    return Aftercare(
        takedown_days=_number(data, "takedown_days", key, least=0),
        urgent_days=_number(data, "urgent_days", key, least=1),
        recheck_months={
            str(facet): _number(months, facet, key, least=1, inside="recheck_months: ")
            for facet in {DEFAULT: 0} | months
        },
        labels=_labels(_mapping(data, "labels", key), key),
    )


def _mapping(data: Mapping[str, Any], name: str, key: str, inside: str = "") -> dict[str, Any]:
    found = data.get(name)
    if not isinstance(found, Mapping):
        raise Invalid(
            N_("The policy “{key}” cannot be read: {name} needs lines below it.", key=key, name=inside + name)
        )
    return dict(found)


def _number(data: Mapping[str, Any], name: str, key: str, *, least: int, inside: str = "") -> int:
    found = data.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < least:
        sentence = N_(
            "The policy “{key}” cannot be read: {name} has to be a whole number, {least} or more.",
            key=key,
            name=f"{inside}{name}",
            least=least,
        )
        raise Invalid(sentence)
    return found


def _labels(data: Mapping[str, Any], key: str) -> dict[str, dict[str, str]]:
    return {way: _words(_mapping(data, way, key, "labels: "), way, key) for way in LABELS}


def _words(data: Mapping[str, Any], way: str, key: str) -> dict[str, str]:
    words = {str(code): str(text or "").strip() for code, text in data.items()}
    empty = next((code for code in ("en", *words) if not words.get(code)), "")
    if empty:
        raise Invalid(
            N_(
                "The policy “{key}” cannot be read: labels: {way} has no words for “{code}”.",
                key=key,
                way=way,
                code=empty,
            )
        )
    for code, text in words.items():
        if not _fillable(text, LABELS[way]):
            sentence = N_(
                "The policy “{key}” cannot be read: labels: {way}: {code} has braces that nothing fills in.",
                key=key,
                way=way,
                code=code,
            )
            raise Invalid(sentence)
    return words


def _fillable(text: str, known: frozenset[str]) -> bool:
    try:
        parts = [(name, how, turned) for _, name, how, turned in Formatter().parse(text) if name is not None]
    except ValueError:
        return False
    return all(name in known and not how and not turned for name, how, turned in parts)
