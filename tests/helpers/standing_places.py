"""What the addresses of the standing house name, and the forms that are sent there, whole and right."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import wordfiles
from sqlalchemy import select
from sqlalchemy.orm import Session
from standing_house import ANSWER, NOTE, House, picture, said
from who_may import Public, Row

from studio.core.ids import new_id
from studio.guides.drafts import log
from studio.guides.models import Draft, Revision, Translation, TranslationMedia
from studio.guides.threads.models import Suggestion, Thread
from studio.members.models import Invitation, MemberSession
from studio.publish.collected.models import Collection
from studio.publish.models import Edition
from studio.review.library import lint
from studio.review.models import Decision, Notice, ReadingLink, Review
from studio.review.rules.standing import Verdict

_LINK = {
    "members.newcomers.come_back": "return",
    "members.newcomers.come_back_post": "return",
    "members.newcomers.return_reminder": "return",
    "review.reading.reminder": "reading",
}
"""Which of the house's links an address takes; all others take the invitation."""


class Places:
    """What the addresses of a row name, for an asker and an owner (``own``, ``other``, ``hidden``, ``none``)."""

    def __init__(self, house: House, session: Session) -> None:
        self.house, self.session = house, session

    def text(self, role: str, whose: str, state: str) -> Translation | None:
        """Return the text of ``whose`` as ``role`` sees it; None where there is none."""
        owner = {"own": role, "other": "Wren", "hidden": "hidden"}.get(whose, "")
        found = self.house.texts.get((owner, state))
        return self.session.get(Translation, found) if found else None

    def values(self, row: Row, role: str, whose: str, state: str) -> dict[str, Any] | None:
        """Return the values of a row's address; None where ``whose`` has no meaning for it."""
        if not row.thing:
            return {} if whose == "other" else None
        if row.thing in ("visit", "notice", "member", "invitation", "note", "answer"):
            return self._of_members(row.thing, role, whose)
        if row.thing == "reading":
            return self._of_guests(whose)
        if row.thing == "collection":
            found = {"other": self.house.collection, "none": "none"}.get(whose)
            return {"collection_id": found} if found else None
        text = self.text(role, whose, state)
        return self._of_text(row, text) if text or whose == "none" else None

    def _of_text(self, row: Row, text: Translation | None) -> dict[str, Any]:
        values: dict[str, Any] = {"guide_id": text.guide_id if text else "no-such-text", "code": "en"}
        if row.thing == "text":
            return values | ({"kind": "card_wide"} if row.endpoint.endswith("form_to_be") else {})
        if row.thing == "urgent":
            return {**values, "fix_id": "none"}
        if row.thing == "version":
            return {**values, "number": 1}
        if row.thing in ("thread", "hunk", "suggestion"):
            return {**values, f"{row.thing}_id": self._of_talk(row.thing, text) if text else "none"}
        if row.thing == "image":
            return {"sha": self._image(text) if text else "0" * 64}
        kept = self._of_review(row.thing, text)
        return kept | ({"number": 1, "kind": "page"} if row.endpoint == "review.candidates.form" else {})

    def _collection(self) -> Collection:
        return self.session.get_one(Collection, self.house.collection)

    def _of_guests(self, whose: str) -> dict[str, Any] | None:
        if whose not in ("other", "none"):
            return None
        text = self.session.get_one(Translation, self.house.texts["Wren", "in_review"])
        token = self.house.links["reading"] if whose == "other" else "none"
        return {"token": token, "sha": self._image(text)}

    def _image(self, text: Translation) -> str:
        wanted = select(TranslationMedia.sha).where(TranslationMedia.translation_id == text.id)
        return self.session.scalars(wanted.limit(1)).one()

    def _of_talk(self, thing: str, text: Translation) -> str:
        if thing == "thread":
            talks = select(Thread.id).where(Thread.translation_id == text.id, Thread.anchor_id.is_not(None))
            return self.session.scalars(talks).one()
        made = self.session.scalars(select(Suggestion).where(Suggestion.draft_id == text.draft.id)).one()
        return made.id if thing == "suggestion" else made.hunks[0].id

    def _of_review(self, thing: str, text: Translation | None) -> dict[str, Any]:
        other = {"wish": {"decision_id": "none"}, "guest": {"link_id": "none"}}.get(thing, {"stage": "peer"})
        if text is None:
            return {"review_id": "none", **other}
        review = self.session.scalars(select(Review).where(Review.translation_id == text.id)).one()
        if thing == "guest":
            link = self.session.scalars(select(ReadingLink.id).where(ReadingLink.review_id == review.id)).first()
            return {"review_id": review.id, "link_id": link}
        if thing != "wish":
            return {"review_id": review.id, "stage": "peer"}
        wish = self.session.scalars(select(Decision.id).where(Decision.review_id == review.id)).one()
        return {"review_id": review.id, "decision_id": wish}

    def _of_members(self, thing: str, role: str, whose: str) -> dict[str, Any] | None:
        if whose == "hidden":
            return None
        if thing in ("note", "answer"):
            known = {"note": NOTE, "answer": ANSWER}[thing]
            return {f"{thing}_id": "none" if whose == "none" else known} if whose in ("other", "none") else None
        mine = self.house.actors.get(role if whose == "own" else "Wren")
        if thing == "invitation":
            open_one = select(Invitation.id).where(Invitation.kind == "join")
            found = {"other": self.session.scalars(open_one).one(), "none": "none"}.get(whose)
            return {"invitation_id": found} if found else None
        if thing == "member":
            return None if whose == "own" else {"member_id": mine.id if whose == "other" and mine else "none"}
        if mine is None:
            return None
        model = MemberSession if thing == "visit" else Notice
        first = self.session.scalars(select(model.id).where(model.member_id == mine.id).limit(1)).first()
        if whose == "none":
            first = "none"
        return {f"{thing}_id": first} if first else None

    def public(self, row: Public, owner: str, state: str) -> dict[str, Any]:
        """Return the values of a reader's address for a text."""
        text = self.session.get_one(Translation, self.house.texts[owner, state])
        edition = self.session.scalars(select(Edition).where(Edition.translation_id == text.id)).first()
        every = {
            "code": edition.code if row.endpoint == "asking.check_code" and edition else "en",
            "slug": self._collection().slug if row.endpoint.startswith("collected.") else text.slug,
            "kind": "pdf",
            "opaque": text.opaque_id,
            "number": 1,
            "ending": "pdf",
            "key": "telling",
            "name": {"assets.file": "reader.css", "reader.quiet_type": "type.woff2"}.get(
                row.endpoint, "manifest.json" if row.endpoint.startswith("trust.") else "guide.pdf"
            ),
            "sha": self._image(text),
            "token": self.house.links[_LINK.get(row.endpoint, "join")],
        }
        rule = next(
            rule
            for rule in self.house.app.url_map.iter_rules(row.endpoint)
            if row.method in (rule.methods or ()) and rule.arguments <= every.keys()
        )
        return {name: every[name] for name in rule.arguments}


