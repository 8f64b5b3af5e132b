"""Colours and type as the style sheets read them."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from studio.theming.tokens import DARK, LIGHT, PRINTED, Palette, css_variables, line_height, measure_em

PACKAGE = Path(__file__).parents[2] / "studio"
CLIENT = Path(__file__).parents[2] / "client" / "src"
NAMES = [field.name.replace("_", "-") for field in fields(Palette)]


def declared(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):([^;}]+)", css))


@pytest.mark.parametrize(
    ("start", "palette"),
    [
        (":root{color-scheme:light dark;", LIGHT),
        ("@media (prefers-color-scheme:dark){:root{", DARK),
        ("@media print{:root{color-scheme:light;", PRINTED),
    ],
)
def test_each_mood_declares_every_colour(start, palette):
    line = next(line for line in css_variables().splitlines() if line.startswith(start))
    values = declared(line)
    assert [values[name] for name in NAMES] == [getattr(palette, name.replace("-", "_")) for name in NAMES]


def test_the_dark_changes_colours_and_nothing_else():
    asked = re.compile(r"prefers-color-scheme|light-dark\(")
    dark = [line for line in css_variables().splitlines() if asked.search(line)]
    assert [set(declared(line)) for line in dark] == [set(NAMES)]
    assert re.sub(r"--[a-z0-9-]+:[^;}]+;?", "", dark[0]) == "@media (prefers-color-scheme:dark){:root{}}"
    told = (*PACKAGE.rglob("*.css"), *PACKAGE.rglob("*.html"), *CLIENT.rglob("*.ts"))
    own = [path for path in told if "built" not in path.parts]
    assert own
    assert [path.name for path in own if asked.search(path.read_text(encoding="utf-8"))] == []


def test_colours_are_six_small_hex_digits():
    values = [getattr(palette, field.name) for palette in (LIGHT, DARK, PRINTED) for field in fields(Palette)]
    assert [value for value in values if not re.fullmatch(r"#[0-9a-f]{6}", value)] == []


def test_every_brace_that_opens_is_closed():
    css = css_variables()
    assert css.count("{") == css.count("}")
    assert css.endswith("}\n")


@pytest.mark.parametrize(("code", "height"), [("en", 1.6), ("ru", 1.6), ("ar", 1.85), ("ja", 1.75), ("zh", 1.75)])
def test_lines_have_the_air_their_script_needs(code, height):
    assert line_height(code) == height


def test_a_column_holds_66_letters_or_36_ideographs():
    assert (measure_em("fr"), measure_em("ja"), measure_em("zh")) == (34.3, 36, 36)
