"""A small text of each script, drawn once by the renderer so that fonts, rules and caches are ready for real ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from studio.core.locales import language
from studio.publish.document import Document
from studio.rendering.rendered import Heading, Rendered

_WORDS: Final = {
    "en": "Reading warms the house, and the house warms reading.",
    "ar": "القراءة تدفئ البيت، والبيت يدفئ القراءة.",
    "ru": "Чтение согревает дом, а дом согревает чтение.",
    "ja": "読書は家を暖め、家は読書を暖めます。",
    "zh": "阅读温暖了家，家也温暖了阅读。",
}


def documents() -> Iterator[Document]:
    """Yield one Document for each script."""
    for code, words in _WORDS.items():
        yield Document(
            guide_id="warming",
            kind="guide",
            language=language(code),
            slug="warming",
            opaque_id="warming",
            title=words,
            summary=words,
            neutral_title=words,
            body=_body(words),
            reading_minutes=1,
            topics=(words,),
            content_notes=(words,),
            sources=(words,),
            licence="CC BY-SA 4.0",
            credit=words,
            edition=1,
            changelog=words,
            published_on=date(2027, 3, 9),
            checked_on=date(2027, 3, 9),
            people=2,
            label="",
            copy_number="222222",
            content_hash="",
            site_name=words,
            base_url="https://house.example",
            practice=False,
        )


def _body(words: str) -> Rendered:
    heading = '<h2 id="h-{n}">{words}</h2><h3 id="h-{n}a">{words}</h3>'
    html = (
        f"{heading.format(n=1, words=words)}<p>{words} <strong>{words}</strong> <em>{words}</em>"
        f'<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup> <a href="#h-1">{words}</a></p>'
        f"<ul><li>{words}</li></ul><ol><li>{words}</li></ol>"
        f'<ul><li class="task"><input type="checkbox" disabled checked> {words}</li></ul>'
        f'<div class="box box-help" role="note"><p class="box-title">{words}</p><p>{words}</p></div>'
        f'<table><thead><tr><th scope="col">{words}</th></tr></thead><tbody><tr><td>{words}</td></tr></tbody></table>'
        f"<blockquote><p>{words}</p></blockquote>{heading.format(n=2, words=words)}<p>{words * 8}</p>"
        f'<section class="footnotes" id="fn"><ol><li id="fn-1"><p>{words}</p></li></ol></section>'
    )
    outline = tuple(Heading(f"h-{n}", 2, words) for n in (1, 2))
    return Rendered(html=html, outline=outline, sections=(), text=words, words=100, media=(), links=())
