"""Signing in and out, as a browser does it."""

from __future__ import annotations


def test_the_right_passphrase_signs_in(client, member, sign_in):
    sign_in(client, member("Heron"))
    assert client.get("/studio/sign-in").status_code == 303
