"""Each field of a quiz and of a question: its default, what it may be, and every way to get it wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from quizzes.formats.course_file import parse
from quizzes.formats.course_file.model import QuestionEntry, QuizEntry, QuizItemEntry, Quote
from quizzes.formats.course_file.parse import read_course_file
from tests.quizzes.formats.course_file.test_every_field import (
    ARTICLE,
    HEAD,
    NO_QUOTES,
    NO_WORDS,
    problems_after,
)

NO_LIST = "is a list of lines that start with “- ”."
NO_RECORD = "holds fields of its own, further in."
NO_WHOLE_FROM_1 = "is a whole number from 1 on."
NO_FRACTION = "lies between 0 and 1, such as 0.7."
NO_MOMENT = "is a moment with its offset, such as 2026-01-31T09:00:00+00:00, from 1970 to 2999."


def one_quiz(lines: str) -> QuizEntry:
    return parse(f"{HEAD}{ARTICLE}== quiz q\ntitle: Q\n{lines}").quizzes[0]


def one_question(lines: str) -> QuestionEntry:
    return parse(f"{HEAD}{ARTICLE}== question q1\nkind: oracle\n{lines}").questions[0]


def test_a_quiz_of_nothing_but_its_title_has_every_default() -> None:
    assert one_quiz("") == QuizEntry(
        slug="q",
        title="Q",
        lesson="",
        mode="practice",
        pass_fraction=None,
        time_limit_seconds=None,
        attempts_allowed=None,
        delay_seconds=0,
        shuffle=False,
        one_by_one=False,
        article_open=True,
        navigation="free",
        result_rule="best",
        opens_at="",
        closes_at="",
        feedback_policy={},
        items=(),
    )


@pytest.mark.parametrize(
    ("lines", "change"),
    [
        ("lesson: one", {"lesson": "one"}),
        *((f"mode: {mode}", {"mode": mode}) for mode in ("practice", "check", "exam")),
        ("pass_fraction: 0", {"pass_fraction": Decimal(0)}),
        ("pass_fraction: 1", {"pass_fraction": Decimal(1)}),
        ("pass_fraction: 1.000000", {"pass_fraction": Decimal(1)}),
        ("pass_fraction: 0.7", {"pass_fraction": Decimal("0.7")}),
        ("pass_fraction: 0.666667", {"pass_fraction": Decimal("0.666667")}),
        ("time_limit_seconds: 1", {"time_limit_seconds": 1}),
        ("time_limit_seconds: 999999999", {"time_limit_seconds": 999_999_999}),
        ("attempts_allowed: 3", {"attempts_allowed": 3}),
        ("attempts_allowed: 007", {"attempts_allowed": 7}),
        ("delay_seconds: 0", {"delay_seconds": 0}),
        ("delay_seconds: 3600", {"delay_seconds": 3600}),
        ("shuffle: yes", {"shuffle": True}),
        ("shuffle: no", {"shuffle": False}),
        ("one_by_one: yes", {"one_by_one": True}),
        ("article_open: no", {"article_open": False}),
        *((f"navigation: {way}", {"navigation": way}) for way in ("free", "sequential")),
        *((f"result_rule: {rule}", {"result_rule": rule}) for rule in ("best", "last", "first", "mean")),
        ("opens_at: 2026-01-31T09:00:00+00:00", {"opens_at": "2026-01-31T09:00:00+00:00"}),
        ("opens_at: 2026-01-31T09:00Z", {"opens_at": "2026-01-31T09:00Z"}),
        ("closes_at: 2026-01-31T09:00:00.123456-11:30", {"closes_at": "2026-01-31T09:00:00.123456-11:30"}),
        ("closes_at:", {"closes_at": ""}),
        ("archived: yes", {"archived": True}),
        ("archived: no", {}),
        ("feedback_policy:\n  key: after_close", {"feedback_policy": {"key": "after_close"}}),
        ('feedback_policy = {"After": {"days": 3}}', {"feedback_policy": {"After": {"days": 3}}}),
        ("questions:\n  - q1\n  - q-2_b", {"items": (QuizItemEntry("q1"), QuizItemEntry("q-2_b"))}),
        ("questions:\n  - q1 (1 point)", {"items": (QuizItemEntry("q1", Decimal(1)),)}),
        ("questions:\n  - q1 (0.01 points)", {"items": (QuizItemEntry("q1", Decimal("0.01")),)}),
        ("questions:\n  - q1   (9999.99 points)", {"items": (QuizItemEntry("q1", Decimal("9999.99")),)}),
        ('questions = ["q1"]', {"items": (QuizItemEntry("q1"),)}),
    ],
)
def test_each_field_of_a_quiz_is_read(lines: str, change: dict[str, Any]) -> None:
    assert one_quiz(lines) == replace(QuizEntry("q", "Q"), **change)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("lesson = 1", f"“lesson” {NO_WORDS}"),
        ("mode: test", "“mode” is one of: practice, check, exam."),
        ("mode:", "“mode” is one of: practice, check, exam."),
        ("pass_fraction: 1.000001", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: -0.1", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: .5", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: 5e-1", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: NaN", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: ½", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: ٠", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: 0.1234567", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction:", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction = 0.7", f"“pass_fraction” {NO_WORDS}"),
        ("time_limit_seconds: 0", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: 1.5", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: 1_000", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: ٣", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: 1000000000", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("attempts_allowed: 0", f"“attempts_allowed” {NO_WHOLE_FROM_1}"),
        ("attempts_allowed: any", f"“attempts_allowed” {NO_WHOLE_FROM_1}"),
        ("attempts_allowed: +3", f"“attempts_allowed” {NO_WHOLE_FROM_1}"),
        ("delay_seconds: -1", "“delay_seconds” is a whole number from 0 on."),
        ("delay_seconds = 60", f"“delay_seconds” {NO_WORDS}"),
        ("shuffle: true", "“shuffle” is one of: yes, no."),
        ("shuffle: Yes", "“shuffle” is one of: yes, no."),
        ("shuffle = true", f"“shuffle” {NO_WORDS}"),
        ("one_by_one: 1", "“one_by_one” is one of: yes, no."),
        ("article_open:", "“article_open” is one of: yes, no."),
        ("navigation: backwards", "“navigation” is one of: free, sequential."),
        ("result_rule: median", "“result_rule” is one of: best, last, first, mean."),
        ("opens_at: 2026-01-31", f"“opens_at” {NO_MOMENT}"),
        ("opens_at: 2026-01-31T09:00:00", f"“opens_at” {NO_MOMENT}"),
        ("opens_at: 2026-02-30T09:00:00+00:00", f"“opens_at” {NO_MOMENT}"),
        ("opens_at: 1767225600", f"“opens_at” {NO_MOMENT}"),
        ("closes_at: 2026-01-31T25:00:00+00:00", f"“closes_at” {NO_MOMENT}"),
        ("opens_at: 0001-01-01T00:00:00+14:00", f"“opens_at” {NO_MOMENT}"),
        ("closes_at: 9999-12-31T23:59:00-12:00", f"“closes_at” {NO_MOMENT}"),
        ("closes_at = 0", f"“closes_at” {NO_WORDS}"),
        ("archived: 2026-01-31T09:00:00+00:00", "“archived” is one of: yes, no."),
        ("feedback_policy: everything", f"“feedback_policy” {NO_RECORD}"),
        ("feedback_policy = []", f"“feedback_policy” {NO_RECORD}"),
        ("questions: q1, q2", f"“questions” {NO_LIST}"),
        ("questions = 3", f"“questions” {NO_LIST}"),
        ("questions = [null]", f"“questions” {NO_LIST}"),
    ],
)
def test_each_wrong_field_of_a_quiz_is_told_at_its_line_and_left_at_its_default(field: str, message: str) -> None:
    lines = f"== quiz q\ntitle: Q\n{field}\n"
    assert problems_after(lines) == [(3, "wrong_value", message)]
    assert read_course_file(HEAD + ARTICLE + lines).course.quizzes == (QuizEntry("q", "Q"),)


@pytest.mark.parametrize(
    "item",
    [
        "",
        "q 1",
        "q1, q2",
        "q1 (0 points)",
        "q1 (0.00 points)",
        "q1 (-1 points)",
        "q1 (1.234 points)",
        "q1 (10000 points)",
        "q1 (1,5 points)",
        "q1 (2)",
        "q1 2 points",
        "q1(2 points)",
        "q1 (٢ points)",
        "q" * 81,
        "“q1”",
    ],
)
def test_an_item_that_is_no_key_with_points_is_told_at_its_own_line(item: str) -> None:
    problems = problems_after(f"== quiz q\ntitle: Q\nquestions:\n  - q0\n  - {item}\n  - q9")
    assert [(line, code) for line, code, _ in problems] == [(5, "wrong_item")]


def test_a_question_of_nothing_but_its_kind_has_every_default() -> None:
    assert one_question("") == QuestionEntry("q1", "oracle", {}, "", (), "draft", "human", "")


@pytest.mark.parametrize(
    ("lines", "change"),
    [
        ("concept: tide", {"concept": "tide"}),
        *((f"state: {state}", {"state": state}) for state in ("draft", "in_review", "published", "retired")),
        *((f"origin: {origin}", {"origin": origin}) for origin in ("human", "drafted")),
        ("drafter: contrast 2", {"drafter": "contrast 2"}),
        ("archived: yes", {"archived": True}),
        ("because: It gives its answer away.", {"because": "It gives its answer away."}),
        ("content:\n  because: so", {"content": {"because": "so"}}),
        ("content:\n  archived: long ago", {"content": {"archived": "long ago"}}),
        ("evidence:\n  > a\n  >3 b", {"evidence": (Quote("a"), Quote("b", 3))}),
        ("stem: Why?", {"content": {"stem": "Why?"}}),
        ("stem:\n  Why?\n  Really, why?", {"content": {"stem": "Why? Really, why?"}}),
        ("limit = 3", {"content": {"limit": 3}}),
        ("limit = 3.0", {"content": {"limit": 3.0}}),
        ("typos = false\nstem: Why?", {"content": {"typos": False, "stem": "Why?"}}),
        ("content:\n  kind: gas\n  state: solid", {"content": {"kind": "gas", "state": "solid"}}),
        ('content = {"Odd name": [1, null]}', {"content": {"Odd name": [1, None]}}),
        ("content = {}", {"content": {}}),
    ],
)
def test_each_field_of_a_question_is_read(lines: str, change: dict[str, Any]) -> None:
    assert one_question(lines) == replace(QuestionEntry("q1", "oracle"), **change)


@pytest.mark.parametrize(
    ("lines", "line", "code", "message"),
    [
        ("concept = 1", 3, "wrong_value", f"“concept” {NO_WORDS}"),
        ("state: new", 3, "wrong_value", "“state” is one of: draft, in_review, published, retired."),
        ("origin: machine", 3, "wrong_value", "“origin” is one of: human, drafted."),
        ("archived: long ago", 3, "wrong_value", "“archived” is one of: yes, no."),
        ("drafter:\n  - a", 3, "wrong_value", f"“drafter” {NO_WORDS}"),
        ("evidence: turns", 3, "wrong_value", f"“evidence” {NO_QUOTES}"),
        ("evidence:\n  > a\n  b", 5, "mixed_list", "This line does not start like the first one of its list."),
        ("content: words", 3, "wrong_value", f"“content” {NO_RECORD}"),
        ("content = [1]", 3, "wrong_value", f"“content” {NO_RECORD}"),
        ("content:\n  a: b\nstem: c", 5, "unknown_field", "“stem” means nothing here."),
        ("a:\n  b:\n    > c", 5, "quote_here", "Quotes stand under “evidence”; a list starts with “- ”."),
        ("content:\n  a:\n    > c", 5, "quote_here", "Quotes stand under “evidence”; a list starts with “- ”."),
        ("stem = {", 3, "bad_json", "What follows “=” is no JSON; words are written after “:”."),
        ("stem: a\n\n\nstem: b", 6, "twice", "“stem” is written twice."),
        ("What is meant?", 3, "no_field", "This line is no field: write “name: words” or “name = value”."),
        ("Stem: a", 3, "no_field", "This line is no field: write “name: words” or “name = value”."),
        ("stem:a", 3, "no_field", "This line is no field: write “name: words” or “name = value”."),
    ],
)
def test_each_wrong_field_of_a_question_is_told_at_its_line(lines: str, line: int, code: str, message: str) -> None:
    assert problems_after(f"== question q1\nkind: oracle\n{lines}") == [(line, code, message)]
