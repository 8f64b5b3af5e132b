"""Missing system libraries are installed where that is allowed; else one exact line is printed and all stops."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from studio.core import doctor
from studio.core.doctor import Machine

PATH = Path(__file__).parents[2] / "tools" / "system.py"


@pytest.fixture
def system(monkeypatch):
    spec = importlib.util.spec_from_file_location("system_libraries", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ran = []
    monkeypatch.setattr(module, "_run", lambda line: not module.ran.append(line))
    monkeypatch.setattr(module, "_sudo_asks_nothing", lambda: False)
    return module


@pytest.fixture
def lacking(monkeypatch):
    def lack(machine: Machine, *names: str, browser: str = "") -> None:
        monkeypatch.setattr(doctor, "this_machine", lambda: machine)
        monkeypatch.setattr(doctor, "browser", lambda: browser)
        monkeypatch.setattr(
            doctor,
            "missing_packages",
            lambda manager: [library.packages[manager] for library in doctor.LIBRARIES if library.name in names],
        )

    return lack


def test_nothing_is_done_where_nothing_is_missing(system, lacking, capsys):
    lacking(Machine("apt", root=False))
    assert system.main(["run"]) == 0
    assert (system.ran, capsys.readouterr()) == ([], ("", ""))


def test_root_gets_what_is_missing_and_no_more(system, lacking):
    lacking(Machine("apt", root=True), "cairo")
    assert system.main(["run"]) == 0
    assert system.ran == ["apt-get update -q", "apt-get install -y --no-install-recommends libcairo2"]


def test_tests_also_get_a_browser(system, lacking):
    lacking(Machine("apt", root=True))
    assert system.main(["tests"]) == 0
    assert len(system.ran) == 2
    assert "chromium" in system.ran[1]


def test_without_rights_the_one_exact_line_is_printed_and_all_stops(system, lacking, capsys):
    lacking(Machine("apt", root=False), "Pango", "cairo")
    assert system.main(["run"]) == 1
    assert system.ran == []
    assert capsys.readouterr().err.splitlines()[1] == (
        "  sudo apt-get update -q && sudo apt-get install -y --no-install-recommends libpango-1.0-0 libcairo2"
    )


def test_sudo_that_asks_nothing_is_used(system, lacking, monkeypatch):
    monkeypatch.setattr(system, "_sudo_asks_nothing", lambda: True)
    lacking(Machine("apt", root=False), "cairo")
    assert system.main(["run"]) == 0
    assert system.ran[-1] == "sudo apt-get install -y --no-install-recommends libcairo2"


def test_a_line_that_fails_is_printed_for_typing_by_hand(system, lacking, monkeypatch, capsys):
    monkeypatch.setattr(system, "_run", lambda _line: False)
    lacking(Machine("apt", root=True), "cairo")
    assert system.main(["run"]) == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("apt-get install -y --no-install-recommends libcairo2")


def test_other_machines_are_told_their_own_line(system, lacking, capsys):
    lacking(Machine("brew", root=False), "Pango", "cairo")
    assert system.main(["run"]) == 1
    assert capsys.readouterr().err.splitlines()[1] == "  brew install pango"
