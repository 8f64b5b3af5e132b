"""How the tests are spread over the cores: a file stays together, the longest begin, dear houses are built once."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
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
COUNTED: Final = pytest.StashKey[bool]()
WHOLE_APP: Final = "app"
"""The fixture of tests that drive the whole app."""
ONE_IN: Final = 6
"""Of the tests of a file that drive the whole app, lines are counted in each sixth: the others take the same ways
through it, and the rest of the branches is asked for where a test calls what it tests."""
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
    """Put the longest files first where several workers share them, and choose where lines are counted."""
    through_all: Counter[str] = Counter()
    for item in items:
        file = item.path.as_posix()
        if WHOLE_APP in getattr(item, "fixturenames", ()):
            through_all[file] += 1
            item.stash[COUNTED] = through_all[file] % ONE_IN == 1
        if is_by_chance(item) or any(f"tests/{one}" in file for one in UNMEASURED):
            item.stash[COUNTED] = False
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: rank(item.path.as_posix()))


def is_by_chance(item: pytest.Item) -> bool:
    """Whether a test draws its examples: hundreds of them, and which branches they take is another question each time.

    What must be taken is taken by examples that somebody wrote down.
    """
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Count no lines while a test is made ready: a line that only then is taken is proved by nothing."""
    with uncounted(item.config):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Count no lines while it is cleared away."""
    with uncounted(item.config):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let what was worked out while no lines were counted be worked out again by a test that counts them."""
    if not item.stash.get(COUNTED, True):
        with uncounted(item.config):
            return (yield)
    forget()
    return (yield)


@contextmanager
def uncounted(config: pytest.Config) -> Iterator[None]:
    """Let Python run without the counting of lines, where there is one."""
    counting = getattr(config.pluginmanager.get_plugin("_cov"), "cov_controller", None)
    if counting is None:
        yield
        return
    counting.pause()
    try:
        yield
    finally:
        counting.resume()


def forget() -> None:
    """Empty what the pure modules keep."""
    for name, module in list(sys.modules.items()):
        if name.startswith("studio.") and any(part in name for part in PURE):
            for kept in vars(module).values():
                if isinstance(kept, _lru_cache_wrapper):
                    kept.cache_clear()
