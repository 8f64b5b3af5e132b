"""Two people write at once: nothing is lost, and where they touch, both are shown; saving by itself."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from writing import form, save_version, write

from studio.guides.drafts import log
from studio.guides.models import DraftUpdate
from studio.storage.engine import begin_write, make_engine, make_sessions

JSON = {"Accept": "application/json"}


def autosave(client, address, sent):
    """Send what the script sends: the form, with the token in the header, asking for JSON."""
    headers = {**JSON, "X-Form-Token": sent["form_token"]}
    return client.post(f"{address}write", data=sent, headers=headers, token=False)


@pytest.fixture
def shared(client, begun, other):
    """A text of two paragraphs that both have open."""
    write(client, begun, body="One small step.\n\nTwo.")
    return begun


def test_what_both_wrote_in_different_places_is_all_there(client, shared, other, text_of):
    mine, theirs = form(client.get(f"{shared}write")), form(other.get(f"{shared}write"))
    other.post(f"{shared}write", data={**theirs, "body": "One big step.\n\nTwo."})
    answer = client.post(f"{shared}write", data={**mine, "body": "One small step.\n\nTwo and three."})
    assert answer.status_code == 303
    assert text_of(shared).draft.text == "One big step.\n\nTwo and three."
    assert "Saved. Somebody else wrote meanwhile. Both texts are in." in client.get(answer.location).text


def test_where_both_changed_the_same_word_a_calm_page_shows_both(client, shared, other, text_of):
    mine, theirs = form(client.get(f"{shared}write")), form(other.get(f"{shared}write"))
    other.post(f"{shared}write", data={**theirs, "body": "One big step.\n\nTwo.", "title": "Theirs"})
    answer = client.post(f"{shared}write", data={**mine, "body": "One kind step.\n\nTwo.", "title": "Mine"})
    assert answer.status_code == 200
    assert text_of(shared).draft.text == "One big kind step.\n\nTwo."
    for words in ("They wrote", "You wrote", ">big<", ">kind<", "<mark>big kind</mark>", ">Theirs<", ">Mine<"):
        assert words in answer.text
    assert text_of(shared).draft.fields["title"] == "Mine"


def test_answers_of_both_about_the_text_are_kept(client, shared, other, text_of):
    mine, theirs = form(client.get(f"{shared}write")), form(other.get(f"{shared}write"))
    other.post(f"{shared}write", data={**theirs, "sources": "Theirs", "facets": ["health"], "summary": "Short"})
    client.post(f"{shared}write", data={**mine, "sources": "Mine", "facets": ["minors"]})
    text = text_of(shared)
    assert (text.draft.fields["sources"], text.draft.fields["summary"]) == (["Mine", "Theirs"], "Short")
    assert text.guide.facets == ["health", "minors"]


def test_a_form_that_was_opened_before_a_facet_came_does_not_take_it_away(client, shared, other, text_of):
    mine = form(client.get(f"{shared}write"))
    write(other, shared, facets=["risk:high"], legal="TR")
    client.post(f"{shared}write", data={**mine, "body": "Newer."})
    assert text_of(shared).guide.facets == ["risk:high", "legal:TR"]


def test_saving_by_itself_answers_what_the_page_needs_to_go_on(client, shared, text_of):
    sent = {**form(client.get(f"{shared}write")), "body": "One.", "base_count": "1"}
    answer = autosave(client, shared, sent)
    draft = text_of(shared).draft
    assert answer.json == {
        "seq": draft.head_seq,
        "digest": log.head(draft).digest,
        "about": sent["base_about"],
        "text_changed": False,
        "touching": [],
    }
    assert draft.text == "One."


def test_saving_by_itself_goes_on_from_the_answer(client, shared, session, text_of):
    sent = {**form(client.get(f"{shared}write")), "body": "One.", "base_count": "1"}
    answer = autosave(client, shared, sent).json
    sent |= {"body": "One. Two.", "base_count": "2", "base_seq": answer["seq"], "base_digest": answer["digest"]}
    assert autosave(client, shared, sent).json["text_changed"] is False
    assert text_of(shared).draft.text == "One. Two."


def test_while_others_write_the_page_goes_on_from_its_own_text_and_nothing_is_doubled_or_undone(
    client, shared, other, text_of
):
    sent = {**form(client.get(f"{shared}write")), "base_count": "1", "body": "One small step.\n\nTwo. Mine"}
    write(other, shared, body="Theirs. One small step.\n\nTwo.")
    answer = autosave(client, shared, sent)
    assert answer.json["text_changed"] is True
    sent |= {"body": "One small step.\n\nTwo. Mine, longer.", "base_count": "2"}
    assert autosave(client, shared, sent).json["text_changed"] is True
    assert text_of(shared).draft.text == "Theirs. One small step.\n\nTwo. Mine, longer."
    sent |= {"body": "One small step.\n\nTwo. Mine.", "base_count": "3"}
    client.post(f"{shared}write", data=sent)
    assert text_of(shared).draft.text == "Theirs. One small step.\n\nTwo. Mine."


def test_an_answer_that_got_lost_writes_nothing_twice_though_others_wrote_beside_it(client, shared, other, text_of):
    sent = {**form(client.get(f"{shared}write")), "base_count": "1", "body": "One small step. Hel\n\nTwo."}
    autosave(client, shared, sent)
    write(other, shared, body="One small step. Hel Theirs\n\nTwo.")
    sent |= {"body": "One small step. Hello\n\nTwo.", "base_count": "2"}
    autosave(client, shared, sent)
    assert text_of(shared).draft.text == "One small step. Hello Theirs\n\nTwo."


def test_an_older_message_that_arrives_late_undoes_nothing(client, shared, text_of):
    sent = {**form(client.get(f"{shared}write")), "base_count": "2", "body": "One. Two. Three."}
    autosave(client, shared, sent)
    late = autosave(client, shared, {**sent, "base_count": "1", "body": "One. Two."})
    assert late.json["text_changed"] is True
    assert text_of(shared).draft.text == "One. Two. Three."


def test_a_refusal_of_saving_by_itself_is_a_sentence(client, shared, text_of):
    sent = {**form(client.get(f"{shared}write")), "title": "", "body": "One."}
    answer = autosave(client, shared, sent)
    assert answer.status_code == 422
    assert answer.json["error"] == "Give your text a title; you can change it at any time."
    assert text_of(shared).draft.text == "One small step.\n\nTwo."


def test_what_touches_is_told_to_the_script(client, shared, other):
    sent = {**form(client.get(f"{shared}write")), "body": "One kind step.\n\nTwo."}
    write(other, shared, body="One big step.\n\nTwo.")
    assert autosave(client, shared, sent).json["touching"] == [{"theirs": "big", "mine": "kind", "field": ""}]


@pytest.mark.parametrize("changed", [{"base_seq": "99"}, {"base_seq": "x"}, {"base_digest": "0" * 32}])
def test_where_the_beginning_is_not_known_both_texts_stand_beside_each_other(client, shared, text_of, changed):
    sent = {**form(client.get(f"{shared}write")), "body": "Mine alone.", "summary": "My summary", **changed}
    answer = client.post(f"{shared}write", data=sent)
    assert answer.status_code == 409
    assert "One small step.\n\nTwo.</textarea>" in answer.text
    again = form(answer)
    assert (again["body"], again["summary"], again["title"]) == ("Mine alone.", "My summary", "How to rest")
    assert text_of(shared).draft.text == "One small step.\n\nTwo."
    assert client.post(f"{shared}write", data=again).status_code == 303
    draft = text_of(shared).draft
    assert (draft.text, draft.fields["summary"]) == ("Mine alone.", "My summary")


def test_a_script_whose_beginning_is_not_known_gets_a_sentence(client, shared):
    sent = {**form(client.get(f"{shared}write")), "body": "Mine alone.", "base_seq": "99"}
    answer = autosave(client, shared, sent)
    assert answer.status_code == 409
    assert "no longer kept" in answer.json["error"]


def test_after_the_log_was_forgotten_an_old_form_shows_both_texts(client, shared, session, text_of, clock):
    old = {**form(client.get(f"{shared}write")), "body": "Mine alone."}
    write(client, shared, body="Newer.")
    save_version(client, shared)
    draft = text_of(shared).draft
    log.settle(session, draft, draft.head_seq, clock())
    session.commit()
    assert client.post(f"{shared}write", data=old).status_code == 409
    write(client, shared, body="Newer and newest.")
    assert text_of(shared).draft.text == "Newer and newest."


def test_many_saving_at_once_lose_nothing(app, client, shared, browser, member, sign_in, text_of):
    lines = "\n\n".join(f"line {number}" for number in range(6))
    write(client, shared, body=lines)
    clients = []
    for number, name in enumerate(["Wren", "Gull", "Swift", "Robin", "Stork", "Crane"]):
        one = browser()
        sign_in(one, member(name))
        clients.append((one, number, form(one.get(f"{shared}write"))))
    codes = []

    def send(one, number, sent):
        body = lines.replace(f"line {number}", f"line {number} by {number}")
        codes.append(one.post(f"{shared}write", data={**sent, "body": body}).status_code)

    threads = [threading.Thread(target=send, args=arguments) for arguments in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [303] * 6
    assert text_of(shared).draft.text == "\n\n".join(f"line {number} by {number}" for number in range(6))


def test_each_change_has_its_author_and_says_how_it_came(client, shared, other, session, heron, kite, settings):
    write(other, shared, body="Theirs.")
    rows = session.execute(select(DraftUpdate.author, DraftUpdate.kind).order_by(DraftUpdate.seq)).all()
    assert [tuple(row) for row in rows] == [(heron.id, "form"), (heron.id, "form"), (kite.id, "form")]


def test_a_save_waits_for_one_that_is_under_way(app, client, shared, settings, text_of):
    sent = {**form(client.get(f"{shared}write")), "body": "Waited."}
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as busy:
        begin_write(busy)
        thread = threading.Thread(target=lambda: client.post(f"{shared}write", data=sent))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        busy.rollback()
        thread.join()
    engine.dispose()
    assert text_of(shared).draft.text == "Waited."
