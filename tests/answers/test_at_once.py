"""Two at the very same moment, each with a database connection of their own: one is kept, the other is told."""

from __future__ import annotations

import threading

from saying import WHERE, say, send, stamp_of


def at_once(*acts):
    """Do things in threads that wait for each other; return what each got."""
    gate, got = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n, act):
        gate.wait(30)
        got[n] = act().status_code

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return sorted(got)


def test_two_editors_close_one_message_and_the_second_one_hears_of_the_first(
    client, live, clock, rows, at, river, heron
):
    for n in range(5):
        say(client, clock, "unsafe", words=f"Message {n}.")
        row = next(one for one in rows() if one.text == f"Message {n}.")
        editors, place = (at(river), at(heron)), f"/studio/answers/{row.id}/close"
        for editor in editors:
            editor.token()
        acts = [
            lambda editor=editor, n=n, place=place: editor.post(
                place, data={"version": "1", "done": f"Done by editor {n}."}
            )
            for n, editor in enumerate(editors)
        ]
        assert at_once(*acts) == [303, 409]
        closed = next(one for one in rows() if one.id == row.id)
        assert (closed.version, closed.closed_by in (river.id, heron.id)) == (2, True)


def test_one_stamp_with_two_messages_at_once_is_one_message(browser, client, live, clock, rows):
    for n in range(5):
        stamp = stamp_of(client.get(WHERE))
        clock.forward(seconds=6)
        readers = (browser(), browser())
        acts = [
            lambda reader=reader, which=which, stamp=stamp: send(reader, stamp, "wrong", words=which)
            for which, reader in zip((f"{n} one", f"{n} two"), readers, strict=True)
        ]
        assert at_once(*acts) == [200, 422]
        assert len(rows()) == n + 1
