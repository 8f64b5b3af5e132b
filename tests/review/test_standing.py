"""How far a round has come, and who is missing."""

from __future__ import annotations

from dataclasses import replace

from review_values import CALM, CONTENT, SAFETY, TYPO, after, block, check

from studio.review.rules.carry import carry
from studio.review.rules.policy import Phase
from studio.review.rules.quorum import Left, can_be_cast, if_you_write, sentences
from studio.review.rules.standing import Given, Sort, Standing, State, Verdict, Vote, weigh

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


def test_a_tellers_yes_falls_when_they_take_it_back_and_an_override_with_it():
    checks = (check("peer"), check("teller", phase=Phase.LAST, counts=False))
    back = Given("b", "tom", "teller", Verdict.APPROVE, 1, Sort.UNSAID)
    given = [yes("ann", "peer"), yes("tom", "teller")]
    assert states(round_of([*given, back], checks=checks)) == [State.DONE, State.OPEN]
    again = replace(yes("tom", "teller"), id="again")
    assert states(round_of([*given, back, again], checks=checks)) == [State.DONE, State.DONE]
    over = Given("o", "org", "", Verdict.APPROVE, 1, Sort.OVERRIDE)
    assert round_of([*given, over], checks=checks).overridden
    assert not round_of([*given, over, back], checks=checks).overridden


def test_an_override_holds_for_its_words_for_spelling_and_until_somebody_asks_for_a_change():
    over = Given("o", "org", "", Verdict.APPROVE, 1, Sort.OVERRIDE)
    assert round_of([over]).overridden
    typo = after(block("a", "Talk to sombody calm."), CALM.blocks[1], label=TYPO)
    found = round_of([over], versions=(CALM, typo))
    assert found.overridden
    assert found.spelling == (("somebody", "sombody"),)
    assert not round_of([over], versions=(CALM, replace(typo, significance=CONTENT))).overridden
    assert not round_of([over, wish("ben", "peer")]).overridden


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


def test_a_check_that_a_guest_is_asked_to_give_says_so_until_they_answer():
    open_to_all = (check("peer"), check("safety"))
    asked = {"safety": ["guest"]}
    told = said(round_of([], checks=open_to_all), {"peer": ["ann"], "safety": []}, asked=asked)
    assert "safety: a guest is asked to read." in told
    found = round_of([yes("ben", "safety")], checks=open_to_all)
    assert not any("guest" in one for one in said(found, {"peer": ["ann"], "safety": []}, asked=asked))


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
    def said(*left):
        return str(if_you_write([Left(*one) for one in left], str))

    assert said() == said(("peer", 2, 1, False)) == said(("safety", 3, 1, True)) == "None"
    assert "only one person is left to check it for “safety”" in said(("peer", 5, 1, False), ("safety", 1, 1, True))
    assert "nobody is left to check it for “safety”" in said(("safety", 0, 1, True), ("peer", 1, 1, False))
    assert "only 2 people are left to check it for “safety”" in said(("safety", 2, 1, True), ("peer", 2, 1, False))


def test_before_writing_one_hears_where_the_others_are_too_few_for_all_checks_together():
    few = [Left("peer", 1, 1, trained=False)]
    assert "the others are too few for all its checks" in str(if_you_write([], str, suffice=False))
    assert "the others are too few for all its checks" in str(if_you_write(few, str, suffice=False))
    nobody = [Left("safety", 0, 1, trained=True)]
    assert "nobody is left" in str(if_you_write(nobody, str, suffice=False))


def test_a_check_that_two_people_give_keeps_one_to_spare():
    assert Left("peer", 2, 2, trained=False).scarce
    assert not Left("peer", 3, 2, trained=False).scarce
    assert Left("safety", 3, 2, trained=True).scarce
    assert not Left("safety", 4, 2, trained=True).scarce


def test_no_yes_and_no_override_from_before_an_urgent_fix_counts_for_words_without_it():
    versions = (CALM, after(block("a", "Call somebody."), label=SAFETY), replace(CALM, number=3))
    said = [yes("ann", "peer"), yes("ben", "safety")]
    found = round_of(said, versions=versions, undone=2)
    assert states(found) == [State.LOOK_AGAIN, State.LOOK_AGAIN]
    override = Given("o", "org", "", Verdict.APPROVE, 1, Sort.OVERRIDE)
    assert round_of([override], versions=versions).overridden
    assert not round_of([override], versions=versions, undone=2).overridden
    again = [replace(one, id=f"{one.id}/again", number=3) for one in said]
    assert round_of([*said, *again], versions=versions, undone=2).all_agreed
