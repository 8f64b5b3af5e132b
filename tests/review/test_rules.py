from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.guides.fields import TextFields
from studio.guides.rules.statuses import Kind, Significance
from studio.members.actor import Actor, Role
from studio.review import library as shelves
from studio.review.library import library
from studio.review.rules import policy as policies
from studio.review.rules.answers import check_answers
from studio.review.rules.carry import ABOUT, Block, Snapshot, Weight, carry, changed_passages, states_a_fact
from studio.review.rules.completeness import missing
from studio.review.rules.policy import Check, Judges, Phase, checks_for, fitting, questions_for, risk_of
from studio.review.rules.queue import Piece, in_order, minutes, one_piece, words
from studio.review.rules.quorum import can_be_cast, if_you_write, sentences
from studio.review.rules.standing import Given, Sort, Standing, State, Verdict, Vote, weigh
from studio.review.rules.who import Text, fits, why_not

TYPO, CONTENT, SAFETY = Significance.TYPO, Significance.CONTENT, Significance.SAFETY


def check(key="peer", *, who=("any_member",), needs=1, phase=Phase.SHAPE, judges=Judges.ALL, **more):
    return Check(key, {"en": key}, phase, who, needs, judges, key, 10, **more)


def block(block_id, source, kind="paragraph"):
    return Block(block_id, kind, source, source)


def text(number, *blocks, label=CONTENT):
    return Snapshot(number, "/".join(one.source for one in blocks), blocks, label)


def actor(name="ann", *roles, trainings=(), reads=("en",)):
    return Actor(name, name, frozenset({Role.WRITER, *roles}), frozenset(trainings), frozenset(reads))


# ── policies ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_shipped_policies_are_read_and_no_line_of_combine_lets_facts_go_with_safety_or_voice():
    for policy in library().policies.values():
        assert policy.people >= 2
        for line in policy.combine:
            facts = any(key.startswith("facts") for key in line)
            assert not (facts and line & {"safety", "voice"})


def test_a_policy_cannot_ask_for_fewer_than_two_people():
    data = dict(library().policy_data["tiny"])
    assert policies.read_policy({**data, "people": 1}).people == 2


@pytest.mark.parametrize(
    "mistake", [{"stages": None}, {"people": "many"}, {"stages": [{"key": "peer"}]}, {"combine": 3}]
)
def test_a_mistake_in_a_policy_is_one_sentence_that_names_it(mistake):
    data = {**library().policy_data["tiny"], **mistake}
    with pytest.raises(Invalid, match="tiny"):
        policies.read_policy(data)


def test_what_is_no_policy_at_all_is_refused_by_a_sentence_too():
    with pytest.raises(Invalid, match=r"\?"):
        policies.read_policy([])
    with pytest.raises(Invalid, match="peer"):
        policies.read_checklist({"key": "peer", "version": 1})


def test_a_policy_that_names_a_missing_checklist_stops_the_start():
    tiny = library().policies["tiny"]
    with pytest.raises(Invalid, match="peer"):
        shelves._check_names(tiny, {})
    shelves._check_names(tiny, library().checklists)


def test_facets_bring_checks_and_the_law_of_each_country_is_one_of_its_own():
    tiny = library().policies["tiny"]
    plain = [one.key for one in checks_for(tiny, Kind.GUIDE, [])]
    assert plain == ["peer", "copy", "voice", "safety"]
    more = {one.key: one for one in checks_for(tiny, Kind.STORY, ["health", "legal:FR", "legal:DE", "risk:high"])}
    assert list(more) == [
        "peer",
        "copy",
        "voice",
        "facts:health",
        "facts:legal:FR",
        "facts:legal:DE",
        "safety",
        "teller",
    ]
    assert more["safety"].needs == 2
    assert more["facts:legal:FR"].who == ("training:legal:FR",)
    assert more["facts:legal:FR"].line == "facts:legal"
    assert not more["teller"].counts


def test_every_check_of_every_policy_asks_three_to_five_questions_of_any_text():
    shelf = library()
    for policy in shelf.policies.values():
        for kind in Kind:
            facets = ["health", "legal:FR", "minors", "crisis", "risk:high"]
            for one in checks_for(policy, kind, facets):
                asked = questions_for(shelf.checklists[one.checklist], kind, [])
                everything = questions_for(shelf.checklists[one.checklist], kind, facets)
                assert 3 <= len(asked) <= len(everything) <= 5, (one.key, kind)


