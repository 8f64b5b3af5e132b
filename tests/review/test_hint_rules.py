"""Single rules of hints: what is noticed, what is left alone, what is certain enough to be mended with one tap."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from studio.core.errors import Invalid
from studio.core.locales import LANGUAGES
from studio.guides.rules.statuses import Kind as TextKind
from studio.review.library import lint
from studio.review.rules.hints.finding import Looked, find
from studio.review.rules.hints.hint import AT_A_TIME, LONGEST_QUOTE, STOPPING, Hint, Kind, open_hints, shortened
from studio.review.rules.hints.lint import Lint
from studio.review.rules.hints.part import MOST_OF_A_KIND, Spans
from studio.review.rules.hints.people import is_phone
from studio.review.rules.hints.tokens import compiled, unknown_sign

TEXT = Looked("", "A calm talk", "How to begin.", "en")


def hints(body: str = "", code: str = "en", **more: object) -> list[Hint]:
    looked = replace(TEXT, body=body, language=code, **more)
    return list(find(looked, lint(code)))


def kinds(body: str = "", code: str = "en", **more: object) -> list[str]:
    return [str(hint.kind) for hint in hints(body, code, **more)]


def mended(body: str, **more: object) -> str:
    """Return a text after its one hint's change is made."""
    fix = hints(body, **more)[0].fix
    assert fix
    return f"{body[: fix.start]}{fix.new or 'A LEAF'}{body[fix.end :]}"


def test_only_what_rule_thirteen_names_stops():
    assert {str(kind) for kind in STOPPING} == {"glyph", "picture", "link", "marked", "dose", "statistic", "law"}
    found = hints("Write to robin@example.org.\n\nTake 5 mg.\n", facets=("health",))
    assert [(str(hint.kind), hint.stops) for hint in found] == [("dose", True), ("mail", False)]


def test_a_hint_is_known_by_its_words_and_its_block_so_a_changed_block_makes_it_new():
    before, after = (hints(f"Write to robin@example.org {end}.")[0] for end in ("now", "later"))
    assert before.key != after.key
    assert before.key == hints("Something above.\n\nWrite to robin@example.org now.")[0].key


def test_what_is_kept_is_not_open_but_what_stops_cannot_be_kept():
    found = hints("Write to robin@example.org.\n\nTake 5 mg.\n", facets=("health",))
    assert [str(hint.kind) for hint in open_hints(found, {hint.key for hint in found})] == ["dose"]


def test_long_words_of_a_hint_are_cut():
    assert shortened("one\n  two") == "one two"
    assert len(shortened("word " * 90)) <= LONGEST_QUOTE + 1


def test_a_picture_without_words_gets_them_by_typing_them():
    assert mended("![](media:x)") == "![A LEAF](media:x)"
    assert hints("![\n](media:x)")[0].fix is None
    assert kinds("![a leaf](media:x)") == []


@pytest.mark.parametrize("link", ["#sleep", "#h-sleep", "#Sleep", "/en/", "https://a.example/b", "guide:rest"])
def test_a_link_that_leads_somewhere_is_left_alone(link):
    assert kinds(f"## Sleep\n\n[words]({link})\n", titles=(("rest", "Rest"),)) == []


def test_a_link_to_nowhere_is_led_to_the_one_heading_or_guide_of_its_words():
    body = "## Then *rest*\n\n[then  Rest](#old)\n"
    assert mended(body) == body.replace("#old", "#h-then-rest")
    assert mended("[Rest](guide:old)", titles=(("rest", "rest"), ("other", "Other"))) == "[Rest](guide:rest)"


@pytest.mark.parametrize(
    "body",
    ["[words](#old)", "# A\n\n# A\n\n[A](#old)", "# A\n\n[A][b]\n\n[b]: #old", "[x](guide:old)", "[](guide:old)"],
)
def test_a_link_that_could_lead_to_more_than_one_place_is_not_mended(body):
    found = [hint for hint in hints(body) if hint.kind is Kind.LINK]
    assert len(found) == 1
    assert found[0].fix is None
    assert found[0].stops


