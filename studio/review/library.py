"""The policies, checklists and hint rules of the house, read from its content folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.policies import by_key, files
from studio.review.rules.hints.lint import Lint, read_lint
from studio.review.rules.policy import Checklist, Policy, read_checklist, read_policy


@dataclass(frozen=True, slots=True)
class Library:
    """Policies and checklists by key, as values and as the data that a round keeps."""

    policies: Mapping[str, Policy]
    checklists: Mapping[str, Checklist]
    policy_data: Mapping[str, Mapping[str, Any]]
    checklist_data: Mapping[str, Mapping[str, Any]]
    lints: Mapping[str, Lint]
    """The hint rules by language."""


@cache
def library() -> Library:
    """Read every file once; raise Invalid with one sentence for a mistake in one of them."""
    policy_data = files()
    checklist_data = by_key("checklists")
    policies = {key: read_policy(data) for key, data in policy_data.items()}
    checklists = {key: read_checklist(data) for key, data in checklist_data.items()}
    for policy in policies.values():
        _check_names(policy, checklists)
    lints = {code: read_lint(data, code) for code, data in by_key("lint").items()}
    return Library(policies, checklists, policy_data, checklist_data, lints)


def lint(code: str) -> Lint:
    """Return the hint rules of a language; empty ones where it has no file."""
    return library().lints.get(code) or Lint(code)


def _check_names(policy: Policy, checklists: Mapping[str, Checklist]) -> None:
    missing = [stage.check.checklist for stage in policy.stages if stage.check.checklist not in checklists]
    if missing:
        raise Invalid(
            N_("The policy “{key}” names the checklist “{name}”, which is missing.", key=policy.key, name=missing[0])
        )
