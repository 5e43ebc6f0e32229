"""Everything that a course keeps about a learner, as one file."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.domain.enrolment import enrol
from course.domain.parts import end_part, give_back_part
from course.models import Enrollment, Role
from quizzes.domain.erasing_parts import erasable_parts, erase_part
from quizzes.domain.learner_record import FORMAT, learner_record
from quizzes.models import Attempt, Result
from quizzes.policy import Moment
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.test_erasing import EMAIL, NAME, Known, known, marks

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["known"]


@pytest.fixture
def part(known: Known) -> Enrollment:
    return erasable_parts(known.course).get(user=known.person)


def test_it_has_what_they_may_see_themselves_and_what_the_course_keeps_beside_it(
    known: Known, part: Enrollment
) -> None:
    record = json.loads(json.dumps(learner_record(part)))
    [course] = record["courses"]

    assert (record["format"], record["person"]["email"]) == (FORMAT, EMAIL)
    assert (course["course"], course["notes"]) == (known.course.title, 1)
    assert [each["number"] for each in course["attempts"]] == [1]
    assert [each["attempts"] for each in record["results"]] == [1]
    assert record["gradings"][-1] == {
        "quiz": known.attempt.quiz.title,
        "attempt": 1,
        "position": 2,
        "at": record["gradings"][-1]["at"],
        "cause": "set by a person",
        "fraction": "0.500000",
        "feedback": record["gradings"][-1]["feedback"],
        "reason": f"Well tried, {NAME}.",
    }
    assert [each["text"] for each in record["messages"]] == [
        f"A person has graded your answers in “{known.attempt.quiz.title}”."
    ]


def test_grades_are_in_it_though_the_quiz_shows_none_yet(known: Known, part: Enrollment) -> None:
    policy = {**known.attempt.policy, **{moment.value: [] for moment in Moment}}
    Attempt.objects.filter(pk=known.attempt.pk).update(policy=policy)

    record = learner_record(part)

    assert [each["fraction"] for each in record["courses"][0]["attempts"][0]["questions"]] == [None, None]
    assert record["gradings"][0]["fraction"] == "1.000000"


def test_it_tells_what_was_done_with_the_part_and_not_by_whom(known: Known, part: Enrollment) -> None:
    owner = known.course.enrollments.get(role=Role.OWNER).user
    end_part(part, actor=owner)
    give_back_part(part, actor=owner)
    done = learner_record(part)["done_with_the_part"]
    assert [entry["verb"] for entry in done] == ["gave a part back", "ended a part"]
    assert all(set(entry) == {"at", "verb"} for entry in done)
    assert owner.name not in json.dumps(learner_record(part))


def test_nothing_of_another_learner_or_another_course_is_in_it(known: Known, part: Enrollment) -> None:
    elsewhere = make_course()
    enrol(elsewhere, person=known.person, role=Role.LEARNER, at=NOW)
    text = json.dumps(learner_record(part), ensure_ascii=False)
    assert "To keep the water for themselves." not in text
    assert elsewhere.title not in [each["course"] for each in learner_record(part)["courses"]]
    assert "inbox" not in learner_record(part)


def test_notes_are_counted_and_read_by_nobody(known: Known, part: Enrollment) -> None:
    text = json.dumps(learner_record(part), ensure_ascii=False)
    assert f"{NAME} was here" not in text
    assert (learner_record(part)["courses"][0]["notes"], learner_record(part)["courses"][0]["recalls"]) == (1, 1)


def test_no_key_is_in_it(known: Known, part: Enrollment) -> None:
    make_quiz(known.course)
    text = json.dumps(learner_record(part))
    assert '"correct"' not in text
    assert "rubric" not in text


def test_after_erasing_there_is_a_record_of_nobody(known: Known, part: Enrollment) -> None:
    erase_part(part, actor=None)
    record = learner_record(erasable_parts(known.course).get(pk=part.pk))
    assert marks(json.dumps(record, ensure_ascii=False)) == []
    assert [each["fraction"] for each in record["results"]] == [str(Result.objects.get(enrollment=part).fraction)]


def test_who_did_nothing_yet_has_a_short_one_and_it_costs_few_queries() -> None:
    part = make_enrollment(make_course())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        record = learner_record(erasable_parts(part.course).get(pk=part.pk))
    kept = ("gradings", "results", "concepts", "messages", "done_with_the_part")
    assert {name: record[name] for name in kept} == {name: [] for name in kept}
    assert len(asked) <= 16
