"""A browser of the simplest kind: one connection that is kept, cookies, compressed pages, forms sent as they are."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


class Lost(Exception):
    """A page was not what it had to be; the message says which."""


@dataclass(frozen=True)
class Page:
    """`wire` is the size of the body as it came, compressed or not, in bytes; `kind` its type."""

    path: str
    status: int
    location: str
    html: str
    wire: int
    kind: str = ""

    def form(self, ending: str) -> tuple[str, dict[str, str]]:
        """Action and fields of the form whose action ends so, with the first choice of each question taken."""
        for head, body in FORM.findall(self.html):
            action = dict(ATTRIBUTE.findall(head)).get("action") or self.path
            if action.endswith(ending):
                return action, fields_of(body)
        raise Lost(f"{self.path} ({self.status}) has no form to …{ending}: {self.html[:300]}")


def fields_of(form: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag in FIELD.findall(form):
        attributes = dict(ATTRIBUTE.findall(tag))
        if "name" in attributes and not attributes["name"].startswith("flag-"):
            fields.setdefault(attributes["name"], unescape(attributes.get("value", "")))
    return fields


@dataclass
class Visitor:
    """Counts what it asked for: `requests`, and `wire` bytes of bodies."""

    port: int
    cookies: dict[str, str]
    requests: int = 0
    wire: int = 0
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str, **headers: str) -> Page:
        return self._ask("GET", path, None, headers)

    def send(self, form: tuple[str, dict[str, str]], **more: str) -> Page:
        action, fields = form
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", action, urlencode(fields | more), headers)

    def post(self, path: str, body: Any, **headers: str) -> Page:
        """As a program does: the body is JSON."""
        return self._ask("POST", path, json.dumps(body), {"Content-Type": "application/json", **headers})

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Page:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookies, "Accept-Encoding": "gzip", "Accept": "*/*", **headers}
        self._connection.request(method, path, body=body, headers=sent)
        response = self._connection.getresponse()
        raw = response.read()
        self._keep_cookies(response)
        self.requests += 1
        self.wire += len(raw)
        html = gzip.decompress(raw) if response.headers.get("Content-Encoding") == "gzip" else raw
        location = urlsplit(response.headers.get("Location", "")).path
        kind = response.headers.get("Content-Type", "")
        return Page(path, response.status, location, html.decode(), len(raw), kind)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
