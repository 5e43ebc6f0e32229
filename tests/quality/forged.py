"""Every form and every call there is, as they are sent, with everything beside them that a row can hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db import connection, models

from tests.quality.source import ROOT

OURS = ("accounts", "course", "hooks", "jobs", "quizzes", "authoring")
NUMBER, FRACTION, WORD = "98765432", "0.98765", "forged-by-hand"
UUID, MOMENT = "f0f0f0f0-1111-4222-8333-f0f0f0f0f0f0", "1999-09-09T09:09:09Z"
SIGNS = (NUMBER, FRACTION, WORD, UUID, UUID.replace("-", ""), "1999-09-09", "1999, 9, 9")
"""What is looked for in the values of a statement, as either database is sent it."""
BY_KIND: Mapping[type, Any] = {
    models.BooleanField: True,
    models.UUIDField: UUID,
    models.DateField: MOMENT,
    models.JSONField: {WORD: 1},
}
WRITES = ("INSERT", "UPDATE", "DELETE")


def forged(column: models.Field[Any, Any]) -> Any:
    """A value that such a column would take, and that nothing else here has."""
    if isinstance(column, models.DecimalField | models.FloatField):
        return FRACTION
    if isinstance(column, models.IntegerField | models.ForeignKey):
        return NUMBER
    return next((value for kind, value in BY_KIND.items() if isinstance(column, kind)), WORD)


@cache
def forgeries() -> Mapping[str, Any]:
    """A value for every column there is, by its name and by that of its key."""
    tables = [table for app in OURS for table in apps.get_app_config(app).get_models()]
    columns = [column for table in tables for column in table._meta.concrete_fields]
    return {name: forged(column) for column in columns for name in (column.name, column.attname)}


@dataclass(frozen=True)
class Sent:
    """A form of a page with the values that a browser sends, or a call with the body of its example."""

    method: str
    address: str
    body: Mapping[str, Any]
    own: frozenset[str]
    """The names that are its own to send."""

    @property
    def with_forgeries(self) -> dict[str, Any]:
        return {name: value for name, value in forgeries().items() if name not in self.own} | dict(self.body)

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


class Forms(HTMLParser):
    """The forms of a page that change something."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address, self.found = address, list[tuple[str, dict[str, str]]]()
        self._fields: dict[str, str] | None = None
        self._named = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {} if given.get("method", "").lower() == "post" else None
            if self._fields is not None:
                self.found.append((urlsplit(given.get("action", "")).path or self.address, self._fields))
        elif self._fields is not None:
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        assert self._fields is not None
        if tag in {"select", "textarea"}:
            self._named = given.get("name", "")
            self._fields.setdefault(self._named, "" if tag == "select" else "words")
        elif tag == "option" and ("selected" in given or not self._fields.get(self._named)):
            self._fields[self._named] = given.get("value", "")
        elif tag in {"input", "button"} and given.get("name") and given.get("type") != "file":
            value = given.get("value", "on" if given.get("type") == "checkbox" else "")
            self._fields.setdefault(given["name"], value or "1")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None


def forms_on(address: str, html: str) -> Iterator[Sent]:
    for action, fields in Forms(address, html).found:
        yield Sent("POST", action, fields, frozenset(fields))


def calls_described() -> Iterator[Sent]:
    """Every call with a body, with the example of docs/openapi.json; {names} stand for what its address holds."""
    described = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    for address, ways in described["paths"].items():
        for method in ("post", "put", "patch"):
            if method in ways:
                content = ways[method].get("requestBody", {}).get("content", {}).get("application/json", {})
                yield Sent(method.upper(), address, _example(content), frozenset(_names(content, described)))


def _example(content: Mapping[str, Any]) -> Mapping[str, Any]:
    examples = [each["value"] for each in content.get("examples", {}).values()]
    found = content.get("example", examples[0] if examples else {})
    return found if isinstance(found, Mapping) else {}


def _names(node: Any, described: Mapping[str, Any]) -> Iterator[str]:
    """The members that a schema has, itself or by what it refers to."""
    if isinstance(node, list):
        for each in node:
            yield from _names(each, described)
    elif isinstance(node, dict):
        yield from node.get("properties", {})
        if "$ref" in node:
            yield from _names(described["components"]["schemas"][node["$ref"].rpartition("/")[2]], described)
        yield from _names(
            [part for name, part in node.items() if name in {"schema", "allOf", "oneOf", "anyOf"}], described
        )


@dataclass
class Statements:
    """The statements that wrote something forged."""

    forged: list[str] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and any(sign in repr(values) for sign in SIGNS):
            self.forged.append(sql[:60])
        return execute(sql, values, many, context)


@contextmanager
def watched() -> Iterator[Statements]:
    statements = Statements()
    with connection.execute_wrapper(statements):
        yield statements
