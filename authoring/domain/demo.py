"""The demonstration: the sample course, two people to sign in as, and six weeks of invented learners' history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.domain.people import create_person
from accounts.models import User
from authoring.domain.course_import import import_course
from authoring.domain.demo_appeals import question_grades
from authoring.domain.demo_grading import DAYS, grade_now, live_openly
from authoring.domain.invented_learners import (
    PUT_OTHERWISE,
    InventedLearner,
    answers_right,
    invented_learners,
    time_taken,
    wrong_answer,
)
from authoring.domain.publish import publish_course
from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.domain.progress import mark_read
from course.models import Course, Enrollment, Lesson, Role
from jobs.domain.clock import database_now
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.rebuild import rebuild_statistics
from quizzes.domain.remembering import deck_of, recall
from quizzes.formats.course_file import parse
from quizzes.memory import Rating
from quizzes.models import Attempt, Quiz, QuizItem, Response
from quizzes.questions import kinds, question_type

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "belarus-between-two-chairs.postil"
INSTRUCTOR, LEARNER, GRADER = "instructor@example.org", "learner@example.org", "grader@example.org"
WARM_UP = timedelta(days=12)
REMEMBERING = 4
"""Every so many of the invented learners goes on to remember what they missed, once a week."""


@transaction.atomic
def load_demo(*, password: str, at: datetime | None = None) -> Course | None:
    """The sample course is published and has a history; None when it was loaded before, then only passwords change."""
    now = at or database_now()
    file = parse(SAMPLE.read_text(encoding="utf-8"))
    if Course.objects.filter(slug=file.slug).exists():
        _set_passwords(password)
        return None
    instructor = create_person(INSTRUCTOR, name="Ines Instructor", password=password, may_author=True)
    course = import_course(file, owner=instructor, at=now - timedelta(days=50))
    publish_course(course, at=now - timedelta(days=49))
    for number, learner in enumerate(invented_learners()):
        enrollment = enrol(course, person=create_person(learner.address, name=learner.name), at=now - learner.since)
        live_through(enrollment, learner=learner, until=now, seed=number)
        if number % REMEMBERING == 0:
            remember(enrollment, until=now, seed=number, every=7)
    _meet_in_cohorts(course)
    _add_demo_learner(course, password, now)
    _answer_openly(course, instructor, now)
    question_grades(course, by=instructor, until=now)
    rebuild_statistics(check=False)
    return course


def _set_passwords(password: str) -> None:
    for person in User.objects.filter(email__in=[INSTRUCTOR, LEARNER]):
        person.set_password(password)
        person.save(update_fields=["password"])


def _meet_in_cohorts(course: Course) -> None:
    """Every other learner comes in the morning, the rest in the evening."""
    keys = list(Enrollment.objects.filter(course=course, role=Role.LEARNER).order_by("pk").values_list("pk", flat=True))
    for start, name in enumerate(("Mornings", "Evenings")):
        cohort = make_cohort(course, name=name, actor=None)
        Enrollment.objects.filter(pk__in=keys[start::2]).update(cohort=cohort)


def _add_demo_learner(course: Course, password: str, now: datetime) -> None:
    person = create_person(LEARNER, name="Lena Learner", password=password)
    learner = InventedLearner(person.name, LEARNER, ability=0.4, diligence=1.0, since=WARM_UP)
    enrollment = enrol(course, person=person, at=now - WARM_UP)
    live_through(enrollment, learner=learner, until=now, seed=7, lessons=3)
    remember(enrollment, until=now, seed=7, every=1)


def _answer_openly(course: Course, instructor: User, now: datetime) -> None:
    colleague = create_person(GRADER, name="Greta Grader")
    enrol(course, person=colleague, role=Role.GRADER, at=now - timedelta(days=49))
    learners = Enrollment.objects.filter(course=course, role=Role.LEARNER, enrolled_at__lt=now - timedelta(days=DAYS))
    quizzes = list(_graded_by_people(course.pk).select_related("course").order_by("position", "pk"))
    if quizzes:
        others = list(learners.exclude(user__email=LEARNER).order_by("pk"))
        live_openly(quizzes, others, graders=[instructor, colleague], until=now)


def live_through(
    enrollment: Enrollment, *, learner: InventedLearner, until: datetime, seed: int, lessons: int | None = None
) -> None:
    """The learner has read lessons and taken quizzes since they began, one sitting after the other, up to `until`.

    Everything goes through the functions that real learners' actions go through, with the time of then.
    """
    chance = random.Random(seed)  # noqa: S311 -- invented people are no secret
    at = enrollment.enrolled_at
    for lesson, quiz in list(_sittings(enrollment.course_id))[:lessons]:
        at += timedelta(hours=chance.uniform(5, 90 if lessons is None else 60))
        if at >= until - timedelta(hours=1) or chance.random() > learner.diligence + 0.25:
            return
        if lesson is not None:
            mark_read(lesson, enrollment=enrollment, at=at)
        tries = 2 if chance.random() < 0.25 else 1
        for number in range(tries if quiz else 0):
            at += timedelta(minutes=chance.uniform(4, 25))
            at = _take(quiz, enrollment, learner, at, tries=number, chance=chance)


def remember(enrollment: Enrollment, *, until: datetime, seed: int, every: int) -> None:
    """Every so many days since they began, up to two days before `until`, the learner recalled what was due."""
    chance = random.Random(seed)  # noqa: S311 -- invented people are no secret
    for day in range((until - enrollment.enrolled_at).days, 1, -every):
        at = until - timedelta(days=day)
        for card in deck_of(enrollment, at=at).due:
            rating = chance.choice([Rating.HARD, Rating.GOOD, Rating.GOOD])
            recall(enrollment, card.question.uuid, rating=rating, number=card.number, at=at)


def _sittings(course: int) -> Iterator[tuple[Lesson | None, Quiz | None]]:
    """Every lesson with its quiz, then the quizzes of the whole course, but none that a person has to grade."""
    by_people = _graded_by_people(course).values("pk")
    quizzes = list(Quiz.objects.filter(course=course).exclude(pk__in=by_people).select_related("lesson"))
    for lesson in Lesson.objects.filter(course=course):
        yield lesson, next((quiz for quiz in quizzes if quiz.lesson_id == lesson.pk), None)
    yield from ((None, quiz) for quiz in quizzes if quiz.lesson_id is None)


def _graded_by_people(course: int) -> QuerySet[Quiz]:
    """The quizzes of the course that ask something a person has to grade."""
    kinds_read = [kind.kind for kind in kinds() if kind.grader == "rubric"]
    items = QuizItem.objects.filter(quiz=OuterRef("pk"), question__versions__kind__in=kinds_read)
    return Quiz.objects.filter(Exists(items), course=course)


def _take(
    quiz: Quiz | None,
    enrollment: Enrollment,
    learner: InventedLearner,
    at: datetime,
    *,
    tries: int,
    chance: random.Random,
) -> datetime:
    """When the learner had submitted."""
    if quiz is None:
        return at
    ended = at + time_taken(learner, chance=chance)
    attempt = start_attempt(quiz, enrollment=enrollment, at=at, seed=chance.getrandbits(40))
    given = [_answer(response, learner, tries, chance) for response in _responses(attempt)]
    save_answers(attempt, given=[answer for answer in given if answer is not None], at=at + (ended - at) / 2)
    submit_attempt(attempt, at=ended, hint=False)
    grade_now(attempt.uuid, at=ended + timedelta(seconds=chance.uniform(0.2, 3)))
    return ended


def _responses(attempt: Attempt) -> list[Response]:
    return list(Response.objects.filter(attempt=attempt).select_related("version__question"))


def _answer(response: Response, learner: InventedLearner, tries: int, chance: random.Random) -> GivenAnswer | None:
    version = response.version
    if chance.random() < 0.03:
        return None
    if answers_right(learner, version.question.key, tries=tries, chance=chance):
        raw = question_type(version.kind).model_answer(version.content)
    else:
        raw = wrong_answer(version.kind, version.content, chance=chance)
        raw = chance.choice([PUT_OTHERWISE.get(version.question.key, raw), raw])
    return GivenAnswer(response.position, raw, 0, confidence=chance.choice([None, 1, 2, 3]))
