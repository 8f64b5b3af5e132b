"""Forms are read with bounds; words with markup stay safe; larger bodies are for views that take them."""

from __future__ import annotations

import logging

import pytest
from flask import request
from markupsafe import Markup

from studio.core.errors import Invalid, TooLarge
from studio.web import assets, forms, logs, marks, shell


@pytest.fixture
def form(app):
    def read(**data):
        return app.test_request_context("/studio/x", method="POST", data=data)

    return read


def test_a_line_has_single_spaces_and_a_text_has_its_lines(form):
    with form(title="  A\ttitle \r\n of two  ", body="one\r\ntwo\rthree\n"):
        assert forms.line("title") == "A title of two"
        assert forms.text("body") == "one\ntwo\nthree\n"
        assert forms.line("missing") == ""
        with pytest.raises(TooLarge):
            forms.line("title", 5)


def test_a_choice_is_one_of_those_offered(form):
    with form(kind="guide", odd="x"):
        assert forms.choice("kind", {"guide", "story"}) == "guide"
        assert forms.choice("missing", {"guide"}, "guide") == "guide"
        with pytest.raises(Invalid):
            forms.choice("odd", {"guide"})


def test_ticks_are_read(form):
    with form(topics=["a", "b", "a", "z"], agreed="yes"):
        assert forms.several("topics", {"a", "b"}) == ["a", "b"]
        assert forms.ticked("agreed")
        assert not forms.ticked("other")


def test_a_value_in_a_sentence_is_escaped_unless_it_is_markup(app):
    with app.test_request_context("/en/"):
        link = Markup('<a href="/x">{}</a>').format("<b>")
        assert shell._("See {link}.", link=link) == 'See <a href="/x">&lt;b&gt;</a>.'
        assert isinstance(shell._("See {link}.", link=link), Markup)
        assert shell._("See {name}.", name="<b>") == "See <b>."


def test_a_view_that_takes_images_takes_larger_bodies_than_others(app, client):
    @app.post("/studio/try/image")
    @marks.takes_bytes(6_000_000)
    def image():
        return str(len(request.form["image"]))

    @app.post("/studio/try/words")
    def words():
        return "read"

    large = "x" * 4_000_000
    assert client.post("/studio/try/image", data={"image": large}).text == "4000000"
    assert client.post("/studio/try/words", data={"image": large}).status_code == 413
    assert client.post("/studio/try/image", data={"image": large + large}).status_code == 413


def test_a_static_file_that_is_there_is_known(app):
    assert assets.exists("icon.svg")
    assert not assets.exists("icon.exe")


def test_loggers_speak_plainly_only_when_nobody_else_decided(monkeypatch):
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.set_up_if_bare()
        assert root.handlers == before
        root.handlers[:] = []
        logs.set_up_if_bare()
        assert [type(handler.formatter) for handler in root.handlers] == [logs.PlainFormatter]
        assert logging.getLogger("uvicorn.access").disabled
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.getLogger("uvicorn.access").disabled = False


def _fails():
    raise ValueError("what somebody typed")


def test_the_cause_of_a_failure_is_told_by_its_kind():
    failure = RuntimeError("and more of it")
    try:
        _fails()
    except ValueError as error:
        failure.__cause__ = error
    caught = (RuntimeError, failure, None)
    line = logs.PlainFormatter().format(logging.LogRecord("studio.x", logging.ERROR, "x.py", 1, "failed", (), caught))
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert "typed" not in line
