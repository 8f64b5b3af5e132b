"""Reads the table of cases of what changed, and writes a comparison the way that table does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.core.locales import language
from studio.guides.rules.callouts import CallOut
from studio.guides.rules.comparison import Compared, Fate, Line, changed, compare
from studio.guides.rules.lookalikes import Seen, seen
from studio.guides.rules.worddiff import Piece
from studio.rendering.blocks import assign_ids, split
from studio.review.rules.carry import Block

TABLE = Path(__file__).parents[1] / "guides" / "reading_cases.txt"


@dataclass
class Case:
    """Two versions of a text in a language, and how their comparison is written down."""

    name: str
    code: str
    before: str
    after: str
    marks: str

    def marked(self) -> str:
        before, after = versions(self.before, self.after)
        return "\n".join(_passage(one) for one in changed(compare(before, after, language(self.code))))


def cases() -> list[Case]:
    found = []
    for part in TABLE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        head, rest = part.split("\n", 1)
        name, code = head.rsplit(" | ", 1)
        _, before, after, marks = (one.strip("\n") for one in rest.split("--- "))
        texts = (_plain(one.split("\n", 1)[1] if "\n" in one else "") for one in (before, after))
        found.append(Case(name, code, *texts, marks.split("\n", 1)[1] if "\n" in marks else ""))
    return found


def versions(before: str, after: str) -> tuple[list[Block], list[Block]]:
    """Return the blocks of two versions as two saves of a text make them."""
    old, new = split(before), split(after)
    names = [f"b{place}" for place in range(len(old))]
    fresh = iter(range(len(old), len(old) + len(new)))
    kept = assign_ids(list(zip(names, old, strict=True)), new, lambda: f"b{next(fresh)}")
    return _blocks(names, old), _blocks(kept, new)


def _blocks(names, sources):
    return [Block(name, one.kind, one.source, one.hash) for name, one in zip(names, sources, strict=True)]


def _plain(text: str) -> str:
    r"""Write out ``\u202e`` and the like, so that the table shows what cannot be seen."""
    out, rest = "", text
    while "\\u{" in rest:
        head, rest = rest.split("\\u{", 1)
        number, rest = rest.split("}", 1)
        out += head + chr(int(number, 16))
    return out + rest


def _passage(one: Compared) -> str:
    fate = f"{'moved, ' if one.moved else ''}{one.fate}"
    lines = [f"{one.kind} {fate}:{_line(one.lines[0]) if len(one.lines) == 1 else ''}"]
    if len(one.lines) > 1:
        lines += [f"  {'moved, ' if line.moved else ''}{line.fate}:{_line(line)}" for line in one.lines if _told(line)]
    return "\n".join([*lines, *(f"  ! {_call_out(told)}" for told in one.call_outs)])


def _told(line: Line) -> bool:
    return line.fate is not Fate.KEPT or line.moved


def _line(line: Line) -> str:
    return f" {' | '.join(''.join(map(_piece, cell)) for cell in line.cells)}"


def _piece(piece: Piece) -> str:
    text = "".join(map(_seen, seen(piece.text))).replace("\n", "⏎")
    return {"same": text, "del": f"[-{text}-]", "ins": f"{{+{text}+}}"}[piece.kind]


def _seen(part: Seen) -> str:
    if not part.name:
        return part.text
    return f"⟨{part.text}: {part.name}⟩" if part.twin else f"⟨{part.name}⟩"


def _call_out(one: CallOut) -> str:
    same = " (the same)" if one.same else ""
    return f"{one.tells}: {', '.join(one.before) or '–'} → {', '.join(one.after) or '–'}{same}"
