"""A Word file becomes a draft: read in the browser, under the page's own policy, without its pictures and comments."""

from __future__ import annotations

import io
import zipfile

import pytest
from fake_room import wait_for
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
FILES = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{KIND}.footnotes+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    "</Relationships>",
    "word/document.xml": f"<w:document {SPACES}><w:body>"
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>راحة</w:t></w:r></w:p>'
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Sit</w:t></w:r><w:r><w:t> down</w:t></w:r>"
    '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>. </w:t></w:r>'
    '<w:hyperlink r:id="rId2"><w:r><w:t>More</w:t></w:r></w:hyperlink></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>日</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>こと</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>月</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>休む</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>",
    "word/footnotes.xml": f'<w:footnotes {SPACES}><w:footnote w:id="2"><w:p><w:r><w:t>A book, 2024.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>",
}
WRITTEN = """## راحة

**Sit** down[^1]. [More](https://example.org/)

| 日 | こと |
| --- | --- |
| 月 | 休む |

[^1]: A book, 2024.
"""


def word_file():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in FILES.items():
            packed.writestr(name, content)
    return {"name": "guide.docx", "mimeType": f"{KIND}.document", "buffer": out.getvalue()}


@pytest.fixture
def choose(page, text, room, saved):
    """Empty the text, then put a Word file in by the button."""

    def put(file):
        text.press("Control+a")
        text.press("Delete")
        wait_for(page, lambda: room.text == "")
        page.get_by_role("toolbar").get_by_role("button", name="More", exact=True).click()
        page.get_by_role("toolbar").get_by_role("button", name="Word file").click()
        dialog = page.get_by_role("dialog", name="Word file")
        dialog.get_by_label("A file that ends in .docx").set_input_files(file)
        dialog.get_by_role("button", name="Put it in").click()

    return put


def test_a_word_file_becomes_clean_marks(page, room, choose):
    choose(word_file())
    wait_for(page, lambda: room.text != "")
    assert room.text == WRITTEN


def test_a_file_that_cannot_be_read_is_said_and_changes_nothing(page, room, choose):
    choose({**word_file(), "buffer": b"no Word file"})
    expect(page.locator("[data-note]")).to_contain_text("This file could not be read.")
    assert room.text == ""
