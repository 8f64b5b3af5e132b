"""The Markdown of the house: CommonMark without HTML, with tables, notes, definitions, boxes and strict addresses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from studio.core.errors import TooLarge
from studio.core.words import N_
from studio.rendering.addresses import kind
from studio.rendering.boxes import boxes
from studio.rendering.emphasis import Inline
from studio.rendering.footnotes import join_texts
from studio.rendering.limits import PARSER_NESTING

Rule = Callable[[StateInline, bool], bool]


class Parsed(NamedTuple):
    """The token stream of a text and what was learned while parsing it (references, footnotes)."""

    tokens: list[Token]
    env: dict[str, Any]


class _Parser(MarkdownIt):
    """A parser that takes only addresses of the allow-list for links; others stay as the text they were typed as."""

    any_address = False

    def configure(self, presets: Any, options_update: Any = None) -> MarkdownIt:  # noqa: ANN401 - the library's types
        """Set the library's rules up, on our parser of paragraphs."""
        self.inline = Inline()
        return super().configure(presets, options_update)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether ``url`` may be linked; a picture may name anything, for only its alt text is shown then."""
        return self.any_address or kind(url) is not None


def _image(state: StateInline, silent: bool) -> bool:
    parser, env = state.md, state.env
    before = parser.any_address, env.get("in_image")  # type: ignore[attr-defined] # it is the class above
    parser.any_address, env["in_image"] = True, True  # type: ignore[attr-defined] # the same
    try:
        return image(state, silent)
    finally:
        parser.any_address, env["in_image"] = before  # type: ignore[attr-defined] # the same


def _outside_links(rule: Rule) -> Rule:
    """Return ``rule`` for places where a link may stand: not in another link, nor in the description of a picture."""

    def guarded(state: StateInline, silent: bool) -> bool:
        return not state.linkLevel and not state.env.get("in_image") and rule(state, silent)

    return guarded


def _new_parser() -> _Parser:
    options = {"html": False, "maxNesting": PARSER_NESTING, "xhtmlOut": False}
    parser = _Parser("commonmark", options)
    parser.enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    footnote_plugin(parser, move_to_end=False)
    parser.core.ruler.after("text_join", "note_text_join", join_texts)
    deflist_plugin(parser)
    boxes(parser)
    ruler = parser.inline.ruler
    ruler.at("image", _image)
    for name in ("footnote_inline", "footnote_ref"):
        rule = next(each.fn for each in ruler.__rules__ if each.name == name)
        ruler.at(name, _outside_links(rule))
    return parser


_local: Final = threading.local()


def _parser() -> _Parser:
    """Return this thread's parser; the library does not promise that one may be shared."""
    if not hasattr(_local, "parser"):
        _local.parser = _new_parser()
    parser: _Parser = _local.parser
    return parser


@contextmanager
def _bounded() -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise TooLarge(
            N_("Brackets, lists or quotes stand too deep in each other. Please make them simpler.")
        ) from None


def parse(source: str) -> Parsed:
    """Return the tokens of a prepared ``source``; raise TooLarge where its nesting is beyond any reason."""
    env: dict[str, Any] = {}
    with _bounded():
        return Parsed(_parser().parse(source, env), env)


def parse_blocks(source: str) -> Parsed:
    """Return only the blocks of a prepared ``source``, with definitions in ``env``; their insides stay unparsed."""
    env: dict[str, Any] = {}
    tokens: list[Token] = []
    with _bounded():
        parser = _parser()
        parser.block.parse(source, parser, env, tokens)
    return Parsed(tokens, env)
