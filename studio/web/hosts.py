"""Which names the house answers to; the practice house is for this machine alone."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from studio.core.settings import Settings

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST: Final = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(:[0-9]{1,5})?")


def is_ours(host: str, settings: Settings) -> bool:
    """Whether a request for ``host`` (the ``Host`` header) may be answered.

    The practice house answers loopback names only. A house with a public address answers that and loopback; without
    one, any well-formed name.
    """
    found = _HOST.fullmatch(host.lower())
    if not found:
        return False
    if found[1] in LOOPBACK:
        return True
    if settings.demo:
        return False
    return not settings.base_url or host.lower() == urlsplit(settings.base_url).netloc.lower()
