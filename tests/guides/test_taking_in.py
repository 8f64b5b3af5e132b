"""What comes from elsewhere: files whole or not at all, and images of which only the picture is kept."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from studio.core.errors import Invalid, TooLarge
from studio.guides import canvas, importing, media

SECRET = b"52.5200N a-house-in-a-street"


def test_a_file_is_brought_in_whole_or_not_at_all(session, tmp_path, clock):
    (tmp_path / "good.md").write_text("---\nlang: en\n---\n# Good\n\n![cat](cat.png)\n\nText.", encoding="utf-8")
    (tmp_path / "bad.md").write_text("---\nlang: en\nkind: poem\n---\n# Bad\n\nText.", encoding="utf-8")
    (tmp_path / "README.md").write_text("# Not a guide", encoding="utf-8")
    Image.new("RGB", (3, 3), (1, 2, 3)).save(tmp_path / "cat.png")
    done = [
        importing.take_in(session, importing.Source(path, tmp_path), None, clock())
        for path in importing.files(tmp_path)
    ]
    assert [(one.file, one.outcome) for one in done] == [("bad.md", "refused"), ("good.md", "draft")]
    again = importing.take_in(session, importing.Source(tmp_path / "good.md", tmp_path), None, clock())
    assert (again.outcome, again.guide) == ("there already", "good")


def test_an_image_outside_the_folder_is_not_brought_in(session, tmp_path, clock):
    folder = tmp_path / "in"
    folder.mkdir()
    Image.new("RGB", (3, 3)).save(tmp_path / "secret.png")
    (folder / "a.md").write_text("---\nlang: en\n---\n# A\n\n![x](../secret.png)", encoding="utf-8")
    done = importing.take_in(session, importing.Source(folder / "a.md", folder), None, clock())
    assert [str(one) for one in done.dropped] == ["An image that is not here was dropped: ../secret.png x"]


def picture(kind, **more):
    out = io.BytesIO()
    Image.effect_noise((64, 48), 80).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def jpeg():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif, comment=SECRET) + SECRET


def png():
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    return picture("PNG", pnginfo=info) + SECRET


def webp():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return picture("WEBP", exif=exif) + SECRET


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_only_the_picture_is_kept(make):
    data = make()
    assert SECRET in data
    kept, media_type, size = canvas.redraw(data)
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as image:
        image.load()
        assert not image.getexif()
        assert not {"comment", "exif", "Comment", "icc_profile"} & set(image.info)
        assert (image.size, f"image/{image.format.lower()}") == (size, media_type)


def test_an_image_is_turned_upright_before_it_forgets_how_it_lay():
    assert canvas.redraw(jpeg())[2] == (48, 64)


def test_what_is_clear_stays_clear_and_few_colours_stay_sharp():
    out = io.BytesIO()
    Image.new("RGBA", (5, 5), (1, 2, 3, 0)).save(out, "PNG")
    assert canvas.redraw(out.getvalue())[1] == "image/png"


def test_a_large_image_is_made_smaller():
    out = io.BytesIO()
    Image.new("RGB", (3200, 100)).save(out, "PNG")
    assert canvas.redraw(out.getvalue())[2] == (1600, 50)


def bomb():
    """A picture of 30,000 × 30,000 pixels in a few kilobytes."""
    side = (30_000).to_bytes(4, "big")

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = chunk(b"IHDR", side + side + b"\x01\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 1_000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [bomb(), b"x" * 8_000_001])
def test_what_is_too_large_is_refused_before_it_is_drawn(data):
    with pytest.raises(TooLarge):
        canvas.redraw(data)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", b"%PDF-1.7", picture("BMP")])
def test_what_is_no_image_of_ours_is_refused(data):
    with pytest.raises(Invalid):
        canvas.redraw(data)


def test_references_are_told_in_order_each_once():
    first, second = "a" * 64, "b" * 64
    assert media.references(f"![x](media:{second}) ![y](media:{first} 't') ![z](media:{second}) (media:abc)") == [
        second,
        first,
    ]
