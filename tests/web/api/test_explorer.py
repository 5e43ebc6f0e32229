"""What was answered, over REST: by question in groups that say the same, and by learner in order of time."""

from __future__ import annotations

from typing import Any

import pytest

from course.models import Cohort, Enrollment, Role
from tests.quizzes.domain.regraded import Class
from tests.web.api.callers import Caller, told
from tests.web.api.parts import let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Answered:
    """Four answers to one question, three of them alike, and the calls that explore them."""

    def __init__(self, *answers: str) -> None:
        self.group = Class()
        self.responses = self.group.answered(
            *(answers or ("thirst machine", "Thirst machine", "thirst machine", "wet"))
        )
        self.caller = Caller(self.group.instructor)
        self.course = f"courses/{self.group.course.slug}/"
        self.address = f"{self.course}answers/{self.group.version.question.uuid}/"
        parts = Enrollment.objects.filter(course=self.group.course, role=Role.LEARNER).order_by("pk")
        self.learners = list(parts.select_related("user"))

    def groups(self, asked: str = "") -> list[tuple[str, int, str]]:
        rows = self.caller.get(self.address + asked).json()["results"]
        return [(row["variants"][0]["text"], row["count"], row["verdict"]) for row in rows]

    def largest(self) -> str:
        return f"{self.address}{self.caller.get(self.address).json()['results'][0]['digest']}/"


@pytest.fixture
def at() -> Answered:
    return Answered()


class TestByQuestion:
    def test_what_says_the_same_is_one_group_with_its_verdict(self, at: Answered) -> None:
        assert at.groups() == [("thirst machine", 3, "right"), ("wet", 1, "not right")]
        first = at.caller.get(at.address).json()["results"][0]
        assert [(each["answer"], each["count"]) for each in first["variants"]] == [
            ("thirst machine", 2),
            ("Thirst machine", 1),
        ]
        assert first["fraction"] == 1.0

    def test_it_is_narrowed_as_on_the_page(self, at: Answered) -> None:
        evenings = Cohort.objects.create(course=at.group.course, name="Evenings")
        Enrollment.objects.filter(pk=at.learners[3].pk).update(cohort=evenings)
        asked = {
            f"?cohort={evenings.uuid}": [("wet", 1, "not right")],
            "?verdict=right": [("thirst machine", 3, "right")],
            "?verdict=waits%20for%20a%20person": [],
            "?version=1&which=all": [("thirst machine", 3, "right"), ("wet", 1, "not right")],
            "?version=2": [],
            f"?quiz={at.group.quiz.slug}&verdict=not%20right": [("wet", 1, "not right")],
            "?quiz=another": [],
        }
        assert {query: at.groups(query) for query in asked} == asked

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("?which=newest", "which"),
            ("?verdict=wrong", "verdict"),
            ("?version=0", "version"),
            ("?version=99999999999999999999", "version"),
            ("?cohort=x", "cohort"),
            ("?quiz=%00", "quiz"),
        ],
    )
    def test_what_makes_no_sense_is_named(self, at: Answered, query: str, field: str) -> None:
        for path in (at.address, at.largest()):
            refused = at.caller.get(path + query)
            assert (told(refused)[:2], list(refused.json()["errors"])) == ((400, "invalid"), [field])

    def test_pages_hold_every_group_once(self) -> None:
        at = Answered("lake", "upper town", "wall of stone", "thirst", "nobody knows", "rain machine", "a river bed")
        seen: list[str] = []
        path = f"{at.address}?page_size=3"
        while path:
            body = at.caller.get(path).json()
            seen += [row["digest"] for row in body["results"]]
            path = (body["next"] or "").partition("/api/v1/")[2]
        assert len(seen) == len(set(seen)) == 7

    @pytest.mark.parametrize("after", ["x", "%00", "9-", "-1-x", "9" * 300, "1-zzz"])
    def test_a_cursor_that_was_made_up_leads_somewhere(self, at: Answered, after: str) -> None:
        for path in (at.address, at.largest(), f"{at.course}learners/{at.learners[0].uuid}/"):
            assert at.caller.get(f"{path}?after={after}").status_code == 200


class TestOneGroup:
    def test_its_answers_are_there_and_nobody_is_named_unasked(self, at: Answered) -> None:
        answers = at.caller.get(at.largest()).json()["results"]
        assert sorted(answer["attempt"] for answer in answers) == sorted(
            str(response.attempt.uuid) for response in at.responses[:3]
        )
        assert {answer["name"] for answer in answers} == {None}
        text = at.caller.get(at.largest()).content.decode() + at.caller.get(at.address).content.decode()
        assert [part for part in at.learners if part.user.name in text or str(part.uuid) in text] == []

        named = at.caller.get(f"{at.largest()}?names=true").json()["results"]
        assert sorted(answer["name"] for answer in named) == sorted(part.user.name for part in at.learners[:3])

    def test_pages_hold_every_answer_once(self, at: Answered) -> None:
        seen: list[str] = []
        path = f"{at.largest()}?page_size=2"
        while path:
            body = at.caller.get(path).json()
            seen += [row["attempt"] for row in body["results"]]
            path = (body["next"] or "").partition("/api/v1/")[2]
        assert (len(seen), len(set(seen))) == (3, 3)

    def test_a_group_that_is_none_is_not_found(self, at: Answered) -> None:
        assert told(at.caller.get(f"{at.address}nothing/"))[:2] == (404, "not_found")
        assert told(at.caller.get(f"{at.largest()}?verdict=not%20right"))[:2] == (404, "not_found")


class TestByLearner:
    def test_every_attempt_comes_with_its_answers_and_what_happened(self, at: Answered) -> None:
        (attempt,) = at.caller.get(f"{at.course}learners/{at.learners[3].uuid}/").json()["results"]

        assert (attempt["quiz"], attempt["number"], attempt["state"]) == (at.group.quiz.slug, 1, "submitted")
        (answer,) = attempt["answers"]
        assert (answer["text"], answer["verdict"], answer["fraction"]) == ("wet", "not right", 0.0)
        assert sorted(moment["what"] for moment in attempt["moments"]) == [
            "answered",
            "begun",
            "graded after submitting",
            "submitted",
        ]

    def test_somebody_of_another_course_is_not_found(self, at: Answered) -> None:
        mine = Answered()
        path = f"{mine.course}learners/{at.learners[0].uuid}/"
        assert told(mine.caller.get(path))[:2] == (404, "not_found")
        path = f"{mine.course}answers/{at.group.version.question.uuid}/"
        assert told(mine.caller.get(path))[:2] == (404, "not_found")


@pytest.mark.parametrize("which", ["question", "group", "learner"])
def test_who_grades_comes_in_and_for_others_nothing_is_there(at: Answered, which: str) -> None:
    paths = {"question": at.address, "group": at.largest(), "learner": f"{at.course}learners/{at.learners[0].uuid}/"}
    assert let_in(at.group.course, ("GET", paths[which], None)) == with_permission("course.grade")


@pytest.mark.parametrize("answers", [2, 20])
def test_lists_cost_the_same_for_any_number(answers: int, django_assert_num_queries: Any) -> None:
    at = Answered(*["thirst machine"] * answers)
    paths = {at.address: 5, at.largest(): 6, f"{at.course}learners/{at.learners[0].uuid}/": 7}
    for path, statements in paths.items():
        with django_assert_num_queries(statements):
            at.caller.get(path)
