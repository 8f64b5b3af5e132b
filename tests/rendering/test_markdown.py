"""What a writer types becomes exactly this page, in three directions of thought: Latin, Arabic and Japanese."""

import pytest

from studio.core.errors import Invalid
from studio.core.locales import language
from studio.rendering.labels import Words
from studio.rendering.markdown import render
from studio.rendering.rendered import Heading, Rendered, Section

EN, AR, JA = language("en"), language("ar"), language("ja")
PICTURE = "ab" * 32


def page(source, of=EN, **more) -> Rendered:
    return render(source, of, media_url=lambda name: f"/media/{name}", **more)


def html(source, of=EN, **more) -> str:
    return page(source, of, **more).html.strip()


def test_a_short_english_text_is_exactly_this_page():
    source = '# Telling *someone*\n\nRead [this](https://example.org/a?b=1&c=2 "Why") **first**.\n\n- one\n- two\n'
    assert html(source) == (
        '<h2 id="h-telling-someone">Telling <em>someone</em></h2>\n'
        '<p>Read <a href="https://example.org/a?b=1&amp;c=2" title="Why" rel="noreferrer nofollow external">this</a>'
        " <strong>first</strong>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


def test_an_arabic_text_keeps_numbers_addresses_and_latin_words_in_their_order():
    source = "# عن LGBTQ+\n\nاتصل على **+1 555-0100** قبل 16:00 أو اكتب `git` في https://example.org/a الآن.\n"
    assert html(source, AR) == (
        '<h2 id="h-عن-lgbtq">عن <bdi dir="ltr">LGBTQ+</bdi></h2>\n'
        '<p>اتصل على <strong><bdi dir="ltr">+1 555-0100</bdi></strong> قبل <bdi dir="ltr">16:00</bdi>'
        ' أو اكتب <code dir="ltr">git</code> في <a href="https://example.org/a" rel="noreferrer nofollow external"'
        ' dir="ltr">https://example.org/a</a> الآن.</p>'
    )


def test_a_japanese_text_has_no_spaces_where_its_lines_were_broken():
    source = "## 自分のこと\n\n今日は\n元気です。\nOK です。\nhttps://example.orgを見て。\n"
    assert html(source, JA) == (
        '<h2 id="h-自分のこと">自分のこと</h2>\n<p>今日は元気です。\nOK です。\n'
        '<a href="https://example.org" rel="noreferrer nofollow external">https://example.org</a>を見て。</p>'
    )


def test_headings_start_at_h2_and_never_leave_a_level_out():
    source = "### A\n\n##### B\n\n### C\n\n# D\n\n## E\n\n### F\n\n#### G\n"
    assert [(each.level, each.text) for each in page(source).outline] == [
        (2, "A"),
        (3, "B"),
        (2, "C"),
        (2, "D"),
        (3, "E"),
        (4, "F"),
        (4, "G"),
    ]


def test_headings_that_say_the_same_have_ids_of_their_own():
    assert [each.id for each in page("# A\n\n# A\n\n# A-2\n\n# !\n\n# a").outline] == [
        "h-a",
        "h-a-2",
        "h-a-2-2",
        "h-part",
        "h-a-3",
    ]


def test_the_outline_and_the_sections_leave_numbers_of_notes_out():
    found = page("Before.\n\n# One[^a] `two`\n\nText.[^a]\n\n> # Quoted\n\n[^a]: A note.\n")
    assert found.outline == (Heading("h-one-two", 2, "One two"),)
    assert found.sections == (
        Section("", "", "Before."),
        Section("h-one-two", "One two", "Text.\nQuoted"),
        Section("fn", "Notes", "A note."),
    )
    assert found.text == "Before.\nOne two\nText.\nQuoted\nA note."
    assert found.words == 7


def test_notes_are_linked_there_and_back_and_said_in_the_language_of_the_text():
    words = Words(footnote="ملاحظة {n}", back="عودة {n}", footnotes="ملاحظات")
    assert html("نص[^a] ثم[^a]\n\n[^a]: مهم\n", AR, words=words) == (
        '<p>نص<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" aria-label="ملاحظة 1">1</a></sup> '
        'ثم<sup class="footnote-ref"><a href="#fn-1" id="fnref-1-2" aria-label="ملاحظة 1">1</a></sup></p>\n'
        '<section class="footnotes" id="fn" aria-label="ملاحظات">\n<ol>\n<li id="fn-1">\n<p>مهم '
        '<a href="#fnref-1" class="footnote-back" aria-label="عودة 1">^</a> '
        '<a href="#fnref-1-2" class="footnote-back" aria-label="عودة 1">^</a></p>\n</li>\n</ol>\n</section>'
    )


def test_a_note_that_nobody_mentions_and_one_defined_twice_are_still_read():
    text = page("A[^a]^[in line]\n\n[^b]: unseen\n[^a]: first\n[^a]: second\n").text
    assert page("A\n\n[^z]: - only a list").text == "A\nonly a list"
    assert text == "A\nfirst\nsecond\nin line\nunseen"


def test_a_note_within_a_line_may_hold_signs_that_mean_something_and_a_picture():
    found = page(f"A^[5 \\* 6 &amp; 7, ![one \\* leaf](media:{PICTURE})] b\n")
    assert "5 * 6 & 7," in found.text
    assert 'alt="one * leaf"' in found.html


def test_a_note_that_ends_with_a_list_or_has_a_note_in_it_leads_back_too():
    found = html("A[^a]\n\n[^a]: - x[^b]\n\n    [^b]: y\n")
    assert found.count('class="footnote-back"') == 2
    assert '</ul>\n<p> <a href="#fnref-1"' in found


def test_a_note_is_no_link_inside_a_link_or_a_description():
    found = html(f"[a^[b]](https://example.org) ![c^[d]](media:{PICTURE})")
    assert "footnote" not in found
    assert 'alt="c^[d]"' in found


@pytest.mark.parametrize(
    ("name", "title"),
    [("note", "Good to know"), ("help", "Where to find help"), ("care", "Take care"), ("stop", "Danger")],
)
def test_a_box_always_has_a_title(name, title):
    assert html(f"::: {name}\nx\n:::") == (
        f'<div class="box box-{name}" role="note">\n<p class="box-title">{title}</p>\n<p>x</p>\n</div>'
    )
    assert '<p class="box-title"><em>Own</em> title</p>' in html(f"::: {name} *Own* title\nx\n:::")


def test_boxes_stand_in_boxes_and_code_does_not_close_them():
    found = html("::: note\n::: help\na\n:::\n```\n:::\n```\n~~~\n::: care\n~~~\nb\n:::\nc")
    assert found.endswith("<p>b</p>\n</div>\n<p>c</p>")
    assert found.count("<div") == found.count("</div>") == 2


def test_a_box_ends_with_the_list_or_the_text_around_it():
    assert html("- ::: care\n  a\n\nb").endswith("<p>a</p>\n</div>\n</li>\n</ul>\n<p>b</p>")
    assert html("::: care\na").endswith("<p>a</p>\n</div>")
    assert html("a\n::: care\nb\n:::").startswith("<p>a</p>\n<div")


def test_a_box_of_another_name_and_one_in_code_stay_as_they_were_typed():
    assert html("::: nothing\nx\n:::") == "<p>::: nothing\nx\n:::</p>"
    assert html("    ::: note") == "<pre><code>::: note\n</code></pre>"


def test_a_table_says_what_heads_its_columns_and_scrolls_in_a_frame():
    assert html("|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|\n") == (
        '<div class="table" role="group" tabindex="0" aria-label="Table 1">\n<table>\n<thead>\n<tr>\n'
        '<th class="align-start" scope="col">a</th>\n<th class="align-center" scope="col">b</th>\n'
        '<th class="align-end" scope="col">c</th>\n<th scope="col">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td class="align-start">1</td>\n<td class="align-center">2</td>\n<td class="align-end">3</td>\n<td>4</td>\n'
        "</tr>\n</tbody>\n</table>\n</div>"
    )


def test_boxes_of_a_task_list_say_their_state():
    assert html("- [ ] a\n- [X] b\n- [-] c\n-\n- [ ]d\n") == (
        '<ul>\n<li class="task"><input type="checkbox" disabled="" aria-label="To do"> a</li>\n'
        '<li class="task"><input type="checkbox" disabled="" checked="" aria-label="Done"> b</li>\n'
        "<li>[-] c</li>\n<li></li>\n<li>[ ]d</li>\n</ul>"
    )
    assert "<input" not in html("- # [ ] a")
    assert "<input" not in html("- **x** [ ] a")


def test_definitions_lines_struck_words_and_code_are_kept():
    found = html("Term\n: What it *means*\n\n~~old~~ new\\\nline\n\n---\n\n```py title\n<b>\n```\n\n3. three\n")
    assert "<dt>Term</dt>\n<dd>What it <em>means</em></dd>" in found
    assert "<s>old</s> new<br>\nline" in found
    assert "<hr>" in found
    assert "<pre><code>&lt;b&gt;\n</code></pre>" in found
    assert '<ol start="3">' in found


def test_code_runs_from_the_left_in_an_arabic_text():
    assert html("```\na = 1\n```", AR) == '<pre dir="ltr"><code>a = 1\n</code></pre>'


def test_a_picture_of_the_house_is_shown_and_named():
    found = page(f'See ![a *fern*\nin `rain`](media:{PICTURE} "Fern").')
    assert f'<img src="/media/{PICTURE}" alt="a fern in rain" title="Fern">' in found.html
    assert found.media == (PICTURE,)


def test_a_picture_alone_with_a_title_has_it_as_caption():
    assert html(f'![fern](media:{PICTURE} "A fern")') == (
        f'<figure><img src="/media/{PICTURE}" alt="fern"><figcaption>A fern</figcaption></figure>'
    )
    assert html(f"![fern](media:{PICTURE})") == f'<p><img src="/media/{PICTURE}" alt="fern"></p>'


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.png", "//example.org/x.png", "x.png", "data:image/png;base64,xx", "media:abc", "<>"],
)
def test_a_picture_from_elsewhere_is_only_its_words(address):
    found = page(f"![the words ![inner](y)]({address})")
    assert found.html == "<p>the words inner</p>\n"
    assert found.media == ()


