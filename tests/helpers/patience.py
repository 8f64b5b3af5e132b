"""How long tests wait for what must come: all cores are busy while they run, so nothing comes at its usual pace."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import expect

SECONDS: Final = 40
MS: Final = SECONDS * 1_000
expect.set_options(timeout=MS)
