"""The documentation names everything that a person could meet: settings, commands, files, packages, dependencies."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from studio import cli
from studio.audit import head_file
from studio.commands import practice
from studio.core.settings import DESCRIPTIONS
from studio.dashboard.record import signing
from studio.jobs import wake
from studio.members.actor import Role
from studio.publish import artifacts, generation, renderer
from studio.storage import migrate
from studio.web import keyfile

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ARCHITECTURE = (DOCS / "architecture.md").read_text(encoding="utf-8")
RUNNING = (DOCS / "running.md").read_text(encoding="utf-8")
STACK = (DOCS / "decisions" / "0001-the-stack.md").read_text(encoding="utf-8")
PARSERS = next(action.choices for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction))
IMPORTED_AS = {
    "argon2-cffi": "argon2",
    "confusable-homoglyphs": "confusable_homoglyphs",
    "flask-sqlalchemy": "flask_sqlalchemy",
    "fonttools": "fontTools",
    "markdown-it-py": "markdown_it",
    "mdit-py-plugins": "mdit_py_plugins",
    "pillow": "PIL",
    "pyyaml": "yaml",
}


def commands() -> list[str]:
    """The commands that the program itself lists."""
    done = subprocess.run(
        [sys.executable, "-m", "studio", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = re.findall(r"^    ([a-z]+) ", done.stdout.split("COMMAND\n")[1].split("\n\n")[0], re.MULTILINE)
    assert listed, done.stdout
    return listed


def named_in_rows(text: str, pattern: str) -> set[str]:
    """What the first cells of the tables in ``text`` name."""
    return {match[1] for line in text.splitlines() if (match := re.match(rf"\| `{pattern}[` ]", line))}


def dependencies() -> tuple[set[str], set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plain = [
        {re.split(r"[\[<>=!~ ]", name)[0] for name in names}
        for names in (project["dependencies"], project["optional-dependencies"]["test"])
    ]
    return plain[0], plain[1]


def test_every_setting_is_described_and_none_that_is_gone():
    assert named_in_rows(RUNNING, r"(STUDIO_[A-Z_]+)") == set(DESCRIPTIONS)


def test_every_command_is_described_and_none_that_is_gone():
    assert named_in_rows(RUNNING, r"studio ([a-z]+)") == set(commands())


def test_every_package_is_described_and_none_that_is_gone():
    packages = {f"studio.{path.parent.name}" for path in (ROOT / "studio").glob("*/__init__.py")}
    assert named_in_rows(ARCHITECTURE, r"(studio\.[a-z0-9]+)") == packages


def test_every_module_above_the_packages_is_named():
    modules = [f"`studio.{path.stem}`" for path in (ROOT / "studio").glob("*.py") if path.stem != "__init__"]
    assert [module for module in modules if module not in ARCHITECTURE] == []


def test_every_layer_of_the_contract_is_in_the_picture():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = {name for layer in contracts["contracts"][0]["layers"] for name in re.findall(r"[a-z0-9]+", layer)}
    picture = ARCHITECTURE.split("```mermaid")[1].split("```")[0]
    drawn = set(re.findall(r"\b[a-z0-9]+\b", picture))
    assert layers - {"main"} - drawn == set()


def test_every_dependency_has_a_line_on_why():
    run, tests = dependencies()
    assert named_in_rows(STACK.split("From npm")[0], r"([a-z0-9-]+)") == run
    assert {name for name in tests if f"`{name}`" not in STACK} == set()


def test_every_package_from_npm_has_a_line_on_why_and_none_that_is_gone():
    wanted = json.loads((ROOT / "client" / "package.json").read_text(encoding="utf-8"))
    names = {*wanted["dependencies"], *wanted["devDependencies"]}
    named = {name.removeprefix("@expo-google-fonts/") for name in names}
    part = STACK.split("From npm")[1].split("\n\nFor the tests")[0]
    said = set(re.findall(r"`(@?[a-z][a-z0-9/-]+)`", part))
    assert named - said - {"axe-core"} == set()
    assert said - named - {"@expo-google-fonts", "pycrdt"} == set()


def test_every_dependency_is_pinned():
    run, tests = dependencies()
    pins = {
        line.split("==")[0]
        for name in ("runtime", "tests")
        for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    }
    assert (run | tests) - pins == set()


@pytest.mark.parametrize("word", ["run", "test", "check", "bench", "shots", "clean"])
def test_every_word_of_make_is_described_and_does_something(word):
    assert f"make {word}" in RUNNING
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8")
    script = re.search(rf"^{word}:.*\n\t@(tools/[a-z]+\.sh)", recipes, re.MULTILINE)
    assert script
    assert (ROOT / script[1]).stat().st_mode & 0o111


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_is_in_the_list_of_papers():
    listed = re.findall(r"\]\(decisions/([^)]+)\)", (DOCS / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in (DOCS / "decisions").glob("*.md"))


@pytest.mark.parametrize("command", sorted(PARSERS))
def test_every_option_of_a_command_stands_in_its_row(command):
    row = next(line for line in RUNNING.splitlines() if re.match(rf"\| `studio {command}[` ]", line))
    options = {name for action in PARSERS[command]._actions for name in action.option_strings if name.startswith("--")}
    assert {name for name in options - {"--help", "--demo"} if name not in row} == set()


def test_every_role_that_an_invitation_can_give_is_named_with_its_word_on_the_screen():
    row = next(line for line in RUNNING.splitlines() if line.startswith("| `studio member invite"))
    assert [role for role in Role if f"`{role}`" not in row.replace("--role ", "`")] == []


def test_every_file_of_the_data_folder_is_explained():
    kept = (
        head_file.NAME,
        signing.NAME,
        keyfile.NAME,
        artifacts.FOLDER,
        generation.NAME,
        wake.NAME,
        renderer.SOCKET_NAME,
    )
    folder = RUNNING.split("## The data folder")[1].split("\n## ")[0]
    named = {name.rstrip("/") for name in re.findall(r"`([^` ]+)`", folder)}
    assert {*kept, practice.NAME, migrate._LOCK, "studio.db"} - named == set()


def test_the_program_uses_what_it_depends_on():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "studio").rglob("*.py"))
    unused = {name for name in dependencies()[0] if not re.search(rf"\b{IMPORTED_AS.get(name, name)}\b", code)}
    assert unused == set()
