"""Whether the answers to a checklist fit the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from studio.core.errors import Invalid
from studio.core.words import N_, Message
from studio.review.rules.policy import Question
from studio.review.rules.standing import Verdict

YES: Final = "yes"
CHANGE: Final = "change"
NOT_HERE: Final = "not_here"
ANSWERS: Final = {
    YES: N_("Yes"),
    CHANGE: N_("Something must change"),
    NOT_HERE: N_("Does not apply"),
}
"""The three answers and their words."""


def that_stand(earlier: Mapping[str, str], *, brought_new: bool) -> dict[str, str]:
    """Return the answers of an earlier word that stand in a second look, so that nobody is asked twice.

    A yes to a question stands with the yes to the difference. That a question does not apply stands as long as no new
    passage came that it may be about. What had to change is asked again.
    """
    kept = {YES} if brought_new else {YES, NOT_HERE}
    return {key: answer for key, answer in earlier.items() if answer in kept}


def check_answers(
    verdict: Verdict, questions: Sequence[Question], answers: Mapping[str, str], *, cites: bool, note: str
) -> None:
    """Raise Invalid, with a sentence for each field, where answers and verdict do not fit together.

    A yes needs every question answered and none with "Something must change"; a wish for a change needs a passage or a
    question that it is about, and a sentence that says what.
    """
    problems = (
        _problems_of_yes(questions, answers) if verdict is Verdict.APPROVE else _problems_of_wish(answers, cites, note)
    )
    if problems:
        raise Invalid(next(iter(problems.values())), problems)


def _problems_of_yes(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, Message]:
    problems: dict[str, Message] = {}
    for question in questions:
        answer = answers.get(question.key)
        if answer == CHANGE:
            problems[question.key] = N_("You say here that something must change. Choose that below, or answer anew.")
        elif answer not in ANSWERS:
            problems[question.key] = N_("Please answer this question too.")
    return problems


def _problems_of_wish(answers: Mapping[str, str], cites: bool, note: str) -> dict[str, Message]:
    problems: dict[str, Message] = {}
    if not cites and CHANGE not in answers.values():
        problems["passage"] = N_("Choose the passage, or the question above, that this is about.")
    if not note.strip():
        problems["note"] = N_("Say in a sentence what should change, so that the writers can do it.")
    return problems
