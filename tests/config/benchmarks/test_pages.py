"""What pages weigh: what a page names is fetched once, and each figure is held against its limit."""

from __future__ import annotations

import gzip

import pytest

from config.benchmarks.report import Report
from config.benchmarks.suite.pages import hold_attempt, hold_lesson, tell
from config.benchmarks.visitor import Visitor
from config.benchmarks.weights import Named, Weight, by_fetching
from tests.config.benchmarks.servers import Answer, serving

CSS = (("Content-Type", "text/css"),)
JS = (("Content-Type", "text/javascript"),)


def weighed(**bytes_: int) -> Weight:
    return Weight(requests=len(bytes_), nodes=100, bytes=bytes_)


@pytest.mark.parametrize(
    ("html", "addresses"),
    [
        ('<script src="/a.js"></script>', ["/a.js"]),
        ("<script>inline()</script>", []),
        ('<img src="/a.svg" alt="">', ["/a.svg"]),
        ('<img alt="">', []),
        ('<link rel="stylesheet" href="/a.css">', ["/a.css"]),
        ('<link rel="icon" href="/a.svg">', ["/a.svg"]),
        ('<link rel="modulepreload" href="/a.js">', ["/a.js"]),
        ('<link rel="canonical" href="/here/">', []),
        ('<link rel="stylesheet">', []),
        ('<link href="/a.css">', []),
        ('<a href="/there/">there</a>', []),
        ('<IMG SRC="/a.svg">', ["/a.svg"]),
    ],
)
def test_a_page_names_what_is_fetched_with_it(html: str, addresses: list[str]) -> None:
    page = Named(f"<p>{html}</p>")

    assert page.addresses == addresses


def test_everything_a_page_names_is_fetched_once_and_what_that_names_too() -> None:
    answers = {
        "/lesson/": Answer(
            b'<link rel="stylesheet" href="/s/a.css"><script src="../s/a.js"></script><script src="/s/a.js"></script>'
        ),
        "/s/a.css": Answer(b"p { background: url('dot.svg') }", headers=CSS),
        "/s/dot.svg": Answer(b"<svg/>", headers=(("Content-Type", "image/svg+xml"),)),
        "/s/a.js": Answer(b"import { b } from './b.js';", headers=JS),
        "/s/b.js": Answer(b"import './a.js'; import 'https://example.org/c.js';", headers=JS),
    }
    with serving(answers) as told:
        weight = by_fetching(f"http://127.0.0.1:{told.port}", path="/lesson/", session="abc")

    assert sorted(each.path for each in told.asked) == ["/lesson/", "/s/a.css", "/s/a.js", "/s/b.js", "/s/dot.svg"]
    assert {each.headers["Cookie"] for each in told.asked} == {"sessionid=abc"}
    assert (weight.requests, weight.nodes) == (5, 3)
    assert weight.bytes == {
        "html": len(answers["/lesson/"].body),
        "css": len(answers["/s/a.css"].body),
        "other": len(answers["/s/dot.svg"].body),
        "modules": len(answers["/s/a.js"].body) + len(answers["/s/b.js"].body),
    }


def test_a_body_weighs_what_came_over_the_wire_and_is_read_unpacked() -> None:
    html = b'<img src="/a.svg">' * 200
    packed = gzip.compress(html)
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    with serving({"/": Answer(packed, headers=headers)}) as told:
        visitor = Visitor(told.port, {})
        page = visitor.get("/")
        visitor.close()

    assert (page.wire, page.html, visitor.wire) == (len(packed), html.decode(), len(packed))


def test_cookies_that_are_given_are_sent_from_then_on() -> None:
    with serving({"/": Answer(headers=(("Set-Cookie", "token=a=b; Path=/; HttpOnly"),))}) as told:
        visitor = Visitor(told.port, {"sessionid": "s"})
        visitor.get("/")
        visitor.get("/")
        visitor.close()

    assert [each.headers["Cookie"] for each in told.asked] == ["sessionid=s", "sessionid=s; token=a=b"]
    assert visitor.requests == 2


def test_a_redirect_is_told_and_not_followed() -> None:
    answer = Answer(status=303, headers=(("Location", "http://127.0.0.1/attempts/a/?x=1"),))
    with serving({"POST /start/": answer}) as told:
        visitor = Visitor(told.port, {})
        page = visitor.send(("/start/", {"csrfmiddlewaretoken": "t"}), go="ö & co")
        visitor.close()

    assert (page.status, page.location) == (303, "/attempts/a/")
    assert told.asked[0].body == "csrfmiddlewaretoken=t&go=%C3%B6+%26+co"


@pytest.mark.parametrize(
    ("bytes_", "missed"),
    [
        ({"html": 14_000, "css": 10_000, "modules": 6_000}, []),
        ({"html": 14_010}, ["lesson, cold, html: kB"]),
        ({"css": 10_010}, ["lesson, cold, css: kB"]),
        ({"modules": 6_010}, ["lesson, cold, modules: kB"]),
        ({"htmx": 90_000}, []),
        ({"html": 14_000, "other": 16_010}, ["lesson, cold, beside htmx: kB"]),
    ],
)
def test_a_lesson_is_held_against_its_budget_kind_by_kind(bytes_: dict[str, int], missed: list[str]) -> None:
    report = Report("pages")

    hold_lesson(report, weighed(**bytes_))

    assert [gate.name for gate in report.gates if not gate.holds] == missed


@pytest.mark.parametrize(("requests", "holds"), [(5, True), (6, False)])
def test_a_lesson_asks_for_few_things(requests: int, holds: bool) -> None:
    report = Report("pages")

    hold_lesson(report, Weight(requests=requests))

    assert {gate.name: gate.holds for gate in report.gates}["lesson, cold: requests"] == holds


@pytest.mark.parametrize(
    ("cold", "warm", "missed"),
    [
        (Weight(nodes=350, bytes={"html": 45_000}), Weight(bytes={"html": 12_000}), []),
        (Weight(nodes=351), None, ["attempt: elements"]),
        (Weight(bytes={"htmx": 45_010}), None, ["attempt, cold: kB"]),
        (Weight(), Weight(bytes={"html": 12_010}), ["attempt, warm: kB"]),
    ],
)
def test_an_attempt_is_held_cold_and_where_it_was_loaded_twice_warm(
    cold: Weight, warm: Weight | None, missed: list[str]
) -> None:
    report = Report("pages")

    hold_attempt(report, cold, warm)

    assert [gate.name for gate in report.gates if not gate.holds] == missed
    assert len(report.gates) == (2 if warm is None else 3)


def test_a_page_is_told_in_figures_and_in_a_line_for_each_state() -> None:
    report = Report("pages")

    tell("lesson", report, weighed(html=9_000, css=7_250), weighed(html=9_000))
    tell("attempt", report, weighed(html=500), None)

    assert report.figures["attempt"] == {"cold": weighed(html=500).as_json(), "warm": None}
    assert report.lines == [
        "  lesson cold: 16.25 kB in 2 requests (css 7.2, html 9.0); 100 elements",
        "  lesson warm: 9 kB in 1 requests (html 9.0); 100 elements",
        "  attempt cold: 0.5 kB in 1 requests (html 0.5); 100 elements",
    ]
