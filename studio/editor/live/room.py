"""A room: everybody who has one text open in this process, what they typed that waits to be written, who they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from studio.core.words import N_, Message
from studio.editor.live import frames
from studio.editor.live.frames import Kind
from studio.editor.live.line import MANY_REFUSED, Line
from studio.editor.live.people import Elsewhere
from studio.editor.live.scribe import Message as Typed
from studio.editor.live.scribe import News, Written
from studio.editor.live.standing import Code, Standing
from studio.guides.drafts.live import Outcome, Why
from studio.guides.drafts.log import MAX_BYTES
from studio.i18n.catalogues import translator

Answer = Callable[[bytes | Code], None]
NOT_SAVED: Final = "not_saved"
_UNKNOWN: Final = N_("Something went wrong in this page. Copy what you wrote last, then open the page again.")
_SENTENCES: Final[dict[str, Message]] = {
    Why.TOO_LARGE: N_(
        "A guide may have {limit} kB, and this text has reached them. Your words are kept here: make it shorter, "
        "or part it into two guides.",
        limit=MAX_BYTES // 1000,
    ),
    Why.MALFORMED: _UNKNOWN,
    Why.NOT_YOURS: _UNKNOWN,
    NOT_SAVED: N_("The house cannot save just now. Your words are kept here and are sent again by themselves."),
}


@dataclass(frozen=True, slots=True)
class Pending:
    """Something typed that waits to be written: by which line, its number there, and who is to be told."""

    message: Typed
    line: str
    n: int
    language: str
    answer: Answer


@dataclass(slots=True)
class Room:
    """The editors of one text. Belongs to the event loop."""

    text_id: str
    seq: int = 0
    lines: dict[str, Line] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)

    @property
    def empty(self) -> bool:
        """Whether nobody is here and nothing waits."""
        return not self.lines and not self.pending

    def take_pending(self) -> list[Pending]:
        """Return what waits, which waits here no longer."""
        taken, self.pending = self.pending, []
        return taken

    def settle(self, pending: Sequence[Pending], written: Written) -> list[Line]:
        """Tell everybody what came of a group: first what is new, then to each writer that it is saved, or why not.

        Whom the text's team counts by this is told who is here; return their lines.
        """
        outcomes = written.outcomes or (Outcome(0),) * len(pending)
        typed = [(one.line, one.message.typed.update) for one, got in zip(pending, outcomes, strict=True) if got.new]
        self.tell(written.news, typed if written.outcomes is not None else ())
        for one, outcome in zip(pending, outcomes, strict=True):
            one.answer(self._answer(one, outcome, written))
        counted = {visit_id for visit_id, found in written.standings.items() if found.in_team}
        counted |= {one.message.visit_id for one, got in zip(pending, outcomes, strict=True) if got.new}
        joined = [line for line in self.lines.values() if not line.in_team and line.visitor.visit.id in counted]
        for line in joined:
            line.in_team = True
            line.put(frames.pack(Kind.PEOPLE, {"here": self.people(), "gone": []}))
        return joined

    def tell(self, news: News, typed: Sequence[tuple[str, bytes]] = ()) -> None:
        """Bring what others wrote to each line: ``news``, and what other lines ``typed``."""
        self.seq = max(self.seq, news.seq + len(typed))
        every = [*news.updates, *(update for _, update in typed)]
        if not every or not self.lines:
            return
        whole, writers = frames.changed(self.seq, every), {name for name, _ in typed}
        for line in list(self.lines.values()):
            if line.name not in writers:
                line.put(whole)
                continue
            others = [*news.updates, *(update for name, update in typed if name != line.name)]
            if others:
                line.put(frames.changed(self.seq, others))

    def show(self, here: Sequence[Mapping[str, Any]], gone: Iterable[str]) -> None:
        """Tell the text's team who came, moved or left."""
        left = list(gone)
        if here or left:
            frame = frames.pack(Kind.PEOPLE, {"here": here, "gone": left})
            for line in list(self.lines.values()):
                if line.in_team:
                    line.put(frame)

    def hint(self, what: str) -> None:
        """Tell everybody that something beside the text changed, which they fetch."""
        frame = frames.pack(Kind.HINT, {"what": what})
        for line in list(self.lines.values()):
            line.put(frame)

    def people(self) -> list[Mapping[str, Any]]:
        """Return all whom the text's team is shown, in whichever process."""
        return [*self.shown(), *self.elsewhere.people()]

    def shown(self) -> list[dict[str, Any]]:
        """Return the people of this process whom others are shown."""
        return [line.person.told() for line in self.lines.values() if line.shown]

    def _answer(self, one: Pending, outcome: Outcome, written: Written) -> bytes | Code:
        code = _code(written.standings.get(one.message.visit_id))
        if code:
            return code
        why = NOT_SAVED if written.outcomes is None else outcome.why
        if why is None:
            return frames.pack(Kind.SAVED, {"n": one.n, "seq": outcome.seq})
        sentence = translator(one.language, "studio").say(_SENTENCES[why]) if why in _SENTENCES else ""
        told = {"n": one.n, "code": str(why), "sentence": sentence, "state": frames.base64_of(written.vector)}
        return frames.pack(Kind.REFUSED, told)


def answer_line(line: Line) -> Answer:
    """Return what tells ``line`` its answers, and ends it where too much of what it sends has to be refused."""

    def answer(said: bytes | Code) -> None:
        if isinstance(said, Code):
            line.end(said)
            return
        line.put(said)
        if said[0] == Kind.REFUSED:
            line.refused += 1
            if line.refused > MANY_REFUSED:
                line.end(Code.BROKE_A_LIMIT)

    return answer


def _code(found: Standing | None) -> Code | None:
    if found is None or found.may_write:
        return None
    return found.code or Code.PUT_AWAY
