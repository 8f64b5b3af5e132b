"""Keep the pictures of today: ``python tests/publish/keep_pictures.py [cards|pages] [FOLDER]``.

Without a folder they take the place of those that are kept, for the tests to compare with; with one they are put there
as PNG files, to be looked at first.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SETS = {"cards": "test_card_pictures", "pages": "test_pdf_pictures"}


def _beside(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(names):
    """Keep the sets that are named, or both."""
    sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "helpers")]
    beside = _beside("conftest")
    asked = [name for name in SETS if name in names] or list(SETS)
    folders = [Path(name) for name in names if name not in SETS]
    with tempfile.TemporaryDirectory() as fonts:
        beside.use_own_fonts(Path(fonts))
        for name in asked:
            module = _beside(SETS[name])
            pictures = module.pictures(beside.samples.document)
            if not folders:
                module.KEPT.keep(pictures)
            for called, picture in pictures if folders else ():
                picture.save(folders[0] / f"{called}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
