"""Making Pango see the fonts of the house and no other, for PDFs and cards alike."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from studio.theming.fonts import private_fontconfig

_VARIABLE: Final = "FONTCONFIG_FILE"
_ready: set[str] = set()


def use_own_fonts(folder: Path | None = None) -> None:
    """Point this process at the fonts of the house, once, before anything is drawn.

    ``folder`` keeps the list of fonts between starts; without one it is made anew and goes with the process.
    """
    if os.environ.get(_VARIABLE, "") in _ready:
        return
    path = private_fontconfig(folder or _passing())
    os.environ[_VARIABLE] = str(path)
    _ready.add(str(path))


def _passing() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="studio-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
