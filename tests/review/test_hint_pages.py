"""Hints as a browser without a script uses them: three at a time, one tap to mend, or kept with a reason."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from houses import FIELDS
from sqlalchemy import select

from studio.guides import operations as guides
from studio.guides.drafts import authors, log
from studio.guides.drafts.document import Edit
from studio.guides.models import TeamMember, Translation
from studio.guides.rules.statuses import Kind, Progress, UpdateKind
from studio.members.actor import Role
from studio.members.models import LanguageRead, Member
from studio.review.library import lint
from studio.review.models import HintKept, WordsAgreed
from studio.review.operations.policies import choose_policy
from studio.review.queries import hints

WRITE_TO = "Write to robin@example.org."
MANY = f"{WRITE_TO}\n\n@robin_writes\n\n@wren_writes\n\n@heron_writes\n\n@finch_writes\n"


@pytest.fixture
def writer(member):
    return member("Reed")


@pytest.fixture
def start(session, writer, clock, member):
    choose_policy(session, member("Gate", Role.STEWARD), "tiny", clock())

    def begin(body, **more):
        what = {"fields": FIELDS, "topics": ["telling"], "language": "en", **more}
        made = guides.start_guide(session, writer.id, now=clock(), body=body, **what)
        session.commit()
        return made

    return begin


def at(text, page="hints"):
    return f"/studio/guides/{text.guide_id}/{text.language}/{page}"


def anew(session, text):
    session.rollback()
    session.expire_all()
    return session.get_one(Translation, text.id)


def keys(page):
    """The hints that a page shows, in order."""
    return re.findall(r'aria-labelledby="hint-(\w+)"', page)


def test_three_are_shown_at_a_time_the_most_important_first_and_how_many_come_later(client, sign_in, writer, start):
    text = start(MANY)
    sign_in(client, writer)
    for where in ("hints", "hand-in"):
        page = client.get(at(text, where)).text
        assert len(keys(page)) == 3
        assert page.index("robin@example.org") < page.index("@robin_writes")
        assert "@finch_writes" not in page
        assert "2 more come after these." in page
    assert "5 hints before sending" in client.get(at(text, "")).text


def test_what_stops_takes_the_button_away_and_what_does_not_leaves_it(client, sign_in, session, writer, start):
    stopped = start("[words](#old)\n\nSomebody calm.", facets=["health"])
    sign_in(client, writer)
    client.post(at(stopped, "hand-in"), data={"sources": "A handbook, 2025"})
    page = client.get(at(stopped, "hand-in")).text
    assert "This link leads nowhere" in page
    assert 'name="ready"' not in page
    assert "Keep it, because" not in page
    assert client.post(at(stopped, "hand-in"), data={"ready": "yes"}).status_code == 422
    assert anew(session, stopped).progress is Progress.DRAFT
    open_one = start(WRITE_TO)
    assert 'name="ready"' in client.get(at(open_one, "hand-in")).text
    assert client.post(at(open_one, "hand-in"), data={"ready": "yes"}).status_code == 303
    assert anew(session, open_one).progress is Progress.IN_REVIEW


def test_a_tap_mends_it_and_who_tapped_wrote_that_and_nothing_else(client, sign_in, session, writer, start, member):
    text = start("# A\n\n### B\n\nSomebody calm.")
    tapper = member("Heron")
    sign_in(client, tapper)
    (key,) = keys(client.get(at(text)).text)
    answer = client.post(at(text), data={"act": "mend", "hint": key, "from": "hand-in"})
    assert answer.location.startswith(at(text, "hand-in"))
    now = anew(session, text)
    assert now.draft.text == "# A\n\n## B\n\nSomebody calm."
    loaded = log.load(session, now.draft, now.draft.head_seq)
    by = [authors.between(loaded.runs, *place) for place in ((0, 3, 3), (5, 9, 9), (11, 25, 25))]
    assert by[0] == by[2] == {writer.id}
    assert tapper.id in by[1] or by[1] == {writer.id}
    assert session.get(TeamMember, (text.id, tapper.id))


def test_a_picture_gets_its_words_and_signs_in_them_do_no_harm(client, sign_in, session, writer, start):
    text = start("![](leaf.png)")
    sign_in(client, writer)
    (key,) = keys(client.get(at(text)).text)
    refused = client.post(at(text), data={"act": "mend", "hint": key, "words": "  "})
    assert refused.status_code == 422
    assert f'aria-describedby="words-{key}-problem"' in refused.text
    client.post(at(text), data={"act": "mend", "hint": key, "words": "a [green]\nleaf"})
    assert anew(session, text).draft.text == "![a \\[green\\] leaf](leaf.png)"
    assert keys(client.get(at(text)).text) == []


def test_the_same_tap_twice_changes_nothing_more(client, sign_in, session, writer, start):
    text = start("# A\n\n### B\n")
    sign_in(client, writer)
    (key,) = keys(client.get(at(text)).text)
    for _ in range(2):
        assert client.post(at(text), data={"act": "mend", "hint": key}).status_code == 303
    assert anew(session, text).draft.text == "# A\n\n## B\n"
    assert client.post(at(text), data={"act": "keep", "hint": key, "reason": "So."}).status_code == 303
    assert session.scalars(select(HintKept)).all() == []


def test_a_hint_is_kept_with_a_reason_until_its_passage_changes(client, sign_in, session, clock, writer, start):
    text = start(f"{WRITE_TO}\n\nSomebody calm.")
    sign_in(client, writer)
    (key,) = keys(client.get(at(text)).text)
    empty = client.post(at(text), data={"act": "keep", "hint": key, "reason": " "})
    assert empty.status_code == 422
    assert f'id="reason-{key}-problem"' in empty.text
    client.post(at(text), data={"act": "keep", "hint": key, "reason": "It is the group’s own address."})
    page = client.get(at(text)).text
    assert keys(page) == []
    assert "It is the group’s own address." in page
    write(session, clock, writer, text, "calm", "kind")
    assert keys(client.get(at(text)).text) == []
    write(session, clock, writer, text, "Write", "Write soon")
    assert len(keys(client.get(at(text)).text)) == 1


def write(session, clock, writer, text, old, new):
    """Have the writer change some words."""
    draft = anew(session, text).draft
    at_ = draft.text.index(old)
    edit = [Edit(at_, at_ + len(old), new)]
    more = {"base_seq": draft.head_seq, "fields": {}, "author": writer.id, "kind": UpdateKind.FORM, "now": clock()}
    log.apply(session, draft, edits=edit, **more)
    session.commit()


def test_what_was_kept_can_be_looked_at_again_on_its_own_text_alone(client, sign_in, session, writer, start):
    text, other = start(WRITE_TO), start(WRITE_TO, fields=replace(FIELDS, title="Another"))
    sign_in(client, writer)
    (key,) = keys(client.get(at(text)).text)
    client.post(at(text), data={"act": "keep", "hint": key, "reason": "Ours."})
    kept = session.scalars(select(HintKept.id)).one()
    client.post(at(other), data={"act": "again", "hint": kept})
    assert keys(client.get(at(text)).text) == []
    client.post(at(text), data={"act": "again", "hint": kept})
    assert keys(client.get(at(text)).text) == [key]


def test_what_stops_cannot_be_kept_and_a_text_that_was_put_away_stays_as_it_is(client, sign_in, session, writer, start):
    text = start("[words](#old)")
    sign_in(client, writer)
    (key,) = keys(client.get(at(text)).text)
    assert client.post(at(text), data={"act": "keep", "hint": key, "reason": "So."}).status_code == 409
    away = start("# A\n\n### B\n", fields=replace(FIELDS, title="Away"))
    (key,) = keys(client.get(at(away)).text)
    anew(session, away).progress = Progress.ARCHIVED
    session.commit()
    for act in ("mend", "keep", "again"):
        assert client.post(at(away), data={"act": act, "hint": key, "reason": "So."}).status_code == 409


def test_checkers_see_what_was_kept_and_why_and_what_has_no_answer(client, browser, sign_in, writer, start, member):
    text = start(f"{WRITE_TO}\n\n@robin_writes\n")
    sign_in(client, writer)
    first, _ = keys(client.get(at(text)).text)
    client.post(at(text), data={"act": "keep", "hint": first, "reason": "It is the group’s own address."})
    client.post(at(text, "hand-in"), data={"ready": "yes"})
    checker = browser()
    sign_in(checker, member("Heron", Role.EDITOR))
    check = re.search(r"/studio/checks/\w+/peer", checker.get(at(text, "")).text)[0]
    checker.post(f"{check}/take")
    page = checker.get(check).text
    hinted = page[page.index("Hints of the machine") :]
    assert "1 hint has no answer." in hinted
    assert hinted.index("@robin_writes") < hinted.index("robin@example.org")
    assert "It is the group’s own address." in hinted


def test_a_link_to_a_text_that_one_may_not_know_of_leads_nowhere_and_its_name_is_told_to_nobody(
    client, sign_in, session, start, member
):
    hidden = start("Calm.", kind=Kind.STORY, fields=replace(FIELDS, title="Quietfern"))
    text = start(f"[Quietfern](guide:{hidden.guide_id}) [x](/en/{hidden.slug}/) [Quietfern 2](guide:none)")
    sign_in(client, member("Heron"))
    page = client.get(at(text)).text
    assert page.count("This link leads nowhere") == 3
    assert "Lead it to" not in page
    anew(session, hidden).published_revision_id = "published"
    session.commit()
    assert client.get(at(text)).text.count("This link leads nowhere") == 1


def test_own_addresses_lead_to_texts_and_their_old_names_and_reserved_places(client, sign_in, writer, start):
    other = start("Calm.", fields=replace(FIELDS, title="Other"))
    text = start(f"[a](/en/{other.slug}/) [b](/en/search/) [c](/en/none/)")
    sign_in(client, writer)
    assert client.get(at(text)).text.count("This link leads nowhere") == 1


def test_a_word_is_shown_once_two_who_read_the_language_agree_and_no_longer_when_one_leaves(
    browser, sign_in, session, writer, start, member
):
    text = start("Homosexuals were not welcome.")
    entry = lint("en").swaps[0]
    people = [browser(), browser()]
    for client, name in zip(people, ("Heron", "Wren"), strict=True):
        sign_in(client, member(name))
        assert keys(client.get(at(text)).text) == []
        page = client.get("/studio/words/").text
        assert entry.because.replace("’", "’") in page
        answer = client.post("/studio/words/", data={"language": "en", "entry": entry.key, "act": "agree"})
        assert answer.status_code == 303
    page = people[0].get(at(text)).text
    assert len(keys(page)) == 1
    assert entry.write in page
    assert "2 people agree." in people[0].get("/studio/words/").text
    for _ in range(2):
        people[1].post("/studio/words/", data={"language": "en", "entry": entry.key, "act": "withdraw"})
    assert keys(people[0].get(at(text)).text) == []
    people[1].post("/studio/words/", data={"language": "en", "entry": entry.key, "act": "agree"})
    wren = session.scalars(select(Member).where(Member.pen_name == "Wren")).one()
    wren.suspended = True
    session.commit()
    assert keys(people[0].get(at(text)).text) == []
    wren.suspended = False
    session.delete(session.get_one(LanguageRead, (wren.id, "en")))
    session.commit()
    assert keys(people[0].get(at(text)).text) == []


def test_only_who_reads_a_language_agrees_to_its_words_and_only_to_those_in_the_list(client, sign_in, session, member):
    sign_in(client, member("Heron", reads={"ar"}))
    page = client.get("/studio/words/").text
    assert lint("ar").swaps[0].write in page
    assert lint("en").swaps[0].write not in page
    english = {"language": "en", "entry": lint("en").swaps[0].key, "act": "agree"}
    assert client.post("/studio/words/", data=english).status_code == 403
    assert client.post("/studio/words/", data={**english, "entry": "none"}).status_code == 404
    assert session.scalars(select(WordsAgreed)).all() == []


def test_who_reads_no_language_with_a_list_is_told_so(client, sign_in, member):
    sign_in(client, member("Heron", reads=set()))
    assert "No list yet" in client.get("/studio/words/").text


def test_a_saved_version_has_its_own_hints_and_a_text_that_cannot_be_read_has_none(session, clock, writer, start):
    text = start(WRITE_TO)
    version = guides.save_version(session, writer.id, text, significance="content", note="", now=clock())
    session.commit()
    write(session, clock, writer, text, WRITE_TO, "|a|\n|-|\n|b|robin@example.org|")
    text = anew(session, text)
    assert hints.of_draft(session, writer, text).open == ()
    assert len(hints.of_version(session, writer, text, version).open) == 1
