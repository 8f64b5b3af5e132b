"""A small .docx made anew from a foreign one: its text, styles, lists, notes and pictures, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_STORED, ZipFile

from studio.core.errors import Invalid
from studio.guides.wordfile.cleaning import Cleaner
from studio.guides.wordfile.found import Found
from studio.guides.wordfile.package import NOT_THIS, Link, Package, main_part, picture_fits
from studio.guides.wordfile.styles import Styles, W, styles_of
from studio.guides.wordfile.tree import words

_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_SORTS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN: Final = "word/document.xml"
_BESIDE: Final = ("styles", "numbering")
_NOTES: Final = ("footnotes", "endnotes")
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ID: Final = f"{_R}id"
_MARGINS: Final = ("header", "footer")


def repack(package: Package, found: Found) -> bytes:
    """Return a file of what in ``package`` is to be read; note in ``found`` what stays behind."""
    main = main_part(package)
    links = package.links(main)
    parts: dict[str, Element] = {}
    for sort in _BESIDE:
        root = _part(package, links, sort)
        if root is not None:
            parts[f"word/{sort}.xml"] = root
    styles = styles_of(parts.get("word/styles.xml"))
    _note_margins(package, links, found)
    texts = {_MAIN: main, **{f"word/{sort}.xml": _name(links, sort) for sort in _NOTES}}
    pictures: dict[str, tuple[str, bytes]] = {}
    for name, place in texts.items():
        root = package.xml(place) if place else None
        if root is not None:
            parts[name] = root
            parts[_rels_of(name)] = _cleaned(package, place, root, styles, pictures, found)
    if _MAIN not in parts or parts[_MAIN].tag != f"{W}document":
        raise Invalid(NOT_THIS)
    return _packed(parts, pictures.values())


def _cleaned(
    package: Package, place: str, root: Element, styles: Styles, pictures: dict[str, tuple[str, bytes]], found: Found
) -> Element:
    """Clean a text in place, keep its pictures, and return the relationships that it still needs."""
    relations = Element(f"{{{_RELATIONS}}}Relationships")
    links = package.links(place)
    fitting = {key for key, link in links.items() if _is_picture(package, link)}
    Cleaner(styles, fitting, found).clean(root)
    leading = {key for key, link in links.items() if link.sort == "hyperlink" and link.outside}
    used = set[str]()
    for one in root.iter():
        if one.tag == f"{W}hyperlink" and one.get(_ID) not in leading:
            one.attrib.pop(_ID, None)
        used |= {value for name, value in one.attrib.items() if name.startswith(_R)}
    for key in sorted(used & leading):
        _relate(relations, key, "hyperlink", links[key].target, outside=True)
    for key in sorted(used & fitting):
        _relate(relations, key, "image", f"/{_keep(package, links[key].target, pictures)}")
    return relations


def _keep(package: Package, place: str, pictures: dict[str, tuple[str, bytes]]) -> str:
    """Keep a picture under a name of our own, for its own could be that of another part; return that name."""
    if place not in pictures:
        pictures[place] = f"word/media/{len(pictures)}", package.read(place) or b""
    return pictures[place][0]


def _is_picture(package: Package, link: Link) -> bool:
    return link.sort == "image" and not link.outside and picture_fits(package, link.target)


def _relate(relations: Element, key: str, sort: str, target: str, *, outside: bool = False) -> None:
    about = {"Id": key, "Type": f"{_SORTS}{sort}", "Target": target, **({"TargetMode": "External"} if outside else {})}
    SubElement(relations, f"{{{_RELATIONS}}}Relationship", about)


def _part(package: Package, links: Mapping[str, Link], sort: str) -> Element | None:
    name = _name(links, sort)
    return package.xml(name) if name else None


def _name(links: Mapping[str, Link], sort: str) -> str:
    return next((link.target for link in links.values() if link.sort == sort and not link.outside), "")


def _note_margins(package: Package, links: Mapping[str, Link], found: Found) -> None:
    for link in links.values():
        if link.sort in _MARGINS and not link.outside:
            root = package.xml(link.target)
            if root is not None and words(root, f"{W}t").strip():
                found.counts["margins"] = 1


def _rels_of(name: str) -> str:
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels"


def _packed(parts: Mapping[str, Element], pictures: Iterable[tuple[str, bytes]]) -> bytes:
    whole = Element(f"{{{_RELATIONS}}}Relationships")
    _relate(whole, "main", "officeDocument", _MAIN)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", tostring(Element(f"{{{_TYPES}}}Types")))
        archive.writestr("_rels/.rels", tostring(whole))
        for name, root in parts.items():
            archive.writestr(name, tostring(root, encoding="utf-8"))
        for name, data in pictures:
            archive.writestr(name, data)
    return out.getvalue()