def test_a_picture_that_is_not_there_is_its_words():
    assert render(f"![fern](media:{PICTURE})", EN, media_url=lambda _: None).html == "<p>fern</p>\n"


def test_a_picture_without_words_is_refused_by_its_name():
    with pytest.raises(Invalid, match="what the picture Fern shows"):
        page(f'![](media:{PICTURE} "Fern")')
    with pytest.raises(Invalid, match=f"media:{PICTURE[:18]} "):
        page(f"![ ](media:{PICTURE})")
    with pytest.raises(Invalid, match="https://example"):
        page("![](https://example.org/x.png)")


def test_a_preview_may_show_a_picture_that_has_no_words_yet():
    assert 'alt=""' in html(f"![](media:{PICTURE})", alt_required=False)
    assert html("![](x.png)", alt_required=False) == "<p>x.png</p>"


def test_links_to_guides_are_resolved_or_stay_as_words():
    known = {"coming-out": "/en/coming-out/", "near": "../near/index.html", "evil": "//evil.example"}
    found = page("[a](guide:coming-out) [b](guide:coming-out#h-x) [c](guide:gone) [d](guide:near)", internal=known.get)
    assert found.html == (
        '<p><a href="/en/coming-out/">a</a> <a href="/en/coming-out/#h-x">b</a> c '
        '<a href="../near/index.html">d</a></p>\n'
    )
    assert found.links == ("guide:coming-out", "guide:coming-out#h-x", "guide:gone", "guide:near")
    assert html("[a](guide:gone)") == "<p>a</p>"


