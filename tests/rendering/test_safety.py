"""Hostile texts: whatever is typed, the page holds only what the policy names, loads nothing foreign, stays small."""

import contextlib
import itertools
import re
import threading
import time

import pytest

from studio.core.errors import StudioError, TooLarge
from studio.core.locales import language
from studio.rendering import tree
from studio.rendering.addresses import is_own, kind, may_link, may_load
from studio.rendering.markdown import render
from studio.rendering.sanitize import sanitize

EN, AR = language("en"), language("ar")
PICTURE = "ab" * 32

FORBIDDEN = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#x3A;alert(1)",
    "\x01javascript:alert(1)",
    " javascript:alert(1)",
    "javascript:1",
    "vbscript:1",
    "data:1",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,x",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://evil.example/1",
    "filesystem:x",
    "view-source:https://evil.example",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/\\evil.example",
    "\\/evil.example",
    "https:\\\\evil.example",
    "http:/\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https://good.example@evil.example/",
    "http://user:pw@evil.example",
    "ht\ntps://evil.example",
    "x.html",
    "./x",
    "../x",
    "?q=1",
    "localhost:80",
    "evil.example:443",
    "intent://x",
    "chrome://settings",
    "about:blank",
    "ws://evil.example",
    "ftp://evil.example",
    "jar:https://evil.example!/x",
    "media:" + PICTURE,
    "guide:../../etc",
    "guide:UPPER",
    "mailto:",
    "tel:",
    "https://",
    "%6aavascript:alert(1)",
    "/\t/evil.example",
    "/%09/evil.example\\",
    "feed:javascript:alert(1)",
    "livescript:1",
    "mocha:1",
    "\u2028javascript:alert(1)",
]
FORMS = [
    "[x]({0})",
    "[x](<{0}>)",
    '[x]({0} "t")',
    "[x][r]\n\n[r]: {0}\n",
    "[x][r]\n\n[r]: <{0}>\n",
    "<{0}>",
    "![x]({0})",
    "![x](<{0}>)",
    "![x][r]\n\n[r]: <{0}>\n",
    "{0}",
    "[![x]({0})]({0})",
    "[^n]\n\n[^n]: [x]({0})\n",
    "::: note [x]({0})\n{0}\n:::",
    "|[x]({0})|\n|-|\n|{0}|",
    "# [x](<{0}>)",
    "- [ ] [x]({0})",
]
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<style>@import '//evil.example'</style>",
    "<base href=//evil.example>",
    "<form action=//evil.example><button>x",
    "<link rel=attachment href=file:///etc/passwd>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<?xml version='1.0'?>",
    "<![CDATA[x]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>x</script></template>",
    "</p></div></main>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script>",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    '[x](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    '![" onerror=alert(1) "](x)',
    "# <img id=getElementById>",
    '[x](https://a.example/"onclick=alert(1))',
    "<div style=background:url(//evil.example)>",
    "&#x6A;avascript:alert(1)",
    "[<script>]: https://a.example\n\n[<script>]",
    "[^<b>]\n\n[^<b>]: x",
    "::: note <img src=x>\n</div>\n:::",
]
HOSTILE = [*(form.format(address) for address, form in itertools.product(FORBIDDEN, FORMS)), *MARKUP]


def rendered(source, of=EN):
    return render(
        source, of, media_url=lambda name: f"/media/{name}", internal=lambda guide: f"/en/{guide}/", alt_required=False
    ).html


def assert_harmless(html):
    """The oracle: the policy knows every part; cleaning again changes nothing; no foreign address is loaded or run."""
    root = tree.read(html)
    assert sanitize(html) == html
    for node in root.elements():
        assert not any(name.startswith("on") or name == "style" for name in node.attrs)
        if node.tag == "a":
            assert re.match(r"(?i)(https?://[^/@\\]+(/|$|[?#])|mailto:|tel:|#|/(?![/\\]))", node.attrs["href"])
        if node.tag == "img":
            assert re.fullmatch(rf"/media/{PICTURE}", node.attrs["src"])


