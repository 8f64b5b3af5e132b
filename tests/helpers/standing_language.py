"""The standing house in a language: everybody is spoken to in it, and texts in it are published and taken down."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from publishing import FIELDS, approve
from sqlalchemy import update
from sqlalchemy.orm import Session
from standing_house import House, collect, picture, publish_now

from studio.guides import media
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import UpdateKind
from studio.members.models import Member
from studio.publish import queries, withdrawal
from studio.publish.collected.models import Collection
from studio.publish.rules.takedown import Reason

TEXTS: Final = {
    "en": ("A walk before the talk", "Ten quiet minutes help.", "Then rest", "A handbook for hard days, 2025"),
    "ar": ("نزهة قبل الحديث", "عشر دقائق هادئة تساعد.", "ثم الراحة", "كتيّب للأيام الصعبة، 2025"),
    "ja": ("話す前に歩く", "静かな十分間が助けになります。", "それから休む", "つらい日の手引き、2025年"),
}
CRISIS: Final = {"en": "want to die", "ar": "أريد أن أموت", "ja": "死にたい"}


def arrange(house: House, code: str) -> list[str]:
    """Let the house speak ``code`` to everybody, publish texts in it; return the readers' addresses of all that."""
    title, body, heading, source = TEXTS[code]
    fields = replace(FIELDS, summary=body, neutral_title=heading, sources=(source,), changelog=body)
    with house.sessions() as session:
        session.execute(update(Member).values(language=code))
        one, two, three = (
            _published(house, session, code, replace(fields, title=f"{title} {n}", content_notes=("violence",)))
            for n in (1, 2, 3)
        )
        write(house, session, one, f"\n{body}\n")
        _publish(house, session, one)
        made = collect(house, session, f"{title} 1–3", code, [one.id, two.id, three.id])
        whole = session.get_one(Collection, made).path
        for text, by, reason in ((two, "checker", Reason.HARM), (three, "organiser", Reason.IDENTITY)):
            instead = one.guide_id
            withdrawal.take_down(session, house.actors[by], text, reason=reason, instead=instead, now=house.now)
        copy = queries.editions(session, one.id)[0].code
        first = f"/{code}/{one.slug}/"
        quiet = [f"/n/{code}/{text.opaque_id}/" for text in (one, two)]
        down = [f"/{code}/{text.slug}/" for text in (two, three)]
        session.commit()
    looked_for = [f"/{code}/search{what}" for what in ("", f"?q={title}", "?q=qqqqqq")]
    looked_for.append(f"/{code}/search?q={CRISIS[code]}")
    listed = [
        f"/n/{code}/",
        f"/n/{code}/about/",
        f"/{code}/",
        f"/{code}/topics/telling/",
        f"/{code}/trust/",
        f"/{code}/none/",
        f"/n/{code}/none/",
    ]
    asked = ["/check/", f"/check/{copy}", "/check/AAA-AAA"]
    asked += [f"{first}answer", f"{quiet[0]}answer", "/answers/"]
    here = [first, *(f"{first}{part}" for part in ("cards/", "editions/", "editions/1/"))]
    return [*listed, whole, *here, *quiet, *down, *looked_for, *asked]


def _published(house: House, session: Session, code: str, fields: TextFields) -> Translation:
    _, body, heading, source = TEXTS[code]
    whole = f"{body}[^1]\n\n## {heading}\n\n* {body}\n\n## {heading} 2\n\n{body}\n\n[^1]: {source}\n"
    whole += f"\n| {heading} | {heading} 2 |\n|---|---|\n| {body} | {body} |\n"
    writer = house.actors["Wren"].id
    text = kernel.start_guide(
        session, writer, fields=fields, language=code, body=whole, topics=["telling"], now=house.now
    )
    sha = media.add_image(session, text, picture((9, 90, 9)), house.now).sha
    write(house, session, text, f"\n![{heading}](media:{sha})\n")
    _publish(house, session, text)
    return text


def _publish(house: House, session: Session, text: Translation) -> None:
    """Publish a text by a labelled way."""
    approve(session, house.actors["Wren"], text)
    session.get_one(Approval, text.id).label = "override"
    publish_now(house, session, text)


def write(house: House, session: Session, text: Translation, more: str) -> None:
    end, base, kind = len(text.draft.text), text.draft.head_seq, UpdateKind.FORM
    edit, author = Edit(end, end, more), house.actors["Wren"].id
    log.apply(session, text.draft, base_seq=base, edits=[edit], fields={}, author=author, kind=kind, now=house.now)
