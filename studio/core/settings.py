"""The settings, read once from the environment; an unknown name or a bad value stops the start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.core.errors import SettingsError
from studio.core.locales import LANGUAGES
from studio.core.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_PROCESSES = 64

DESCRIPTIONS: dict[str, str] = {
    "STUDIO_DATA": "Folder of the database, images and everything derived. Default: ./var",
    "STUDIO_DATABASE_URL": "Database address. Default: SQLite in STUDIO_DATA",
    "STUDIO_SITE_NAME": "Name of the house in page heads and PDFs. Default: Guide House",
    "STUDIO_BASE_URL": "Public address, such as https://guides.example. Without it no absolute address is written",
    "STUDIO_SECRET_KEY": "Secret of at least 32 characters. Default: made once in STUDIO_DATA, for its owner alone",
    "STUDIO_LANGUAGES": "Comma-separated codes of the languages offered. Default: all twelve",
    "STUDIO_PROCESSES": "Number of web processes. Default: 1",
    "STUDIO_TRUSTED_PROXIES": "Number of reverse proxies in front. Default: 0",
    "STUDIO_ACCENT": "Colour of the cards for sharing, such as #7a1f4b; dark enough to read on paper. Default: #4b2178",
    "STUDIO_EXIT_URL": "Where Leave goes. Default: https://www.wikipedia.org/",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. ``demo`` is the practice house."""

    data: Path
    database_url: str
    site_name: str = "Guide House"
    base_url: str = ""
    secret_key: str = ""
    languages: tuple[str, ...] = tuple(LANGUAGES)
    processes: int = 1
    trusted_proxies: int = 0
    exit_url: str = "https://www.wikipedia.org/"
    accent: str = ""
    demo: bool = False

    @property
    def https(self) -> bool:
        """Whether the public address is encrypted, so that cookies may demand it."""
        return self.base_url.startswith("https://")


def from_environment(environ: Mapping[str, str], *, demo: bool = False) -> Settings:
    """Read ``STUDIO_*`` from ``environ``; raise SettingsError with one sentence for an unknown name or a bad value."""
    names = {name: value.strip() for name, value in environ.items() if name.startswith("STUDIO_")}
    for name in names:
        if name not in DESCRIPTIONS:
            raise SettingsError(
                N_("{name} is not a setting. Choose from: {all}.", name=name, all=" ".join(DESCRIPTIONS))
            )
    data = Path(names.get("STUDIO_DATA") or "var").expanduser().resolve()
    if demo:
        data /= "practice"
    return Settings(
        data=data,
        database_url=names.get("STUDIO_DATABASE_URL") or f"sqlite:///{data / 'studio.db'}",
        site_name=names.get("STUDIO_SITE_NAME") or "Guide House",
        base_url=_address(names, "STUDIO_BASE_URL", ""),
        secret_key=_secret(names),
        languages=_languages(names),
        processes=_number(names, "STUDIO_PROCESSES", 1, 1, MAX_PROCESSES),
        trusted_proxies=_number(names, "STUDIO_TRUSTED_PROXIES", 0, 0, 8),
        exit_url=_address(names, "STUDIO_EXIT_URL", "https://www.wikipedia.org/"),
        accent=_colour(names, "STUDIO_ACCENT"),
        demo=demo,
    )


def _address(names: Mapping[str, str], name: str, default: str) -> str:
    value = names.get(name) or default
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise SettingsError(N_("{name} must look like https://guides.example, not “{value}”.", name=name, value=value))
    return value.rstrip("/") if name == "STUDIO_BASE_URL" else value


def _colour(names: Mapping[str, str], name: str) -> str:
    value = names.get(name, "").lower()
    if value and not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise SettingsError(N_("{name} must look like #7a1f4b, not “{value}”.", name=name, value=value))
    return value


def _secret(names: Mapping[str, str]) -> str:
    value = names.get("STUDIO_SECRET_KEY", "")
    if value and len(value) < 32:  # noqa: PLR2004 - the description names the figure
        raise SettingsError(N_("STUDIO_SECRET_KEY needs 32 characters or more. Leave it out and one is made."))
    return value


def _languages(names: Mapping[str, str]) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in names.get("STUDIO_LANGUAGES", "").split(",") if code.strip())
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown:
        raise SettingsError(
            N_("STUDIO_LANGUAGES has “{code}”. Choose from: {all}.", code=unknown[0], all=" ".join(LANGUAGES))
        )
    return codes or tuple(LANGUAGES)


def _number(names: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = names.get(name, "")
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise SettingsError(
            N_(
                "{name} must be a whole number from {low} to {high}, not “{value}”.",
                name=name,
                low=low,
                high=high,
                value=value,
            )
        )
    return int(value)
