"""What tests ask of a page: its headings, landmarks, labels and inline things."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser


class Page(HTMLParser):
    """One HTML document, read once: counts of its tags, its ids, and what a strict policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: set[str] = set()
        self.inline: list[str] = []
        self.foreign: list[str] = []
        self.roles: Counter[str] = Counter()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.ids += [given["id"]] if "id" in given else []
        self.roles[given.get("role", "")] += 1
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            self.fields.add(given["id"])
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in given) else []
        self.foreign += [value for name, value in given.items() if name in {"src", "href", "action"} and "//" in value]

    def handle_data(self, data: str) -> None:
        self.text += data
