"""Reading links as the rules and the pages see them: whose they are, and how a guest is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.ids import token_hash
from studio.core.words import N_, Message
from studio.i18n.formats import language_name
from studio.review.models import Decision, ReadingLink, Review
from studio.review.rules.guests import Guest
from studio.review.rules.standing import Given
from studio.review.titles import country_name


def by_token(session: Session, token: str) -> ReadingLink | None:
    """Return the reading link of a token, whatever has become of it; None where there is none."""
    return session.scalar(select(ReadingLink).where(ReadingLink.token_hash == token_hash(token)))


def links_of(session: Session, review_id: str) -> list[ReadingLink]:
    """Return every reading link that was made for a round, the oldest first."""
    every = select(ReadingLink).where(ReadingLink.review_id == review_id)
    return list(session.scalars(every.order_by(ReadingLink.made_at, ReadingLink.id)))


def guests_of(session: Session, review: Review, now: datetime) -> dict[str, Guest]:
    """Return whoever has or had a reading link for a round, by the link's id, the oldest first."""
    return {link.id: guest_of(link, now) for link in links_of(session, review.id)}


def asked(guests: Iterable[Guest], decisions: Iterable[Decision]) -> dict[str, list[str]]:
    """Return, by check, the persons who were sent a reading link and can still answer with it."""
    answered, found = {one.member_id for one in decisions}, dict[str, list[str]]()
    for guest in guests:
        if guest.is_open and guest.id not in answered:
            found.setdefault(guest.stage, []).append(guest.person)
    return found


def guest_of(link: ReadingLink, now: datetime) -> Guest:
    """Return a reading link as the rules see it at ``now``."""
    return Guest(
        id=link.id,
        person=link.person,
        inviter=link.made_by,
        confirmed_by=link.confirmed_by or "",
        stage=link.stage,
        language=link.language,
        vouched=link.vouched,
        revoked=link.revoked_at is not None,
        is_open=link.revoked_at is None and link.given_back_at is None and now < link.expires_at,
    )


def given(one: Decision, guests: Mapping[str, Guest]) -> Given:
    """Return a decision as the rules see it: a guest's counts for whoever the guest is counted as."""
    guest = guests.get(one.member_id)
    return Given(
        one.id,
        one.member_id,
        one.stage,
        one.verdict,
        one.revision_number,
        one.sort,
        one.about,
        one.checklist_version,
        guest.counted_as if guest else "",
    )


def guest_names(session: Session, ids: Iterable[str], code: str) -> dict[str, Message]:
    """Return what each guest among ``ids`` is called where decisions are listed: what was vouched for."""
    every = select(ReadingLink).where(ReadingLink.id.in_(set(ids)))
    return {link.id: named(link.vouched, link.language, code) for link in session.scalars(every)}


def named(vouched: str, language: str, code: str) -> Message:
    """Return what a guest is called, for whoever reads the language ``code``."""
    values = _values(vouched, language, code)
    return Message(_NAMES.get(_sort(vouched), _NAMES["training"]).text, values)


def asked_as(vouched: str, language: str, code: str) -> Message:
    """Return as whom a guest was asked, said to themselves."""
    return Message(_ASKED.get(_sort(vouched), _ASKED["training"]).text, _values(vouched, language, code))


def true_of_me(vouched: str, language: str, code: str) -> Message:
    """Return what a guest says of themselves, once, when they answer."""
    return Message(_MINE.get(_sort(vouched), _MINE["training"]).text, _values(vouched, language, code))


def vouching(vouched: str, language: str, code: str) -> Message:
    """Return what an organiser vouches for."""
    return Message(_VOUCHED.get(_sort(vouched), _VOUCHED["training"]).text, _values(vouched, language, code))


def _sort(vouched: str) -> str:
    what, _, name = vouched.partition(":")
    return f"{what}:{name.partition(':')[0]}" if name else what


def _values(vouched: str, language: str, code: str) -> dict[str, object]:
    country = vouched.rpartition(":")[2]
    return {"language": language_name(language, code), "country": country_name(country, code)}


_NAMES = {
    "any_member": N_("a guest reader who reads {language}, vouched for by an organiser"),
    "own_experience": N_("a guest reader, vouched for by an organiser"),
    "role:editor": N_("a guest reader who works with words, vouched for by an organiser"),
    "training:copy": N_("a guest reader who works with words, vouched for by an organiser"),
    "training:health": N_("a guest reader with health training, vouched for by an organiser"),
    "training:legal": N_("a guest reader with legal training for {country}, vouched for by an organiser"),
    "training:safety": N_("a guest reader trained to keep people safe, vouched for by an organiser"),
    "training": N_("a guest reader with training, vouched for by an organiser"),
}
"""What members read; with own experience no more than that it was a guest."""
_ASKED = {
    "any_member": N_("You were asked as somebody who reads {language}."),
    "own_experience": N_("You were asked as somebody whose life this text is about."),
    "role:editor": N_("You were asked as somebody who works with words."),
    "training:copy": N_("You were asked as somebody who works with words."),
    "training:health": N_("You were asked as somebody with health training."),
    "training:legal": N_("You were asked as somebody with legal training for {country}."),
    "training:safety": N_("You were asked as somebody who is trained to keep people safe."),
    "training": N_("You were asked as somebody with training for this."),
}
_MINE = {
    "any_member": N_("Yes, I read {language}, and I did not write this text"),
    "own_experience": N_("Yes, this text is about my life, and I did not write it"),
    "role:editor": N_("Yes, I work with words, and I did not write this text"),
    "training:copy": N_("Yes, I work with words, and I did not write this text"),
    "training:health": N_("Yes, I have health training, and I did not write this text"),
    "training:legal": N_("Yes, I have legal training for {country}, and I did not write this text"),
    "training:safety": N_("Yes, I am trained to keep people safe, and I did not write this text"),
    "training": N_("Yes, I have training for this, and I did not write this text"),
}
_VOUCHED = {
    "any_member": N_("I know this person. They read {language} and did not write this text."),
    "own_experience": N_(
        "I know this person. They read {language}, this text is about their life, and they did not write it."
    ),
    "role:editor": N_("I know this person. They read {language}, work with words, and did not write this text."),
    "training:copy": N_("I know this person. They read {language}, work with words, and did not write this text."),
    "training:health": N_(
        "I know this person. They read {language}, have health training, and did not write this text."
    ),
    "training:legal": N_(
        "I know this person. They read {language}, have legal training for {country}, and did not write this text."
    ),
    "training:safety": N_(
        "I know this person. They read {language}, are trained to keep people safe, and did not write this text."
    ),
    "training": N_("I know this person. They read {language}, have training for this, and did not write this text."),
}
