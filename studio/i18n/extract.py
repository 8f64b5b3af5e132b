"""Collects the English keys of code and templates and keeps the catalogues in step with them.

Run ``python -m studio.i18n.extract`` after words were changed; ``--check`` writes nothing and exits with 1 if a
catalogue would change. The files hold keys and words in a fixed order and nothing about when or where they were made.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from studio.i18n.catalogues import COMPLETE, FOLDER, Domain

Key = str | tuple[str, str]
PACKAGE: Final = Path(__file__).parent.parent
DOMAINS: Final[tuple[Domain, ...]] = ("reader", "studio")

_ONE, _MANY = frozenset({"N_", "_", "gettext"}), "ngettext"
_BOTH: Final = frozenset(DOMAINS)
_READER: Final = frozenset[Domain]({"reader"})
_STUDIO: Final = frozenset[Domain]({"studio"})
_PLACES: Final[tuple[tuple[str, frozenset[Domain]], ...]] = (
    ("cli.py", frozenset()),  # the terminal speaks English
    ("core/settings.py", frozenset()),  # the same
    ("core/doctor.py", frozenset()),  # the same
    ("core/", _BOTH),
    ("guides/house.py", _BOTH),  # what a text gets by itself is said in its own language
    ("guides/labels.py", _BOTH),  # and so are the labels inside it
    ("answers/rules/sending.py", _READER),
    ("publish/pages/", _READER),
    ("publish/epub/", _READER),
    ("publish/plain_", _READER),
    ("publish/templates/epub/", _READER),
    ("publish/templates/pdf/", _READER),
    ("publish/templates/reader/", _READER),
    ("publish/templates/", _STUDIO),
    ("publish/desk_routes.py", _STUDIO),
    ("publish/collected/desk_pages.py", _STUDIO),
    ("publish/collected/operations.py", _STUDIO),
    ("publish/glyphs.py", _STUDIO),
    ("publish/look", _STUDIO),
    ("publish/operations", _STUDIO),
    ("publish/pdf_frame.py", _READER),
    ("publish/renderer", _STUDIO),
    ("publish/recheck", _STUDIO),
    ("publish/scheduling.py", _STUDIO),
    ("publish/clocks.py", _STUDIO),
    ("publish/withdrawal.py", _STUDIO),
    ("publish/going.py", _STUDIO),
    ("publish/telling.py", _STUDIO),
    ("publish/urgent.py", _STUDIO),
    ("publish/", _BOTH),  # what is left reaches readers too
    ("search/", _BOTH),
    ("web/errors.py", _BOTH),
    ("web/limits.py", _BOTH),
    ("web/reminding.py", _BOTH),  # is sent to people in their own language
    ("web/refusals.py", _BOTH),
    ("", _STUDIO),
)
"""Which catalogues the words below a path belong to; the first line that fits decides."""


def collect(package: Path = PACKAGE) -> dict[Domain, list[Key]]:
    """Return all keys of each domain, sorted; a plural is a pair of its two English forms."""
    found: dict[Domain, dict[str, Key]] = {domain: {} for domain in DOMAINS}
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        domains = domains_of(path.relative_to(package).as_posix())
        for key in keys_in(path) if domains else ():
            for domain in domains:
                _keep(found[domain], key)
    return {domain: [keys[name] for name in sorted(keys)] for domain, keys in found.items()}


def _keep(keys: dict[str, Key], key: Key) -> None:
    """Keep ``key``; the same English words as a plural and alone share the plural's entry."""
    name = key if isinstance(key, str) else key[0]
    if isinstance(key, tuple) or name not in keys:
        keys[name] = key


def domains_of(place: str) -> frozenset[Domain]:
    """Return the domains of the words in the file at ``place``, a path inside the package."""
    return next(domains for start, domains in _PLACES if place.startswith(start))


def keys_in(path: Path) -> Iterator[Key]:
    """Yield the keys of one Python file or template in their order."""
    text = path.read_text(encoding="utf-8")
    yield from _python_keys(text) if path.suffix == ".py" else _template_keys(text)


