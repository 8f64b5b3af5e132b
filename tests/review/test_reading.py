"""“Read 3 of 9”: parts of a text that were read, kept with the ticks."""

from __future__ import annotations

import re

import pytest
from houses import FIELDS

from studio.guides import operations as guides
from studio.members.actor import Role
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy
from studio.review.rules.reading import in_parts

NOTE = '<div class="box"><p>Good to know</p><h3 id="b">In a box</h3><p>x</p></div>'


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("", 0),
        ("<p>One.</p>", 0),
        ("<h2>One</h2><p>x</p>", 0),
        ("<p>Before.</p><h2>One</h2><p>x</p>", 2),
        ("<div></div><h2>One</h2><p>x</p>", 0),
        ("<h2>One</h2><p>x</p><h3>Two</h3><p>y</p>", 2),
        (f"<h2>One</h2>{NOTE}<h2>Two</h2>", 2),
        ("<h2>One</h2><h3>Two</h3>" * 15, 30),
        ("<h2>One</h2><h3>Two</h3>" * 25, 25),
        ("<h2>One</h2>" * 60, 0),
    ],
)
def test_a_text_is_counted_from_heading_to_heading(html, parts):
    found = in_parts(html)
    assert len(found) == parts
    assert len({one.name for one in found}) == parts
    if parts:
        assert "".join(one.html for one in found) == html


def test_a_part_that_changed_is_unread_and_the_others_are_not():
    before = in_parts("<h2>One</h2><p>x</p><h2>Two</h2><p>y</p>")
    after = in_parts("<h2>One</h2><p>x</p><h2>Two</h2><p>z</p>", [one.name for one in before])
    assert [one.read for one in after] == [True, False]


BODY = "\n\n".join(f"## Part {number}\n\nTalk with somebody calm, {number}." for number in range(1, 10))


def test_one_reads_three_of_nine_and_goes_on_another_evening(client, sign_in, session, member, clock):
    choose_policy(session, member("Gate", Role.STEWARD), "tiny", clock())
    writer, heron = member("Reed"), member("Heron", Role.REVIEWER)
    more = {"fields": FIELDS, "body": BODY, "topics": ["telling"], "language": "en", "now": clock()}
    text = guides.start_guide(session, writer.id, **more)
    review = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    sign_in(client, heron)
    check = f"/studio/checks/{review.id}/peer"
    assert "Keep my place" not in client.get(check).text, "nothing is kept before one takes it"
    client.post(f"{check}/take")
    page = client.get(check).text
    assert "read 0 of 9" in page
    assert "Go on reading" not in page
    names = re.findall(r'name="(read-[0-9a-f.]+)" value="yes">', page)
    assert len(names) == 9
    hidden = dict(re.findall(r'<input type="hidden" name="(content_hash|parts)" value="([^"]*)">', page))
    answer = client.post(check, data={**hidden, **dict.fromkeys(names[:3], "yes"), "act": "place", "answer-x": "yes"})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{check}#go-on")
    page = client.get(check).text
    assert "read 3 of 9" in page
    assert page.count("checked> <span>I have read this part") == 3
    assert 'href="#go-on"' in page
    assert page.index(names[1]) < page.index('id="go-on"') < page.index(names[3])
    assert "read 3 of 9" in client.get("/studio/").text
    clock.forward(days=13)
    sign_in(client, heron)
    assert "read 3 of 9" in client.get("/studio/checks/all").text
    refused = client.post(check, data={**hidden, **dict.fromkeys(names[:5], "yes"), "act": "agree"})
    assert refused.status_code in (409, 422)
    assert refused.text.count("checked> <span>I have read this part") == 5, "nothing that was ticked is lost"
