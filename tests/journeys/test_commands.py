"""The ``studio`` command as people type it: what it prints, how it ends, and never a traceback."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from urllib.parse import unquote

import pytest

GOOD = "---\nlang: en\ntitle: Rest\nlayout: wide\n---\n# Rest\n\nSleep **well**.\n\n![A bed](bed.png)\n"
COMMANDS = ("run", "worker", "doctor", "import", "render", "reindex", "check", "rebuild", "member")


@pytest.fixture
def studio(tmp_path):
    """Run the command in a house of its own; no answer of it may be a traceback."""

    def run(*arguments, **settings):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("STUDIO_")}
        environment = {**clean, "STUDIO_DATA": str(tmp_path / "data"), **settings}
        done = subprocess.run(
            [sys.executable, "-m", "studio", *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def texts(tmp_path):
    """A folder with texts of every sort."""
    folder = tmp_path / "texts"
    for name, content in {
        "rest.md": GOOD,
        "ja/休む.md": "# 休む\n\n眠る。\n",
        "walk/en.md": "# Walk\n\nOut.\n",
        "walk/fr.md": "# Marcher\n\nDehors.\n",
        "ko.md": "---\nlang: ko\n---\n# 쉬다\n\n잠.\n",
        "README.md": "# About this folder\n",
        "one-title.md": "---\nlang: en\ntitle: The same\n---\nOne.\n",
        "same-title.md": "---\nlang: en\ntitle: The same\n---\nAnother.\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def outcomes(done):
    return {one["file"]: one["outcome"] for one in json.loads(done.stdout)}


def test_import_brings_each_file_in_once_and_says_what_it_dropped(studio, texts):
    tried = studio("import", texts, "--dry-run", "--json")
    first = studio("import", texts, "--json")
    second = studio("import", texts, "--json")
    assert (tried.returncode, first.returncode, second.returncode) == (0, 0, 0)
    files = {"rest.md", "ja/休む.md", "walk/en.md", "walk/fr.md", "ko.md", "one-title.md", "same-title.md"}
    assert outcomes(tried) == outcomes(first) == dict.fromkeys(files, "draft")
    assert outcomes(second) == dict.fromkeys(files, "there already")
    rows = {one["file"]: one for one in json.loads(first.stdout)}
    assert rows["rest.md"]["dropped"] == [
        "Front matter that has no place here: layout.",
        "An image that is not here was dropped: bed.png A bed",
    ]
    assert (rows["walk/en.md"]["guide"], rows["walk/fr.md"]["guide"]) == ("walk", "walk")
    assert (rows["ja/休む.md"]["language"], rows["walk/fr.md"]["language"]) == ("ja", "fr")
    assert rows["ko.md"]["dropped"] == ["ko is not one of the twelve languages: words of our own are English."]
    assert rows["same-title.md"]["dropped"] == ["Another text has the same title and is kept, too: the-same."]
    assert rows["same-title.md"]["guide"] == "the-same-2"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "This file is not UTF-8 text. Save it as UTF-8 and import it again."),
        (b"---\na: [\n---\nx", "The lines between --- at the top are not YAML. Mend them and import the file again."),
        (b"---\nlang: en\n---\n" + b"word " * 60_000, "This file is larger than 256 kB. Part it into several guides."),
        (
            b"# Words\n",
            "Say in which language this is: “lang: en” at its top, a folder named en, or --language en.",
        ),
        (
            b"---\nlang: en\nkind: poem\n---\n# A\n",
            "“poem” is not a kind of text. Choose from: guide, factsheet, story.",
        ),
    ],
)
def test_one_bad_file_is_refused_alone_with_its_reason(studio, texts, content, reason):
    (texts / "bad.md").write_bytes(content)
    done = studio("import", texts, "--json")
    assert done.returncode == 1
    refused = [one for one in json.loads(done.stdout) if one["outcome"] == "refused"]
    assert [(one["file"], one["reason"]) for one in refused] == [("bad.md", reason)]
    assert list(outcomes(done).values()).count("draft") == 7


def test_the_table_for_people_has_a_line_for_each_file_and_a_sum(studio, texts):
    done = studio("import", texts / "walk", "--topic", "family")
    assert done.returncode == 0
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["en.md", "draft", "walk"],
        ["fr.md", "draft", "walk"],
        ["2", "draft,", "0", "there", "already,", "0", "refused"],
    ]


def test_facets_may_be_a_list_or_words_with_commas(studio, texts):
    (texts / "facets.md").write_text("---\nlang: en\nfacets: health, minors\n---\n# Facets\n\nx\n", encoding="utf-8")
    assert studio("import", texts / "facets.md").returncode == 0
    (data,) = texts.parent.glob("data/*.db")
    with sqlite3.connect(data) as database:
        (facets,) = database.execute("SELECT facets FROM guide WHERE id = 'facets'").fetchone()
    database.close()
    assert json.loads(facets) == ["health", "minors"]


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        ((), {}),
        (("nonsense",), {}),
        (("import",), {}),
        (("import", "/nowhere"), {}),
        (("import", "{empty}"), {}),
        (("render", "/nowhere.md", "--out", "{empty}"), {}),
        (("run", "--port", "99999"), {}),
        (("run", "--demo", "--host", "0.0.0.0"), {}),  # noqa: S104 - it is refused
        (("member", "invite", "--role", "king"), {}),
        (("check",), {"STUDIO_NONSENSE": "1"}),
        (("check",), {"STUDIO_PROCESSES": "many"}),
        (("check",), {"STUDIO_DATABASE_URL": "nonsense"}),
    ],
)
def test_wrong_use_is_told_in_one_sentence_and_ends_with_2(studio, tmp_path, arguments, settings):
    (tmp_path / "empty").mkdir()
    done = studio(*(one.format(empty=tmp_path / "empty") for one in arguments), **settings)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"studio: [^\n]+\.\n", done.stderr)


def test_what_is_refused_is_told_in_one_sentence_and_ends_with_1(studio, texts, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "studio.db").write_text("no database at all, only words " * 40, encoding="utf-8")
    (texts / "bad.md").write_bytes(b"\xff")
    for done in (
        studio("check", STUDIO_DATA=str(broken)),
        studio("check", STUDIO_DATA=str(texts / "rest.md")),
        studio("render", texts, "--out", tmp_path / "out"),
        studio("render", texts / "rest.md", "--out", texts / "rest.md"),
        studio("render", texts / "bad.md", "--out", tmp_path / "out"),
        studio("render", texts / "ko.md", "--out", tmp_path / "out"),
    ):
        assert done.returncode == 1
        assert re.fullmatch(r"studio: [^\n]+\.\n", done.stderr)
    assert "쉬 (U+C26C)" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(studio, command):
    done = studio(command, "--help")
    assert done.returncode == 0
    assert f"Example: studio {command}" in done.stdout


def test_a_new_house_is_as_it_should_be_and_lets_somebody_in(studio):
    assert studio("check").stdout == "Trail, editions, files and index are as they should be.\n"
    assert studio("reindex").stdout == "0 sections of 0 texts.\n"
    assert studio("rebuild", "--missing").stdout == "0 editions.\n"
    link = studio("member", "invite", "--role", "writer", STUDIO_BASE_URL="https://house.example")
    assert re.fullmatch(r"https://house\.example/studio/join/\w{20,}\n", link.stdout)
    assert studio("doctor").returncode == 0
    assert studio("check").returncode == 0


def test_check_names_a_row_of_the_trail_that_was_changed(studio, texts, tmp_path):
    studio("import", texts)
    with sqlite3.connect(tmp_path / "data" / "studio.db") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        (table,) = database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'audit_entry%'").fetchone()
        database.execute(f"UPDATE {table} SET act = 'nothing' WHERE seq = 3")  # noqa: S608 - a table of our own
    database.close()
    done = studio("check")
    assert done.returncode == 1
    assert re.search(r"\b3\b", done.stdout)


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("en", "rest.md", "# Rest\n\n[Sleep](https://sleep.example) **well**.\n\n## More\n\nx\n\n## Still\n\ny\n"),
        ("ar", "راحة.md", "# راحة\n\nنم **جيدا**.\n"),
        ("ja", "休む.md", "# 休む\n\nよく**「眠る」**こと。\n"),
    ],
)
def test_one_file_is_rendered_into_a_folder_that_opens_by_itself(studio, tmp_path, code, name, words):
    folder, out = tmp_path / code / "deeper", tmp_path / "out"
    folder.mkdir(parents=True)
    (folder / name).write_text(words, encoding="utf-8")
    done = studio("render", folder / name, "--out", out)
    assert done.returncode == 0
    assert {out / line for line in done.stdout.splitlines()} >= {
        out / part
        for part in (
            *("index.html", "guide.pdf", "notes.pdf", "cards/wide.png", "cards/tall.png"),
            *("guide.epub", "notes.epub", "guide.txt", "notes.txt"),
        )
    }
    page = (out / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{code}"' in page
    assert "<strong>" in page
    asked = re.findall(r'(?:href|src)="([^"#][^"]*)"', page)
    asked += re.findall(r'url\("([^"]+)"\)', (out / "reader.css").read_text(encoding="utf-8"))
    away = {one for one in asked if "://" in one}
    assert away <= {"https://www.wikipedia.org/", "https://sleep.example"}
    assert [one for one in asked if one not in away and not (out / unquote(one)).is_file()] == []
    assert not [one for one in asked if one.startswith("/")]
    assert "reader.css" in asked
    assert ("type.css" in asked) == (code == "ja")
