"""What a page weighs on the wire: in a real browser, or fetched with everything it names where there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from config.benchmarks.visitor import Lost, Visitor
from tests.chromium import ARGUMENTS, find_chromium

KINDS = {"text/html": "html", "text/css": "css", "text/javascript": "modules", "application/javascript": "modules"}
HTMX = re.compile(r"/htmx[^/]*\.js")
IMPORTS = re.compile(r"""(?:from|import)\s*["']([^"']+)["']|url\(["']?([^"')]+)["']?\)""")


@dataclass
class Weight:
    """Requests and bytes of one page view, the bytes by kind: html, css, modules, htmx, other."""

    requests: int = 0
    nodes: int = 0
    bytes: dict[str, int] = field(default_factory=dict)

    def add(self, address: str, kind: str, size: int) -> None:
        self.requests += 1
        what = "htmx" if HTMX.search(address) else KINDS.get(kind.partition(";")[0].strip(), "other")
        self.bytes[what] = self.bytes.get(what, 0) + size

    def kilobytes(self, *kinds: str) -> float:
        """Of these kinds, or of all."""
        return round(sum(size for kind, size in self.bytes.items() if not kinds or kind in kinds) / 1000, 2)

    def as_json(self) -> dict[str, Any]:
        sizes = {kind: round(size / 1000, 2) for kind, size in sorted(self.bytes.items())}
        return {"requests": self.requests, "nodes": self.nodes, "kilobytes": sizes, "total": self.kilobytes()}


def in_chromium(base: str, *, path: str, session: str) -> tuple[Weight, Weight]:
    """The page cold, and loaded again with what the browser kept. Raises Unavailable where there is no browser."""
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            context = browser.new_context()
            context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
            return view(context, base + path), view(context, base + path)
        finally:
            browser.close()


def view(context: BrowserContext, address: str) -> Weight:
    """Sizes as they came over the wire, headers included; what came out of a cache weighs nothing."""
    page = context.new_page()
    seen: dict[str, tuple[str, str]] = {}
    weight = Weight()
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def note(event: Mapping[str, Any]) -> None:
        response = event["response"]
        if response["url"].startswith("http") and not response.get("fromDiskCache"):
            seen[event["requestId"]] = (response["url"], response["mimeType"])

    def finish(event: Mapping[str, Any]) -> None:
        if event["requestId"] in seen and event["encodedDataLength"]:
            weight.add(*seen[event["requestId"]], int(event["encodedDataLength"]))

    network.on("Network.responseReceived", note)
    network.on("Network.loadingFinished", finish)
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise Lost(f"{address} answered {answer and answer.status}.")
    weight.nodes = page.evaluate("document.querySelectorAll('*').length")
    page.close()
    return weight


class Named(HTMLParser):
    """The elements of a page, and what it makes a browser fetch at once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.nodes = 0
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes += 1
        attributes = {name: value or "" for name, value in attrs}
        if tag in {"script", "img"} and "src" in attributes:
            self.addresses.append(attributes["src"])
        elif (
            tag == "link" and attributes.get("rel") in {"stylesheet", "icon", "modulepreload"} and "href" in attributes
        ):
            self.addresses.append(attributes["href"])


def by_fetching(base: str, *, path: str, session: str) -> Weight:
    """The page and all it names, one after the other, as a browser asks for them; bodies without their headers."""
    weight = Weight()
    visitor = Visitor(urlsplit(base).port or 80, {"sessionid": session})
    try:
        first = visitor.get(path)
        weight.add(path, first.kind, first.wire)
        page = Named(first.html)
        weight.nodes = page.nodes
        waiting, seen = [urljoin(path, address) for address in page.addresses], {path}
        while waiting:
            address = waiting.pop()
            if address.startswith("/") and address not in seen:
                seen.add(address)
                found = visitor.get(address)
                weight.add(address, found.kind, found.wire)
                waiting += [urljoin(address, one or other) for one, other in IMPORTS.findall(found.html)]
    finally:
        visitor.close()
    return weight
