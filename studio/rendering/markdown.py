"""Markdown to safe HTML: the one renderer of preview, page, PDF, cards and search.

What a page gets, so that its style sheets can be written against it:

* ``h2`` to ``h4`` with ids ``h-…``; levels have no gaps.
* Boxes: ``<div class="box box-note|box-help|box-care|box-stop" role="note"><p class="box-title">…</p>…</div>``; the
  title is always there, so that colour is never the only sign.
* Passages marked for a card: ``<div class="marked marked-quote|marked-number|marked-step">…</div>`` around the passage,
  which goes on being a part of the text; headings in it stand in the outline.
* Tables: ``<div class="table" role="group" tabindex="0" aria-label="Table 1"><table>…``. The frame scrolls sideways at
  320 px and can be reached by keyboard; a PDF sees a plain division with the table in it. Cells carry
  ``align-start|align-center|align-end``, heads ``scope="col"``.
* Notes: ``<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup>`` and, last of all,
  ``<section class="footnotes" id="fn"><ol><li id="fn-1">… <a class="footnote-back" href="#fnref-1">^</a></li></ol>``.
* Task lists: ``<li class="task"><input type="checkbox" disabled aria-label="To do"> …``.
* A picture alone with a title: ``<figure><img …><figcaption>…</figcaption></figure>``; others stand in their line.
* Code blocks are ``<pre><code>``; let them wrap (``white-space: pre-wrap``), for they cannot be scrolled by keyboard.
* Links out of the house: ``rel="noreferrer nofollow external"``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from studio.core.locales import Language
from studio.rendering import limits, links, marked, plain, structure, tree
from studio.rendering.bidi_tokens import isolate
from studio.rendering.context import Context
from studio.rendering.footnotes import gather
from studio.rendering.labels import ENGLISH, Words
from studio.rendering.parser import parse
from studio.rendering.rendered import Rendered
from studio.rendering.sanitize import sanitize


def nowhere(_guide_id: str) -> str | None:
    """Say that no other guide is known: the words of a link to one stay, the link does not."""
    return None


def render(
    source: str,
    language: Language,
    *,
    media_url: Callable[[str], str | None],
    internal: Callable[[str], str | None] = nowhere,
    words: Words = ENGLISH,
    alt_required: bool = True,
) -> Rendered:
    """Return ``source`` as safe HTML with its outline, plain text, pictures and links.

    ``media_url`` gives the address for the SHA-256 name of a picture, or None for one that is not there; ``internal``
    the address of the guide named in ``guide:<id>``, or None. Both may be relative; neither may lead to another host.
    ``words`` are the labels in the language of the text. ``alt_required`` can be switched off while a text is typed.

    Raises Invalid (a picture without words, a broken character, a table row with too many cells) and TooLarge (bytes,
    nesting, repeated addresses), each quoting where. Nothing that was written is left out silently.
    """
    clean = limits.prepare(source)
    context = Context(language, words, media_url, internal, alt_required)
    tokens, env = parse(clean)
    limits.check_tokens(tokens, clean)
    tokens = _arranged(tokens, env, context)
    limits.check_elements(tokens)
    draft, written = _Renderer.run(tokens)
    limits.check_output(draft, clean)
    own = frozenset(context.own)
    html = sanitize(draft, own)
    root = tree.read(html, own)
    tree.check_text(root, written)
    text = plain.readable(root)
    return Rendered(
        html=html,
        outline=plain.outline(root),
        sections=plain.sections(root),
        text=text,
        words=plain.count_words(text),
        media=tuple(context.media),
        links=tuple(context.links),
        marked=marked.passages(root),
    )


def _arranged(tokens: Sequence[Token], env: dict[str, Any], context: Context) -> list[Token]:
    """Return the parsed stream in the shape of the page."""
    whole = gather(tokens, env, context.words)
    ids = structure.headings(whole)
    for token in whole:
        if token.type == "inline":
            token.children = structure.join_lines(links.resolve(token.children or (), ids, context))
    whole = structure.shape(whole, context)
    for token in whole:
        isolate(token, context.language)
    return whole


class _Renderer(RendererHTML):
    """Writes tokens as HTML and keeps all text it wrote, so that losing some later is noticed."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[str] = []

    @classmethod
    def run(cls, tokens: Sequence[Token]) -> tuple[str, str]:
        """Return the HTML of ``tokens`` and the text in it."""
        renderer = cls()
        html = renderer.render(tokens, _OPTIONS, {})
        return html, "".join(renderer._written)

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401, ARG002 - the library's signature
        return self._write(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401, ARG002 - the library's signature
        return f"<code{self.renderAttrs(tokens[idx])}>{self._write(tokens[idx].content)}</code>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401, ARG002 - the library's signature
        return f"<pre{self.renderAttrs(tokens[idx])}><code>{self._write(tokens[idx].content)}</code></pre>\n"

    code_block = fence

    def _write(self, content: str) -> str:
        self._written.append(content)
        return str(escapeHtml(content))


_OPTIONS = OptionsDict(
    {
        "maxNesting": limits.PARSER_NESTING,
        "html": False,
        "linkify": False,
        "typographer": False,
        "quotes": "",
        "xhtmlOut": False,
        "breaks": False,
        "langPrefix": "",
        "highlight": None,
    }
)
