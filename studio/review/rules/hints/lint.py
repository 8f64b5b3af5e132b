"""The hint rules of one language as its file tells them; each mistake in a file has one sentence that names it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from studio.core.errors import Invalid
from studio.core.words import N_, Message
from studio.review.rules.hints.tokens import NOTHING, Tokens, compiled, unknown_sign

SHAPES: Final[Mapping[str, str]] = {
    "dose": "amount",
    "statistic": "amount",
    "law": "existence",
    "phone": "existence",
    "place": "existence",
    "school": "existence",
    "employer": "existence",
    "sentence": "occurrence",
    "words": "substitution",
}
"""The rules that a file may hold, and what each extends."""
_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "amount": frozenset({"units", "numbers", "tokens", "except"}),
    "existence": frozenset({"tokens", "months", "except"}),
    "occurrence": frozenset({"max", "token"}),
    "substitution": frozenset({"unless", "swap"}),
}
_SWAP: Final = frozenset({"avoid", "write", "because", "agreed_by", "except"})
_COUNTED: Final = ("word", "letter")
_LETTERS: Final = _COUNTED[1:]
_SPEAKERS: Final = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for: tokens, and units beside a number; what stands in ``exempt`` is none of it."""

    tokens: Tokens = NOTHING
    units: Tokens = NOTHING
    exempt: Tokens = NOTHING
    months: Tokens = NOTHING
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Swap:
    """Words that hurt, what can be written instead, and why, in their language. ``key`` changes with any of these."""

    avoid: tuple[str, ...]
    write: str
    because: str
    agreed_by: tuple[str, ...]
    """Who of the language agreed in the file itself; members agree on a page."""
    tokens: Tokens
    exempt: Tokens

    @property
    def key(self) -> str:
        """A short name for exactly these words, so that nobody's agreement moves over to others."""
        whole = "\n".join((*self.avoid, "", self.write, self.because))
        return hashlib.sha256(whole.encode()).hexdigest()[:20]

    def is_agreed(self, members: int) -> bool:
        """Whether two speakers agreed, ``members`` of them on the page."""
        return len(self.agreed_by) + members >= _SPEAKERS


@dataclass(frozen=True, slots=True)
class Lint:
    """Everything that a file says."""

    language: str
    rules: Mapping[str, Rule] = field(default_factory=dict, hash=False)
    most: int = 0
    """The longest sentence, in words or letters; 0: no rule about it."""
    by_letters: bool = False
    swaps: tuple[Swap, ...] = ()
    unless: Tokens = NOTHING
    """Where one of these stands in a sentence, somebody speaks of themselves there."""

    def rule(self, name: str) -> Rule:
        """Return the rule of this name; one that finds nothing where the file has none."""
        return self.rules.get(name, Rule())


def read_lint(data: object, code: str) -> Lint:
    """Return the rules of the language ``code``; raise Invalid with one sentence for the first mistake in ``data``."""
    return _Reader(code).read(data)


