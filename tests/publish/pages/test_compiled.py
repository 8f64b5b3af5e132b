"""Templates are kept as Python understands them, and never when they or what compiles them are others."""

from __future__ import annotations

import sys

import pytest
from jinja2 import DictLoader, Environment

from studio.publish.pages import environment


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "__pycache__"


def rendered(text, folder):
    loader = DictLoader({"page": text})
    return (
        Environment(loader=loader, autoescape=True, bytecode_cache=environment._Compiled(folder))
        .get_template("page")
        .render()
    )


def test_a_template_is_compiled_once_and_anew_when_it_changed(kept):
    assert rendered("Rest {{ 1 + 1 }}", kept.parent) == "Rest 2"
    (one,) = kept.iterdir()
    before = one.read_bytes()
    assert rendered("Rest {{ 1 + 1 }}", kept.parent) == "Rest 2"
    assert one.read_bytes() == before
    assert rendered("Water {{ 1 + 1 }}", kept.parent) == "Water 2"
    assert [path.read_bytes() != before for path in kept.iterdir()] == [True]


@pytest.mark.parametrize("content", [b"", b"0 0\nwhatever", b"\x00" * 400])
def test_what_is_not_from_here_is_compiled_anew(kept, content):
    rendered("Rest", kept.parent)
    (one,) = kept.iterdir()
    one.write_bytes(content)
    assert rendered("Rest", kept.parent) == "Rest"


def test_nothing_is_kept_where_python_keeps_nothing_or_nothing_can_be_written(kept, monkeypatch):
    assert rendered("Rest", kept.parent / "none") == "Rest"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered("Rest", kept.parent) == "Rest"
    assert list(kept.iterdir()) == []
