"""The course that every benchmark reads and answers: always the same, published whole, its key in one place."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from accounts.models import User
from config.benchmarks.course import (
    KIND,
    OPTIONS,
    bench_course,
    choices,
    for_reference,
    learner,
    plain,
    sample,
    seed_for_programs,
    session_of,
)
from course.models import CourseState, Enrollment, Role
from quizzes.domain.drawing import drawn_questions
from quizzes.models import QuestionVersion, Quiz, VersionState


@pytest.mark.parametrize("count", [0, 1, 10, 25])
def test_so_many_questions_of_one_right_option_in_four_are_taken_over_and_over(count: int) -> None:
    found = choices(sample(), count)

    assert len({question.key for question in found}) == len(found) == count
    for question in found:
        options = question.content["options"]
        assert (question.kind, len(options)) == (KIND, OPTIONS)
        assert Counter(bool(option["correct"]) for option in options) == {True: 1, False: OPTIONS - 1}


def test_the_reference_asks_the_same_questions_with_the_same_key() -> None:
    ours, theirs = choices(sample(), 6), for_reference(questions=6)["questions"]

    for question, (stem, texts, right) in zip(ours, theirs, strict=True):
        options = question.content["options"]
        assert (stem, texts) == (question.content["stem"], [option["text"] for option in options])
        assert options[right]["correct"]


def test_the_reference_reads_the_same_text() -> None:
    words = for_reference()["text"].split()

    assert words == " ".join(passage.text for passage in sample().article.passages).split()
    assert len(words) > 1_000


@pytest.mark.parametrize("right", range(3))
def test_a_plain_question_says_which_option_is_right(right: int) -> None:
    options = [{"text": f"Wall {n}", "correct": n == right} for n in range(3)]

    assert plain(options, "Which?") == ["Which?", ["Wall 0", "Wall 1", "Wall 2"], right]


@pytest.mark.django_db
@pytest.mark.database
class TestStored:
    @pytest.mark.parametrize("questions", [1, 12])
    def test_it_is_published_with_one_quiz_that_asks_them_all(self, questions: int) -> None:
        course = bench_course(questions=questions)

        quiz = Quiz.objects.get(course=course)
        assert (course.state, course.lessons.count()) == (CourseState.PUBLISHED, 1)
        assert len(drawn_questions(quiz, seed=1)) == questions
        assert QuestionVersion.objects.filter(state=VersionState.PUBLISHED).count() == questions
        assert (quiz.attempts_allowed, quiz.time_limit_seconds) == (None, None)

    def test_two_of_them_stand_beside_each_other(self) -> None:
        slugs = [bench_course(questions=1, slug=slug).slug for slug in ("bench", "another")]

        assert slugs == ["bench", "another"]

    def test_a_learner_takes_part_and_is_signed_in_by_their_session(self, client: Client) -> None:
        course = bench_course(questions=1)
        person = learner(course, 7)

        client.cookies["sessionid"] = session_of(person)
        page = client.get(f"/courses/{course.slug}/")

        assert (person.email, page.wsgi_request.user) == ("learner7@example.org", person)
        assert Enrollment.objects.get(user=person).role == Role.LEARNER
        assert page.status_code == 200

    def test_each_learner_has_a_session_of_their_own(self) -> None:
        course = bench_course(questions=1)
        people = [learner(course, number) for number in range(3)]

        keys = [session_of(person) for person in people]

        assert len(set(keys)) == 3
        assert [SessionStore(key)["_auth_user_id"] for key in keys] == [str(person.pk) for person in people]
        assert User.objects.count() == 3


@pytest.mark.django_db
def test_a_program_is_told_where_to_send_which_answers_and_with_which_token() -> None:
    seeded = seed_for_programs(learners=2)

    answer = Client().post(
        seeded["take"], seeded["body"], content_type="application/json", headers=seeded["headers"][1]
    )

    assert (answer.status_code, answer.json()["state"]) == (201, "submitted")
    assert {item["answer"] is None for item in answer.json()["items"]} == {False}
    assert len({each["Authorization"] for each in seeded["headers"]}) == 2
