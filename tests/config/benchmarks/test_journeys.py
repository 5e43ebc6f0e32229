"""The measured journey over real connections, against a server that answers as the pages do."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from config.benchmarks.journeys import followed, opened, play, see_grade
from config.benchmarks.visitor import Lost, Page, Visitor
from config.benchmarks.weights import by_fetching
from tests.config.benchmarks.servers import Answer, Told, serving

HTML = ("Content-Type", "text/html")
QUIZ = b'<form action="/quiz/start/"><input name="csrfmiddlewaretoken" value="t"></form>'
ANSWERING = (
    b'<form action="/attempts/a/"><input type="radio" name="answer-1" value="k7">'
    b'<input type="radio" name="answer-1" value="m2"><input name="sequence-1" value="0"></form>'
)
SUMMARY = b'<form action="/attempts/a/submit/"></form>'


def leads(to: str, *more: tuple[str, str]) -> Answer:
    return Answer(b"", 303, (HTML, ("Location", to), *more))


PAGES = {
    "/lesson/": Answer(b"words"),
    "/quiz/": Answer(QUIZ),
    "/quiz/start/": leads("/attempts/a/", ("Set-Cookie", "seen=1; Path=/")),
    "/attempts/a/summary/": Answer(SUMMARY),
    "/attempts/a/submit/": leads("/attempts/a/"),
}
SEEDED = {"lesson": "/lesson/", "quiz": "/quiz/"}


@pytest.fixture
def pages() -> Iterator[Told]:
    with serving({**PAGES, "/attempts/a/": Answer(ANSWERING)}) as told:
        yield told


def test_a_visitor_keeps_cookies_and_counts_what_came(pages: Told) -> None:
    visitor = Visitor(pages.port, {"sessionid": "s"})
    visitor.send(("/quiz/start/", {}))
    visitor.get("/lesson/")
    visitor.close()
    assert [asked.headers["Cookie"] for asked in pages.asked] == ["sessionid=s", "sessionid=s; seen=1"]
    assert (visitor.requests, visitor.wire) == (2, len(b"words"))


def test_a_visitor_reads_what_is_compressed_and_counts_it_as_it_came() -> None:
    packed = gzip.compress(b"words " * 500)
    with serving({"/": Answer(packed, headers=(HTML, ("Content-Encoding", "gzip")))}) as told:
        visitor = Visitor(told.port, {})
        page = visitor.get("/")
        visitor.close()
    assert (page.html, page.wire, visitor.wire) == ("words " * 500, len(packed), len(packed))
    assert told.asked[0].headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("location", ["/next/", "http://127.0.0.1/next/", "http://127.0.0.1/next/?a=1"])
def test_a_visitor_is_led_on_by_the_path_of_the_location(location: str) -> None:
    with serving({"/": leads(location)}) as told:
        visitor = Visitor(told.port, {})
        page = visitor.get("/")
        visitor.close()
    assert (page.status, page.location) == (303, "/next/")


def test_a_form_is_sent_with_its_fields_and_those_that_are_added(pages: Told) -> None:
    visitor = Visitor(pages.port, {})
    visitor.send(visitor.get("/attempts/a/").form("/attempts/a/"), go="summary")
    visitor.close()
    asked = pages.asked[-1]
    assert (asked.method, asked.path) == ("POST", "/attempts/a/")
    assert parse_qs(asked.body) == {"answer-1": ["k7"], "sequence-1": ["0"], "go": ["summary"]}
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("status", [204, 302, 403, 404, 500])
def test_a_page_that_does_not_open_is_lost_with_its_status(status: int) -> None:
    with pytest.raises(Lost, match=rf"^/there/ answered {status}\.$"):
        opened(Page("/there/", status, "", "", 0))


@pytest.mark.parametrize("status", [200, 301, 302, 403, 422])
def test_a_form_that_leads_nowhere_is_lost_with_what_was_shown(status: int) -> None:
    with pytest.raises(Lost, match=rf"^/there/ answered {status} instead of leading on: Choose one\.$"):
        followed(Page("/there/", status, "", "Choose one.", 0))


def test_what_opens_and_what_leads_on_is_given_on() -> None:
    page = Page("/there/", 200, "", "words", 5)
    assert opened(page) is page
    assert followed(Page("/there/", 303, "/next/", "", 0)) == "/next/"


@pytest.mark.parametrize("html", [b'<p class="graded">83 %</p>', b"<h1>Graded: 83 %</h1>"])
def test_a_grade_on_the_page_ends_the_wait(html: bytes) -> None:
    with serving({"/attempts/a/": Answer(html)}) as told:
        visitor = Visitor(told.port, {})
        see_grade(visitor, "/attempts/a/")
        visitor.close()
    assert [asked.path for asked in told.asked] == ["/attempts/a/"]


def test_a_page_that_waits_is_asked_at_the_address_it_names() -> None:
    pages = {
        "/attempts/a/": Answer(b'<div hx-get="/attempts/a/status/">Waiting</div>'),
        "/attempts/a/status/": Answer(b'<div class="graded">83 %</div>'),
    }
    with serving(pages) as told:
        visitor = Visitor(told.port, {})
        see_grade(visitor, "/attempts/a/")
        visitor.close()
    assert [(asked.path, asked.headers.get("HX-Request")) for asked in told.asked] == [
        ("/attempts/a/", None),
        ("/attempts/a/status/", "true"),
    ]


def test_a_page_that_neither_shows_a_grade_nor_waits_is_lost() -> None:
    with serving({"/attempts/a/": Answer(b"<p>Something else</p>")}) as told:
        visitor = Visitor(told.port, {})
        with pytest.raises(Lost, match="never showed a grade: <p>Something else</p>"):
            see_grade(visitor, "/attempts/a/")
        visitor.close()


def test_a_journey_goes_from_the_lesson_to_the_grade() -> None:
    """One page stands for what is shown at the attempt's address before and after: it has the form and the grade."""
    pages = {**PAGES, "GET /attempts/a/": Answer(ANSWERING + b'<p class="graded">100 %</p>')}
    with serving({**pages, "POST /attempts/a/": leads("/attempts/a/summary/")}) as told:
        journey = play(told.port, seeded=SEEDED, session="s")
    assert [(asked.method, asked.path) for asked in told.asked] == [
        ("GET", "/lesson/"),
        ("GET", "/quiz/"),
        ("POST", "/quiz/start/"),
        ("GET", "/attempts/a/"),
        ("POST", "/attempts/a/"),
        ("GET", "/attempts/a/summary/"),
        ("POST", "/attempts/a/submit/"),
        ("GET", "/attempts/a/"),
    ]
    assert journey.requests == 8
    assert 0 < journey.grade_ms < journey.whole_ms
    assert journey.wire == sum(len(answer.body) for answer in pages.values()) + len(pages["GET /attempts/a/"].body)


