"""Tables of collections: what an editor put together, and what was made of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.publish.models import ID
from studio.storage.base import Base


class Collection(Base):
    """Several guides of one language under a title; its chapters are always what readers have of them now."""

    __tablename__ = "collection"
    __table_args__ = (UniqueConstraint("language", "slug"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Text)
    intro: Mapped[str] = mapped_column(Text, default="")
    """One line below the title; may be empty."""
    published_on: Mapped[date | None]
    """Since when readers have it; None while editors put it together, or once they took it back."""
    created_at: Mapped[datetime]
    chapters: Mapped[list[CollectionChapter]] = relationship(
        order_by="CollectionChapter.position", cascade="all, delete-orphan"
    )

    @property
    def path(self) -> str:
        """Address of its page inside the house."""
        return f"/{self.language}/collections/{self.slug}/"


class CollectionChapter(Base):
    """A text in its place; it stays in its place while readers do not have it, and comes back with it."""

    __tablename__ = "collection_chapter"
    __table_args__ = (UniqueConstraint("collection_id", "position"),)

    collection_id: Mapped[str] = mapped_column(ForeignKey("collection.id"), primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), primary_key=True, index=True)
    position: Mapped[int]


class CollectionBuild(Base):
    """One making of a collection's files, or the reason why it could not be made."""

    __tablename__ = "collection_build"
    __table_args__ = (UniqueConstraint("collection_id", "n"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    collection_id: Mapped[str] = mapped_column(ForeignKey("collection.id"), index=True)
    n: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    """done or failed."""
    problem: Mapped[str] = mapped_column(Text, default="")
    editions: Mapped[list[str]]
    """Ids of the editions that are in its files, in order."""
    at: Mapped[datetime]
    files: Mapped[list[CollectionFile]] = relationship(order_by="CollectionFile.kind", cascade="all, delete-orphan")

    def file(self, kind: str) -> CollectionFile | None:
        """Return its file of a kind."""
        return next((one for one in self.files if one.kind == kind), None)


class CollectionFile(Base):
    """A file of a collection: what it is, what it was made from, and the SHA-256 by which it is stored."""

    __tablename__ = "collection_file"

    build_id: Mapped[str] = mapped_column(ForeignKey("collection_build.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    """pdf or epub, which readers have; around and folios, of which the PDF was put together."""
    media_type: Mapped[str] = mapped_column(String(60))
    source_checksum: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]


class KeptChapter(Base):
    """A chapter as PDF, made once and put into every collection that has it, until its document changes."""

    __tablename__ = "kept_chapter"

    source_checksum: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the document and of the way in which chapters are made."""
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