def test_an_address_of_the_house_where_nothing_is_leads_nowhere():
    assert kinds("[x](/en/none/)", lost=frozenset({"/en/none/"})) == ["link"]


def test_a_heading_that_skips_a_level_is_put_below_the_one_before():
    assert mended("# A\n\n### B\n") == "# A\n\n## B\n"
    assert kinds("# A\n\n## B\n\n# C\n\nD\n---\n") == []
    assert kinds("### A\n\n### B\n") == []


def test_a_table_of_seven_columns_is_too_wide_for_a_page():
    def table(columns: int) -> str:
        return "\n".join("|" + "|".join(cell * columns) + "|" for cell in ("a", "-", "b"))

    assert kinds(table(7)) == ["table"]
    assert kinds(table(6)) == []


def test_a_character_that_no_font_has_is_named_where_it_stands():
    assert [(hint.part, hint.words) for hint in hints("One \ue000.", missing=("\ue000",))] == [("body", "U+E000")]
    assert [hint.part for hint in hints(title="\ue000", missing=("\ue000",))] == ["title"]
    assert [hint.part for hint in hints("One.", missing=("\ue000",))] == ["about"]


def test_a_card_takes_a_title_of_common_words_but_no_endless_one():
    assert kinds(title="word " * 29) == []
    assert kinds(title="w" * 41) == ["card"]
    assert "card" in kinds(code="ja", title="長" * 70, summary="長" * 150)
    assert kinds(code="ja", title="長" * 40, summary="長" * 60) == []
    assert kinds(title="") == []


@pytest.mark.parametrize(
    "number",
    [
        "+44 1632 960123", "0033 199001234", "(555) 555-0123", "555-0123", "01 99 00 12 34", "030 9018 20 123",
        "5550123456", "612 345 678",
    ],
)  # fmt: skip
def test_a_number_to_call(number):
    assert is_phone(number)
    assert kinds(f"It is {number} there.") == ["phone"]


@pytest.mark.parametrize(
    "number",
    [
        "14.03.2024", "2024-03-14", "2019-2023", "2019 2020 2021", "10.30-12.45", "1,200,000", "1.200.000",
        "1 200 000", "300 000 000", "978-3-16-148410-0", "1000000000", "1 2 3 4 5 6 7", "120 - 1500 20", "1234 5678",
        "123456", "1234567890123456",
    ],
)  # fmt: skip
def test_a_number_that_nobody_can_call(number):
    assert not is_phone(number)


def test_a_number_in_words_counts_only_where_the_language_names_it():
    assert kinds("Take two tablets.", facets=("health",)) == ["dose"]
    assert kinds("Take the tablets.", facets=("health",)) == []
    assert kinds("Tablets may help.", facets=("health",)) == []
    assert kinds("It is 100% true, and 100 % calm.", facets=("health",)) == []
    assert kinds("In 2 in 10 minutes.", facets=("health",)) == []


def test_numbers_in_notes_code_and_addresses_are_no_phones():
    assert kinds("A[^1] `+44 1632 960123` https://a.example/01632960123\n\n[^1]: A book, +44 1632 960123.\n") == []


def test_a_link_that_calls_or_writes_is_noticed_by_what_it_holds():
    found = hints("[call](tel:+441632960123) [write](mailto:a@b.example)")
    assert [(str(hint.kind), hint.words) for hint in found] == [("phone", "+441632960123"), ("mail", "a@b.example")]


def test_a_short_number_within_a_long_one_is_told_once():
    assert kinds("Call 555 0123 4567 at night.") == ["phone"]


def test_a_day_without_a_place_and_a_place_in_the_next_sentence_tell_nothing():
    assert kinds("It was 3 May 2024. She lives in Leeds.") == []
    assert kinds("It was 3 May 2024 in Leeds.") == ["place"]
    assert kinds("We met in May in Leeds.") == []
    assert kinds("On May 3 I was in Leeds.") == ["place"]
    assert kinds("We met in 3 May.") == []


