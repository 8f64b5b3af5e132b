"""A guide's page as a view usually makes it: three questions to the database, a template, for each request anew.

``python -m bench.serving_view PORT BODY SOURCE`` serves it at ``/kept/one`` with the safe HTML of the file BODY, where
neither Markdown nor sanitising counts, and at ``/rendered/one`` with the Markdown of SOURCE rendered and sanitised.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

import bleach
import uvicorn
from a2wsgi import WSGIMiddleware
from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TAGS = [
    "p",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "a",
    "em",
    "strong",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "sup",
    "section",
]
TEMPLATE = """<!doctype html>
<html lang="{{ guide.language }}"><head><meta charset="utf-8"><title>{{ guide.title }}</title>
<link rel="stylesheet" href="/static/reader.css"></head>
<body><header><a href="/{{ guide.language }}/">All guides</a></header>
<main><h1>{{ guide.title }}</h1><p>{{ guide.summary }}</p>
<ul>{% for topic in topics %}
<li><a href="/{{ guide.language }}/topics/{{ topic.name }}/">{{ topic.name }}</a></li>
{% endfor %}</ul>
<p>Edition {{ edition.number }},
checked in {{ edition.checked_on.strftime("%B %Y") }} by {{ edition.people }} people</p>
<article>{{ text | safe }}</article></main>
<footer><p>{{ guide.title }} · {{ edition.number }}</p></footer></body></html>
"""


class Base(DeclarativeBase):
    """The three tables."""


class Guide(Base):
    """A guide."""

    __tablename__ = "guide"
    slug: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]


class Edition(Base):
    """Its text."""

    __tablename__ = "edition"
    number: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(ForeignKey("guide.slug"), index=True)
    checked_on: Mapped[date]
    people: Mapped[int]
    html: Mapped[str]


class Topic(Base):
    """One of its topics."""

    __tablename__ = "topic"
    name: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(ForeignKey("guide.slug"), index=True)


def make_app(folder: str, html: str, source: str) -> Flask:
    """Return the program with one guide in a database in ``folder``."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/guides.db"
    app.jinja_loader = DictLoader({"guide.html": TEMPLATE})
    db = SQLAlchemy(app, model_class=Base)
    with app.app_context():
        db.create_all()
        db.session.add(Guide(slug="one", language="en", title="A guide", summary="What it is about."))
        db.session.add(Edition(number=3, slug="one", checked_on=date(2027, 3, 1), people=4, html=html))
        db.session.add_all(Topic(name=name, slug="one") for name in ("telling", "hard-days"))
        db.session.commit()

    @app.get("/<how>/<slug>")
    def page(how: str, slug: str) -> str:
        guide = db.session.get_one(Guide, slug)
        every = select(Edition).where(Edition.slug == slug).order_by(Edition.number.desc())
        edition = db.session.scalars(every).first()
        topics = db.session.scalars(select(Topic).where(Topic.slug == slug)).all()
        text = rendered(source) if how == "rendered" else edition and edition.html
        return render_template("guide.html", guide=guide, edition=edition, topics=topics, text=text)

    return app


def rendered(source: str) -> str:
    """Return the Markdown ``source`` as HTML, with tables and footnotes, sanitised."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    return bleach.clean(parser.render(source), tags=TAGS, attributes=["href", "id", "class"])


def main() -> None:
    """Serve until stopped."""
    port = int(sys.argv[1])
    body, source = (Path(path).read_text(encoding="utf-8") for path in sys.argv[2:4])
    with tempfile.TemporaryDirectory() as folder:
        app = WSGIMiddleware(make_app(folder, body, source))
        uvicorn.run(app, port=port, loop="uvloop", http="httptools", log_level="error")


if __name__ == "__main__":
    main()
