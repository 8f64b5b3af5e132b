"""Every word that was written is on the page, or the text is refused in words that quote it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Invalid, StudioError, TooLarge
from studio.core.locales import language
from studio.rendering import tree
from studio.rendering.limits import prepare
from studio.rendering.markdown import render
from studio.rendering.sanitize import sanitize

EN, AR, JA = language("en"), language("ar"), language("ja")

SCRIPTS = ("word", "كلمة", "ことば", "слово", "שלום")
STEPS = st.sampled_from(
    [
        "- {}",
        "1. {}",
        "> {}",
        "- [ ] {}",
        "::: care {}",
        "# {}",
        "|{0}|\n|-|\n|{0}|",
        "{}",
        "**{}**",
        "`{}`",
        "^[{}]",
        "[{}](https://example.org)",
        "![{}](x)",
        "~~{}~~",
        "    {}",
        "```\n{}\n```",
        "a\n: {}",
        "[^1]: {}",
        "[^1] {}",
        ":::",
        "***{}",
        "[{}",
    ]
)


@st.composite
def texts(draw):
    """A text of numbered words in all kinds of markup, and the words."""
    lines, words = [], []
    for number in range(draw(st.integers(1, 8))):
        word = f"{draw(st.sampled_from(SCRIPTS))}{number}x"
        line = draw(STEPS).format(word)
        words += [word] if word in line else []
        for _ in range(draw(st.integers(0, 4))):
            line = draw(st.sampled_from(["- ", "> ", "1. ", "  ", "    "])) + line.replace("\n", "\n    ")
        lines.append(line)
    return draw(st.sampled_from(["\n", "\n\n"])).join(lines), words


@settings(max_examples=150, deadline=None)
@given(texts(), st.sampled_from([EN, AR, JA]))
def test_every_word_is_on_the_page(text, of):
    source, words = text
    page = render(source, of, media_url=lambda _: None)
    shown = tree.read(page.html).text()
    assert [word for word in words if word not in shown] == []
    assert sanitize(page.html) == page.html


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=80) | st.text(alphabet="ab*_[]()<>!&;#`~|:^-\n \\\"'اب1+", max_size=80), st.sampled_from([EN, AR])
)
def test_any_text_gives_a_harmless_page_or_a_kind_refusal(source, of):
    try:
        page = render(source, of, media_url=lambda _: None, alt_required=False)
    except StudioError as refusal:
        assert not isinstance(refusal, tree.Unsafe)  # noqa: PT017 - both ways are right
    else:
        assert sanitize(page.html) == page.html


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "- > "])
@pytest.mark.parametrize("depth", [5, 14, 40, 120])
def test_text_in_many_layers_is_shown_or_refused_with_its_words(mark, depth):
    source = mark * depth + "innermost words of all"
    try:
        assert "innermost words of all" in render(source, EN, media_url=lambda _: None).text
    except TooLarge as refusal:
        assert depth > 5
        assert depth > 60 or "innermost words of all" in str(refusal)  # noqa: PT017 - the deepest may be gone already


def test_a_row_with_more_cells_than_its_head_is_refused_with_its_words():
    for row in ("|1|2|3|", "|1||3", "||| lost", "1 | 2 | lost \\| x"):
        with pytest.raises(Invalid, match="has more cells"):
            render(f"|a|b|\n|-|-|\n{row}\n", EN, media_url=lambda _: None)
    fine = "- |a \\| c|b|\n  |-|-|\n  |1|\n  |1|2||\n  |`x \\| y`|\n\n> |a|\n> |-|\n> |1|\n"
    assert "x | y" in render(fine, EN, media_url=lambda _: None).text


@pytest.mark.parametrize("broken", ["\x00", chr(0xD800), chr(0xDFFF)])
def test_a_broken_character_is_refused_where_it_stands(broken):
    with pytest.raises(Invalid, match="near “before after”"):
        render(f"before{broken} after", EN, media_url=lambda _: None)


def test_controls_that_nobody_sees_become_spaces():
    assert prepare("a\x0bb\x0cc\x7fd\ufffee\tf") == "a b c d e\tf"
    assert re.search("a b", render("a\x0bb", EN, media_url=lambda _: None).html)
