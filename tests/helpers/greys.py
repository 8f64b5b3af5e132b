"""Pictures that people looked at and found good, kept as rows of grey in text, and how far others are from them.

A picture is made small: fields of 16 greys, one hexadecimal digit a field. Another version of a library may move a
letter by a pixel, which is forgiven; what stands elsewhere, is lost or is drawn in another face is not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

GREYS = 16
LIGHTEST = 255


@dataclass(frozen=True)
class Kept:
    """A file of pictures, how coarse they are, and how far another one may be from them."""

    file: Path
    columns: int
    rows: int
    mean: float
    """How far greys may be apart on average."""
    most_far: float
    """The share of fields that may be ``far`` apart."""
    far: int = 3
    ink: float = 1.0
    """How much darker than they are drawn thin letters on paper are taken."""

    def greys(self, picture: Image.Image) -> str:
        """Return a picture as rows of greys."""
        grey = picture.convert("L").resize((self.columns, self.rows), Image.Resampling.BOX)
        grey = grey.point(lambda level: max(0, round(LIGHTEST - (LIGHTEST - level) * self.ink)))
        return "".join(f"{level * (GREYS - 1) // LIGHTEST:x}" for level in grey.tobytes())

    def apart(self, one: str, other: str) -> tuple[float, float]:
        """Return how far two pictures are apart on average, and the share of fields that are far apart."""
        steps = [abs(int(a, 16) - int(b, 16)) for a, b in zip(one, other, strict=True)]
        return sum(steps) / len(steps), sum(step >= self.far for step in steps) / len(steps)

    def same(self, one: str, other: str) -> bool:
        """Whether two pictures are alike enough."""
        mean, far = self.apart(one, other)
        return mean <= self.mean and far <= self.most_far

    def pictures(self) -> dict[str, str]:
        """Return the pictures that are kept, by name."""
        return dict(line.split() for line in self.file.read_text(encoding="ascii").splitlines())

    def keep(self, pictures: Iterable[tuple[str, Image.Image]]) -> None:
        """Write the pictures of today in the place of those that are kept."""
        lines = [f"{name} {self.greys(picture)}\n" for name, picture in pictures]
        self.file.write_text("".join(lines), encoding="ascii")
        sys.stdout.write(f"{len(lines)} pictures are kept in {self.file.name}.\n")


def moved(picture: Image.Image, pixels: int = 1) -> Image.Image:
    """Return a picture that moved aside and down by some pixels, as another version of a library may draw it."""
    return ImageChops.offset(picture.convert("L"), pixels, pixels)
