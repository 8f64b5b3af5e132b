"""The questions that a check asks of a certain text."""

from __future__ import annotations

from studio.review.queries.rounds import Case
from studio.review.rules.policy import Check, Checklist, Question, questions_for, read_checklist


def checklist_of(case: Case, check: Check) -> Checklist:
    """Return the checklist of a check as the round keeps it."""
    return read_checklist(case.review.checklists[check.checklist])


def questions_of(case: Case, check: Check) -> tuple[Question, ...]:
    """Return the questions that apply to the text of this round."""
    return questions_for(checklist_of(case, check), case.candidate.kind, traits_of(case))


def traits_of(case: Case) -> frozenset[str]:
    """Return what decides which questions apply: facets, ``images``, and ``translation`` if it follows another text."""
    traits = set(case.candidate.facets)
    if "![" in case.candidate.body:
        traits.add("images")
    if case.translation.pinned_to or _is_later(case):
        traits.add("translation")
    return frozenset(traits)


def _is_later(case: Case) -> bool:
    first = min(case.translation.guide.translations, key=lambda one: (one.created_at, one.id))
    return first.id != case.translation.id
