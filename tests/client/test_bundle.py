"""The live editor's script: what a page loads at first is small, the rest waits, and its types fit."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client"
BUILT = ROOT / "studio" / "web" / "static" / "built"
STATIC = re.compile(r"""(?:^|[;}])(?:import|export)[^"'()]*?["'](\./[^"']+)["']""")
LATER = re.compile(r"""import\(["'](\./[^"']+)["']\)""")
NAMES = ("tsc", "tsc.exe")
MOST = 150_000
LONGEST = 300


def first_load() -> set[Path]:
    """Return the files that a page needs before its editor can be seen."""
    found, waiting = set[Path](), [BUILT / "live.js"]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [(path.parent / name).resolve() for name in STATIC.findall(path.read_text(encoding="utf-8"))]
    return found


def size(paths: set[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_the_first_load_of_the_editor_is_at_most_150_kb():
    files = {*first_load(), BUILT / "form.js", BUILT / "leave.js"}
    assert len(files) >= 4
    assert 100_000 < size(files) <= MOST


def test_what_a_writer_may_never_need_is_loaded_on_demand():
    later = {Path(name).stem.split("-")[0] for path in first_load() for name in LATER.findall(path.read_text("utf-8"))}
    assert later >= {"find", "paste", "preview"}
    assert {path.stem.split("-")[0] for path in first_load()} & later == set()


def test_parts_are_addressed_by_their_hash_and_kept_for_a_year(client):
    part = next(path for path in first_load() if path.name != "live.js")
    answer = client.get(f"/static/built/parts/{part.name}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "immutable" not in client.get("/static/built/live.js").headers["Cache-Control"]


def test_types_fit():
    # The compiler is a program of its own; no Node is needed beside it.
    compiler = next(path for path in (CLIENT / "node_modules" / "@typescript").glob("*/lib/tsc*") if path.name in NAMES)
    done = subprocess.run([compiler, "-p", CLIENT], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("path", sorted((CLIENT / "src").rglob("*.ts")), ids=lambda path: path.stem)
def test_each_file_says_what_it_is_and_stays_short(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= LONGEST
