"""Numbers, addresses and foreign words keep their order in lines that run the other way."""

import pytest

from studio.core.locales import language
from studio.rendering.bidi import isolate_plain, runs
from studio.rendering.markdown import render

EN, AR, HE = language("en"), language("ar"), language("he")


def marked(text, of=AR):
    plain = isolate_plain(text, of)
    return plain.replace("\u2066", "⟦").replace("\u2067", "⟪").replace("\u2069", "⟧")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اتصل على +1 555-0100 الآن.", "اتصل على ⟦+1 555-0100⟧ الآن."),
        ("رقم (555) 010-0199، ثم", "رقم ⟦(555) 010-0199⟧، ثم"),
        ("رقم +1 (555) 010-0199 ثم", "رقم ⟦+1 (555) 010-0199⟧ ثم"),
        ("بند 1-2)  3 ثم", "بند ⟦1-2⟧)  3 ثم"),
        ("(أو 555-0100)", "(أو ⟦555-0100⟧)"),
        ("الساعة 16:00 مساء", "الساعة ⟦16:00⟧ مساء"),
        ("مجتمع LGBTQ+ هنا", "مجتمع ⟦LGBTQ+⟧ هنا"),
        ("تعني (Coming out!) الكثير", "تعني (⟦Coming out!⟧) الكثير"),
        ('قال "Coming out!" ثم', 'قال "⟦Coming out!⟧" ثم'),
        ("قال Coming out! ثم", "قال ⟦Coming out⟧! ثم"),
        ("Coming out!", "⟦Coming out!⟧"),
        ("زر https://example.org/a/ ثم a@example.org.", "زر ⟦https://example.org/a/⟧ ثم ⟦a@example.org⟧."),
        ("خط Trans Line (US) و(UK) Line هنا", "خط ⟦Trans Line (US)⟧ و⟦(UK) Line⟧ هنا"),
        ("منظمة WPATH (مهم LGBT) هنا", "منظمة ⟦WPATH⟧ (مهم ⟦LGBT⟧) هنا"),
        ("في 2020، 3 مرات و 1,000 و 3.5", "في 2020، 3 مرات و 1,000 و 3.5"),
        ("نسبة 25% و ٢٥٪", "نسبة ⟦25%⟧ و ٢٥٪"),
        ("بين ٢٠١٠-٢٠٢٠ اتصل ٠١٢-٣٤٥٦", "بين ٢٠١٠-٢٠٢٠ اتصل ⟦٠١٢-٣٤٥٦⟧"),
        ("اكتب *#06# أو C++ أو @name", "اكتب ⟦*#06#⟧ أو ⟦C++⟧ أو ⟦@name⟧"),
        ("قال [مفتوح LGBT ثم", "قال [مفتوح ⟦LGBT⟧ ثم"),
        ("كلمة é́ ثم", "كلمة ⟦é́⟧ ثم"),
        ("كلمة \u2066LGBT\u2069 ثم", "كلمة ⟦⟦LGBT⟧⟧ ثم"),
        ("نص فقط", "نص فقط"),
        ("", ""),
    ],
)
def test_an_arabic_line_isolates_what_runs_to_the_right(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the word هُوِيّة (الهوية) and עברית, ok", "the word ⟪هُوِيّة (الهوية)⟧ and ⟪עברית⟧, ok"),
        ("only 2020 (here)", "only 2020 (here)"),
        ("عام 2020", "⟪عام⟧ 2020"),
        ("in (عام 2020 م) only", "in (⟪عام 2020 م⟧) only"),
    ],
)
def test_an_english_line_isolates_what_runs_to_the_left(text, expected):
    assert marked(text, EN) == expected


def test_a_language_is_named_only_where_the_script_leaves_no_doubt():
    assert [run.lang for run in runs("و 日本語です و 한국어 و English و 漢字 و", AR)] == ["ja", "ko", None, None]
    assert [run.lang for run in runs("an עברית, a عربي", EN)] == ["he", None]
    assert runs("עם LGBTQ+ כאן", HE)[0].direction == "ltr"


def html(source, of=AR):
    return render(source, of, media_url=lambda name: f"/{name}").html.strip()


def test_a_run_across_bold_is_one_run():
    assert html("خط Trans **Life** Line هنا") == '<p>خط <bdi dir="ltr">Trans <strong>Life</strong> Line</bdi> هنا</p>'
    assert html("خط **Trans** *Line* هنا") == (
        '<p>خط <bdi dir="ltr"><strong>Trans</strong> <em>Line</em></bdi> هنا</p>'
    )


def test_a_run_that_begins_in_bold_and_ends_outside_is_left_as_it_is():
    assert html("خط **نص Trans** Line هنا") == "<p>خط <strong>نص Trans</strong> Line هنا</p>"


def test_a_link_of_foreign_words_carries_its_direction_itself():
    assert html("[Trans *Line*](/a) و [خط Line هنا](/b) و [日本の](/c)") == (
        '<p><a href="/a" dir="ltr">Trans <em>Line</em></a> و <a href="/b">خط <bdi dir="ltr">Line</bdi> هنا</a>'
        ' و <a href="/c" dir="ltr" lang="ja">日本の</a></p>'
    )


def test_code_a_line_break_a_picture_and_a_note_in_a_run():
    assert html("اكتب use `git` now و `x`") == (
        '<p>اكتب <bdi dir="ltr">use <code dir="ltr">git</code> now</bdi> و <code dir="ltr">x</code></p>'
    )
    assert html("اكتب one  \ntwo و one\ntwo") == (
        '<p>اكتب <bdi dir="ltr">one</bdi><br>\n<bdi dir="ltr">two</bdi> و <bdi dir="ltr">one\ntwo</bdi></p>'
    )
    assert '<bdi dir="ltr">LGBT<sup class' in html("مجتمع LGBT[^1] rights هنا\n\n[^1]: نص")
    assert '<bdi dir="ltr">a</bdi> <img' in html("و a ![صورة](media:" + "ab" * 32 + ") b و")


def test_addresses_in_links_and_descriptions_are_not_touched():
    assert 'alt="صورة +1 555-0100"' in html("![صورة +1 555-0100](media:" + "ab" * 32 + ")")
    assert 'href="https://example.org/a-1?b=2"' in html("[نص](https://example.org/a-1?b=2)")
