"""What cards look like, compared with pictures that people looked at and found good, kept as rows of grey in text.

Each card is made small, 24 by 24 fields. A letter that moved by a pixel is forgiven; a line that breaks elsewhere, a
word that is lost or stands on the other side is not. ``python tests/publish/keep_pictures.py cards FOLDER`` draws them
to be looked at, without a folder keeps those of today.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from greys import Kept, moved
from PIL import Image
from publish_sample_titles import TITLES  # conftest makes it known

from studio.publish.card_sizes import BY_SIZE
from studio.publish.cards import draw_card

KEPT = Kept(Path(__file__).with_name("card_pictures.txt"), columns=24, rows=24, mean=0.2, most_far=0.012)
PASSAGES = {
    "en": (
        "Nobody has to earn rest. You only need the next hour.",
        "**4 out of 5** told a friend.",
        "Call +1 555-0100.",
    ),
    "de": ("Ruhe muss man sich nicht verdienen.", "**4 von 5** sagten es erst Freunden.", "Ruf +49 30 1234567 an."),
    "ar": (
        "لا أحد مضطر إلى أن يستحق الراحة. تكفيك الساعة القادمة.",
        "**4 من كل 5** أخبروا صديقًا أولًا.",
        "الاتصال بالرقم +1 555-0100 (مجانًا).",
    ),
    "ja": (
        "休むために何かを成しとげる必要はありません。次の一時間だけで十分です。",
        "**5人に4人**は、まず友だちに打ち明けていました。",
        "うまくいかなかったら+1 555-0100に電話してください。",
    ),
    "zh": ("休息不需要理由。你不必今天就解决所有问题。", "**五分之四**的人先告诉了一位朋友。", "请拨打+1 555-0100。"),
}
CARDS = [(code, name, ("square", "wide")[place % 2]) for code in TITLES for place, name in enumerate(TITLES[code])]
CARDS += [(code, str(place), ("wide", "square")[place % 2]) for code in PASSAGES for place in range(2, 7)]


def drawn(document, code, name, size):
    """Return the picture of one of CARDS."""
    more = {"base_url": "https://guides.example", "copy_number": "7Q4-K2M"}
    if name in TITLES[code]:
        return opened(draw_card(document(code, title=TITLES[code][name], **more), BY_SIZE[size]))
    quote, number, step = PASSAGES[code]
    marked = f"::: card\n{quote}\n:::\n\n::: card number\n{number}\n:::\n\n::: card step\n1. {quote}\n2. {step}\n:::\n"
    title = TITLES[code]["emoji"]
    return opened(draw_card(document(code, title=title, markdown=marked, **more), BY_SIZE[size], int(name)))


def opened(content):
    with Image.open(BytesIO(content)) as card:
        return card.convert("L")


def pictures(document):
    """Yield all pictures with their names."""
    for code, name, size in CARDS:
        yield f"{code}-{name}-{size}", drawn(document, code, name, size)


@pytest.fixture(scope="module")
def kept():
    return KEPT.pictures()


@pytest.mark.parametrize(("code", "name", "size"), CARDS)
def test_a_card_looks_as_it_did_when_people_looked_at_it(document, kept, code, name, size):
    now = KEPT.greys(drawn(document, code, name, size))
    assert KEPT.same(now, kept[f"{code}-{name}-{size}"])


def test_a_picture_that_moved_by_a_pixel_is_the_same(document):
    card = drawn(document, "en", "long", "square")
    assert KEPT.same(KEPT.greys(card), KEPT.greys(moved(card)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("en", "long", "square"), ("en", "longest", "square")),
        (("ar", "one", "square"), ("en", "one", "square")),
        (("ja", "2", "wide"), ("ja", "4", "wide")),
        (("zh", "emoji", "square"), ("zh", "mixed", "square")),
    ],
)
def test_pictures_that_differ_are_told_apart(document, one, other):
    assert not KEPT.same(KEPT.greys(drawn(document, *one)), KEPT.greys(drawn(document, *other)))


def test_a_line_that_breaks_elsewhere_is_told(document):
    size = BY_SIZE["square"]
    title = TITLES["en"]["long"]
    before = opened(draw_card(document("en", title=title), size))
    after = opened(draw_card(document("en", title=title.replace("finds out ", "finds out, by chance, ")), size))
    assert not KEPT.same(KEPT.greys(before), KEPT.greys(after))
