"""What a policy's file says about the time after the checks is what the house does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from changed_policies import changed
from publishing import BODY, FIELDS, approve, published, worker

from studio.cli import main
from studio.core.clock import now as moment
from studio.core.errors import NotAllowed
from studio.guides import operations as kernel
from studio.guides import policies
from studio.guides.models import Approval, HousePolicy
from studio.members.actor import Role
from studio.publish import operations, queries, rechecks, withdrawal
from studio.publish.documents import is_due
from studio.publish.models import Recheck
from studio.publish.rules.takedown import Reason

MONTHS = ("{default: 24, health: 18, legal: 9}", "{default: 24, health: 5, legal: 9, minors: 3}")
LABEL = ('en: "Published without all checks"', 'en: "Out early, read with care"')
PAGE = "/en/telling-a-friend/"


@pytest.fixture
def writer(member):
    return member("Wren")


@pytest.fixture
def editor(member):
    trained = {"health", "legal:FR", "legal:DE"}
    return member("River", Role.EDITOR, Role.REVIEWER, trainings=trained, founding=True)


@pytest.fixture
def live(session, settings, writer, editor):
    """Return a function that publishes a text with certain facets; ``label``: by a labelled way."""

    def make(*facets, label=""):
        text = kernel.start_guide(
            session, writer.id, fields=FIELDS, language="en", body=BODY, facets=facets, topics=["telling"], now=moment()
        )
        approve(session, writer, text)
        session.get_one(Approval, text.id).label = label
        edition = published(session, editor, text)
        worker(settings).run_due()
        session.expire_all()
        return edition

    return make


def due(session, edition):
    return queries.due_days(session, [queries.listed(session, edition)])[edition.id]


def months_later(day, months):
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


@pytest.mark.parametrize(
    ("facets", "before", "after"), [((), 24, 24), (("health",), 18, 5), (("legal:FR",), 9, 9), (("minors",), 24, 3)]
)
def test_when_a_text_is_due_again_follows_the_file_by_each_facet(tmp_path, session, live, facets, before, after):
    old = live(*facets)
    assert due(session, old) == months_later(old.checked_on, before)
    with changed(tmp_path, MONTHS):
        new = live(*facets)
        assert due(session, new) == months_later(new.checked_on, after)
        assert due(session, old) == months_later(old.checked_on, before)
        month = due(session, new)
        assert (is_due(session, new, month - timedelta(days=1)), is_due(session, new, month)) == (False, True)
        for day, named in ((month - timedelta(1), False), (month, True)):
            assert (new.translation_id in {one.translation_id for one in rechecks.due_until(session, day)}) is named


def test_still_right_counts_by_the_file_of_that_day(tmp_path, session, live, editor):
    edition = live("health")
    with changed(tmp_path, MONTHS):
        rechecks.recheck(session, editor, edition, moment())
        session.commit()
        assert due(session, edition) == months_later(moment().date(), 5)


def test_an_edition_older_than_what_is_kept_goes_by_the_policy_in_force(tmp_path, session, live, editor):
    edition = live("health", label="override")
    edition.aftercare = {}
    session.add(Recheck(id="old", edition_id=edition.id, on=edition.checked_on, person=editor.id))
    session.commit()
    assert due(session, edition) == months_later(edition.checked_on, 18)
    with changed(tmp_path, MONTHS):
        assert due(session, edition) == months_later(edition.checked_on, 5)


def test_how_long_somebody_waits_before_taking_a_text_down_follows_the_file(tmp_path, session, live, member):
    text = live().translation
    new = member("New", Role.REVIEWER, since=moment() - timedelta(days=3, hours=1))
    with pytest.raises(NotAllowed, match="in your role: 14"):
        withdrawal.take_down(session, new, text, reason=Reason.HARM, instead="", now=moment())
    four = ("takedown_days: 14", "takedown_days: 4")
    with changed(tmp_path, four), pytest.raises(NotAllowed, match="in your role: 4"):
        withdrawal.take_down(session, new, text, reason=Reason.HARM, instead="", now=moment())
    with changed(tmp_path / "again", ("takedown_days: 14", "takedown_days: 3")):
        assert withdrawal.take_down(session, new, text, reason=Reason.HARM, instead="", now=moment())


def test_it_is_the_policy_in_force_whose_days_count(tmp_path, session, live, member):
    text = live().translation
    new = member("New", Role.REVIEWER, since=moment() - timedelta(days=3, hours=1))
    with changed(tmp_path) as files:
        full = files / "full.yaml"
        full.write_text(full.read_text("utf-8").replace("takedown_days: 14", "takedown_days: 2"), encoding="utf-8")
        with pytest.raises(NotAllowed):
            withdrawal.take_down(session, new, text, reason=Reason.HARM, instead="", now=moment())
        session.add(HousePolicy(id=1, key="full", chosen_at=moment()))
        session.flush()
        assert withdrawal.take_down(session, new, text, reason=Reason.HARM, instead="", now=moment())


def test_readers_see_the_label_in_the_words_of_the_file(tmp_path, client, session, live):
    with changed(tmp_path, LABEL):
        edition = live(label="override")
        assert policies.known()["small"].aftercare.labels["override"]["en"] == "Out early, read with care"
    assert "Out early, read with care" in client.get(PAGE).text
    assert edition.aftercare["labels"]["override"]["en"] == "Out early, read with care"


def test_an_edition_keeps_the_label_that_it_was_published_with(tmp_path, client, session, settings, live):
    edition = live(label="override")
    with changed(tmp_path, LABEL):
        operations.ask_for_build(session, edition, moment())
        session.commit()
        worker(settings).run_due()
        page = client.get(PAGE).text
    assert "Published without all checks" in page
    assert "Out early" not in page


def test_who_publishes_is_shown_the_label_that_readers_will_see(tmp_path, client, session, writer, editor, sign_in):
    text = kernel.start_guide(session, writer.id, fields=FIELDS, language="ja", body=BODY, now=moment())
    approve(session, writer, text)
    session.get_one(Approval, text.id).label = "override"
    session.commit()
    sign_in(client, editor)
    page = client.get(f"/studio/guides/{text.guide_id}/ja/publish").text
    assert '<bdi lang="ja">一部の確認が済まないまま公開しています</bdi>' in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("takedown_days: 14", "takedown_days: soon"), "takedown_days has to be a whole number, 0 or more."),
        (("health: 18,", "helth: 18,"), "recheck_months knows no “helth”."),
        ((*LABEL[:1], 'en: "Out in {weeks}"'), "labels: override: en has braces that nothing fills in."),
        (("combine:", "combine: ["), "full.yaml cannot be read as YAML: "),
        (("checklist: peer", "checklist: pier"), "names the checklist “pier”, which is missing."),
    ],
)
def test_a_house_whose_policy_cannot_be_read_says_so_in_one_sentence_and_does_not_start(
    tmp_path, monkeypatch, capsys, change, sentence
):
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    with changed(tmp_path, change):
        assert main(["run", "--port", "8119"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("studio: ")
    assert sentence in told.err
    assert told.err.count("\n") == 1
