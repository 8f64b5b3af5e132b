"""Links and pictures: each address is resolved, kept or shown as plain words; nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.rendering.addresses import kind, media_name
from studio.rendering.context import Context

EXTERNAL_REL: Final = "noreferrer nofollow external"

_START = r"(?<![A-Za-z0-9])(?:https?://|www\.)"
_ASCII: Final = re.compile(_START + r"[!#-;=?-Z\[\]_a-z~]+", re.IGNORECASE)
_UNICODE: Final = re.compile(_START + r"(?:[!#-;=?-Z\[\]_a-z~]|[^\W_])+", re.IGNORECASE)
_TRAILING: Final = ".,;:!?'*_~"


def resolve(children: Sequence[Token], ids: frozenset[str], context: Context) -> list[Token]:
    """Return inline tokens with final addresses; ``ids`` are those of the headings, for links within the text."""
    result: list[Token] = []
    kept: list[bool] = []
    for place, token in enumerate(children):
        if token.type == "link_open":
            kept.append(_target(token, ids, context))
            if kept[-1]:
                result.append(token)
            if children[place + 1].type == "link_close":
                result.append(Token("text", "", 0, content=str(token.attrs["href"])))
        elif token.type == "link_close":
            result += [token] if kept.pop() else []
        elif token.type == "image":
            result.append(_picture(token, context))
        elif token.type == "text" and not kept:
            result += _linkified(token, context)
        else:
            result.append(token)
    return result


def _target(link: Token, ids: frozenset[str], context: Context) -> bool:
    """Give ``link`` its final address; return False where it leads nowhere, so that only its words stay."""
    address = str(link.attrs["href"])
    if not address:
        return False
    context.links[address] = None
    shape = kind(address)
    if shape == "external":
        link.attrs["rel"] = EXTERNAL_REL
    elif shape == "guide":
        name, _, part = address.removeprefix("guide:").partition("#")
        found = context.internal(name)
        if found is None:
            return False
        link.attrs["href"] = f"{found}#{part}" if part else found
        context.own.add(str(link.attrs["href"]))
    elif shape == "here":
        return _anchor(link, unquote(address[1:]), ids)
    return True


def _anchor(link: Token, name: str, ids: frozenset[str]) -> bool:
    found = next((each for each in (name, f"h-{name}", f"h-{name.lower()}") if each in ids), None)
    if found is not None:
        link.attrs["href"] = f"#{found}"
    return found is not None


def _picture(token: Token, context: Context) -> Token:
    """Return an ``img`` for a picture of the house, or the words that describe any other one."""
    address, title = str(token.attrs["src"]), str(token.attrs.get("title", ""))
    alt = " ".join("".join(_described(token.children or ())).split())
    name = media_name(address)
    if not alt and context.alt_required:
        raise Invalid(
            N_("Please say in a few words what the picture {name} shows: ![words](…)", name=title or address[:24])
        )
    url = context.media_url(name) if name else None
    if name is None or url is None:
        return Token("text", "", 0, content=alt or title or address)
    context.media[name] = None
    context.own.add(url)
    attrs: dict[str, str | int | float] = {"src": url, "alt": alt}
    return Token("picture", "img", 0, attrs=attrs | ({"title": title} if title else {}))


def _described(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        yield child.content if child.type in ("text", "code_inline") else " " if child.type.endswith("break") else ""
        if child.type == "image":
            yield from _described(child.children or ())


def _linkified(token: Token, context: Context) -> Iterator[Token]:
    """Make links of addresses that were just typed; only with http(s):// or www., nothing is guessed."""
    shape = _ASCII if context.language.ideographic else _UNICODE
    end = 0
    for found in shape.finditer(token.content):
        text = _trimmed(found[0])
        address = normalizeLink(f"https://{text}" if text[:4].lower() == "www." else text)
        if kind(address) is None or "." not in text[4:]:
            continue
        context.links[address] = None
        yield from _text(token.content[end : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": address, "rel": EXTERNAL_REL}, markup="linkify")
        yield Token("text", "", 0, content=text)
        yield Token("link_close", "a", -1)
        end = found.start() + len(text)
    yield from _text(token.content[end:])


def _text(content: str) -> list[Token]:
    return [Token("text", "", 0, content=content)] if content else []


def _trimmed(address: str) -> str:
    """Leave punctuation that ends a sentence, and a bracket that was opened before the address, outside of it."""
    brackets = {")": "(", "]": "["}
    extra = {closing: address.count(closing) - address.count(opening) for closing, opening in brackets.items()}
    end = len(address)
    while True:  # it begins with a letter, so it ends there at the latest
        last = address[end - 1]
        if extra.get(last, 0) > 0:
            extra[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
