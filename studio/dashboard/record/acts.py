"""A sentence for each act of the trail that is about a text: what its record says, and whom it may name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from studio.core.words import N_, Message


class Names(Enum):
    """Whether a sentence may name who acted."""

    CHOSEN = "chosen"
    """Where the person chose it; otherwise the sentence says what they are to the text."""
    NEVER = "never"


SOMEBODY: Final = N_("Somebody")


@dataclass(frozen=True, slots=True)
class Telling:
    """The sentence of an act. ``{who}`` is a chosen pen-name, else ``who``."""

    said: Message
    who: Message = SOMEBODY
    names: Names = Names.CHOSEN


EDITOR: Final = N_("An editor")
ORGANISER: Final = N_("An organiser")
ACTS: Final[dict[str, Telling]] = {
    "start": Telling(N_("{who} began this text.")),
    "import": Telling(N_("The text was brought in from a file.")),
    "save_version": Telling(N_("{who} saved version {n}: the meaning changed.")),
    "save_version/first": Telling(N_("{who} saved version {n}.")),
    "save_version/safety": Telling(N_("{who} saved version {n}: someone’s safety or health is concerned.")),
    "save_spelling": Telling(N_("{who} saved version {n}: only spelling or layout changed.")),
    "hand_in": Telling(N_("{who} asked for checks of version {n}.")),
    "take_back": Telling(N_("{who} took the text back from its checks, to write on.")),
    "ask_change": Telling(N_("The text waits for a change.")),
    "change_done": Telling(N_("No wish for a change is open any more; the checks go on.")),
    "all_agreed": Telling(N_("All checks are done.")),
    "agreement_lost": Telling(N_("A yes no longer counts, so the checks go on.")),
    "override": Telling(N_("{who} let version {n} be published without all checks, because:"), ORGANISER),
    "schedule": Telling(N_("{who} set a day to publish: {day}."), EDITOR),
    "unschedule": Telling(N_("The day to publish was dropped.")),
    "publish": Telling(N_("{who} published edition {edition}. People who checked it: {people}."), EDITOR),
    "publish/labelled": Telling(
        N_("{who} published edition {edition} without all checks; readers see that. People who checked it: {people}."),
        EDITOR,
    ),
    "archive": Telling(N_("{who} put the text away."), EDITOR),
    "reopen": Telling(N_("{who} took the text out again."), EDITOR),
    "slug": Telling(N_("{who} gave the readers’ page another address."), EDITOR),
    "team.invite": Telling(N_("{who} invited somebody to its team.")),
    "talk.open": Telling(N_("{who} began a comment.")),
    "talk.answer": Telling(N_("{who} answered in a comment.")),
    "talk.resolve": Telling(N_("{who} settled a comment.")),
    "talk.reopen": Telling(N_("{who} opened a comment again.")),
    "suggestion.propose": Telling(N_("{who} suggested a change.")),
    "suggestion.accepted": Telling(N_("{who} took a suggestion into the text.")),
    "suggestion.declined": Telling(N_("{who} left a suggestion out.")),
    "suggestion.taken_back": Telling(N_("{who} took a suggestion of their own back.")),
    "review.follow": Telling(N_("The checks go on with version {n}.")),
    # Nobody is shown who took a check: whoever gives it back would be seen to do so.
    "review.claim": Telling(N_("Somebody took a check: {check}."), names=Names.NEVER),
    "review.give_back": Telling(N_("A check waits for somebody again."), names=Names.NEVER),
    "review.claim_ended": Telling(N_("A check waits for somebody again."), names=Names.NEVER),
    "review.decide": Telling(N_("{who} agreed to version {n}. Check: {check}.")),
    "review.decide/request_changes": Telling(N_("{who} asked for a change in version {n}. Check: {check}.")),
    "review.comment": Telling(N_("{who} left a comment. Check: {check}.")),
    "review.set_aside": Telling(N_("{who} set a wish for a change aside, because:"), ORGANISER),
    "review.ask": Telling(N_("{who} asked somebody by name for a check.")),
    "guest.link": Telling(N_("{who} made a reading link for a guest."), ORGANISER),
    "guest.vouch": Telling(N_("{who} vouched for a guest as well.")),
    "guest.revoke": Telling(N_("{who} took a reading link back."), ORGANISER),
    "guest.give_back": Telling(N_("A guest gave a reading link back."), names=Names.NEVER),
    "urgent.propose": Telling(N_("{who} put an urgent safety fix before another person."), EDITOR),
    "urgent.agree": Telling(N_("{who} agreed to the urgent safety fix.")),
    "urgent.drop": Telling(N_("{who} dropped an urgent safety fix."), EDITOR),
    "urgent.publish": Telling(
        N_("Edition {edition} went out as an urgent safety fix; its checks follow, and readers see that."),
        names=Names.NEVER,
    ),
    "confirm": Telling(N_("All checks of the urgent safety fix are done.")),
    # Whoever told a story is never named by what they do to it.
    "teller.take_back": Telling(N_("Whoever told this story took it back. That needs no reason."), names=Names.NEVER),
    "consent.end": Telling(N_("The consent of whoever told this story ended, and readers lost it."), names=Names.NEVER),
    "consent.again": Telling(N_("Whoever told this story renewed their consent."), names=Names.NEVER),
    "teller.yes_again": Telling(N_("Whoever told this story lets readers have it again."), names=Names.NEVER),
    "note_to_readers": Telling(N_("{who} put a note for readers beside the text."), EDITOR),
    "live": Telling(N_("From now on readers had edition {edition}.")),
    "recheck": Telling(N_("{who} looked at edition {edition} again: it is still right.")),
    "take_down": Telling(N_("Edition {edition} was taken down."), names=Names.NEVER),
    "take_down/harm": Telling(N_("{who} took edition {edition} down: somebody could be harmed by it.")),
    "take_down/fact": Telling(N_("{who} took edition {edition} down: something in it is wrong or out of date.")),
    "put_back": Telling(N_("{who} put edition {edition} back."), EDITOR),
    "stays_down": Telling(N_("{who} decided that edition {edition} stays down."), EDITOR),
}
"""By act; what stands behind a slash is the case of it."""

ELSEWHERE: Final = frozenset(
    {
        "answer.closed",
        "answer.given_back",
        "answer.passed_on",
        "answer.sorted",
        "answer.taken",
        "answer.talked_about",
        "member.code_used",
        "member.codes_made",
        "member.came_back",
        "member.joined",
        "member.link_join",
        "member.link_return",
        "member.link_revoked",
        "member.passphrase_changed",
        "member.roles",
        "member.suspended",
        "member.trainings",
        "member.unsuspended",
        "note.handled",
        "note.written",
        "refused",
        "review.policy",
        "story.erased",
        "collection",
    }
)
"""Acts that are about the house, a member or what a reader said, so that no text's record tells them."""

CHECKERS: Final[dict[str, Message]] = {
    "any_member": N_("Another member"),
    "own_experience": N_("Someone whose life the text is about"),
    "teller": N_("Whoever told the story"),
    "training:health": N_("Someone with health training"),
    "training:legal": N_("Someone with legal training"),
    "training:safety": N_("Someone trained for safety"),
    "training:copy": N_("Someone who looks after wording"),
    "role:editor": N_("Someone who looks after wording"),
}
"""What a check's giver is called, by whom the check asks for."""
NAMELESS: Final = frozenset({"own_experience", "teller"})
"""Whoever speaks as these is never named, whatever they chose: it would say something about their life."""
UNKNOWN: Final = Telling(N_("Something happened that this page has no words for."), names=Names.NEVER)