class _Reader:
    def __init__(self, code: str) -> None:
        self.code = code

    def refuse(self, what: Message) -> NoReturn:
        raise Invalid(N_("The hints “{code}” cannot be read: {what}", code=self.code, what=what))

    def read(self, data: object) -> Lint:
        whole = self.mapping(data, "the file")
        self.only(whole, {"language", "version", "rules"}, "the file")
        if whole.get("language") != self.code:
            self.refuse(N_("language has to be “{code}”, as the file is named.", code=self.code))
        self.number(whole.get("version"), "version")
        rules, rest = dict[str, Rule](), dict[str, Any]()
        for one in self.list(whole.get("rules"), "rules"):
            name, shape, rule = self.named(one)
            if name in rules or name in rest:
                self.refuse(N_("the rule “{name}” stands there twice.", name=name))
            if shape in ("amount", "existence"):
                rules[name] = self.rule(rule, name)
            else:
                rest[name] = rule
        return Lint(
            self.code,
            rules,
            *self.sentence(rest.get("sentence")),
            *self.words(rest.get("words")),
        )

    def named(self, one: object) -> tuple[str, str, Mapping[str, Any]]:
        rule = self.mapping(one, "rules")
        name, shape = str(rule.get("name", "")), str(rule.get("extends", ""))
        if name not in SHAPES:
            self.refuse(N_("there is no rule “{name}”; there are {known}.", name=name, known=", ".join(SHAPES)))
        if shape != SHAPES[name]:
            self.refuse(N_("the rule “{name}” extends {shape}.", name=name, shape=SHAPES[name]))
        self.only(rule, {"name", "extends", *_KNOWN[shape]}, name)
        return name, shape, rule

    def rule(self, rule: Mapping[str, Any], name: str) -> Rule:
        if not rule.get("tokens") and not rule.get("units"):
            self.refuse(N_("the rule “{name}” has nothing to look for.", name=name))
        return Rule(
            tokens=self.tokens(rule, "tokens", name),
            units=self.tokens(rule, "units", name, units=True),
            exempt=self.tokens(rule, "except", name),
            months=self.tokens(rule, "months", name, units=True),
            numbers=frozenset(word.casefold() for word in self.strings(rule.get("numbers", []), f"{name}: numbers")),
        )

    def sentence(self, rule: Mapping[str, Any] | None) -> tuple[int, bool]:
        if rule is None:
            return 0, False
        if rule.get("token") not in _COUNTED:
            self.refuse(N_("the rule “{name}” counts a token: word or letter.", name="sentence"))
        return self.number(rule.get("max"), "sentence: max"), rule.get("token") in _LETTERS

    def words(self, rule: Mapping[str, Any] | None) -> tuple[tuple[Swap, ...], Tokens]:
        if rule is None:
            return (), NOTHING
        swaps = tuple(self.swap(one) for one in self.list(rule.get("swap"), "words: swap"))
        return swaps, self.tokens(rule, "unless", "words")

    def swap(self, one: object) -> Swap:
        entry = self.mapping(one, "words: swap")
        self.only(entry, _SWAP, "words: swap")
        avoid = self.strings(entry.get("avoid"), "words: avoid")
        where = f"words: {avoid[0]}" if avoid else "words: avoid"
        if not avoid or not all(str(entry.get(name) or "").strip() for name in ("write", "because")):
            self.refuse(N_("{where} needs words to avoid, what to write, and because.", where=where))
        return Swap(
            avoid=tuple(avoid),
            write=str(entry["write"]),
            because=str(entry["because"]),
            agreed_by=tuple(self.strings(entry.get("agreed_by", []), f"{where}: agreed_by")),
            tokens=self.tokens(entry, "avoid", where),
            exempt=self.tokens(entry, "except", where),
        )

    def tokens(self, rule: Mapping[str, Any], name: str, where: str, *, units: bool = False) -> Tokens:
        tokens = self.strings(rule.get(name, []), f"{where}: {name}")
        for token in tokens:
            sign = unknown_sign(token)
            if sign:
                self.refuse(
                    N_(
                        "{where}: “{token}” has the sign {sign}, which means nothing.",
                        where=where,
                        token=token,
                        sign=sign,
                    )
                )
        return compiled(tokens, self.code, units=units) if tokens else NOTHING

    def strings(self, value: object, where: str) -> list[str]:
        found = self.list(value, where)
        for one in found:
            if not isinstance(one, str) or not one.strip():
                self.refuse(
                    N_(
                        "{where} holds {what}, which is no words. Put quotation marks around it.",
                        where=where,
                        what=repr(one),
                    )
                )
        return found

    def list(self, value: object, where: str) -> list[Any]:
        if not isinstance(value, list):
            self.refuse(N_("{where} needs a list.", where=where))
        return value

    def mapping(self, value: object, where: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.refuse(N_("{where} needs names with what they mean.", where=where))
        return value

    def number(self, value: object, where: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.refuse(N_("{where} has to be a whole number, 1 or more.", where=where))
        return value

    def only(self, data: Mapping[str, Any], known: set[str] | frozenset[str], where: str) -> None:
        odd = next((str(name) for name in data if name not in known), "")
        if odd:
            self.refuse(N_("{where} knows no “{odd}”.", where=where, odd=odd))
