"""Every address of the API and who may call it how: what is refused is refused in the same words everywhere."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import RoutePattern
from django.utils import timezone

from accounts.domain.tokens import issue_token, revoke_token
from accounts.models import PersonalToken
from course.domain.enrolment import enrol
from course.models import CourseState, Enrollment, Role, Visibility
from quizzes.models import Attempt
from tests.factories import make_course, make_enrollment, make_person, make_quiz
from tests.web.api.callers import PROBLEM, Caller, call, told
from web.api.urls import urlpatterns

pytestmark = pytest.mark.twice

ARGUMENTS: dict[str, Any] = {"slug": "lake", "uuid": UUID(int=7), "int": 1}
"""Something of the right form, and nothing that is there, for each kind of part in an address."""
NAMES_SOMETHING = re.compile(f"lake|{UUID(int=7)}")
"""The addresses that name what is not there; others are about whoever calls."""
DESCRIPTIONS = {"docs", "schema"}
READING = ("", "lessons/", "lessons/the-wall/", "concepts/", "quizzes/")
"""What is read below a course."""


def calls() -> list[tuple[str, str]]:
    """Each method of each address that is more than a description of the interface, whatever is added to them."""
    found = []
    for pattern in urlpatterns:
        if isinstance(pattern.pattern, RoutePattern) and pattern.name not in DESCRIPTIONS:
            kinds = {name: type(part).__name__ for name, part in pattern.pattern.converters.items()}
            values = {name: ARGUMENTS[kind.removesuffix("Converter").lower()] for name, kind in kinds.items()}
            path = reverse(f"api:{pattern.name}", kwargs=values).removeprefix("/api/v1/")
            view: Any = pattern.callback
            found += [(method.upper(), path) for method in METHODS if hasattr(view.view_class, method)]
    return found


METHODS = ("get", "post", "put", "patch", "delete")
CALLS = calls()
CHANGING = [(method, path) for method, path in CALLS if method != "GET"]

NOBODY = (401, "not_authenticated", "Authentication credentials were not provided.")
FALSE_TOKEN = (401, "not_authenticated", "This token is not known, has expired or was revoked. Make a new one.")
READ_ONLY = (403, "permission_denied", "This token may only read. Make one that may also change things.")
NOT_HERE = (404, "not_found", "There is nothing here, or not for you.")


def test_each_call_is_in_the_table_once() -> None:
    assert len(CALLS) == len(set(CALLS)) >= 14
    assert ("PUT", f"attempts/{UUID(int=7)}/responses/1/") in CHANGING


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_nobody_is_let_in_without_saying_who_calls(method: str, path: str) -> None:
    answer = call(method, path)
    assert told(answer) == NOBODY
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header",
    [
        "Bearer postil_",
        "Bearer postil_000000000000_",
        "Bearer postil_00000000000_" + "0" * 41,
        "Bearer postil_" + "0" * 53,
        "Bearer postil_000000000000_" + "0" * 39,
        "Bearer postil_000000000000_" + "0" * 41,
        "Bearer postil_00000000000G_" + "0" * 40,
        "Bearer postil_00000000000A_" + "0" * 40,
        "bearer postil_x",
        "BEARER postil_x",
        "Bearer postil_x\u00e9",
        "Bearer postil_" + "x" * 5000,
        "Bearer postil_' OR 1=1 --",
        "Bearer postil_%00",
    ],
)
def test_a_token_of_no_known_form_is_false(header: str) -> None:
    assert told(call("GET", "courses/", Authorization=header)) == FALSE_TOKEN


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "postil_000000000000_" + "0" * 40,
        "Token postil_000000000000_" + "0" * 40,
        "Basic cGVyc29uOnNlY3JldA==",
        "Negotiate abc",
    ],
)
def test_a_header_that_brings_no_token_is_nobodys(header: str) -> None:
    assert told(call("GET", "courses/", Authorization=header)) == NOBODY


@pytest.mark.parametrize(
    "path",
    [
        "nothing/",
        "courses",
        "courses/a/b/c/d/",
        "attempts/1/",
        "attempts/x/submit/",
        "quizzes/",
        "admin/",
        ".env",
        "%00",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_is_none_is_told_to_everybody_alike(method: str, path: str) -> None:
    detail = "The API has no such address. See /api/v1/docs/."
    assert told(call(method, path)) == (404, "not_found", detail)


@pytest.mark.django_db
class TestWhoMayCall:
    def test_a_false_token_opens_nothing_anywhere(self) -> None:
        secret = f"postil_{'0' * 12}_{'0' * 40}"
        for method, path in CALLS:
            assert told(call(method, path, Authorization=f"Bearer {secret}")) == FALSE_TOKEN

    @pytest.mark.parametrize("end", ["expired", "revoked", "its owner is inactive", "its secret is another"])
    def test_a_token_that_was_good_once_opens_nothing(self, end: str) -> None:
        person = make_person()
        issued = issue_token(person, name="once", expires_at=timezone.now() + timedelta(hours=1))
        assert call("GET", "courses/", Authorization=f"Bearer {issued.secret}").status_code == 200
        secret = issued.secret
        if end == "expired":
            PersonalToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        elif end == "revoked":
            assert revoke_token(person, issued.token.uuid)
        elif end == "its owner is inactive":
            person.is_active = False
            person.save()
        else:
            secret = issued.secret[:-1] + ("0" if issued.secret[-1] != "0" else "1")
        assert told(call("GET", "courses/", Authorization=f"Bearer {secret}")) == FALSE_TOKEN

    def test_a_scheme_in_any_letters_brings_the_token(self) -> None:
        secret = issue_token(make_person(), name="any").secret
        for scheme in ("Bearer", "bearer", "BEARER", "bEaReR"):
            assert call("GET", "courses/", Authorization=f"{scheme} {secret}").status_code == 200

    def test_a_token_for_reading_changes_nothing_anywhere(self) -> None:
        reader = Caller(make_person(), PersonalToken.Scope.READ)
        for method, path in CHANGING:
            assert told(reader.send(method, path, "{}")) == READ_ONLY

    def test_a_token_for_reading_reads_everywhere(self) -> None:
        course = make_course()
        reader = Caller(make_person(), PersonalToken.Scope.READ)
        paths = ["courses/", "progress/", *(f"courses/{course.slug}/{part}" for part in READING)]
        assert [reader.get(path).status_code for path in paths] == [200] * len(paths)

    def test_a_session_reads_and_with_the_token_of_its_page_changes_things(self) -> None:
        quiz = make_quiz(make_course())
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_person())
        start = f"quizzes/{quiz.uuid}/attempts/"
        assert call("GET", "courses/", client=client).status_code == 200
        refused = call("POST", start, client=client)
        assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
        assert not Attempt.objects.exists()
        token = "a" * 32
        client.cookies["csrftoken"] = token
        assert call("POST", start, client=client, X_CSRFToken=token).status_code == 201

    def test_an_address_that_is_none_is_no_page_for_whoever_brings_no_csrf_token(self) -> None:
        client = Client(enforce_csrf_checks=True)
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"):
            answer = call(method, "courses/lake/lessons/x/y/z/", client=client)
            assert told(answer) == (404, "not_found", "The API has no such address. See /api/v1/docs/.")

    def test_a_method_that_an_address_does_not_know_is_told_with_those_it_knows(self) -> None:
        caller = Caller(make_person())
        known: dict[str, set[str]] = {}
        for method, path in CALLS:
            known.setdefault(path, {"OPTIONS"}).update({"GET", "HEAD"} if method == "GET" else {method})
        for path, methods in known.items():
            for method in {name.upper() for name in METHODS} - methods:
                answer = caller.send(method, path, "{}")
                assert told(answer) == (405, "method_not_allowed", f'Method "{method}" not allowed.')
                assert set(answer["Allow"].split(", ")) == methods

    @pytest.mark.parametrize(
        "media_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "a/b"]
    )
    def test_a_body_that_is_not_json_is_refused(self, media_type: str) -> None:
        quiz = make_quiz(make_course())
        caller = Caller(make_person())
        for method, path in [
            ("POST", f"quizzes/{quiz.uuid}/attempts/"),
            ("PUT", f"attempts/{UUID(int=7)}/responses/1/"),
        ]:
            answer = caller.client.generic(
                method, f"/api/v1/{path}", "answer=k7", content_type=media_type, headers=caller.headers
            )
            assert told(answer) == (
                415,
                "unsupported_media_type",
                f'Unsupported media type "{media_type}" in request.',
            )

    @pytest.mark.parametrize("accepted", ["text/csv", "application/xml", "image/*"])
    def test_an_answer_is_json_or_nothing(self, accepted: str) -> None:
        caller = Caller(make_person())
        caller.headers["Accept"] = accepted
        answer = caller.get("courses/")
        assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")
        assert answer["Content-Type"] == PROBLEM

    def test_what_is_not_there_is_told_in_one_way_everywhere(self) -> None:
        caller = Caller(make_person())
        for path in [path for method, path in CALLS if method == "GET" and NAMES_SOMETHING.search(path)]:
            assert told(caller.get(path)) == NOT_HERE
        for below in ("check/", "hint/", "next/"):
            assert told(caller.post(f"attempts/{UUID(int=7)}/responses/1/{below}")) == NOT_HERE
        assert told(caller.post(f"attempts/{UUID(int=7)}/submit/")) == NOT_HERE
        assert told(caller.post(f"quizzes/{UUID(int=7)}/attempts/")) == NOT_HERE
        save = {"answer": "k7", "sequence": 0}
        assert told(caller.put(f"attempts/{UUID(int=7)}/responses/1/", save)) == NOT_HERE


def readable(caller: Caller, slug: str) -> list[int]:
    """What each reading address of the course answers, and whether the list of courses names it (200) or not (404)."""
    listed = slug in [course["slug"] for course in caller.get("courses/").json()["results"]]
    return [200 if listed else 404, *(caller.get(f"courses/{slug}/{part}").status_code for part in READING)]


@pytest.mark.django_db
@pytest.mark.parametrize("state", CourseState.values)
@pytest.mark.parametrize("visibility", Visibility.values)
def test_who_may_read_a_course_of_each_state_and_visibility(state: str, visibility: str) -> None:
    course = make_course()
    course.state, course.visibility = state, visibility
    course.save()
    is_published, is_open = state == CourseState.PUBLISHED, visibility != Visibility.ENROLLED
    expected = {
        "a stranger": is_published and is_open,
        Role.LEARNER: is_published,
        Role.GRADER: is_published,
        Role.EDITOR: True,
        Role.OWNER: True,
        "somebody who left": is_published and is_open,
    }
    for who, may in expected.items():
        person = make_person()
        if who in Role.values:
            enrol(course, person=person, role=Role(who))
        elif who == "somebody who left":
            Enrollment.objects.filter(pk=enrol(course, person=person).pk).update(left_at=timezone.now())
        assert (who, readable(Caller(person), course.slug)) == (who, [200 if may else 404] * 6)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "visibility", "who", "answer"),
    [
        ("published", "public", None, (201, None)),
        ("published", "link", None, (201, None)),
        ("published", "enrolled", None, (404, "not_found")),
        ("published", "enrolled", Role.LEARNER, (201, None)),
        ("published", "enrolled", Role.GRADER, (201, None)),
        ("draft", "public", None, (404, "not_found")),
        ("draft", "public", Role.LEARNER, (404, "not_found")),
        ("draft", "public", Role.OWNER, (409, "quiz_not_open")),
        ("draft", "public", Role.EDITOR, (409, "quiz_not_open")),
        ("archived", "public", Role.LEARNER, (404, "not_found")),
        ("archived", "public", Role.OWNER, (409, "quiz_not_open")),
    ],
)
def test_who_may_start_a_quiz(state: str, visibility: str, who: Role | None, answer: tuple[int, str | None]) -> None:
    course = make_course()
    course.state, course.visibility = state, visibility
    course.save()
    quiz = make_quiz(course)
    caller = Caller(make_enrollment(course, role=who).user if who else make_person())
    response: Any = caller.post(f"quizzes/{quiz.uuid}/attempts/")
    assert (response.status_code, response.json().get("code")) == answer
    assert Attempt.objects.count() == (1 if response.status_code == 201 else 0)


@pytest.mark.django_db
def test_starting_enrols_a_stranger_once_and_as_a_learner() -> None:
    quiz = make_quiz(make_course())
    caller = Caller(make_person())
    for _ in range(2):
        assert caller.post(f"quizzes/{quiz.uuid}/attempts/").status_code == 201
    assert list(Enrollment.objects.values_list("role", flat=True)) == [Role.LEARNER]


@pytest.mark.django_db
def test_whoever_owns_the_course_sees_no_attempt_of_its_learners() -> None:
    owner = make_person()
    quiz = make_quiz(make_course(owner=owner))
    attempt = Caller(make_person()).post(f"quizzes/{quiz.uuid}/attempts/").json()["uuid"]
    for caller in (Caller(owner), Caller(make_enrollment(quiz.course, role=Role.GRADER).user)):
        assert told(caller.get(f"attempts/{attempt}/")) == NOT_HERE
        assert told(caller.post(f"attempts/{attempt}/submit/")) == NOT_HERE
        assert told(caller.put(f"attempts/{attempt}/responses/1/", {"answer": "k7", "sequence": 0})) == NOT_HERE
        for act in ("check", "hint", "next"):
            assert told(caller.post(f"attempts/{attempt}/responses/1/{act}/")) == NOT_HERE
