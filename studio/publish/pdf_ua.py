"""PDF/UA-1 beside PDF/A-2a: what one file still needs to be both, done in the writer's hands before it is serialised.

The writer's objects are dictionaries that refer to each other by strings such as ``12 0 R``, where 12 is the place in
its list of objects.
"""

from __future__ import annotations

from typing import Any, Final

import pydyf

from studio.core.locales import Language
from studio.publish.pdf_sfnt import lean

_RDF_END: Final = b"</rdf:RDF>"
_UA: Final = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


_PLAIN: Final = frozenset({"Type", "S", "K", "Pg", "P"})
_SILENT: Final = frozenset({"/Span", "/NonStruct"})
_HOLDERS: Final = frozenset(
    {*_SILENT, *(f"/H{level}" for level in range(1, 7)), "/P", "/Link", "/Lbl", "/LBody", "/TH", "/TD", "/Caption"}
)
"""Tags that say nothing; and those below which texts may hang by themselves."""


class _Nothing(pydyf.Object):  # type: ignore[misc]  # the library has no types
    """What is left in the place of an object that nothing refers to any more: the places after it stay as they are."""

    data = b"null"


def declare(
    _document: object,
    pdf: Any,  # noqa: ANN401 - the writer's objects have no types
    *,
    language: Language,
    mark: str,
) -> None:
    """Finish a PDF/A-2a as a PDF/UA-1; a ``finisher`` of WeasyPrint.

    ``mark`` tells the ids in this file from those of others, with which it may be put together.
    """
    _identify(pdf)
    _hang_texts(pdf)
    if language.rtl:
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
    places = _places(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            _content(item)
        elif isinstance(item, dict) and item.get("Subtype") == "/Link" and "Dest" in item:
            item["Dest"] = places[item["Dest"].string]
        elif isinstance(item, dict) and item.get("Type") == "/StructElem":
            _tag(pdf, item, mark)
    for item in list(pdf.objects):
        if isinstance(item, dict) and item.get("S") == "/LI":
            _wrap_body(pdf, item)


def _hang_texts(pdf: Any) -> None:  # noqa: ANN401 - as above
    """Hang texts right below their paragraph: the writer makes a tag of each line, which says nothing to anybody."""
    gone = dict[bytes, bytes]()
    every: list[Any] = pdf.objects
    for item in reversed(every):  # what is below another comes after it
        if not isinstance(item, pydyf.Dictionary) or item.get("S") not in _SILENT or not item.keys() <= _PLAIN:
            continue
        parent, own = _at(pdf, item["P"]), item.reference
        below = parent["K"]
        if parent["S"] not in _HOLDERS or parent["Pg"] != item["Pg"] or own not in below:
            continue
        if all(isinstance(kid, int) for kid in item["K"]):
            at = below.index(own)
            below[at : at + 1] = item["K"]
            gone[own] = parent.reference
            every[item.number] = _nothing(item.number)
    tree = _at(pdf, _at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])
    for tags in tree["Nums"][1::2]:
        if isinstance(tags, list):
            tags[:] = [_holder(tag, gone) for tag in tags]


def _holder(tag: bytes, gone: dict[bytes, bytes]) -> bytes:
    while tag in gone:
        tag = gone[tag]
    return tag


def _nothing(number: int) -> _Nothing:
    """Return an object that holds nothing at the place ``number``."""
    nothing = _Nothing()
    nothing.number = number
    return nothing


def _content(item: Any) -> None:  # noqa: ANN401 - as above
    if item.extra.get("Subtype") == "/Image":
        item.extra["Interpolate"] = "false"  # PDF/A forbids smoothing by the viewer
    elif "Length1" in item.extra:
        item.stream = [lean(item.stream[0])]
        item.extra["Length1"] = len(item.stream[0])


def _tag(pdf: Any, element: Any, mark: str) -> None:  # noqa: ANN401 - as above
    if "ID" in element:
        element["ID"] = _marked(element["ID"], mark)
    if "Headers" in element.get("A", {}):
        element["A"]["Headers"] = pydyf.Array(_marked(one, mark) for one in element["A"]["Headers"])
    if element["S"] == "/TH" and "A" in element:
        element["A"].setdefault("Scope", "/Column")
    elif element["S"] != "/Link":
        _drop_second_links(pdf, element)


def _marked(name: Any, mark: str) -> Any:  # noqa: ANN401 - as above
    return pydyf.String(f"{mark}-{name.string}")


def _places(pdf: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Return where in the file each name stands; links lead to the place itself, so that files can be joined."""
    names = pdf.catalog.get("Names", {}).pop("Dests", {"Names": []})["Names"]
    if not pdf.catalog.get("Names", True):
        del pdf.catalog["Names"]
    return {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}


def _identify(pdf: Any) -> None:  # noqa: ANN401 - as above
    stream = _at(pdf, pdf.catalog["Metadata"])
    content = b"".join(stream.stream)
    stream.stream = [content.replace(_RDF_END, _UA + _RDF_END, 1)]
    stream.compress = False  # metadata is to be found by programs that cannot inflate


def _at(pdf: Any, reference: Any) -> Any:  # noqa: ANN401 - as above
    return pdf.objects[int(reference.split()[0])]


def _kind(pdf: Any, kid: Any) -> str:  # noqa: ANN401 - as above
    """Return the kind of a child: that of a structure element, or /OBJR; empty for marked content."""
    if isinstance(kid, int):
        return ""
    child = _at(pdf, kid)
    return str(child.get("S", child["Type"]))


def _drop_second_links(pdf: Any, element: Any) -> None:  # noqa: ANN401 - as above
    """Drop the second link that the writer makes of an emphasis or code inside a link: the first one covers it."""
    for kid in [kid for kid in element["K"] if _kind(pdf, kid) == "/OBJR"]:
        marker = _at(pdf, kid)
        if _at(pdf, marker["Obj"]).get("Subtype") == "/Link":
            element["K"].remove(kid)
            _at(pdf, marker["Pg"])["Annots"].remove(marker["Obj"])


def _wrap_body(pdf: Any, item: Any) -> None:  # noqa: ANN401 - as above
    """Put whatever stands loose in a list item into its body, as the standard wants."""
    rest = [kid for kid in item["K"] if _kind(pdf, kid) != "/Lbl"]
    if all(_kind(pdf, kid) == "/LBody" for kid in rest):
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(rest), "Pg": item["Pg"], "P": item.reference}
    )
    pdf.add_object(body)
    for kid in rest:
        item["K"].remove(kid)
        if not isinstance(kid, int):
            child = _at(pdf, kid)
            child["P"] = body.reference
            child["S"] = "/Div" if child.get("S") == "/LBody" else child["S"]
    item["K"].append(body.reference)
