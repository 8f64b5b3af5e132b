"""The fonts are ours alone, of the right kind, small on the web, and draw what the twelve languages write."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from studio.core.locales import LANGUAGES
from studio.theming import fonts
from studio.theming.faces import CUT_CHARACTERS, CUT_FAMILIES, FACES, LICENCES, NOTO, NOTO_JP, VAZIRMATN, face

WRITTEN = {
    "ar": "هويّتك تخصّك وحدك، ولا يحقّ لأحد أن يُجبرك على الكلام؟ ٠١٢٣٤٥٦٧٨٩ «نعم» ﻻ",
    "en": "You may wait, “as long as you like” — it’s yours… 0123456789 £€",
    "it": "Perché no? È più facile così, là dov’è già città. «Sì»",
    "fr": "Où l’on naît, ça n’oblige à rien : cœur, Noël, août, gêné, ÿ « œuvre »",
    "de": "Größe, Übermut, Äußerung, öfter, STRAẞE „ja“ ‚nein‘",
    "pl": "Zażółć gęślą jaźń ŻÓŁĆ GĘŚLĄ JAŹŃ „tak”",
    "tr": "İstanbul ılık, çağdaş, gölge, üşümek, IĞDIR",
    "pt": "Não há só um caminho: ação, avô, mãe, às, crachá, lingüiça",
    "ru": "Съешь ещё этих мягких французских булок № 5 — «да», ЁЪЫЭ",
    "ja": "急がなくていい。「話す」かどうかは自分で決める・カミングアウト～①㈱々〆ヶ",
    "zh": "慢慢来，由你决定。“出柜”与否——都可以……《身份》、骨直令",
    "es": "¿Quién? ¡Tú! El pingüino añoró su hábitat. ñÑáéíóú",
}
OUTLINES_OF_CFF = b"OTTO\x00\x0a\x00\x80"


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.name)
def test_each_file_is_whole_truetype_under_the_name_we_call_it_by(face):
    with TTFont(face.path, lazy=True) as font:
        assert "glyf" in font
        assert "CFF " not in font
        assert "fvar" not in font
        names = font["name"]
        assert names.getDebugName(1) == face.family
        assert (font["OS/2"].usWeightClass, "Italic" in names.getDebugName(2)) == (face.weight, face.style == "italic")


def test_no_two_files_share_family_weight_and_style():
    keys = [(face.family, face.weight, face.style) for face in FACES]
    assert len(set(keys)) == len(keys) == len({face.path for face in FACES}) == 16


def test_every_font_keeps_its_licence_beside_it():
    texts = [
        (LICENCES / f"{package}.txt").read_text(encoding="utf-8") for package in {known.package for known in FACES}
    ]
    assert ["SIL Open Font License" in text for text in texts] == [True] * 6


def test_bold_draws_what_regular_draws():
    for family in {known.family for known in FACES}:
        with TTFont(face(family, 700).path, lazy=True) as bold:
            assert frozenset(bold.getBestCmap()) == fonts.coverage(family)


def test_a_font_with_cff_outlines_is_refused_by_name(tmp_path):
    path = tmp_path / "Handsome.otf"
    path.write_bytes(OUTLINES_OF_CFF)
    with pytest.raises(fonts.FontsMissing, match=r"Handsome\.otf has no TrueType outlines"):
        fonts.check_file(path)


def test_a_missing_font_is_named_with_what_mends_it(tmp_path):
    with pytest.raises(fonts.FontsMissing, match=r"Gone\.ttf is missing\. “make run”"):
        fonts.check_file(tmp_path / "Gone.ttf")


def test_nothing_is_missing_here_and_all_is_named_where_the_folder_is_empty(tmp_path, monkeypatch):
    assert fonts.missing_files() == []
    monkeypatch.setattr("studio.theming.faces.PRINT", tmp_path)
    assert len(fonts.missing_files()) == 16


@pytest.mark.parametrize("code", LANGUAGES)
def test_everything_a_language_writes_can_be_drawn(code):
    assert fonts.missing_characters(WRITTEN[code], code) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_family_of_a_language_draws_its_letters_alone(code):
    letters = {ord(character) for character in WRITTEN[code] if character.isalpha()}
    assert letters - fonts.coverage(fonts.families_for(code)[0]) == set()


def test_a_text_may_name_every_other_language():
    names = " ".join(language.name for language in LANGUAGES.values())
    assert [fonts.missing_characters(names, code) for code in LANGUAGES] == [[]] * 12


def test_a_character_without_a_picture_is_told_once_and_in_order():
    assert fonts.missing_characters("a ภ b ภ and ก👍 ภ", "en") == ["ภ", "ก"]


def test_marks_that_have_no_picture_are_never_missing():
    invisible = "\u200b\u200c\u200d\u200e\u200f\u2066\u2069\ufeff\u2028\t\n\r\u3000\ufe0f\u00ad"
    assert [fonts.missing_characters(invisible, code) for code in LANGUAGES] == [[]] * 12


def test_a_language_outside_the_twelve_is_set_in_noto_sans_first():
    assert fonts.families_for("vi")[0] == NOTO
    assert fonts.missing_characters("Tiếng Việt", "vi") == []
    assert fonts.missing_characters("ไทย", "th") == ["ไ", "ท", "ย"]


def test_the_stack_for_a_page_names_the_own_family_then_noto_then_the_readers():
    assert fonts.font_stack(fonts.web_families_for("ar")) == 'Vazirmatn, "Noto Sans", system-ui, sans-serif'
    assert fonts.font_stack(fonts.web_families_for("en")) == '"Noto Sans", system-ui, sans-serif'
    assert fonts.font_stack(fonts.web_families_for("ja")) == '"Noto Sans JP", "Noto Sans", system-ui, sans-serif'


@pytest.mark.parametrize("name", CUT_FAMILIES)
def test_a_cut_has_its_characters_and_leaves_room_in_the_page_budget(name):
    files = [path for file, path in fonts.web_files().items() if file.startswith(f"{name}-")]
    assert len(files) == 2
    for path in files:
        with TTFont(path) as font:
            missing = CUT_CHARACTERS[name] & fonts.coverage(CUT_FAMILIES[name]) - set(font.getBestCmap())
        assert missing == set()
    assert sum(path.stat().st_size for path in files) <= 60_000


@pytest.mark.parametrize("code", [code for code, language in LANGUAGES.items() if not language.ideographic])
def test_the_cut_of_a_language_holds_its_letters(code):
    name = fonts.web_faces(code).split("/static/fonts/")[1].split("-")[0]
    letters = {ord(character) for character in WRITTEN[code] if character.isalpha()}
    assert letters & fonts.coverage(CUT_FAMILIES[name]) - CUT_CHARACTERS[name] - {0xFEFB} == set()


@pytest.mark.parametrize(
    ("code", "family", "cut"),
    [("fr", NOTO, "latin"), ("ru", "Noto Sans Cyrillic", "cyrillic"), ("ar", VAZIRMATN, "arabic")],
)
def test_a_page_names_regular_and_bold_and_never_waits_for_them(code, family, cut):
    css = fonts.web_faces(code, "/f/")
    rules = css.split("@font-face")[1:]
    assert [f'"{family}"' in rule and f"/f/{cut}-" in rule for rule in rules] == [True, True]
    assert [("font-weight:400" in rule, "font-display:swap" in rule) for rule in rules] == [(True, True), (False, True)]
    served = [rule.split("/f/")[1].split('"')[0] for rule in rules]
    assert [file in fonts.web_files() for file in served] == [True, True]


def test_the_faces_of_all_languages_fit_into_one_sheet_without_hiding_each_other():
    css = "".join(fonts.web_faces(code, "/f/") for code in ("en", "ru", "ar"))
    assert [css.count(f"/f/{file}") for file in fonts.web_files()] == [1] * 6
    names = [rule.split('"')[1] for rule in css.split("@font-face")[1:]]
    assert names == [NOTO, NOTO, "Noto Sans Cyrillic", "Noto Sans Cyrillic", VAZIRMATN, VAZIRMATN]
    assert fonts.web_families_for("ru")[:2] == ("Noto Sans Cyrillic", NOTO)


def test_japanese_and_chinese_pages_get_their_font_per_edition():
    assert (fonts.web_faces("ja"), fonts.web_faces("zh")) == ("", "")


@pytest.mark.parametrize("code", ["ja", "zh"])
def test_the_font_of_an_edition_has_its_characters_and_nothing_else(code):
    content = fonts.subset_web_font(WRITTEN[code], code)
    assert content[:4] == b"wOF2"
    assert content == fonts.subset_web_font(WRITTEN[code][::-1], code)
    with TTFont(BytesIO(content)) as font:
        drawn = set(font.getBestCmap())
    own = fonts.coverage(fonts.families_for(code)[0])
    assert drawn == {ord(character) for character in WRITTEN[code]} & own
    assert len(content) < 25_000


def test_bold_of_an_edition_is_cut_from_the_bold_file():
    assert fonts.subset_web_font("自分", "ja", 700) != fonts.subset_web_font("自分", "ja")


def test_a_text_without_characters_of_the_font_gives_no_file():
    assert fonts.subset_web_font("ภ", "ja") == b""


def test_the_rule_of_an_editions_font_names_its_family_and_address():
    css = fonts.face_css(NOTO_JP, 700, "/media/x.woff2")
    assert css == (
        '@font-face{font-family:"Noto Sans JP";font-style:normal;font-weight:700;font-display:swap;'
        'src:url("/media/x.woff2") format("woff2")}'
    )


LISTING = """
import ctypes, ctypes.util
lib = ctypes.CDLL(ctypes.util.find_library("fontconfig"))
lib.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int * 1)
lib.FcInit()
print(lib.FcConfigGetFonts(None, 0).contents[0])
"""


def test_fontconfig_knows_our_files_and_no_system_font(tmp_path):
    path = fonts.private_fontconfig(tmp_path / "with & sign")
    environment = {**os.environ, "FONTCONFIG_FILE": str(path)}
    done = subprocess.run([sys.executable, "-c", LISTING], env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("16", "")


def test_a_second_start_leaves_the_configuration_as_it_is(tmp_path):
    first = fonts.private_fontconfig(tmp_path)
    written = first.stat().st_mtime_ns
    assert fonts.private_fontconfig(tmp_path) == first
    assert first.stat().st_mtime_ns == written
    assert Path(first).parent == tmp_path
