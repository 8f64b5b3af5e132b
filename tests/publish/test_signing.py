"""What is signed, Debian's own minisign verifies; what was changed since, it refuses, and so does the house."""

from __future__ import annotations

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from studio.core.settings import Settings
from studio.publish import signing

COMMENT = "Telling a friend, en, edition 3, published 2027-03-09"
CONTENT = b'{"edition":3}\n'


def minisign(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Ask Debian's program, which knows nothing of this one."""
    program = shutil.which("minisign")
    assert program, "minisign is needed: apt-get install minisign"
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def signed(settings: Settings, tmp_path: Path) -> Path:
    """A folder with a file, its signature and the key, as somebody far away may have them."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "manifest.json").write_bytes(CONTENT)
    (folder / "manifest.json.minisig").write_bytes(signing.sign(settings, CONTENT, COMMENT))
    (folder / "key.pub").write_text(signing.public_key(settings))
    return folder


def test_debians_minisign_verifies_what_the_house_signed(signed: Path):
    told = minisign("-V", "-p", signed / "key.pub", "-m", signed / "manifest.json")
    assert (told.returncode, told.stderr) == (0, "")
    assert "Signature and comment signature verified" in told.stdout
    assert f"Trusted comment: {COMMENT}" in told.stdout


def test_the_printed_line_of_the_key_is_enough(settings: Settings, signed: Path):
    line = signing.public_key(settings).splitlines()[1]
    assert line.startswith("RW")
    assert minisign("-V", "-P", line, "-m", signed / "manifest.json").returncode == 0


def test_an_arabic_comment_is_verified_too(settings: Settings, signed: Path):
    comment = "كيف أخبر صديقًا، الطبعة 3، 2027-03-09"
    (signed / "manifest.json.minisig").write_bytes(signing.sign(settings, CONTENT, comment))
    assert minisign("-V", "-p", signed / "key.pub", "-m", signed / "manifest.json").returncode == 0


def test_a_changed_file_and_a_changed_comment_are_refused_by_both(settings: Settings, signed: Path):
    key = signing.house_key(settings)
    good = (signed / "manifest.json.minisig").read_bytes()
    assert signing.verified(key, CONTENT, good) == COMMENT
    for content, minisig in (
        (CONTENT.replace(b"3", b"4"), good),
        (CONTENT, good.replace(b"edition 3", b"edition 4")),
        (CONTENT, good.replace(b"RU", b"RW", 1)),
        (CONTENT, b"\n".join(good.split(b"\n")[:2])),
        (CONTENT, b"\xff" + good),
    ):
        (signed / "manifest.json").write_bytes(content)
        (signed / "manifest.json.minisig").write_bytes(minisig)
        ours = signing.verified(key, content, minisig)
        theirs = minisign("-V", "-p", signed / "key.pub", "-m", signed / "manifest.json")
        if minisig.startswith(b"\xff"):  # the first line says nothing that counts, whatever is in it
            assert ours == COMMENT
        else:
            assert (ours, theirs.returncode == 0) == (None, False)


def test_another_houses_key_does_not_fit(settings: Settings, signed: Path, tmp_path: Path):
    other = Settings(data=tmp_path / "other", database_url=settings.database_url)
    (signed / "key.pub").write_text(signing.public_key(other))
    told = minisign("-V", "-p", signed / "key.pub", "-m", signed / "manifest.json")
    assert told.returncode != 0
    assert signing.house_key(other).shown_name in told.stderr.split()
    minisig = (signed / "manifest.json.minisig").read_bytes()
    assert signing.verified(signing.house_key(other), CONTENT, minisig) is None


def test_a_name_that_begins_with_zeroes_is_shown_as_minisign_prints_it(settings: Settings, signed: Path):
    key = signing.house_key(settings)
    short = signing.PublicKey(bytes([0x5D, 0x21, 0x77, 0xFD, 0xA3, 0x27, 0x04, 0x00]), key.key)
    (signed / "key.pub").write_text(f"untrusted comment: a key\n{short.line}\n")
    told = minisign("-V", "-p", signed / "key.pub", "-m", signed / "manifest.json")
    assert short.shown_name == "427A3FD77215D"
    assert short.shown_name in told.stderr.split()


def test_the_same_is_signed_alike_for_ever_and_the_key_is_its_owners_alone(settings: Settings):
    assert signing.sign(settings, CONTENT, COMMENT) == signing.sign(settings, CONTENT, COMMENT)
    path = settings.data / signing.NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = path.read_bytes()
    signing.sign(settings, b"", "")
    assert path.read_bytes() == kept


def test_a_comment_of_two_lines_is_never_signed(settings: Settings):
    with pytest.raises(ValueError, match="one line"):
        signing.sign(settings, CONTENT, "edition 3\ntrusted comment: edition 4")