def _python_keys(text: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from _call_keys(name, [list(_literals(argument)) for argument in node.args[:2]])


def _template_keys(text: str) -> Iterator[Key]:
    for node in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        name = getattr(node.node, "name", getattr(node.node, "attr", ""))
        yield from _call_keys(name, [list(_template_literals(argument)) for argument in node.args[:2]])


def _call_keys(name: str, arguments: list[list[str]]) -> Iterator[Key]:
    if name in _ONE and arguments:
        yield from arguments[0]
    elif name == _MANY and len(arguments) > 1 and all(arguments):
        yield arguments[0][0], arguments[1][0]


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an argument can be: a literal, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _template_literals(node: nodes.Expr | None) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _template_literals(node.expr1)
        yield from _template_literals(node.expr2)


def update(code: str, domain: Domain, keys: Iterable[Key]) -> bytes:
    """Return the catalogue file of a language with exactly ``keys``, keeping the words that it already has."""
    old = _stored(code, domain)
    new = Catalog(locale=code, fuzzy=False)
    for key in keys:
        found = old.get(key if isinstance(key, str) else key[0])
        kept = found and isinstance(found.id, str) == isinstance(key, str)
        new.add(key, found.string if found and kept else None, flags=_fuzzy(found) if kept else ())
    body = BytesIO()
    write_po(body, new, omit_header=True, sort_output=True, width=0)
    return _header(new).encode() + body.getvalue()


def _fuzzy(message: Message | None) -> tuple[str, ...]:
    return ("fuzzy",) if message and message.fuzzy else ()


def _header(catalog: Catalog) -> str:
    lines = (f"Language: {catalog.locale_identifier}", "Content-Type: text/plain; charset=UTF-8")
    told = "".join(f'"{line}\\n"\n' for line in (*lines, f"Plural-Forms: {catalog.plural_forms}"))
    return f'msgid ""\nmsgstr ""\n{told}\n'


def path_of(code: str, domain: Domain) -> Path:
    """Return where a catalogue is kept."""
    return FOLDER / code / f"{domain}.po"


def _stored(code: str, domain: Domain) -> Catalog:
    path = path_of(code, domain)
    if not path.exists():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def problems(code: str, domain: Domain, keys: Iterable[Key]) -> list[str]:
    """Return what people have to mend in a catalogue: keys without words, fuzzy ones, or other placeholders."""
    catalog = _stored(code, domain)
    found: list[str] = []
    for key in keys:
        name = key if isinstance(key, str) else key[0]
        message = catalog.get(name)
        trouble = _trouble(message, key) if message else "missing"
        if trouble:
            found.append(f"{code}/{domain}: {trouble}: {name}")
    return found


def _trouble(message: Message, key: Key) -> str:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if isinstance(message.id, str) != isinstance(key, str) or not forms or not all(forms):
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    wanted = placeholders(key if isinstance(key, str) else key[1])
    # A form for one or two things may say the number as a word.
    spared = frozenset[str]() if isinstance(key, str) else frozenset({"n"})
    fits = all(wanted - spared <= placeholders(form) <= wanted for form in forms)
    return "" if fits else "other placeholders"


def placeholders(text: str) -> frozenset[str]:
    """Return the names in ``{braces}``."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def stale(keys: dict[Domain, list[Key]]) -> dict[Path, bytes]:
    """Return the catalogue files that differ from what the keys ask for, with their new contents."""
    wanted = {
        path_of(code, domain): update(code, domain, keys[domain])
        for domain in DOMAINS
        for code in COMPLETE[domain]
        if code != "en"
    }
    return {path: made for path, made in wanted.items() if not path.exists() or path.read_bytes() != made}


def main(arguments: list[str] | None = None) -> int:
    """Bring the catalogues into step, or with ``--check`` tell which are not; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m studio.i18n.extract", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a catalogue would change")
    check = parser.parse_args(arguments).check
    changes = stale(collect())
    for path, made in changes.items():
        sys.stdout.write(f"{'out of step' if check else 'updated'}: {path.relative_to(FOLDER)}\n")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
    return 1 if check and changes else 0


if __name__ == "__main__":
    sys.exit(main())
