"""The doctor names what is missing and the exact command that mends it here."""

from __future__ import annotations

import pytest

from studio.core import doctor
from studio.core.doctor import LIBRARIES, Library, Machine, browser_command, examine, missing_packages, sound


def nothing(_library: Library) -> bool:
    return False


def everything(_library: Library) -> bool:
    return True


def nowhere(_program: str) -> None:
    return None


def at_usr_bin(program: str) -> str:
    return f"/usr/bin/{program}"


def test_a_sound_machine_gets_no_commands():
    found = examine(
        list, "https://guides.example", machine=Machine("apt", root=True), present=everything, which=at_usr_bin
    )
    assert [(finding.found, finding.command) for finding in found] == [(True, "")] * 8
    assert sound(found)


def test_each_missing_part_is_named_with_its_own_command():
    found = examine(
        lambda: ["The font A is missing.", "The font B is missing."],
        machine=Machine("apt", root=False),
        present=nothing,
        which=nowhere,
    )
    named = {finding.name: finding for finding in found}
    assert not sound(found)
    assert list(named) == [
        *("Pango", "Pango with FreeType", "Pango with cairo", "cairo", "HarfBuzz subset"),
        *("fonts", "Chromium", "STUDIO_BASE_URL"),
    ]
    assert named["Pango with cairo"].command == "sudo apt-get install -y --no-install-recommends libpangocairo-1.0-0"
    assert named["HarfBuzz subset"].command.endswith(" libharfbuzz-subset0")
    assert str(named["fonts"].sentence) == "2 of the fonts cannot be used: The font A is missing."
    assert named["fonts"].command.endswith("-m pip install -e .")


def test_a_missing_address_and_a_missing_browser_stop_nobody():
    found = examine(list, machine=Machine("apt", root=True), present=everything, which=nowhere)
    assert [finding.name for finding in found if not finding.found] == ["Chromium", "STUDIO_BASE_URL"]
    assert sound(found)


@pytest.mark.parametrize(
    ("machine", "command"),
    [
        (
            Machine("apt", root=True),
            (
                "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libpangocairo-1.0-0"
                " libcairo2 libharfbuzz-subset0"
            ),
        ),
        (Machine("dnf", root=False), "sudo dnf install -y pango cairo harfbuzz"),
        (
            Machine("apk", root=True),
            (
                "apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libpangocairo-1.0.so.0 so:libcairo.so.2"
                " so:libharfbuzz-subset.so.0"
            ),
        ),
        (Machine("brew", root=False), "brew install pango"),
        (Machine("", root=False), ""),
    ],
)
def test_one_line_brings_all_libraries_on_each_kind_of_machine(machine, command):
    assert machine.install(missing_packages(machine.manager, nothing)) == command


def test_only_what_is_missing_is_installed():
    assert missing_packages("apt", lambda library: library.name != "cairo") == ["libcairo2"]
    assert missing_packages("apt", everything) == []
    assert Machine("apt", root=True).install([]) == ""


def test_a_machine_of_unknown_kind_is_told_the_names_without_a_command():
    found = examine(list, machine=Machine("", root=False), present=nothing, which=nowhere)
    assert [finding.command for finding in found if finding.weight == "needed"] == [""] * 6
    assert missing_packages("", nothing) == [library.name for library in LIBRARIES]


@pytest.mark.parametrize(("program", "manager"), [("apt-get", "apt"), ("dnf", "dnf"), ("apk", "apk"), ("brew", "brew")])
def test_a_machine_is_known_by_its_package_manager(program, manager):
    assert doctor.this_machine(lambda name: name if name == program else None).manager == manager


def test_a_machine_without_one_is_unknown():
    assert doctor.this_machine(nowhere).manager == ""


def test_ubuntus_chromium_comes_another_way_than_debians(tmp_path):
    ubuntu, debian = tmp_path / "ubuntu", tmp_path / "debian"
    ubuntu.write_text("NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n", encoding="utf-8")
    debian.write_text("ID=debian\n", encoding="utf-8")
    assert browser_command("apt", ubuntu).endswith("-m playwright install --with-deps chromium")
    assert browser_command("apt", debian) == "apt-get install -y chromium"
    assert browser_command("apt", tmp_path / "none") == "apt-get install -y chromium"


def test_a_library_that_is_nowhere_does_not_load_and_pango_does():
    assert not doctor.loads(Library("Nothing", ("libnothing-of-ours.so.9",), {}))
    assert doctor.loads(LIBRARIES[0])
