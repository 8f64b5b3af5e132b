"""What was met in a word processor's file and does not come over, and the sentence for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from studio.core.words import N_, Message

SENTENCES: Final = {
    "comments": N_("Comments stayed behind: {n}."),
    "deleted": N_("Passages that were deleted while changes were tracked stayed behind: {n}."),
    "hidden": N_("Hidden words stayed behind. Passages: {n}."),
    "margins": N_("What stands at the top and bottom of each page stayed behind."),
    "contents": N_("The list of contents stayed behind: it is made here by itself."),
    "no_words": N_(
        "Pictures without a description stayed behind: {n}. Put them in again under Images and say what they show."
    ),
    "elsewhere": N_("Pictures that are not in the file itself or are too large stayed behind: {n}."),
    "too_many": N_("Pictures beyond the first {most} stayed behind: {n}. Put them in again under Images."),
    "unreadable": N_("A picture that cannot be read here stayed behind: {words}"),
    "inserted": N_("A drawing, chart or file within the file stayed behind: {n}."),
    "formula": N_("A formula became plain characters: {words}"),
    "ruby": N_("Readings beside characters now stand in brackets after them: {n}."),
    "symbols": N_("Signs of a font that is not here stayed behind: {n}."),
    "merged": N_("Merged cells of tables were parted: {n}."),
    "lines": N_("In tables each cell became one line."),
    "within": N_("Links to other places in the file became plain words: {n}."),
    "nowhere": N_("A link that leads nowhere here became plain words: {name}"),
    "wordless": N_("A link without words was dropped: {name}"),
}
"""In the order in which they are told."""
_SHORT: Final = 80
_MANY: Final = 12
"""Sentences of one sort that are told; a page of them would not be read."""


@dataclass
class Found:
    """Counts and words, gathered while a file is read."""

    counts: Counter[str] = field(default_factory=Counter)
    told: dict[str, list[str]] = field(default_factory=dict)
    shown: int = 0
    """Pictures that are still to be met."""
    cells: int = 0

    def count(self, what: str) -> None:
        """Note one more of ``what``."""
        self.counts[what] += 1

    def tell(self, what: str, words: str) -> None:
        """Note ``words`` that changed or went."""
        short = " ".join(words.split())
        short = short if len(short) <= _SHORT else f"{short[: _SHORT - 1]}…"
        self.told.setdefault(what, []).append(short)

    def sentences(self) -> list[Message]:
        """Return a sentence for each sort, or for each of its words."""
        said: list[Message] = []
        for what, sentence in SENTENCES.items():
            if self.counts[what]:
                said.append(Message(sentence.text, {"n": self.counts[what], "most": PICTURES}))
            name = "name" if "{name}" in sentence.text else "words"
            said += [Message(sentence.text, {name: one}) for one in dict.fromkeys(self.told.get(what, []))][:_MANY]
        return said


PICTURES: Final = 30
"""Pictures that come over from one file."""
