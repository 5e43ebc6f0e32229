"""What each call answers, member by member: programs stand on these shapes, so none of them changes by accident."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from course.models import ConceptState, Course, Enrollment
from jobs.domain import run_job
from jobs.models import Job
from quizzes.models import Attempt, Quiz
from tests.factories import NOW, TEXT, make_concept, make_course, make_person, make_quiz
from tests.web.api.callers import Caller

pytestmark = pytest.mark.django_db

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
OWN_NUMBERS = re.compile(r'"(id|pk|user|user_id|course_id|quiz_id|version_id|enrollment)":')
"""Names under which a key of a row would leave the process."""


@pytest.fixture
def caller() -> Caller:
    return Caller(make_person())


@pytest.fixture
def course() -> Course:
    return make_course()


@pytest.fixture
def quiz(course: Course) -> Quiz:
    return make_quiz(course, concept=make_concept(course))


def graded(caller: Caller, quiz: Quiz, answers: dict[str, Any]) -> Any:
    """The attempt with these answers, submitted and graded, as the API shows it."""
    started = caller.post(f"quizzes/{quiz.uuid}/attempts/", {"answers": answers, "submit": True}).json()
    for job in Job.objects.filter(finished_at__isnull=True):
        run_job(job.uuid)
    return caller.get(f"attempts/{started['uuid']}/").json()


def test_a_course(caller: Caller, course: Course) -> None:
    shape = {
        "uuid": str(course.uuid),
        "slug": course.slug,
        "title": course.title,
        "summary": "",
        "language": "en",
        "state": "published",
        "visibility": "public",
        "certificate_for": "nothing",
        "published_at": "2026-11-22T12:00:00Z",
    }
    assert caller.get(f"courses/{course.slug}/").json() == shape
    assert caller.get("courses/").json() == {"results": [shape], "next": None, "previous": None}


def test_lessons_and_whether_they_are_read(caller: Caller, course: Course) -> None:
    lesson = course.lessons.get()
    assert caller.get(f"courses/{course.slug}/lessons/").json()["results"] == [
        {
            "uuid": str(lesson.uuid),
            "slug": "the-wall",
            "position": 1,
            "title": "The wall",
            "summary": "",
            "words": 19,
            "is_read": False,
        }
    ]


def test_a_lesson_with_its_passages(caller: Caller, course: Course) -> None:
    lesson = course.lessons.get()
    first, second = TEXT.split("\n")
    assert caller.get(f"courses/{course.slug}/lessons/the-wall/").json() == {
        "uuid": str(lesson.uuid),
        "slug": "the-wall",
        "position": 1,
        "title": "The wall",
        "words": 19,
        "minutes": 1,
        "passages": [
            {"kind": "paragraph", "start": 0, "end": len(first), "text": first},
            {"kind": "paragraph", "start": len(first) + 1, "end": len(TEXT), "text": second},
        ],
    }


def test_concepts_by_rank_and_only_those_that_were_accepted(caller: Caller, course: Course) -> None:
    second, first = make_concept(course, "wall"), make_concept(course, "lake")
    suggested = make_concept(course, "thirst")
    for concept, rank in ((first, 1), (second, 2), (suggested, 3)):
        concept.rank = rank
        concept.state = ConceptState.SUGGESTED if concept == suggested else ConceptState.ACCEPTED
        concept.save()
    results = caller.get(f"courses/{course.slug}/concepts/").json()["results"]
    assert {concept["term"] for concept in results} == {"lake", "wall"}
    assert next(concept for concept in results if concept["term"] == "lake") == {
        "uuid": str(first.uuid),
        "slug": first.slug,
        "term": "lake",
        "definition": "What is meant.",
        "kind": "expression",
        "rank": 1,
    }


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, {}),
        ({"mode": "exam"}, {"mode": "exam"}),
        ({"attempts_allowed": 3}, {"attempts_allowed": 3}),
        ({"time_limit_seconds": 600}, {"time_limit_seconds": 600}),
        ({"pass_fraction": Decimal("0.7")}, {"pass_fraction": "0.700000"}),
        ({"opens_at": NOW}, {"opens_at": "2026-11-22T12:00:00Z"}),
        ({"closes_at": NOW + timedelta(days=400)}, {"closes_at": "2027-12-27T12:00:00Z"}),
        ({"lesson": None}, {"lesson": None}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_quiz_and_its_rules(caller: Caller, course: Course, fields: dict[str, Any], shown: dict[str, Any]) -> None:
    quiz = make_quiz(course, **fields)
    usual = {
        "uuid": str(quiz.uuid),
        "slug": quiz.slug,
        "title": "The wall, checked",
        "lesson": "the-wall",
        "mode": "practice",
        "attempts_allowed": None,
        "time_limit_seconds": None,
        "opens_at": None,
        "closes_at": None,
        "pass_fraction": None,
    }
    (found,) = caller.get(f"courses/{course.slug}/quizzes/").json()["results"]
    assert found.items() >= (usual | shown).items()


def test_a_started_attempt(caller: Caller, quiz: Quiz) -> None:
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/")
    body = answer.json()
    attempt = Attempt.objects.get()
    status = f"http://testserver/api/v1/attempts/{attempt.uuid}/"
    assert answer["Location"] == status
    assert {name: body[name] for name in body if name != "items"} == {
        "uuid": str(attempt.uuid),
        "state": "in_progress",
        "deadline_at": None,
        "status": status,
    }
    assert [item["position"] for item in body["items"]] == [1, 2]


def test_a_question_before_it_is_answered(caller: Caller, quiz: Quiz) -> None:
    item = caller.post(f"quizzes/{quiz.uuid}/attempts/").json()["items"][0]
    presentation = item.pop("presentation")
    assert (
        item.items()
        >= {
            "position": 1,
            "kind": "single_choice",
            "control": "choose_one",
            "max_points": 1.0,
            "answer": None,
            "sequence": 0,
            "saved_at": None,
            "warning": "",
        }.items()
    )
    assert presentation["stem"] == "Who built the wall?"
    assert {option["id"] for option in presentation["data"]["options"]} == {"k7", "m2"}
    assert [set(option) for option in presentation["data"]["options"]] == [{"id", "text"}] * 2


def test_a_saved_answer(caller: Caller, quiz: Quiz) -> None:
    attempt = caller.post(f"quizzes/{quiz.uuid}/attempts/").json()["uuid"]
    body = caller.put(f"attempts/{attempt}/responses/1/", {"answer": "k7", "sequence": 0}).json()
    assert MOMENT.fullmatch(body.pop("saved_at"))
    assert body == {"position": 1, "sequence": 1, "warning": ""}


def test_an_attempt_in_progress_shows_its_items_and_no_review(caller: Caller, quiz: Quiz) -> None:
    attempt = caller.post(f"quizzes/{quiz.uuid}/attempts/").json()["uuid"]
    caller.put(f"attempts/{attempt}/responses/2/", {"answer": "m2", "sequence": 0})
    body = caller.get(f"attempts/{attempt}/").json()
    assert [(item["answer"], item["sequence"]) for item in body.pop("items")] == [(None, 0), ("m2", 1)]
    assert MOMENT.fullmatch(body.pop("started_at"))
    assert body.pop("review") == []
    expected = {
        "uuid": attempt,
        "quiz": str(quiz.uuid),
        "number": 1,
        "state": "in_progress",
        "grading": "not_ready",
        "deadline_at": None,
        "submitted_at": None,
        "fraction": None,
        "points": None,
        "max_points": 2.0,
    }
    assert body.items() >= expected.items()


def test_a_submitted_attempt(caller: Caller, quiz: Quiz) -> None:
    attempt = caller.post(f"quizzes/{quiz.uuid}/attempts/").json()["uuid"]
    answer = caller.post(f"attempts/{attempt}/submit/")
    status = f"http://testserver/api/v1/attempts/{attempt}/"
    assert (answer.status_code, answer["Location"]) == (202, status)
    assert answer.json() == {"uuid": attempt, "state": "submitted", "status": status}


def test_an_attempt_that_waits_for_its_grade_says_when_to_ask_again(caller: Caller, quiz: Quiz) -> None:
    started = caller.post(f"quizzes/{quiz.uuid}/attempts/", {"answers": {"1": "k7"}, "submit": True}).json()
    answer = caller.get(f"attempts/{started['uuid']}/")
    body = answer.json()
    assert (body["state"], body["grading"], body["fraction"], body["items"]) == ("submitted", "pending", None, [])
    assert answer["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("answers", "fraction", "points", "verdicts"),
    [
        ({"1": "k7", "2": "k7"}, 1.0, 2.0, ["right", "right"]),
        ({"1": "k7", "2": "m2"}, 0.5, 1.0, ["right", "not right"]),
        ({"1": "m2", "2": "m2"}, 0.0, 0.0, ["not right", "not right"]),
        ({"2": "k7"}, 0.5, 1.0, ["not answered", "right"]),
        ({}, 0.0, 0.0, ["not answered", "not answered"]),
    ],
)
def test_a_graded_attempt_has_its_fraction_its_points_and_a_verdict_for_each_answer(
    caller: Caller, quiz: Quiz, answers: dict[str, Any], fraction: float, points: float, verdicts: list[str]
) -> None:
    body = graded(caller, quiz, answers)
    assert (body["grading"], body["fraction"], body["points"], body["max_points"]) == ("graded", fraction, points, 2.0)
    assert [item["verdict"] for item in body["review"]] == verdicts
    assert body["items"] == []


def test_a_reviewed_answer(caller: Caller, quiz: Quiz) -> None:
    item = graded(caller, quiz, {"1": "m2", "2": "k7"})["review"][0]
    assert item.pop("review") is not None
    assert (
        item.items()
        >= {
            "position": 1,
            "kind": "single_choice",
            "max_points": 1.0,
            "grading": "graded",
            "verdict": "not right",
            "fraction": 0.0,
            "explanation": "The second sentence says so.",
        }.items()
    )
    assert item["evidence"] == [{"quote": "The upper town built a wall.", "start": 24, "end": 52, "lesson": "the-wall"}]


def test_progress_in_each_course(caller: Caller, course: Course, quiz: Quiz) -> None:
    concept = course.concepts.get()
    graded(caller, quiz, {"1": "k7", "2": "k7"})
    assert caller.get("progress/").json() == [
        {
            "course": course.slug,
            "fraction": 0.5,
            "lessons": [{"slug": "the-wall", "title": "The wall", "is_read": False}],
            "quizzes": [{"uuid": str(quiz.uuid), "slug": quiz.slug, "title": "The wall, checked", "fraction": 1.0}],
            "concepts": [
                {
                    "slug": concept.slug,
                    "term": "thirst machine",
                    "mastery": 0.75,
                    "state": "firm",
                    "answered": 2,
                    "questions": 2,
                }
            ],
        }
    ]


def test_progress_ends_where_the_part_in_a_course_ends(caller: Caller, quiz: Quiz) -> None:
    caller.post(f"quizzes/{quiz.uuid}/attempts/")
    assert len(caller.get("progress/").json()) == 1
    Enrollment.objects.update(left_at=datetime.now(UTC))
    assert caller.get("progress/").json() == []


def test_no_key_of_a_row_ever_leaves(caller: Caller, course: Course, quiz: Quiz) -> None:
    attempt = graded(caller, quiz, {"1": "k7"})["uuid"]
    paths = ["courses/", f"courses/{course.slug}/", "progress/", f"attempts/{attempt}/"]
    paths += [f"courses/{course.slug}/{part}/" for part in ("lessons", "lessons/the-wall", "concepts", "quizzes")]
    for path in paths:
        text = caller.get(path).content.decode()
        assert not OWN_NUMBERS.search(re.sub(r'"id":\s*"[a-z]\d"', "", text)), path


def test_lists_lead_on_in_the_body_and_in_the_header(caller: Caller) -> None:
    slugs = [make_course().slug for _ in range(3)]
    first = caller.get("courses/?page_size=2")
    second = caller.get(first.json()["next"].partition("/api/v1/")[2])
    back = caller.get(second.json()["previous"].partition("/api/v1/")[2])
    assert [course["slug"] for course in first.json()["results"]] == slugs[:2]
    assert [course["slug"] for course in second.json()["results"]] == slugs[2:]
    assert back.json()["results"] == first.json()["results"]
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert second["Link"] == f'<{second.json()["previous"]}>; rel="prev"'
    assert "Link" not in caller.get("courses/")


def test_a_row_that_comes_meanwhile_shifts_no_page(caller: Caller) -> None:
    slugs = [make_course().slug for _ in range(3)]
    first = caller.get("courses/?page_size=2").json()
    Course.objects.filter(slug=slugs[0]).update(state="archived")
    late = make_course().slug
    second = caller.get(first["next"].partition("/api/v1/")[2]).json()
    assert [course["slug"] for course in second["results"]] == [slugs[2], late]