def test_the_risk_of_a_text_is_the_highest_that_applies():
    tiny = library().policies["tiny"]
    assert [risk_of(tiny, facets) for facets in ([], ["health"], ["health", "risk:high"])] == [1, 2, 3]


@pytest.mark.parametrize(
    ("people", "key"), [(1, "tiny"), (3, "tiny"), (4, "small"), (6, "small"), (7, "full"), (90, "full")]
)
def test_the_policy_fits_the_number_of_members(people, key):
    assert fitting(library().policies.values(), people).key == key


def test_a_number_that_no_policy_is_meant_for_gets_the_largest():
    tiny = library().policies["tiny"]
    assert fitting([tiny], 50) is tiny


# ── who ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "person", "may"),
    [
        (("any_member",), actor(), True),
        (("own_experience",), actor(), True),
        (("role:editor", "training:copy"), actor("ann", Role.EDITOR), True),
        (("role:editor", "training:copy"), actor("ann", Role.REVIEWER, trainings=("copy",)), True),
        (("role:editor", "training:copy"), actor("ann", trainings=("copy",)), False),
        (("training:legal:FR",), actor("ann", Role.REVIEWER, trainings=("legal:FR",)), True),
        (("training:legal:FR",), actor("ann", Role.REVIEWER, trainings=("legal:DE",)), False),
        (("training:safety",), actor("ann", Role.STEWARD, Role.EDITOR), False),
        (("teller",), actor("tom"), True),
        (("teller",), actor("ann"), False),
        (("something:else",), actor("ann"), False),
        (("any_member",), actor("ann", reads=("fr",)), False),
        (("any_member",), actor("wes"), False),
    ],
)
def test_who_may_give_a_check(who, person, may):
    about = Text("en", frozenset({"wes"}), frozenset({"tom"}))
    assert (why_not(person, check(who=who), about, (), ()) is None) is may


def test_the_teller_may_be_the_author():
    about = Text("en", frozenset({"tom"}), frozenset({"tom"}))
    assert why_not(actor("tom"), check("teller", who=("teller",), counts=False), about, (check("peer"),), ()) is None


def test_what_one_person_gives_fits_into_one_line_of_combine():
    lines = (frozenset({"peer", "copy"}), frozenset({"voice", "safety"}))
    about = Text("en")
    assert why_not(actor(), check("copy"), about, [check("peer")], lines) is None
    assert why_not(actor(), check("safety"), about, [check("peer")], lines) is not None
    assert why_not(actor(), check("safety"), about, [check("safety")], lines) is None


def test_the_law_of_two_countries_takes_two_people():
    lines = (frozenset({"peer", "facts:legal"}),)
    one, two = (check(f"facts:legal:{country}", country=country) for country in ("FR", "DE"))
    assert why_not(actor(), one, Text("en"), [check("peer")], lines) is None
    assert why_not(actor(), two, Text("en"), [one], lines) is not None


@given(st.sets(st.sampled_from(["peer", "copy", "voice", "safety", "facts:health", "facts:legal"]), min_size=2))
def test_no_shipped_policy_but_tiny_lets_one_person_give_two_of_voice_facts_and_safety(keys):
    for name, policy in library().policies.items():
        three = {key.partition(":")[0] for key in keys} & {"voice", "facts", "safety"}
        if fits(keys, policy.combine) and len(three) > 1:
            assert name == "tiny"
            assert three == {"voice", "safety"}


# ── carry ─────────────────────────────────────────────────────────────────────────────────────────────────────

CALM = text(1, block("a", "Talk to somebody calm."), block("b", "Rest for 3 days."))
FACTS = check("facts:health", judges=Judges.FACTS)
SAFE = check("safety")


def after(*blocks, label=CONTENT, number=2):
    return text(number, *blocks, label=label)


def test_the_same_words_count_whatever_happened_in_between():
    assert carry(CALM, CALM, check(), [SAFETY, CONTENT]).weight is Weight.COUNTS


def test_only_spelling_still_counts_and_names_the_words():
    now = after(block("a", "Talk to sombody calm."), CALM.blocks[1])
    found = carry(CALM, now, check(), [TYPO])
    assert found.weight is Weight.SPELLING
    assert found.counts
    assert found.changes == (("somebody", "sombody"),)


