"""What is the same in every app of the tests is worked out once: the code of templates, the builders of addresses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, Final

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event
from sqlalchemy.pool import Pool
from werkzeug.routing import Rule

BUILDERS: Final[dict[Any, Callable[..., tuple[str, str]]]] = {}


class Templates(BytecodeCache):
    """Keeps the code of templates by their path, and forgets it where their words have changed."""

    def __init__(self) -> None:
        self.kept: dict[Any, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (found := self.kept.get(self._name(bucket))) is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[self._name(bucket)] = bucket.bytecode_to_string()

    @staticmethod
    def _name(bucket: Bucket) -> tuple[str, bool, bool]:
        return bucket.key, bucket.environment.trim_blocks, bucket.environment.lstrip_blocks


class Place(Rule):
    """A rule whose function that builds addresses is the one of an equal rule of an earlier app."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (append_unknown, self.rule, repr(self.defaults), tuple(self._trace))
        if key not in BUILDERS:
            BUILDERS[key] = super()._compile_builder(append_unknown)
        return BUILDERS[key]


def _hasten(connection: Any, record: Any, _proxy: object) -> None:
    """Let SQLite not wait for the disk, once for each connection: no test cuts the power of this very process."""
    if "hastened" not in record.info:
        record.info["hastened"] = True
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous=OFF").close()


def share() -> None:
    """Let every app of this process use the same, and no database of it wait for the disk."""
    event.listen(Pool, "checkout", _hasten)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Templates()}
    Flask.url_rule_class = Place
