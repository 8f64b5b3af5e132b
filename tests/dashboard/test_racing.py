"""Two people at the same moment: both are answered, and it happens once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from full_checks import fresh
from sqlalchemy import select
from urgent_fixes import HERE, acts

from studio.members.actor import Role
from studio.publish import queries
from studio.publish.models import Takedown


def together(*asks):
    """Ask all at once; return the answers' numbers."""
    gate = Barrier(len(asks))

    def ask(one):
        gate.wait()
        return one().status_code

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(ask, asks))


def test_two_who_agree_at_the_same_moment_make_one_edition(session, proposed, live, heron, juniper, at):
    address, sent = f"{HERE}urgent/{proposed.id}/agree", {"content_hash": proposed.content_hash}
    fresh(session)
    first, second = at(heron), at(juniper)
    first.token(), second.token()
    assert together(lambda: first.post(address, data=sent), lambda: second.post(address, data=sent)) == [303, 303]
    fresh(session)
    assert queries.newest_edition(session, live.id).number == 2
    assert acts(session).count("urgent.publish") == 1


def test_two_who_take_a_text_down_at_the_same_moment_take_it_down_once(session, live, juniper, member, at):
    first, second = at(juniper), at(member("Marten", Role.REVIEWER))
    first.token(), second.token()
    sent = {"reason": "harm"}
    answers = together(*(lambda one=one: one.post(f"{HERE}take-down", data=sent) for one in (first, second)))
    assert answers == [303, 303]
    fresh(session)
    assert len(session.scalars(select(Takedown)).all()) == 1
    assert acts(session).count("take_down") == 1
