"""What the machine lets be called only spelling, in twelve languages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.guides.rules.spelling import only_spelling
from studio.guides.rules.spelling_tokens import small_change


@dataclass(frozen=True)
class Block:
    source: str
    block_id: str = "a"
    kind: str = "paragraph"


FIELDS = {"title": "A calm day"}


def verdict(before, after, kind="paragraph"):
    return only_spelling([Block(before, kind=kind)], [Block(after, kind=kind)], FIELDS, FIELDS)


FIXES = [
    ("en", "You will recieve a letter.", "You will receive a letter.", ("recieve", "receive")),
    ("en", "Ask teh nurse.", "Ask the nurse.", ("teh", "the")),
    ("en", "She felt definitly calm.", "She felt definitely calm.", ("definitly", "definitely")),
    ("en", "breathe slowly", "Breathe slowly", ("breathe", "Breathe")),
    ("fr", "Le medecin ecoute.", "Le médecin écoute.", ("medecin", "médecin")),
    ("de", "Wir hören zu und schreyben mit.", "Wir hören zu und schreiben mit.", ("schreyben", "schreiben")),
    ("es", "Respira despasio.", "Respira despacio.", ("despasio", "despacio")),
    ("it", "Parla con qualcumo.", "Parla con qualcuno.", ("qualcumo", "qualcuno")),
    ("pt", "Uma conversa tranqila ajuda.", "Uma conversa tranquila ajuda.", ("tranqila", "tranquila")),
    ("pl", "Spokojna rozmwa pomaga.", "Spokojna rozmowa pomaga.", ("rozmwa", "rozmowa")),
    ("tr", "Sakin bir konusma iyi gelir.", "Sakin bir konuşma iyi gelir.", ("konusma", "konuşma")),
    ("ru", "Спокойный разгавор помогает.", "Спокойный разговор помогает.", ("разгавор", "разговор")),
    ("ar", "تحدث مع الطبيبه بهدوء", "تحدث مع الطبيبة بهدوء", ("الطبيبه", "الطبيبة")),
    ("ar", "المستشفي قريب من البيت", "المستشفى قريب من البيت", ("المستشفي", "المستشفى")),
    ("ja", "こんにちわ。", "こんにちは。", ("こんにちわ。", "こんにちは。")),
    ("zh", "慢慢的走。", "慢慢地走。", ("慢慢的走。", "慢慢地走。")),
]


@pytest.mark.parametrize(("language", "before", "after", "change"), FIXES)
def test_a_mended_word_is_spelling_and_is_listed_for_the_editor(language, before, after, change):
    found = verdict(before, after)
    assert found.refusals == ()
    assert found.ok
    assert change in found.changes


MEANINGS = [
    ("a fraction", "Take ½ of it.", "Take ⅓ of it."),
    ("a Roman number", "See part Ⅳ of it.", "See part Ⅵ of it."),
    ("a small number", "See note ² there.", "See note ³ there."),
    ("a digit", "Take it every 6 months.", "Take it every 3 months."),
    ("an Arabic digit", "بعد ٦ أشهر", "بعد ٣ أشهر"),
    ("a decimal point", "About 1.5 litres.", "About 15 litres."),
    ("a number word", "Wait for seven long days.", "Wait for sevem long days."),
    ("a unit", "Rest for some weeks at home.", "Rest for some week at home."),
    ("a measure in Arabic", "انتظر أيام قليلة", "انتظر أياما قليلة"),
    ("a percent sign", "Many, 50% of us.", "Many, 50 of us."),
    ("a question", "You tell them.", "You tell them?"),
    ("a negation", "You are now alone here.", "You are not alone here."),
    ("a negation with an apostrophe", "You can't know this.", "You cant know this."),
    ("a negated verb", "She didn't ask me.", "She didnt ask me."),
    ("a French negation", "Ce n’est rien du tout.", "Ce m’est rien du tout."),
    ("an Arabic negation", "لن يعرف أحد", "لان يعرف أحد"),
    ("an Arabic negation after and", "ولا تنتظر هنا", "ولو تنتظر هنا"),
    ("a Turkish ending", "O gelmek ister", "O gelmez ister"),
    ("a Turkish contrary", "Bu güvenilir yol kesin", "Bu güvensiz yol kesin"),
    ("a contrary by prefix", "It is a typical day.", "It is atypical day."),
    ("a safe thing made unsafe", "It is safe here.", "It is unsafe here."),
    ("hyper made hypo", "Signs of hyperthermia.", "Signs of hypothermia."),
    ("a word of duty", "You should call.", "You shoold call."),
    ("when", "Eat before this.", "Eat befora this."),
    ("a Russian word of duty", "Это нужно сделать.", "Это нужна сделать."),
    ("a link", "See [here](https://a.example/b).", "See [here](https://a.example/c)."),
    ("a footnote", "So it is.[^one]", "So it is.[^two]"),
    ("a name", "Ask Marta about it.", "Ask Marty about it."),
    ("a name made a word", "Ask Pat about it.", "Ask pat about it."),
    ("a quoted word", "We say “kindly” here.", "We say “kindle” here."),
    ("a Japanese quoted word", "「おれ」と言う。", "「をれ」と言う。"),
    ("code", "Type `abcdef` there.", "Type `abcdeg` there."),
    ("a short word", "He sat in a chair.", "He sat on a chair."),
    ("a short word made longer", "it was he there", "it was hen there"),
    ("another word", "Call a friend.", "Call a doctor."),
    ("another word with the same start", "Take the pills.", "Take the plants."),
    ("two letters", "A calm medicine.", "A calm medecime."),
    ("two letters that are far apart", "A calmer talk.", "A celmar talk."),
    ("a letter in a word and one more", "A calmer talk.", "A calnery talk."),
    ("a word that came", "A calm talk.", "A very calm talk."),
    ("a word that went", "A very calm talk.", "A calm talk."),
    ("words that changed places", "Call home then rest.", "Rest then call home."),
    ("a box", ":::danger\nCall for helpp.\n:::", ":::danger\nCall for help.\n:::"),
    ("a hidden sign", "Call home.", "Call \u202ehome."),
    ("a Chinese contrary", "饭前吃药。", "饭后吃药。"),
    ("a Chinese negation", "不要停药。", "要停药。"),
    ("a Chinese number", "每天三次。", "每天二次。"),
    ("a Japanese contrary", "食べます。", "食べません。"),
    ("a kana", "飲むと。", "飲むな。"),
    ("too many kana", "こんにちわ、おれわ、これわ。", "こんにちは、おれは、これは。"),
]


@pytest.mark.parametrize(("what", "before", "after"), MEANINGS)
def test_what_can_change_the_meaning_is_not_called_spelling(what, before, after):
    found = verdict(before, after)
    assert not found.ok
    assert found.refusals


def test_a_box_is_known_by_its_kind_too():
    assert not verdict("Call for helpp.", "Call for help.", kind="box").ok


def test_layout_is_no_change_of_words():
    found = verdict("A  calm *talk*\nhelps.", "A calm talk helps.")
    assert found.ok


def test_a_comma_is_allowed_and_shown_with_the_word_before_it():
    found = verdict("A calm talk helps", "A calm, talk helps")
    assert found.ok
    assert found.changes == (("calm", "calm,"),)


def test_a_mark_before_the_first_word_is_shown_too():
    assert verdict("and so", "…and so").changes == (("", "…"),)


def test_a_long_vowel_mark_in_kana_may_be_added():
    found = verdict("コンピュータを使う。", "コンピューターを使う。")
    assert found.ok
    assert found.changes == (("コンピュータを使う。", "コンピューターを使う。"),)


def test_a_variant_of_the_same_ideograph_is_no_change_of_meaning():
    assert verdict("\ufa19と書く。", "\u795eと書く。").ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([Block("One.", "a"), Block("Two words.", "b")], [Block("One.", "a")]),
        ([Block("One.", "a")], [Block("One.", "a"), Block("More.", "b")]),
        ([Block("Calm.", "a"), Block("Kind.", "b")], [Block("Kind.", "b"), Block("Calm.", "a")]),
        ([Block("Calm.", "a")], [Block("Calm.", "a", "heading")]),
    ],
)
def test_blocks_that_came_went_moved_or_became_something_else_are_not_spelling(before, after):
    assert not only_spelling(before, after, FIELDS, FIELDS).ok


def test_a_field_beside_the_text_is_not_spelling():
    found = only_spelling([Block("Calm.")], [Block("Calm.")], {"title": "A calm dya"}, {"title": "A calm day"})
    assert not found.ok


def test_each_reason_is_said_once():
    before = [Block("Take 1.", "a"), Block("Or 2.", "b")]
    after = [Block("Take 3.", "a"), Block("Or 4.", "b")]
    found = only_spelling(before, after, FIELDS, FIELDS)
    assert [str(refusal) for refusal in found.refusals] == ["A number changed."]


@given(st.text(max_size=60))
def test_an_unchanged_block_is_always_spelling_without_a_change(text):
    found = verdict(text, text)
    assert found.ok
    assert found.changes == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_change_is_either_allowed_and_shown_or_refused_with_a_reason(before, after):
    found = verdict(before, after)
    assert found.ok == (not found.refusals)
    if found.ok and "".join(before.split()) != "".join(after.split()):
        assert found.changes


@given(st.text(alphabet="abcdefgh", min_size=1, max_size=12), st.text(alphabet="abcdefgh", min_size=1, max_size=12))
def test_a_small_change_is_small_in_both_directions(one, two):
    assert small_change(one, two) == small_change(two, one)
