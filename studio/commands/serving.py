"""``studio run``, ``studio worker`` and ``studio doctor``."""

from __future__ import annotations

import argparse
import dataclasses
import os
import socket
from pathlib import Path

from sqlalchemy import func, select

from studio import server
from studio.commands import practice
from studio.commands.database import settings_of, writing
from studio.core import clock, doctor
from studio.core.errors import SettingsError
from studio.core.settings import Settings
from studio.core.words import N_
from studio.dashboard.starting import bring_starter_texts
from studio.guides.models import Guide
from studio.members.actor import Role
from studio.members.commands import address, invite
from studio.members.models import Member
from studio.review.library import library
from studio.theming import fonts

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(options: argparse.Namespace) -> int:
    """Serve the house until it is stopped."""
    settings = settings_of(options)
    library()
    if options.demo:
        settings = _practice(settings, options)
    if options.processes:
        settings = dataclasses.replace(settings, processes=options.processes)
    use_own_fonts(settings)
    listener = _listener(options.host, options.port)
    welcome = practice.prepare(settings) if options.demo else _first_start(settings, options.port)
    shown = f"[{options.host}]" if ":" in options.host else options.host

    def ready() -> None:
        print(f"Studio is at http://{shown}:{options.port}/ (Ctrl+C stops it)")
        print(welcome, flush=True)

    server.Supervisor(settings, listener).run(ready)
    return 0


def worker(options: argparse.Namespace) -> int:
    """Run the background work alone, without a renderer that is kept warm."""
    settings = settings_of(options)
    use_own_fonts(settings)
    with writing(settings):
        pass
    server.work(settings)
    return 0


def diagnose(_options: argparse.Namespace) -> int:
    """Name what is missing and the command that mends it; 1 where something needed is missing."""
    findings = doctor.examine(fonts.missing_files, os.environ.get("STUDIO_BASE_URL", ""))
    for finding in findings:
        print(("  fine     " if finding.found else "  missing  ") + str(finding.sentence))
        if not finding.found and finding.command:
            print(f"           {finding.command}")
    return int(any(not finding.found and finding.weight == "needed" for finding in findings))


def use_own_fonts(settings: Settings) -> None:
    """Let Pango know our fonts alone; before anything loads it."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["FONTCONFIG_FILE"] = str(fonts.private_fontconfig(Path(settings.data)))


def _practice(settings: Settings, options: argparse.Namespace) -> Settings:
    if options.host not in LOOPBACK:
        raise SettingsError(N_("The practice house answers this machine alone. Leave --host out."))
    return dataclasses.replace(settings, base_url=settings.base_url or f"http://127.0.0.1:{options.port}")


def _listener(host: str, port: int) -> socket.socket:
    try:
        return server.listen(host, port)
    except OSError as problem:
        raise SettingsError(
            N_(
                "Port {port} cannot be had ({why}). Choose another with --port.",
                port=port,
                why=problem.strerror,
            )
        ) from problem


def _first_start(settings: Settings, port: int) -> str:
    """Bring the starter texts in as drafts and make the organiser's link where nobody is here yet."""
    with writing(settings) as session:
        if not session.scalar(select(func.count()).select_from(Guide)):
            bring_starter_texts(session, None, clock.now())
        if session.scalar(select(func.count()).select_from(Member)):
            return "Members sign in at /studio/."
        path = invite(session, role=Role.STEWARD, language="en", now=clock.now())
    return f"Nobody is here yet. The organiser comes in once, by this link:\n  {address(settings, path, port)}"
