"""One learner's whole journey over HTTP, through the forms of the pages, as a browser without JavaScript goes it."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

GRADED = 286
LONGEST_WAIT = 60.0
QUIZ = re.compile(r"^/courses/[^/]+/quizzes/[^/]+/$")
COURSE = re.compile(r"^/courses/[^/]+/$")


class JourneyFailed(Exception):
    """The journey could not be gone to its end; the message says where it stopped."""


@dataclass
class Form:
    """A form as its page offers it, with the first choice of every question taken."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def add(self, tag: str, attributes: dict[str, str]) -> None:
        """Takes the control: a radio button when its question has no answer yet, a text with a word of our own."""
        name, kind = attributes.get("name", ""), attributes.get("type", "text" if tag == "input" else tag)
        if not name or "disabled" in attributes or kind in {"submit", "button", "file"} or name.startswith("flag-"):
            return
        taken = any(name == other for other, _ in self.fields)
        if kind in {"radio", "checkbox"} and taken:
            return
        value = attributes.get("value", "")
        self.fields.append((name, value if value or kind not in {"text", "textarea"} else "a word"))


class Page(HTMLParser):
    """What a journey needs of a page: its forms, its links, and its heading for when it goes wrong."""

    def __init__(self, address: str, status: int, html: str) -> None:
        super().__init__()
        self.address, self.status = address, status
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.heading = ""
        self._in_heading = self._in_form = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(urljoin(self.address, attributes.get("action", ""))))
            self._in_form = True
        elif tag == "a":
            self.links.append(urlsplit(urljoin(self.address, attributes.get("href", ""))).path)
        elif tag == "h1":
            self._in_heading = True
        elif self._in_form and tag in {"input", "textarea"}:
            self.forms[-1].add(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        self._in_heading = self._in_heading and tag != "h1"
        self._in_form = self._in_form and tag != "form"

    def handle_data(self, data: str) -> None:
        self.heading += data if self._in_heading else ""

    def form_to(self, pattern: str) -> Form | None:
        return next((form for form in self.forms if re.search(pattern, form.action)), None)


@dataclass
class Browser:
    """Keeps cookies and follows redirects."""

    base: str
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def get(self, path: str, **headers: str) -> Page:
        return self._open(Request(urljoin(self.base, path), headers=headers))  # noqa: S310 -- our own loopback server

    def send(self, form: Form, **more: str) -> Page:
        body = urlencode(form.fields + list(more.items())).encode()
        return self._open(Request(form.action, data=body, headers={"Referer": form.action}))  # noqa: S310 -- the same

    def read(self, path: str) -> dict[str, Any]:
        with self.opener.open(urljoin(self.base, path), timeout=30) as response:
            found: dict[str, Any] = json.load(response)
        return found

    def _open(self, request: Request) -> Page:
        with self.opener.open(request, timeout=30) as response:
            return Page(response.url, response.status, response.read().decode())


@dataclass(frozen=True)
class Outcome:
    """`fraction` is 0..1; `graded_in_s` is from the answer to the submit until the page that shows the grade."""

    attempt: str
    fraction: float
    graded_in_s: float


def play(base: str, *, email: str, password: str) -> Outcome:
    """Signs in, starts a quiz of the first course, answers everything, submits, and waits for the grade."""
    browser = Browser(base)
    sign_in(browser, email=email, password=password)
    answering = start_quiz(browser)
    attempt = answering.address.rstrip("/").rpartition("/")[2]
    summary = browser.send(needed(answering, rf"/attempts/{attempt}/$"), go="summary")
    browser.send(needed(summary, r"/submit/$"))
    submitted = time.monotonic()
    wait_for_grade(browser, attempt)
    seconds = round(time.monotonic() - submitted, 3)
    return Outcome(attempt, browser.read(f"/api/v1/attempts/{attempt}/")["fraction"], seconds)


def sign_in(browser: Browser, *, email: str, password: str) -> None:
    form = needed(browser.get("/accounts/login/"), r"/accounts/login/$")
    form.fields = [(name, value) for name, value in form.fields if name not in {"login", "password"}]
    page = browser.send(form, login=email, password=password)
    if page.form_to(r"/accounts/login/$"):
        raise JourneyFailed(f"Nobody could sign in as {email}.")


def start_quiz(browser: Browser) -> Page:
    """The answering page of a new attempt, or of the one that is open."""
    courses = [link for link in browser.get("/").links if COURSE.match(link)]
    for course in dict.fromkeys(courses):
        for quiz in dict.fromkeys(link for link in browser.get(course).links if QUIZ.match(link)):
            page = browser.get(quiz)
            if form := page.form_to(r"/start/$"):
                return browser.send(form)
    raise JourneyFailed("There is no quiz that the learner may start.")


def needed(page: Page, pattern: str) -> Form:
    if form := page.form_to(pattern):
        return form
    raise JourneyFailed(f"{page.address} ({page.status}) has no form to {pattern}; its heading is “{page.heading}”.")


def wait_for_grade(browser: Browser, attempt: str) -> None:
    """The page that waits has been told that the grade is there."""
    deadline = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < deadline:
        if browser.get(f"/attempts/{attempt}/status/", **{"HX-Request": "true"}).status == GRADED:
            return
        time.sleep(0.1)
    raise JourneyFailed(f"The attempt {attempt} was not graded within {LONGEST_WAIT:.0f} seconds.")
