"""The documentation names everything that a person could meet: settings, commands, packages, dependencies."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from studio.core.settings import DESCRIPTIONS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ARCHITECTURE = (DOCS / "architecture.md").read_text(encoding="utf-8")
RUNNING = (DOCS / "running.md").read_text(encoding="utf-8")
STACK = (DOCS / "decisions" / "0001-the-stack.md").read_text(encoding="utf-8")


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
    assert named_in_rows(STACK, r"([a-z0-9-]+)") == run
    assert {name for name in tests if f"`{name}`" not in STACK} == set()


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


def test_links_between_documents_lead_somewhere():
    links = [
        (path, target)
        for path in [*DOCS.rglob("*.md"), ROOT / "README.md"]
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert [f"{path.name}: {target}" for path, target in links if not (path.parent / target).exists()] == []
