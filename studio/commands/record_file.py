"""``studio check --record FILE``: whether a record is as its house signed it and fits the trail here."""

from __future__ import annotations

from pathlib import Path

from studio.commands.database import reading
from studio.core.settings import Settings
from studio.dashboard.record import export, signing
from studio.web.keyfile import secret_key


def check(settings: Settings, file: Path) -> int:
    """Say what a record proves; return 0 where it is as it was signed, and in its own house fits the trail."""
    try:
        content, verdict = export.read(file.read_bytes())
    except ValueError as problem:
        print(problem)
        return 1
    print(
        f"This record of {verdict.guide} ({verdict.language}), made on {verdict.made_on}, is as it was when it was "
        f"signed. Its sentences: {verdict.lines}. The mark of the key: {verdict.mark}"
    )
    own = settings.data / signing.NAME
    if not own.exists() or signing.public_key(settings.data) != content["key"]:
        print("There is no house here that holds this key. Compare the mark with the one that you got from the house.")
        return 0
    with reading(settings) as session:
        strangers = export.strangers(session, content, secret_key(settings).hex())
    if strangers:
        numbers = ", ".join(map(str, strangers))
        print(f"This house signed it, but its trail has other entries now than these of the record: {numbers}.")
        return 1
    print("This house signed it, and each of its entries stands in the trail as the record has it.")
    return 0
