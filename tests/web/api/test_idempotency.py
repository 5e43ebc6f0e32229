"""A POST with an Idempotency-Key is done once, whoever sends it again, how often, and at what moment."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.keyed_calls import NamedCall, reply_before
from accounts.errors import KeyReused
from accounts.models import KeyedCall, User
from quizzes.models import Attempt
from tests.factories import make_course, make_person, make_quiz
from tests.jobs.threads import at_once
from tests.quizzes.domain import test_concurrency
from tests.web.api.callers import Caller, told
from web.api.idempotency import _digest, once
from web.api.parsers import BoundedJSONParser
from web.api.urls import urlpatterns

pytestmark = pytest.mark.twice

REUSED = (422, KeyReused.code, KeyReused.message)
ASCII = "Use printable ASCII characters only."


class Counting(APIView):
    """Makes a person with each post that is done, and answers with what it was told to."""

    permission_classes = ()
    authentication_classes = ()
    status = 201
    error: Exception | None = None

    @once
    def post(self, request: Request) -> Response:
        made = make_person()
        if self.error is not None:
            raise self.error
        return Response({"uuid": made.uuid}, status=self.status, headers={"Location": f"/things/{made.uuid}/"})


def post(person: User, body: Any = None, key: str = "monday", path: str = "/things/", **view: Any) -> Any:
    sent, headers = json.dumps(body), {"Idempotency-Key": key}
    request = RequestFactory().post(path, sent, content_type="application/json", headers=headers)
    request.user = person
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # -- Django's test client does the same
    answer: Any = _AsPerson.as_view(**view)(request)
    answer.render()
    return answer


class _AsPerson(Counting):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        request.user = request._request.user


@pytest.mark.django_db
@pytest.mark.database
class TestOneCall:
    def test_it_is_answered_again_to_the_letter_and_done_once(self) -> None:
        person = make_person()
        first, second = post(person), post(person)
        assert (second.status_code, second.content, second["Location"]) == (201, first.content, first["Location"])
        assert ("Idempotent-Replayed" in first, second["Idempotent-Replayed"]) == (False, "true")
        assert User.objects.count() == 2

    def test_without_a_key_it_is_done_as_often_as_it_is_sent(self) -> None:
        person = make_person()
        assert post(person, key="").data != post(person, key="").data
        assert not KeyedCall.objects.exists()

    @pytest.mark.parametrize("other", [{"body": [1]}, {"path": "/others/"}, {"path": "/things/?page=2"}], ids=str)
    def test_the_same_key_with_something_else_is_refused(self, other: dict[str, Any]) -> None:
        person = make_person()
        post(person)
        answer = post(person, **other)
        assert (answer.status_code, answer.data["code"], answer.data["detail"]) == REUSED

    @pytest.mark.parametrize("status", [400, 404, 409, 422, 500])
    def test_what_is_answered_with_an_error_leaves_nothing_and_the_key_free(self, status: int) -> None:
        person = make_person()
        assert post(person, status=status).status_code == status
        assert (User.objects.count(), KeyedCall.objects.count()) == (1, 0)
        assert post(person, body="another").status_code == 201

    def test_what_raises_leaves_nothing_and_the_key_free(self) -> None:
        person = make_person()
        with pytest.raises(ZeroDivisionError):
            post(person, error=ZeroDivisionError())
        assert (User.objects.count(), KeyedCall.objects.count()) == (1, 0)
        assert post(person, body="another").status_code == 201

    @pytest.mark.parametrize(
        ("key", "why"),
        [
            ("k" * 201, "At most 200 characters."),
            ("é", ASCII),
            ("a\tb", ASCII),
        ],
    )
    def test_a_key_that_is_none_is_refused(self, key: str, why: str) -> None:
        answer = post(make_person(), key=key)
        assert (answer.status_code, answer.data["code"]) == (400, "invalid")
        assert answer.data["errors"] == {"Idempotency-Key": [why]}
        assert User.objects.count() == 1


def test_every_post_of_the_interface_takes_a_key() -> None:
    views: list[Any] = [getattr(pattern.callback, "view_class", None) for pattern in urlpatterns]
    posts = [view.post for view in views if hasattr(view, "post")]
    assert len(posts) >= 5
    assert [each.__qualname__ for each in posts if not hasattr(each, "takes_key")] == []


def digest_of(body: str, media_type: str = "application/json", parser: Any = BoundedJSONParser) -> str:
    request = RequestFactory().generic("POST", "/things/", body, content_type=media_type)
    return _digest(Request(request, parsers=[parser()]))


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=5))
def test_the_order_of_members_and_the_spaces_between_them_make_no_other_call(body: dict[str, Any]) -> None:
    turned = dict(reversed(body.items()))
    assert digest_of(json.dumps(body)) == digest_of(json.dumps(turned, indent=2))


@given(*[st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), st.lists, max_leaves=4)] * 2)
def test_other_bodies_make_another_call(one: Any, other: Any) -> None:
    texts = [json.dumps(body) for body in (one, other)]
    assert (digest_of(texts[0]) == digest_of(texts[1])) == (texts[0] == texts[1])


@pytest.mark.parametrize(
    ("content", "title", "is_same"), [(b"text", "a", True), (b"text!", "a", False), (b"text", "b", False)]
)
def test_a_file_counts_by_what_it_holds(content: bytes, title: str, is_same: bool) -> None:
    def digest(content: bytes, title: str) -> str:
        sent = {"title": title, "file": SimpleUploadedFile("article.txt", content)}
        request = Request(RequestFactory().post("/things/", sent), parsers=[MultiPartParser()])
        made = _digest(request)
        kept: Any = request.data
        assert kept["file"].read() == content
        return made

    assert (digest(content, title) == digest(b"text", "a")) == is_same


@pytest.mark.promise(20)
@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_twenty_posts_at_once_with_one_key_start_one_attempt_and_are_answered_alike(
    reached: Callable[[str], None],
) -> None:
    quiz = make_quiz(make_course())
    caller = Caller(make_person())

    def post() -> Any:
        return caller.post(f"quizzes/{quiz.uuid}/attempts/", Idempotency_Key="once")

    def post_until_done() -> Any:
        """On PostgreSQL the key may be in flight with somebody else's call."""
        while (answer := post()).status_code == 409:
            pass
        return answer

    answers = [*test_concurrency.at_once(lambda _: post_until_done(), threads=20), post_until_done()]

    equal = Counter((answer.status_code, answer.content) for answer in answers)
    reached(f"{len(answers)} posts with one key, {Attempt.objects.count()} attempt, {max(equal.values())} equal bodies")
    assert [status for status, _ in equal] == [201]
    assert (Attempt.objects.count(), KeyedCall.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_key_in_flight_is_told_with_when_to_come_again() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer, so the second call waits for the first.")
    quiz = make_quiz(make_course())
    person = make_person()
    caller = Caller(person)
    taken = NamedCall(person.pk, "once", "")

    with transaction.atomic():
        assert reply_before(taken) is None
        answers = at_once(lambda: caller.post(f"quizzes/{quiz.uuid}/attempts/", Idempotency_Key="once"), times=1)

    assert told(answers[0])[:2] == (409, "idempotency_key_in_flight")
    assert answers[0]["Retry-After"] == "1"
    assert caller.post(f"quizzes/{quiz.uuid}/attempts/", Idempotency_Key="once").status_code == 201


@pytest.mark.django_db
@pytest.mark.database
def test_a_start_with_a_key_and_other_answers_is_refused() -> None:
    quiz = make_quiz(make_course())
    caller, start = Caller(make_person()), f"quizzes/{quiz.uuid}/attempts/"
    assert caller.post(start, {"answers": {"1": "k7"}}, Idempotency_Key="one").status_code == 201
    assert told(caller.post(start, {"answers": {"1": "m2"}}, Idempotency_Key="one")) == REUSED
    assert told(caller.post(f"quizzes/{UUID(int=7)}/attempts/", Idempotency_Key="two"))[0] == 404
