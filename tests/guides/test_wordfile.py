"""A word processor's file as Markdown of the house: what comes over, and what never does."""

from __future__ import annotations

import pytest
from wordfiles import docx, image, link, p, picture, run, spaced, table

from studio.core.locales import language
from studio.guides.wordfile.child import convert
from studio.rendering.markdown import render


def opened(*body, title="How to rest", first_note=1, **more):
    answer = convert(first_note, title, docx(*body, **more))
    said = [one["text"].format(**one["values"]) for one in answer["dropped"]]
    return answer["body"], said, answer["pictures"]


def html(body, code="en"):
    return render(body, language(code), media_url=lambda sha: f"/{sha}").html


def test_headings_stand_in_the_order_of_the_file_without_gaps_and_its_title_is_not_said_twice():
    body, said, _ = opened(
        p("How to rest!", style="Title"),
        p("Evening", style="Heading1"),
        p("Sit down.", run(" Slowly.", "b")),
        p("Tea", style="Heading3"),
        p("Warm."),
    )
    assert body == "## Evening\n\nSit down. **Slowly.**\n\n### Tea\n\nWarm.\n"
    assert said == []


def test_another_title_becomes_a_heading_above_the_others():
    body, _, _ = opened(p("Sleep", style="Title"), p("Evening", style="Heading1"), p("Now."))
    assert body == "## Sleep\n\n### Evening\n\nNow.\n"


def test_strong_and_emphasised_words_are_seen_as_such_wherever_their_spaces_and_points_stood():
    body, _, _ = opened(
        p(
            "One",
            run(" two ", "b"),
            "three ",
            run("four:", "b"),
            "five ",
            run("six", "b", "i"),
            run(" ", "b"),
            run("7", "i"),
        ),
        p(run("Se", "b"), run("ven", "b"), run("eight", "i"), "nine ", run("gone", "strike")),
    )
    assert body == "One **two** three **four**:five ***six*** *7*\n\n**Seven***eight*nine ~~gone~~\n"
    shown = html(body)
    assert "<strong>four</strong>:five" in shown
    assert "<strong>Seven</strong><em>eight</em>nine" in shown
    assert "*" not in shown


def test_lists_keep_their_kinds_and_levels():
    body, _, _ = opened(
        p("one", item=(1, 0)),
        p("two", item=(1, 1)),
        p("step", item=(2, 2)),
        p("three", item=(1, 0)),
        p("between"),
        p("first", item=(2, 0)),
        p("very deep", item=(2, 8)),
    )
    assert body.startswith("- one\n  - two\n    1. step\n- three\n\nbetween\n\n1. first\n")
    assert "very deep" in html(body)


def test_quotations_links_tables_and_notes_come_over():
    note = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    body, said, _ = opened(
        p("Breathe.", style="Quote"),
        p("Slowly.", style="Quote"),
        p("See ", link("this page", "h"), note, " and again", note),
        table(("Day", "Tea"), ("Monday|Tuesday", "mint")),
        links={"h": ("hyperlink", "https://example.org/a_(b)")},
        notes={4: p("A nurse said so.") + p("Twice.")},
    )
    assert body == (
        "> Breathe.\n>\n> Slowly.\n\nSee [this page](https://example.org/a_%28b%29)[^1] and again[^1]\n\n"
        "| Day | Tea |\n| --- | --- |\n| Monday\\|Tuesday | mint |\n\n[^1]: A nurse said so.\n\n    Twice.\n"
    )
    assert said == []
    assert html(body).count("A nurse said so.") == 1


