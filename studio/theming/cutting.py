"""Cutting a font down to the characters that a page needs."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

_FEATURES = [
    *("kern", "liga", "mark", "mkmk", "ccmp", "locl", "calt", "lnum"),
    *("init", "medi", "fina", "isol", "rlig", "curs"),  # without these Arabic letters do not join
]


def cut(path: Path, characters: Iterable[int]) -> bytes:
    """Return the font at ``path`` as woff2 with no more than these code points; the same input gives the same bytes."""
    from fontTools import subset  # noqa: PLC0415 - 14 MB of memory that a process which only serves pages does without

    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = _FEATURES
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]  # the copyright and the licence stay with the font
    options.drop_tables += ["STAT", "DSIG", "meta"]
    font = subset.load_font(str(path), options)
    try:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=list(characters))
        subsetter.subset(font)
        target = BytesIO()
        subset.save_font(font, target, options)
    finally:
        font.close()
    return target.getvalue()
