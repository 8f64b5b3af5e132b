"""What readers find: the first page, what stands beside a text, the search, and nothing that was taken down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from publishing import FIELDS, approve, published, quickly, worker
from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.clock import now as moment
from studio.core.settings import Settings
from studio.guides import operations as kernel
from studio.guides.models import Translation
from studio.members.actor import Actor, Role
from studio.publish import operations, queries, withdrawal
from studio.publish.models import Artifact, Build
from studio.publish.rules.takedown import Reason

LAMPS = "Lamps help.\n\n## At the corner\n\nThe corner lamp is bright.\n\n## Later\n\nA lamp.\n"


@pytest.fixture
def writer(member: Callable[..., Actor]) -> Actor:
    return member("Wren")


@pytest.fixture
def editor(member: Callable[..., Actor]) -> Actor:
    return member("River", Role.EDITOR)


@pytest.fixture
def publish(session: Session, settings: Settings, writer: Actor, editor: Actor) -> Callable[..., Translation]:
    """Publish a text by its title, topics and words; the worker makes it unless told not to."""

    def make(title: str, *topics: str, body: str = "Some words.", code: str = "en", made: bool = True) -> Translation:
        fields = replace(FIELDS, title=title, summary=f"About {title.lower()}.")
        text = kernel.start_guide(
            session, writer.id, fields=fields, language=code, body=body, topics=list(topics), now=moment()
        )
        approve(session, writer, text)
        published(session, editor, text)
        if made:
            while worker(settings, made_by=quickly).run_due():
                pass
        session.expire_all()
        return text

    return make


def take_down(session: Session, editor: Actor, text: Translation, reason: Reason = Reason.HARM) -> None:
    """Take a text down, with the worker asleep: the index still knows it."""
    later = moment() + timedelta(days=400)
    withdrawal.take_down(session, editor, text, reason=reason, instead="", now=later)
    session.commit()


def ask(client: Any, words: str, path: str = "/en/search", **more: str) -> str:
    answer = client.post(path, data={"q": words, **more}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Location" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    return str(answer.text)


def test_a_finding_leads_to_its_section_and_marks_the_words(client: Any, publish: Callable[..., Translation]):
    publish("Streets at night", "family", body=LAMPS)
    found = ask(client, "corner lamps")
    assert '<a href="/en/streets-at-night/#h-at-the-corner">Streets at night</a>' in found
    assert "The <mark>corner</mark> <mark>lamp</mark> is bright." in found.replace("</mark><mark>", "</mark> <mark>")
    assert "Also in:" in found
    assert "Checked in" in found


def test_no_finding_leads_to_a_text_that_was_taken_down_even_while_the_index_knows_it(
    client: Any, session: Session, editor: Actor, publish: Callable[..., Translation]
):
    text = publish("Walking with lanterns", "family", body="A lantern is carried.\n\n## Lanterns\n\nBright lanterns.\n")
    publish("Sleeping well", "family", body="Rest.")
    quiet = f"/n/en/{text.opaque_id}/"
    for path in ("/en/search", "/n/en/"):
        assert "Walking with" in ask(client, "lantern", path)
    assert "lantern" in ask(client, "lanturn").lower()
    take_down(session, editor, text)
    for path in ("/en/search", "/n/en/"):
        for words in ("lantern", "lanturn", "walking with lanterns"):
            answer = ask(client, words, path)
            assert "Walking with" not in answer
            assert "/en/walking-with-lanterns/" not in answer
            assert quiet not in answer
            assert "Did you mean" not in answer
    for place in ("/en/", "/en/topics/family/", "/en/feed.xml", "/sitemap.xml", "/n/en/", "/en/sleeping-well/"):
        page = client.get(place).text
        assert "Walking with" not in page, place
        assert "walking-with-lanterns" not in page, place


def test_what_stands_beside_a_text_is_on_its_page_and_nothing_of_its_pdfs_is_made_again_for_it(
    client: Any, session: Session, settings: Settings, publish: Callable[..., Translation]
):
    first = publish("Streets at night", "family", body=LAMPS)
    before = _files(session, first)
    page = client.get("/en/streets-at-night/").text
    assert "What may help next" not in page
    friends = publish("Friends", "family", "school-work")
    far = publish("Papers", "papers-rights")
    page = client.get("/en/streets-at-night/").text
    beside = page.partition("What may help next")[2].partition("</section>")[0]
    assert "/en/friends/" in beside
    assert "About friends." in beside
    assert "Papers" not in beside
    quiet = client.get(f"/n/en/{first.opaque_id}/").text
    assert f"/n/en/{friends.opaque_id}/" in quiet
    assert f"/n/en/{far.opaque_id}/" not in quiet
    assert _files(session, first) == before
    assert _builds(session, first) == 2
    operations.ask_for_build(session, queries.live_edition(session, first.id), moment())
    session.commit()
    worker(settings, made_by=quickly).run_due()
    assert _builds(session, first) == 2


@pytest.mark.parametrize("reason", [Reason.HARM, Reason.IDENTITY])
def test_a_page_names_nothing_beside_it_that_was_taken_down_from_that_moment_on(
    client: Any, session: Session, editor: Actor, publish: Callable[..., Translation], reason: Reason
):
    first = publish("Streets at night", "family", body=LAMPS)
    friends = publish("Friends", "family")
    assert "/en/friends/" in client.get("/en/streets-at-night/").text
    take_down(session, editor, friends, reason)
    for place in ("/en/streets-at-night/", f"/n/en/{first.opaque_id}/"):
        page = client.get(place)
        assert page.status_code == 200
        assert "riends/" not in page.text
        assert friends.opaque_id not in page.text
        assert "About friends." not in page.text


def test_words_of_despair_lead_first_to_what_helps(client: Any, publish: Callable[..., Translation]):
    publish("A quiet hour", "hard-days", body="Breathe. You may want to die, and that can pass.")
    publish("Streets at night", "family", body="Nobody wants to die of lamps.")
    for path, address in (("/en/search", "/en/a-quiet-hour/"), ("/n/en/", "/n/en/")):
        found = ask(client, "I want to die", path)
        assert "You do not have to get through this alone" in found
        assert found.index("You do not have to") < found.index("found-title")
        assert address in found.partition("You do not have to")[2].partition("</section>")[0]
    assert "You do not have to" not in ask(client, "lamps")
    assert "لا حاجة إلى تحمّل هذا وحدك" in ask(client, "want to die", "/ar/search")


def test_own_language_comes_first_and_others_are_offered(client: Any, publish: Callable[..., Translation]):
    publish("Streets at night", "family", body=LAMPS)
    publish("Lámparas", "family", body="Una lamp y otra lamp, siempre lamp.", code="es")
    found = ask(client, "lamp")
    own, _, others = found.partition("In other languages")
    assert ("/en/streets-at-night/" in own, "/es/lamparas/" in own) == (True, False)
    assert "/es/lamparas/" in others
    only = ask(client, "lamp", language="es")
    assert ("/es/lamparas/" in only, "/en/streets-at-night/" in only) == (True, False)
    nothing = ask(client, "corner", language="es")
    assert "Nothing found for these words" in nothing
    assert "/en/streets-at-night/" in nothing.partition("In other languages")[2]


def test_a_topic_narrows_and_where_it_is_in_the_way_all_topics_are_offered(
    client: Any, publish: Callable[..., Translation]
):
    publish("Streets at night", "family", body=LAMPS)
    publish("Papers", "papers-rights", body="No lamp here.")
    assert "/en/streets-at-night/" not in ask(client, "lamp", topic="papers-rights")
    assert "Look in all topics" in ask(client, "corner", topic="papers-rights")
    assert "/en/streets-at-night/" in ask(client, "corner", topic="no-such-topic")


def test_more_than_a_page_is_found_page_by_page(client: Any, publish: Callable[..., Translation], session: Session):
    for n in range(12):
        publish(f"Lamp {n}", "family", made=n == 11)
    first, second = ask(client, "lamp"), ask(client, "lamp", page="2")
    assert ("12 texts found" in first, first.count('<a href="/en/lamp-'), "Show more" in first) == (True, 10, True)
    assert (second.count('<a href="/en/lamp-'), "Show more" in second) == (2, False)
    assert "Nothing found" in ask(client, "lamp", page="9")
    assert ask(client, "lamp", page="-1").count('<a href="/en/lamp-') == 10


def test_the_first_page_names_what_is_new_and_what_was_checked_in_two_short_lists(
    client: Any, session: Session, publish: Callable[..., Translation]
):
    for n in range(8):
        publish(f"Lamp {n}", "family", made=n == 7)
    assert "New here" not in client.get("/en/").text
    publish("The newest", "family")
    page = client.get("/en/").text
    fresh, _, checked = page.partition("New here")[2].partition("Checked lately")
    assert (fresh.count("<li>\n<a "), checked.partition("</section>")[0].count("<li>\n<a ")) == (3, 5)
    titles = [one.title for one in queries.live_texts(session, "en")]
    assert all(page.count(f">{title}</a>") <= 1 for title in titles)


@pytest.mark.parametrize("place", ["/n/en/", "/n/en/about/", "/n/ja/", "/n/ar/about/"])
def test_quiet_pages_are_kept_nowhere_and_tell_nothing_outside(client: Any, publish: Callable[..., Translation], place):
    publish("Streets at night", "family", body=LAMPS)
    answer = client.get(place)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    head, _, body = answer.text.partition("<main")
    assert "og:" not in head
    assert "Streets" not in head
    assert "/en/" not in body.replace("/n/en/", "")


def _files(session: Session, text: Translation) -> dict[str, str]:
    edition = queries.live_edition(session, text.id)
    build = queries.finished_build(session, edition) if edition else None
    every = build.artifacts if build else []
    about_pages = ("page", "manifest")  # the signed list names the page's own bytes
    return {one.kind: one.sha256 for one in every if not any(word in one.kind for word in about_pages)}


def _builds(session: Session, text: Translation) -> int:
    session.expire_all()
    edition = queries.live_edition(session, text.id)
    assert edition is not None
    assert session.scalars(select(Artifact)).first() is not None
    return len(session.scalars(select(Build).where(Build.edition_id == edition.id)).all())
