"""Markdown of other houses: what it says is kept, what it cannot keep is told."""

import pytest

from studio.core.errors import Invalid
from studio.guides import foreign
from studio.guides.foreign_marks import tight_emphasis


def read(text, image=lambda _name: None):
    return foreign.read(text.encode(), "file-name", image)


def told(text):
    return [str(one) for one in text.dropped]


def test_front_matter_becomes_fields_and_what_has_no_place_is_named_in_one_line():
    text = read("---\ntitle: Rest\ndescription: In short\nlayout: wide\nsiblings: {next: /x}\n---\n\nSleep.\n")
    assert (text.fields.title, text.fields.summary, text.body) == ("Rest", "In short", "Sleep.\n")
    assert told(text) == ["Front matter that has no place here: layout, siblings."]


@pytest.mark.parametrize(
    ("source", "title", "body"),
    [
        ("# Rest\n\nSleep.\n", "Rest", "Sleep.\n"),
        ("## Rest\n\nSleep.\n", "Rest", "Sleep.\n"),
        ("# **Rest** and [peace](https://house.example) #\n\nSleep.\n", "Rest and peace", "Sleep.\n"),
        ("A note first.\n\n# Rest\n\nSleep.\n", "Rest", "A note first.\n\nSleep.\n"),
        ("---\ntitle: rest!\n---\nA note.\n\n# Rest\n\nSleep.\n", "rest!", "A note.\n\nSleep.\n"),
        ("---\ntitle: Rest\n---\n# Work\n\nSleep.\n", "Rest", "# Work\n\nSleep.\n"),
        ("Sleep.\n", "file-name", "Sleep.\n"),
    ],
)
def test_the_title_is_taken_once_and_stands_nowhere_twice(source, title, body):
    text = read(source)
    assert (text.fields.title, text.body) == (title, body)


def test_template_blocks_and_their_marks_go_and_are_told_with_their_first_words():
    text = read(
        "One.\n\n{!{\n<p>{{import '~/x'}}Said in a box</p>\n}!}\n\nTwo.\n\n{!{ {{x}} }!}\n\næææ<div>Three.</div>æææ\n"
    )
    assert text.body == "One.\n\nTwo.\n\nThree.\n"
    assert told(text) == [
        "A template block was dropped: Said in a box",
        "A template block was dropped: (…)",
        "Marks of a template were dropped: æææ",
        "Layout without words was dropped: <div>",
    ]


def test_images_that_are_here_are_kept_and_others_are_told_with_their_description():
    text = read(
        "![A tree](tree.png)\n\n![Far](https://house.example/a.png)\n\n<img src='tree.png' alt='The same tree'>\n\n"
        "[![](gone.png)](https://house.example/shop)\n",
        lambda name: "image:0" if name == "tree.png" else None,
    )
    assert text.body == "![A tree](image:0)\n\n![The same tree](image:0)\n"
    assert told(text) == [
        "An image that is not here was dropped: https://house.example/a.png Far",
        "An image that is not here was dropped: gone.png",
        "A link without words was dropped: https://house.example/shop",
    ]


def test_links_that_lead_nowhere_here_become_words_and_others_stay():
    text = read(
        "[a](umbrella://x/y) [b](https://house.example/w_(x)) [c](../c_(d).md) [d](#e) [e](mailto:a@house.example)\n"
    )
    assert text.body == "a [b](https://house.example/w_(x)) c [d](#e) [e](mailto:a@house.example)\n"
    assert told(text) == [
        "A link that leads nowhere here became plain words: umbrella://x/y",
        "A link that leads nowhere here became plain words: ../c_(d).md",
    ]


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("<strong>a</strong> <em>b</em> <del>c</del>", "**a** *b* ~~c~~\n"),
        ('<a href="https://house.example" target=x>a</a> <a name="x">b</a>', "[a](https://house.example) b\n"),
        ("10<sup>-3</sup> and 語<sup>(word)</sup>", "10⁻³ and 語(word)\n"),
        ("one<br>two<br/>\nthree", "one\\\ntwo\\\nthree\n"),
        ("one<br><br>two", "one\n\ntwo\n"),
        ("| a<br>b | c |\n|---|---|\n| d | e |", "| a b | c |\n|---|---|\n| d | e |\n"),
        ("<div>\n  <div>\n    Words\n    <strong>more</strong>\n  </div>\n</div>", "Words\n**more**\n"),
        (
            "<blockquote class=x><p>Said.</p>&mdash; <cite>Somebody</cite></blockquote>",
            "> Said.\n>\n> &mdash; Somebody\n",
        ),
        ("<blockquote>One<br>\n  two</blockquote>", "> One\\\n> two\n"),
        ("<blockquote>Out<blockquote>In</blockquote></blockquote>", "> Out\n>\n> > In\n"),
        ("<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>", "- one\n\n- two\n"),
        ("<h4>Part</h4>\nWords", "#### Part\n\nWords\n"),
        ("<!-- a note --><style>p { }</style>Words", "Words\n"),
        ("<iframe src=x></iframe> 3 < 4 and <3", "<iframe src=x></iframe> 3 < 4 and <3\n"),
        ("```\none\n\n\n\ntwo\n```", "```\none\n\n\n\ntwo\n```\n"),
        ("`<br>` and\n\n```\n<div>\n{!{x}!}\n```", "`<br>` and\n\n```\n<div>\n{!{x}!}\n```\n"),
    ],
)
def test_html_that_markdown_can_say_is_converted_and_the_rest_stays_as_text(source, body):
    assert read(source).body == body


@pytest.mark.parametrize(
    ("source", "tight"),
    [
        ("** Words: ** more", "**Words:** more"),
        ("a** words **b", "a **words** b"),
        ("**a** and **b**", "**a** and **b**"),
        ("2 ** 3 is 8", "2 ** 3 is 8"),
        ("** **", "** **"),
        ("Before.\n\n* An aside. *\n\nAfter.", "Before.\n\n*An aside.*\n\nAfter."),
        ("* one\n* two *", "* one\n* two *"),
    ],
)
def test_loose_marks_of_emphasis_are_set_tight(source, tight):
    assert tight_emphasis(source) == tight


@pytest.mark.parametrize(
    "data", [b"\xff\xfe not text", b"nul \x00 byte", b"---\na: [\n---\nWords", b"---\n- a list\n---\nWords"]
)
def test_what_is_no_text_or_no_front_matter_is_refused_in_a_sentence(data):
    with pytest.raises(Invalid) as refusal:
        foreign.read(data, "name", lambda _name: None)
    assert str(refusal.value).endswith(".")


def test_a_title_and_a_summary_that_are_too_long_are_cut_and_told():
    text = read(f"---\ntitle: {'a' * 300}\nsummary: {'b ' * 200}\n---\nWords\n")
    assert text.fields.title.endswith("…")
    assert text.fields.summary.endswith("…")
    assert len(told(text)) == 2
