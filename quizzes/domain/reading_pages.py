"""What the pages of reading show beside the text: each lesson with its checkpoint, a course, a learner's home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, JSONObject, Lower, Substr

from accounts.models import User
from course.domain.anchors import anchors_that_stand
from course.domain.lesson_page import lessons_with_reading
from course.models import (
    Article,
    Concept,
    ConceptState,
    Course,
    CourseState,
    Enrollment,
    Lesson,
    LessonReading,
    Passage,
    Visibility,
)
from course.reading.outline import PassageKind
from course.rules import is_current, parts_of
from jobs.domain.prepared import prepared
from quizzes.domain.deadlines import window_of
from quizzes.domain.drawing import asked_by
from quizzes.domain.side_questions import starts_of_proofs
from quizzes.models import Attempt, AttemptState, Quiz, QuizItem, Result
from quizzes.policy import Shown, policy_for, shown_now

LISTED = 50
"""A list on a page ends here: a long history or catalogue must not make it heavier."""


def lessons_with_checkpoint(course: int, enrollment: Enrollment | None, *, reading: int = 0) -> list[Any]:
    """The course's lessons in order with `is_read` and `quiz`: None, or the lesson's first quiz that asks anything.

    `quiz` is {"slug", "title", "questions", "taken"}; `taken` says whether the learner has a result on it. The lesson
    with the key `reading` also says in `proofs` where side questions of it are proved; None for any other.
    """
    return _with_checkpoint(course=course, enrollment=enrollment.pk if enrollment else None, reading=reading)


@prepared
def _with_checkpoint(*, course: int, enrollment: int | None, reading: int) -> QuerySet[Any]:
    quiz = (
        asking_quizzes()
        .filter(lesson=OuterRef("pk"))
        .annotate(taken=Exists(Result.objects.filter(enrollment=enrollment, quiz=OuterRef("pk"))))
        .order_by("position", "pk")
    )
    fields = JSONObject(slug="slug", title="title", questions="questions", taken="taken")
    checkpoint = Subquery(quiz.values(fields=fields)[:1])
    proofs = Case(When(pk=reading, then=starts_of_proofs()), output_field=TextField())
    lessons: QuerySet[Any] = lessons_with_reading(course, enrollment).annotate(quiz=checkpoint, proofs=proofs)
    return lessons


def asking_quizzes() -> QuerySet[Any]:
    """Quizzes that are offered and ask something, each with how many `questions` it asks, those of pools among them."""
    asking = asked_by(QuizItem.objects.filter(quiz=OuterRef("pk")))
    asked = asking.order_by().values("quiz").annotate(asked=Sum("asks")).values("asked")
    questions = Coalesce(Subquery(asked, output_field=IntegerField()), Value(0))
    return Quiz.objects.filter(archived_at=None).annotate(questions=questions).filter(questions__gt=0)


@dataclass(frozen=True, slots=True)
class CoursePage:
    """Everything a course's page shows.

    Each quiz has `questions` and `shown`: the learner's fraction, or None. Each concept comes with the lesson that
    names it first, or None.
    """

    course: Course
    lessons: tuple[Any, ...]
    quizzes: tuple[Any, ...]
    concepts: tuple[tuple[Concept, Any], ...]
    articles: tuple[Article, ...]

    @property
    def defined(self) -> list[tuple[Concept, Any]]:
        """The concepts that are explained."""
        return [pair for pair in self.concepts if pair[0].definition]

    @property
    def named(self) -> list[tuple[Concept, Any]]:
        """The concepts that are only named."""
        return [pair for pair in self.concepts if not pair[0].definition]


def course_page(course: Course, *, enrollment: Enrollment | None, at: datetime) -> CoursePage:
    """The course's page; five queries whatever the number of anything."""
    lessons = tuple(lessons_with_checkpoint(course.pk, enrollment))
    concepts = Concept.objects.filter(course=course, state=ConceptState.ACCEPTED).order_by(Lower("term"))
    first = first_lessons(course.pk, lessons)
    return CoursePage(
        course=course,
        lessons=lessons,
        quizzes=tuple(_quizzes_with_fraction(course, enrollment, at)),
        concepts=tuple((concept, first.get(concept.pk)) for concept in concepts),
        articles=tuple(Article.objects.filter(revisions__lessons__course=course).distinct().order_by("pk")),
    )


def _quizzes_with_fraction(course: Course, enrollment: Enrollment | None, at: datetime) -> list[Any]:
    results = Result.objects.filter(enrollment=enrollment, quiz=OuterRef("pk"))
    quizzes = asking_quizzes().filter(course=course).annotate(result=Subquery(results.values("fraction")[:1]))
    found = list(quizzes.order_by("position", "pk"))
    for quiz in found:
        quiz.shown = quiz.result if is_shown(quiz, enrollment, Shown.FRACTION, at=at) else None
    return found


def is_shown(quiz: Quiz, enrollment: Enrollment | None, what: Shown, *, at: datetime) -> bool:
    """Whether the quiz's policy lets the learner see this of a submitted attempt at `at`."""
    closed = window_of(quiz, enrollment).is_closed(at)
    return what in shown_now(policy_for(quiz.mode, quiz.feedback_policy), submitted=True, closed=closed)


