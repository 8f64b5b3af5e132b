"""What a reader meets who says something, and what becomes of it, for the look at every page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from standing_house import ANSWER

from studio.answers.models import Echo
from studio.answers.operations import sending
from studio.guides.models import Translation
from studio.publish.models import PublicNote


def said(visitor: Any) -> None:
    """Look at what a reader meets who says something, and at what becomes of it on the board and on a desk."""
    house = visitor.house
    with house.sessions() as session:
        text = session.get_one(Translation, house.texts["Wren", "live"])
        session.add(PublicNote(id="n" * 20, translation_id=text.id, on=house.now.date(), text="Said anew."))
        kinds = (("out", ""), ("sentence", "It helped me through a night."))
        about = {
            "member_id": house.actors["writer"].id,
            "translation_id": text.id,
            "edition": 1,
            "on": house.now.date(),
        }
        session.add_all(Echo(id=f"{kind:k<20}", kind=kind, text=words, **about) for kind, words in kinds)
        session.commit()
    place, key, early = f"/en/{text.slug}/", house.app.config["KEY"], house.now - timedelta(minutes=1)

    def stamp(subject: str) -> str:
        return sending.new_stamp(key, subject, early)

    visitor.ask("nobody", "GET", f"{place}editions/", about="notes")
    visitor.ask("writer", "GET", "/studio/", about="echo")
    sent = {"said": "unsafe", "words": "Four steps.", "code": "yes", "stamp": stamp(f"text:{text.id}")}
    html = visitor.look("nobody", "POST", f"{place}answer", sent, about="said")
    code = re.search(r'<p class="code"><bdi dir="ltr">([^<]+)', html)
    for typed in (code[1] if code else "", "none"):
        sent = {"code": typed, "stamp": stamp(sending.RETURN)}
        visitor.look("nobody", "POST", "/answers/", sent, about=f"code {typed == 'none'}")
    visitor.look("editor", "GET", f"/studio/answers/{ANSWER}", about="open")
    closed = {"version": "1", "done": "Said anew."}
    visitor.look("editor", "POST", f"/studio/answers/{ANSWER}/close", closed)
    visitor.ask("editor", "GET", f"/studio/answers/{ANSWER}", about="closed")
    visitor.ask("editor", "GET", "/studio/answers/", about="closed")
