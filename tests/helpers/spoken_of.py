"""A text of three languages with comments and suggestions in every state, served to real browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.guides.rules.statuses import UpdateKind
from studio.guides.rules.worddiff import replacements
from studio.guides.threads import suggesting, talk
from studio.members.actor import Actor


@dataclass(frozen=True)
class Words:
    """A text and what is said about it."""

    title: str
    body: str
    quote: str
    gone: str
    proposal: str
    early: str
    later: str
    comment: str


WORDS = {
    "en": Words(
        title="A walk before the talk",
        body="## Before\n\nTake a slow walk first.\n\nCall a friend who knows you. Write three sentences down.\n\nGo.",
        quote="a friend who knows you",
        gone="Go.",
        proposal=(
            "## Before\n\n"
            "Take a quiet walk first.\n\n"
            "Call a good friend who knows you. Write two sentences down.\n\n"
            "Go."
        ),
        early="Write three sentences down.",
        later="Write five sentences down.",
        comment="@Kite, could this be said more kindly? Not everybody has one.",
    ),
    "ar": Words(
        title="نزهة قبل الحديث",
        body="## قبل الحديث\n\nامشِ ببطء أولًا.\n\nاتصل بصديق يعرفك. اكتب ثلاث جمل.\n\nاذهب.",
        quote="بصديق يعرفك",
        gone="اذهب.",
        proposal="## قبل الحديث\n\nامشِ بهدوء أولًا.\n\nاتصل بصديق قريب يعرفك. اكتب جملتين قصيرتين.\n\nاذهب.",
        early="اكتب ثلاث جمل.",
        later="اكتب خمس جمل.",
        comment="@Kite، هل يمكن قول هذا بلطف أكثر؟",
    ),
    "ja": Words(
        title="話す前に歩く",
        body=(
            "## 話す前に\n\n"
            "まずゆっくり歩いてください。\n\n"
            "あなたを知っている友だちに電話をかけます。三つの文を書きます。\n\n"
            "行きます。"
        ),
        quote="友だちに電話をかけます",
        gone="行きます。",
        proposal=(
            "## 話す前に\n\n"
            "まず静かに歩いてください。\n\n"
            "あなたを知っている親しい友だちに電話をかけます。二つの文を書きます。\n\n"
            "行きます。"
        ),
        early="三つの文を書きます。",
        later="五つの文を書きます。",
        comment="@Kite もう少しやさしく言えますか。",
    ),
}


def spoken_of(session: Session, code: str, writer: Actor, other: Actor, now: datetime) -> str:
    """Make a text with everything that its pages can show; return the address of its own page."""
    words = WORDS[code]
    fields = TextFields(title=words.title)
    text = kernel.start_guide(
        session, writer.id, fields=fields, language=code, body=words.body, guide_id=f"walk-{code}", now=now
    )
    talk.open_thread(session, writer, text, words.comment, quote=words.quote, now=now, must=True)
    lost = talk.open_thread(session, other, text, words.comment, quote=words.gone, now=now)
    talk.answer(session, writer, text, lost, words.comment, now=now)
    done = talk.open_thread(session, other, text, words.comment, now=now)
    talk.settle(session, writer, text, done, resolved=True, now=now)
    for who in (other, writer):
        base = {"base": text.draft.text, "base_seq": text.draft.head_seq}
        suggesting.propose(session, who, text, **base, proposal=words.proposal, note=words.comment, now=now)
    base = {"base": text.draft.text, "base_seq": text.draft.head_seq}
    decided = suggesting.propose(session, other, text, **base, proposal=f"{words.body} {words.gone}", note="", now=now)
    suggesting.decline(session, writer, text, decided.hunks[0], now=now)
    changed = words.body.replace(words.early, words.later).removesuffix(words.gone)
    _rewrite(session, text, changed, writer, now)
    session.commit()
    return f"/studio/guides/{text.guide_id}/{code}/"


def _rewrite(session: Session, text: Translation, body: str, writer: Actor, now: datetime) -> None:
    draft, kind = text.draft, UpdateKind.FORM
    edits = [Edit(one.start, one.end, one.new) for one in replacements(draft.text, body)]
    log.apply(session, draft, base_seq=draft.head_seq, edits=edits, fields={}, author=writer.id, kind=kind, now=now)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Give the address of the app on a free port."""
    server: Any = make_server("127.0.0.1", 0, app, threaded=True)
    server.log = lambda *_: None
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
