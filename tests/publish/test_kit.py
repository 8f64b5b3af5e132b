"""The share kit: everything in an order that sorts, in every size and look, the same bytes each time."""

from __future__ import annotations

import os
import time
import zipfile
from io import BytesIO

import pytest

from studio.publish.captions import caption
from studio.publish.kit import share_kit
from studio.publish.slides import cards_of, said

MARKED = "::: card\n{words}\n:::\n\n::: card step\n1. {words}\n2. {words}\n:::\n"
WORDS = {
    "en": "Nobody has to earn rest.",
    "ar": "لا أحد مضطر إلى أن يستحق الراحة.",
    "ja": "休むことに理由はいりません。",
}


@pytest.fixture
def text(document):
    def made(code, **more):
        marked = MARKED.format(words=WORDS[code])
        return document(code, markdown=marked, base_url="https://guides.example", copy_number="7Q4-K2M", **more)

    return made


def unpacked(content):
    with zipfile.ZipFile(BytesIO(content)) as kit:
        assert kit.testzip() is None
        return {name: kit.read(name) for name in kit.namelist()}


@pytest.mark.parametrize("code", WORDS)
def test_a_kit_holds_every_card_in_every_size_and_look_with_its_words(text, code):
    document = text(code)
    content = share_kit(document)
    files = unpacked(content)
    names = ["01-title", "02-quote", "03-step", "04-step", "05-where"]
    pictures = [
        f"{look}/{size}/{name}.png"
        for look in ("light", "dark")
        for size in ("wide", "square", "portrait", "tall")
        for name in names
    ]
    assert [name for name in files if name.endswith(".png")] == pictures
    assert all(files[name].startswith(b"\x89PNG") for name in pictures)
    for name, card in zip(names, cards_of(document), strict=True):
        assert files[f"words/{name}.txt"].decode() == f"{said(document, card)}\n"
        assert said(document, card) in files["captions.txt"].decode()
    assert files["captions.txt"].decode().startswith(caption(document))
    assert document.title in files["read-me.txt"].decode()
    assert len(content) < 2_000_000


def test_the_caption_says_what_to_know_before_where_the_text_is_and_which_copy_this_is(text):
    words = caption(text("en", content_notes=("violence", "self-harm")))
    assert "This text mentions: violence" in words
    assert f"https://guides.example{text('en').path}" in words
    assert "Checked in March 2027 by 4 people · Edition 3 (March 2027) · Copy number 7Q4-K2M" in words


def test_a_kit_is_the_same_on_another_day_and_in_another_time_zone(text, monkeypatch):
    first = share_kit(text("en"))
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert share_kit(text("en")) == first
    finally:
        monkeypatch.undo()
        time.tzset()
    with zipfile.ZipFile(BytesIO(first)) as kit:
        assert {entry.date_time for entry in kit.infolist()} == {(1980, 1, 1, 0, 0, 0)}
