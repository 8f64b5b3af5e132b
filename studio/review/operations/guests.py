"""Reading links that count: an organiser makes one and vouches, a guest answers with it once, without an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.core.ids import new_id, new_token, token_hash
from studio.core.words import N_, Message
from studio.guides.models import Translation
from studio.members.actor import Actor, Role
from studio.review.models import Decision, ReadingLink, Review
from studio.review.operations.claims import MOST_WORDS, current
from studio.review.operations.decisions import Word, must_be_current, said_already, take_down
from studio.review.operations.looking import look_again
from studio.review.operations.telling import no_longer, tell
from studio.review.queries import rounds
from studio.review.queries.guests import by_token, guest_of, links_of
from studio.review.queries.pieces import needs_second_look, vote_of
from studio.review.queries.since import SEEN
from studio.review.rules import guests
from studio.review.rules.policy import Check
from studio.review.rules.standing import ENDED, State
from studio.review.rules.who import together


class LinkRefused(Conflict):
    """A reading link, or what was sent with it, does not count; ``why`` is the trail's short word for it."""

    def __init__(self, message: Message, why: str) -> None:
        """Keep the sentence for the person and the word for the trail."""
        super().__init__(message)
        self.why = why


def make(
    session: Session,
    actor: Actor,
    review_id: str,
    stage: str,
    now: datetime,
    *,
    days: int,
    vouched: bool,
    same_as: str = "",
    link_id: str = "",
) -> tuple[ReadingLink, str]:
    """Make a link for one check and return it with its token, which is stored nowhere.

    ``same_as`` is the guest of an earlier link: what one person may give together holds for guests too. ``link_id`` is
    the link's own id, from the form: sent twice it is one link, and only the newest token opens it. Raises
    NotAllowed for who is no organiser, Invalid where they do not vouch, Conflict where no guest can be asked.
    """
    case = current(session, actor, review_id, now)
    check = case.check(stage)
    _must_be_organiser(actor)
    again = session.get(ReadingLink, link_id) if link_id else None
    if again:
        return _sent_again(session, actor, case, again, stage)
    if not vouched:
        raise Invalid(_SAY_SO, {"vouched": _SAY_SO})
    if days not in guests.DAYS:
        raise Invalid(N_("Please choose one of the answers."))
    _must_be_free(actor, case, check)
    person = _person(session, actor, case, check, same_as)
    token, link_id = new_token(), link_id or new_id()
    link = ReadingLink(
        id=link_id,
        token_hash=token_hash(token),
        review_id=case.review.id,
        stage=stage,
        vouched=guests.vouchable(check),
        language=case.translation.language,
        person=person or link_id,
        made_by=actor.id,
        made_at=now,
        expires_at=guests.last_moment(now, days),
        ticks={},
    )
    session.add(link)
    session.flush()
    _note(session, actor.id, "guest.link", link, now)
    return link, token


def _sent_again(
    session: Session, actor: Actor, case: rounds.Case, link: ReadingLink, stage: str
) -> tuple[ReadingLink, str]:
    """Return the link that the same form made a moment ago, with a new token: the old one was shown to nobody."""
    mine = (link.made_by, link.review_id, link.stage) == (actor.id, case.review.id, stage)
    if not mine or link.revoked_at or link.given_back_at or any(one.member_id == link.id for one in case.decisions):
        raise Conflict(N_("This link was made already. Open the page again to make another one."))
    token = new_token()
    link.token_hash = token_hash(token)
    session.flush()
    return link, token


_SAY_SO = N_("A guest counts only if you vouch for them. If you cannot, ask somebody else.")


def _must_be_organiser(actor: Actor) -> None:
    if not actor.has(Role.STEWARD):
        raise NotAllowed(N_("Only an organiser can do this. Please ask one of them."))


def _must_be_free(actor: Actor, case: rounds.Case, check: Check) -> None:
    if not guests.vouchable(check):
        raise NotAllowed(N_("Only the person whose story it is can give this yes."))
    state, counting = case.standing(check.key).state, case.standing(check.key).counting
    if state is State.LATER:
        raise Conflict(N_("This check comes after the ones before it. Ask a guest when it is open."))
    if state is State.DONE:
        raise Conflict(N_("This check is done already."))
    if guests.counted_as(actor.id) in counting:
        raise Conflict(
            N_("All guests of yours count as one person, and one has agreed already. Another organiser can ask.")
        )


def _person(session: Session, actor: Actor, case: rounds.Case, check: Check, same_as: str) -> str:
    """Return which guest of the actor's it is, empty for a new one; what one person may combine holds for guests."""
    own = [link for link in links_of(session, case.review.id) if link.made_by == actor.id]
    if not same_as:
        return ""
    if same_as not in {link.person for link in own}:
        raise Invalid(N_("Please choose one of the answers."))
    keys = {link.stage for link in own if link.person == same_as and link.revoked_at is None}
    others = [one for one in case.checks if one.key in keys]
    if check.key in keys or not together(check, others, case.policy.combine):
        raise Conflict(N_("This guest is asked for another check already. A second pair of eyes is needed here."))
    return same_as