@pytest.mark.parametrize("missing", ["/lesson/", "/quiz/"])
def test_a_journey_without_its_first_pages_is_lost_there(missing: str) -> None:
    pages = {path: answer for path, answer in PAGES.items() if path != missing}
    with serving(pages) as told, pytest.raises(Lost, match=f"^{missing} answered 404"):
        play(told.port, seeded=SEEDED, session="s")


def test_a_page_weighs_what_it_names_and_what_that_imports_each_once() -> None:
    css, module, image = (("Content-Type", kind) for kind in ("text/css", "text/javascript", "image/svg+xml"))
    html = '<link rel="stylesheet" href="/s.css"><script src="/a.js"></script><script src="/a.js"></script>'
    pages = {
        "/": Answer(html.encode()),
        "/s.css": Answer(b"body{background:url(/i.svg)}", headers=(css,)),
        "/a.js": Answer(b'import "./b.js";', headers=(module,)),
        "/b.js": Answer(b'import {a} from "./a.js";', headers=(module,)),
        "/i.svg": Answer(b"<svg/>", headers=(image,)),
    }
    with serving(pages) as told:
        weight = by_fetching(f"http://127.0.0.1:{told.port}", path="/", session="s")
    assert sorted(asked.path for asked in told.asked) == ["/", "/a.js", "/b.js", "/i.svg", "/s.css"]
    assert weight.bytes == {"html": len(html), "css": 28, "modules": 41, "other": 6}
    assert (weight.requests, weight.nodes) == (5, 3)


def test_what_stands_on_another_host_is_not_fetched() -> None:
    html = b'<script src="https://other.example.org/a.js"></script><img src="data:image/png;base64,x">'
    with serving({"/": Answer(html)}) as told:
        assert by_fetching(f"http://127.0.0.1:{told.port}", path="/", session="s").requests == 1
