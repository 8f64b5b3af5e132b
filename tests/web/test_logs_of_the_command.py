"""What the running house writes to its log holds nothing that anybody typed."""

from __future__ import annotations

import subprocess
import sys

HOUSE = """
import logging, sys
from studio import cli
try:
    cli.main(["doctor"])
    raise ValueError("what somebody typed")
except ValueError:
    logging.getLogger("studio.app").exception("a request failed")
logging.getLogger("uvicorn.error").error("GET /en/what-somebody-read/")
"""


def test_a_house_started_by_the_command_logs_the_kind_and_place_of_a_failure_and_none_of_its_words():
    done = subprocess.run([sys.executable, "-c", HOUSE], capture_output=True, text=True, check=True)
    assert "ERROR studio.app: a request failed" in done.stderr
    assert "builtins.ValueError" in done.stderr
    assert "somebody" not in done.stderr