def test_spelling_that_somebody_called_a_change_of_meaning_is_looked_at_again():
    now = after(block("a", "Talk to sombody calm."), CALM.blocks[1])
    assert carry(CALM, now, check(), [TYPO, CONTENT]).weight is Weight.LOOK_AGAIN


def test_small_changes_that_add_up_are_looked_at_again_even_if_each_was_spelling():
    now = after(block("a", "Talk to somebudi calm."), CALM.blocks[1])
    assert carry(CALM, now, check(), [TYPO, TYPO]).weight is Weight.LOOK_AGAIN


def test_a_change_elsewhere_leaves_a_check_of_facts_as_it_was():
    now = after(block("a", "Talk to a friend."), CALM.blocks[1])
    assert carry(CALM, now, FACTS, [CONTENT]).weight is Weight.ELSEWHERE
    assert carry(CALM, now, check(), [CONTENT]).weight is Weight.LOOK_AGAIN


def test_a_changed_fact_is_named_by_its_passage():
    now = after(CALM.blocks[0], block("b", "Rest for 5 days."))
    found = carry(CALM, now, FACTS, [CONTENT])
    assert (found.weight, found.passages, str(found.sentence)) == (
        Weight.LOOK_AGAIN,
        ("b",),
        "1 passage changed, please look again.",
    )


def test_a_fact_that_went_and_one_that_came_count_too():
    now = after(block("a", "Take 2 of them."), block("b", "Rest."))
    found = carry(CALM, now, FACTS, [CONTENT])
    assert found.passages == ("a", "b")
    assert str(found.sentence) == "2 passages changed, please look again."


def test_somebodys_safety_makes_facts_and_safety_look_again_wherever_it_changed():
    now = after(block("a", "Talk to a friend."), CALM.blocks[1])
    assert carry(CALM, now, FACTS, [SAFETY]).weight is Weight.SAFETY
    assert carry(CALM, now, SAFE, [SAFETY]).weight is Weight.SAFETY
    assert carry(CALM, now, check(), [SAFETY]).weight is Weight.LOOK_AGAIN


def test_a_new_summary_or_another_facet_is_no_spelling():
    one = text(1, block("summary", "How to begn.", "summary"), block(ABOUT, '["guide"]', ABOUT))
    for kind, source in (("summary", "How to begin."), (ABOUT, '["guidf"]')):
        blocks = [replace(old, source=source, hash=source) if old.kind == kind else old for old in one.blocks]
        assert carry(one, text(2, *blocks), check(), [TYPO]).weight is Weight.LOOK_AGAIN
        assert carry(one, text(2, *blocks), FACTS, [CONTENT]).weight is Weight.ELSEWHERE


def test_of_the_fields_a_check_of_facts_judges_the_sources():
    def front(**values):
        return text(len(values), block("front", json.dumps(values), "front"))

    one = front(sources=["A"], changelog="x")
    assert carry(one, front(sources=["A"], changelog="y"), FACTS, [CONTENT]).weight is Weight.ELSEWHERE
    assert carry(one, front(sources=["A", "B"], changelog="x"), FACTS, [CONTENT]).weight is Weight.LOOK_AGAIN


@pytest.mark.parametrize(
    ("source", "kind", "fact"),
    [
        ("Talk calmly.", "paragraph", False),
        ("After 3 weeks.", "paragraph", True),
        ("بعد ٣ أسابيع", "paragraph", True),
        ("三回。", "paragraph", True),
        ("Wait a week.", "paragraph", True),
        ("It is known.[^a]", "paragraph", True),
        ("See [there](guide:x).", "paragraph", True),
        ("Half of us, 50%.", "paragraph", True),
        (":::help\nCall.\n:::", "paragraph", True),
        ("Call.", "box", True),
        ("| a |", "table", True),
        ('["guide"]', ABOUT, False),
    ],
)
def test_what_states_a_fact(source, kind, fact):
    assert states_a_fact(block("a", source, kind)) is fact


def test_blocks_that_only_changed_places_are_one_changed_passage():
    a, b = block("a", "One."), block("b", "Two.")
    assert changed_passages([a, b], [b, a]) == ("b",)
    assert changed_passages([a, b], [a, b]) == ()


words_of = st.lists(st.sampled_from(["calm", "kind", "3 days", "rest", "now"]), min_size=1, max_size=4)


