"""Attempts in one call: what is sent, what is waited for, and which figures are held against a limit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from config.benchmarks.report import Report
from config.benchmarks.sites import Site
from config.benchmarks.suite.api import GATED, LIMITS, Sent, Stream, fetch, leave, take, take_bare, tell
from config.benchmarks.visitor import Lost
from tests.config.benchmarks.servers import Answer, Told, serving

JSON = ("Content-Type", "application/json")
STATUS = "/api/v1/attempts/a/"
SEEDED: dict[str, Any] = {
    "take": "/take/",
    "body": {"answers": {"1": "k7"}, "submit": True},
    "headers": [{"Authorization": "Bearer one"}, {"Authorization": "Bearer two"}],
    "quiz": "/quiz/1/",
    "sessions": ["s"],
}
CREATED = Answer(b"{}", 201, (JSON, ("Location", STATUS)))


def site(told: Told) -> Site:
    return Site("postil", told.port, {}, SEEDED, {})


def test_a_caller_sends_every_answer_at_once_and_learns_where_the_attempt_stands() -> None:
    with serving({"POST /take/": CREATED}) as told:
        sent = take(site(told), 1)

    assert sent == Sent(STATUS, SEEDED["headers"][1])
    [asked] = told.asked
    assert (asked.headers["Authorization"], json.loads(asked.body)) == ("Bearer two", SEEDED["body"])


def test_the_reference_is_sent_ten_answers_by_somebody_who_is_signed_in() -> None:
    with serving({"POST /quiz/1/take/": CREATED}) as told:
        take_bare(site(told), 0)

    [asked] = told.asked
    assert asked.headers["Cookie"] == "sessionid=s"
    assert json.loads(asked.body) == {"answers": {str(position): 0 for position in range(1, 11)}}


def test_a_call_that_creates_nothing_ends_the_measuring() -> None:
    with serving({}) as told, pytest.raises(Lost, match="/take/ answered 404: gone"):
        take(site(told), 0)


def test_a_result_is_asked_for_by_whoever_sent_the_attempt_and_held_until_it_is_there() -> None:
    with serving({f"{STATUS}?wait=300ms": Answer(b'{"fraction": 0.0}', headers=(JSON,))}) as told:
        fetch(site(told), Sent(STATUS, SEEDED["headers"][0]))

    assert [(asked.path, asked.headers["Authorization"]) for asked in told.asked] == [
        (f"{STATUS}?wait=300ms", "Bearer one")
    ]


@pytest.mark.parametrize(
    ("database", "fetched", "held"),
    [(GATED, 60.0, [True, True]), (GATED, 61.0, [True, False]), ("sqlite", 61.0, [])],
    ids=["at the limits", "above one", "on SQLite they are only told"],
)
def test_each_stream_is_told_as_a_multiple_of_the_bare_view(database: str, fetched: float, held: list[bool]) -> None:
    with serving({}) as told:
        place = site(told)
    spent = {"bare": 10.0, "submitted": 40.0, "fetched": fetched}
    report = Report("api")
    tell(database, report, [Stream(name, place, {}, take, leave, [ms]) for name, ms in spent.items()], busy=0.5)

    ratios = {name: report.figures[database][name]["ratio"]["med"] for name in LIMITS}
    assert ratios == {"submitted": 4.0, "fetched": round(fetched / 10, 2)}
    assert [gate.holds for gate in report.gates] == held
