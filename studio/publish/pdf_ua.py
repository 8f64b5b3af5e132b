"""PDF/UA-1 beside PDF/A-2a: the identification that one file needs to be both, put into its metadata."""

from __future__ import annotations

from typing import Any, Final

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


def declare(_document: object, pdf: Any) -> None:  # noqa: ANN401 - the writer's objects have no types
    """Finish a PDF/A-2a in the writer's hands, before it is serialised, so that it is a PDF/UA-1 as well."""
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number]
    content = b"".join(stream.stream)
    stream.stream = [content.replace(_RDF_END, _UA + _RDF_END, 1)]
    stream.compress = False
    _name_header_scopes(pdf)


def _name_header_scopes(pdf: Any) -> None:  # noqa: ANN401 - as above
    """Say of each table head which way it counts; a head that names no row names a column."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/TH" and "A" in item:
            item["A"].setdefault("Scope", "/Column")
