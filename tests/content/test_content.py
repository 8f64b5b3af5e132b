"""The content folder is complete and says the same in each language."""

from __future__ import annotations

import re
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from studio.core.locales import LANGUAGES

CONTENT = Path(__file__).parents[2] / "content"
GUIDE_LANGUAGES = {"en", "ar", "es", "fr", "ja"}
READER_LANGUAGES = {"ar", "en", "es", "fr", "ja", "zh"}
STUDIO_LANGUAGES = {"en", "ar", "es", "fr"}
KINDS = ("guide", "factsheet", "story")
STAGES = ("peer", "copy", "voice", "facts:health", "facts:legal", "safety", "teller")
CONDITIONS = ("health", "legal", "minors", "crisis", "risk:high", "images", "translation")
KEYS = {
    "id", "lang", "kind", "facets", "title", "neutral_title", "summary", "topics", "content_notes", "sources",
    "licence", "changelog",
}  # fmt: skip

GUIDES = sorted(CONTENT.glob("guides/*/*.md"))
POLICIES = sorted(CONTENT.glob("policies/*.yaml"))
CHECKLISTS = sorted(CONTENT.glob("checklists/*.yaml"))


def data(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def parts(path: Path) -> tuple[dict[str, Any], str]:
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(matter), body


def shape(body: str) -> list[str]:
    """What kind of block each line opens, with the footnotes and links that a paragraph holds; never its words."""
    found: list[str] = []
    for raw in body.splitlines():
        line = raw.strip()
        held = " ".join(sorted(re.findall(r"\[\^\d+\]|\(guide:[\w-]+\)", line)))
        if line:
            found.append(f"{_sort(line)} {held}".strip())
    return found


def _sort(line: str) -> str:
    for name, pattern in (
        ("heading", r"#{2,4} "),
        ("box", r":::"),
        ("item", r"- "),
        ("step", r"\d+\. "),
        ("row", r"\|"),
        ("note", r"\[\^"),
    ):
        if re.match(pattern, line):
            extra = line.split()[1] if name == "box" and " " in line else str(line.count("|"))
            return f"{name} {extra}"
    return "paragraph"


def name_of(path: Path) -> str:
    return "/".join(path.relative_to(CONTENT).parts[-2:])


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.yaml")), ids=name_of)
def test_each_yaml_file_is_read_as_a_mapping_without_a_key_given_twice(path: Path) -> None:
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        keys = [loader.construct_object(key, deep=True) for key, _ in node.value]  # type: ignore[no-untyped-call]  # the stubs leave it out
        assert len(keys) == len(set(keys)), f"given twice in {keys}"
        return {
            key: loader.construct_object(value, deep=True)  # type: ignore[no-untyped-call] # the stubs leave it open
            for key, (_, value) in zip(keys, node.value, strict=True)
        }

    Strict.add_constructor("tag:yaml.org,2002:map", mapping)
    loaded = yaml.load(path.read_text(encoding="utf-8"), Strict)  # noqa: S506 - Strict is a SafeLoader
    assert isinstance(loaded, dict)
    assert loaded


def test_both_starter_guides_are_there_in_five_languages() -> None:
    assert {(path.parent.name, path.stem) for path in GUIDES} == set(
        product(("deciding-whether-to-tell", "hard-days"), GUIDE_LANGUAGES)
    )


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_the_front_matter_of_a_guide_is_complete(path: Path) -> None:
    matter, _ = parts(path)
    topics = {topic["key"] for topic in data(CONTENT / "topics.yaml")["topics"]}
    notes = {note["key"] for note in data(CONTENT / "content-notes.yaml")["content_notes"]}
    assert set(matter) == KEYS | ({"helplines"} if "crisis" in matter["facets"] else set())
    assert (matter["id"], matter["lang"]) == (path.parent.name, path.stem)
    assert matter["kind"] in KINDS
    assert matter["licence"] == "CC-BY-SA-4.0"
    assert 0 < len(matter["summary"]) <= 160
    assert matter["topics"]
    assert set(matter["topics"]) <= topics
    assert set(matter["content_notes"]) <= notes
    assert matter["content_notes"]
    assert len(matter["sources"]) >= 2
    assert all(re.search(r"\b(19|20)\d\d", source) for source in matter["sources"])


@pytest.mark.parametrize("guide", sorted({path.parent for path in GUIDES}), ids=lambda path: path.name)
def test_a_guide_has_the_same_blocks_in_the_same_order_in_each_language(guide: Path) -> None:
    english, body = parts(guide / "en.md")
    for path in guide.glob("*.md"):
        matter, other = parts(path)
        assert shape(other) == shape(body), path.name
        for key in ("kind", "facets", "topics", "content_notes", "licence"):
            assert matter[key] == english[key], path.name
        assert len(matter["sources"]) == len(english["sources"])


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_a_neutral_title_tells_nothing_of_the_title_and_names_no_identity(path: Path) -> None:
    matter, _ = parts(path)
    outside = matter["neutral_title"].casefold()
    assert len(outside) <= 24
    assert not set(re.findall(r"\w{4,}", outside)) & set(re.findall(r"\w{4,}", matter["title"].casefold()))
    assert not re.search(r"lgbt|trans|gay|queer|ميم|عابر|性|同志", outside)


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.md")), ids=name_of)
def test_no_text_holds_digits_that_look_like_a_phone_number_or_an_address_of_the_web(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"(?:\+|\b)\d[\d ().\u2011-]{4,}\d", text)
    assert not re.findall(r"\b\d{5,}\b|[٠-٩۰-۹]", text)
    assert not re.findall(r"\b\d+ ?(?:mg|ml|µg|mcg)\b", text)
    assert not re.findall(r"https?:|www\.|@[a-z]", text)
    assert "\u200f" not in text
    assert "\u200e" not in text


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_boxes_close_footnotes_meet_and_links_lead_to_guides_of_the_same_language(path: Path) -> None:
    _, body = parts(path)
    fences = re.findall(r"^:::(.*)$", body, re.MULTILINE)
    assert [bool(fence.strip()) for fence in fences] == [True, False] * (len(fences) // 2)
    assert all(re.match(r" (?:(note|help|care|stop) \S|card( number| step)?$)", fence) for fence in fences[::2])
    called = re.findall(r"\[\^(\d+)\](?!:)", body)
    defined = re.findall(r"^\[\^(\d+)\]:", body, re.MULTILINE)
    assert called == defined == sorted(set(defined))
    linked = re.findall(r"\[([^\]]+)\]\(guide:([\w-]+)\)", body)
    assert linked
    for words, target in linked:
        assert words == parts(CONTENT / "guides" / target / path.name)[0]["title"]


@pytest.mark.parametrize("path", [path for path in GUIDES if path.stem != "ja"], ids=name_of)
def test_sentences_stay_at_twenty_words_or_below(path: Path) -> None:
    _, body = parts(path)
    text = re.sub(r"\(guide:[^)]*\)|\[\^\d+\]:?|^(?:- |\d+\. )", " ", body, flags=re.MULTILINE)
    sentences = re.split(r"[.!?؟:;؛|]\s|\n", re.sub(r"[*#«»“”]", "", text))
    assert [sentence for sentence in sentences if len(re.findall(r"[\w’+-]+", sentence)) > 20] == []


@pytest.mark.parametrize("path", POLICIES, ids=name_of)
def test_a_policy_is_whole_and_asks_for_two_people_or_more(path: Path) -> None:
    policy = data(path)
    assert policy["key"] == path.stem
    assert policy["people"] >= 2
    assert tuple(stage["key"] for stage in policy["stages"]) == STAGES
    assert set(policy["title"]) == set(policy["note"]) == STUDIO_LANGUAGES
    assert {key: set(label) for key, label in policy["labels"].items()} == dict.fromkeys(
        ("override", "urgent", "one_reader"), READER_LANGUAGES
    )
    lists = {checklist.stem for checklist in CHECKLISTS}
    for stage in policy["stages"]:
        assert stage["phase"] in ("shape", "checks", "last")
        assert stage["judges"] == ("facts" if stage["key"].startswith("facts:") else "all")
        assert stage["checklist"] in lists
        assert set(stage["title"]) == STUDIO_LANGUAGES
    by_key = {stage["key"]: stage for stage in policy["stages"]}
    assert by_key["safety"]["needs_with"] == {"risk:high": 2}
    assert by_key["teller"]["only_kind"] == ["story"]
    assert by_key["teller"]["counts"] is False
    assert (policy["claim_days"], policy["silent_days"]) == (14, 10)
    assert policy["recheck_months"] == {"default": 24, "health": 18, "legal": 9}


@pytest.mark.parametrize("path", POLICIES, ids=name_of)
def test_no_line_of_combine_lets_one_person_give_every_check_or_join_facts_with_another_check(path: Path) -> None:
    for line in data(path)["combine"]:
        assert set(line) <= set(STAGES)
        assert not {"peer", "copy", "voice", "safety"} <= set(line)
        if any(stage.startswith("facts:") for stage in line):
            assert not {"voice", "safety"} & set(line)


def test_tiny_lets_two_people_share_four_stages_in_any_way_but_three_to_one() -> None:
    lines = [set(line) for line in data(CONTENT / "policies" / "tiny.yaml")["combine"]]
    four = {"peer", "copy", "voice", "safety"}
    assert all({*pair} in lines for pair in combinations(four, 2))
    assert not any(set(three) <= line for three in combinations(four, 3) for line in lines)


@pytest.mark.parametrize("path", CHECKLISTS, ids=name_of)
def test_each_check_asks_three_to_five_questions_of_any_text(path: Path) -> None:
    checklist = data(path)
    assert checklist["key"] == path.stem
    assert checklist["version"] >= 1
    questions = checklist["questions"]
    assert len({question["key"] for question in questions}) == len(questions)
    for question in questions:
        assert set(question["text"]) == STUDIO_LANGUAGES
        assert set(question.get("only_with", ())) <= set(CONDITIONS)
        assert set(question.get("only_kind", ())) <= set(KINDS)
    kinds = ("story",) if path.stem == "teller" else KINDS
    for kind, count in product(kinds, range(len(CONDITIONS) + 1)):
        for having in combinations(CONDITIONS, count):
            asked = [
                question
                for question in questions
                if kind in question.get("only_kind", KINDS)
                and (not question.get("only_with") or set(question["only_with"]) & set(having))
            ]
            assert 3 <= len(asked) <= 5, (kind, having)


def test_each_checklist_belongs_to_a_stage() -> None:
    used = {stage["checklist"] for path in POLICIES for stage in data(path)["stages"]}
    assert used == {path.stem for path in CHECKLISTS}


def test_topics_and_content_notes_are_named_in_all_twelve_languages() -> None:
    topics = data(CONTENT / "topics.yaml")["topics"]
    notes = data(CONTENT / "content-notes.yaml")["content_notes"]
    assert 8 <= len(topics) <= 12
    for entry in [*topics, *notes]:
        assert set(entry["name"]) == set(LANGUAGES), entry["key"]
        assert all(entry["name"].values())
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", entry["key"])
    needs = sorted((topic["need"]["order"], topic) for topic in topics if "need" in topic)
    assert [order for order, _ in needs] == [1, 2, 3, 4, 5]
    for _, topic in needs:
        assert set(topic["need"]["sentence"]) == set(topic["need"]["line"]) == set(LANGUAGES)


def test_a_word_to_avoid_is_offered_nowhere_in_its_language() -> None:
    languages = data(CONTENT / "synonyms.yaml")["languages"]
    assert set(languages) == set(LANGUAGES)
    for groups in languages.values():
        offered = [word for group in groups for word in group["words"]]
        avoided = [word for group in groups for word in group.get("avoid", ())]
        assert avoided
        assert len(set(offered)) == len(offered)
        assert len(set(avoided)) == len(avoided)
        assert not {word.casefold() for word in offered} & {word.casefold() for word in avoided}


def test_the_starter_guides_use_no_word_that_is_to_be_avoided() -> None:
    languages = data(CONTENT / "synonyms.yaml")["languages"]
    for path in GUIDES:
        matter, body = parts(path)
        words = f"{matter['title']} {matter['summary']} {body}".casefold()
        for word in (word for group in languages[path.stem] for word in group.get("avoid", ())):
            assert not re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", words), (path, word)


def test_agreements_are_three_lines_that_fit_a_phone() -> None:
    agreements = data(CONTENT / "agreements.yaml")["agreements"]
    assert len(agreements) == 3
    for agreement in agreements:
        assert set(agreement["text"]) == READER_LANGUAGES
        assert all(len(text) <= 110 and "\n" not in text for text in agreement["text"].values())


def test_the_four_questions_are_asked_in_six_languages() -> None:
    questions = data(CONTENT / "templates" / "questions.yaml")["questions"]
    assert len(questions) == 4
    for question in questions:
        assert set(question["ask"]) == set(question["help"]) == set(question["heading"]) == READER_LANGUAGES


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_template_of_the_same_shape_in_the_languages_of_the_studio(kind: str) -> None:
    shapes = []
    for language in sorted(STUDIO_LANGUAGES):
        matter, body = parts(CONTENT / "templates" / kind / f"{language}.md")
        assert (matter["kind"], matter["lang"]) == (kind, language)
        shapes.append(shape(body))
    assert all(one == shapes[0] for one in shapes)
