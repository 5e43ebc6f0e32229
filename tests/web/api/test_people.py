"""The people of a course and their time, over REST."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from accounts.models import AuditEntry
from course.models import Cohort, Course, Enrollment, Role
from jobs.models import Job
from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOBODY = str(UUID(int=7))


class Owned:
    """A course, who owns it, and the calls of its people."""

    def __init__(self) -> None:
        self.owner = make_person("Olga")
        self.course: Course = make_course(owner=self.owner)
        self.caller = Caller(self.owner)
        self.address = f"courses/{self.course.slug}/people/"

    def listed(self, asked: str = "") -> list[str]:
        answer = self.caller.get(self.address + asked)
        assert answer.status_code == 200, answer.content
        return [person["uuid"] for person in answer.json()["results"]]

    def enrols(self, *addresses: str, by: Caller | None = None, **fields: Any) -> Any:
        return (by or self.caller).post(self.address, {"addresses": addresses, **fields})


@pytest.fixture
def at() -> Owned:
    return Owned()


class TestTheList:
    def test_learners_are_listed_with_their_part_and_the_time_they_have(self, at: Owned) -> None:
        evenings = Cohort.objects.create(course=at.course, name="Evenings")
        enrollment = make_enrollment(at.course, time_factor=Decimal("1.25"), cohort=evenings)
        make_enrollment(at.course)

        found = at.caller.get(f"{at.address}?q={enrollment.user.email}").json()["results"]

        assert found == [
            {
                "uuid": str(enrollment.uuid),
                "name": enrollment.user.name,
                "email": enrollment.user.email,
                "role": "learner",
                "cohort": str(evenings.uuid),
                "cohort_name": "Evenings",
                "time_factor": 1.25,
                "extra_days": 0,
                "starts_at": None,
                "ends_at": None,
                "left_at": None,
                "awaited_since": None,
                "invited_at": None,
            }
        ]

    def test_each_group_and_each_cohort_is_a_list_of_its_own(self, at: Owned) -> None:
        evenings = Cohort.objects.create(course=at.course, name="Evenings")
        learner, late = make_enrollment(at.course), make_enrollment(at.course, cohort=evenings)
        grader, former = make_enrollment(at.course, role=Role.GRADER), make_enrollment(at.course, left_at=NOW)
        at.enrols("new@example.org")
        new = Enrollment.objects.get(user__email="new@example.org")
        owner = Enrollment.objects.get(user=at.owner)
        asked = {
            "": [learner, late, new],
            "?group=learners": [learner, late, new],
            "?group=staff": [owner, grader],
            "?group=awaited": [new],
            "?group=left": [former],
            f"?cohort={evenings.uuid}": [late],
            "?q=Evenings": [late],
            f"?cohort={NOBODY}": [],
        }
        assert {query: at.listed(query) for query in asked} == {
            query: [str(part.uuid) for part in sorted(parts, key=lambda part: part.pk)]
            for query, parts in asked.items()
        }

    @pytest.mark.parametrize(
        ("query", "field"),
        [("?group=nobody", "group"), ("?cohort=x", "cohort"), ("?q=%00", "q"), ("?q=" + "x" * 101, "q")],
    )
    def test_what_makes_no_sense_is_named(self, at: Owned, query: str, field: str) -> None:
        refused = at.caller.get(at.address + query)
        assert told(refused)[:2] == (400, "invalid")
        assert list(refused.json()["errors"]) == [field]

    @pytest.mark.parametrize("learners", [1, 12])
    def test_it_costs_the_same_for_any_number(self, at: Owned, learners: int, django_assert_num_queries: Any) -> None:
        for _ in range(learners):
            make_enrollment(at.course)
        at.listed()
        with django_assert_num_queries(3):
            at.listed()


class TestEnrolling:
    def test_everybody_named_takes_part_and_who_is_new_is_invited(self, at: Owned) -> None:
        known = make_person("Ana")

        made = at.enrols(str(known.email), "Ben Abel <ben@example.org>")

        assert made.status_code == 201
        parts = Enrollment.objects.filter(course=at.course, role=Role.LEARNER)
        assert sorted(row["uuid"] for row in made.json()["new"]) == sorted(str(part.uuid) for part in parts)
        assert sorted(part.user.name for part in parts) == ["Ana", "Ben Abel"]
        assert Job.objects.filter(kind="invite").count() == 2

    def test_they_come_with_the_part_and_the_cohort_that_are_said(self, at: Owned) -> None:
        evenings = Cohort.objects.create(course=at.course, name="Evenings")
        at.enrols("ben@example.org", role="grader", cohort=str(evenings.uuid))
        part = Enrollment.objects.get(user__email="ben@example.org")
        assert (part.role, part.cohort) == (Role.GRADER, evenings)

    def test_again_it_changes_nothing_and_who_left_comes_back(self, at: Owned) -> None:
        at.enrols("ben@example.org")
        assert at.enrols("ben@example.org").json() == {"new": [], "back": [], "changed": []}
        Enrollment.objects.filter(user__email="ben@example.org").update(left_at=NOW)
        assert len(at.enrols("ben@example.org").json()["back"]) == 1

    def test_sent_twice_with_its_key_it_is_once(self, at: Owned) -> None:
        sent = {"addresses": ["ben@example.org"]}
        first, again = (at.caller.post(at.address, sent, Idempotency_Key="k") for _ in range(2))
        assert (first.json(), Job.objects.filter(kind="invite").count()) == (again.json(), 1)

    def test_one_that_is_wrong_leaves_everybody_out(self, at: Owned) -> None:
        status, code, detail = told(at.enrols("ben@example.org", "nobody at all"))
        assert (status, code) == (409, "roster_at_fault")
        assert "nobody" in detail
        assert at.listed() == []

    def test_an_editor_enrols_learners_and_observers_alone(self, at: Owned) -> None:
        editor = Caller(make_enrollment(at.course, role=Role.EDITOR).user)
        assert at.enrols("ben@example.org", by=editor).status_code == 201
        assert told(at.enrols("eva@example.org", by=editor, role="grader"))[:2] == (409, "roster_at_fault")

    @pytest.mark.parametrize(
        ("sent", "wrong"),
        [
            ({}, "addresses"),
            ({"addresses": []}, "addresses"),
            ({"addresses": "ben@example.org"}, "addresses"),
            ({"addresses": [" "]}, "addresses"),
            ({"addresses": [","]}, "addresses"),
            ({"addresses": ["x@example.org"] * 501}, "addresses"),
            ({"addresses": ["a@example.org " * 30] * 500}, "addresses"),
            ({"addresses": ["\x00"]}, "addresses"),
            ({"addresses": ["ben@example.org"], "role": "owner"}, "role"),
            ({"addresses": ["ben@example.org"], "role": "king"}, "role"),
            ({"addresses": ["ben@example.org"], "cohort": NOBODY}, "cohort"),
            ({"addresses": ["ben@example.org"], "cohort": "evenings"}, "cohort"),
        ],
    )
    def test_what_enrols_nobody_is_named(self, at: Owned, sent: dict[str, Any], wrong: str) -> None:
        refused = at.caller.post(at.address, sent)
        assert told(refused)[:2] == (400, "invalid")
        assert (list(refused.json()["errors"]), at.listed()) == ([wrong], [])

    @pytest.mark.parametrize("field", ["addresses", "role", "cohort"])
    def test_nothing_that_is_sent_is_an_error_of_ours(self, at: Owned, field: str) -> None:
        for what, body in HOSTILE.items():
            assert is_refused(at.caller.send("POST", at.address, body(field))), what


class TestTime:
    def give(self, at: Owned, enrollment: Enrollment, **sent: Any) -> Any:
        return at.caller.put(f"{at.address}{enrollment.uuid}/accommodation/", sent)

    def test_more_time_extends_an_attempt_that_runs(self, at: Owned) -> None:
        enrollment = make_enrollment(at.course)
        attempt = start_attempt(make_quiz(at.course, time_limit_seconds=2400), enrollment=enrollment)

        answer = self.give(at, enrollment, time_factor="1.5", extra_days=0)

        assert (answer.status_code, answer.json()["time_factor"]) == (200, 1.5)
        extended = Attempt.objects.get(pk=attempt.pk)
        assert extended.deadline_at is not None
        assert (extended.deadline_at - extended.started_at).total_seconds() == 3600

    @pytest.mark.parametrize(
        "sent", [{}, {"time_factor": "0.5", "extra_days": 0}, {"time_factor": "1", "extra_days": -1}]
    )
    def test_what_cannot_be_is_refused(self, at: Owned, sent: dict[str, Any]) -> None:
        assert self.give(at, make_enrollment(at.course), **sent).json()["code"] == "invalid"

    def test_several_have_it_at_once_and_others_are_passed_over(self, at: Owned) -> None:
        quiz = make_quiz(at.course, time_limit_seconds=2400)
        mine = [make_enrollment(at.course) for _ in range(3)]
        attempt = start_attempt(quiz, enrollment=mine[0])
        at.caller.put(f"{at.address}{mine[2].uuid}/accommodation/", {"time_factor": "1.5", "extra_days": 2})
        foreign = make_enrollment(make_course())
        before = AuditEntry.objects.count()
        people = [str(part.uuid) for part in (*mine, foreign)]

        sent = {"people": people, "time_factor": "1.5", "extra_days": 2}
        given = at.caller.put(f"courses/{at.course.slug}/accommodations/", sent)

        assert (given.status_code, given.json()) == (200, {"changed": 2, "extended": 1})
        parts = Enrollment.objects.filter(pk__in=[part.pk for part in (*mine, foreign)]).order_by("pk")
        assert list(parts.values_list("time_factor", "extra_days")) == [(Decimal("1.50"), 2)] * 3 + [(Decimal(1), 0)]
        assert AuditEntry.objects.filter(verb="accommodated").count() == 3
        assert AuditEntry.objects.count() == before + 2
        attempt.refresh_from_db()
        assert attempt.deadline_at is not None
        assert (attempt.deadline_at - attempt.started_at).total_seconds() == 3600
        assert at.caller.put(f"courses/{at.course.slug}/accommodations/", sent).json() == {"changed": 0, "extended": 0}

    @pytest.mark.parametrize("learners", [1, 20])
    def test_it_costs_the_same_for_any_number(self, at: Owned, learners: int, django_assert_num_queries: Any) -> None:
        people = [str(make_enrollment(at.course).uuid) for _ in range(learners)]
        address = f"courses/{at.course.slug}/accommodations/"
        at.caller.put(address, {"people": people, "time_factor": "2", "extra_days": 0})
        with django_assert_num_queries(8):
            at.caller.put(address, {"people": people, "time_factor": "1.5", "extra_days": 0})

    @pytest.mark.parametrize(
        ("field", "value"),
        [("people", []), ("people", ["x"]), ("people", [NOBODY] * 501), ("time_factor", "11"), ("extra_days", 367)],
    )
    def test_what_gives_nobody_time_is_named(self, at: Owned, field: str, value: Any) -> None:
        sent = {"people": [NOBODY], "time_factor": "1.5", "extra_days": 0, field: value}
        refused = at.caller.put(f"courses/{at.course.slug}/accommodations/", sent)
        assert (told(refused)[1], list(refused.json()["errors"])) == ("invalid", [field])

    def test_nothing_that_is_sent_is_an_error_of_ours(self, at: Owned) -> None:
        for field in ("people", "time_factor", "extra_days"):
            for what, body in HOSTILE.items():
                answer = at.caller.send("PUT", f"courses/{at.course.slug}/accommodations/", body(field))
                assert is_refused(answer), (field, what)


@pytest.mark.parametrize(
    ("method", "below", "permission"),
    [
        ("GET", "people/", "course.see_people"),
        ("POST", "people/", "course.enrol"),
        ("GET", "people/{learner}/accommodation/", "course.accommodate"),
        ("PUT", "people/{learner}/accommodation/", "course.accommodate"),
        ("PUT", "accommodations/", "course.accommodate"),
    ],
)
def test_who_may_comes_in_and_for_others_nothing_is_there(at: Owned, method: str, below: str, permission: str) -> None:
    path = f"courses/{at.course.slug}/" + below.replace("{learner}", str(make_enrollment(at.course).uuid))
    assert let_in(at.course, (method, path, {})) == with_permission(permission)


def test_somebody_of_another_course_is_not_found(at: Owned) -> None:
    path = f"{at.address}{make_enrollment(make_course()).uuid}/accommodation/"
    assert told(at.caller.get(path))[:2] == (404, "not_found")
    assert told(at.caller.put(path, {"time_factor": "2", "extra_days": 0}))[:2] == (404, "not_found")
