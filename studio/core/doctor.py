"""What is missing on this machine, each with the exact command that mends it. Runs before anything is installed."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from studio.core.words import N_, Message

Manager = Literal["apt", "dnf", "apk", "brew", ""]
Weight = Literal["needed", "tests", "advice"]


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: what it is called, its file names on Linux and macOS, and what stops without it."""

    name: str
    files: tuple[str, ...]
    packages: dict[Manager, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``command`` mends it and is empty where there is nothing to do or to run."""

    name: str
    found: bool
    sentence: Message
    command: str = ""
    weight: Weight = "needed"


def _library(name: str, stem: str, version: int, apt: str, dnf: str) -> Library:
    linux, mac = f"lib{stem}.so.{version}", f"lib{stem}.{version}.dylib"
    return Library(name, (linux, mac), {"apt": apt, "dnf": dnf, "apk": f"so:{linux}", "brew": "pango"})


LIBRARIES: Final = (
    _library("Pango", "pango-1.0", 0, "libpango-1.0-0", "pango"),
    _library("Pango with FreeType", "pangoft2-1.0", 0, "libpangoft2-1.0-0", "pango"),
    _library("Pango with cairo", "pangocairo-1.0", 0, "libpangocairo-1.0-0", "pango"),
    _library("cairo", "cairo", 2, "libcairo2", "cairo"),
    _library("HarfBuzz subset", "harfbuzz-subset", 0, "libharfbuzz-subset0", "harfbuzz"),
)
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_UNKNOWN: Final[Manager] = ""
_PROGRAMS: Final[dict[Manager, str]] = {"apt": "apt-get", "dnf": "dnf", "apk": "apk", "brew": "brew"}
_HOMES_OF_BREW: Final = ("/opt/homebrew/lib", "/usr/local/lib")
_BROWSER_COMMANDS: Final[dict[Manager, str]] = {
    "apt": "apt-get install -y chromium",
    "dnf": "dnf install -y chromium",
    "apk": "apk add chromium",
    "brew": "brew install --cask chromium",
    "": "",
}
_INSTALL: Final[dict[Manager, str]] = {
    "apt": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "apk": "apk add",
    "brew": "brew install",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """How this machine installs things: its package manager, and whether commands need ``sudo`` in front."""

    manager: Manager
    root: bool

    def command(self, line: str) -> str:
        """Return ``line`` as it must be typed here."""
        if not line or self.root or self.manager in ("brew", ""):
            return line
        return f"sudo {line}"

    def install(self, packages: Iterable[str]) -> str:
        """Return the line that installs ``packages``, each once; empty on a machine of unknown kind."""
        names = " ".join(dict.fromkeys(packages))
        return self.command(f"{_INSTALL[self.manager]} {names}") if self.manager and names else ""


def this_machine(which: Callable[[str], str | None] = shutil.which) -> Machine:
    """Return the kind of the machine that the program runs on."""
    manager = next((name for name, program in _PROGRAMS.items() if which(program)), _UNKNOWN)
    return Machine(manager, root=os.geteuid() == 0)


def loads(library: Library) -> bool:
    """Say whether ``library`` can be loaded under one of its names."""
    names = [*library.files, *(f"{home}/{name}" for home in _HOMES_OF_BREW for name in library.files)]
    return any(_opens(name) for name in names)


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_packages(manager: Manager, present: Callable[[Library], bool] = loads) -> list[str]:
    """Return the packages of ``manager`` that bring the libraries which are not there."""
    return list(dict.fromkeys(lib.packages.get(manager, lib.name) for lib in LIBRARIES if not present(lib)))


def browser(which: Callable[[str], str | None] = shutil.which) -> str:
    """Return the path of a Chromium for the tests, or nothing."""
    return next((path for path in map(which, BROWSERS) if path), "")


def examine(
    fonts: Callable[[], Sequence[str]],
    base_url: str = "",
    *,
    machine: Machine | None = None,
    present: Callable[[Library], bool] = loads,
    which: Callable[[str], str | None] = shutil.which,
) -> list[Finding]:
    """Look at everything that the studio stands on and return what was found, good or not.

    ``fonts`` gives a sentence for each font file that is wrong; it is handed in because this layer knows no fonts.
    """
    here = machine or this_machine(which)
    return [
        *(_look_at(library, here, present) for library in LIBRARIES),
        _fonts(fonts()),
        _browser(browser(which), here),
        _address(base_url),
    ]


def sound(findings: Iterable[Finding]) -> bool:
    """Say whether the studio can do all its work here; tests and advice do not count."""
    return all(finding.found for finding in findings if finding.weight == "needed")


def _look_at(library: Library, machine: Machine, present: Callable[[Library], bool]) -> Finding:
    if present(library):
        return Finding(library.name, found=True, sentence=N_("{name} is here.", name=library.name))
    return Finding(
        library.name,
        found=False,
        sentence=N_("{name} is missing: no PDF and no card can be made.", name=library.name),
        command=machine.install([library.packages[machine.manager]] if machine.manager else []),
    )


def _fonts(problems: Sequence[str]) -> Finding:
    if not problems:
        return Finding("fonts", found=True, sentence=N_("All fonts are here."))
    sentence = N_("{n} of the fonts cannot be used: {first}", n=len(problems), first=problems[0])
    return Finding("fonts", found=False, sentence=sentence, command=f"{sys.executable} -m pip install -e .")


def _browser(path: str, machine: Machine) -> Finding:
    if path:
        return Finding("Chromium", found=True, sentence=N_("Chromium for the tests is here."), weight="tests")
    return Finding(
        "Chromium",
        found=False,
        sentence=N_("There is no Chromium; only the browser tests need one."),
        command=machine.command(browser_command(machine.manager)),
        weight="tests",
    )


def browser_command(manager: Manager, release: Path = Path("/etc/os-release")) -> str:
    """Return the line that brings a Chromium; Ubuntu's own package is a shell around a snap, so it gets another one."""
    if manager == "apt" and release.exists() and "ID=ubuntu" in release.read_text(encoding="utf-8").splitlines():
        return f"{sys.executable} -m playwright install --with-deps chromium"
    return _BROWSER_COMMANDS[manager]


def _address(base_url: str) -> Finding:
    if base_url:
        return Finding("STUDIO_BASE_URL", found=True, sentence=N_("The public address is {url}.", url=base_url))
    return Finding(
        "STUDIO_BASE_URL",
        found=False,
        sentence=N_("Without STUDIO_BASE_URL pages and PDFs carry no QR code and no absolute address."),
        command="export STUDIO_BASE_URL=https://guides.example",
        weight="advice",
    )