@given(words_of, words_of, st.lists(st.sampled_from(Significance)))
def test_a_yes_for_the_whole_text_never_counts_for_other_words_unless_all_was_called_spelling(old, new, labels):
    one = text(1, *(block(str(n), word) for n, word in enumerate(old)))
    two = text(2, *(block(str(n), word) for n, word in enumerate(new)))
    if carry(one, two, check(), labels).counts and old != new:
        assert set(labels) <= {TYPO}


# ── standing ──────────────────────────────────────────────────────────────────────────────────────────────────


PEER_AND_SAFETY = (check("peer"), check("safety", phase=Phase.CHECKS))


def round_of(decisions, *, checks=PEER_AND_SAFETY, versions=(CALM,), **more):
    given = {
        "able": lambda _member, _check: True,
        "authors": frozenset(),
        "holders": {},
        "questions": {"peer": 1, "safety": 1, "teller": 1},
        "fewest_people": 2,
    }
    by_number = {version.number: version for version in versions}
    return weigh(checks, decisions, by_number, versions[-1], **{**given, **more})


def yes(member, stage, *, number=1, questions=1, verdict=Verdict.APPROVE, **more):
    return Given(f"{member}/{stage}", member, stage, verdict, number, questions=questions, **more)


def wish(member, stage, **more):
    return yes(member, stage, verdict=Verdict.REQUEST_CHANGES, **more)


def states(found):
    return [one.state for one in found.stages]


def test_a_round_begins_open_and_what_comes_later_says_so():
    assert states(round_of([])) == [State.OPEN, State.LATER]
    assert states(round_of([], holders={"peer": frozenset({"ann"})})) == [State.TAKEN, State.LATER]


def test_all_agreed_takes_every_check_and_two_people():
    found = round_of([yes("ann", "peer"), yes("ben", "safety")])
    assert found.all_agreed
    assert found.people == {"ann", "ben"}
    assert not round_of([yes("ann", "peer"), yes("ann", "safety")]).all_agreed
    assert not round_of([yes("ann", "peer")]).all_agreed


def test_a_yes_of_somebody_who_may_no_longer_give_it_does_not_count():
    found = round_of([yes("ann", "peer"), yes("ben", "safety")], able=lambda member, _check: member != "ben")
    assert states(found) == [State.DONE, State.OPEN]


def test_a_wish_for_a_change_blocks_until_that_person_agrees_or_an_organiser_sets_it_aside():
    asked = [yes("ann", "peer"), wish("ben", "safety"), yes("cat", "safety")]
    assert round_of(asked).blocked
    agreed = replace(yes("ben", "safety"), id="later")
    assert round_of([*asked, agreed]).all_agreed
    aside = Given("s", "org", "safety", Verdict.REQUEST_CHANGES, 1, Sort.SET_ASIDE, about="ben/safety")
    assert round_of([*asked, aside]).all_agreed
    assert states(round_of([yes("ann", "peer"), wish("ben", "safety"), aside])) == [State.DONE, State.OPEN]


def test_who_writes_the_change_they_asked_for_is_an_author_and_somebody_else_checks():
    found = round_of([yes("ann", "peer"), wish("ben", "safety")], authors=frozenset({"ben"}))
    assert states(found) == [State.DONE, State.OPEN]


def test_a_changed_text_asks_for_a_second_look_and_side_by_side_checks_go_on():
    now = after(block("a", "Talk to a friend."), CALM.blocks[1])
    found = round_of([yes("ann", "peer"), yes("ben", "safety")], versions=(CALM, now))
    assert states(found) == [State.LOOK_AGAIN, State.LOOK_AGAIN]
    assert found.stages[0].votes[0].waits
    assert found.stages[0].still_needs == 1
    assert states(round_of([yes("ann", "peer")], versions=(CALM, now))) == [State.LOOK_AGAIN, State.OPEN]


def test_new_questions_ask_for_a_second_look():
    found = round_of([yes("ann", "peer", questions=0)])
    assert states(found)[0] is State.LOOK_AGAIN


def test_the_last_phase_waits_until_all_before_it_counts():
    checks = (check("peer"), check("teller", phase=Phase.LAST, counts=False))
    assert states(round_of([], checks=checks)) == [State.OPEN, State.LATER]
    found = round_of([yes("ann", "peer")], checks=checks)
    assert states(found) == [State.DONE, State.OPEN]
    assert round_of([yes("ann", "peer"), yes("tom", "teller")], checks=checks).people == {"ann"}


