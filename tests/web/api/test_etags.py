"""What is shown has a tag, and what was not seen as it is now is not changed."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.request import Request

from course.models import Course, Enrollment
from tests.factories import make_course, make_enrollment, make_person
from tests.jobs.threads import at_once
from tests.web.api.callers import Caller, told
from web.api.etags import ChangedMeanwhile, require_seen, seen, tag_of, tagged

pytestmark = pytest.mark.twice

CHANGED = (412, "changed_meanwhile", "This has been changed since you looked at it. Look again, and then change it.")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=5,
)


def asked(method: str = "GET", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(RequestFactory().generic(method, "/", headers=named))


@given(JSON, JSON)
def test_two_things_have_one_tag_exactly_if_they_are_one_json(one: Any, other: Any) -> None:
    assert (tag_of(one) == tag_of(other)) == (repr(one) == repr(other) or same(one, other))


def same(one: Any, other: Any) -> bool:
    """Equal, but for truth and numbers, which Python takes for each other, and in whatever order members stand."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


@pytest.mark.parametrize("value", [UUID(int=7), Decimal("1.50"), datetime(2026, 1, 2, tzinfo=UTC)], ids=str)
def test_what_a_serializer_leaves_to_the_renderer_has_a_tag(value: Any) -> None:
    assert tag_of({"value": value}) == tag_of({"value": value}) != tag_of({"value": None})


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"other", {tag}', 304),
        ("*", 304),
        ('"other"', 200),
        ("", 200),
        ("nonsense", 200),
        ("{tag}x", 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_has_what_is_shown_is_told_so_without_it(header: str, status: int, method: str) -> None:
    shown = {"title": "The lake"}
    answer = tagged(asked(method, If_None_Match=header.format(tag=tag_of(shown))), shown)
    assert (answer.status_code, answer["ETag"]) == (status, tag_of(shown))
    assert answer.data == (shown if status == 200 else None)


def test_what_was_changed_comes_with_its_new_tag_whatever_was_known() -> None:
    made = {"title": "The lake"}
    answer = tagged(asked("PUT", If_None_Match="*"), made, status=201)
    assert (answer.status_code, answer.data, answer["ETag"]) == (201, made, tag_of(made))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "may"),
    [
        (None, True),
        ("*", True),
        (" * ", True),
        ("{tag}", True),
        ('"other", {tag}', True),
        ("W/{tag}", False),
        ('"other"', False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_what_was_not_seen_as_it_is_is_not_changed(header: str | None, may: bool) -> None:
    shown = {"title": "The lake"}
    headers = {} if header is None else {"If_Match": header.format(tag=tag_of(shown))}
    with transaction.atomic():
        if may:
            require_seen(asked("PUT", **headers), shown)
        else:
            with pytest.raises(ChangedMeanwhile):
                require_seen(asked("PUT", **headers), shown)


@pytest.mark.django_db(transaction=True)
def test_comparing_outside_of_a_transaction_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError):
        require_seen(asked("PUT"), {})
    with pytest.raises(RuntimeError):
        seen(asked("PUT"), Course.objects.all(), lambda course: course.title, pk=1)


def terms(enrollment: Enrollment) -> str:
    return f"courses/{enrollment.course.slug}/people/{enrollment.uuid}/accommodation/"


@pytest.fixture
def owner(db: None) -> Caller:
    return Caller(make_person())


@pytest.fixture
def enrollment(owner: Caller) -> Enrollment:
    return make_enrollment(make_course(owner=owner.person))


@pytest.mark.django_db
@pytest.mark.database
class TestAccommodation:
    def test_it_is_shown_with_a_tag_that_lets_it_be_changed_once(self, owner: Caller, enrollment: Enrollment) -> None:
        tag = owner.get(terms(enrollment))["ETag"]
        first = owner.put(terms(enrollment), {"time_factor": "1.5", "extra_days": 0}, If_Match=tag)
        second = owner.put(terms(enrollment), {"time_factor": "2", "extra_days": 0}, If_Match=tag)
        assert (first.status_code, told(second)) == (200, CHANGED)
        assert first["ETag"] == owner.get(terms(enrollment))["ETag"] != tag
        assert Enrollment.objects.get(pk=enrollment.pk).time_factor == Decimal("1.5")

    def test_it_is_not_sent_to_whoever_has_it(self, owner: Caller, enrollment: Enrollment) -> None:
        tag = owner.get(terms(enrollment))["ETag"]
        answer = owner.get(terms(enrollment), If_None_Match=tag)
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)

    def test_what_is_not_there_is_not_found_whatever_was_seen(self, owner: Caller, enrollment: Enrollment) -> None:
        path = terms(enrollment).replace(str(enrollment.uuid), str(UUID(int=7)))
        body = {"time_factor": "1.5", "extra_days": 0}
        assert owner.put(path, body, If_Match="*").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_of_those_who_change_the_same_thing_at_once_one_succeeds(owner: Caller, enrollment: Enrollment) -> None:
    path, factors = terms(enrollment), iter(["1.1", "1.2", "1.3", "1.4"])
    tag = owner.get(path)["ETag"]

    answers = at_once(lambda: owner.put(path, {"time_factor": next(factors), "extra_days": 0}, If_Match=tag), times=4)

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    [changed] = [answer for answer in answers if answer.status_code == 200]
    assert owner.get(path).json() == changed.json()
