"""Programs of others that figures are measured beside, in an environment of their own that ``make bench`` makes.

Where it could not be made, for want of a registry, ``python`` is None and their columns stay empty.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_ROOT: Final = Path(__file__).parents[1]
_PYTHON: Final = _ROOT / ".venv-peers" / "bin" / "python"
python: Final = _PYTHON if _PYTHON.exists() else None
"""The Python that has them, or None."""

_TYPST: Final = """
import json, sys, time
import typst
for line in sys.stdin:
    asked = json.loads(line)
    begun = time.process_time()
    content = typst.compile(asked["source"].encode(), font_paths=[asked["fonts"]], ignore_system_fonts=True)
    print((time.process_time() - begun) * 1000, len(content), flush=True)
"""


class Typst:
    """A typst that stays, in a process that does nothing else."""

    def __init__(self, process: subprocess.Popen[str], fonts: Path) -> None:
        """Let ``process`` find the fonts in the folder ``fonts``."""
        self._process = process
        self._fonts = fonts

    def compile(self, source: str) -> tuple[float, int]:
        """Return the CPU milliseconds and the bytes of the PDF of ``source``."""
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise EOFError
        to.write(json.dumps({"source": source, "fonts": str(self._fonts)}) + "\n")
        to.flush()
        spent, size = back.readline().split()
        return float(spent), int(size)


@contextmanager
def typst(fonts: Path) -> Iterator[Typst | None]:
    """Give a typst that finds the fonts in the folder ``fonts``; None where it is not here."""
    if python is None:
        yield None
        return
    with subprocess.Popen([python, "-c", _TYPST], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Typst(process, fonts)
        if process.stdin:
            process.stdin.close()


def mkdocs(folder: Path) -> float:
    """Return the CPU milliseconds, user and system, of ``mkdocs build`` of the folder ``folder``; its site is in it.

    Raise RuntimeError with what it said where it stopped.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked: list[Any] = [python, "-m", "mkdocs", "build", "--quiet"]
    told = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(asked, cwd=folder, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ((after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)) * 1000
