"""A word processor's file from a stranger: bombs, lies and addresses harm nobody, and each has its sentence."""

from __future__ import annotations

import socket
import struct
import time
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from wordfiles import docx, image, p, picture, run, spaced, table, zipped

from studio.core.errors import Invalid, TooLarge, TooOften
from studio.guides.wordfile import opening
from studio.guides.wordfile.opening import open_file
from studio.guides.wordfile.package import ENTRIES, FILE_BYTES

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))


def with_document(xml: str | bytes) -> bytes:
    return docx(parts={"word/document.xml": xml})


def refused(data: bytes, *errors: type[Exception]) -> str:
    began = time.monotonic()
    with pytest.raises(errors or (Invalid, TooLarge)) as error:
        open_file(data, "How to rest")
    assert time.monotonic() - began < 20
    return str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        b"no file of this kind",
        b"PK\x03\x04 but broken",
        zipped({"a.txt": "x"}),
        docx(parts={"word/document.xml": "<x/>"}),
    ],
)
def test_another_kind_of_file_is_told_how_to_become_one(data):
    assert "choose “Save as” and .docx" in refused(data, Invalid)


def test_an_older_file_or_one_with_a_password_is_told_what_to_do():
    assert "without a password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", Invalid)


def test_a_file_whose_text_is_broken_is_told_what_to_do():
    assert "save it again as .docx" in refused(with_document("<w:document"), Invalid)
    assert "save it again as .docx" in refused(docx(p('<w:r><w:sym w:char="no"/></w:r>')), Invalid)


def test_a_file_without_words_is_told_so():
    assert "no words" in refused(docx(p("")), Invalid)


def test_a_file_that_is_too_large_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(opening, "CHILD", "nothing.that.exists")
    assert "larger than 12 MB" in refused(b"PK" + bytes(FILE_BYTES), TooLarge)


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_a_part_that_unpacks_to_a_mountain_is_refused(name):
    bomb = docx(p("x"), parts={name: bytes(60_000_000)})
    assert len(bomb) < 100_000
    assert "too large or too intricate" in refused(bomb, TooLarge)


def test_a_part_that_lies_about_its_size_is_refused():
    bomb = bytearray(with_document(spaced("document", p("x" * 5_000_000))))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.find(b"word/document.xml")
        while at >= 0:
            start = bomb.rfind(mark, 0, at)
            if start >= 0 and at - start in (46, 30) and bomb[start : start + 4] == mark:
                bomb[start + place : start + place + 4] = struct.pack("<I", 100)
            at = bomb.find(b"word/document.xml", at + 1)
    assert "save it again as .docx" in refused(bytes(bomb), Invalid)


def test_a_packing_that_no_word_processor_uses_is_refused():
    out = BytesIO()
    with ZipFile(BytesIO(docx(p("x")))) as plain, ZipFile(out, "w", ZIP_BZIP2) as odd:
        for name in plain.namelist():
            odd.writestr(name, plain.read(name))
    assert "save it again as .docx" in refused(out.getvalue(), Invalid)


def test_thousands_of_parts_are_refused():
    many = docx(p("x"), parts={f"word/x{n}.xml": "" for n in range(ENTRIES)})
    assert "too large or too intricate" in refused(many, TooLarge)


