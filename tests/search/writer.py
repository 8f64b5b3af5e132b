"""Run as a process of its own: replaces one text again and again, saying so after each time."""

from __future__ import annotations

import sys
from pathlib import Path

from studio.search.index import SearchIndex, SectionEntry


def main() -> None:
    index = SearchIndex(Path(sys.argv[1]))
    for number in range(int(sys.argv[2])):
        entries = [
            SectionEntry("g", "g/en", "en", f"s{at}", "Rest", "", f"Version {number} of rest") for at in range(3)
        ]
        index.replace("g/en", entries)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


main()
