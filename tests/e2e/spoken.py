"""The accessibility tree of a page, as Chromium gives it to a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

CONTROLS = frozenset({"button", "checkbox", "combobox", "link", "radio", "textbox", "DisclosureTriangle"})

TEXTS = ("role", "name", "value", "description")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing that is told: its role, name, value and description, its states by name, and what it stands in."""

    role: str
    name: str
    value: str
    description: str
    states: Mapping[str, Any]
    within: tuple[tuple[str, str], ...]

    def is_in(self, role: str, name: str) -> bool:
        """Whether it stands in something of this role whose name begins so."""
        return any(each == role and of.startswith(name) for each, of in self.within)


def spoken(page: Page) -> list[Spoken]:
    """Everything that the page tells a screen reader, in the order in which it is read."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[Spoken] = []
    _walk(nodes[0], by_id, (), found)
    return found


def _walk(
    node: Mapping[str, Any],
    by_id: Mapping[str, Mapping[str, Any]],
    within: tuple[tuple[str, str], ...],
    found: list[Spoken],
) -> None:
    if not node["ignored"]:
        told = _told(node, within)
        found.append(told)
        within = (*within, (told.role, told.name))
    for child in node.get("childIds", ()):
        if child in by_id:
            _walk(by_id[child], by_id, within, found)


def _told(node: Mapping[str, Any], within: tuple[tuple[str, str], ...]) -> Spoken:
    states = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    text = {name: " ".join(str(node.get(name, {}).get("value", "")).split()) for name in TEXTS}
    return Spoken(states=states, within=within, **text)


def of_role(told: Sequence[Spoken], *roles: str) -> list[Spoken]:
    """Those of these roles."""
    return [each for each in told if each.role in roles]


def names(told: Sequence[Spoken], *roles: str) -> list[str]:
    """The names of those of these roles."""
    return [each.name for each in of_role(told, *roles)]
