"""Every file of an edition stands in a signed list; a foreign program verifies it, and it goes with its text."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from editions import Printer
from publishing import BODY

from studio.core.clock import now as moment
from studio.members.actor import Role
from studio.publish import manifest, operations, queries, signing, withdrawal
from studio.publish.models import Artifact
from studio.publish.rules.takedown import Reason

PAGE = "/en/telling-a-friend/"


@pytest.fixture
def editor(member):
    return member("River", Role.EDITOR, Role.REVIEWER, founding=True)


@pytest.fixture
def printer(session, settings, member, editor, clock):
    return Printer(session, settings, member("Wren"), editor, clock)


@pytest.fixture
def saved(client, tmp_path):
    """Save manifest, signature and key of a text as a careful person would, and return the folder."""

    def save(place):
        folder = tmp_path / "saved"
        folder.mkdir(exist_ok=True)
        for name in (manifest.NAME, manifest.SIGNATURE):
            answer = client.get(f"{place}{name}")
            assert answer.status_code == 200, place
            (folder / name).write_bytes(answer.data)
        (folder / "key.pub").write_bytes(client.get("/key.pub").data)
        return folder

    return save


def minisign(folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("minisign")
    assert program, "minisign is needed: apt-get install minisign"
    command = [program, "-V", "-p", folder / "key.pub", "-m", folder / manifest.NAME]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_all_files_stand_in_a_list_that_debians_minisign_verifies(printer, client, saved):
    text = printer.text()
    folder = saved(PAGE)
    told = minisign(folder)
    assert told.returncode == 0, told.stderr
    edition = json.loads((folder / manifest.NAME).read_bytes())
    assert f"telling-a-friend/en edition 1, published 2027-03-09, copy number {edition['copy_number']}" in told.stdout
    assert (edition["id"], edition["language"], edition["edition"]) == ("telling-a-friend", "en", 1)
    assert (edition["published"], edition["checked"]) == ("2027-03", "2027-03")
    names = {one["name"]: one for one in edition["files"]}
    assert {
        "index.html",
        "guide.pdf",
        "guide.epub",
        "notes-1.pdf",
        "cards/wide.png",
        "cards/index.html",
    } <= names.keys()
    for name, one in names.items():
        place = f"/n/en/{text.opaque_id}/" if name.startswith("notes-") else PAGE
        content = client.get(place + name.removesuffix("index.html")).data
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (one["sha256"], one["size"]), name


def test_the_quiet_list_verifies_too_and_tells_no_topic(printer, client, saved):
    text = printer.text()
    quiet = f"/n/en/{text.opaque_id}/"
    folder = saved(quiet)
    told = minisign(folder)
    assert told.returncode == 0, told.stderr
    whole = (folder / manifest.NAME).read_text() + (folder / manifest.SIGNATURE).read_text() + told.stdout
    for word in ("telling", "friend", text.guide_id, "Guide House"):
        assert word not in whole
    names = {one["name"]: one["sha256"] for one in json.loads((folder / manifest.NAME).read_bytes())["files"]}
    assert names.keys() == {"index.html", "notes-1.pdf", "notes-1.epub", "notes-1.txt"}
    assert hashlib.sha256(client.get(quiet).data).hexdigest() == names["index.html"]
    assert client.get(f"{quiet}manifest.json").headers["Cache-Control"] == "no-store"


def test_a_file_that_was_changed_on_the_way_is_not_the_one_in_the_list(printer, saved):
    printer.text()
    folder = saved(PAGE)
    path = folder / manifest.NAME
    path.write_bytes(path.read_bytes().replace(b'"edition": 1', b'"edition": 2'))
    assert minisign(folder).returncode != 0


def test_the_list_is_the_same_on_another_day_and_in_another_time_zone(printer, client, monkeypatch, session, clock):
    text = printer.text()
    first = client.get(f"{PAGE}manifest.json").data, client.get(f"{PAGE}manifest.json.minisig").data
    clock.forward(days=3)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        session.query(Artifact).update({"source_checksum": ""})
        operations.ask_for_build(session, queries.live_edition(session, text.id), clock())
        session.commit()
        printer.work()
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    assert (client.get(f"{PAGE}manifest.json").data, client.get(f"{PAGE}manifest.json.minisig").data) == first


def test_the_list_goes_with_its_text_and_of_old_editions_it_stays(printer, client, session, editor):
    text = printer.text()
    first = client.get(f"{PAGE}manifest.json").data
    printer.again(text, BODY + "\nRest.\n", "Rest is named.")
    assert client.get(f"{PAGE}editions/1/manifest.json").data == first
    assert json.loads(client.get(f"{PAGE}manifest.json").data)["edition"] == 2
    assert client.get(f"{PAGE}editions/3/manifest.json").status_code == 404
    withdrawal.take_down(session, editor, text, reason=Reason.HARM, instead="", now=moment())
    session.commit()
    for place in (PAGE, f"/n/en/{text.opaque_id}/", f"{PAGE}editions/1/", f"{PAGE}editions/2/"):
        for name in (manifest.NAME, manifest.SIGNATURE):
            assert client.get(place + name).status_code == 404


def test_an_old_address_leads_to_the_list_at_the_new_one(printer, client, session, editor):
    text = printer.text()
    operations.choose_slug(session, editor, text, "small-steps", moment())
    session.commit()
    printer.work()
    moved = client.get(f"{PAGE}manifest.json")
    assert (moved.status_code, moved.headers["Location"]) == (308, "/en/small-steps/manifest.json")
    assert client.get("/en/no-such-text/manifest.json").status_code == 404
    assert client.get("/n/en/nothing/manifest.json").status_code == 404


def test_a_careful_person_finds_key_and_commands_from_the_page(printer, client, settings):
    text = printer.text()
    page = client.get(PAGE).text
    for place in ("/en/trust/", f"{PAGE}manifest.json", f"{PAGE}manifest.json.minisig"):
        assert f'href="{place}"' in page
        assert client.get(place).status_code == 200
    assert "manifest" not in client.get(f"/n/en/{text.opaque_id}/").text
    how = client.get("/en/trust/").text
    line = signing.house_key(settings).line
    assert f"minisign -Vm manifest.json -P {line}" in how
    assert "sha256sum guide.pdf" in how
    assert "What it does not prove" in how
    assert line in client.get("/key.pub").text
    assert 'href="/ar/trust/"' not in how, "only languages with something to read"
    assert 'href="/en/trust/"' in client.get("/check/", headers={"Accept-Language": "en"}).text


def test_no_text_can_take_the_address_of_that_page(printer, session, editor):
    text = printer.text()
    with pytest.raises(Exception, match="address name"):
        operations.choose_slug(session, editor, text, "trust", moment())


def test_after_the_key_was_lost_the_next_making_signs_with_the_new_one(printer, settings, session, clock, saved):
    text = printer.text()
    (settings.data / signing.NAME).unlink()
    operations.ask_for_build(session, queries.live_edition(session, text.id), clock())
    session.commit()
    printer.work()
    assert minisign(saved(PAGE)).returncode == 0