def test_a_word_to_avoid_is_told_only_where_speakers_agreed_and_nobody_speaks_of_themselves():
    english = lint("en")
    agreed = frozenset(swap.key for swap in english.swaps)
    body = "Homosexuals were not welcome."
    assert kinds(body) == []
    (hint,) = hints(body, agreed=agreed)
    assert (hint.kind, hint.instead) == (Kind.WORDS, "gay, lesbian, bi")
    assert hint.because
    for left in (f"> {body}", f"He said “{body}”", "I am a homosexual.", "The code names homosexual acts."):
        assert kinds(left, agreed=agreed) == []
    assert kinds(body, agreed=agreed, kind=TextKind.STORY) == []
    assert kinds(title="Homosexuals", agreed=agreed) == ["words"]


def test_long_sentences_are_told_once_a_section_and_anew_when_one_of_them_changes():
    long = "word " * 26 + "end."
    before = hints(f"{long}\n\n# A\n\n{long} {long}\n\nOther {long}\n")
    assert [hint.sentence.values.get("n", 1) for hint in before] == [1, 3]
    after = hints(f"{long}\n\n# A\n\n{long} {long}\n\nAnother {long}\n")
    assert before[0].key == after[0].key
    assert before[1].key != after[1].key
    assert kinds(f"| {long} |\n|---|\n| {long} |\n") == []


def test_long_sentences_of_ideographs_are_counted_by_letters():
    long = "長" * 81
    assert [hint.sentence.values.get("n", 1) for hint in hints(f"{long}。{long}。", "ja")] == [2]
    assert [hint.sentence.values.get("n", 1) for hint in hints(f"{long}。", "ja")] == [1]


def test_a_language_without_a_file_has_the_rules_that_need_none():
    looked = replace(TEXT, body="Write to robin@example.org. Take 5 mg.", language="sv", facets=("health",))
    assert [str(hint.kind) for hint in find(looked, Lint("sv"))] == ["mail"]


def test_a_paste_of_addresses_does_not_make_a_list_that_nobody_reads():
    body = "\n\n".join(f"a{number}@b.example" for number in range(MOST_OF_A_KIND + 50))
    assert len(hints(body)) == MOST_OF_A_KIND
    assert AT_A_TIME == 3


def test_a_text_that_cannot_be_shown_is_refused_as_rendering_refuses_it():
    with pytest.raises(Invalid):
        hints("a\x00b")


def test_a_facet_of_law_asks_for_sources_too():
    assert kinds("Section 5 says so.", facets=("legal:GB",)) == ["law"]
    assert kinds("Section 5 says so.", facets=("minors",)) == []


def test_tokens_know_blanks_numbers_names_ideographs_and_endings():
    tokens = compiled(["in  {Name}", "homosexual*", "{n} of {n}", "mg"], "en")
    text = "in Leeds, in the Homosexuals 3 of 4 MG mg"
    assert [text[found.start : found.end] for found in tokens.find(text)] == [
        "mg", "in Leeds", "Homosexuals", "3 of 4"
    ]  # fmt: skip
    assert unknown_sign("a {b} c") == "{b}"
    assert unknown_sign("a } c") == "}"
    assert unknown_sign("a {n} c") == ""


def test_arabic_tokens_are_found_with_marks_another_alif_and_what_is_written_onto_them():
    tokens = compiled(["متحوّل", "أنا"], "ar")
    assert len(tokens.spans("والمتحوِّل وانا متحولون، ومتحول")) == 3


def test_spans_tell_what_they_touch():
    spans = Spans([(5, 9), (0, 3)])
    assert spans.touching(2, 6) == [(0, 3), (5, 9)]
    assert spans.touching(3, 5) == []
    assert Spans([]).touching(0, 9) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_twice_the_text_is_about_twice_the_work(code):
    piece = "Call 5 mg at a@b.example on 3 May 2024 in Leeds “x” 01632 960123 @someone 30%. "
    agreed = frozenset(swap.key for swap in lint(code).swaps)

    def calls(times: int) -> int:
        counted = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            hints(piece * times, code, agreed=agreed, facets=("health",))
        finally:
            sys.setprofile(None)
        return counted

    once = calls(150)
    assert calls(300) < 3 * once
