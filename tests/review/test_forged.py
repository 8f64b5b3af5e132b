"""Forged and replayed requests of members: each is refused, changes nothing, and stands in the trail."""

from __future__ import annotations

import re

import pytest
from houses import BODY, FIELDS, House
from sqlalchemy import func, select

from studio.audit.models import AuditEntry
from studio.guides import operations as guides
from studio.guides.models import Approval, Translation
from studio.members.actor import Role
from studio.members.models import MemberRole
from studio.publish.models import Edition
from studio.review.models import Claim, Decision
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy


class Scene:
    """A text in its checks with its people, and the browser of each."""

    def __init__(self, session, clock, member, browser, sign_in):
        self.session, self.clock, self._browser, self._sign_in = session, clock, browser, sign_in
        self.writer = member("Reed")
        self.editor = member("River", Role.EDITOR)
        self.checker = member("Heron", Role.REVIEWER, trainings={"copy", "safety"})
        self.organiser = member("Gate", Role.STEWARD)
        choose_policy(session, self.organiser, "tiny", clock())
        text = guides.start_guide(
            session, self.writer.id, fields=FIELDS, language="en", now=clock(), body=BODY, topics=["telling"]
        )
        self.review = hand_in.hand_in(session, self.writer, text, clock()).id
        session.commit()
        self.text = text.id

    def at(self, actor):
        made = self._browser()
        self._sign_in(made, actor)
        return made

    def check(self, stage):
        return f"/studio/checks/{self.review}/{stage}"

    def form(self, client, stage, **changed):
        """Return what the page of a check would send."""
        page = client.get(self.check(stage)).text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
        sent = {key: hidden.get(key, "") for key in ("content_hash", "checklist_version")}
        names = set(re.findall(r'name="(answer-[\w-]+)"', page))
        return {**sent, **dict.fromkeys(names, "yes"), "act": "agree", **changed}

    def taken(self, actor, stage):
        client = self.at(actor)
        assert client.post(f"{self.check(stage)}/take", data={"own_experience": "yes"}).status_code == 303
        return client

    def translation(self):
        self.session.rollback()
        return self.session.get_one(Translation, self.text)

    def write_on(self):
        house, text = House(self.session, self.clock()), self.translation()
        house.write(self.writer, text, "somebody calm", "a friend")
        house.save(self.writer, text)
        self.session.commit()

    def counts(self):
        self.session.rollback()
        every = (Decision, Approval, Edition)
        return [self.session.scalar(select(func.count()).select_from(kind)) for kind in every]

    def refusals(self):
        self.session.rollback()
        return self.session.scalar(select(func.count()).where(AuditEntry.act == "refused"))


@pytest.fixture
def scene(session, clock, member, browser, sign_in):
    return Scene(session, clock, member, browser, sign_in)


def own_text(scene):
    other = scene.taken(scene.checker, "peer")
    return scene.at(scene.writer), scene.check("peer"), scene.form(other, "peer")


def second_role(scene):
    client = scene.taken(scene.checker, "peer")
    sent = scene.form(client, "peer")
    return client, scene.check("voice"), {**sent, "own_experience": "yes"}


def revoked_role(scene):
    client = scene.taken(scene.editor, "copy")
    sent = scene.form(client, "copy")
    row = scene.session.get(MemberRole, (scene.editor.id, Role.EDITOR))
    scene.session.delete(row)
    scene.session.commit()
    return client, scene.check("copy"), sent


def old_form(scene):
    client = scene.taken(scene.checker, "peer")
    sent = scene.form(client, "peer")
    scene.write_on()
    return client, scene.check("peer"), sent


def wrong_hash(scene):
    client = scene.taken(scene.checker, "peer")
    return client, scene.check("peer"), scene.form(client, "peer", content_hash="0" * 64)


def other_questions(scene):
    client = scene.taken(scene.checker, "peer")
    return client, scene.check("peer"), scene.form(client, "peer", checklist_version="99")


def skipped_check(scene):
    client = scene.taken(scene.checker, "peer")
    return client, scene.check("safety"), scene.form(client, "peer")


def direct_publish_of_a_writer(scene):
    version = scene.translation().latest_revision_id
    return scene.at(scene.writer), f"{_text(scene)}publish", {"content_hash": _hash(scene), "version": version}


def direct_publish_without_the_checks(scene):
    return scene.at(scene.editor), f"{_text(scene)}publish", {"content_hash": _hash(scene)}


def direct_day_without_the_checks(scene):
    return scene.at(scene.editor), f"{_text(scene)}schedule", {"content_hash": _hash(scene), "at": "2027-04-01T10:00"}


def override_of_a_checker(scene):
    reason = "Nobody else has the time for it."
    return scene.at(scene.checker), f"/studio/checks/{scene.review}/override", {"reason": reason}


def _text(scene):
    return f"/studio/guides/{scene.translation().guide_id}/en/"


def _hash(scene):
    return guides.hash_of_draft(scene.translation())


@pytest.mark.parametrize(
    "forged",
    [
        own_text,
        second_role,
        revoked_role,
        old_form,
        wrong_hash,
        other_questions,
        skipped_check,
        direct_publish_of_a_writer,
        direct_publish_without_the_checks,
        direct_day_without_the_checks,
        override_of_a_checker,
    ],
    ids=lambda one: one.__name__,
)
def test_it_is_refused_changes_nothing_and_is_in_the_trail(scene, forged):
    client, address, sent = forged(scene)
    before, refused = scene.counts(), scene.refusals()
    answer = client.post(address, data=sent)
    assert answer.status_code in (403, 409), (answer.status_code, answer.text[:2000])
    assert scene.counts() == before
    assert scene.refusals() == refused + 1
    held = scene.session.scalar(select(func.count()).where(Claim.stage == "safety"))
    assert held == 0
