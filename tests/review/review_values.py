"""Small values for tests of the rules: checks, texts, people."""

from __future__ import annotations

from studio.guides.rules.statuses import Significance
from studio.members.actor import Actor, Role
from studio.review.rules.carry import Block, Snapshot
from studio.review.rules.policy import Check, Judges, Phase

TYPO, CONTENT, SAFETY = Significance.TYPO, Significance.CONTENT, Significance.SAFETY


def check(key="peer", *, who=("any_member",), needs=1, phase=Phase.SHAPE, judges=Judges.ALL, **more):
    return Check(key, {"en": key}, phase, who, needs, judges, key, 10, **more)


def block(block_id, source, kind="paragraph"):
    return Block(block_id, kind, source, source)


def text(number, *blocks, label=CONTENT):
    return Snapshot(number, "/".join(one.source for one in blocks), blocks, label)


def actor(name="ann", *roles, trainings=(), reads=("en",)):
    return Actor(name, name, frozenset({Role.WRITER, *roles}), frozenset(trainings), frozenset(reads))


CALM = text(1, block("a", "Talk to somebody calm."), block("b", "Rest for 3 days."))


def after(*blocks, label=CONTENT, number=2):
    return text(number, *blocks, label=label)
