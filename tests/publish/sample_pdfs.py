"""The PDFs that the tests of publishing look at: every sample in every form, and a collection in each language."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType

from PIL import Image

from studio.core.locales import language
from studio.publish.collected.binding import Bench, bind, frame_of
from studio.publish.derivation import derive_all
from studio.publish.frame import CHAPTER_KIND, Frame
from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import FORMS, PLAIN, STANDARD

LANGUAGES = ("en", "fr", "es", "ar", "ja", "zh", "de")
IN_EVERY_FORM = ("en", "ar", "ja", "zh", "de", "en-all", "ar-all", "ja-all", "ar-practice")
COLLECTIONS = {
    "en": "For hard days: what helps, whom to call, and what can wait until there is strength for it again, one by one",
    "ar": "للأيام الصعبة",
    "ja": "つらい日のために：まず何をするか、誰に電話するか、何を後まわしにできるか",
    "zh": "难熬的日子",
    "de": "Selbstbestimmungsgesetz",
}


def picture() -> bytes:
    """Return a picture for the texts that have one."""
    target = BytesIO()
    Image.new("RGB", (60, 30), "#77aa99").save(target, "PNG")
    return target.getvalue()


def guides(samples: ModuleType, folder: Path) -> dict[str, Path]:
    """Make the PDFs of every sample and of a text with everything in it, by name: ``<sample>``, ``<sample>-<form>``."""
    texts = {code: samples.document(code) for code in LANGUAGES}
    texts |= {f"{code}-all": samples.document(code, markdown=samples.EVERYTHING) for code in ("en", "ar", "ja")}
    texts["ar-practice"] = samples.document(
        "ar", practice=True, label="one_reader", label_words="لم يراجعه سواه", base_url=""
    )
    drawn = picture()
    made = {}
    for name, text in texts.items():
        for form in FORMS if name in IN_EVERY_FORM else (STANDARD, PLAIN):
            path = folder / f"{name}{'' if form is STANDARD else f'-{form.name}'}.pdf"
            path.write_bytes(render_pdf(text, form, media=lambda _sha: drawn))
            made[path.stem] = path
    return made


def collections(samples: ModuleType, folder: Path) -> dict[str, Path]:
    """Make a collection in each language: three chapters, one of them with everything that a text can hold."""
    media = {samples.PICTURE: picture()}

    def derive(what, media, where, kinds):
        return derive_all(what, media.__getitem__, where, kinds)

    made = {}
    for code, title in COLLECTIONS.items():
        every = samples.document(code, markdown=samples.EVERYTHING)
        chapters = [samples.document(code, title=f"{n} {samples.TEXTS[code][0]}") for n in range(1, 3)] + [every]
        chapters = [replace(one, copy_number=f"K7M-2Q{n}") for n, one in enumerate(chapters)]
        bench = Bench(derive, folder, lambda _source: None)
        pieces = [bench.piece(one.copy_number, one, media, (CHAPTER_KIND,)) for one in chapters]
        frame = Frame("around", language(code), title, "", f"/{code}/collections/x/", "Guide House")
        frame = replace(frame, base_url="https://guides.example", practice=code == "zh")
        whole, _ = bind(bench, frame_of(frame, chapters), pieces)
        made[code] = folder / f"{code}.pdf"
        made[code].write_bytes(whole)
    return made
