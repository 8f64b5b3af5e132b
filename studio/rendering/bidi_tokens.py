"""Isolates foreign runs in the token stream."""

from __future__ import annotations

from markdown_it.token import Token

from studio.core.locales import Language


def isolate(token: Token, language: Language) -> None:
    """Isolate runs of the other direction in ``token``."""
    if language.rtl and token.type in ("fence", "code_block"):
        token.attrs["dir"] = "ltr"
