"""Side questions: one question in the margin at the end of a section, for practice, judged where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from course.domain.anchors import anchors_that_stand
from course.domain.lesson_page import ReadPassage, Section, plain_passages, sections_of
from course.models import Enrollment, Lesson
from quizzes.domain.on_the_spot import PractisedQuestion, practised
from quizzes.domain.practising import practisable
from quizzes.models import AttemptState, QuestionVersion, QuizItem, QuizMode, Response, VersionState
from quizzes.questions import kinds
from quizzes.questions.base import Control

CHOOSING = tuple(kind.kind for kind in kinds() if kind.control in {Control.CHOOSE_ONE, Control.CHOOSE_MANY})
"""Kinds that are answered by choosing: they are short enough for a margin, and rules alone judge them."""


@dataclass(frozen=True, slots=True)
class SideQuestion:
    """What is asked at the end of a section, the first of `total` that could be; None where there is nothing now."""

    section: Section
    question: PractisedQuestion | None
    total: int


class Listed(Aggregate):
    """The values as one text with commas between them; NULL of none."""

    function = "GROUP_CONCAT"
    output_field = TextField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's name for it, which wants to be told the comma."""
        template = "%(function)s(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template, **extra)


def starts_of_proofs() -> Subquery:
    """For a query of lessons: where the proof begins of each question that may stand at the end of a section.

    Numbers between commas, NULL without any. Such a question is seated in a practice quiz that says nothing of its own
    about feedback, and in no other quiz; what a pool of another may draw is only found out when it is asked.
    """
    seats = QuizItem.objects.filter(question=OuterRef("question"))
    told = Q(quiz__mode=QuizMode.PRACTICE) & ~Q(quiz__feedback_policy__has_key="after_submit")
    versions = QuestionVersion.objects.filter(
        Exists(seats.filter(told)), ~Exists(seats.exclude(told)), state=VersionState.PUBLISHED, kind__in=CHOOSING
    )
    proofs = anchors_that_stand().filter(
        revision=OuterRef("revision"),
        start__gte=OuterRef("start"),
        end__lte=OuterRef("end"),
        question__in=versions.filter(question__course=OuterRef(OuterRef("course"))).values("uuid"),
    )
    listed = proofs.order_by().values("revision").annotate(starts=Listed(Cast("start", TextField())))
    return Subquery(listed.values("starts"))


def sections_with_question(passages: Iterable[ReadPassage], proofs: str | None) -> tuple[Section, ...]:
    """The sections in which one of the `proofs` begins, as starts_of_proofs lists them."""
    starts = [int(start) for start in proofs.split(",")] if proofs else []
    return tuple(each for each in sections_of(passages) if any(each.start <= start < each.end for start in starts))


def side_question(lesson: Lesson, *, section: int, part: Enrollment | None, turn: int = 0) -> SideQuestion | None:
    """What is asked at the end of the lesson's section with this number at `turn`; None without such a section.

    Any question that may be practised, is answered by choosing and is proved in the section; never one that an attempt
    in progress asks the learner with this `part`. `lesson` comes with its revision. Five queries.
    """
    here = next((each for each in sections_of(plain_passages(lesson)) if each.number == section), None)
    if here is None:
        return None
    versions = list(_proved_in(here, lesson, part))
    asked = practised(versions[turn % len(versions)], seed=turn, concept="") if versions else None
    return SideQuestion(here, asked, len(versions))


def _proved_in(section: Section, lesson: Lesson, part: Enrollment | None) -> QuerySet[QuestionVersion]:
    proofs = anchors_that_stand().filter(
        revision=lesson.revision_id, start__gte=section.start, start__lt=section.end, question__isnull=False
    )
    versions = practisable(lesson.course_id).filter(kind__in=CHOOSING, uuid__in=proofs.order_by().values("question"))
    if part is None:
        return versions
    running = Response.objects.filter(attempt__enrollment=part, attempt__state=AttemptState.IN_PROGRESS)
    return versions.exclude(question__in=running.values("version__question"))
