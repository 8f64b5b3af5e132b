"""Which fonts a language is set in, where their files are, and which characters none of them can draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

from studio.core.errors import StudioError
from studio.core.locales import Script, language
from studio.core.words import N_
from studio.theming.cutting import cut
from studio.theming.faces import (
    ATKINSON,
    CUT_WEB_FAMILIES,
    FACES,
    NOTO,
    NOTO_EMOJI,
    NOTO_JP,
    NOTO_SC,
    PRINT,
    VAZIRMATN,
    WEB,
    Cut,
    Face,
    Weight,
)
from studio.theming.faces import face as find_face

WEB_PATH: Final = "/static/fonts/"
"""Below this address the house serves the files of ``web_files()``."""

WEIGHTS: Final[tuple[Weight, ...]] = (400, 700)
_TRUETYPE: Final = b"\x00\x01\x00\x00"
_FAMILIES: Final[dict[Script, tuple[str, ...]]] = {
    "latin": (NOTO, NOTO_SC, NOTO_JP, VAZIRMATN, NOTO_EMOJI),
    "cyrillic": (NOTO, NOTO_SC, NOTO_JP, VAZIRMATN, NOTO_EMOJI),
    "arabic": (VAZIRMATN, NOTO, NOTO_SC, NOTO_JP, NOTO_EMOJI),
    "japanese": (NOTO_JP, NOTO, NOTO_SC, VAZIRMATN, NOTO_EMOJI),
    "chinese": (NOTO_SC, NOTO, NOTO_JP, VAZIRMATN, NOTO_EMOJI),
    "other": (NOTO, VAZIRMATN, NOTO_SC, NOTO_JP, NOTO_EMOJI),
}
_CUTS: Final[dict[Script, Cut | None]] = {
    "latin": "latin",
    "cyrillic": "cyrillic",
    "arabic": "arabic",
    "japanese": None,
    "chinese": None,
    "other": "latin",
}
_UNDRAWN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Characters of these categories have no picture: controls, direction marks, line ends."""
_VARIATION_SELECTORS: Final = range(0xFE00, 0xFE10)


class FontsMissing(StudioError):
    """A font file is not there, or is of a kind that breaks accessible PDFs."""


@cache
def font_files() -> tuple[Face, ...]:
    """Return every face with a whole TrueType file; raise FontsMissing, naming the first file that is wrong."""
    for face in FACES:
        check_file(face.path)
    return FACES


def check_file(path: Path) -> None:
    """Refuse a file that is missing, or has CFF outlines: these look right, yet break PDF/UA and PDF/A."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError:
        raise FontsMissing(
            N_("The font {name} is missing. “make run” fetches it, with a network.", name=path.name)
        ) from None
    if start != _TRUETYPE:
        raise FontsMissing(N_("The font {name} has no TrueType outlines, so it cannot be used.", name=path.name))


def missing_files() -> list[str]:
    """Return one sentence for each font file that is missing or of the wrong kind; nothing when all is well."""
    found = []
    for face in FACES:
        try:
            check_file(face.path)
        except FontsMissing as problem:
            found.append(str(problem))
    return found


def families_for(code: str) -> tuple[str, ...]:
    """Return the families for the language ``code``, its own first, then those that fill its gaps."""
    return _FAMILIES[language(code).script]


def easy_families_for(code: str) -> tuple[str, ...]:
    """Return the families for easy reading: Atkinson Hyperlegible before the others, where it has the script."""
    families = families_for(code)
    return (ATKINSON, *families) if language(code).script == "latin" else families


def web_families_for(code: str) -> tuple[str, ...]:
    """Return the font stack for CSS: the language's own family, Noto Sans, then what the reader's system has."""
    cut_name = _CUTS[language(code).script]
    own = CUT_WEB_FAMILIES[cut_name] if cut_name else families_for(code)[0]
    return (*dict.fromkeys((own, NOTO)), "system-ui", "sans-serif")


def font_stack(families: Iterable[str]) -> str:
    """Return ``families`` as the value of CSS ``font-family``, quoting names of more than one word."""
    return ", ".join(f'"{family}"' if " " in family else family for family in families)


@cache
def coverage(family: str) -> frozenset[int]:
    """Return the code points of ``family``; a test holds that its bold has the same."""
    path = find_face(family).path
    check_file(path)
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _covered(families: tuple[str, ...]) -> frozenset[int]:
    return frozenset().union(*(coverage(family) for family in families))


def missing_characters(text: str, code: str) -> list[str]:
    """Return the characters of ``text``, each once and in order, that no font of the language ``code`` can draw."""
    covered = _covered(families_for(code))
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in covered and not _needs_no_picture(character)
    ]


def _needs_no_picture(character: str) -> bool:
    return character.isspace() or ord(character) in _VARIATION_SELECTORS or unicodedata.category(character) in _UNDRAWN


def private_fontconfig(folder: Path) -> Path:
    """Write a configuration into ``folder`` that knows no font but ours and return its path.

    Put the path into the environment as ``FONTCONFIG_FILE`` before Pango is loaded: then text is drawn alike on every
    machine, and a system font never stands in unseen.
    """
    font_files()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "fonts.conf"
    content = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{escape(str(PRINT))}</dir>\n  <cachedir>{escape(str(folder / 'cache'))}</cachedir>\n</fontconfig>\n"
    )
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")
    return path


@cache
def web_files() -> dict[str, Path]:
    """Return the cuts for the web by file name; a name carries its hash, so an answer may be kept for ever."""
    return {path.name: path for path in sorted(WEB.glob("*.woff2"))}


def face_css(family: str, weight: Weight, address: str) -> str:
    """Return one ``@font-face`` rule; text shows in the reader's own font until the file is there."""
    return (
        f'@font-face{{font-family:"{family}";font-style:normal;font-weight:{weight};font-display:swap;'
        f'src:url("{address}") format("woff2")}}'
    )


def web_faces(code: str, prefix: str = WEB_PATH) -> str:
    """Return the ``@font-face`` rules of the language ``code`` with addresses below ``prefix``.

    Empty for Japanese and Chinese: their fonts are cut per edition, see ``subset_web_font`` and ``face_css``.
    """
    name = _CUTS[language(code).script]
    if name is None:
        return ""
    return "".join(
        face_css(CUT_WEB_FAMILIES[name], weight, f"{prefix}{file}")
        for weight in WEIGHTS
        for file in web_files()
        if file.startswith(f"{name}-{weight}.")
    )


def subset_web_font(text: str, code: str, weight: Weight = 400) -> bytes:
    """Return the language's own font as woff2 with the characters of ``text``; empty where it has none of them.

    Takes about a second for a Japanese or Chinese edition, so the worker calls it, not a request.
    """
    face = find_face(families_for(code)[0], weight)
    wanted = {ord(character) for character in text} & coverage(face.family)
    return cut(face.path, sorted(wanted)) if wanted else b""