def test_an_override_holds_for_its_words_for_spelling_and_until_somebody_asks_for_a_change():
    over = Given("o", "org", "", Verdict.APPROVE, 1, Sort.OVERRIDE)
    assert round_of([over]).overridden
    typo = after(block("a", "Talk to sombody calm."), CALM.blocks[1], label=TYPO)
    found = round_of([over], versions=(CALM, typo))
    assert found.overridden
    assert found.spelling == (("somebody", "sombody"),)
    assert not round_of([over], versions=(CALM, replace(typo, significance=CONTENT))).overridden
    assert not round_of([over, wish("ben", "peer")]).overridden


# ── quorum ────────────────────────────────────────────────────────────────────────────────────────────────────


def said(found, could, combine=(frozenset({"peer", "copy"}),), **more):
    return [str(one) for one in sentences(found, could, combine, title=lambda one: one.key, **more)]


def test_can_we_publish_is_answered_from_the_first_minute():
    nobody = said(round_of([]), {"peer": ["ann"], "safety": []})
    assert nobody[0].startswith("Not yet")
    assert any("safety: comes later, and nobody here" in one for one in nobody)
    some = said(round_of([]), {"peer": ["ann", "cat"], "safety": ["ben"]})
    assert "peer: nobody has taken it yet. Members who could give it: 2." in some
    assert "safety: comes after the checks before it. Members who could give it: 1." in some
    assert any("nobody here can give this yet" in one for one in said(round_of([]), {"peer": [], "safety": ["ben"]}))
    assert said(round_of([]), {"peer": [], "safety": []}, approved=True)[0].startswith("Yes.")


def test_a_check_that_is_taken_or_blocked_or_looked_at_again_has_its_sentence():
    could = {"peer": ["ann"], "safety": ["ben"]}
    assert any("taken it" in one for one in said(round_of([], holders={"peer": frozenset({"ann"})}), could))
    assert any("asks for a change" in one for one in said(round_of([wish("ann", "peer")]), could))
    now = after(block("a", "Other."))
    assert any("look again" in one for one in said(round_of([yes("ann", "peer")], versions=(CALM, now)), could))


def test_too_few_people_together_is_said_even_if_each_check_has_somebody():
    too_few = "Together you are too few"
    assert any(too_few in one for one in said(round_of([]), {"peer": ["ann"], "safety": ["ann"]}))
    assert not any(too_few in one for one in said(round_of([]), {"peer": ["ann"], "safety": ["ann", "ben"]}))


def test_almost_is_said_when_only_a_person_is_missing():
    found = round_of([yes("ann", "peer"), yes("ann", "safety")], checks=(check("peer"), check("safety")))
    answer = said(found, {"peer": [], "safety": []})
    assert any("too few" in one for one in answer)
    done = round_of([yes("ann", "peer"), yes("ben", "safety")])
    assert said(done, {"peer": [], "safety": []})[0].startswith("Almost")


def standings(*checks):
    return [Standing(one, (), State.OPEN) for one in checks]


def test_a_cast_is_found_where_there_is_one():
    lines = (frozenset({"peer", "copy"}), frozenset({"voice", "safety"}))
    checks = standings(*(check(key) for key in ("peer", "copy", "voice", "safety")))
    everybody = {one.check.key: ["ann", "ben"] for one in checks}
    assert can_be_cast(checks, everybody, lines, 2)
    assert not can_be_cast(checks, {**everybody, "safety": ["ann"], "copy": ["ann"]}, lines, 2)
    assert not can_be_cast(checks, everybody, lines, 3)
    crowd = [f"m{n}" for n in range(40)]
    assert can_be_cast(checks, dict.fromkeys(everybody, crowd), lines, 4)
    assert not can_be_cast(checks, dict.fromkeys(everybody, crowd), lines, 5)
    assert not can_be_cast(standings(check("safety", needs=2)), {"safety": ["ann"]}, lines, 1)


def test_a_cast_counts_what_was_given_already():
    vote = Vote(yes("ann", "peer"), carry(CALM, CALM, check(), []), able=True)
    given = [Standing(check("peer"), (vote,), State.DONE), *standings(check("safety"))]
    lines = (frozenset({"peer", "copy"}),)
    assert not can_be_cast(given, {"peer": [], "safety": ["ann"]}, lines, 2)
    assert can_be_cast(given, {"peer": [], "safety": ["ann", "ben"]}, lines, 2)


