"""Parts of addresses: a language's code, the name of a file."""

from __future__ import annotations

from werkzeug.routing import AnyConverter, BaseConverter


class LanguageConverter(BaseConverter):
    """Two or three small letters, with a region or script behind a hyphen; longer words are other addresses."""

    regex = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


class FileConverter(AnyConverter):
    """One of the listed names, which may lie in a folder: ``<file('a.pdf', 'cards/wide.png'):name>``."""

    part_isolating = False
