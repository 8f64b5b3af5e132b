"""Names stand in the order of each language's alphabet, which says nothing about who wrote more."""

from __future__ import annotations

import pytest

from studio.guides.rules.credit import ordered


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ["Ábel", "Amsel", "heron", "Kite", "Wren"]),
        ("de", ["Amsel", "Ärger", "Asche", "Öl", "Ott", "Straße", "Strauch"]),
        ("es", ["Nuez", "Ñandú", "Oso"]),
        ("pl", ["Cis", "Ćma", "Lis", "Łoś", "Zając", "Źdźbło", "Żuk"]),
        ("tr", ["Can", "Çam", "Ilgaz", "İnci", "Oya", "Ömür"]),
        ("ru", ["Елена", "Ёж", "Жук"]),
        ("ar", ["أمل", "باسل", "تيم", "نورس"]),
        ("ja", ["あおい", "カモメ", "さくら", "山鳩"]),
        ("zh", ["燕子", "白鹭"]),
    ],
)
def test_names_stand_as_the_language_orders_them(code, names):
    assert ordered(reversed(names), code) == tuple(names)


def test_hamza_and_the_shape_of_the_last_letter_do_not_part_arabic_names():
    assert ordered(["باسل", "إيمان", "اسم", "آدم"], "ar") == ("آدم", "اسم", "إيمان", "باسل")


def test_a_name_stands_once_and_capitals_spaces_and_signs_do_not_matter():
    assert ordered(["wren", "O’Nest", "Onyx", "wren"], "en") == ("O’Nest", "Onyx", "wren")