def test_hostile_addresses_and_markup_are_harmless_in_every_form():
    for source, of in [*((source, EN) for source in HOSTILE), *((source, AR) for source in HOSTILE[::7])]:
        assert_harmless(rendered(source, of))


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_forbidden_address_is_never_a_link(address):
    assert kind(address) in (None, "guide") or not may_link(address)
    assert not may_load(address) or address in ("x.html", "./x", "../x") or address.startswith("media:")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org", "external"),
        ("HTTP://example.org:80/a?b#c", "external"),
        ("https://[::1]/", "external"),
        ("https://例え.jp/ä", "external"),
        ("mailto:a@example.org?subject=x", "contact"),
        ("tel:+1-555-0100", "contact"),
        ("#a", "here"),
        ("#", "here"),
        ("/ar/x/", "own"),
        ("/", "own"),
        ("guide:coming-out", "guide"),
        ("guide:a#b", "guide"),
    ],
)
def test_addresses_that_a_text_may_hold(address, expected):
    assert kind(address) == expected


def test_pictures_are_loaded_only_from_the_house():
    assert may_load("/media/x")
    assert may_load("../media/x.png")
    assert may_load(f"media:{PICTURE}")
    for foreign in (
        "https://example.org/x.png",
        "//example.org",
        "data:image/png,x",
        "media:x",
        "javascript:1",
        "\\\\x",
        "",
    ):
        assert not may_load(foreign)
    assert is_own("a/b%20c.html?d:e")
    assert not is_own("a:b")


@pytest.mark.parametrize(
    "answer", ["//evil.example/x", "https://evil.example/x.png", "javascript:alert(1)", "/\\evil.example"]
)
def test_even_a_wrong_answer_of_the_house_itself_loads_nothing_foreign(answer):
    with pytest.raises(tree.Unsafe):
        render(f"![x](media:{PICTURE})", EN, media_url=lambda _: answer)


def test_a_relative_address_is_a_link_only_where_the_house_made_it():
    assert sanitize('<a href="../x">y</a>', frozenset({"../x"})) == '<a href="../x">y</a>'
    assert sanitize('<a href="../x">y</a>') == "<a>y</a>"
    assert (
        sanitize('<a href="../x?a=1&amp;b=2">y</a>', frozenset({"../x?a=1&b=2"})) == '<a href="../x?a=1&amp;b=2">y</a>'
    )


def test_both_gates_stop_what_the_renderer_would_never_write():
    for html in MARKUP:
        with contextlib.suppress(tree.Unsafe):  # a link that lost its address
            tree.read(sanitize(html))
    assert sanitize('<a href="javascript:1" onclick="x" id="body" class="evil">x</a>') == "<a>x</a>"
    assert sanitize('<p style="color:red">x</p><script>y</script>') == "<p>x</p>&lt;script&gt;y&lt;/script&gt;"
    assert sanitize('<input type="text"><bdi dir="auto" lang="x!">z</bdi>') == "<input><bdi>z</bdi>"


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>x</script>", "<script>"),
        ("<p onclick=x>", "onclick"),
        ("<p class=evil>", "class=evil"),
        ("<p class>", "class="),
        ("<h2 id=body>x</h2>", "id=body"),
        ('<h2 id="h-a">x</h2><h3 id="h-a">y</h3>', "id=h-a"),
        ('<a href="#h-x">y</a>', "#h-x"),
        ('<a href="data:1">y</a>', "href=data:1"),
        ("<!-- x -->", "<!--"),
        ("<!DOCTYPE html>", "<!DOCTYPE"),
        ("<?php ?>", "<?php"),
        ("<![CDATA[x]]>", "<!\\[CDATA"),
        ("<p>x", "<p>"),
        ("<p>x</em></p>", "</em>"),
        ("</p>", "</p>"),
        ("<p class=box class=box>", "<p>"),
        ("<em>" * 50, "<em>"),
        ('<img alt="" src="https://evil.example/x">', "src=https"),
        ('<a href="guide:x">y</a>', "href=guide"),
    ],
)
def test_the_last_look_refuses_by_name(html, what):
    with pytest.raises(tree.Unsafe, match=re.escape(what) if "\\" not in what else what):
        tree.read(html)


