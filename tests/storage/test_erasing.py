"""What hangs on a row goes with it, whatever table it is in; and every table that holds words hangs on its text."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.orm import Session

import studio
from studio.storage.base import Base
from studio.storage.erasing import erase

META = MetaData()
BOOK = Table("book", META, Column("id", String, primary_key=True))
PAGE = Table(
    "page",
    META,
    Column("id", String, primary_key=True),
    Column("book_id", ForeignKey("book.id")),
    Column("before", ForeignKey("page.id")),
)
MARK = Table(
    "mark", META, Column("page_id", ForeignKey("page.id"), primary_key=True), Column("n", Integer, primary_key=True)
)
SHELF = Table("shelf", META, Column("id", String, primary_key=True), Column("first", ForeignKey("book.id")))

WITHOUT_A_TEXT = {
    "agreement",
    "alembic_version",
    "audit_entry",
    "audit_head",
    "collection",
    "collection_build",
    "collection_file",
    "generation",
    "gone",
    "gone_address",
    "house",
    "invitation",
    "job",
    "language_read",
    "media",
    "member",
    "member_pause",
    "member_role",
    "member_session",
    "reader_answer_count",
    "reader_answer_hour",
    "reader_used_stamp",
    "recovery_code",
    "review_policy",
    "review_words_agreed",
    "training",
}
"""Tables whose rows belong to no text and hold none of its words.

Trail, jobs, images and the files of collections have rules of their own.
"""


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    META.create_all(engine)
    with Session(engine) as made:
        made.connection().exec_driver_sql("PRAGMA foreign_keys=ON")
        yield made
    engine.dispose()


def test_everything_below_a_row_goes_and_everything_else_stays(session):
    session.execute(insert(BOOK), [{"id": "a"}, {"id": "b"}])
    pages = [
        {"id": f"{book}{n}", "book_id": book, "before": f"{book}{n - 1}" if n else None}
        for book in "ab"
        for n in range(700)
    ]
    session.execute(insert(PAGE), pages)
    session.execute(insert(MARK), [{"page_id": one["id"], "n": n} for one in pages for n in (1, 2)])
    session.execute(insert(SHELF), [{"id": "s", "first": "a"}, {"id": "t", "first": "b"}])
    found = erase(session, META, "book", ["a"], keep={"shelf.first"})
    assert {table.name: len(keys) for table, keys in found.items()} == {"book": 1, "page": 700, "mark": 1400}
    assert session.scalars(select(BOOK.c.id)).all() == ["b"]
    assert len(session.scalars(select(PAGE.c.id)).all()) == 700
    assert session.execute(select(SHELF).order_by(SHELF.c.id)).all() == [("s", None), ("t", "b")]


def test_every_table_that_could_hold_words_of_a_text_hangs_on_its_guide():
    for module in pkgutil.walk_packages(studio.__path__, "studio."):
        if module.name.endswith(".models"):
            importlib.import_module(module.name)
    below, before = {"guide"}, set[str]()
    while below != before:
        before = set(below)
        for table in Base.metadata.sorted_tables:
            if any(key.column.table.name in below for column in table.columns for key in column.foreign_keys):
                below.add(table.name)
    every = {table.name for table in Base.metadata.sorted_tables}
    assert every - below - WITHOUT_A_TEXT == set()
    assert below & WITHOUT_A_TEXT == set()