def first_lessons(course: int, lessons: Sequence[Any]) -> dict[int, Any]:
    """For each accepted concept (by key) the first of the course's lessons that names it; one query."""
    mentions = anchors_that_stand().filter(
        mention__concept__course=course, mention__concept__state=ConceptState.ACCEPTED
    )
    places: list[Any] = list(mentions.values_list("mention__concept", "revision", "start"))
    first: dict[int, Any] = {}
    for lesson in sorted(lessons, key=lambda lesson: lesson.position):
        for concept, revision, start in places:
            if revision == lesson.revision_id and lesson.start <= start < lesson.end:
                first.setdefault(concept, lesson)
    return first


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a learner finds at home: their courses, the latest first, their newest attempts, and courses to begin."""

    courses: tuple[Any, ...]
    attempts: tuple[Attempt, ...]
    others: tuple[Any, ...]


def home_page(person: User | None) -> HomePage:
    """Home for the person, or for a visitor who has not signed in; at most three queries."""
    if person is None:
        return HomePage(courses=(), attempts=(), others=tuple(courses_to_begin(None)))
    return HomePage(
        courses=tuple(courses_begun(person)),
        attempts=tuple(newest_attempts(person)),
        others=tuple(courses_to_begin(person)),
    )


def courses_begun(person: User) -> QuerySet[Any]:
    """The person's published courses, the one touched last first.

    Each has `parts`, `parts_read`, `touched_at`, and what is next as `next_lesson` {"slug", "title", "number",
    "words"} and `next_quiz` {"slug", "title"}, each None when there is none left.
    """
    enrollment = parts_of(person.pk).filter(course=OuterRef("pk"))
    # By the person's own part in the course: by its lessons and quizzes, everybody's would be gone through.
    own = {"enrollment__user": person, "enrollment__course": OuterRef("pk")}
    readings, attempts = LessonReading.objects.filter(**own), Attempt.objects.filter(**own)
    courses: QuerySet[Any] = _published().annotate(
        enrolled_at=Subquery(enrollment.values("enrolled_at")[:1]),
        parts_read=_count(readings, "enrollment__course"),
        last_read_at=_latest(readings, "enrollment__course", "read_at"),
        last_try_at=_latest(attempts, "enrollment__course", "started_at"),
        next_lesson=_next_lesson(person),
        next_quiz=_next_quiz(person),
    )
    # SQLite's greatest of several is NULL when one of them is.
    since = [Coalesce(moment, "enrolled_at") for moment in ("last_read_at", "last_try_at")]
    begun: QuerySet[Any] = courses.filter(enrolled_at__isnull=False).annotate(
        touched_at=Greatest("enrolled_at", *since)
    )
    return begun.order_by("-touched_at", "pk")[:LISTED]


def newest_attempts(person: User) -> QuerySet[Attempt]:
    """The person's newest attempts that are in progress or submitted, with quiz, course and enrolment."""
    mine = Attempt.objects.filter(is_current("enrollment__"), enrollment__user=person)
    mine = mine.filter(quiz__course__state=CourseState.PUBLISHED).exclude(state=AttemptState.VOID)
    return mine.select_related("quiz__course", "enrollment").order_by("-started_at")[:10]


def courses_to_begin(person: User | None) -> QuerySet[Any]:
    """Public courses the person has no part in, newest first, with `parts`, `words` and the `next_lesson` to begin."""
    courses: QuerySet[Any] = _published().filter(visibility=Visibility.PUBLIC).annotate(next_lesson=_next_lesson(None))
    if person is not None:
        courses = courses.exclude(Exists(parts_of(person.pk).filter(course=OuterRef("pk"))))
    return courses.order_by("-published_at", "pk")[:LISTED]


def opening_of(course: int, lesson_slug: str, *, most: int = 400) -> str:
    """The first `most` characters of the lesson's first paragraph; "" when it has none. One query."""
    lesson = Lesson.objects.filter(course=course, slug=lesson_slug)
    passages = Passage.objects.filter(
        kind=PassageKind.PARAGRAPH,
        revision=Subquery(lesson.values("revision")[:1]),
        cleaner=Subquery(lesson.values("cleaner")[:1]),
        start__gte=Subquery(lesson.values("start")[:1]),
        end__lte=Subquery(lesson.values("end")[:1]),
    )
    first = passages.order_by("position").annotate(
        opening=Substr("revision__text", F("start") + 1, F("end") - F("start"))
    )
    return str(first.values_list("opening", flat=True).first() or "")[:most]


def _published() -> QuerySet[Any]:
    lessons = Lesson.objects.filter(course=OuterRef("pk")).order_by()
    words = lessons.values("course").annotate(words=Sum("words")).values("words")
    return Course.objects.filter(state=CourseState.PUBLISHED).annotate(
        parts=_count(lessons, "course"), words=Coalesce(Subquery(words), Value(0))
    )


def _next_lesson(person: User | None) -> Subquery:
    read = LessonReading.objects.filter(enrollment__user=person, lesson=OuterRef("pk"))
    before = Lesson.objects.filter(course=OuterRef("course"), position__lte=OuterRef("position"))
    lessons = (
        Lesson.objects.filter(course=OuterRef("pk")).annotate(number=_count(before, "course")).order_by("position")
    )
    unread = lessons if person is None else lessons.filter(~Exists(read))
    return Subquery(unread.values(fields=JSONObject(slug="slug", title="title", number="number", words="words"))[:1])


def _next_quiz(person: User) -> Subquery:
    taken = Result.objects.filter(enrollment__user=person, quiz=OuterRef("pk"))
    quizzes = asking_quizzes().filter(course=OuterRef("pk")).filter(~Exists(taken)).order_by("position", "pk")
    return Subquery(quizzes.values(fields=JSONObject(slug="slug", title="title"))[:1])


def _count(rows: QuerySet[Any], group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _latest(rows: QuerySet[Any], group: str, field: str) -> Subquery:
    return Subquery(rows.order_by().values(group).annotate(latest=Max(field)).values("latest"))
