"""What comes from npm is fixed by its hash and comes from wherever a machine fetches its packages."""

from __future__ import annotations

import json
from pathlib import Path

CLIENT = Path(__file__).parents[2] / "client"
LOCKED = json.loads((CLIENT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
WANTED = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))


def test_every_package_has_its_hash_and_no_address():
    packages = {name: package for name, package in LOCKED.items() if name}
    assert len(packages) > 5
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_versions_are_exact():
    versions = {**WANTED["dependencies"], **WANTED["devDependencies"]}
    assert {LOCKED[f"node_modules/{name}"]["version"] == version for name, version in versions.items()} == {True}


def test_fonts_come_under_the_open_font_license():
    fonts = [name for name in WANTED["dependencies"] if "fonts" in name]
    assert len(fonts) == 6
    assert [name for name in fonts if "OFL-1.1" not in LOCKED[f"node_modules/{name}"]["license"]] == []