@pytest.mark.parametrize(
    "doctype",
    [f"<!DOCTYPE x [{LAUGHS}]>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">', '<!DOCTYPE x [<!ENTITY a "b">]>'],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_declared_entities_are_refused_wherever_they_stand(doctype, name):
    bomb = docx(p("x"), parts={name: doctype + spaced("document", p("&l8;"))})
    assert "save it again as .docx" in refused(bomb, Invalid)


def test_entities_in_parts_that_nobody_asks_for_are_never_read():
    evil = f"<!DOCTYPE x [{LAUGHS}]><x>&l8;</x>"
    parts = dict.fromkeys(("[Content_Types].xml", "word/comments.xml", "mammoth/style-map", "docProps/core.xml"), evil)
    assert open_file(docx(p("calm"), parts=parts), "x").body == "calm\n"


@pytest.mark.parametrize("target", ["document.xml", "comments.xml", "../[Content_Types].xml", "../../../etc/passwd"])
def test_a_picture_that_names_another_part_does_not_take_its_place(target):
    evil = f"<!DOCTYPE x [{LAUGHS}]><x>&l8;</x>"
    parts = {"word/comments.xml": evil, "[Content_Types].xml": evil}
    sent = docx(p("calm ", run("canary", "vanish"), picture("a", "leaf")), links={"a": ("image", target)}, parts=parts)
    answer = open_file(sent, "x")
    assert (answer.body, answer.pictures) == ("calm\n", ())
    assert "leaf" in str(answer.dropped[-1]) or "not in the file" in str(answer.dropped[-1])


@pytest.mark.parametrize("wrapper", ["ins", "sdt", "tbl", "hyperlink"])
def test_what_stands_in_itself_too_deep_is_refused(wrapper):
    deep = f"<w:{wrapper}>" * 5_000 + f"</w:{wrapper}>" * 5_000
    assert "too large or too intricate" in refused(with_document(spaced("document", deep)), TooLarge)


def test_the_deepest_that_is_allowed_is_read():
    deep = p("words")
    for _ in range(22):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc><w:tc>{p('x')}</w:tc></w:tr></w:tbl>"
    assert "words" in open_file(docx(deep), "x").body


def test_a_million_elements_are_refused():
    assert "too large or too intricate" in refused(docx("<w:p/>" * 1_000_000), TooLarge)


def test_tables_of_absurd_size_are_refused():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="99999999999999999999"/></w:tcPr>{p("x")}</w:tc>'
    assert "more than 60 columns" in refused(docx(table(("a", "b"), ("c", *["d"] * 70))), TooLarge)
    assert open_file(docx(table((wide, "a"))), "x").body.startswith("| x | a |")
    assert "more than 6000 cells" in refused(docx(table(*[("a", "b", "c")] * 2_500)), TooLarge)


def test_nothing_outside_of_the_file_is_ever_asked_for():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        place = f"http://127.0.0.1:{listener.getsockname()[1]}/canary"
        links = {key: (sort, place) for key, sort in (("a", "image"), ("h", "hyperlink"), ("t", "attachedTemplate"))}
        body = docx(p("calm", picture("a", "leaf", "link"), picture("a", "leaf")), links=links)
        assert open_file(body, "x").body == "calm\n"
        with pytest.raises(TimeoutError):
            listener.accept()


def test_pictures_beyond_reason_stay_behind_and_are_told():
    links = {f"i{n}": image((n, n, n)) for n in range(33)}
    links["big"] = bytes(8_000_001)
    answer = open_file(docx(p(*[picture(key, "leaf") for key in links]), links=links), "x")
    assert len(answer.pictures) == 30
    assert [str(one) for one in answer.dropped] == [
        "Pictures that are not in the file itself or are too large stayed behind: 1.",
        "Pictures beyond the first 30 stayed behind: 3. Put them in again under Images.",
    ]


def test_a_file_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 0.01)
    assert "too large or too intricate" in refused(docx(p("x")), TooLarge)


def test_a_child_that_dies_of_something_unforeseen_is_a_file_that_cannot_be_read(monkeypatch, capfd):
    monkeypatch.setattr(opening, "CHILD", "studio.guides.wordfile.not_there")
    assert "save it again as .docx" in refused(docx(p("x")), Invalid)
    capfd.readouterr()


def test_only_one_is_opened_at_a_time(monkeypatch):
    monkeypatch.setattr(opening, "_PATIENCE", 0)
    with opening._ONE_AT_A_TIME:
        assert "Try again in a minute" in refused(docx(p("x")), TooOften)
    assert open_file(docx(p("x")), "").body == "x\n"
