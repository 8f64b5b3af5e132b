"""What a story's teller agrees to: forms, languages, two years; asked again, ended, renewed, narrowed at once."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from full_checks import agree, fresh, running
from publishing import BODY, published
from sqlalchemy import select
from telling import FIELDS_OF_STORY, TITLE, here, page, value_of

from studio.core.errors import Conflict, Invalid
from studio.guides import operations as kernel
from studio.guides.consents import operations as consents
from studio.guides.consents.models import Consent
from studio.guides.models import Approval
from studio.guides.rules.consent import EVERYTHING, Scope, ends_on, why_not_out
from studio.publish import operations, queries
from studio.publish.artifacts import Store
from studio.publish.collected import operations as collections
from studio.publish.models import Artifact, Build, Edition

CARDS = ("cards/wide.png", "cards/square.png")
FILES = ("guide.pdf",)


def the_day(session, text):
    fresh(session)
    return session.get_one(Consent, text.guide_id).until


@pytest.mark.parametrize(
    ("given", "until"),
    [
        (date(2027, 3, 9), date(2029, 3, 9)),
        (date(2028, 2, 29), date(2030, 2, 28)),
        (date(2027, 12, 31), date(2029, 12, 31)),
    ],
)
def test_a_consent_holds_for_two_years(given, until):
    assert ends_on(given) == until


@pytest.mark.parametrize(
    ("scope", "until", "translated", "goes"),
    [
        (None, None, False, False),
        ((), date(2027, 3, 9), False, True),
        ((), date(2027, 3, 8), False, False),
        ((), date(2027, 3, 9), True, False),
        ((Scope.TRANSLATION,), date(2027, 3, 9), True, True),
        (tuple(EVERYTHING), date(2027, 3, 8), True, False),
    ],
)
def test_a_story_goes_out_with_a_consent_that_holds_and_covers_its_language(scope, until, translated, goes):
    assert (why_not_out(scope, until, date(2027, 3, 9), translated=translated) is None) is goes


def say_yes(session, browser, story, clock, *forms):
    case = running(session, story, clock())
    place = f"/studio/checks/{case.review.id}/teller"
    browser.post(f"{place}/take")
    asked = browser.get(place).text
    assert "Files to keep: PDF, EPUB, plain text" in asked
    answers = dict.fromkeys(re.findall(r'name="(answer-[^"]+)"', asked), "yes")
    binds = {name: value_of(asked, name) for name in ("content_hash", "checklist_version", "asked_forms")}
    answer = browser.post(place, data={**binds, **answers, "act": "agree", "forms": list(forms)})
    assert answer.status_code == 303, answer.text


def test_the_teller_says_with_their_yes_in_which_forms_and_others_are_not_made(
    session, story, teller, juniper, river, at, clock, work, client
):
    agree(session, juniper, story, clock(), "voice", "safety")
    say_yes(session, at(teller), story, clock, "files")
    editor = at(river)
    look = editor.get(f"{here(story)}publish").text
    assert "What whoever told this story agreed to" in look
    assert "Until 9 March 2029" in look
    assert "publish/card_wide" not in look
    assert editor.get(f"{here(story)}publish/card_wide").status_code == 404
    fresh(session)
    published(session, river, story)
    work()
    assert TITLE in client.get(page(story)).text
    assert {client.get(f"{page(story)}{name}").status_code for name in FILES} == {200}
    assert {client.get(f"{page(story)}{name}").status_code for name in CARDS} == {404}
    assert "og:image" not in client.get(page(story)).text
    assert "card" not in client.get(f"{page(story)}edition.json").text
    kinds = set(session.scalars(select(Artifact.kind)))
    edition = queries.live_edition(session, story.id)
    kinds = {one.kind for one in queries.finished_build(session, edition).artifacts}
    assert "pdf" in kinds
    assert not any(kind.startswith("card") for kind in kinds)


def test_without_a_word_about_forms_nobody_can_publish_it(session, told, river, at):
    session.delete(session.get_one(Consent, told.guide_id))
    session.commit()
    editor = at(river)
    assert "has not said yet in which forms" in editor.get(f"{here(told)}publish").text
    digest = session.get_one(Approval, told.id).content_hash
    fresh(session)
    assert editor.post(f"{here(told)}publish", data={"content_hash": digest}).status_code == 409
    day = {"content_hash": digest, "at": "2027-04-12T09:00"}
    assert editor.post(f"{here(told)}schedule", data=day).status_code == 409


def test_it_is_not_scheduled_beyond_the_end_and_a_day_falls_with_the_consent(session, told, river, at, clock, work):
    digest = session.get_one(Approval, told.id).content_hash
    fresh(session)
    late = {"content_hash": digest, "at": "2029-04-12T09:00"}
    assert at(river).post(f"{here(told)}schedule", data=late).status_code == 409
    soon = {"content_hash": digest, "at": "2027-04-12T09:00"}
    assert at(river).post(f"{here(told)}schedule", data=soon).status_code == 303
    fresh(session)
    session.get_one(Consent, told.guide_id).until = date(2027, 4, 1)
    session.commit()
    clock.forward(days=60)
    work()
    fresh(session)
    assert queries.newest_edition(session, told.id) is None
    assert told.progress == "approved"


def test_other_languages_are_begun_and_published_only_with_the_tellers_word(session, told, teller, river, clock, at):
    consents.narrow_or_widen(session, told.guide, teller.id, [Scope.FILES], clock())
    session.commit()
    clock.forward(minutes=1)
    begun = at(river).post(f"{here(told)}translate", data={"title": "قصتي", "language": "ar"})
    assert begun.status_code == 409
    assert "has not agreed to other languages" in begun.text
    about = {"language": "ar", "fields": FIELDS_OF_STORY, "body": BODY, "now": clock()}
    own = kernel.add_translation(session, teller.id, told.guide, **about)
    assert own.created_by == teller.id
    session.rollback()
    fresh(session)
    consents.narrow_or_widen(session, told.guide, teller.id, [Scope.TRANSLATION], clock())
    session.commit()
    assert at(river).post(f"{here(told)}translate", data={"title": "قصتي", "language": "ar"}).status_code == 303


def test_fewer_forms_are_gone_at_once_and_their_files_are_deleted(
    session, out, teller, at, client, clock, work, settings
):
    place = page(out)
    shas = {one for kind in ("card_wide", "card_square") for one in files_of(session, out, kind)}
    assert {client.get(f"{place}{name}").status_code for name in (*CARDS, *FILES)} == {200}
    for _ in range(2):
        answer = at(teller).post(f"{here(out)}story-forms", data={"forms": ["files", "translation"]})
        assert answer.status_code == 303
    assert {client.get(f"{place}{name}").status_code for name in CARDS} == {410}
    assert client.get(place).status_code == 200
    work()
    assert {client.get(f"{place}{name}").status_code for name in FILES} == {200}
    assert "og:image" not in client.get(place).text
    store = Store(settings.data)
    assert [store.get(sha) for sha in shas] == [None] * len(shas)
    at(teller).post(f"{here(out)}story-forms", data={"forms": ["files", "cards", "translation"]})
    work()
    assert {client.get(f"{place}{name}").status_code for name in CARDS} == {200}


def files_of(session, text, kind):
    made = select(Artifact.sha256).join(Build).join(Edition).where(Edition.translation_id == text.id)
    return set(session.scalars(made.where(Artifact.kind == kind)))


def test_a_language_that_others_made_goes_with_its_consent_and_comes_back_with_it(out, teller, at, client, work):
    own = at(teller)
    assert client.get(page(out, "ar")).status_code == 200
    own.post(f"{here(out)}story-forms", data={"forms": ["files", "cards"]})
    assert client.get(page(out, "ar")).status_code == 410
    assert client.get(f"{page(out, 'ar')}guide.pdf").status_code == 410
    assert client.get(page(out)).status_code == 200
    work()
    assert "العربية" not in client.get(page(out)).text
    own.post(f"{here(out)}story-forms", data={"forms": ["files", "cards", "translation"]})
    work()
    assert client.get(page(out, "ar")).status_code == 200


def test_the_teller_is_asked_a_month_before_the_end_and_the_story_goes_when_nothing_is_said(
    session, out, teller, river, at, client, clock, work, daily
):
    own, until = at(teller), the_day(session, out)
    assert "Does it hold for two more years?" not in own.get("/studio/").text
    clock.at += until - clock().date() - timedelta(days=20)
    own = at(teller)
    assert "Does it hold for two more years?" in own.get("/studio/").text
    assert TITLE not in at(river).get("/studio/").text.partition("Does it hold")[2]
    daily()
    assert client.get(page(out)).status_code == 200
    clock.forward(days=21)
    daily()
    for code in ("en", "ar"):
        gone = client.get(page(out, code))
        assert (gone.status_code, TITLE in gone.text) == (410, False)
        assert client.get(f"{page(out, code)}guide.pdf").status_code == 410
    assert "quietfern" not in client.get("/en/feed.xml").text
    assert at(river).post(f"{here(out)}decide", data={"decision": "put_back"}).status_code == 409
    assert "consent of whoever told this story has ended" in at(river).get(here(out)).text


def test_renewing_before_the_end_or_after_it_is_one_button(session, out, teller, river, at, client, clock, work, daily):
    until = the_day(session, out)
    clock.at += until - clock().date() + timedelta(days=1)
    daily()
    assert client.get(page(out)).status_code == 410
    assert at(river).post(f"{here(out)}story-longer").status_code == 403
    own = at(teller)
    for _ in range(2):
        assert own.post(f"{here(out)}story-longer").status_code == 303
    assert the_day(session, out) == ends_on(clock().date())
    work()
    for code in ("en", "ar"):
        assert TITLE in client.get(page(out, code)).text
    daily()
    assert client.get(page(out)).status_code == 200


def test_what_was_taken_back_or_down_for_another_reason_does_not_come_back_with_a_consent(
    session, out, teller, at, client, clock, work, daily
):
    clock.forward(minutes=5)
    own = at(teller)
    own.post(f"{here(out)}take-story-back")
    clock.at += the_day(session, out) - clock().date() + timedelta(days=1)
    daily()
    own = at(teller)
    own.post(f"{here(out)}story-longer")
    work()
    assert client.get(page(out)).status_code == 410


def test_everybody_else_is_refused(out, river, at, client):
    editor = at(river)
    for act in ("story-forms", "story-longer", "story-code", "erase-story"):
        assert editor.post(f"{here(out)}{act}", data={"forms": "files", "sure": "yes"}).status_code == 403
    assert client.get(page(out)).status_code == 200


def test_publishing_itself_asks_for_the_consent(session, told, river, clock):
    session.get_one(Consent, told.guide_id).until = clock().date() - timedelta(days=1)
    session.commit()
    digest = session.get_one(Approval, told.id).content_hash
    with pytest.raises(Conflict):
        operations.publish(session, river, told, content_hash=digest, confirmed=(), now=clock())


def test_it_stands_in_collections_only_with_its_tellers_word(
    session, out, live, teller, river, at, client, clock, work
):
    own, place = at(teller), "/en/collections/for-hard-days/"
    own.post(f"{here(out)}story-forms", data={"forms": ["files", "translation"]})
    fresh(session)
    shelf = collections.begin(session, river, "c" * 20, "en", "For hard days", clock())
    collections.put_in(session, river, shelf, live, clock())
    with pytest.raises(Invalid):
        collections.put_in(session, river, shelf, out, clock())
    session.commit()
    own.post(f"{here(out)}story-forms", data={"forms": ["files", "translation", "passing_on"]})
    fresh(session)
    collections.put_in(session, river, shelf, out, clock())
    collections.publish(session, river, shelf, clock())
    session.commit()
    work()
    assert TITLE in client.get(place).text
    assert client.get(f"{place}collection.pdf").status_code == 200
    own.post(f"{here(out)}story-forms", data={"forms": ["files", "translation"]})
    assert TITLE not in client.get(place).text
    assert client.get(f"{place}collection.pdf").status_code == 404
    work()
    assert client.get(f"{place}collection.pdf").status_code == 200
    assert TITLE in client.get(page(out)).text
