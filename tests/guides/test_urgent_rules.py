"""How small an urgent fix is, its line, its other person; and how its change is brought into other words."""

from __future__ import annotations

from datetime import date

import pytest

from studio.core.errors import Invalid, NotAllowed
from studio.core.locales import language
from studio.guides.rules import urgent
from studio.guides.rules.statuses import Kind
from studio.guides.urgent import brought_into
from studio.members.actor import Actor, Role
from studio.rendering.blocks import assign_ids, split

EN, AR, JA, ZH, RU = (language(code) for code in ("en", "ar", "ja", "zh", "ru"))
TEXT = "One thing first.\n\nTake two with water.\n\nThen rest a little.\n\nAnd call somebody.\n"


class Part:
    def __init__(self, block_id, block):
        self.block_id, self.kind, self.source, self.hash = block_id, block.kind, block.source, block.hash


def versions(before, after):
    """Return both texts' blocks with the ids that saved versions would have."""
    numbers = iter(f"b{n}" for n in range(100))
    old = [Part(next(numbers), block) for block in split(before)]
    known = [(one.block_id, block) for one, block in zip(old, split(before), strict=True)]
    found = assign_ids(known, split(after), lambda: next(numbers))
    return old, [Part(name, block) for name, block in zip(found, split(after), strict=True)]


SMALL = {
    "a number": TEXT.replace("two", "one"),
    "three passages": TEXT.replace("first", "at first").replace("two", "one").replace("rest", "sleep"),
    "a new passage": TEXT + "\nNever alone.\n",
    "a passage that is gone": TEXT.replace("Take two with water.\n\n", ""),
    "two that changed places": TEXT.replace("One thing first.\n\n", "").replace("Then", "One thing first.\n\nThen"),
    "a passage parted in two": TEXT.replace("Then rest a little.", "Then rest.\n\nA little."),
}


@pytest.mark.parametrize("after", SMALL.values(), ids=SMALL)
def test_a_few_words_in_a_few_passages_are_small(after):
    urgent.check_small(*versions(TEXT, after), EN)


@pytest.mark.parametrize(
    ("after", "spoken", "sentence"),
    [
        (TEXT, EN, "Nothing in the text is changed"),
        ("\n\n".join(f"{part.strip()} So." for part in TEXT.split("\n\n")), EN, "4 passages"),
        (TEXT + "\n" + "word " * 81, EN, "characters; an urgent fix changes at most 3 and 400"),
        (TEXT + "\n" + "字" * 161, ZH, "at most 3 and 160"),
    ],
)
def test_nothing_and_too_much_are_refused_with_the_figures(after, spoken, sentence):
    with pytest.raises(Invalid) as refusal:
        urgent.check_small(*versions(TEXT, after), spoken)
    assert sentence in str(refusal.value.message)
    assert "body" in refusal.value.fields


def test_what_is_taken_out_counts_as_much_as_what_is_put_in():
    long = "x" * 390
    urgent.check_small(*versions(TEXT, f"{TEXT}\n{long}\n"), EN)
    with pytest.raises(Invalid):
        urgent.check_small(*versions(f"{TEXT}\n{long}\n", TEXT + f"\n{long.upper()}\n"), EN)


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("Not alone.", EN),
        ("لا تذهب وحدك.", AR),
        ("一人で行かないで。", JA),
        ("不要独自前往。", ZH),
        ("Не в одиночку.", RU),
    ],
)
def test_a_line_is_one_trimmed_sentence_in_the_writing_of_the_text(line, spoken):
    assert urgent.check_line(f"  {line}\n ", spoken) == line


@pytest.mark.parametrize(
    ("line", "spoken", "sentence"),
    [
        (" \n", EN, "Say in one sentence"),
        ("x" * 161, EN, "at most 160"),
        ("Not alone.", AR, "in the language of the text"),
        ("Not alone.", JA, "in the language of the text"),
        ("Not alone.", RU, "in the language of the text"),
    ],
)
def test_a_line_that_is_missing_long_or_in_another_writing_is_refused(line, spoken, sentence):
    with pytest.raises(Invalid, match=sentence):
        urgent.check_line(line, spoken)


def person(*roles, trainings=(), reads=("en",), name="two"):
    return Actor(
        name, "Heron", roles=frozenset({Role.WRITER, *roles}), trainings=frozenset(trainings), reads=frozenset(reads)
    )


@pytest.mark.parametrize(
    "actor",
    [
        person(Role.EDITOR),
        person(Role.REVIEWER, trainings=["safety"]),
        person(Role.REVIEWER, trainings=["health"]),
        person(Role.REVIEWER, trainings=["legal:FR"]),
    ],
)
def test_an_editor_or_a_checker_for_safety_or_facts_is_the_other_person(actor):
    urgent.check_other(actor, "one", "en", Kind.GUIDE, ())


@pytest.mark.parametrize(
    ("actor", "sentence"),
    [
        (person(Role.EDITOR, name="one"), "You wrote this fix"),
        (person(Role.EDITOR, reads=["fr"]), "reads the language"),
        (person(Role.REVIEWER, trainings=["copy"]), "trained for safety or facts"),
        (person(trainings=["safety"]), "trained for safety or facts"),
        (person(Role.STEWARD), "trained for safety or facts"),
    ],
)
def test_nobody_else_is(actor, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        urgent.check_other(actor, "one", "en", Kind.GUIDE, ())


def test_of_a_story_only_the_teller_is_whatever_their_role():
    urgent.check_other(person(), "one", "en", Kind.STORY, ["two"])
    with pytest.raises(NotAllowed, match="without its teller"):
        urgent.check_other(person(Role.EDITOR), "one", "en", Kind.STORY, ["three"])
    with pytest.raises(NotAllowed, match="You wrote this fix"):
        urgent.check_other(person(name="one"), "one", "en", Kind.STORY, ["one"])


def test_a_second_fix_gains_no_time():
    assert urgent.due_on(date(2027, 3, 9), 7, None) == date(2027, 3, 16)
    assert urgent.due_on(date(2027, 3, 14), 7, date(2027, 3, 16)) == date(2027, 3, 16)
    assert urgent.due_on(date(2027, 3, 14), 1, date(2027, 3, 16)) == date(2027, 3, 15)


BROUGHT = {
    "the same words": (TEXT, SMALL["a number"]),
    "other words elsewhere": (f"Before.\n\n{TEXT}", f"Before.\n\n{SMALL['a number']}"),
    "the passage is others there": (TEXT.replace("with water", "with milk"), None),
    "the passage stands there twice": (f"{TEXT}\nTake two with water.\n", None),
}


@pytest.mark.parametrize(("words", "wanted"), BROUGHT.values(), ids=BROUGHT)
def test_a_change_comes_into_other_words_where_its_passage_is_there_once(words, wanted):
    assert brought_into(TEXT, SMALL["a number"], words) == wanted


def test_what_came_and_what_went_is_brought_along_beside_its_neighbour():
    other = f"Before.\n\n{TEXT}"
    assert brought_into(TEXT, "Stop.\n\n" + TEXT, other) == f"Before.\n\nStop.\n\n{TEXT}"
    assert brought_into(TEXT, TEXT.replace("Then rest", "Never alone.\n\nThen rest"), other) == (
        f"Before.\n\n{TEXT}".replace("Then rest", "Never alone.\n\nThen rest")
    )
    without = brought_into(TEXT, TEXT.replace("Then rest a little.\n\n", ""), other)
    assert without is not None
    assert "rest" not in without
    assert [line for line in without.split("\n") if line] == [
        "Before.",
        "One thing first.",
        "Take two with water.",
        "And call somebody.",
    ]
