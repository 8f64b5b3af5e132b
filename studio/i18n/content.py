"""The community's own data in ``content/``: topics, content notes, policies, agreements; read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_SAFE: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same in C is ten times as fast, where the library was built with it."""


@cache
def folder() -> Path:
    """Return the folder of the content: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


@cache
def load(name: str) -> Any:  # noqa: ANN401 - whatever the YAML file holds
    """Return what the YAML file ``name`` holds; the same object each time, not to be changed."""
    return yaml.load((folder() / name).read_text(encoding="utf-8"), _SAFE)  # noqa: S506 - either one is safe


def worded(words: Mapping[str, str], code: str) -> str:
    """Return the wording in the language ``code``, else the English one, else any."""
    return words.get(code) or words.get("en") or next(iter(words.values()), "")
