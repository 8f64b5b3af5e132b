"""Where to go next: only to an address of this house."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from flask import redirect
from werkzeug.wrappers import Response

from studio.core.words import Message
from studio.web.notices import with_notice

_PATH: Final = re.compile(r"/studio/[\w\-./~%=&?+@,:]*", re.ASCII)
_LONGEST: Final = 500


def is_ours(address: str) -> bool:
    """Whether ``address`` is a path below ``/studio/`` of this house and cannot be read as anything else."""
    if len(address) > _LONGEST or not _PATH.fullmatch(address):
        return False
    path = unquote(address.partition("?")[0])
    return path.isprintable() and not any(trap in path for trap in ("\\", "//", "/..", "/./"))


def next_or(address: str, default: str = "/studio/") -> str:
    """Return ``address`` if it is ours, else ``default``."""
    return address if is_ours(address) else default


def go(address: str, notice: Message | None = None) -> Response:
    """Answer a post that went well: see ``address``, with ``notice`` above its page (one registered by its words)."""
    return redirect(with_notice(address, notice) if notice else address, code=303)
