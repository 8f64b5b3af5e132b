"""A text in a round, with everybody it needs."""

from __future__ import annotations

from sqlalchemy import select

from studio.members.actor import Role
from studio.review.models import Notice


class Cast:
    """A text in a round under the policy ``tiny``, with everybody it needs."""

    def __init__(self, house, **more):
        self.house = house
        self.writer = house.member(name="Reed")
        self.copy = house.member(Role.EDITOR, name="River")
        self.safety = house.member(Role.REVIEWER, trainings=("safety",), name="Heron")
        self.second = house.member(Role.REVIEWER, trainings=("safety",), name="Marten")
        self.organiser = house.member(Role.STEWARD, name="Lamp")
        house.policy("tiny")
        self.text = house.text(self.writer, **more)
        self.review = house.hand_in(self.writer, self.text)

    def shape(self):
        self.house.agree(self.copy, self.text, "peer", "copy")

    def all(self):
        self.shape()
        self.house.agree(self.safety, self.text, "voice", "safety")

    def kinds(self, member):
        return [one.kind for one in self.house.session.scalars(select(Notice).where(Notice.member_id == member.id))]
