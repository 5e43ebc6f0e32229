"""After answering, over REST: why, an appeal, found after looking, read to the end, a certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from course.models import CertificateFor, Course, Enrollment, LessonReading
from quizzes.models import Appeal, Certificate, Sighting
from tests.factories import NOW, make_enrollment, make_person
from tests.web.api.callers import Caller, told
from tests.web.api.learners import RIGHT, WRONG, Learner

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def learner() -> Learner:
    return Learner(mode="check")


class TestWhy:
    def test_it_tells_how_an_answer_was_graded(self, learner: Learner) -> None:
        told_why = learner.caller.get(f"{learner.answers(WRONG, RIGHT)}responses/1/why/").json()
        assert (told_why["review"]["verdict"], told_why["review"]["position"]) == ("not right", 1)
        assert [(each["number"], each["fraction"], each["by_person"]) for each in told_why["gradings"]] == [
            (1, 0.0, False)
        ]
        assert told_why["appeal"] is None

    def test_before_submitting_there_is_nothing_to_explain(self, learner: Learner) -> None:
        attempt = learner.caller.post(f"quizzes/{learner.quiz.uuid}/attempts/").json()["uuid"]
        why = learner.caller.get(f"attempts/{attempt}/responses/1/why/")
        assert told(why) == (
            409,
            "attempt_closed",
            "This answer is explained once the attempt is submitted and graded.",
        )

    def test_an_exam_that_holds_back_its_verdicts_tells_none(self) -> None:
        learner = Learner(mode="exam", closes_at=NOW + timedelta(days=9_000))
        why = learner.caller.get(f"{learner.answers(WRONG, RIGHT)}responses/1/why/").json()
        assert (why["gradings"], why["review"]["verdict"]) == ([], "")

    @pytest.mark.parametrize("position", [0, 3, 10**12])
    def test_a_place_without_a_question_is_not_found(self, learner: Learner, position: int) -> None:
        attempt = learner.answers(WRONG, RIGHT)
        assert learner.caller.get(f"{attempt}responses/{position}/why/").status_code == 404
        assert learner.caller.post(f"{attempt}responses/{position}/found/").status_code == 404
        sent = {"text": "Mine is right too."}
        assert learner.caller.post(f"{attempt}responses/{position}/appeal/", sent).status_code == 404


class TestAppeal:
    def test_it_is_raised_once_and_told_with_the_answer(self, learner: Learner) -> None:
        attempt = learner.answers(WRONG, RIGHT)
        sent = {"text": "Mine is right too."}
        answers = [learner.caller.post(f"{attempt}responses/1/appeal/", sent) for _ in range(2)]
        assert [each.status_code for each in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert learner.caller.get(f"{attempt}responses/1/why/").json()["appeal"] == answers[0].json()
        assert Appeal.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "x" * 1001, None, "a\x00b"], ids=lambda text: str(text)[:4])
    def test_without_words_or_with_too_many_it_is_refused(self, learner: Learner, text: str | None) -> None:
        attempt = learner.answers(WRONG, RIGHT)
        assert told(learner.caller.post(f"{attempt}responses/1/appeal/", {"text": text}))[:2] == (400, "invalid")

    def test_a_grade_that_is_not_shown_cannot_be_questioned(self) -> None:
        learner = Learner(mode="exam", closes_at=NOW + timedelta(days=9_000))
        answer = learner.caller.post(f"{learner.answers(WRONG, RIGHT)}responses/1/appeal/", {"text": "Why?"})
        assert told(answer)[:2] == (409, "nothing_to_appeal")

    def test_only_whose_answer_it_is_questions_it(self, learner: Learner) -> None:
        attempt = learner.answers(WRONG, RIGHT)
        for other in (make_person(), learner.course.enrollments.get(role="owner").user):
            answer = Caller(other).post(f"{attempt}responses/1/appeal/", {"text": "Why?"})
            assert told(answer)[:2] == (404, "not_found")
        assert not Appeal.objects.exists()


class TestFound:
    def test_what_was_missed_is_said_to_be_found_and_the_first_time_counts(self, learner: Learner) -> None:
        attempt = learner.answers(WRONG, RIGHT)
        first, second = (learner.caller.post(f"{attempt}responses/1/found/") for _ in range(2))
        assert (first.status_code, first.json()) == (200, second.json())
        assert Sighting.objects.count() == 1

    def test_what_was_known_is_not_there_to_be_found(self, learner: Learner) -> None:
        attempt = learner.answers(WRONG, RIGHT)
        assert told(learner.caller.post(f"{attempt}responses/2/found/"))[:2] == (409, "nothing_to_find")


class TestReading:
    def test_a_lesson_is_read_once_however_often_it_is_said(self, learner: Learner) -> None:
        path = f"{learner.path}lessons/{learner.lesson.slug}/read/"
        assert [learner.caller.put(path, {}).status_code for _ in range(2)] == [204, 204]
        assert LessonReading.objects.count() == 1
        assert [each["is_read"] for each in learner.caller.get(f"{learner.path}lessons/").json()["results"]] == [True]

    def test_whoever_reads_takes_part(self, learner: Learner) -> None:
        stranger = make_person()
        assert Caller(stranger).put(f"{learner.path}lessons/{learner.lesson.slug}/read/", {}).status_code == 204
        assert Enrollment.objects.filter(user=stranger, course=learner.course).exists()


class TestCertificate:
    @pytest.fixture(autouse=True)
    def for_reading(self, learner: Learner) -> None:
        Course.objects.filter(pk=learner.course.pk).update(certificate_for=CertificateFor.READING)

    def test_it_says_what_is_left_to_do(self, learner: Learner) -> None:
        shown = learner.caller.get(f"{learner.path}certificate/").json()
        assert shown["completion"]["certificate_for"] == "reading"
        assert [each["slug"] for each in shown["completion"]["unread"]] == [learner.lesson.slug]
        assert (shown["completion"]["is_complete"], shown["certificate"]) == (False, None)
        assert told(learner.caller.post(f"{learner.path}certificate/"))[:2] == (409, "no_certificate")

    def test_it_is_issued_once_to_whoever_has_done_all(self, learner: Learner) -> None:
        learner.caller.put(f"{learner.path}lessons/{learner.lesson.slug}/read/", {})
        answers = [learner.caller.post(f"{learner.path}certificate/") for _ in range(2)]
        assert [each.status_code for each in answers] == [201, 201]
        shown = learner.caller.get(f"{learner.path}certificate/").json()["certificate"]
        assert answers[0].json() == answers[1].json() == shown
        assert Certificate.objects.count() == 1

    def test_it_is_for_those_who_take_part(self, learner: Learner) -> None:
        assert Caller(make_person()).get(f"{learner.path}certificate/").status_code == 404
        assert Caller(make_enrollment(learner.course).user).get(f"{learner.path}certificate/").status_code == 200
