"""How the tests are spread over the cores: a file stays together, the longest begin, dear houses are built once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

LONGEST: Final = (
    "journeys/test_access_everywhere.py",
    "journeys/test_access.py",
    "journeys/test_racing.py",
    "journeys/test_permissions.py",
    "journeys/test_commands.py",
    "publish/test_pdf_standards.py",
    "journeys/test_corpus.py",
    "journeys/",
    "client/",
    "review/test_state_machine.py",
    "publish/",
    "editor/",
)
"""Files and folders that begin, so that no core is left alone with one of them at the end."""
TOGETHER: Final = (
    (
        "journeys/test_access.py",
        "journeys/test_four_loads.py",
        "journeys/test_library_on_a_stick.py",
        "journeys/test_whole_way.py",
    ),
    ("journeys/test_permissions.py", "journeys/test_headers_everywhere.py"),
    ("publish/test_pdf_standards.py", "publish/test_pdf.py", "publish/test_pdf_forms.py"),
    ("publish/test_pdf_pictures.py", "publish/test_collections_pdf.py"),
)
"""Files that use the same house or the same PDFs."""
UNMEASURED: Final = (
    "journeys/",
    "client/",
    "review/test_state_machine.py",
    "review/guests/test_any_order.py",
    "review/test_a_month.py",
    "guides/test_patterns_in_time.py",
    "publish/test_pdf",
    "publish/test_epub_standards.py",
    "publish/test_collections_pdf.py",
)
"""Files that take branches which quicker tests take too: counting lines makes Python half as fast, and tells nothing
new where a browser, a database or a typesetter is waited for."""
PURE: Final = (".rules", "studio.rendering", "studio.search.analyzers")
"""Modules of which every branch must have been taken while lines were counted."""
STALE: Final = pytest.StashKey[bool]()
FEWEST, MOST = 2, 4


class ByFile(LoadFileScheduling):
    """Gives a worker a whole file at a time, and files that belong together as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((group[0] for group in TOGETHER if file.endswith(group)), file)


def rank(file: str) -> int:
    """Return how early a file begins."""
    return next((at for at, one in enumerate(LONGEST) if f"tests/{one}" in file), len(LONGEST))


def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers ``-n auto`` means: even a single core waits a lot for browsers and disks."""
    return min(max(os.cpu_count() or 1, FEWEST), MOST)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Take the files in the order in which they were collected."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest files first where several workers share them, and count no lines where that tells nothing."""
    for item in items:
        if is_by_chance(item) or any(f"tests/{one}" in item.path.as_posix() for one in UNMEASURED):
            item.add_marker("no_cover")
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: rank(item.path.as_posix()))


def is_by_chance(item: pytest.Item) -> bool:
    """Whether a test draws its examples: hundreds of them, and which branches they take is another question each time.

    What must be taken is taken by examples that somebody wrote down.
    """
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let what was worked out while no lines were counted be worked out again by the first test that counts them."""
    measured = not item.get_closest_marker("no_cover")
    if measured and item.config.stash.get(STALE, False):
        forget()
    item.config.stash[STALE] = not measured
    return (yield)


def forget() -> None:
    """Empty what the pure modules keep."""
    for name, module in list(sys.modules.items()):
        if name.startswith("studio.") and any(part in name for part in PURE):
            for kept in vars(module).values():
                if isinstance(kept, _lru_cache_wrapper):
                    kept.cache_clear()
