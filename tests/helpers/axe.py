"""What axe-core finds wrong on a page: on light paper by all of its rules, on dark by those about colours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page
from running import ROOT

AXE: Final = ROOT / "client" / "node_modules" / "axe-core" / "axe.min.js"
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RULES: Final = {"runOnly": list(TAGS), "resultTypes": ["violations"]}
LOOK: Final = """options => axe.run(document, options).then(found => found.violations.map(
    one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 160), one.nodes[0].failureSummary]))"""
COLOURS: Final = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""All that may be otherwise in the dark: a test of the style sheets holds that nothing but colours changes there."""
LIGHTS: Final = (("light", RULES), ("dark", COLOURS))
Found = list[tuple[str, Any]]


def axe(page: Page, where: str, rules: Mapping[str, Any] = RULES) -> Found:
    """Return what axe-core finds wrong on a page as it is shown now, with the place that it is found at."""
    return [(where, one) for one in page.evaluate(LOOK, rules)]


def as_it_is(page: Page, where: str, *, dark: bool = True) -> Found:
    """Look at what a browser shows now, such as the answer to a form, in both lights: it is loaded once.

    Without ``dark`` it is looked at in the light alone.
    """
    assert Path(AXE).is_file(), "npm ci in client/ brings axe-core"
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = Found()
    for light, rules in LIGHTS if dark else LIGHTS[:1]:
        page.emulate_media(color_scheme=light, reduced_motion="reduce")
        found += axe(page, f"{where}, {light}", rules)
    return found


def in_both_lights(page: Page, where: str, status: tuple[int, ...] = (200,)) -> Found:
    """Go to an address and look at it in both lights."""
    answer = page.goto(where)
    assert answer is not None
    assert answer.status in status, (where, answer.status)
    return as_it_is(page, where)


def shown(page: Page, name: str, html: str) -> Found:
    """Show ``html`` as the house of the page would answer it, with its style sheets, and look at it."""
    body = calm(html)
    page.route(f"**/probe/{name}", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"/probe/{name}")
    return as_it_is(page, name)


def calm(html: str) -> str:
    """Return a page without its wish to be loaded again, so that one can look at it for as long as one likes."""
    return html.replace('http-equiv="refresh"', 'name="refresh"')
