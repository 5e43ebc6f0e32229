"""What a course keeps about its people, for how long, and the end of it, over REST; and what was done in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accounts.domain.audit import record
from accounts.models import AuditEntry
from course.models import Course, Enrollment, Role
from quizzes.models import Attempt, Grading, Response
from tests.factories import make_enrollment, make_person
from tests.quizzes.domain.regraded import Class
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Kept:
    """A course that keeps something about a learner, and the calls of its owner."""

    def __init__(self) -> None:
        self.group = Class()
        self.group.answered("wet")
        self.course = self.group.course
        self.caller = Caller(self.group.instructor)
        self.learner = Enrollment.objects.get(role=Role.LEARNER, course=self.course)
        self.base = f"courses/{self.course.slug}/"
        self.part = f"{self.base}people/{self.learner.uuid}/"

    def history(self, asked: str = "") -> list[str]:
        return [entry["verb"] for entry in self.caller.get(f"{self.base}history/{asked}").json()["results"]]


@pytest.fixture
def at() -> Kept:
    return Kept()


class TestErasing:
    def test_looking_says_what_it_would_touch_and_touches_nothing(self, at: Kept) -> None:
        touched = at.caller.get(f"{at.part}erasure/").json()
        assert {"what": "part in the course", "rows": 1}.items() <= touched[0].items()
        assert all(row["becomes"] for row in touched)
        assert Enrollment.objects.get(pk=at.learner.pk).user_id == at.learner.user_id

    def test_erased_nothing_leads_to_them_and_grades_stay(self, at: Kept) -> None:
        expected = {row["what"]: row["rows"] for row in at.caller.get(f"{at.part}erasure/").json()}

        erased = at.caller.post(f"{at.part}erasure/", {"sure": "erase"})

        assert (erased.status_code, erased.json()) == (200, {"rows": expected})
        assert Enrollment.objects.get(pk=at.learner.pk).user.email is None
        assert Attempt.objects.get(enrollment=at.learner).fraction is not None
        assert at.caller.get(f"{at.part}erasure/").json() == []
        assert at.caller.post(f"{at.part}erasure/", {"sure": "erase"}).json() == {"rows": {}}

    def test_while_an_answer_of_theirs_is_graded_it_waits(self, at: Kept) -> None:
        Response.objects.update(grading=Grading.PENDING, fraction=None)
        assert told(at.caller.post(f"{at.part}erasure/", {"sure": "erase"}))[:2] == (409, "still_graded")

    @pytest.mark.parametrize("sent", [{}, {"sure": "yes"}, {"sure": True}, {"sure": None}, {"sure": "\ud800"}])
    def test_nobody_is_erased_by_accident(self, at: Kept, sent: dict[str, Any]) -> None:
        refused = at.caller.post(f"{at.part}erasure/", sent)
        assert (told(refused)[:2], list(refused.json()["errors"])) == ((400, "invalid"), ["sure"])
        assert Enrollment.objects.get(pk=at.learner.pk).user_id == at.learner.user_id

    def test_staff_are_not_erased(self, at: Kept) -> None:
        grader = make_enrollment(at.course, role=Role.GRADER)
        for path in ("copy/", "erasure/"):
            assert told(at.caller.get(f"{at.base}people/{grader.uuid}/{path}"))[:2] == (404, "not_found")


def test_a_copy_has_everything_the_course_keeps_and_no_key(at: Kept) -> None:
    copy = at.caller.get(f"{at.part}copy/").json()
    assert copy["format"] == "postil-learner-record/1"
    assert [grading["fraction"] for grading in copy["gradings"]] == ["0.000000"]
    assert "wet" in json.dumps(copy)
    assert "thirst machine" not in json.dumps(copy["gradings"])


class TestRetention:
    def test_a_course_says_how_long_answers_are_kept(self, at: Kept) -> None:
        before = at.caller.get(f"{at.base}retention/")
        assert (before.json()["days"], before.json()["past"]) == (None, None)

        kept = at.caller.put(f"{at.base}retention/", {"days": 90}, If_Match=before["ETag"])

        assert (kept.status_code, kept.json()) == (200, {"days": 90, "kept": 90, "past": None})
        assert Course.objects.get(pk=at.course.pk).keep_answers_days == 90
        assert at.caller.put(f"{at.base}retention/", {"days": None}).json()["days"] is None

    def test_what_somebody_changed_since_is_not_changed_again(self, at: Kept) -> None:
        seen = at.caller.get(f"{at.base}retention/")["ETag"]
        at.caller.put(f"{at.base}retention/", {"days": 90}, If_Match=seen)
        refused = at.caller.put(f"{at.base}retention/", {"days": 30}, If_Match=seen)
        assert told(refused)[:2] == (412, "changed_meanwhile")
        assert Course.objects.get(pk=at.course.pk).keep_answers_days == 90

    @pytest.mark.parametrize("days", [0, 29, 3651, -1, "long", 30.5, [], {}, "9" * 2000])
    def test_what_is_no_number_of_days_is_refused(self, at: Kept, days: Any) -> None:
        refused = at.caller.put(f"{at.base}retention/", {"days": days})
        assert (told(refused)[:2], list(refused.json()["errors"])) == ((400, "invalid"), ["days"])

    def test_nothing_that_is_sent_is_an_error_of_ours(self, at: Kept) -> None:
        for what, body in HOSTILE.items():
            answer = at.caller.send("PUT", f"{at.base}retention/", body("days"))
            assert is_refused(answer) or what == "null", what


class TestHistory:
    def test_what_was_done_stands_newest_first_and_is_narrowed(self, at: Kept) -> None:
        AuditEntry.objects.all().delete()
        other = make_person("Zora")
        for verb, actor in (("graded", other), ("archived", None), ("graded", at.group.instructor)):
            record(verb, subject=f"course:{at.course.uuid}", actor=actor, course=at.course.uuid, detail={"n": 1})
        record("graded", subject="course:other", course=Class().course.uuid)

        assert at.history() == ["graded", "archived", "graded"]
        assert at.history("?verb=archived") == ["archived"]
        assert at.history("?who=Zora") == ["graded"]
        assert at.history("?verb=nothing") == []
        (entry,) = at.caller.get(f"{at.base}history/?who=Zora").json()["results"]
        assert entry.pop("at") is not None
        assert entry == {
            "verb": "graded",
            "subject": f"course:{at.course.uuid}",
            "who": "Zora",
            "detail": {"n": 1},
        }

    def test_pages_lead_on_to_what_is_older(self, at: Kept) -> None:
        AuditEntry.objects.all().delete()
        for number in range(5):
            record(f"deed {number}", subject="course:x", course=at.course.uuid)
        first = at.caller.get(f"{at.base}history/?page_size=3").json()
        record("later", subject="course:x", course=at.course.uuid)
        second = at.caller.get(first["next"].partition("/api/v1/")[2]).json()
        verbs = [entry["verb"] for entry in first["results"] + second["results"]]
        assert verbs == ["deed 4", "deed 3", "deed 2", "deed 1", "deed 0"]

    @pytest.mark.parametrize(
        ("query", "field"), [("?verb=%00", "verb"), ("?who=" + "x" * 101, "who"), ("?who=%00", "who")]
    )
    def test_what_makes_no_sense_is_named(self, at: Kept, query: str, field: str) -> None:
        refused = at.caller.get(f"{at.base}history/{query}")
        assert (told(refused)[:2], list(refused.json()["errors"])) == ((400, "invalid"), [field])

    @pytest.mark.parametrize("count", [1, 20])
    def test_it_costs_the_same_for_any_number(self, at: Kept, count: int, django_assert_num_queries: Any) -> None:
        for _ in range(count):
            record("graded", subject="course:x", actor=make_person(), course=at.course.uuid)
        at.history()
        with django_assert_num_queries(3):
            at.history()


@pytest.mark.parametrize(
    ("method", "below", "permission"),
    [
        ("GET", "people/{learner}/copy/", "course.erase"),
        ("GET", "people/{learner}/erasure/", "course.erase"),
        ("POST", "people/{learner}/erasure/", "course.erase"),
        ("GET", "retention/", "course.erase"),
        ("PUT", "retention/", "course.erase"),
        ("GET", "history/", "course.edit"),
    ],
)
def test_who_may_comes_in_and_for_others_nothing_is_there(at: Kept, method: str, below: str, permission: str) -> None:
    path = at.base + below.replace("{learner}", str(at.learner.uuid))
    assert let_in(at.course, (method, path, {})) == with_permission(permission)


def test_somebody_of_another_course_is_not_found(at: Kept) -> None:
    elsewhere = Kept()
    for below in ("copy/", "erasure/"):
        path = f"{elsewhere.base}people/{at.learner.uuid}/{below}"
        assert told(elsewhere.caller.get(path))[:2] == (404, "not_found")
    refused = elsewhere.caller.post(f"{elsewhere.base}people/{at.learner.uuid}/erasure/", {"sure": "erase"})
    assert told(refused)[:2] == (404, "not_found")
    assert Enrollment.objects.get(pk=at.learner.pk).user_id == at.learner.user_id
