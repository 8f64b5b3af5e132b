"""Brings the system libraries that are missing, or prints the one exact line that would. Needs only Python itself."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from studio.core import doctor

FOR_TESTS = {"minisign": "minisign", "pdftotext": "poppler-utils", "ps": "procps"}
"""Programs that the tests ask, with their Debian packages."""
POSTGRESQL = Path("/usr/lib/postgresql")
"""Where Debian keeps its server's programs, which are not on the path."""


def main(wanted: list[str]) -> int:
    """Install what is missing; with ``tests`` among ``wanted`` also a Chromium. Return 1 where somebody must type."""
    machine = doctor.this_machine()
    packages = doctor.missing_packages(machine.manager)
    if machine.manager == "apt" and not importlib.util.find_spec("ensurepip"):
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if "tests" in wanted and machine.manager == "apt":
        packages += [name for program, name in FOR_TESTS.items() if not shutil.which(program)]
        packages += [] if shutil.which("initdb") or any(POSTGRESQL.glob("*/bin/initdb")) else ["postgresql"]
    lines = [machine.install(packages)] if packages else []
    if "tests" in wanted and not doctor.browser():
        lines.append(machine.command(doctor.browser_command(machine.manager)))
    if not lines:
        return 0
    if not all(lines):
        print(f"This machine lacks: {' '.join(packages) or 'Chromium'}. Install them its own way, then try again.")
        return 1
    return _bring(machine, lines)


def _bring(machine: doctor.Machine, lines: list[str]) -> int:
    if machine.manager == "apt":
        lines = [machine.command("apt-get update -q"), *lines]
    if machine.manager == "apt" and (machine.root or _sudo_asks_nothing()):
        if all(_run(line) for line in lines):
            return 0
        print("That did not work. By hand it is this line:", file=sys.stderr)
    else:
        print("Some system libraries are missing. Type this line, then the same command again:", file=sys.stderr)
    print("  " + " && ".join(lines), file=sys.stderr)
    return 1


def _sudo_asks_nothing() -> bool:
    try:
        return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _run(line: str) -> bool:
    print(f"$ {line}", flush=True)
    return subprocess.run(["env", "DEBIAN_FRONTEND=noninteractive", *line.split()], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
