"""Forms as a browser sends them back."""

from __future__ import annotations

from html.parser import HTMLParser


def form_on(page: str) -> dict[str, str]:
    """Every field of the page's forms with the value a browser would send, untouched."""
    reader = _Reader()
    reader.feed(page)
    return reader.sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "textarea":
            self.area = name
            self.sent[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.sent):
            self.sent[self.select] = given.get("value", "")
        elif tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.sent[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data
