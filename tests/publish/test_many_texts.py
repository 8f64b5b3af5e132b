"""Lists of texts ask the database as often for many texts as for a few."""

from __future__ import annotations

from dataclasses import replace

import pytest
from publishing import FIELDS, approved, published
from sqlalchemy import event

from studio.guides.rules.statuses import Standing
from studio.members.actor import Role
from studio.storage.db import db


@pytest.mark.parametrize("address", ["/studio/texts/", "/studio/", "/sitemap.xml"])
def test_a_list_of_many_texts_costs_no_more_questions_than_one_of_a_few(app, session, member, client, sign_in, address):
    editor, writer = member("Heron", Role.EDITOR, Role.REVIEWER), member("Wren")
    asked = list[str]()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    sign_in(client, editor)
    costs = []
    for several in (3, 5):
        for number in range(several):
            text = approved(session, writer, fields=replace(FIELDS, title=f"Text {several} {number}"))
            published(session, editor, text).standing = Standing.LIVE
        session.commit()
        client.get(address)
        asked.clear()
        assert client.get(address).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
