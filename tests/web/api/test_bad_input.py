"""Bodies, headers and parameters that nobody should send: each refusal is exact, and nothing of it is kept."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from jobs.models import Job
from quizzes.models import AnswerEvent, Attempt, Quiz, Response
from tests.factories import make_course, make_person, make_quiz
from tests.web.api.callers import Caller, told

# What one database stores, the other may refuse: NUL and lone surrogates in JSON, very long and very large values.
pytestmark = [pytest.mark.django_db, pytest.mark.twice]

FIELDS_ARE_WRONG = (400, "invalid", "Some fields are missing or wrong.")
REQUIRED = ["This field is required."]
NO_INTEGER = ["A valid integer is required."]
NO_UUID = ["Must be a valid UUID."]
NO_DICTIONARY = "Invalid data. Expected a dictionary, but got {}."
NAME_BY_POSITION = ["Name each answer by the position of its question: 1, 2, …"]


@pytest.fixture
def quiz() -> Quiz:
    return make_quiz(make_course())


@pytest.fixture
def caller() -> Caller:
    return Caller(make_person())


@pytest.fixture
def response(caller: Caller, quiz: Quiz) -> str:
    """Where the first answer of an attempt in progress is saved."""
    return f"attempts/{caller.post(f'quizzes/{quiz.uuid}/attempts/').json()['uuid']}/responses/1/"


def faults_in(answer: Any) -> str:
    """Whether the server is at fault by this answer, as the figure for all bodies that are tried one by one."""
    bodies = len(WRONG_FIELDS) + len(UNKEEPABLE) + len(KEPT) + len(NO_JSON)
    return f"{bodies} bodies on {connection.vendor}, {answer.status_code >= 500:d} faults of the server"


WRONG_FIELDS: list[tuple[Any, dict[str, list[str]]]] = [
    ({}, {"answer": REQUIRED, "sequence": REQUIRED}),
    ({"answer": "k7"}, {"sequence": REQUIRED}),
    ({"sequence": 0}, {"answer": REQUIRED}),
    ({"answer": "k7", "sequence": None}, {"sequence": ["This field may not be null."]}),
    ({"answer": "k7", "sequence": "one"}, {"sequence": NO_INTEGER}),
    ({"answer": "k7", "sequence": 1.5}, {"sequence": NO_INTEGER}),
    ({"answer": "k7", "sequence": []}, {"sequence": NO_INTEGER}),
    ({"answer": "k7", "sequence": {}}, {"sequence": NO_INTEGER}),
    ({"answer": "k7", "sequence": -1}, {"sequence": ["Ensure this value is greater than or equal to 0."]}),
    (
        {"answer": "k7", "sequence": 2**31},
        {"sequence": ["Ensure this value is less than or equal to 2147483647."]},
    ),
    ({"answer": "k7", "sequence": "9" * 2000}, {"sequence": ["String value too large."]}),
    ({"answer": "k7", "sequence": 0, "client_key": "one"}, {"client_key": NO_UUID}),
    ({"answer": "k7", "sequence": 0, "client_key": None}, {"client_key": ["This field may not be null."]}),
    ({"answer": "k7", "sequence": 0, "client_key": []}, {"client_key": NO_UUID}),
    (
        {"answer": "k7", "sequence": 0, "confidence": 0},
        {"confidence": ["Ensure this value is greater than or equal to 1."]},
    ),
    (
        {"answer": "k7", "sequence": 0, "confidence": 4},
        {"confidence": ["Ensure this value is less than or equal to 3."]},
    ),
    ({"answer": "k7", "sequence": 0, "confidence": "sure"}, {"confidence": NO_INTEGER}),
    ([], {"non_field_errors": [NO_DICTIONARY.format("list")]}),
    ("k7", {"non_field_errors": [NO_DICTIONARY.format("str")]}),
    (7, {"non_field_errors": [NO_DICTIONARY.format("int")]}),
]


@pytest.mark.promise(25)
@pytest.mark.parametrize(("body", "errors"), WRONG_FIELDS, ids=lambda value: str(value)[:50])
def test_a_save_with_wrong_fields_names_each_and_keeps_nothing(
    caller: Caller, response: str, body: Any, errors: dict[str, list[str]], reached: Callable[[str], None]
) -> None:
    answer = caller.put(response, body)
    reached(faults_in(answer))
    assert told(answer) == FIELDS_ARE_WRONG
    assert answer.json()["errors"] == errors
    assert not AnswerEvent.objects.exists()


UNKEEPABLE = [
    ('["k7"]', 422, "not_an_answer"),
    ('{"k7": true}', 422, "not_an_answer"),
    ("[]", 422, "not_an_answer"),
    ("{}", 422, "not_an_answer"),
    ("7", 422, "not_an_answer"),
    ("true", 422, "not_an_answer"),
    ("1e999", 400, "invalid"),
    ('"k7\\u0000"', 422, "unkeepable_answer"),
    ('"\\ud800"', 422, "unkeepable_answer"),
    ('"\\udfff k7"', 422, "unkeepable_answer"),
    ("[" * 200 + "]" * 200, 422, "unkeepable_answer"),
    (json.dumps("x" * 100_000), 413, "answer_too_large"),
    (json.dumps("é" * 50_000), 413, "answer_too_large"),
]


@pytest.mark.promise(25)
@pytest.mark.parametrize(("raw", "status", "code"), UNKEEPABLE, ids=lambda value: str(value)[:20])
def test_an_answer_that_cannot_be_kept_is_refused_and_the_one_before_stays(
    caller: Caller, response: str, raw: str, status: int, code: str, reached: Callable[[str], None]
) -> None:
    caller.put(response, {"answer": "m2", "sequence": 0})
    answer = caller.send("PUT", response, f'{{"answer": {raw}, "sequence": 1}}')
    reached(faults_in(answer))
    assert told(answer)[:2] == (status, code)
    kept = Response.objects.get(position=1)
    assert (kept.answer, kept.sequence) == ("m2", 1)


KEPT = [
    "k7",
    "m2",
    "zz",
    "",
    " ",
    "K7",
    "x" * 1000,
    "😀",
    "\u202eb\u2066a\u2069",
    "👩\u200d👩\u200d👧",
    "<script>",
    "' OR 1=1",
    None,
]


@pytest.mark.promise(25)
@pytest.mark.parametrize("raw", KEPT)
def test_an_answer_of_the_right_shape_is_kept_to_the_letter(
    caller: Caller, response: str, raw: str | None, reached: Callable[[str], None]
) -> None:
    answer = caller.put(response, {"answer": raw, "sequence": 0})
    reached(faults_in(answer))
    assert (answer.status_code, answer.json()["position"], answer.json()["sequence"]) == (200, 1, 1)
    assert Response.objects.get(position=1).answer == raw
    assert (answer.json()["warning"] == "") is (raw in ("k7", "m2", "", " ", None))


@pytest.mark.parametrize("sequence", [1, 2, 7, 2**31 - 1])
def test_a_save_after_one_that_never_was_is_stale(caller: Caller, response: str, sequence: int) -> None:
    answer = caller.put(response, {"answer": "k7", "sequence": sequence})
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_answer")
    assert (answer.json()["answer"], answer.json()["sequence"]) == (None, 0)


def test_the_same_client_key_saves_once_and_answers_alike(caller: Caller, response: str) -> None:
    body = {"answer": "k7", "sequence": 0, "client_key": "0e4c4f28-6c2e-4d3b-9c7d-5f3a1a2b3c4d"}
    first, second = caller.put(response, body), caller.put(response, body)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert AnswerEvent.objects.count() == 1


@pytest.mark.parametrize("sent", ['{"sequence": "0", "answer": "k7"}', '{"sequence": 0.0, "answer": "k7"}'])
def test_a_number_may_be_sent_as_words_or_with_a_point(caller: Caller, response: str, sent: str) -> None:
    assert caller.send("PUT", response, sent).json()["sequence"] == 1


@pytest.mark.promise(32)
def test_a_field_that_means_nothing_is_let_pass(caller: Caller, response: str) -> None:
    """A program for a later version may send more; what it sends is not kept."""
    body = {"answer": "k7", "sequence": 0, "fraction": 1, "position": 2, "attempt": "x"}
    assert caller.put(response, body).json()["position"] == 1
    assert Response.objects.get(position=1).fraction is None


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"answers": None}, {"answers": ["This field may not be null."]}),
        ({"answers": ["k7"]}, {"answers": ['Expected a dictionary of items but got type "list".']}),
        ({"answers": "k7"}, {"answers": ['Expected a dictionary of items but got type "str".']}),
        ({"answers": 7}, {"answers": ['Expected a dictionary of items but got type "int".']}),
        ({"answers": {"one": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {" 1": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"-1": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"+1": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"1.0": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"1_0": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"²": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"١": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"100000": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"answers": {"1": "k7", "x": "k7"}}, {"answers": NAME_BY_POSITION}),
        ({"submit": None}, {"submit": ["This field may not be null."]}),
        ({"submit": "perhaps"}, {"submit": ["Must be a valid boolean."]}),
        ({"submit": 2}, {"submit": ["Must be a valid boolean."]}),
        ({"submit": []}, {"submit": ["Must be a valid boolean."]}),
        ([1], {"non_field_errors": [NO_DICTIONARY.format("list")]}),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_start_with_wrong_fields_names_each_and_begins_nothing(
    caller: Caller, quiz: Quiz, body: Any, errors: dict[str, list[str]]
) -> None:
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/", body)
    assert told(answer) == FIELDS_ARE_WRONG
    assert answer.json()["errors"] == errors
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("answers", "status", "code"),
    [
        ({"1": "k7", "2": ["k7"]}, 422, "not_an_answer"),
        ({"1": "k7", "2": "\x00"}, 422, "unkeepable_answer"),
        ({"1": "k7", "2": "x" * 100_000}, 413, "answer_too_large"),
        ({"1": "k7", "3": "k7"}, 400, "invalid"),
        ({"0": "k7"}, 400, "invalid"),
        ({"99999": "k7"}, 400, "invalid"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_one_call_with_one_wrong_answer_changes_nothing_at_all(
    caller: Caller, quiz: Quiz, answers: dict[str, Any], status: int, code: str
) -> None:
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/", {"answers": answers, "submit": True})
    assert told(answer)[:2] == (status, code)
    assert (Attempt.objects.count(), AnswerEvent.objects.count(), Job.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("length", "status"), [(0, 201), (1, 201), (199, 201), (200, 201), (201, 400), (5000, 400)])
def test_a_key_of_a_start_may_have_so_many_characters(caller: Caller, quiz: Quiz, length: int, status: int) -> None:
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/", Idempotency_Key="k" * length)
    assert answer.status_code == status
    if status == 400:
        assert answer.json()["errors"] == {"Idempotency-Key": ["At most 200 characters."]}


def test_one_key_of_two_people_is_two_keys(quiz: Quiz) -> None:
    start = f"quizzes/{quiz.uuid}/attempts/"
    mine, theirs = (Caller(make_person()).post(start, Idempotency_Key="monday").json()["uuid"] for _ in range(2))
    assert mine != theirs


def test_a_start_without_a_key_gives_the_attempt_in_progress(caller: Caller, quiz: Quiz) -> None:
    start = f"quizzes/{quiz.uuid}/attempts/"
    assert caller.post(start).json()["uuid"] == caller.post(start, Idempotency_Key="later").json()["uuid"]


NO_JSON = [" ", "{", "null x", "{'answers': {}}", '{"answers": NaN}', "answers=1", "\x00", "[" * 100_000]


@pytest.mark.promise(25)
@pytest.mark.parametrize("body", NO_JSON)
def test_a_body_that_is_no_json_is_refused_everywhere(
    caller: Caller, quiz: Quiz, response: str, body: str, reached: Callable[[str], None]
) -> None:
    for method, path in (("PUT", response), ("POST", f"quizzes/{quiz.uuid}/attempts/")):
        answer = caller.send(method, path, body)
        reached(faults_in(answer))
        assert told(answer)[:2] == (400, "bad_request")


def test_a_start_needs_no_body_and_a_save_does(caller: Caller, quiz: Quiz, response: str) -> None:
    assert caller.send("POST", f"quizzes/{quiz.uuid}/attempts/", "").status_code == 201
    assert told(caller.send("PUT", response, "")) == FIELDS_ARE_WRONG


@pytest.mark.parametrize("path", ["submit/", "responses/1/check/", "responses/1/hint/"])
@pytest.mark.parametrize("body", ["", "null", "[]", '{"anything": [1]}'])
def test_a_call_that_needs_no_body_reads_none(caller: Caller, response: str, path: str, body: str) -> None:
    attempt = response.removesuffix("responses/1/")
    caller.put(response, {"answer": "k7", "sequence": 0})
    answer = caller.send("POST", f"{attempt}{path}", body)
    assert answer.status_code in (200, 202, 409)
    assert answer.json().get("code") in (None, "no_more_hints")


@pytest.mark.parametrize("wait", ["", "300", "-1s", "soon", "99999999999999999999s", "1s;drop", "%00", "1s&wait=2s"])
def test_a_wait_that_is_no_duration_is_no_wait(caller: Caller, response: str, wait: str) -> None:
    attempt = response.removesuffix("responses/1/")
    assert caller.get(f"{attempt}?wait={wait}").json()["state"] == "in_progress"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("200", 3),
        ("201", 3),
        ("0", 3),
        ("-1", 3),
        ("x", 3),
        ("", 3),
        ("1.5", 3),
        ("٢", 2),
    ],
)
def test_a_page_has_as_many_rows_as_asked_or_the_usual_number(caller: Caller, size: str, shown: int) -> None:
    for _ in range(3):
        make_course()
    assert len(caller.get(f"courses/?page_size={size}").json()["results"]) == shown


@pytest.mark.parametrize(
    "position", ["abc", "-1", "1.5", "", " ", "²", "9" * 30, "1;DROP", "2026-01-31", "None", "\x00"]
)
@pytest.mark.parametrize("more", ["", "&r=1", "&o=1", "&o=-1", "&o=x"])
def test_a_cursor_that_somebody_made_up_is_refused_or_read_past(caller: Caller, position: str, more: str) -> None:
    cursor = quote(b64encode(f"p={quote(position)}{more}".encode()).decode())
    answer = caller.get(f"courses/?cursor={cursor}")
    assert answer.status_code == 200 or told(answer) == (404, "not_found", "Invalid cursor")


@pytest.mark.parametrize("cursor", ["x", "' OR 1=1", "%00", "A" * 5000, "é"])
def test_a_cursor_of_garbage_is_refused_or_shows_the_first_page(caller: Caller, cursor: str) -> None:
    first = caller.get("courses/").json()
    answer = caller.get(f"courses/?cursor={cursor}")
    assert answer.json() == first or told(answer) == (404, "not_found", "Invalid cursor")