class Forms:
    """What is sent with a row's post, whole and right, so that only the permission decides."""

    def __init__(self, house: House, session: Session) -> None:
        self.house, self.session = house, session

    def data(self, name: str, text: Translation | None) -> dict[str, Any]:
        """Return the fields of the form ``name`` for ``text``."""
        if name == "guest_answer":
            return self._guest_answer()
        made = getattr(self, f"_{name}", None)
        return dict(_FIXED[name]) if made is None else made(text) if text else {}

    def _writing(self, text: Translation) -> dict[str, Any]:
        head = log.head(self.session.scalars(select(Draft).where(Draft.translation_id == text.id)).one())
        base = {"base_seq": head.seq, "base_digest": head.digest, "base_form": new_id(), "base_count": "1"}
        return {**base, "title": head.fields["title"], "body": f"{head.text}\n\nOne line more."}

    def _suggestion(self, text: Translation) -> dict[str, Any]:
        made = self._writing(text)
        return {"body": made["body"], "base_seq": made["base_seq"], "base_digest": made["base_digest"]}

    def _version(self, text: Translation) -> dict[str, Any]:
        return {"base_digest": log.head(text.draft).digest, "significance": "content"}

    def _publish(self, text: Translation) -> dict[str, Any]:
        revision = self.session.get(Revision, text.latest_revision_id or "")
        return {"content_hash": revision.content_hash if revision else ""}

    def _urgent(self, text: Translation) -> dict[str, Any]:
        revision = self.session.get(Revision, text.published_revision_id or "")
        body = revision.body.replace("Breathe.", "Breathe slowly.") if revision else ""
        line = "Slowly is safer than deeply."
        return {"line": line, "body": body, "base_hash": revision.content_hash if revision else ""}

    def _schedule(self, text: Translation) -> dict[str, Any]:
        at = self.house.now + timedelta(days=3)
        return {**self._publish(text), "at": at.strftime("%Y-%m-%dT%H:%M")}

    def _agree(self, text: Translation) -> dict[str, Any]:
        review = self.session.scalars(select(Review).where(Review.translation_id == text.id)).first()
        if review is None:
            return {"act": "agree"}
        word = said(self.session, review, text, Verdict.APPROVE, self.house.now)
        answers = {f"answer-{key}": value for key, value in word.answers.items()}
        about = {"content_hash": word.content_hash, "checklist_version": word.checklist_version}
        return {"act": "agree", **about, **answers}

    def _guest_answer(self) -> dict[str, Any]:
        """Answer everything but that it is true of oneself, so that nothing is taken down."""
        text = self.session.get_one(Translation, self.house.texts["Wren", "in_review"])
        return {**self._agree(text), "check": "peer"}

    def _put_in(self, _text: Translation) -> dict[str, Any]:
        return {"guide": self.house.texts["organiser", "live"]}

    def _taken_out(self, _text: Translation) -> dict[str, Any]:
        return {"guide": self.house.texts["Wren", "live"]}

    def _placed(self, _text: Translation) -> dict[str, Any]:
        return {"guide": self.house.texts["Wren", "live"], "place": "2"}

    def _picture(self, _text: Translation) -> dict[str, Any]:
        return {"image": (BytesIO(picture((9, 9, 9))), "leaf.png"), "alt": "A leaf"}

    def _word_file(self, _text: Translation) -> dict[str, Any]:
        return {"file": (BytesIO(wordfiles.docx(wordfiles.p("Somebody calm."))), "text.docx")}

    def _invite(self, _text: Translation) -> dict[str, Any]:
        return {"members": self.house.actors["writer"].id}

    def _asked(self, _text: Translation) -> dict[str, Any]:
        return {"member": self.house.actors["Finch"].id}


