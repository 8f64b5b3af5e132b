"""Word processors' files made by hand, so that each test says exactly what is in them."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/relationships",
        "m": f"{_OFFICE}/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_STYLES = {
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "Title": "Title",
    "Quote": "Quote",
    "TOC1": "toc 1",
}
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/></w:lvl>' for level in range(9))
    + "</w:abstractNum>"
    for number, form in ((1, "bullet"), (2, "decimal"))
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))


def run(text: str, *marks: str, style: str = "") -> str:
    """Return words with properties such as ``b`` or ``vanish``."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = named + "".join(f"<w:{one}/>" for one in marks)
    return f"<w:r><w:rPr>{properties}</w:rPr>{_text(text)}</w:r>"


def p(*runs: str, style: str = "", item: tuple[int, int] | None = None, mark: str = "") -> str:
    """Return a paragraph; ``item`` is the list and the level that it stands in."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>' if item else ""
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{named}{listed}{end}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell is words, or paragraphs written out, or a whole ``<w:tc>``."""
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(map(_cell, row)) + '</w:tr>' for row in rows)}</w:tbl>"


def link(words: str, key: str) -> str:
    """Return a link to what the relationship ``key`` names."""
    return f'<w:hyperlink r:id="{key}">{run(words)}</w:hyperlink>'


def picture(key: str, alt: str = "", attribute: str = "embed") -> str:
    """Return a run with a picture."""
    about = f" descr={quoteattr(alt)}" if alt else ""
    blip = f'<a:blip r:{attribute}="{key}"/>'
    graphic = (
        f"<a:graphic><a:graphicData><pic:pic><pic:blipFill>{blip}</pic:blipFill></pic:pic></a:graphicData></a:graphic>"
    )
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"{about}/>{graphic}</wp:inline></w:drawing></w:r>'


def image(colour: tuple[int, int, int] = (9, 90, 9)) -> bytes:
    """Return a JPEG that tells who took it and where."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Canary Photographer"
    Image.new("RGB", (40, 30), colour).save(out, "JPEG", exif=exif, comment=b"canary comment")
    return out.getvalue()


def docx(
    *body: str,
    links: dict[str, tuple[str, str] | bytes] | None = None,
    notes: dict[int, str] | None = None,
    styles: str = "",
    parts: dict[str, bytes | str] | None = None,
) -> bytes:
    """Return a .docx; ``links`` are pictures (bytes) or relationships (sort and target) by id, ``parts`` anything."""
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"x": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACES}>{''.join(_style(*one) for one in _STYLES.items())}{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_SPACES}>{NUMBERING}</w:numbering>",
        "docProps/core.xml": "<x>Canary Author</x>",
    }
    known: dict[str, tuple[str, str]] = {"s": ("styles", "styles.xml"), "n": ("numbering", "numbering.xml")}
    for key, target in (links or {}).items():
        known[key] = target if isinstance(target, tuple) else ("image", f"media/{key}.jpg")
        if isinstance(target, bytes):
            made[f"word/media/{key}.jpg"] = target
    if notes:
        known["f"] = ("footnotes", "footnotes.xml")
        written = "".join(f'<w:footnote w:id="{number}">{one}</w:footnote>' for number, one in notes.items())
        made["word/footnotes.xml"] = f"<w:footnotes {_SPACES}>{written}</w:footnotes>"
    made["word/_rels/document.xml.rels"] = _relations(known)
    return zipped({**made, **(parts or {})})


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """Return a zip archive of ``parts``."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def spaced(name: str, inside: str) -> str:
    """Return a part whose outermost element is ``w:name``."""
    return f"<w:{name} {_SPACES}>{inside}</w:{name}>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _cell(cell: str) -> str:
    if cell.startswith("<w:tc>"):
        return cell
    return f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>"


def _style(key: str, name: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'


def _relations(known: dict[str, tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/{sort}" Target={quoteattr(target)}{_outside(target)}/>'
        for key, (sort, target) in known.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def _outside(target: str) -> str:
    return ' TargetMode="External"' if ":" in target else ""
