"""The main job from end to end: written, changed, checked, published, found, read and saved, in three scripts."""

from __future__ import annotations

from dataclasses import dataclass

import patience
import pypdfium2
import pytest
from walking import PHONE, begin, check, hand_in, invite, join, look_and_publish, save_version, send, write

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Text:
    """What is written, by whom, and what a reader looks for."""

    language: str
    newcomer: str
    title: str
    answers: tuple[str, ...]
    more: str
    summary: str
    looked_for: str
    checkers: tuple[tuple[str, str], ...]


TEXTS = (
    Text(
        "ar",
        "ياسمينة",
        "كيف أُخبِرُ أُختي في هُدوء",
        (
            "أردتُ أن أقول لأختي شيئًا مهمًّا عن نفسي.",
            "اخترتُ مساءً هادئًا، وقلتُ جملةً واحدةً.",
            "ساعدني أنّ صديقةً كانت تنتظر مكالمتي على الرقم 0100 555 010.",
            "لا أحد يستعجلك. الانتظار أيضًا قرار.",
        ),
        "إنْ سألَتكِ أسئلةً كثيرة، فقولي: «سأجيبُ غدًا».",
        "خطوات صغيرة لحديث هادئ مع الأخت.",
        "اخبر اختي",
        (("Juniper", "peer"), ("Juniper", "copy"), ("Heron", "voice"), ("نورس", "safety")),
    ),
    Text(
        "ja",
        "かわせみ",
        "姉に静かに話すとき",
        (
            "姉に、自分のことで大切な話をしたいと思いました。",
            "静かな夜を選び、ひとことだけ伝えました。",
            "友だちが電話を待っていてくれたので、落ち着いて話せました。",
            "急がなくて大丈夫です。待つことも、ひとつの選び方です。",
        ),
        "質問が多いときは、「明日こたえるね」と言ってかまいません。",
        "姉と落ち着いて話すための小さな手順です。",
        "静かに話す",
        (("Juniper", "peer"), ("Juniper", "copy"), ("Heron", "voice"), ("つばめ", "safety")),
    ),
    Text(
        "en",
        "Kestrel",
        "Talking with my sister on a quiet evening",
        (
            "I wanted to tell my sister something that matters to me.",
            "I chose a calm evening and said one sentence.",
            "It helped that a friend was waiting for my call.",
            "Nobody hurries you. Waiting is a decision, too.",
        ),
        "If she asks many questions, you can say: I will answer tomorrow.",
        "Small steps for a calm talk with a sister.",
        "talk sister evenings",
        (("Juniper", "peer"), ("Juniper", "copy"), ("Heron", "voice"), ("Marten", "safety")),
    ),
)
PASSPHRASE = "a lantern, a ferry, two plum trees"


@pytest.mark.parametrize("told", TEXTS, ids=lambda told: told.language)
def test_a_text_goes_all_the_way(walkers, told, tmp_path):
    written = draft(walkers, told)
    for pen_name, stage in told.checkers:
        check(walkers.member(pen_name), written, stage)
    readers_address = look_and_publish(walkers.member("River"), written)
    walkers.house.wait(120, readers_address)
    reader = walkers.somebody(locale=told.language, viewport=PHONE, java_script_enabled=False)
    find_and_read(reader, told, readers_address)
    save_quietly(reader, told, tmp_path)
    assert reader.context.cookies() == []
    assert walkers.elsewhere() == set()


def draft(walkers, told):
    """Have a newcomer write and somebody else write more; return the address of the text's own page."""
    newcomer = walkers.somebody(locale=told.language)
    join(newcomer, invite(walkers.member("Heron"), told.language), told.newcomer, PASSPHRASE)
    walkers.known[told.newcomer] = newcomer
    written = begin(newcomer, told.title, told.language, told.answers)
    newcomer.goto(f"{written}write")
    assert newcomer.locator("#body").get_attribute("dir") == ("rtl" if told.language == "ar" else "ltr")
    second = walkers.member("Wren")
    write(second, written, told.more)
    save_version(second, written)
    hand_in(newcomer, written, told.summary)
    return written


def find_and_read(reader, told, address):
    """Find the text by words without hamza or vowel marks, and read it on a narrow phone."""
    reader.goto("/")
    assert reader.url.endswith(f"/{told.language}/")
    found = reader.locator(f'.hits > li > a[href^="{address}"]')
    for _ in range(2 * patience.SECONDS):  # search learns of a new page some seconds after readers have it
        reader.fill("#words", told.looked_for)
        send(reader, "form[role=search] button")
        if found.count():
            break
        reader.wait_for_timeout(500)
    assert found.count() == 1
    assert told.looked_for not in reader.url
    found.click()
    assert reader.url.partition("#")[0].endswith(address)
    assert reader.locator("h1").inner_text() == told.title
    text = reader.locator("article").inner_text()
    assert all(sentence in text.replace("\n", " ") for sentence in (told.answers[0], told.more))
    html = reader.locator("html")
    assert html.get_attribute("dir") == ("rtl" if told.language == "ar" else "ltr")
    wide = max(box["x"] + box["width"] for box in boxes(reader, "main, article > *, h1, .leave"))
    assert wide <= PHONE["width"]
    assert min(box["x"] for box in boxes(reader, "main, article > *, h1, .leave")) >= 0


def boxes(page, wanted):
    return [box for one in page.locator(wanted).all() if (box := one.bounding_box())]


def save_quietly(reader, told, folder):
    """Save the PDF whose name and cover tell nothing."""
    with reader.expect_download() as saving:
        reader.click('#save a[href*="/notes-"]')
    saved = folder / saving.value.suggested_filename
    saving.value.save_as(saved)
    assert saved.name == "notes-1.pdf"
    document = pypdfium2.PdfDocument(saved)
    try:
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
        assert len(pages) >= 3
        assert told.title not in pages[0] + str(document.get_metadata_dict())
        if told.language != "ar":  # what a PDF gives back of Arabic is held in tests of PDFs
            assert told.answers[0][:12] in "".join(pages).replace("\r\n", " ").replace("\n", " ")
    finally:
        document.close()
