"""Every colour of the house can be read, by the formula of WCAG."""

from __future__ import annotations

from dataclasses import fields

import pytest

from studio.theming.contrast import SHAPE, SMALL_TEXT, TEXT, contrast, luminance
from studio.theming.tokens import DARK, LIGHT, PRINTED, SHAPE_PAIRS, SMALL_TEXT_PAIRS, TEXT_PAIRS, Palette

MOODS = {"light": LIGHT, "dark": DARK, "printed": PRINTED}


def ratios(palette: Palette, pairs: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], float]:
    return {(one, other): contrast(getattr(palette, one), getattr(palette, other)) for one, other in pairs}


def test_black_on_white_is_21_and_a_colour_on_itself_is_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#4b2178", "#4b2178") == 1


def test_known_ratios_come_out_whichever_colour_is_named_first():
    assert contrast("#ffffff", "#4b2178") == pytest.approx(11.75, abs=0.01)
    assert contrast("#4b2178", "#ffffff") == pytest.approx(11.75, abs=0.01)
    assert contrast("#ffffff", "#ff8c00") == pytest.approx(2.33, abs=0.01)


def test_green_is_brighter_to_the_eye_than_red_and_red_than_blue():
    assert luminance("#00ff00") > luminance("#ff0000") > luminance("#0000ff")


@pytest.mark.parametrize("mood", MOODS)
def test_text_stands_out_from_its_ground(mood):
    assert {pair: ratio for pair, ratio in ratios(MOODS[mood], TEXT_PAIRS).items() if ratio < TEXT} == {}


@pytest.mark.parametrize("mood", MOODS)
def test_small_and_quiet_text_stands_out_further(mood):
    assert {pair: ratio for pair, ratio in ratios(MOODS[mood], SMALL_TEXT_PAIRS).items() if ratio < SMALL_TEXT} == {}


@pytest.mark.parametrize("mood", MOODS)
def test_quiet_text_reaches_7_3_on_every_box_and_sheet(mood):
    quiet = [ratio for (text, _), ratio in ratios(MOODS[mood], SMALL_TEXT_PAIRS).items() if text == "quiet"]
    assert len(quiet) == 6
    assert min(quiet) >= 7.3


@pytest.mark.parametrize("mood", MOODS)
def test_bars_rings_and_borders_can_be_told_from_their_ground(mood):
    assert {pair: ratio for pair, ratio in ratios(MOODS[mood], SHAPE_PAIRS).items() if ratio < SHAPE} == {}


def test_every_colour_but_the_hairline_is_held_by_a_pair():
    held = {name for pairs in (TEXT_PAIRS, SMALL_TEXT_PAIRS, SHAPE_PAIRS) for pair in pairs for name in pair}
    assert {field.name for field in fields(Palette)} - held == {"line"}
