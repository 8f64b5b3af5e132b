"""Saved versions: frozen once, known by their content, block by block; names and teams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from studio.core.errors import Conflict, Invalid, NotFound
from studio.guides import names, operations, queries
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields, content_hash
from studio.guides.models import Revision, SlugAlias
from studio.guides.rules.statuses import Kind, Progress, Significance, UpdateKind
from studio.jobs.models import Job

BODY = "Rest.\n\n## Walk\n\n- slowly\n- with a friend\n\nSleep."
WHOLE = {"kind": "guide", "facets": ["health"], "topics": ["sleep"], "licence": "CC-BY-SA-4.0"}


@pytest.fixture
def text(session, clock):
    return operations.start_guide(
        session, "heron", fields=TextFields(title="Rest"), language="en", body=BODY, now=clock()
    )


@pytest.fixture
def write(session, text, clock):
    def change(old, new, author="kite", **fields):
        draft = text.draft
        at = draft.text.index(old)
        edits = [Edit(at, at + len(old), new)] if old != new else []
        log.apply(
            session,
            draft,
            base_seq=draft.head_seq,
            edits=edits,
            fields=fields,
            author=author,
            kind=UpdateKind.FORM,
            now=clock(),
        )

    return change


@pytest.fixture
def save(session, text, clock):
    def version(significance=Significance.CONTENT):
        return operations.save_version(session, "heron", text, significance=significance, note=" n ", now=clock())

    return version


def test_the_same_text_is_frozen_once(session, save, write):
    first = save()
    assert save(Significance.SAFETY) is first
    write("Rest.", "Rest.")
    assert save() is first
    assert len(session.scalars(select(Revision)).all()) == 1


def test_a_version_holds_all_that_the_draft_had_and_asks_for_another_look(session, save, text):
    first = save()
    assert (first.number, first.seq, first.body, first.note, first.based_on) == (1, 1, BODY, "n", None)
    assert first.fields == TextFields(title="Rest").to_dict()
    assert text.latest_revision_id == first.id
    assert first.content_hash == operations.hash_of_draft(text)
    assert "review.look_again" in {job.name for job in session.scalars(select(Job))}


def test_blocks_that_stayed_keep_their_ids_and_hashes_and_only_the_changed_one_has_another(save, write):
    first = save()
    write("with a friend", "with two friends")
    second = save()
    before = {block.block_id: block for block in first.blocks}
    after = {block.block_id: block for block in second.blocks}
    assert list(before) == list(after)
    assert [key for key in before if before[key].hash != after[key].hash] == [first.blocks[5].block_id]
    assert second.based_on == first.id


def test_a_paragraph_that_comes_in_between_gets_an_id_of_its_own_and_moves_no_other(save, write):
    first = save()
    write("## Walk", "Breathe.\n\n## Walk")
    second = save()
    old = [block.block_id for block in first.blocks]
    assert [block.block_id for block in second.blocks if block.block_id in old] == old
    assert len(second.blocks) == len(old) + 1


def test_the_body_is_the_blocks_joined(save):
    version = save()
    kinds = [block.kind for block in version.blocks]
    assert kinds == ["title", "summary", "front", "paragraph", "heading", "list", "paragraph"]
    assert "".join(block.source for block in version.blocks[3:]) == BODY


def test_contributors_are_told_block_by_block_those_who_took_words_out_too(save, write):
    write("slowly\n- ", "", author="wren")
    write("Sleep.", "Sleep.", author="gull", title="Rest well")
    told = {block.kind: set(block.contributors) for block in save().blocks}
    assert told["title"] == {"heron", "gull"}
    assert told["heading"] == {"heron"}
    assert told["list"] == {"heron", "wren"}


def test_after_an_edition_authorship_counts_anew(session, save, write, text, clock):
    first = save()
    log.settle(session, text.draft, first.seq, clock())
    write("Sleep.", "Sleep long.", author="kite")
    second = save()
    assert {name for block in second.blocks for name in block.contributors} == {"kite"}
    assert second.blocks[-1].contributors == ["kite"]


def test_spelling_is_taken_for_spelling_and_the_text_stays_where_it_was(save, write, text):
    save()
    write("with a friend", "with a freind")
    text.progress = Progress.APPROVED
    assert save(Significance.TYPO).significance is Significance.TYPO
    assert text.progress is Progress.APPROVED


def test_more_than_spelling_is_refused_with_the_reason(save, write):
    save()
    write("with a friend", "without a friend")
    with pytest.raises(Invalid, match="More than spelling changed"):
        save(Significance.TYPO)


@pytest.mark.parametrize("what", [{"facets": ["health"]}, {"kind": Kind.FACTSHEET}, {"topics": ["sleep"]}])
def test_what_a_text_needs_is_never_spelling(save, text, what):
    save()
    for name, value in what.items():
        setattr(text.guide, name, value)
    with pytest.raises(Invalid, match="What the text is, or what it needs, changed"):
        save(Significance.TYPO)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Progress.DRAFT, Progress.DRAFT),
        (Progress.IN_REVIEW, Progress.IN_REVIEW),
        (Progress.CHANGES_REQUESTED, Progress.IN_REVIEW),
        (Progress.APPROVED, Progress.IN_REVIEW),
        (Progress.SCHEDULED, Progress.IN_REVIEW),
        (Progress.SETTLED, Progress.DRAFT),
    ],
)
def test_a_saved_version_moves_a_text_by_the_table(save, text, before, after):
    text.progress = before
    save()
    assert text.progress is after


def test_a_text_that_was_put_away_has_no_new_version(save, text):
    text.progress = Progress.ARCHIVED
    with pytest.raises(Conflict):
        save()


FIELDS = st.builds(
    TextFields,
    title=st.sampled_from(["a", "b"]),
    summary=st.sampled_from(["", "s"]),
    neutral_title=st.sampled_from(["", "n"]),
    content_notes=st.sampled_from([(), ("none",), ("violence",)]),
    sources=st.sampled_from([(), ("x",), ("x", "y")]),
    changelog=st.sampled_from(["", "c"]),
    helplines=st.sampled_from(["", "none-for-here"]),
)


@given(st.sampled_from(["x", "y", "\ufa10", "\u585a"]), FIELDS, st.sampled_from(["x", "y", "\ufa10", "\u585a"]), FIELDS)
def test_the_content_hash_changes_if_and_only_if_readers_see_a_change(body, fields, other_body, other_fields):
    same = body == other_body and fields == other_fields
    first = content_hash(body, fields.to_dict(), **WHOLE)
    assert (first == content_hash(other_body, other_fields.to_dict(), **WHOLE)) is same


@pytest.mark.parametrize("changed", [{"kind": "story"}, {"facets": []}, {"topics": ["x"]}, {"licence": "CC0-1.0"}])
def test_the_content_hash_covers_what_the_guide_is(changed):
    assert content_hash("x", {}, **WHOLE) != content_hash("x", {}, **{**WHOLE, **changed})


def test_the_order_of_facets_and_topics_is_no_change():
    ordered = {**WHOLE, "facets": ["a", "b"], "topics": ["c", "d"]}
    turned = {**WHOLE, "facets": ["b", "a"], "topics": ["d", "c"]}
    assert content_hash("x", {}, **ordered) == content_hash("x", {}, **turned)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How to rest?", "how-to-rest"),
        ("Über die Straße", "uber-die-strasse"),
        ("家族に話す", "jia-zu-nihua-su"),
        ("👩‍👩‍👧 !", "text"),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_an_address_name_is_ascii_words_of_the_title(title, name):
    made = names.ascii_name(title)
    assert names.PATTERN.fullmatch(made)
    assert len(made) <= names.LENGTH
    assert made == name or not title.isascii()


def test_names_are_unique_and_reserved_words_are_not_given(session, text, clock):
    def start(title):
        fields = TextFields(title=title)
        return operations.start_guide(session, "heron", fields=fields, language="en", now=clock())

    assert [start("Rest").guide_id for _ in range(2)] == ["rest-2", "rest-3"]
    assert start("Search").slug == "search-2"
    session.add(SlugAlias(language="en", slug="walk", translation_id=text.id))
    session.flush()
    assert start("Walk").slug == "walk-2"


@pytest.mark.parametrize("wanted", ["Rest", "a--b", "search", "é", "", "x" * 61, "taken"])
def test_an_address_name_that_cannot_be_is_refused(session, text, clock, wanted):
    operations.start_guide(session, "heron", fields=TextFields(title="Taken"), language="en", now=clock())
    with pytest.raises(Invalid):
        names.check_slug(session, text, wanted)
    assert names.check_slug(session, text, "rest") == "rest"
    assert names.check_slug(session, text, "pages-to-read") == "pages-to-read"


def test_a_story_is_known_to_its_team_alone(session, clock, member):
    heron, kite = member("Heron"), member("Kite")
    fields = TextFields(title="Mine")
    story = operations.start_guide(session, heron.id, fields=fields, language="en", kind=Kind.STORY, now=clock())
    assert queries.translation(session, heron, story.guide_id, "en") is story
    with pytest.raises(NotFound):
        queries.translation(session, kite, story.guide_id, "en")
    assert queries.visible_translations(session, kite) == []
    operations.join_team(session, story, kite.id, clock())
    operations.join_team(session, story, kite.id, clock())
    assert queries.visible_translations(session, kite) == [story]


def test_a_guide_has_each_language_once(session, text, clock):
    with pytest.raises(Conflict, match="exists in that language already"):
        operations.add_translation(
            session, "kite", text.guide, language="en", fields=TextFields(title="Again"), now=clock()
        )
