"""Emphasis without spaces around it, as Japanese and Chinese are written."""

import pytest

from studio.core.locales import language
from studio.rendering.markdown import render


def shown(source, code="ja"):
    return render(source, language(code), media_url=lambda _: None).html


@pytest.mark.parametrize(
    "source",
    [
        "これは**「強い」**言葉です。",
        "語**言葉（ことば）**という",
        "これが**性別(gender)**です。",
        "**注意。**次へ",
        "中文**“重要”**的词",
        "한국어**(강조)**입니다",
    ],
)
def test_marks_beside_brackets_are_no_asterisks_on_the_page(source):
    html = shown(source)
    assert "*" not in html
    assert html.count("<strong>") == 1


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a **b** c", "a <strong>b</strong> c"),
        ("a**b**c", "a<strong>b</strong>c"),
        ('a**"b"**c', 'a**"b"**c'),
        ("a ** b ** c", "a ** b ** c"),
        ("snake_case_name", "snake_case_name"),
        ("_a_ (_b_)", "<em>a</em> (<em>b</em>)"),
        ("語_a_語", "語_a_語"),
        ("(_「a」_)", "(<em>「a」</em>)"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_elsewhere_marks_are_read_as_everywhere(source, html):
    assert html in shown(source, "en")