def confirm(session: Session, actor: Actor, review_id: str, link_id: str, now: datetime) -> None:
    """Vouch for a guest beside the organiser who wrote in the text; doing it twice is doing it once."""
    case = current(session, actor, review_id, now)
    link = _link(session, case.review, link_id)
    if link.confirmed_by == actor.id:
        return
    if link.revoked_at:
        raise Conflict(N_("This reading link was taken back."))
    others = [one for one in case.actors.values() if case.team is None or one.id in case.team]
    why = guests.may_confirm(actor, guest_of(link, now), case.text, others)
    if why:
        raise NotAllowed(why)
    if not guests.needs_another(guest_of(link, now), case.text):
        raise Conflict(N_("Somebody vouches for this guest already, and one is enough."))
    link.confirmed_by = actor.id
    session.flush()
    _note(session, actor.id, "guest.vouch", link, now)
    look_again(session, case.translation, now)


def revoke(session: Session, actor: Actor, review_id: str, link_id: str, now: datetime) -> None:
    """Take a link back: before publication, a yes that was given with it counts no longer.

    A wish for a change stays until it is set aside with a reason, so that nobody is silenced this way.
    """
    review, translation = rounds.seen_review(session, actor, review_id, lock=True)
    link = _link(session, review, link_id)
    _must_be_organiser(actor)
    if link.revoked_at:
        return
    link.revoked_at, link.ticks = now, {}
    session.flush()
    _note(session, actor.id, "guest.revoke", link, now)
    look_again(session, translation, now)


def _link(session: Session, review: Review, link_id: str) -> ReadingLink:
    link = session.get(ReadingLink, link_id)
    if link is None or link.review_id != review.id:
        raise NotFound(N_("There is no such reading link."))
    return link


def _note(session: Session, actor_id: str, act: str, link: ReadingLink, now: datetime) -> None:
    """Write to the trail what became of a link; which check it is for is not said there."""
    details = {"review": link.review_id}
    trail.record(session, actor=actor_id, act=act, subject=f"reading_link:{link.id}", details=details, now=now)


def answer(session: Session, token: str, stage: str, word: Word, now: datetime, *, true_of_me: bool) -> Decision:
    """Take down what a guest says; saying the same twice is saying it once.

    ``stage`` is the check that stood on their page. Raises LinkRefused for a link that is unknown, spent, over, taken
    back or for another check and for words that are not today's, Invalid where answers and verdict do not fit together.
    """
    link, case, check = _opened(session, token, stage, now)
    guest = _as_giver(link)
    must_be_current(case, check, word)
    said = said_already(case, guest, stage, word)
    if said:
        return said
    vote = vote_of(case.standing(stage), link.id)
    if vote and not needs_second_look(case, vote):
        raise LinkRefused(N_("You have answered already. Thank you; your answer is kept."), "spent")
    if not true_of_me:
        raise Invalid(_TICK, {"true_of_me": _TICK})
    no_longer(session, "guest_again", case.translation, now, member_id=link.made_by)
    made = take_down(session, guest, case, check, word, now)
    link.ticks = {}
    tell(session, {link.made_by} & case.actors.keys(), "guest_answered", case.translation, now, stage=stage)
    return made


_TICK = N_("Please say that this is true of you. Otherwise, give it back; no reason is asked.")


def give_back(session: Session, token: str, stage: str, now: datetime) -> None:
    """Give the link back; no reason is asked, and what was ticked is forgotten. An answer that was given stays."""
    link, case, _ = _opened(session, token, stage, now)
    link.given_back_at, link.ticks = now, {}
    session.flush()
    _note(session, link.id, "guest.give_back", link, now)
    tell(session, {link.made_by} & case.actors.keys(), "guest_gave_back", case.translation, now, stage=stage)
    look_again(session, case.translation, now)


def keep_ticks(
    session: Session, token: str, stage: str, ticks: Mapping[str, Any], now: datetime, *, content_hash: str
) -> None:
    """Keep the answers so far with the link; ``content_hash`` is that of the text they are about."""
    link, case, _ = _opened(session, token, stage, now)
    seen = case.now.number if content_hash == case.now.content_hash else link.ticks.get(SEEN)
    link.ticks = {str(key)[:80]: str(value)[:MOST_WORDS] for key, value in list(ticks.items())[:40]} | {SEEN: seen}
    session.flush()


def _opened(session: Session, token: str, stage: str, now: datetime) -> tuple[ReadingLink, rounds.Case, Check]:
    """Return a link with its round as it is now; LinkRefused where it cannot be used."""
    link = by_token(session, token)
    if link is None:
        raise NotFound(N_("There is no such page."))
    session.refresh(link, with_for_update=True)
    if link.revoked_at:
        raise LinkRefused(N_("This link was taken back. Please ask whoever sent it."), "revoked")
    if link.given_back_at:
        raise LinkRefused(N_("You gave this back. If you changed your mind, ask for a new link."), "given_back")
    if stage != link.stage:
        raise LinkRefused(N_("This page was for something else. Please open your link again."), "another_check")
    if now >= link.expires_at:
        raise LinkRefused(N_("The days of this link are over. Please ask whoever sent it for a new one."), "expired")
    review = session.get_one(Review, link.review_id, with_for_update=True)
    translation = session.get_one(Translation, review.translation_id)
    case = look_again(session, translation, now)
    if case is None or case.review.id != review.id:
        raise LinkRefused(ENDED, "ended")
    try:
        return link, case, case.check(stage)
    except NotFound as gone:
        raise LinkRefused(ENDED, "ended") from gone


def _as_giver(link: ReadingLink) -> Actor:
    """Return the guest as whoever gives a decision: without a name, a role or a training of their own."""
    return Actor(id=link.id, pen_name="", roles=frozenset(), reads=frozenset({link.language}), language=link.language)
