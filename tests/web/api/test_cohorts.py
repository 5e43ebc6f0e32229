"""Cohorts and join codes, over REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from course.domain.join_codes import join
from course.models import Cohort, JoinCode
from tests.factories import make_enrollment, make_person
from tests.web.api.callers import told
from tests.web.api.parts import HOSTILE, Call, is_refused, let_in, with_permission
from tests.web.api.test_people import Owned

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Grouped(Owned):
    """A course with a cohort of one, and the calls of cohorts and codes."""

    def __init__(self) -> None:
        super().__init__()
        self.cohorts, self.codes = (f"courses/{self.course.slug}/{name}/" for name in ("cohorts", "codes"))
        self.evenings = Cohort.objects.create(course=self.course, name="Evenings")
        make_enrollment(self.course, cohort=self.evenings)
        self.one = f"{self.cohorts}{self.evenings.uuid}/"

    def names(self) -> list[tuple[str, bool]]:
        rows = self.caller.get(self.cohorts).json()["results"]
        return [(row["name"], row["archived_at"] is None) for row in rows]

    def code(self, **terms: Any) -> Any:
        made = self.caller.post(self.codes, terms)
        assert made.status_code == 201, made.content
        return made.json()


@pytest.fixture
def at() -> Grouped:
    return Grouped()


class TestCohorts:
    def test_one_is_made_and_counts_who_is_in_it(self, at: Grouped) -> None:
        made = at.caller.post(at.cohorts, {"name": " Mornings "})

        uuid = str(Cohort.objects.get(name="Mornings").uuid)
        assert made.status_code == 201
        assert made.json() == {"uuid": uuid, "name": "Mornings", "members": 0, "archived_at": None}
        assert at.caller.get(at.one).json()["members"] == 1
        assert at.names() == [("Evenings", True), ("Mornings", True)]

    def test_a_name_is_given_once(self, at: Grouped) -> None:
        assert told(at.caller.post(at.cohorts, {"name": "Evenings"}))[:2] == (409, "cohort_name_taken")
        at.caller.post(at.cohorts, {"name": "Mornings"})
        assert told(at.caller.put(at.one, {"name": "Mornings"}))[:2] == (409, "cohort_name_taken")
        assert at.names() == [("Evenings", True), ("Mornings", True)]

    def test_it_is_renamed_put_away_and_brought_back(self, at: Grouped) -> None:
        assert at.caller.put(at.one, {"name": "Late"}).json()["name"] == "Late"
        assert at.caller.delete(at.one).json().items() >= {"name": "Late", "members": 1}.items()
        assert at.names() == [("Late", False)]
        assert at.caller.post(f"{at.one}back/").json()["archived_at"] is None

    def test_what_somebody_changed_since_is_not_changed_again(self, at: Grouped) -> None:
        seen = at.caller.get(at.one)["ETag"]
        at.caller.put(at.one, {"name": "Late"}, If_Match=seen)
        assert told(at.caller.put(at.one, {"name": "Later"}, If_Match=seen))[:2] == (412, "changed_meanwhile")
        assert told(at.caller.delete(at.one, If_Match=seen))[:2] == (412, "changed_meanwhile")
        assert at.names() == [("Late", True)]

    @pytest.mark.parametrize("name", ["", "  ", "x" * 121, "\x00", "\ud800", None, [], {"a": 1}, True])
    def test_what_is_no_name_is_refused(self, at: Grouped, name: Any) -> None:
        for refused in (at.caller.post(at.cohorts, {"name": name}), at.caller.put(at.one, {"name": name})):
            assert told(refused)[:2] == (400, "invalid")
        assert at.names() == [("Evenings", True)]

    @pytest.mark.parametrize("count", [1, 10])
    def test_the_list_costs_the_same_for_any_number(
        self, at: Grouped, count: int, django_assert_num_queries: Any
    ) -> None:
        for number in range(count):
            Cohort.objects.create(course=at.course, name=f"Group {number}")
        at.names()
        with django_assert_num_queries(3):
            at.names()


class TestCodes:
    def test_a_code_lets_people_in_on_its_terms(self, at: Grouped) -> None:
        made = at.code(most_uses=1, cohort=str(at.evenings.uuid), expires_at="2999-01-01T00:00:00Z")

        part = join(made["code"], person=make_person())

        assert part.cohort == at.evenings
        found = at.caller.get(f"{at.codes}{made['uuid']}/").json()
        assert found == {**made, "uses": 1}
        assert (found["most_uses"], found["expires_at"]) == (1, "2999-01-01T00:00:00Z")

    def test_withdrawn_it_lets_nobody_in_and_replaced_a_new_one_does(self, at: Grouped) -> None:
        old = at.code(most_uses=2)
        new = at.caller.post(f"{at.codes}{old['uuid']}/replace/")
        assert (new.status_code, new.json()["most_uses"]) == (201, 2)
        assert new.json()["code"] != old["code"]
        assert told(at.caller.post(f"{at.codes}{old['uuid']}/replace/"))[:2] == (409, "code_refused")
        gone = at.caller.delete(f"{at.codes}{new.json()['uuid']}/").json()
        assert gone["withdrawn_at"] is not None
        listed = at.caller.get(at.codes).json()["results"]
        assert [row["withdrawn_at"] is None for row in listed] == [False, False]

    def test_sent_twice_with_its_key_it_is_one_code(self, at: Grouped) -> None:
        first, again = (at.caller.post(at.codes, {}, Idempotency_Key="k") for _ in range(2))
        assert (first.json(), JoinCode.objects.count()) == (again.json(), 1)

    @pytest.mark.parametrize(
        ("sent", "wrong"),
        [
            ({"most_uses": 0}, "most_uses"),
            ({"most_uses": 100_001}, "most_uses"),
            ({"most_uses": "many"}, "most_uses"),
            ({"expires_at": "soon"}, "expires_at"),
            ({"expires_at": "0001-01-01T00:00:00Z"}, "expires_at"),
            ({"cohort": str(UUID(int=7))}, "cohort"),
            ({"cohort": [1]}, "cohort"),
        ],
    )
    def test_what_are_no_terms_is_named(self, at: Grouped, sent: dict[str, Any], wrong: str) -> None:
        refused = at.caller.post(at.codes, sent)
        assert told(refused)[:2] == (400, "invalid")
        assert (list(refused.json()["errors"]), JoinCode.objects.count()) == ([wrong], 0)


@pytest.mark.parametrize(("path", "field"), [("cohorts", "name"), ("codes", "most_uses"), ("codes", "expires_at")])
def test_nothing_that_is_sent_is_an_error_of_ours(at: Grouped, path: str, field: str) -> None:
    for what, body in HOSTILE.items():
        answer = at.caller.send("POST", getattr(at, path), body(field))
        assert is_refused(answer) or answer.status_code == 201, what
        if answer.status_code == 201:
            assert what in ("number", "infinity", "null", "nothing"), what


@pytest.mark.parametrize(
    ("method", "below"),
    [
        ("GET", "cohorts/"),
        ("POST", "cohorts/"),
        ("GET", "cohorts/{cohort}/"),
        ("PUT", "cohorts/{cohort}/"),
        ("DELETE", "cohorts/{cohort}/"),
        ("POST", "cohorts/{cohort}/back/"),
        ("GET", "codes/"),
        ("POST", "codes/"),
        ("GET", "codes/{code}/"),
        ("DELETE", "codes/{code}/"),
        ("POST", "codes/{code}/replace/"),
    ],
)
def test_who_enrols_comes_in_and_for_others_nothing_is_there(at: Grouped, method: str, below: str) -> None:
    named = below.replace("{cohort}", str(at.evenings.uuid)).replace("{code}", at.code()["uuid"])
    call: Call = (method, f"courses/{at.course.slug}/{named}", {})
    assert let_in(at.course, call) == with_permission("course.enrol")


def test_what_is_of_another_course_is_not_found(at: Grouped) -> None:
    elsewhere = Grouped()
    cohort, code = f"{elsewhere.cohorts}{at.evenings.uuid}/", f"{elsewhere.codes}{at.code()['uuid']}/"
    for path in (cohort, code):
        assert told(elsewhere.caller.get(path))[:2] == (404, "not_found")
        assert told(elsewhere.caller.delete(path))[:2] == (404, "not_found")
    assert told(elsewhere.caller.put(cohort, {"name": "Mine"}))[:2] == (404, "not_found")
    assert list(elsewhere.caller.post(elsewhere.codes, {"cohort": str(at.evenings.uuid)}).json()["errors"]) == [
        "cohort"
    ]
