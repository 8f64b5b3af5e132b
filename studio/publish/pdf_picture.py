"""A picture of a PDF's first page, for whoever looks before it is published; the only file that uses PDFium."""

from __future__ import annotations

import io


def picture_of_page(pdf: bytes, *, width: int) -> bytes:
    """Return the first page of ``pdf``, one of our own, as a PNG ``width`` pixels wide."""
    import pypdfium2  # noqa: PLC0415 - loaded only where an editor looks

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=width / page.get_width()).to_pil()
    picture = io.BytesIO()
    drawn.convert("P", palette=1, colors=64).save(picture, "PNG", optimize=False)
    return picture.getvalue()
