"""Colours and type of the house, held once: the web reads them as CSS variables, PDFs and cards as plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

from studio.core.locales import Script, language


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one mood, written ``#rrggbb``. A ``…_bar`` is the line at the start of a box."""

    paper: str
    raised: str
    ink: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    note: str
    note_bar: str
    help: str
    help_bar: str
    caution: str
    caution_bar: str
    danger: str
    danger_bar: str


LIGHT: Final = Palette(
    paper="#fffdf9",
    raised="#ffffff",
    ink="#1d1a22",
    quiet="#504959",
    line="#e3dde8",
    accent="#4b2178",
    on_accent="#ffffff",
    note="#f1ecf8",
    note_bar="#7a4fb0",
    help="#e6f3f1",
    help_bar="#1f7a70",
    caution="#fff4d6",
    caution_bar="#9a6a00",
    danger="#fbe9ec",
    danger_bar="#9b1c31",
)
DARK: Final = Palette(
    paper="#17141c",
    raised="#201c27",
    ink="#ece8f1",
    quiet="#b3abc0",
    line="#3a3444",
    accent="#c9a8f0",
    on_accent="#17141c",
    note="#241d33",
    note_bar="#c9a8f0",
    help="#0d221f",
    help_bar="#6fcfc2",
    caution="#251e0a",
    caution_bar="#e6b84a",
    danger="#32151b",
    danger_bar="#f08a9b",
)
PRINTED: Final = replace(LIGHT, paper="#ffffff")
"""On paper: nothing is tinted that the sheet itself can be."""

BOXES: Final = ("note", "help", "caution", "danger")
SURFACES: Final = ("paper", "raised", *BOXES)

TEXT_PAIRS: Final = (
    *(("ink", surface) for surface in SURFACES),
    *(("accent", surface) for surface in SURFACES),
    ("on_accent", "accent"),
    ("paper", "ink"),  # Leave is written in paper on ink
)
"""Text and its ground, as far as the style sheets use them: at least ``contrast.TEXT``."""
SMALL_TEXT_PAIRS: Final = (
    *(("ink", surface) for surface in SURFACES),
    *(("quiet", surface) for surface in SURFACES),
    ("on_accent", "accent"),
    ("paper", "ink"),
)
"""Text that may also be small: at least ``contrast.SMALL_TEXT``."""
SHAPE_PAIRS: Final = (
    *((f"{box}_bar", box) for box in BOXES),
    *(("accent", surface) for surface in SURFACES),
    *(("quiet", surface) for surface in SURFACES),
)
"""Bars, borders of fields and the focus ring: at least ``contrast.SHAPE``."""

READING_PX: Final = 18
SIZES: Final[dict[str, float]] = {
    "small": 0.875,
    "text": 1.0,
    "lead": 1.15,
    "h3": 1.15,
    "h2": 1.4,
    "h1": 2.1,
}
"""Sizes of type in units of the reading size."""
TARGET_PX: Final = 44
"""Least side of anything that is touched."""

_LINE_HEIGHTS: Final[dict[Script, float]] = {"arabic": 1.85, "japanese": 1.75, "chinese": 1.75}
LINE_HEIGHT: Final = 1.6
MEASURE: Final = 66
MEASURE_IDEOGRAPHS: Final = 36
_CH_TO_EM: Final = 0.52
"""Mean width of a letter of Noto Sans in em: 66 characters are about 34 em."""


def line_height(code: str) -> float:
    """Return the line height for the language ``code``: marks above Arabic letters and full squares need more air."""
    return _LINE_HEIGHTS.get(language(code).script, LINE_HEIGHT)


def measure_em(code: str) -> float:
    """Return the width of a text column in em: 66 letters, or 36 ideographs of one em each."""
    return MEASURE_IDEOGRAPHS if language(code).ideographic else round(MEASURE * _CH_TO_EM, 1)


def css_variables() -> str:
    """Return the style sheet that declares every token, light and dark, for all pages."""
    shape = {f"size-{name}": f"{size:g}rem" for name, size in SIZES.items()} | {
        "line-height": f"{LINE_HEIGHT:g}",
        "measure": f"{measure_em('en'):g}em",
        "target": f"{TARGET_PX}px",
    }
    arabic = {"line-height": f"{line_height('ar'):g}"}
    ideographs = {"line-height": f"{line_height('ja'):g}", "measure": f"{measure_em('ja'):g}em"}
    return "\n".join(
        (
            _rule(":root", {"color-scheme": "light dark"} | _variables(_colours(LIGHT) | shape)),
            f"@media (prefers-color-scheme:dark){{{_rule(':root', _variables(_colours(DARK)))}}}",
            _rule(":root:lang(ar)", _variables(arabic)),
            _rule(":root:lang(ja),:root:lang(zh)", _variables(ideographs)),
            # On paper everything is dark on white, whatever the screen shows.
            f"@media print{{{_rule(':root', {'color-scheme': 'light'} | _variables(_colours(PRINTED)))}}}",
            "",
        )
    )


def _colours(palette: Palette) -> dict[str, str]:
    return {field.name.replace("_", "-"): str(getattr(palette, field.name)) for field in fields(palette)}


def _variables(values: dict[str, str]) -> dict[str, str]:
    return {f"--{name}": value for name, value in values.items()}


def _rule(selector: str, values: dict[str, str]) -> str:
    return f"{selector}{{{';'.join(f'{name}:{value}' for name, value in values.items())}}}"
