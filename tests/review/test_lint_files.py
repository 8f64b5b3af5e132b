"""A file of hint rules is read whole, and each mistake in it has one sentence that says where to look."""

from __future__ import annotations

import pytest
import yaml

from studio.core.errors import Invalid
from studio.core.locales import LANGUAGES
from studio.review.library import lint
from studio.review.rules.hints.lint import SHAPES, read_lint

GOOD = """
language: en
version: 1
rules:
  - {name: dose, extends: amount, units: [mg], numbers: [two], tokens: [half a pill], except: [the pill]}
  - {name: sentence, extends: occurrence, max: 25, token: word}
  - name: words
    extends: substitution
    unless: [I]
    swap:
      - {avoid: [sex change], write: transition, because: There is more than one way., agreed_by: [Heron, Wren]}
"""


def refused(text: str) -> str:
    with pytest.raises(Invalid) as refusal:
        read_lint(yaml.safe_load(text), "en")
    sentence = str(refusal.value.message)
    assert sentence.startswith("The hints “en” cannot be read: ")
    return sentence


def test_a_good_file_is_read():
    read = read_lint(yaml.safe_load(GOOD), "en")
    assert (read.most, read.by_letters, len(read.swaps)) == (25, False, 1)
    assert read.rule("dose").numbers == {"two"}
    assert read.rule("law").tokens.patterns == ()


def test_two_speakers_agree_in_the_file_or_on_the_page_or_one_in_each():
    (two,) = read_lint(yaml.safe_load(GOOD), "en").swaps
    (one,) = read_lint(yaml.safe_load(GOOD.replace("[Heron, Wren]", "[Heron]")), "en").swaps
    (none,) = read_lint(yaml.safe_load(GOOD.replace(", agreed_by: [Heron, Wren]", "")), "en").swaps
    assert [two.is_agreed(0), one.is_agreed(0), one.is_agreed(1), none.is_agreed(1), none.is_agreed(2)] == [
        True, False, True, False, True
    ]  # fmt: skip
    assert one.key == two.key == none.key


def test_an_entry_that_says_something_else_is_another_one():
    (one,) = read_lint(yaml.safe_load(GOOD), "en").swaps
    (other,) = read_lint(yaml.safe_load(GOOD.replace("transition", "transitioning")), "en").swaps
    assert one.key != other.key


def test_a_file_may_leave_sentences_and_words_out():
    read = read_lint({"language": "en", "version": 1, "rules": []}, "en")
    assert (read.most, read.swaps) == (0, ())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("version: 1\n", "version: 1\nodd: 1\n", "the file knows no “odd”"),
        ("language: en", "language: fr", "language has to be “en”"),
        ("version: 1", "version: true", "version has to be a whole number"),
        ("version: 1", "version: 0", "version has to be a whole number"),
        ("version: 1", "version: one", "version has to be a whole number"),
        ("name: dose", "name: doze", "there is no rule “doze”; there are dose, statistic"),
        ("extends: amount", "extends: existence", "the rule “dose” extends amount"),
        (
            "name: sentence, extends: occurrence, max: 25, token: word",
            "name: dose, extends: amount, units: [ml]",
            "twice",
        ),
        ("units: [mg]", "unit: [mg]", "dose knows no “unit”"),
        ("units: [mg], numbers: [two], tokens: [half a pill]", "units: []", "the rule “dose” has nothing to look for"),
        ("units: [mg]", "units: mg", "dose: units needs a list"),
        ("units: [mg]", "units: [5]", "dose: units holds 5, which is no words"),
        ("numbers: [two]", "numbers: [on]", "dose: numbers holds True, which is no words"),
        ("units: [mg]", 'units: [" "]', "which is no words"),
        ("half a pill", '"{x} pill"', "“{x} pill” has the sign {x}, which means nothing"),
        ("max: 25", "max: many", "sentence: max has to be a whole number"),
        ("token: word", "token: line", "the rule “sentence” counts a token: word or letter"),
        ("write: transition", "writes: transition", "words: swap knows no “writes”"),
        ("write: transition, ", "", "words: sex change needs words to avoid, what to write, and because"),
        ("avoid: [sex change]", "avoid: []", "words: avoid needs words to avoid, what to write, and because"),
        ("agreed_by: [Heron, Wren]", "agreed_by: Heron", "words: sex change: agreed_by needs a list"),
    ],
)
def test_each_mistake_has_its_sentence(before, after, told):
    assert before in GOOD
    assert told in refused(GOOD.replace(before, after, 1))


def test_words_stand_there_once_too():
    rule = "  - {name: words, extends: substitution, swap: []}\n"
    assert "the rule “words” stands there twice" in refused(GOOD + rule)


@pytest.mark.parametrize(
    "text", ["[]", "language: en\nversion: 1\nrules: {}", "language: en\nversion: 1\nrules: [dose]"]
)
def test_a_file_of_another_shape_is_told(text):
    assert "needs" in refused(text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_every_rule_and_reasons_and_nobody_agreed_for_the_house(code):
    read = lint(code)
    assert set(read.rules) == {name for name, shape in SHAPES.items() if shape in ("amount", "existence")}
    assert read.most
    assert read.by_letters is LANGUAGES[code].ideographic
    assert len(read.swaps) >= 8
    assert all(swap.write and swap.because and not swap.agreed_by for swap in read.swaps)
    assert len({swap.key for swap in read.swaps}) == len(read.swaps)
