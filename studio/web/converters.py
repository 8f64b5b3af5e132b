"""Parts of addresses: a language's code."""

from __future__ import annotations

from werkzeug.routing import BaseConverter


class LanguageConverter(BaseConverter):
    """Two or three small letters, with a region or script behind a hyphen; longer words are other addresses."""

    regex = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