def test_a_search_that_takes_too_long_gives_the_benefit_of_the_doubt():
    checks = standings(*(check(str(n)) for n in range(9)))
    could = {one.check.key: [f"m{n}" for n in range(8)] for one in checks}
    assert can_be_cast(checks, could, (), 2)


def test_before_writing_one_hears_who_would_be_left():
    assert if_you_write({"peer": 5}, str) is None
    assert "only one person is left to check it for “safety”" in str(if_you_write({"peer": 5, "safety": 1}, str))
    assert "nobody is left" in str(if_you_write({"safety": 0, "peer": 1}, str))


# ── queue ─────────────────────────────────────────────────────────────────────────────────────────────────────


def piece(stage, *, took=5, risk=1, days=1, **more):
    return Piece("r", stage, took, risk, days, **more)


def test_the_queue_goes_by_safety_then_ones_own_then_risk_times_age():
    pieces = [
        piece("new"),
        piece("old", days=9),
        piece("risky", risk=3, days=4),
        piece("mine", own=True),
        piece("safety", safety=True),
    ]
    assert [one.stage for one in in_order(pieces)] == ["safety", "mine", "risky", "old", "new"]


def test_the_one_piece_fits_into_the_minutes_or_is_the_shortest():
    pieces = [piece("long", took=30, days=9), piece("short", took=12), piece("shorter", took=11)]
    assert one_piece(pieces, 40).stage == "long"
    assert one_piece(pieces, 20).stage == "shorter"
    assert one_piece(pieces, 5).stage == "shorter"
    assert one_piece([], 20) is None


def test_minutes_are_never_less_than_two_and_ideographs_are_half_words():
    assert minutes(10, 8) == 2
    assert minutes(1000, 8) == 8
    assert words("one two three") == 3
    assert words("落ち着いて") == 3


# ── answers and completeness ──────────────────────────────────────────────────────────────────────────────────

QUESTIONS = library().checklists["safety"].questions[:2]
YES = {question.key: "yes" for question in QUESTIONS}


def problems(*args, **more):
    with pytest.raises(Invalid) as refused:
        check_answers(*args, **more)
    return set(refused.value.fields)


def test_a_yes_needs_every_answer_and_no_wish():
    first, second = (question.key for question in QUESTIONS)
    check_answers(Verdict.APPROVE, QUESTIONS, YES, cites=False, note="")
    check_answers(Verdict.APPROVE, QUESTIONS, {**YES, first: "not_here"}, cites=False, note="")
    assert problems(Verdict.APPROVE, QUESTIONS, {first: "yes"}, cites=False, note="") == {second}
    assert problems(Verdict.APPROVE, QUESTIONS, {**YES, first: "change"}, cites=False, note="") == {first}


def test_a_wish_for_a_change_cites_a_passage_or_a_question_and_says_what():
    asked = {QUESTIONS[0].key: "change"}
    check_answers(Verdict.REQUEST_CHANGES, QUESTIONS, asked, cites=False, note="This.")
    check_answers(Verdict.REQUEST_CHANGES, QUESTIONS, {}, cites=True, note="This.")
    assert problems(Verdict.REQUEST_CHANGES, QUESTIONS, YES, cites=False, note=" ") == {"passage", "note"}


WHOLE = TextFields("T", "S", "N", ("none",), ("A source",), "", "New.", "none-for-here")


@pytest.mark.parametrize(
    ("fields", "facets", "names"),
    [
        (WHOLE, ["health", "crisis", "legal:FR"], []),
        (TextFields("T"), [], ["summary", "content_notes", "neutral_title", "changelog"]),
        (replace(WHOLE, summary="x" * 161), [], ["summary"]),
        (replace(WHOLE, sources=(" ",)), ["legal:FR"], ["sources"]),
        (replace(WHOLE, sources=()), ["health"], ["sources"]),
        (replace(WHOLE, sources=(), helplines=""), ["minors"], []),
        (replace(WHOLE, helplines=""), ["crisis"], ["helplines"]),
    ],
)
def test_what_readers_need_and_is_missing_is_named(fields, facets, names):
    assert list(missing("Text.", fields, facets=facets, topics=["telling"], first_edition=False)) == names


def test_a_text_without_words_topics_or_with_a_first_edition():
    assert list(missing(" ", WHOLE, facets=[], topics=[], first_edition=True)) == ["body", "topics"]
