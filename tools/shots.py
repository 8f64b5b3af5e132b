"""Takes the pictures of the README from a practice house of its own, by the real program in a real browser."""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

from running import Running, running  # noqa: E402 - the path to it is set above
from walking import Walkers, a_browser, begin, hand_in, save_version  # noqa: E402 - as above

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 120_000
DESK = {"width": 1200, "height": 800}
PHONE = {"width": 390, "height": 780}
GUIDE = "deciding-whether-to-tell"


def main() -> int:
    """Take every picture; return 1 where one is too large."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="studio-shots-") as folder,
        running(Path(folder) / "data", "--demo") as house,
        a_browser() as browser,
    ):
        for code in ("en", "ar"):
            house.wait(180, f"/{code}/{GUIDE}/")
        walkers = Walkers(house, browser)
        readers(walkers)
        members(walkers)
        files(house)
    sizes = {path.name: path.stat().st_size for path in sorted(PICTURES.glob("*.png"))}
    for name, size in sizes.items():
        print(f"{name}: {size / 1000:.0f} kB")
    return int(any(size > MOST_BYTES for size in sizes.values()))


def readers(walkers: Walkers) -> None:
    """Show the library and a guide, on a desk and on a phone."""
    for code in ("en", "ar"):
        for name, view, scheme in (("desk", DESK, "light"), ("phone", PHONE, "dark")):
            page = walkers.somebody(locale=code, viewport=view, color_scheme=scheme, device_scale_factor=1)
            page.goto(f"/{code}/{GUIDE}/")
            keep(page, f"reader-{code}-{name}")
    page = walkers.somebody(locale="en", viewport=DESK)
    page.goto("/en/")
    keep(page, "library")


def members(walkers: Walkers) -> None:
    """Show the editor and a check of a text that somebody has just handed in."""
    wren = walkers.member("Wren")
    answers = (
        "My aunt asks about my life at every meal, and I never know what to say.",
        "I wrote one sentence on paper first, and kept it in my pocket for a week.",
        "A friend knew about the day and waited for my call.",
        "You decide how much you say, and when the talk is over.",
    )
    text = begin(wren, "When the family asks at dinner", "en", answers)
    save_version(wren, text)
    wren.set_viewport_size(DESK)  # type: ignore[arg-type]  # a plain dict is what it takes
    wren.goto(f"{text}write")
    keep(wren, "editor")
    hand_in(wren, text, "Sentences for a question that comes at every meal.")
    juniper = walkers.member("Juniper")
    juniper.set_viewport_size(DESK)  # type: ignore[arg-type]  # as above
    juniper.goto(text)
    juniper.goto(str(juniper.locator('a[href^="/studio/checks/"][href$="/peer"]').first.get_attribute("href")))
    juniper.click('form[action$="/take"] button')
    juniper.wait_for_selector('input[name^="answer-"]')
    juniper.locator("#questions").evaluate("one => scrollTo(0, scrollY + one.getBoundingClientRect().top - 300)")
    keep(juniper, "check")


def files(house: Running) -> None:
    """Show a card and a page of a PDF."""
    card = Image.open(BytesIO(house.ask(f"/en/{GUIDE}/cards/wide.png").body))
    save(card.resize((card.width * 2 // 3, card.height * 2 // 3), Image.Resampling.LANCZOS), "card")
    document = pypdfium2.PdfDocument(house.ask(f"/ar/{GUIDE}/guide.pdf").body)
    pages = [document[number].render(scale=1.6).to_pil() for number in (0, 3)]
    document.close()
    both = Image.new("RGB", (sum(page.width for page in pages) + 24, pages[0].height), "#e3dde8")
    both.paste(pages[0], (0, 0))
    both.paste(pages[1], (pages[0].width + 24, 0))
    save(both, "pdf-page")


def keep(page: Page, name: str) -> None:
    """Keep what the browser shows now, without what moves."""
    page.wait_for_function("document.fonts.ready.then(() => true)")
    save(Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))), name)


def save(picture: Image.Image, name: str) -> None:
    """Write a picture with as many colours as fit into its bytes."""
    for colours in (128, 64, 32, 16):
        held = BytesIO()
        flat = picture.convert("RGB").quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        flat.save(held, "PNG", optimize=True)
        if held.tell() <= MOST_BYTES:
            break
    (PICTURES / f"{name}.png").write_bytes(held.getvalue())


if __name__ == "__main__":
    sys.exit(main())