def test_notes_are_numbered_from_where_the_draft_left_off():
    body, _, _ = opened(p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>'), notes={2: p("y")}, first_note=7)
    assert body == "x[^7]\n\n[^7]: y\n"


@pytest.mark.parametrize(
    "words",
    [
        *(
            "# no heading",
            "1. no list",
            "2) no list",
            "- none",
            "+ none",
            "> none",
            "::: stop",
            "---",
            "===",
            ": none",
            "~~~",
        ),
        *(
            "a * b * c",
            "_none_",
            "snake_case_name",
            "`none`",
            "[none](/x)",
            "![x](y)",
            "[^1]",
            "[1]: /x",
        ),
        *("<b>none</b>", "&amp; &#65;", "back\\slash", "***", "| a | b |", "a^[b]", "~~none~~"),
    ],
)
def test_words_that_look_like_marks_stay_words(words):
    body, _, _ = opened(p(run(words)), p("after"))
    shown = html(body)
    assert f"<p>{words.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>\n<p>after</p>" in shown


def test_a_line_end_within_a_paragraph_stays_one_and_two_part_it():
    end = "<w:r><w:br/></w:r>"
    body, _, _ = opened(p("one", end, "- two", end, end, "three"), p("Head", end, "line", style="Heading1"))
    assert body == "one\\\n\\- two\n\nthree\n\n## Head line\n"


def test_nothing_that_was_deleted_hidden_commented_or_signed_comes_over_and_it_is_said():
    hidden = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    whole = '<w:style w:type="paragraph" w:styleId="HP"><w:basedOn w:val="H"/><w:rPr/></w:style>'
    who = 'w:author="Canary Person" w:date="2027-01-01T00:00:00Z" w:id="1"'
    body, said, _ = opened(
        p(
            "Kept ",
            f"<w:ins {who}>{run('new')}</w:ins>",
            f"<w:del {who}><w:r><w:delText>canary-del</w:delText></w:r></w:del>",
        ),
        p(
            "Moved ",
            f"<w:moveFrom {who}>{run('canary-from')}</w:moveFrom>",
            f"<w:moveTo {who}>{run('here')}</w:moveTo>",
        ),
        p("Seen", run("canary-hidden", "vanish"), run("canary-style", style="H")),
        p("canary-paragraph", link("canary-link", "h"), style="HP"),
        p("joined ", mark=f"<w:del {who}/>"),
        p("here", '<w:commentRangeStart w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>'),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del {who}/></w:trPr><w:tc>{p('canary-row')}</w:tc></w:tr></w:tbl>",
        styles=hidden + whole,
        links={"h": ("hyperlink", "https://example.org/"), "c": ("comments", "comments.xml"), "t": ("header", "h.xml")},
        parts={
            "word/comments.xml": spaced("comments", f"<w:comment {who}>{p('canary-comment')}</w:comment>"),
            "word/h.xml": spaced("hdr", p("canary-header")),
        },
    )
    assert body == "Kept new\n\nMoved here\n\nSeen\n\njoined here\n\n| a | b |\n| --- | --- |\n"
    assert "anary" not in f"{body}{said}"
    assert said == [
        "Comments stayed behind: 1.",
        "Passages that were deleted while changes were tracked stayed behind: 2.",
        "Hidden words stayed behind. Passages: 4.",
        "What stands at the top and bottom of each page stayed behind.",
    ]


def test_pictures_that_say_what_they_show_are_drawn_anew_and_the_others_are_told():
    body, said, pictures = opened(
        p(picture("a", "A leaf [green]")),
        p(picture("b"), "words"),
        p(picture("c", "A file of another kind")),
        p(picture("e", "From elsewhere", "link")),
        links={
            "a": image(),
            "b": image((1, 2, 3)),
            "c": b"\x01\x00\x00\x00EMF",
            "e": ("image", "http://127.0.0.1:1/x.png"),
        },
    )
    assert body.startswith("![A leaf \\[green\\]](media:")
    assert [one["size"] for one in pictures] == [(40, 30)]
    assert "anary" not in str(pictures)
    assert "words" in body
    assert said == [
        "Pictures without a description stayed behind: 1. Put them in again under Images and say what they show.",
        "Pictures that are not in the file itself or are too large stayed behind: 1.",
        "A picture that cannot be read here stayed behind: A file of another kind",
    ]


def test_links_that_lead_nowhere_become_words_and_are_told():
    body, said, _ = opened(
        p(link("script", "j"), " ", link("file", "f"), " ", f'<w:hyperlink w:anchor="x">{run("there")}</w:hyperlink>'),
        p(link("lost", "none")),
        links={"j": ("hyperlink", "javascript:alert(1)"), "f": ("hyperlink", "file:///etc/passwd")},
    )
    assert body == "script file there\n\nlost\n"
    assert said == [
        "Links to other places in the file became plain words: 1.",
        "A link that leads nowhere here became plain words: javascript:alert(1)",
        "A link that leads nowhere here became plain words: file:///etc/passwd",
    ]


def test_words_in_wrappers_boxes_fields_and_formulas_are_not_lost():
    box = f"<w:txbxContent>{p('in a box')}</w:txbxContent>"
    shape = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    body, said, _ = opened(
        p(f'<w:bdo w:val="rtl">{run("turned ")}</w:bdo>', f'<w:fldSimple w:instr="DATE">{run("today ")}</w:fldSimple>'),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('in a frame')}</w:sdtContent></w:sdt>",
        p(
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent></w:r>",
            "beside",
        ),
        p(f"<w:r><w:drawing>{box.replace('in a', 'in a new')}</w:drawing></w:r>"),
        p("so ", "<m:oMath><m:r><m:t>a=b*c</m:t></m:r></m:oMath>"),
        p("Contents 3", style="TOC1"),
        p("2", '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>'),
        p("<w:r><w:drawing/></w:r>"),
    )
    for words in ("turned today", "in a frame", "beside\n\nin a box", "in a new box", "so a=b\\*c", "2³"):
        assert words in body
    assert body.count("in a box") == 1
    assert said == [
        "The list of contents stayed behind: it is made here by itself.",
        "A drawing, chart or file within the file stayed behind: 1.",
        "A formula became plain characters: a=b*c",
    ]


