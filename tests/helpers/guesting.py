"""Reading links in tests: made by the organiser's page, opened and answered as a guest's browser does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from studio.web.protect import FIELD


def the_form(page: str) -> dict[str, str]:
    """Return what a browser would send of a guest's form: hidden fields, yes to every question, and the tick."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    names = set(re.findall(r'name="(answer-[\w-]+)"', page))
    kept = {key: value for key, value in hidden.items() if key != FIELD}
    return {**kept, **dict.fromkeys(names, "yes"), "true_of_me": "yes"}


def make_link(client: Any, review_id: str, stage: str, **more: str) -> str:
    """Have a signed-in organiser make a link and return its path."""
    form: Mapping[str, str] = {"stage": stage, "vouched": "yes", "days": "7", **more}
    page = client.post(f"/studio/checks/{review_id}/guests", data=form)
    assert page.status_code == 200, page.text
    found = re.search(r"http://localhost(/studio/reading/\w{32})<", page.text)
    assert found, page.text
    return found[1]


def answer(guest: Any, link: str, act: str = "agree", **more: str) -> Any:
    """Open a link, read its text and press a button."""
    assert guest.get(link).status_code == 200
    form = the_form(guest.get(f"{link}/text").text)
    return guest.post(link, data={**form, "act": act, **more})
