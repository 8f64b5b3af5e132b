"""The word behind every page and card of the practice house."""

from __future__ import annotations

from html import escape


def watermark(word: str, families: tuple[str, ...]) -> bytes:
    """Return a picture (SVG) of ``word``, slanted and pale enough to read the text above it."""
    family = escape(", ".join(f"'{name}'" for name in families), quote=True)
    size = min(64, 460 / max(4, len(word)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" width="300" height="300">'
        f'<text x="150" y="160" text-anchor="middle" transform="rotate(-35 150 150)" fill="#e9e2ef" '
        f'font-family="{family}" font-weight="700" font-size="{size:.0f}">{escape(word)}</text></svg>'
    ).encode()
