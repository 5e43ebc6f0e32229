"""The settings of quizzes in the studio."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from course.models import Course, Role
from quizzes.models import Question, QuestionTag, Quiz, QuizItem
from quizzes.policy import EVERYTHING
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_person, make_quiz
from tests.web.studio.forms import form_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga", may_author=True)
    client.force_login(owner)
    return make_course(owner=owner)


def address(quiz: Quiz, *parts: object) -> str:
    return "/".join(["/studio/courses", quiz.course.slug, "quizzes", quiz.slug, *map(str, parts), ""])


def opened(client: Client, quiz: Quiz) -> dict[str, Any]:
    return {**form_on(client.get(address(quiz)).content.decode()), **ticked(quiz)}


def ticked(quiz: Quiz) -> dict[str, Any]:
    """What a browser sends of the boxes that are ticked, and nothing of the others."""
    boxes = ("one_by_one", "shuffle", "article_open", "ask_confidence", "build_on_last", "practice_after_close")
    return {name: "on" for name in boxes if getattr(quiz, name)}


def save(client: Client, quiz: Quiz, **changes: Any) -> Any:
    sent = {**opened(client, quiz), **changes}
    return client.post(address(quiz), {name: value for name, value in sent.items() if value is not None})


FULL: dict[str, Any] = {
    "mode": "check",
    "navigation": "sequential",
    "tries_allowed": 3,
    "try_penalty": Decimal("0.25"),
    "hint_penalty": Decimal("0.1"),
    "attempts_allowed": 2,
    "delay_seconds": 90,
    "time_limit_seconds": 2400,
    "opens_at": NOW.replace(year=2025),
    "closes_at": NOW,
    "practice_after_close": True,
    "build_on_last": True,
    "pass_fraction": Decimal("0.7"),
    "mastery_right": 4,
    "mastery_of": 5,
    "late_credit": [{"hours": 24.0, "credit": 0.8}, {"hours": 48.0, "credit": 0.5}],
    "feedback_policy": {"after_answer": ["verdict"], "after_submit": ["fraction"], "after_close": EVERYTHING},
    "result_rule": "mean",
    "shuffle": True,
}


@pytest.mark.parametrize("fields", [{}, FULL])
def test_settings_sent_back_untouched_stay_as_they_were(client: Client, course: Course, fields: dict[str, Any]) -> None:
    quiz = make_quiz(course, **fields)
    before = Quiz.objects.values().get(pk=quiz.pk)

    answer = save(client, quiz, **quiz.feedback_policy)

    assert answer.status_code == 303
    assert Quiz.objects.values().get(pk=quiz.pk) == before


def test_all_settings_are_kept_in_their_units(client: Client, course: Course) -> None:
    quiz = make_quiz(course)

    answer = save(
        client,
        quiz,
        mode="exam",
        navigation="sequential",
        tries_allowed="2",
        try_penalty="12.5",
        time_limit_seconds="45",
        delay_seconds="1.5",
        closes_at="2026-12-24T18:00",
        late_hours_0="24",
        late_credit_0="80",
        pass_fraction="70",
        mastery_right="3",
        mastery_of="5",
        shuffle="on",
        article_open=None,
    )

    assert answer.status_code == 303
    quiz.refresh_from_db()
    assert (quiz.mode, quiz.navigation, quiz.tries_allowed, quiz.shuffle, quiz.article_open) == (
        "exam",
        "sequential",
        2,
        True,
        False,
    )
    assert (quiz.try_penalty, quiz.pass_fraction) == (Decimal("0.125"), Decimal("0.7"))
    assert (quiz.time_limit_seconds, quiz.delay_seconds) == (2700, 90)
    assert quiz.late_credit == [{"hours": 24.0, "credit": 0.8}]
    assert (quiz.mastery_right, quiz.mastery_of) == (3, 5)
    assert f"{quiz.closes_at:%d %H:%M}" == "24 18:00"


def test_the_matrix_is_kept_as_it_was_ticked_and_read_back_in_words(client: Client, course: Course) -> None:
    quiz = make_quiz(course, mode="exam")

    save(client, quiz, matrix="own", after_answer=["verdict"], after_submit=["fraction", "verdict"], after_close=None)

    quiz.refresh_from_db()
    assert quiz.feedback_policy == {
        "after_answer": ["verdict"],
        "after_submit": ["fraction", "verdict"],
        "after_close": [],
    }
    page = client.get(address(quiz)).content.decode()
    assert "Learners read: You can check each answer as you go, and see what was right." in page
    assert 'name="after_answer" value="verdict" checked' in page
    save(client, quiz, matrix="preset")
    quiz.refresh_from_db()
    assert quiz.feedback_policy == {}


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"title": ""}, "This field is required."),
        ({"mode": "duel"}, "Select a valid choice."),
        ({"try_penalty": "101"}, "less than or equal to 100"),
        ({"time_limit_seconds": "soon"}, "Enter a number."),
        ({"time_limit_seconds": "0"}, "Leave it empty for no limit; a limit is more than 0."),
        ({"opens_at": "2026-01-02T00:00", "closes_at": "2026-01-01T00:00"}, "It has to close after it opens."),
        ({"late_hours_0": "5"}, "Late credit counts from the closing, and this quiz has none."),
        (
            {"late_hours_0": "5", "late_hours_1": "4", "closes_at": "2026-01-01T00:00"},
            "each ends later than the one before",
        ),
        ({"practice_after_close": "on"}, "Practice follows the closing, and this quiz has none."),
        ({"mastery_right": "3"}, "Say both: how many right answers, and of how many."),
        ({"matrix": "own", "after_answer": ["everything"]}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    client: Client, course: Course, sent: dict[str, Any], error: str
) -> None:
    quiz = make_quiz(course)
    before = Quiz.objects.values().get(pk=quiz.pk)

    answer = save(client, quiz, **sent)

    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert Quiz.objects.values().get(pk=quiz.pk) == before


def test_the_quizzes_of_a_course_are_listed_with_what_they_ask(client: Client, course: Course) -> None:
    make_quiz(course, questions=3, title="The wall", time_limit_seconds=2400)
    make_quiz(course, questions=0, title="The lake")

    page = client.get(f"/studio/courses/{course.slug}/quizzes/").content.decode()

    assert "Two quizzes" in page
    assert "three questions · 40 min" in page
    assert "no questions" in page


@pytest.mark.parametrize("source", ["tag:walls", "concept:the-wall"])
def test_a_pool_is_added_and_taken_out_again(client: Client, course: Course, source: str) -> None:
    concept = make_concept(course, "the wall")
    concept.slug = "the-wall"
    concept.save()
    quiz = make_quiz(course, questions=2, concept=concept)
    for question in Question.objects.filter(items__quiz=quiz):
        QuestionTag.objects.create(question=question, name="walls")

    added = client.post(address(quiz, "pools"), {"take": "2", "source": source, "max_points": "1.5"})
    page = client.get(added["Location"]).content.decode()

    kind, _, name = source.partition(":")
    item = QuizItem.objects.get(pool__isnull=False)
    assert (item.pool, item.position, item.max_points) == ({"take": 2, kind: name}, 3, Decimal("1.5"))
    assert "2 of the questions" in page
    assert client.post(address(quiz, "items", 3, "out")).status_code == 303
    assert quiz.items.count() == 2
    assert client.post(address(quiz, "items", 3, "out")).status_code == 404


def test_a_pool_that_cannot_be_is_said_at_its_field(client: Client, course: Course) -> None:
    quiz = make_quiz(course)

    answer = client.post(address(quiz, "pools"), {"take": "0", "source": "tag:none", "max_points": "1"})

    assert answer.status_code == 422
    assert "greater than or equal to 1" in answer.content.decode()
    assert quiz.items.count() == 2


@pytest.mark.parametrize("role", [Role.GRADER, Role.ASSISTANT, Role.LEARNER, Role.OBSERVER])
def test_only_owners_and_editors_come_in(course: Course, role: Role) -> None:
    quiz = make_quiz(course)
    client = Client()
    client.force_login(make_enrollment(course, role=role).user)

    answers = [
        client.get(address(quiz)),
        client.post(address(quiz), {}),
        client.post(address(quiz, "pools"), {}),
        client.post(address(quiz, "items", 1, "out")),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert quiz.items.count() == 2
