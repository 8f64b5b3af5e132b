"""Fixtures for the dashboard: the house in memory of the checks' tests, and a real one with pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))

from houses import House, close_house, open_house


@pytest.fixture
def house() -> Iterator[House]:
    made = open_house()
    yield made
    close_house(made)
