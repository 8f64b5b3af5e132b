"""Images of a text: what they show is said, and nothing but the picture is kept."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select
from writing import write

from studio.guides.models import Media


def picture(colour=(90, 30, 120), size=(40, 30), kind="PNG", **more):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def add(client, address, data, alt="A quiet room", **headers):
    """Send the form of the images page; put together here, since the test client leaves its own large files open."""
    parts = (
        b'--edge\r\nContent-Disposition: form-data; name="alt"\r\n\r\n' + alt.encode(),
        b'--edge\r\nContent-Disposition: form-data; name="image"; filename="room.png"\r\n\r\n' + data,
        b"--edge--\r\n",
    )
    kind = "multipart/form-data; boundary=edge"
    return client.post(f"{address}write/images", data=b"\r\n".join(parts), content_type=kind, headers=headers)


def line_of(answer):
    return re.search(r'value="(!\[[^"]+\]\(media:[0-9a-f]{64}\))"', answer.text)[1]


def test_an_image_gives_the_line_that_shows_it(client, begun):
    line = line_of(add(client, begun, picture()))
    assert line.startswith("![A quiet room](media:")
    write(client, begun, body=f"Look:\n\n{line}")
    page = client.get(f"{begun}write/preview").text
    sha = line.split("media:")[1].rstrip(")")
    assert f'src="/studio/media/{sha}"' in page
    assert 'alt="A quiet room"' in page
    image = client.get(f"/studio/media/{sha}")
    assert (image.status_code, image.content_type) == (200, "image/png")
    assert Image.open(io.BytesIO(image.data)).size == (40, 30)
    assert "It stands in the text." in client.get(f"{begun}write/images").text


def test_brackets_in_the_words_do_not_end_them(client, begun):
    line = line_of(add(client, begun, picture(), alt="a [b] c\\"))
    write(client, begun, body=line)
    assert 'alt="a [b] c\\"' in client.get(f"{begun}write/preview").text


@pytest.mark.parametrize(
    ("data", "alt", "said"),
    [
        (picture(), "  ", "Say in a few words what the picture shows"),
        (picture(), "x" * 301, "at most 300 characters"),
        (b"", "A room", "Choose an image first."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "A room", "no image that can be read"),
        (b"\x89PNG\r\n\x1a\n broken", "A room", "no image that can be read"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_words_stay(client, begun, session, data, alt, said):
    answer = add(client, begun, data, alt)
    assert answer.status_code == 422
    assert said in answer.text
    assert session.scalars(select(Media)).all() == []


def test_a_script_gets_the_line_or_a_sentence(client, begun):
    assert add(client, begun, picture(), Accept="application/json").json["line"].startswith("![A quiet room](media:")
    refused = add(client, begun, b"no", Accept="application/json")
    assert (refused.status_code, "no image" in refused.json["error"]) == (422, True)


def test_an_image_larger_than_a_form_may_be_is_taken_and_one_beyond_the_limit_is_refused(client, begun):
    noise = Image.effect_noise((1500, 1500), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert len(out.getvalue()) > 2_000_000
    assert add(client, begun, out.getvalue()).status_code == 200
    assert add(client, begun, b"x" * 9_000_000).status_code in (413, 422)


def test_an_image_of_a_story_is_not_known_outside_its_team(client, begun, other):
    line = line_of(add(client, begun, picture()))
    sha = line.split("media:")[1].rstrip(")")
    assert other.get(f"/studio/media/{sha}").status_code == 200
    write(client, begun, kind="story", body=line)
    assert client.get(f"/studio/media/{sha}").status_code == 200
    assert other.get(f"/studio/media/{sha}").status_code == 404
    assert other.get(f"{begun}write/images").status_code == 404


def test_an_image_that_is_taken_over_from_another_text_belongs_to_both(client, begun):
    line = line_of(add(client, begun, picture()))
    sha = line.split("media:")[1].rstrip(")")
    second = client.post(f"{begun}translate", data={"title": "الراحة", "language": "ar"}).location.partition("write")[0]
    write(client, second, body=line)
    assert f'src="/studio/media/{sha}"' in client.get(f"{second}write/preview").text


def test_naming_the_image_of_a_text_that_one_may_not_know_of_does_not_bring_it(client, begun, other):
    line = line_of(add(client, begun, picture()))
    write(client, begun, kind="story", body=line)
    second = other.post("/studio/new", data={"title": "Other", "language": "en"}).location.removesuffix("begin")
    write(other, second, body=line)
    assert "/studio/media/" not in other.get(f"{second}write/preview").text
    assert other.get(f"/studio/media/{line.split('media:')[1].rstrip(')')}").status_code == 404