def test_merged_cells_are_parted_and_a_table_of_one_column_is_no_table():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("wide")}</w:tc>'
    high = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("high")}</w:tc>'
    on = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc>"
    body, said, _ = opened(
        table((wide, "c"), (high, "1", "2"), (on, p("3") + p("4"), "5")),
        table((p("alone") + p("below"),)),
    )
    assert body == "| wide |  | c |\n| --- | --- | --- |\n| high | 1 | 2 |\n|  | 3 4 | 5 |\n\nalone\n\nbelow\n"
    assert said == ["Merged cells of tables were parted: 2.", "In tables each cell became one line."]


def test_an_arabic_file_keeps_its_order_and_its_strength_which_stands_in_marks_of_its_own():
    body, said, _ = opened(
        p(run("كيف أرتاح؟", "rtl"), style="Title"),
        p(run("في المساء", "rtl"), style="Heading1"),
        p(run("اجلس ", "rtl"), run("ببطء", "rtl", "bCs"), run("، واشرب", "rtl", "b"), run(" شايًا", "rtl", "iCs")),
        p(run("أولًا", "rtl"), item=(2, 0)),
        p(run("ثانيًا", "rtl"), item=(2, 0)),
        title="كيف أرتاح",
    )
    assert body == "## في المساء\n\nاجلس **ببطء**، واشرب *شايًا*\n\n1. أولًا\n2. ثانيًا\n"
    assert said == []
    assert "<strong>ببطء</strong>" in html(body, "ar")


def test_a_japanese_file_keeps_its_readings_and_its_strong_words():
    reading, base = (f"<w:{name}>{run(words)}</w:{name}>" for name, words in (("rt", "かんじ"), ("rubyBase", "漢字")))
    ruby = f"<w:r><w:ruby>{reading}{base}</w:ruby></w:r>"
    body, said, _ = opened(
        p("休み方", style="Heading1"), p(ruby, "を", run("「ゆっくり」", "b"), "読みます。"), title="休む"
    )
    assert body == "## 休み方\n\n漢字（かんじ）を**「ゆっくり」**読みます。\n"
    assert said == ["Readings beside characters now stand in brackets after them: 1."]
    assert "<strong>「ゆっくり」</strong>読みます。" in html(body, "ja")
