"""What happens to "Can we publish this?" if somebody joins in, and what else stops a text, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from studio.core.words import N_, Message
from studio.review.rules.policy import Check
from studio.review.rules.standing import Round, Standing


def if_you_join(
    now: Round,
    yours: Sequence[Standing],
    *,
    wrote: bool,
    running: bool,
    title: Callable[[Check], str],
    joined: Callable[[Sequence[str]], str],
) -> Message | None:
    """Return what it would mean for a text if the person gave a check; None where there is nothing for them to add.

    ``yours``: the checks that they could give, in the order of the text's way. ``running``: whether the text was
    handed in; before that the sentence says what they could do later.
    """
    if wrote:
        return N_("You wrote in it, so others check it. That protects you, too.") if now.missing else None
    if not yours:
        return N_("None of its checks is for you now. You can suggest a change, or say what you think.")
    names = joined([title(one.check) for one in yours])
    if not running:
        return N_("When it is handed in, you could check it: {stages}.", stages=names)
    left = now.missing - 1
    if left <= 0:
        return N_("If you check it ({stages}), no other check is missing.", stages=names)
    return N_("If you check it ({stages}), yeses that are missing afterwards: {n}.", stages=names, n=left)


def also_stops(missing: Mapping[str, Message], hints: Sequence[Message]) -> tuple[Message, ...]:
    """Return what stops a text before it is handed in: what readers need, and what must be mended first.

    ``missing``: sentences by field; a title for the plain cover is proposed by itself, so it stops nobody.
    """
    return (*(sentence for name, sentence in missing.items() if name != "neutral_title"), *hints)


def written_on(number: int) -> Message:
    """Return the sentence for a text in its checks that somebody has written in since its saved version ``number``."""
    return N_("Somebody has written on since. Saved version {n} is checked; what is newer waits to be saved.", n=number)
