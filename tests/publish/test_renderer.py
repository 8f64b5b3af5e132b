"""The renderer: all files by warm and cold ways, refusals as sentences, bombs ended, nobody left behind."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from studio.core.errors import Invalid, TooLarge
from studio.publish.forms import BY_KIND
from studio.publish.renderer import Limits, derive, serve_command
from studio.rendering.rendered import Rendered


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - a file of the kernel
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"


def waited(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("renderer")
    path = folder / "renderer.sock"
    with subprocess.Popen(serve_command(path, folder / "fonts")) as process:
        assert waited(path.exists, 60)
        yield process, path
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert not path.exists()


def bomb(document):
    """A text whose boxes in boxes keep the layout busy for minutes."""
    html = '<div class="box" style="display:flex">' * 16 + "x" + "</div>" * 16
    text = document("en")
    deep = "<table><tr><td>" * 24 + "word " * 400 + "</td></tr></table>" * 24
    return replace(text, body=Rendered(html + deep * 8, (), (), "x", 1, (), ()))


def test_all_files_of_a_text_are_made_and_told_with_their_hashes(renderer, document, tmp_path):
    made = derive(document("ja"), {}, tmp_path, socket_path=renderer[1])
    assert [one.kind for one in made] == [
        *("pdf", "large_pdf", "easy_pdf", "plain_pdf"),
        *("card_wide", "card_square", "card_portrait", "card_tall"),
        "kit",
        *("epub", "plain_epub", "text", "plain_text"),
        "web_font",
    ]
    places = [BY_KIND[one.kind].address(document("ja")) for one in made]
    assert places[:5] == [
        "/ja/hard-days/guide.pdf",
        "/ja/hard-days/large-print.pdf",
        "/ja/hard-days/easy-reading.pdf",
        "/n/ja/k7m2qx9d/notes-3.pdf",
        "/ja/hard-days/cards/wide.png",
    ]
    for one in made:
        content = (tmp_path / one.name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (one.sha256, one.size)


def test_without_a_renderer_a_child_of_one_job_makes_the_same_bytes(renderer, document, tmp_path):
    text = document("en")
    kinds = ("plain_pdf", "card_wide")
    warm = derive(text, {}, tmp_path, kinds=kinds, socket_path=renderer[1])
    cold = derive(text, {}, tmp_path, kinds=kinds, socket_path=tmp_path / "nobody.sock")
    assert warm == cold


def test_pictures_travel_with_the_request(renderer, document, tmp_path, picture):
    sha = "a" * 64
    with_picture = document("en", markdown=f"![A picture](media:{sha})")
    made = derive(with_picture, {sha: picture}, tmp_path, kinds=("pdf",), socket_path=renderer[1])
    assert b"/Subtype /Image" in (tmp_path / made[0].name).read_bytes()


def test_a_refusal_comes_back_as_its_sentence_from_warm_and_cold(renderer, document, tmp_path):
    for path in (renderer[1], None):
        with pytest.raises(Invalid) as refusal:
            derive(document("en", title="ภ"), {}, tmp_path, kinds=("card_wide",), socket_path=path)
        assert refusal.value.message.values == {"characters": "ภ (U+0E20)"}


@pytest.mark.slow
def test_a_bomb_is_ended_by_the_limit_of_cpu_and_the_renderer_serves_on(document, tmp_path):
    path = tmp_path / "r.sock"
    code = f"from pathlib import Path; from studio.publish.renderer import Limits; \
from studio.publish.renderer_parent import serve; \
serve(Path({str(path)!r}), limits=Limits(cpu=4, wall=30.0))"
    with subprocess.Popen([serve_command(path, tmp_path)[0], "-c", code]) as process:
        assert waited(path.exists, 60)
        begun = time.monotonic()
        with pytest.raises(TooLarge, match="too much time or memory"):
            derive(bomb(document), {}, tmp_path, kinds=("pdf",), socket_path=path)
        assert time.monotonic() - begun < 45
        assert derive(document("en"), {}, tmp_path, kinds=("card_wide",), socket_path=path)
        process.terminate()


@pytest.mark.slow
def test_a_child_that_asks_for_too_much_memory_is_refused_it(document, tmp_path):
    with pytest.raises(TooLarge, match="too much time or memory"):
        derive(document("en"), {}, tmp_path, limits=Limits(memory=180 * 1024 * 1024, wall=60))


def test_a_job_that_takes_too_long_by_the_clock_is_ended(document, tmp_path):
    begun = time.monotonic()
    with pytest.raises(TooLarge):
        derive(document("en"), {}, tmp_path, limits=Limits(wall=0.2))
    assert time.monotonic() - begun < 20


def test_the_socket_is_open_to_the_house_alone(renderer):
    mode = stat.S_IMODE(renderer[1].stat().st_mode)
    assert mode == 0o600


def test_a_child_that_is_killed_harms_neither_the_parent_nor_the_next_text(renderer, document, tmp_path):
    process, path = renderer
    before = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False).stdout
    assert before == ""
    import socket  # noqa: PLC0415 - one client that says nothing

    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(path))
        children = []

        def seen():
            found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False)
            children[:] = [int(pid) for pid in found.stdout.split()]
            return bool(children)

        assert waited(seen)
        os.kill(children[0], signal.SIGKILL)
    assert derive(document("en"), {}, tmp_path, kinds=("card_wide",), socket_path=path)
    assert process.poll() is None


def test_the_renderer_leaves_when_its_own_parent_is_gone(tmp_path):
    path = tmp_path / "r.sock"
    own = "import subprocess, time; from studio.publish.renderer import serve_command; from pathlib import Path"
    started = f"serve_command(Path({str(path)!r}), Path({str(tmp_path / 'fonts')!r}))"
    code = f"{own}; print(subprocess.Popen({started}).pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as between:
        pid = int(between.stdout.readline())
        assert waited(path.exists, 60)
        between.kill()
        between.wait()
        assert waited(lambda: not alive(pid), 10)
    assert not path.exists()
