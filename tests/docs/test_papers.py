"""The papers of the project lead where they say, and tell of nothing but the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = sorted(
    path
    for place in (".", "docs", "docs/decisions", "content", "content/policies")
    for path in (ROOT / place).glob("*.md")
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOSTS = {"127.0.0.1", "guides.example", "www.wikipedia.org"}
"""This machine, an example, and where Leave goes by default."""
PICTURES = ROOT / "docs" / "pictures"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    """The places in a paper that a link can lead to."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def leads_nowhere(paper: Path, target: str) -> bool:
    place, _, anchor = target.partition("#")
    if place.startswith("docs/pictures/") and not PICTURES.exists():
        return False  # nobody has run "make shots" yet; from then on each must be there
    found = (paper.parent / place).resolve() if place else paper
    return not found.exists() or bool(anchor and anchor not in anchors(found))


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_every_link_between_papers_leads_to_a_file_and_a_heading(paper):
    targets = re.findall(r"\]\(([^)]+)\)", paper.read_text(encoding="utf-8"))
    assert [each for each in targets if not re.match("[a-z]+:", each) and leads_nowhere(paper, each)] == []


def test_a_link_to_a_heading_that_is_gone_is_found():
    running = ROOT / "docs" / "running.md"
    assert not leads_nowhere(running, "../CHANGELOG.md")
    assert not leads_nowhere(running, "running.md#the-processes")
    assert leads_nowhere(running, "#the-kitchen")
    assert leads_nowhere(running, "../CHANGES.md")


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_no_paper_names_another_host_or_a_folder_of_somebodys_machine(paper):
    text = paper.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://([a-z0-9.-]+)", text)) - HOSTS == set()
    assert re.findall(r"(?<![\w.])/(?:work|home|root|Users)/", text) == []


def test_every_picture_of_the_readme_has_words_for_those_who_cannot_see_it():
    shown = re.findall(r"!\[([^\]]*)\]\(docs/pictures/([^)]+)\)", README)
    assert [picture for words, picture in shown if len(words.split()) < 3] == []


def test_every_picture_is_shown_in_the_readme():
    assert [path.name for path in PICTURES.glob("*.png") if f"docs/pictures/{path.name}" not in README] == []


def test_the_readme_stays_short():
    assert len(README.splitlines()) <= 150
