"""Shorter ways for what the layout library does most often: the same bytes for less work.

Each takes the place of a function of WeasyPrint or pydyf and gives what that gives; a test compares the files to the
byte. They are for the versions named here alone: with others nothing is replaced, and all is as right and slower.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.draw import text as drawing
from weasyprint.layout import percent
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango

VERSIONS: Final = ("70.0", "0.13.0")
"""WeasyPrint and pydyf as they were read for this."""
_APART: Final = ("text_decoration_", "__")
_OTHERWISE: Final = frozenset({"page", "position", "float", "display"})
_NUMBERS: Final = (str, int, float, Dimension, type(None))
_TEMPLATE: Final = "studio_template"
_STRUT: Final = "studio_strut"
_MISSING: Final = object()
_PARAGRAPHS: Final = "\n\r\u2029"


def shorten() -> bool:
    """Put the shorter ways in their places; tell whether that was done."""
    if (weasyprint.__version__, pydyf.__version__) != VERSIONS:
        return False
    ffi.cdef("PangoLayout * pango_layout_copy(PangoLayout *);", override=True)
    line_break.Layout = _Layout
    drawing.pango = _DrawnPango()
    _replace(check_math, _check_math)
    _replace(percent.resolve_one_percentage, _resolve_one_percentage)
    _replace(line_break.strut, _strut)
    AnonymousStyle.__missing__ = _anonymous(AnonymousStyle.__missing__)
    ComputedStyle.__missing__ = _computed(ComputedStyle.__missing__)
    pydyf.PDF.page_references = property(lambda pdf: _Pages(pdf.pages["Kids"]))
    pydyf._to_bytes = _to_bytes  # noqa: SLF001 - it has no public name
    return True


def _replace(original: Callable[..., Any], mine: Callable[..., Any]) -> None:
    """Let ``mine`` be called wherever the library calls ``original`` by its name."""
    known = str(original.__name__)
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint") and getattr(module, known, None) is original:
            setattr(module, known, mine)


class _Layout(line_break.Layout):  # type: ignore[misc]  # the library has no types
    """A line of text in Pango's hands.

    What a style asks for is set up once and copied after that; what was laid out is kept until it is drawn.
    """

    _kept = False
    _single = False

    def setup(self, style: Any) -> None:  # noqa: ANN401 - as above
        """Make an empty layout in ``style``."""
        found = style.__dict__.get(_TEMPLATE)
        if found is None:
            super().setup(style)
            state = {name: value for name, value in vars(self).items() if name in _STATE}
            style.__dict__[_TEMPLATE] = (_copied(vars(self)["layout"]), state)
            return
        template, state = found
        self.__dict__.update(state)
        self.style = style
        self.first_line_direction = 0
        self.layout = _copied(template)

    def get_first_line(self) -> tuple[Any, int | None]:
        """Return the first line, and where the second begins."""
        line, index = super().get_first_line()
        self._single = index is None
        return line, index

    def deactivate(self) -> None:
        """Let go of the layout: after it was drawn, or where it is to be drawn with other spaces."""
        self._kept = not self._kept and self._single and not self.justification_spacing
        if not self._kept:
            super().deactivate()

    def reactivate(self, style: Any) -> None:  # noqa: ANN401 - as above
        """Have the layout again, to draw it."""
        if not self._kept:
            super().reactivate(style)
        if any(char in self.text for char in _PARAGRAPHS):
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)  # noqa: FBT003 - a function of C


_STATE: Final = frozenset(
    {
        "language",
        "ascent",
        "underline_position",
        "strikethrough_position",
        "underline_thickness",
        "strikethrough_thickness",
    }
)


def _copied(layout: Any) -> Any:  # noqa: ANN401 - as above
    return ffi.gc(pango.pango_layout_copy(layout), gobject.g_object_unref)


def _strut(style: Any) -> tuple[float, float]:  # noqa: ANN401 - as above
    """Return the height of an empty line and its baseline, asked for once by each style."""
    found = style.__dict__.get(_STRUT)
    if found is None:
        found = style.__dict__[_STRUT] = _whole_strut(style)
    return found  # type: ignore[no-any-return]  # as above


_whole_strut: Final = line_break.strut


class _DrawnPango:
    """Pango for drawing: it need not be told that a line is one paragraph, which makes it shape that line again."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        """Fetch the function or number ``name`` once."""
        value = getattr(pango, name)
        setattr(self, name, value)
        return value

    def pango_layout_set_single_paragraph_mode(self, layout: object, setting: object) -> None:
        """Do nothing: ``_Layout.reactivate`` has done it where it matters."""


def _check_math(token: Any) -> Any:  # noqa: ANN401 - as above
    kind = type(token)
    if kind in _NUMBERS:
        return None
    if kind is tuple:
        return any(type(item) not in _NUMBERS and _check_math(item) for item in token)
    return check_math(token)


def _resolve_one_percentage(box: Any, property_name: str, refer_to: Any) -> None:  # noqa: ANN401 - as above
    value = box.style[property_name]
    if type(value) is Dimension:
        used = refer_to * value.value / 100 if value.unit == "%" else value.value
    else:
        used = percent.percentage(value, box.style, refer_to)
    if used == "auto" and property_name in ("min_width", "min_height"):
        used = 0
    setattr(box, property_name, used)


def _usual(names: Iterable[str]) -> frozenset[str]:
    """Return those of ``names`` whose values ask for no other."""
    return frozenset(name for name in names if name not in _OTHERWISE and not name.startswith(_APART))


def _logical(inline: str) -> dict[str, str]:
    """Return the name that each property with a side has where lines run as ``inline`` says."""
    return {name: function(block="ttb", inline=inline) for name, function in PHYSICAL_FUNCTIONS.items()}


_INITIAL: Final = {
    name: INITIAL_VALUES[name] for name in _usual(set(INITIAL_VALUES) - INHERITED - INITIAL_NOT_COMPUTED)
}
"""Values of properties that are neither inherited nor computed where nobody sets them."""
_INHERITED: Final = _usual(INHERITED)
_LOGICAL: Final = {inline: _logical(inline) for inline in ("ltr", "rtl")}


def _anonymous(original: Any) -> Any:  # noqa: ANN401 - as above
    def missing(style: Any, key: str) -> Any:  # noqa: ANN401 - as above
        if key in _INHERITED:
            value = style.parent_style[key]
        else:
            value = _INITIAL.get(key, _MISSING)
            if value is _MISSING:
                return original(style, key)
        style[key] = value
        return value

    return missing


def _computed(original: Any) -> Any:  # noqa: ANN401 - as above
    def missing(style: Any, key: str) -> Any:  # noqa: ANN401 - as above
        cascaded = style.cascaded
        if key in cascaded or (key in PHYSICAL_FUNCTIONS and _LOGICAL[style["direction"]][key] in cascaded):
            return original(style, key)
        value = _INITIAL.get(key, _MISSING)
        if value is _MISSING:
            if key not in _INHERITED or style.parent_style is None:
                return original(style, key)
            value = style.parent_style[key]
        style[key] = value
        return value

    return missing


class _Pages:
    """References to pages, each made when it is asked for, not all of them each time."""

    def __init__(self, kids: Any) -> None:  # noqa: ANN401 - as above
        self._kids = kids

    def __getitem__(self, place: int) -> bytes:
        return b"%d 0 R" % self._kids[3 * place]


def _to_bytes(item: Any) -> bytes:  # noqa: ANN401 - as above
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]  # as above
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]  # as above
    if kind is int:
        return b"%d" % item
    return bytes(_written(item))


_written: Final = pydyf._to_bytes  # noqa: SLF001 - it has no public name
