"""The shape of the code: what every file looks like, and what stands in one place only."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 400
COMMITTERS = {"studio/app.py", "studio/commands/database.py", "studio/jobs/run.py", "studio/storage/group.py"}
INDEX_WRITER = "studio/search/index.py"
"""Its commit is that of the search index, which is derived and can be rebuilt; it never touches the database."""
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore)\b(.*)")
REASONED = re.compile(r"^(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[a-z-]+(?:,\s*[a-z-]+)*\])\s*(?:-|#)\s*\S.{6,}")
REGISTRY = re.compile(
    r"""(resolved|index-url|registry)["'=:\s]+https?://"""
    r"""|https?://(files|registry|deb|security)\.[a-z]|https?://(www\.)?(pypi|npmjs)\.(org|com)"""
)
WEB = "https" + "://"
FOLDER_NAME = "work"
"""In two parts, so that the examples below are not found themselves."""
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(home|root|Users|work|workspace)/\w")


def tracked(*patterns: str) -> list[Path]:
    done = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in (ROOT / line for line in done.stdout.splitlines()) if path.is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PYTHON = tracked("*.py")
PACKAGE = [path for path in PYTHON if name(path).startswith("studio/")]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PYTHON}


def commits(tree: ast.AST) -> bool:
    """Say whether something is committed here."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
        for node in ast.walk(tree)
    )


def bare_exceptions(text: str) -> list[str]:
    """Return the lines on which a check is switched off without its code or without a reason."""
    found = []
    for line in text.splitlines():
        match = EXCEPTION.search(line)
        if match and not REASONED.match(match[2].strip()):
            found.append(line.strip())
    return found


def addresses(text: str) -> list[str]:
    return [match[0] for pattern in (REGISTRY, MACHINE_PATH) for match in pattern.finditer(text)]


def test_there_is_something_to_look_at():
    assert len(PACKAGE) > 30


def test_every_module_says_in_one_line_what_it_is():
    openings = {name(path): (ast.get_docstring(tree, clean=False) or "").split("\n") for path, tree in TREES.items()}
    assert [path for path, lines in openings.items() if not lines[0].strip()] == []
    assert [path for path, lines in openings.items() if lines[0].strip() and lines[0].strip()[-1] not in ".?!:"] == []


def test_an_init_file_holds_its_docstring_and_nothing_else():
    inits = {name(path): len(tree.body) for path, tree in TREES.items() if path.name == "__init__.py"}
    assert {path: length for path, length in inits.items() if length != 1} == {}


def test_every_package_of_the_studio_has_its_init_file():
    folders = {path.parent for path in PACKAGE if "migrations" not in path.parts}
    assert sorted(name(folder) for folder in folders if not (folder / "__init__.py").exists()) == []


def test_only_the_four_edges_commit():
    found = {name(path) for path in PACKAGE if "migrations" not in path.parts and commits(TREES[path])}
    assert found - COMMITTERS - {INDEX_WRITER} == set()


def test_no_file_is_longer_than_400_lines():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    written = {path: length for path, length in lengths.items() if "/migrations/" not in path}
    assert {path: length for path, length in written.items() if length > LONGEST} == {}


def test_every_exception_from_a_check_names_its_code_and_its_reason():
    here = Path(__file__)
    found = {name(path): bare_exceptions(path.read_text(encoding="utf-8")) for path in PYTHON if path != here}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_tracked_file_names_a_registry_or_a_folder_of_some_machine():
    found = {}
    for path in tracked():
        try:
            hits = addresses(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        if hits and path != Path(__file__):
            found[name(path)] = hits
    assert found == {}


def test_fonts_and_other_built_files_are_not_tracked():
    binaries = [name(path) for path in tracked("*.ttf", "*.otf", "*.woff", "*.woff2", "*.pdf", "*.epub", "*.db")]
    assert binaries == []
    assert tracked("studio/web/static/built", "studio/theming/files", "client/node_modules") == []


@pytest.mark.parametrize(
    "line",
    [
        "import x  # noqa",
        "import x  # noqa: F401",
        "import x  # noqa - because",
        "x = 1  # type: ignore",
        "x = 1  # type: ignore[assignment]",
    ],
)
def test_the_search_for_bare_exceptions_finds_them(line):
    assert bare_exceptions(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "import x  # noqa: F401 - models register themselves",
        "import x  # noqa: F401, E402 - models register themselves",
        "x = 1  # type: ignore[assignment] - the library types it wrongly",
        "x = 1  # type: ignore[assignment]  # the library types it wrongly",
    ],
)
def test_the_search_for_bare_exceptions_passes_those_with_code_and_reason(line):
    assert bare_exceptions(line) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'"resolved": "{WEB}packages.example/x.tgz"', True),
        (f"--index-url {WEB}packages.example/simple", True),
        (f"see {WEB}registry.example", True),
        ("open /home/someone/x", True),
        ("the address /studio/home/ is a page", False),
        (f"{WEB}guides.example/{FOLDER_NAME}/x", False),
    ],
)
def test_the_search_for_addresses_finds_them_and_leaves_pages_alone(text, found):
    assert bool(addresses(text)) is found


def test_the_search_for_commits_tells_a_call_from_a_word():
    assert commits(ast.parse("session.commit()"))
    assert not commits(ast.parse("session.flush()\ncommit = 1"))
