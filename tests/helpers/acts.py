"""Every act that the code writes to the trail, read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from studio.guides.rules.hunks import HunkState
from studio.guides.rules.transitions import Act

VALUES = {
    "hunk.state": [one.value for one in HunkState if one not in (HunkState.OPEN, HunkState.STALE)],
    "kind": ["join", "return"],
}
"""What stands in an act that is put together, by the words of the code that stand for it."""


@dataclass
class Found:
    """The acts, and the places whose act could not be read."""

    acts: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Writer:
    """A function that hands the act it is given on to the trail: where it is, and which argument that is."""

    module: str
    name: str
    parameter: str
    position: int


def acts_in(package: Path) -> Found:
    """Return every act that any module below ``package`` can write."""
    trees = {_module(path, package): ast.parse(path.read_text(encoding="utf-8")) for path in package.rglob("*.py")}
    found, seen = Found(), set[_Writer]()
    wanted = [_Writer("studio.audit.trail", "record", "act", -1)]
    while wanted:
        writer = wanted.pop()
        if writer in seen:
            continue
        seen.add(writer)
        for module, tree in trees.items():
            if module != "studio.audit.trail":
                wanted += _calls(writer, module, tree, found)
    return found


def _module(path: Path, package: Path) -> str:
    return ".".join(("studio", *path.relative_to(package).with_suffix("").parts))


def _calls(writer: _Writer, module: str, tree: ast.Module, found: Found) -> Iterator[_Writer]:
    """Read the act of each call of ``writer`` in a module; yield the functions that are given it themselves."""
    names = _names_of(writer, module, tree)
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
            if ast.unparse(call.func) in names:
                act = _argument(call, writer)
                if isinstance(act, ast.Name) and act.id in _parameters(function):
                    yield _Writer(module, function.name, act.id, _parameters(function).index(act.id))
                else:
                    _read(act, function, found, f"{module}.{function.name}")


def _names_of(writer: _Writer, module: str, tree: ast.Module) -> set[str]:
    """Return how the writer is called in a module: by its own name, or through what was imported."""
    names = {writer.name} if module == writer.module else set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if node.module == writer.module and alias.name == writer.name:
                    names.add(alias.asname or alias.name)
                if f"{node.module}.{alias.name}" == writer.module:
                    names.add(f"{alias.asname or alias.name}.{writer.name}")
    return names


def _argument(call: ast.Call, writer: _Writer) -> ast.expr | None:
    by_name = [one.value for one in call.keywords if one.arg == writer.parameter]
    if by_name:
        return by_name[0]
    return call.args[writer.position] if 0 <= writer.position < len(call.args) else None


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]


def _read(act: ast.expr | None, function: ast.FunctionDef, found: Found, where: str) -> None:
    if isinstance(act, ast.Name):
        given = [node.value for node in ast.walk(function) if isinstance(node, ast.Assign) and _sets(node, act.id)]
        for value in given:
            _read(value, function, found, where)
        if given:
            return
    texts = list(_texts(act))
    found.acts |= set(texts)
    if not texts:
        found.unread.append(f"{where}: {ast.unparse(act) if act else 'no act'}")


def _sets(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def _texts(node: ast.expr | None) -> Iterable[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Act":
        return [Act[node.attr].value]
    if isinstance(node, ast.JoinedStr):
        return _joined(node)
    return []


def _joined(node: ast.JoinedStr) -> list[str]:
    made = [""]
    for part in node.values:
        if isinstance(part, ast.Constant):
            made = [one + str(part.value) for one in made]
        elif isinstance(part, ast.FormattedValue):
            made = [one + value for one in made for value in VALUES.get(ast.unparse(part.value), [])]
    return made
