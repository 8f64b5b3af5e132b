"""All that is published, read in a few questions: what is exported, and what each part of it is made from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sqlalchemy import UnicodeText, cast, func, select
from sqlalchemy.orm import Session

from studio.core.locales import LANGUAGES, Language, language
from studio.guides.consents.models import Consent
from studio.guides.models import Guide, Media, Revision, Translation
from studio.guides.rules.consent import BEFORE, Scope
from studio.guides.rules.statuses import Kind, Standing
from studio.publish.models import Build, Edition, PublicNote, Recheck
from studio.publish.pages import views


@dataclass(slots=True)
class Text:
    """A live text as lists show it, with the ids of its rows; ``state`` tells when anything of it has changed."""

    translation_id: str
    edition_id: str
    revision_id: str
    build_id: str
    guide_id: str
    code: str
    slug: str
    opaque_id: str
    number: int
    people: int
    published_on: date
    checked_on: date
    title: str
    summary: str
    topics: tuple[str, ...]
    first_on: date
    """The day on which readers had it first."""
    only: tuple[str, bool] | None
    """Where there is but one edition: what it says of itself, and whether it is a correction."""
    notes: tuple[views.NoteEntry, ...]
    """The dated notes to its readers, the newest first."""
    scope: frozenset[Scope] | None
    """Of a story, what its teller agreed to beside the page."""
    state: str
    path: str = field(init=False)
    """Its address inside the house."""
    quiet_path: str = field(init=False)
    """The address that tells nothing."""
    groups: tuple[str, str, str] = field(init=False)
    """The parts of the folder that hold it: under its name, under its quiet one, and its words."""

    def __post_init__(self) -> None:
        """Make the addresses once: an export asks for them many times."""
        name, quiet = f"{self.code}/{self.slug}", f"n/{self.code}/{self.opaque_id}"
        self.path, self.quiet_path = f"/{name}/", f"/{quiet}/"
        self.groups = (name, quiet, f"search/{self.code}/text/{self.slug}.js")


@dataclass(slots=True)
class Shelf:
    """Every live text, the one checked last first."""

    texts: list[Text]
    languages_of: dict[str, int] = field(default_factory=dict)
    """In how many languages each guide can be read."""
    paths: dict[tuple[str, str], str] = field(default_factory=dict)
    """Where a guide is read in a language."""
    addresses: frozenset[str] = frozenset()
    """The addresses of all texts, under both of their names."""
    endings: dict[str, str] = field(default_factory=dict)
    """What the file of each image ends in, by its SHA-256."""

    by_code: dict[str, list[Text]] = field(default_factory=dict)
    """The texts in each language, in the same order."""
    as_of: date | None = None
    """The newest day that anything here is of; None for an empty library."""
    topics_in: dict[str, set[str]] = field(default_factory=dict)
    """The languages in which there is something about a topic."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which there is something to read, in the order of the house."""
        live = self.by_code.keys()
        known = tuple(one for code, one in LANGUAGES.items() if code in live)
        return known + tuple(language(code) for code in sorted(live - LANGUAGES.keys()))

    def of(self, code: str) -> list[Text]:
        """Return the texts in one language."""
        return self.by_code.get(code, [])

    def said(self, texts: Iterable[Text]) -> str:
        """Return a checksum of whatever lists say of ``texts``, in their order."""
        return digest([(one.path, one.state, self.languages_of[one.guide_id]) for one in texts])

    def entry(self, text: Text) -> views.GuideEntry:
        """Return a text as lists show it."""
        return views.GuideEntry(
            title=text.title,
            address=text.path,
            language=language(text.code),
            summary=text.summary,
            checked_on=text.checked_on,
            people=text.people,
            languages=self.languages_of[text.guide_id],
            quiet_address=text.quiet_path,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One file beside the texts: its path, what it is made from, and how."""

    path: str
    made_from: str
    make: Callable[[], bytes]


def digest(*parts: object) -> str:
    """Return a checksum of ``parts``, which are plain values."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def read(session: Session) -> Shelf:
    """Return everything that readers have now."""
    # tables rather than classes: rows of plain values, in half of the time
    translation, edition, revision, guide = (one.__table__ for one in (Translation, Edition, Revision, Guide))
    live = (
        select(
            translation.c.id,
            edition.c.id,
            revision.c.id,
            translation.c.guide_id,
            guide.c.kind,
            translation.c.language,
            translation.c.slug,
            translation.c.opaque_id,
            edition.c.number,
            edition.c.people,
            edition.c.published_on,
            edition.c.checked_on,
            revision.c.fields["title"].as_string(),
            revision.c.fields["summary"].as_string(),
            cast(revision.c.topics, UnicodeText),
            edition.c.changelog,
            edition.c.correction,
            edition.c.label,
        )
        .join(Edition.__table__, edition.c.translation_id == translation.c.id)
        .join(Revision.__table__, revision.c.id == edition.c.revision_id)
        .join(Guide.__table__, guide.c.id == translation.c.guide_id)
        .where(edition.c.standing == Standing.LIVE)
    )
    rows = session.execute(live).all()
    again, builds, history, notes = _rechecks(session), _builds(session), _history(session), _notes(session)
    scopes = {
        guide: frozenset(map(Scope, scope)) for guide, scope in session.execute(select(Consent.guide_id, Consent.scope))
    }
    texts = []
    topics_of = cache(lambda written: tuple(json.loads(written)))  # ten thousand texts have some hundred lists at most
    for row in rows:
        text, edition, revision, guide, kind, code, slug, opaque, number, people, *more = row
        published, checked, title, summary, topics, changelog, correction, label = more
        scope = scopes.get(guide, BEFORE) if kind is Kind.STORY else None
        if scope is not None and Scope.PASSING_ON not in scope:
            continue  # a copy that is carried on cannot be called back
        past, told = history.get(text, []), tuple(notes.get(text, ()))
        build, inputs = builds.get(edition, ("", ""))
        day = max(checked, *again[edition]) if edition in again else checked
        texts.append(
            Text(
                translation_id=text,
                edition_id=edition,
                revision_id=revision,
                build_id=build,
                guide_id=guide,
                code=code,
                slug=slug,
                opaque_id=opaque,
                number=number,
                people=people,
                published_on=published,
                checked_on=day,
                title=title or "",
                summary=summary or "",
                topics=topics_of(topics),
                first_on=min(one[0] for one in past) if past else published,
                only=None if past else (changelog, correction),
                notes=told,
                scope=scope,
                state=digest(build, inputs, slug, opaque, edition, day, label, sorted(scope or ()), past, told),
            )
        )
    texts.sort(key=lambda one: (-one.checked_on.toordinal(), -one.published_on.toordinal(), one.slug, one.code))
    by_code: defaultdict[str, list[Text]] = defaultdict(list)
    for one in texts:
        by_code[one.code].append(one)
    many = Counter(one.guide_id for one in texts)
    media = session.execute(select(Media.sha, Media.media_type))
    paths = {(one.guide_id, one.code): one.path for one in texts}
    addresses = frozenset(address for one in texts for address in (one.path, one.quiet_path))
    topics_in: defaultdict[str, set[str]] = defaultdict(set)
    for one in texts:
        for topic in one.topics:
            topics_in[topic].add(one.code)
    return Shelf(
        texts,
        languages_of=dict(many),
        by_code=dict(by_code),
        paths=paths,
        addresses=addresses,
        endings={sha: f".{kind.rpartition('/')[2]}" for sha, kind in media},
        as_of=max((day for one in texts for day in (one.published_on, one.checked_on)), default=None),
        topics_in=dict(topics_in),
    )


def _rechecks(session: Session) -> dict[str, list[date]]:
    found: defaultdict[str, list[date]] = defaultdict(list)
    for edition, on in session.execute(select(Recheck.edition_id, Recheck.on)):
        found[edition].append(on)
    return found


def _builds(session: Session) -> dict[str, tuple[str, str]]:
    """Return the id and the inputs of the newest finished build of each edition."""
    newest = (
        select(Build.edition_id, func.max(Build.n).label("n")).where(Build.state == "done").group_by(Build.edition_id)
    )
    last = newest.subquery()
    same = (Build.edition_id == last.c.edition_id) & (Build.n == last.c.n)
    rows = session.execute(select(Build.edition_id, Build.id, Build.inputs_checksum).join(last, same))
    return {edition: (build, inputs) for edition, build, inputs in rows}


def _notes(session: Session) -> dict[str, list[views.NoteEntry]]:
    """Return the notes to the readers of each text, the newest first."""
    found: defaultdict[str, list[views.NoteEntry]] = defaultdict(list)
    rows = select(PublicNote.translation_id, PublicNote.on, PublicNote.text)
    for text, on, words in session.execute(rows.order_by(PublicNote.on.desc(), PublicNote.id)):
        found[text].append(views.NoteEntry(on, words))
    return found


def _history(session: Session) -> dict[str, list[tuple[date, int, str, str]]]:
    """Return what the list of editions says of each text that has more than one, in its order."""
    found: defaultdict[str, list[tuple[date, int, str, str]]] = defaultdict(list)
    columns = (Edition.translation_id, Edition.number, Edition.standing, Edition.published_on, Edition.label)
    had = Edition.standing != Standing.BUILDING
    several = select(Edition.translation_id).where(had).group_by(Edition.translation_id).having(func.count() > 1)
    rows = select(*columns).where(had, Edition.translation_id.in_(several))
    for text, number, standing, on, label in session.execute(rows.order_by(Edition.translation_id, Edition.number)):
        found[text].append((on, number, str(standing), label))
    return found