_FIXED: dict[str, dict[str, Any]] = {
    "": {},
    "story_forms": {"forms": "files"},
    "sure": {"sure": "yes"},
    "credit": {"part": "wrote", "choice": "name"},
    "story_code": {"code": "ABCD-EFGH-JKMN-PQRS", "sure": "yes"},
    "wrong_passphrase": {"pen_name": "Wren", "passphrase": "not the right words at all", "before": "not these"},
    "wrong_code": {"pen_name": "Wren", "code": "0000", "which": "own", "passphrase": "seven lamps beside the river"},
    "language": {"language": "fr"},
    "reads": {"reads": ["en", "fr"]},
    "title": {"title": "Begun in a test", "language": "en"},
    "boxes": {"door": "paste", "pasted": "Somebody calm."},
    "translation": {"title": "Un texte", "language": "fr"},
    "hand_in": {"ready": "yes", "topics": "telling"},
    "policy": {"policy": "small"},
    "rest": {"rest": "2"},
    "guest": {"stage": "peer", "vouched": "yes", "days": "7"},
    "hint": {"act": "keep", "hint": "gone meanwhile", "reason": "It stands on a poster, too."},
    "words_agreed": {"language": "en", "entry": lint("en").swaps[0].key, "act": "agree"},
    "reason": {"reason": "Two of us have looked at it together."},
    "slug": {"slug": "another-name"},
    "reason_down": {"reason": "fact"},
    "seen_words": {"content_hash": "0" * 64},
    "put_back": {"decision": "put_back"},
    "words": {"q": "friend"},
    "comment": {"comment": "Could this be said more kindly?"},
    "named": {"name": "yes"},
    "note": {"note_id": "f" * 20, "note": "Somebody asks where we meet.", "named": "no"},
    "seen_answer": {"version": "1"},
    "sorted_answer": {"version": "1", "urgency": "S2"},
    "talked_answer": {"version": "1", "comment": "The second step reads like a dare."},
    "closed_answer": {"version": "1", "done": "Said more carefully.", "note": "The second step is said anew."},
    "echo": {"echo": "none"},
    "taken": {"then": "accept"},
    "collection": {"collection_id": "c" * 20, "title": "For hard days", "language": "en"},
    "described": {"title": "For hard days", "intro": "One line."},
    "copy_number": {"code": "AAA-AAA"},
}
