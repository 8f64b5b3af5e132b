"""What is never at rest: addresses, agents, real names; and no column could hold them."""

from __future__ import annotations

import re

import studio.members.models  # noqa: F401 - its tables are looked at
from studio.members.actor import Role
from studio.storage.base import Base

AGENT = "CanaryBrowser/7.7"
ADDRESS = "203.0.113.201"


def test_no_column_of_any_table_is_for_an_address_an_agent_or_a_telephone():
    suspicious = re.compile(
        r"mail|phone_number|telephone|^ip$|_ip|ip_|agent|address|birth|gender|real_name", re.IGNORECASE
    )
    columns = [f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns]
    assert len(columns) > 40
    assert [name for name in columns if suspicious.search(name.partition(".")[2])] == []


def test_a_day_in_the_house_leaves_no_address_and_no_agent_on_disk(client, member, sign_in, settings, capfd):
    client.environ_base.update({"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT})
    passphrase = "seven lamps beside the river"
    wren = member("Wren", Role.STEWARD)
    client.post("/studio/sign-in", data={"pen_name": "Wren", "passphrase": "wrong wrong wrong"})
    sign_in(client, wren)
    client.post("/studio/people/invite", data={"role": "writer", "language": "en"})
    client.get("/studio/people/?q=canaryquery")
    client.get("/studio/nothing/canaryquery")
    client.post("/studio/me/codes")
    client.post("/studio/sign-out")
    kept = b"".join(path.read_bytes() for path in sorted(settings.data.rglob("*")) if path.is_file())
    assert b"Wren" in kept
    for canary in (ADDRESS, "203.0.113", AGENT, "canaryquery", passphrase):
        assert canary.encode() not in kept
    printed = "".join(capfd.readouterr())
    for canary in (ADDRESS, AGENT, "canaryquery", passphrase):
        assert canary not in printed
