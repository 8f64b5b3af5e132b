"""What a form sends and what saving it gives; plain values, no tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.core.errors import Conflict
from studio.core.words import N_
from studio.editor.rules.merge import Touching
from studio.guides.drafts.log import State
from studio.guides.fields import TextFields
from studio.guides.rules.statuses import Kind


@dataclass(frozen=True, slots=True)
class About:
    """What a guide is in all its languages."""

    kind: Kind = Kind.GUIDE
    facets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody wrote, and what they began from."""

    body: str
    fields: TextFields
    base_seq: int
    base_digest: str
    form: str = ""
    """The opened page that sends; what it sends twice is written once."""
    count: int = 0
    """How many-th message of that page this is; 0 where it does not count."""
    about: About | None = None
    """None where the form did not ask."""
    about_before: About = field(default_factory=About)
    live: bool = False
    """Whether the body is saved as it is typed, so that the form speaks of the fields alone."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft after a save."""

    state: State
    touching: tuple[Touching, ...] = ()
    others_wrote: bool = False
    """Whether the text now is other than what was sent."""


class Forgotten(Conflict):
    """The text that a form was made from is no longer kept, so both texts are shown beside each other."""

    def __init__(self) -> None:
        """Say that nothing is lost."""
        super().__init__(
            N_("The text that you began from is no longer kept. Both texts are below; bring together what you want.")
        )