def test_a_text_that_lost_words_in_cleaning_is_refused():
    tree.check_text(tree.read("<p>a b</p>"), "a\nb")
    with pytest.raises(tree.Unsafe):
        tree.check_text(tree.read("<p>a</p>"), "a b")


REFUSED = {
    "the text is too long": "a" * 200_001,
    "the text is too long in bytes": "あ" * 70_000,
    "one address a thousand times": f"[a]: https://example.org/{'u' * 20_000}\n\n" + "[a]\n\n" * 1000,
    "quotes in quotes": ">" * 20_000 + " deep",
    "quotes that run on": "> " * 20 + "x\n" + "x\n" * 90_000,
    "lists in lists": "\n".join("  " * step + f"- word{step}" for step in range(200)),
    "lists on one line": "- " * 200 + "x",
    "boxes in boxes": "::: note\n" * 2000,
    "brackets without an end": "[" * 190_000,
    "pictures without an end": "![" * 90_000,
    "bold in bold": "**a *b " * 20 + "c" + "*d**e" * 20,
    "a table of empty cells": "|" + "a|" * 1500 + "\n|" + "-|" * 1500 + "\n" + "|\n" * 60,
    "more items than a page can hold": "- a\n" * 20_000,
    "a note a thousand times": "[^a]: x\n\n" + "[^a] " * 3000,
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED.keys())
def test_a_bomb_is_refused_before_it_costs_seconds(source):
    start = time.process_time()
    with pytest.raises(TooLarge):
        rendered(source)
    assert time.process_time() - start < 10


BORNE = {
    "20,000 brackets": "[" * 10_000 + "]" * 10_000,
    "15,000 open brackets": "[" * 15_000,
    "stars": "*" * 40_000,
    "bold beginnings": "*a **b " * 9000,
    "backticks": "".join("`" * (step % 50 + 1) + "a" for step in range(4000)),
    "angle brackets": "<" * 20_000,
    "ampersands": "&" * 30_000,
    "backslashes": "\\" * 40_000,
    "one long word": "a" * 199_000,
    "many lines": "\n" * 199_000,
    "brackets and Arabic": "ا(" * 5_000,
    "numbers": "1-" * 20_000,
    "a thousand notes": "".join(f"[^{step}]: x\n\n" for step in range(1000))
    + "\n\n".join(f"[^{step}]" for step in range(1000)),
}


@pytest.mark.no_cover  # lines are counted in texts of an ordinary size
@pytest.mark.parametrize("source", BORNE.values(), ids=BORNE.keys())
@pytest.mark.parametrize("of", [EN, AR], ids=["en", "ar"])
def test_an_odd_text_is_borne_in_little_time(source, of):
    start = time.process_time()
    html = rendered(source, of)
    assert time.process_time() - start < 10
    assert len(html) < 2_000_000
    tree.read(html)


def test_a_recursion_in_the_parser_is_a_kind_refusal(monkeypatch):
    def deep(*_):
        raise RecursionError

    monkeypatch.setattr("studio.rendering.parser.MarkdownIt.parse", deep)
    with pytest.raises(TooLarge, match="too deep in each other"):
        rendered("x")


def test_threads_render_the_same_as_one_does():
    sources = [
        f"# T{step}\n\n" + HOSTILE[step] + f"\n\n[a](guide:g{step}) x[^1]\n\n[^1]: {step}" for step in range(0, 400, 10)
    ]

    def each(source):
        try:
            return rendered(source)
        except StudioError as refusal:
            return str(refusal)

    alone = [each(source) for source in sources]
    results: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda n=n: results.__setitem__(n, [each(source) for source in sources]))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results[n] for n in range(4)] == [alone] * 4
