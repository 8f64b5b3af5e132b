"""The stemmers of our analyzers as scripts for a browser, so that a word asked there is cut as the index cut it.

Snowball's stemmers are programs in a small part of Python, made by Snowball's own compiler. This turns them into
JavaScript one statement at a time, from the very version that the index is made with; nothing is run. What they stand
on (``Base``) is written in ``client/src/offline/snowball.ts``. Source: https://snowballstem.org/, BSD licence.
"""

from __future__ import annotations

import ast
import json
from functools import cache
from importlib import metadata, resources
from typing import Final

from studio.search.analyzers.stems import SNOWBALL

PACKAGE: Final = "snowballstemmer"
_COMPARE: Final[dict[type[ast.AST], str]] = {
    ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="
}  # fmt: skip
_SIGNS: Final[dict[type[ast.AST], str]] = {ast.Add: "+", ast.Sub: "-", ast.And: "&&", ast.Or: "||", ast.USub: "-"}
_NOTICE: Final = "Snowball stemmer {version} ({name}), https://snowballstem.org/, BSD licence, (c) Dr Martin Porter,\
 Richard Boulton, Olly Betts and others; see licences.txt"


class UnknownPython(Exception):
    """The library's stemmers hold something that this cannot turn into JavaScript."""


def version() -> str:
    """Return the version of the library."""
    return metadata.version(PACKAGE)


def licence() -> str:
    """Return the licence under which the stemmers may be passed on."""
    files = [path for path in metadata.files(PACKAGE) or () if "licen" in str(path).lower() or "COPYING" in str(path)]
    return "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def has(code: str) -> bool:
    """Whether there is a stemmer for language ``code``."""
    return code in SNOWBALL


def file(code: str) -> bytes:
    """Return what stands in the script of a language that has a stemmer."""
    return script(code).encode()


@cache
def script(code: str) -> str:
    """Return the stemmer of language ``code`` as a script that hands it to ``studioStemmer``; empty without one.

    Raise UnknownPython where another version of the library is written otherwise.
    """
    name = SNOWBALL.get(code)
    if name is None:
        return ""
    source = resources.files(PACKAGE).joinpath(f"{name}_stemmer.py").read_text(encoding="utf-8")
    classes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and len(node.body) > 1]
    if len(classes) != 1:
        raise UnknownPython(name)
    body = _Script(classes[0].name).whole(classes[0])
    notice = _NOTICE.format(version=version(), name=name)
    return f'/* {notice} */\nstudioStemmer("{code}",B=>{{{body}}})\n'


class _Script:
    """Turns one class into JavaScript."""

    def __init__(self, name: str) -> None:
        self._name = name

    def whole(self, node: ast.ClassDef) -> str:
        """Return the class and one of its kind."""
        methods = [self._method(one) for one in node.body if isinstance(one, ast.FunctionDef)]
        tables = [self._table(one) for one in node.body if isinstance(one, ast.Assign)]
        return f"class T extends B{{{''.join(methods)}}}{''.join(tables)}return new T"

    def _method(self, node: ast.FunctionDef) -> str:
        return f"{node.name}(){{{self._all(node.body)}}}"

    def _table(self, node: ast.Assign) -> str:
        """Return a table or a first value; it lies where every stemmer of this kind finds it."""
        (target,) = node.targets
        if not isinstance(target, ast.Name):
            raise UnknownPython(ast.unparse(node))
        return f"T.prototype.{target.id}={self._value(node.value)};"

    def _all(self, nodes: list[ast.stmt]) -> str:
        return "".join(map(self._statement, nodes))

    def _statement(self, node: ast.stmt) -> str:  # noqa: C901, PLR0911, PLR0912 - a line for each kind
        match node:
            case ast.Expr(ast.Constant()) | ast.Pass():
                return ""
            case ast.Expr(value):
                return f"{self._value(value)};"
            case ast.Assign([ast.Name(name)], value):
                return f"var {name}={self._value(value)};"
            case ast.Assign([target], value):
                return f"{self._value(target)}={self._value(value)};"
            case ast.AugAssign(target, operator, value):
                return f"{self._value(target)}{_sign(operator)}={self._value(value)};"
            case ast.Return(value) if value:
                return f"return {self._value(value)};"
            case ast.If(test, body, other):
                rest = f"else{{{self._all(other)}}}" if other else ""
                return f"if({self._value(test)}){{{self._all(body)}}}{rest}"
            case ast.While(test, body, []):
                return f"while({self._value(test)}){{{self._all(body)}}}"
            case ast.For(ast.Name(name), ast.Tuple(rounds), body, []):
                return f"for(var {name}=0;{name}<{len(rounds)};{name}++){{{self._all(body)}}}"
            case ast.Try(body, [ast.ExceptHandler(ast.Name(label), None, [ast.Pass()])], [], []):
                return f"{label}:{{{self._all(body)}}}"
            case ast.Raise(ast.Call(ast.Name(label), [], [])):
                return f"break {label};"
            case ast.Break():
                return "break;"
            case ast.Continue():
                return "continue;"
        raise UnknownPython(ast.unparse(node))

    def _value(self, node: ast.expr) -> str:  # noqa: C901, PLR0911, PLR0912 - a line for each kind
        match node:
            case ast.Constant(value):
                return json.dumps(value, ensure_ascii=False)
            case ast.Name(name):
                return "this" if name == "self" else name
            case ast.Attribute(ast.Name(name), attribute):
                return f"this.{attribute}" if name in ("self", self._name) else f"{name}.{attribute}"
            case ast.Subscript(value, at):
                return f"{self._value(value)}[{self._value(at)}]"
            case ast.Call(ast.Name("Among"), [ast.Constant(form), _, result], []):
                return f"[{json.dumps(form, ensure_ascii=False)},{self._value(result)}]"
            case ast.Call(ast.Name("Among"), [ast.Constant(form), _, result, ast.Name(method)], []):
                return f'[{json.dumps(form, ensure_ascii=False)},{self._value(result)},"{method}"]'
            case ast.Call(ast.Name("len"), [one], []):
                return f"{self._value(one)}.length"
            case ast.Call(ast.Attribute() as called, arguments, []):
                return f"{self._value(called)}({','.join(map(self._value, arguments))})"
            case ast.Set(members):
                return f"new Set([{','.join(map(self._value, members))}])"
            case ast.List(members) | ast.Tuple(members):
                return f"[{','.join(map(self._value, members))}]"
            case ast.UnaryOp(ast.Not(), one):
                return f"!({self._value(one)})"
            case ast.UnaryOp(operator, one):
                return f"{_sign(operator)}{self._value(one)}"
            case ast.BinOp(left, operator, right):
                return f"({self._value(left)}{_sign(operator)}{self._value(right)})"
            case ast.BoolOp(operator, parts):
                return f"({_sign(operator).join(map(self._value, parts))})"
            case ast.Compare(left, [operator], [right]) if type(operator) in _COMPARE:
                return f"{self._value(left)}{_COMPARE[type(operator)]}{self._value(right)}"
        raise UnknownPython(ast.unparse(node))


def _sign(operator: ast.AST) -> str:
    if type(operator) not in _SIGNS:
        raise UnknownPython(type(operator).__name__)
    return _SIGNS[type(operator)]