def test_links_within_the_text_find_their_heading_or_stay_as_words():
    found = html("# Größe *x*\n\n[a](#größe-x) [b](#Größe-X) [c](#h-größe-x) [d](#gone)")
    assert found.count('<a href="#h-größe-x">') == 3
    assert found.endswith("d</p>")


def test_addresses_that_were_just_typed_become_links_and_nothing_is_guessed():
    found = html("(See www.example.org/a_(b)). http://example.org/ä. me@example.org example.org www. https://x!")
    assert found == (
        '<p>(See <a href="https://www.example.org/a_(b)" rel="noreferrer nofollow external">'
        "www.example.org/a_(b)</a>). "
        '<a href="http://example.org/%C3%A4" rel="noreferrer nofollow external">http://example.org/ä</a>. '
        "me@example.org example.org www. https://x!</p>"
    )
    assert html("[see www.example.org](https://example.org)").count("<a ") == 1


def test_a_link_without_words_shows_its_address():
    assert html("[](tel:+15550100)") == '<p><a href="tel:+15550100">tel:+15550100</a></p>'
    assert html("[x]() []()") == "<p>x </p>"
    assert html("<me@example.org>") == '<p><a href="mailto:me@example.org">me@example.org</a></p>'


def test_a_line_that_only_looks_like_a_link_definition_stays_to_be_read():
    assert html("[phone]: 555-0100") == "<p>[phone]: 555-0100</p>"
    assert html("[phone]\n\n[phone]: tel:5550100") == '<p><a href="tel:5550100">phone</a></p>'


def test_every_kind_of_line_end_is_the_same():
    assert html("a\r\nb\rc\r\n\r\nd") == html("a\nb\nc\n\nd") == "<p>a\nb\nc</p>\n<p>d</p>"


def test_an_empty_text_is_an_empty_page():
    assert page("") == Rendered("", (), (), "", 0, (), ())
