"""A refusal is a page in the person's language that gives their text back."""

from __future__ import annotations

import logging
import sqlite3
from html import unescape

import pytest
from sqlalchemy.exc import OperationalError

from studio.core import errors
from studio.core.words import N_
from studio.members import current
from studio.web import giveback, logs

TEXT = "What I wrote for an hour,\nin two lines.\nمساء الخير"
REFUSALS = {
    403: errors.NotAllowed(N_("This is for an editor.")),
    404: errors.NotFound(N_("There is no such text.")),
    409: errors.Conflict(N_("Somebody saved before you.")),
    413: errors.TooLarge(N_("This is too long.")),
    422: errors.Invalid(N_("A title is missing."), {"title": N_("Please give it a title.")}),
    429: errors.TooOften(N_("Please wait."), 30),
}


@pytest.fixture
def refusing(app):
    def refuse(code):
        raise REFUSALS[code]

    def needs_somebody():
        current.require_actor()
        return "saved"

    def breaks():
        raise RuntimeError(TEXT)

    def full():
        raise OperationalError("INSERT", {"body": TEXT}, sqlite3.OperationalError("database or disk is full"))

    def locked():
        raise OperationalError("INSERT", {"body": TEXT}, sqlite3.OperationalError("database is locked"))

    app.add_url_rule("/studio/try/<int:code>", "refuse", refuse, methods=["GET", "POST"])
    app.add_url_rule("/studio/try/save", "save", needs_somebody, methods=["POST"])
    app.add_url_rule("/studio/try/break", "break", breaks, methods=["POST"])
    app.add_url_rule("/studio/try/full", "full", full, methods=["POST"])
    app.add_url_rule("/studio/try/locked", "locked", locked, methods=["POST"])
    return app


def given_back(answer, text=TEXT):
    return text in unescape(answer.text)


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_each_refusal_has_its_status_its_sentence_and_gives_the_text_back(refusing, client, code):
    answer = client.post(f"/studio/try/{code}", data={"body": TEXT, "passphrase": "a secret of many words"})
    assert answer.status_code == code
    assert REFUSALS[code].message.text in unescape(answer.text)
    assert given_back(answer)
    assert "a secret of many words" not in answer.text
    assert "<textarea" in answer.text


def test_a_page_without_a_text_has_no_box_for_one(refusing, client):
    answer = client.post("/studio/try/409", data={"answer": "yes", "base_hash": "a" * 64})
    assert "<textarea" not in answer.text


@pytest.mark.parametrize(("act", "code"), [("save", 401), ("break", 500), ("full", 507), ("locked", 503)])
def test_an_ended_visit_a_mistake_and_a_full_disk_give_the_text_back(refusing, client, caplog, act, code):
    answer = client.post(f"/studio/try/{act}", data={"body": TEXT})
    assert answer.status_code == code
    assert given_back(answer)


def test_a_form_without_its_token_gives_the_text_back(refusing, client):
    answer = client.post("/studio/try/save", token=False, data={"body": TEXT})
    assert answer.status_code == 400
    assert given_back(answer)


def test_too_large_a_form_gives_back_what_was_read(refusing, client):
    long = "word " * 500_000
    answer = client.post("/studio/try/save", data={"body": long})
    assert answer.status_code == 413
    assert given_back(answer, long)


def test_a_form_beyond_reading_is_refused_without_being_read(refusing, client):
    answer = client.post("/studio/try/save", data={"body": "x" * (giveback.MOST_BYTES + 10)})
    assert answer.status_code == 413
    assert "<textarea" not in answer.text


def test_a_script_gets_json(refusing, client):
    answer = client.post("/studio/try/422", data={"body": TEXT}, headers={"Accept": "application/json"})
    assert answer.json == {
        "status": 422,
        "error": "A title is missing.",
        "fields": {"title": "Please give it a title."},
    }


def test_the_wrong_method_is_told_which_ones_there_are(refusing, client):
    answer = client.get("/studio/try/save")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_texts_are_told_from_machine_values_and_secrets():
    assert giveback.is_worth_it("title", "A title of some length")
    assert giveback.is_worth_it("body", "a\nb")
    assert not giveback.is_worth_it("base", "A title of some length")
    assert not giveback.is_worth_it("hash", "0f" * 32)
    assert not giveback.is_worth_it("passphrase", "seven lamps beside the river")
    assert not giveback.is_worth_it("answer", "yes")


def test_a_text_cannot_break_out_of_its_box(refusing, client):
    answer = client.post("/studio/try/409", data={"body": "</textarea><script>alert(1)</script> and more"})
    assert "<script>alert" not in answer.text


def test_the_page_speaks_the_members_language_also_where_there_is_no_page(client, member, sign_in):
    sign_in(client, member("بلبل", language="ar"))
    answer = client.get("/studio/no-such-page", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl">' in answer.text


@pytest.mark.parametrize(
    ("wish", "lang", "direction"),
    [("ar", "ar", "rtl"), ("de", "en", "ltr"), ("fr", "fr", "ltr"), ("en", "en", "ltr"), ("", "en", "ltr")],
)
def test_before_signing_in_the_browsers_wish_counts_and_english_words_are_called_english(client, wish, lang, direction):
    page = client.get("/studio/sign-in", headers={"Accept-Language": wish}).text
    assert f'<html lang="{lang}" dir="{direction}">' in page


def test_a_log_line_holds_no_address_agent_query_name_or_text(refusing, client):
    record = []
    handler = logging.Handler()
    handler.setFormatter(logs.PlainFormatter())
    handler.emit = lambda entry: record.append(handler.format(entry))
    logging.getLogger("studio").addHandler(handler)
    try:
        client.post(
            "/studio/try/break?q=canaryquery",
            data={"body": TEXT},
            headers={"User-Agent": "canaryagent"},
            environ_base={"REMOTE_ADDR": "203.0.113.99"},
        )
    finally:
        logging.getLogger("studio").removeHandler(handler)
    written = "\n".join(record)
    assert "RuntimeError" in written
    assert "a request failed" in written
    for canary in ("canaryquery", "canaryagent", "203.0.113", "What I wrote", "/studio/try"):
        assert canary not in written


def test_a_line_of_another_library_is_written_as_its_place_alone():
    entry = logging.LogRecord(
        "werkzeug", logging.ERROR, "/x/serving.py", 7, "GET /secret from %s", ("203.0.113.9",), None
    )
    line = logs.PlainFormatter().format(entry)
    assert line.endswith("ERROR werkzeug: serving.py:7")
    entry = logging.LogRecord("studio.jobs", logging.INFO, "x.py", 7, "made %s", ("A name",), None)
    assert logs.PlainFormatter().format(entry).endswith("made %s")
    entry.studio_safe = True
    assert logs.PlainFormatter().format(entry).endswith("made A name")
