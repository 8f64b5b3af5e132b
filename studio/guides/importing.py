"""Bring Markdown files in as drafts: what becomes of each file, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Invalid, StudioError
from studio.core.locales import CODE, LANGUAGES
from studio.core.words import N_, Message
from studio.guides import foreign, names
from studio.guides import operations as kernel
from studio.guides.drafts.document import Edit
from studio.guides.drafts.log import apply, clean
from studio.guides.media import add_image
from studio.guides.models import Guide, Revision, Translation
from studio.guides.rules.statuses import Kind, Significance, UpdateKind

Outcome = Literal["draft", "there already", "refused"]
SUFFIXES: Final = (".md", ".markdown")
TEXT_LIMIT: Final = 256_000


@dataclass(slots=True)
class Imported:
    """What became of one file."""

    file: str
    outcome: Outcome
    reason: Message | None = None
    guide: str = ""
    language: str = ""
    dropped: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be imported and what the command line says about it."""

    path: Path
    root: Path
    language: str = ""
    topic: str = ""

    @property
    def shown(self) -> str:
        """The file's name as the report shows it."""
        return self.path.relative_to(self.root).as_posix()


def files(folder: Path) -> Iterator[Path]:
    """Yield the Markdown files of ``folder`` in order, without README files; a file yields itself."""
    if folder.is_file():
        yield folder
        return
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme" and path.is_file():
            yield path


def take_in(session: Session, source: Source, actor_id: str | None, now: datetime) -> Imported:
    """Bring one file in as a draft with its first saved version, or say why not; never half of it."""
    done = Imported(source.shown, "refused")
    with session.begin_nested() as savepoint:
        try:
            _take_in(session, source, actor_id, now, done)
        except StudioError as refusal:
            savepoint.rollback()
            done.outcome, done.reason = "refused", refusal.message
    return done


def _take_in(session: Session, source: Source, actor_id: str | None, now: datetime, done: Imported) -> None:
    if source.path.stat().st_size > TEXT_LIMIT:
        raise Invalid(N_("This file is larger than {n} kB. Part it into several guides.", n=TEXT_LIMIT // 1000))
    pictures: dict[str, bytes] = {}
    text = foreign.read(source.path.read_bytes(), source.path.stem, lambda name: _find_image(source, name, pictures))
    done.language, done.dropped = _language(source, text.meta), text.dropped
    if done.language not in LANGUAGES:
        done.dropped.append(
            N_("{code} is not one of the twelve languages: words of our own are English.", code=done.language)
        )
    there = _there_already(session, source, text, done.language)
    if there:
        done.outcome, done.guide = "there already", there
        return
    translation = _begin(session, source, text, done.language, actor_id, now)
    body = text.body
    for reference, data in pictures.items():
        body = body.replace(f"({reference})", f"(media:{add_image(session, translation, data, now).sha})")
    if pictures:
        _replace_body(session, translation, body, actor_id, now)
    kernel.save_version(session, actor_id, translation, significance=Significance.CONTENT, note="", now=now)
    subject = f"translation:{translation.id}"
    trail.record(session, actor=actor_id, act="import", subject=subject, details={"file": source.path.suffix}, now=now)
    done.outcome, done.guide = "draft", translation.guide_id


def _begin(
    session: Session, source: Source, text: foreign.Foreign, language: str, actor_id: str | None, now: datetime
) -> Translation:
    wanted = _guide_id(source, text.meta)
    guide = session.get(Guide, wanted) if wanted else None
    if guide:
        return kernel.add_translation(
            session,
            actor_id,
            guide,
            language=language,
            fields=text.fields,
            body=text.body,
            now=now,
            update=UpdateKind.IMPORT,
        )
    topics = _words(text.meta.get("topics"))
    return kernel.start_guide(
        session,
        actor_id,
        fields=text.fields,
        language=language,
        body=text.body,
        now=now,
        kind=_kind(text.meta.get("kind")),
        facets=_words(text.meta.get("facets")),
        topics=topics or ([source.topic] if source.topic else []),
        guide_id=wanted,
        update=UpdateKind.IMPORT,
    )


def _replace_body(session: Session, translation: Translation, body: str, actor_id: str | None, now: datetime) -> None:
    draft = translation.draft
    whole = [Edit(0, len(draft.text), body)]
    apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=whole,
        fields={},
        author=actor_id,
        kind=UpdateKind.IMPORT,
        now=now,
    )


def _language(source: Source, meta: Mapping[str, Any]) -> str:
    folders = [part for part in reversed(source.path.relative_to(source.root).parts[:-1]) if part in LANGUAGES]
    root = source.root.name if source.root.name in LANGUAGES else ""
    stem = source.path.stem if source.path.stem in LANGUAGES else ""
    said = str(meta.get("lang") or meta.get("language") or "")
    code = said or stem or (folders[0] if folders else root) or source.language
    if not CODE.fullmatch(code):
        raise Invalid(N_("Say in which language this is: “lang: en” at its top, a folder named en, or --language en."))
    return code


def _guide_id(source: Source, meta: Mapping[str, Any]) -> str:
    said = str(meta.get("id") or "")
    if source.path.stem in LANGUAGES and not said:
        said = source.path.parent.name
    return names.ascii_name(said) if said else ""


def _there_already(session: Session, source: Source, text: foreign.Foreign, language: str) -> str:
    """Return the guide that a file became before: that of its id, or the one that began with the same words."""
    wanted = _guide_id(source, text.meta)
    if wanted:
        known = select(Translation.guide_id).where(Translation.language == language, Translation.guide_id == wanted)
        return session.scalar(known) or ""
    same_title = (
        select(Translation.guide_id, Revision.body)
        .join(Revision, Revision.translation_id == Translation.id)
        .where(Translation.language == language, Revision.number == 1)
        .where(Revision.fields["title"].as_string() == text.fields.title)
        .order_by(Translation.created_at, Translation.id)
    )
    others = list[str]()
    for guide, body in session.execute(same_title):
        if _without_images(body) == _without_images(clean(text.body)):
            return str(guide)
        others.append(guide)
    if others:
        text.dropped.append(N_("Another text has the same title and is kept, too: {name}.", name=", ".join(others)))
    return ""


def _without_images(body: str) -> str:
    return re.sub(r"\((?:image:[0-9]+|media:[0-9a-f]{64})\)", "()", body)


def _find_image(source: Source, name: str, pictures: dict[str, bytes]) -> str | None:
    path = (source.path.parent / name).resolve()
    if not path.is_relative_to(source.root.resolve()) or not path.is_file():
        return None
    reference = f"image:{len(pictures)}"
    pictures[reference] = path.read_bytes()
    return reference


def _kind(value: object) -> Kind:
    try:
        return Kind(str(value or "guide"))
    except ValueError as error:
        every = ", ".join(Kind)
        raise Invalid(
            N_("“{value}” is not a kind of text. Choose from: {all}.", value=str(value), all=every)
        ) from error


def _words(value: object) -> list[str]:
    """Return a list of front matter, or one written as words with commas between them."""
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return [str(one) for one in value] if isinstance(value, list) else []
