"""Text drawn by Pango onto a sheet of ink (one byte a pixel): every script shaped, wrapped and measured in pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import cairocffi
import pangocairocffi
import pangocffi

from studio.core.locales import Language
from studio.publish.typefaces import use_own_fonts
from studio.theming.fonts import families_for

_RLM, _LRM = "\u200f", "\u200e"
_UNITS: Final = 1024
Align = Literal["start", "end", "center"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: its size in pixels, whether bold, and its line height in units of the size."""

    size: int
    bold: bool = False
    leading: float = 1.25


@dataclass(frozen=True, slots=True)
class Extent:
    """What a text takes up, in pixels."""

    width: int
    height: int
    lines: int


class Sheet:
    """A sheet of ink for texts in one language; 0 is the ground, 255 full ink."""

    def __init__(self, width: int, height: int, language: Language) -> None:
        """Make an empty sheet of ``width`` by ``height`` pixels."""
        use_own_fonts()
        self.width, self.height = width, height
        self._language = language
        self._surface = cairocffi.ImageSurface(cairocffi.FORMAT_A8, width, height)
        self._context = cairocffi.Context(self._surface)
        self._layout = pangocairocffi.create_layout(self._context)
        self._layout.wrap = pangocffi.WrapMode.WORD
        self._tell_language()

    def _tell_language(self) -> None:
        """Han characters are drawn, and lines broken, as the language does it."""
        code = pangocffi.ffi.new("char[]", self._language.code.encode())
        pango = pangocffi.pango
        pango.pango_context_set_language(self._layout.context.pointer, pango.pango_language_from_string(code))

    @property
    def mask(self) -> tuple[bytes, int]:
        """The ink, row by row, and the bytes of a row."""
        self._surface.flush()
        return bytes(self._surface.get_data()), self._surface.get_stride()

    def break_words(self, anywhere: bool) -> None:
        """Let lines end within a word that is wider than a line, or only between words."""
        self._layout.wrap = pangocffi.WrapMode.WORD_CHAR if anywhere else pangocffi.WrapMode.WORD

    def measure(self, text: str, style: Style, width: int | None = None) -> Extent:
        """Return the extent of ``text``, wrapped at ``width`` pixels if given."""
        layout = self._set(text, style, width)
        _, logical = layout.get_extents()
        return Extent(
            math.ceil(logical.width / _UNITS), math.ceil(logical.height / _UNITS), int(layout.get_line_count())
        )

    def balanced_width(self, text: str, style: Style, width: int) -> int:
        """Return the least width at which ``text`` has no more lines than at ``width``: lines become alike."""
        lines = self.measure(text, style, width).lines
        low, high = 1, width
        while lines > 1 and high - low > style.size // 4:
            middle = (low + high) // 2
            found = self.measure(text, style, middle)
            low, high = (low, middle) if found.lines <= lines and found.width <= middle else (middle, high)
        return high

    def draw(
        self, text: str, style: Style, at: tuple[float, float], width: int, ink: float = 1.0, align: Align = "start"
    ) -> None:
        """Draw ``text`` with its top left corner ``at``, wrapped at ``width``, in ``ink`` of 0 to 1."""
        layout = self._set(text, style, width)
        layout.alignment = {
            "start": pangocffi.Alignment.LEFT,  # Pango means the start of the line by it
            "end": pangocffi.Alignment.RIGHT,
            "center": pangocffi.Alignment.CENTER,
        }[align]
        self._context.set_source_rgba(0, 0, 0, ink)
        self._context.move_to(*at)
        pangocairocffi.show_layout(self._context, layout)

    def slanted(self, text: str, style: Style, ink: float) -> None:
        """Draw ``text`` across the middle of the sheet, rising, for a watermark."""
        extent = self.measure(text, style)
        with self._context:
            self._context.translate(self.width / 2, self.height / 2)
            self._context.rotate(math.atan2(-self.height, self.width) / 1.6)
            self.draw(text, style, (-extent.width / 2, -extent.height / 2), extent.width + 1, ink)

    def box(self, x: float, y: float, width: float, height: float, ink: float = 1.0) -> None:
        """Fill a rectangle with ``ink`` of 0 to 1."""
        self._context.set_source_rgba(0, 0, 0, ink)
        self._context.rectangle(x, y, width, height)
        self._context.fill()

    def outline(self, text: str, style: Style) -> tuple[str, Extent]:
        """Return the shapes of ``text`` as the path of an SVG, with its top left corner at 0, and its extent."""
        extent = self.measure(text, style)
        self._context.new_path()
        self._context.move_to(0, 0)
        pangocairocffi.layout_path(self._context, self._layout)
        commands = {cairocffi.PATH_MOVE_TO: "M", cairocffi.PATH_LINE_TO: "L", cairocffi.PATH_CURVE_TO: "C"}
        parts = [
            commands.get(kind, "Z") + " ".join(f"{value:.1f}" for value in points)
            for kind, points in self._context.copy_path()
        ]
        self._context.new_path()
        return "".join(parts), extent

    def _set(self, text: str, style: Style, width: int | None) -> pangocffi.Layout:
        layout = self._layout
        font = pangocffi.FontDescription()
        font.family = ",".join(families_for(self._language.code))
        font.weight = pangocffi.Weight.BOLD if style.bold else pangocffi.Weight.NORMAL
        font.set_absolute_size(style.size * _UNITS)
        layout.font_description = font
        layout.width = -1 if width is None else width * _UNITS
        layout.text = (_RLM if self._language.rtl else _LRM) + text
        pangocffi.pango.pango_layout_set_line_spacing(layout.pointer, self._factor(style))
        return layout

    def _factor(self, style: Style) -> float:
        """Return Pango's factor over the font's own line height (about 1.36 em for Noto Sans) for our leading."""
        return style.leading / (1.56 if self._language.rtl else 1.45 if self._language.ideographic else 1.362)
