"""What cards look like, compared with pictures that people looked at and found good, kept as rows of grey in text.

Each card is made small, 24 by 24 fields of 16 greys. Another version of a library may move a letter by a pixel, which
is forgiven; a line that breaks elsewhere, a word that is lost or stands on the other side is not. After looking at new
pictures: ``python tests/publish/test_card_pictures.py`` keeps those of today.
"""

from __future__ import annotations

import importlib.util
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from studio.publish.card_sizes import BY_SIZE
from studio.publish.cards import draw_card
from studio.publish.typefaces import use_own_fonts

KEPT = Path(__file__).with_name("card_pictures.txt")
SIDE, GREYS = 24, 16
MEAN, FAR, MOST_FAR = 0.2, 3, 0.012
"""How far greys may be apart on average, which single ones count as far, and how many of those there may be."""
TITLES = {
    "en": {
        "one": "Help",
        "long": "What to do when somebody finds out before you wanted them to, and why it is not your fault at all",
        "longest": "A guide to telling the people near you, at home and at work, slowly and safely, in your words and "
        "your own time, always.",
        "emoji": "Names & pronouns 🏳️‍🌈💜 for everyone",
        "mixed": "How to say حبيبي and اسمي at a family table",
    },
    "de": {
        "one": "Wo?",
        "long": "Donaudampfschifffahrtsgesellschaftskapitän",
        "longest": "Was tun, wenn jemand davon erfährt, bevor du es selbst erzählen wolltest, und warum das überhaupt "
        "nicht deine Schuld ist!",
        "emoji": "Namen & Pronomen 🏳️‍⚧️ für alle",
        "mixed": "Am Telefon: +49 30 1234567",
    },
    "ar": {
        "one": "مساعدة",
        "long": "ماذا تفعل إذا عرف أحدهم قبل أن تريد أنت ذلك، ولماذا ليس هذا ذنبك أبدًا",
        "longest": "دليل إلى إخبار من حولك في البيت وفي العمل ببطء وأمان وبكلماتك أنت وفي الوقت الذي تختاره وحدك "
        "ولا أحد غيرك أبدًا يا صديق",
        "emoji": "الأسماء والضمائر 🏳️‍🌈💜 للجميع",
        "mixed": "خط المساعدة LGBTQ+ على الرقم +1 555-0100 (24/7)",
    },
    "ja": {
        "one": "助け",
        "long": "思いがけず誰かに知られてしまったとき、まず何をすればいいか、なぜあなたのせいではないのか",
        "longest": "家族や友だち、職場の人に、自分のペースで、安全に、自分の言葉で伝えるための手引き。急がなくていい"
        "理由と、話す前に考えておきたいこと、話したあとに起こりうること、そして困ったときに頼れる場所や人について、説明します。",
        "emoji": "名前と代名詞🏳️‍🌈💜みんなのために",
        "mixed": "カミングアウト：はじめの一歩（LGBTQ+ Centerと考える）",
    },
    "zh": {
        "one": "帮助",
        "long": "当有人在你愿意之前就知道了的时候该怎么办，以及为什么这绝不是你的错",
        "longest": "写给想要慢慢地、安全地、用自己的话、在自己选择的时间里，把这件事告诉家人、朋友和同事的人的一份"
        "指南：为什么不必着急，说之前要想好什么，说之后可能发生什么，以及遇到困难时可以去找哪些人、哪些地方，我们一步步讲清楚。",
        "emoji": "名字与代词🏳️‍🌈💜写给所有人",
        "mixed": "出柜：第一步（和LGBTQ+ Center一起想）",
    },
}
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
        return draw_card(document(code, title=TITLES[code][name], **more), BY_SIZE[size])
    quote, number, step = PASSAGES[code]
    marked = f"::: card\n{quote}\n:::\n\n::: card number\n{number}\n:::\n\n::: card step\n1. {quote}\n2. {step}\n:::\n"
    title = TITLES[code]["emoji"]
    return draw_card(document(code, title=title, markdown=marked, **more), BY_SIZE[size], int(name))


def greys(content):
    """Return a picture as rows of greys, one hexadecimal digit a field."""
    with Image.open(BytesIO(content)) as card:
        small = card.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return "".join(f"{level * (GREYS - 1) // 255:x}" for level in small.tobytes())


def apart(one, other):
    """Return how far two pictures are apart on average, and the share of fields that are far apart."""
    steps = [abs(int(a, 16) - int(b, 16)) for a, b in zip(one, other, strict=True)]
    return sum(steps) / len(steps), sum(step >= FAR for step in steps) / len(steps)


@pytest.fixture(scope="module")
def kept():
    return dict(line.split() for line in KEPT.read_text(encoding="ascii").splitlines())


@pytest.mark.parametrize(("code", "name", "size"), CARDS)
def test_a_card_looks_as_it_did_when_people_looked_at_it(document, kept, code, name, size):
    mean, far = apart(greys(drawn(document, code, name, size)), kept[f"{code}-{name}-{size}"])
    assert mean <= MEAN
    assert far <= MOST_FAR


def test_a_picture_that_moved_by_a_pixel_is_the_same(document):
    content = draw_card(document("en", title=TITLES["en"]["long"]), BY_SIZE["square"])
    with Image.open(BytesIO(content)) as card:
        moved, target = ImageChops.offset(card.convert("L"), 1, 1), BytesIO()
    moved.save(target, "PNG")
    mean, far = apart(greys(content), greys(target.getvalue()))
    assert mean <= MEAN
    assert far <= MOST_FAR


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
    mean, far = apart(greys(drawn(document, *one)), greys(drawn(document, *other)))
    assert mean > MEAN
    assert far > MOST_FAR


def test_a_line_that_breaks_elsewhere_is_told(document):
    size = BY_SIZE["square"]
    title = TITLES["en"]["long"]
    before = greys(draw_card(document("en", title=title), size))
    after = greys(draw_card(document("en", title=title.replace("finds out ", "finds out, by chance, ")), size))
    mean, far = apart(before, after)
    assert mean > MEAN
    assert far > MOST_FAR


def keep():
    """Write the pictures of today in the place of those that are kept."""
    spec = importlib.util.spec_from_file_location("samples", Path(__file__).with_name("samples.py"))
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    with tempfile.TemporaryDirectory() as fonts:
        use_own_fonts(Path(fonts))
        lines = [
            f"{code}-{name}-{size} {greys(drawn(samples.document, code, name, size))}\n" for code, name, size in CARDS
        ]
    KEPT.write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    keep()
