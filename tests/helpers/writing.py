"""Filling in forms of pages as a browser does."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    """The values of the fields on a page, as its first form would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "input" and name:
            self._input(name, values)
        elif tag == "textarea" and name not in self.values:
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, "")
        elif tag == "option" and "selected" in values:
            self.values[self._select] = values.get("value") or ""

    def _input(self, name: str, values: dict[str, str | None]) -> None:
        kind = values.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in values:
                ticked = self.values.setdefault(name, [])
                assert isinstance(ticked, list)
                ticked.append(values.get("value") or "")
        elif kind != "file":
            self.values.setdefault(name, values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            value = self.values[self._area]
            assert isinstance(value, str)
            self.values[self._area] = value.removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            value = self.values[self._area]
            assert isinstance(value, str)
            self.values[self._area] = value + data


def form(page) -> dict[str, str | list[str]]:
    """Return what the form of a page sends when nothing is changed in it."""
    parser = _Form()
    parser.feed(page.text)
    return {name: value for name, value in parser.values.items() if name not in ("theirs", "alt", "image")}


def write(client, address, **changes):
    """Open the writing page of a text, change fields and send it."""
    return client.post(f"{address}write", data={**form(client.get(f"{address}write")), **changes})


def save_version(client, address, **answers):
    """Save a version of a text through its page."""
    page = client.get(f"{address}write/version")
    return client.post(f"{address}write/version", data={**form(page), **answers})
