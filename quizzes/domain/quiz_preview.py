"""What one learner would see of a quiz at one moment: by the functions that decide it for them, writing nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from course.models import Enrollment
from course.rules import courses_readable_to
from quizzes.domain.admission import Admission, admitted, pinned_policy
from quizzes.domain.deadlines import deadline_of
from quizzes.domain.drawing import drawn_questions
from quizzes.domain.quiz_page import QuizPage, quiz_page
from quizzes.domain.reading_pages import lessons_with_checkpoint
from quizzes.domain.seating import seed_for
from quizzes.errors import QuizError
from quizzes.models import QuestionVersion, Quiz
from quizzes.policy import Moment, Shown, is_interactive, shown_now, shown_while_answering
from quizzes.questions import question_type
from quizzes.questions.base import Presentation


@dataclass(frozen=True, slots=True)
class PreviewedQuestion:
    """A question as an attempt with the preview's seed would ask it, without its key."""

    position: int
    presentation: Presentation
    max_points: Decimal


@dataclass(frozen=True, slots=True)
class QuizPreview:
    """Everything the preview shows.

    `refusal` says in a sentence why no attempt can begin at that moment, "" when one can; `problem` why its questions
    cannot be drawn. `shown` says for each moment what the review would hold. `deadline` is that of an attempt begun
    then.
    """

    page: QuizPage
    finds_course: bool
    lessons_read: int
    lessons: int
    refusal: str
    is_practice: bool
    deadline: datetime | None
    questions: tuple[PreviewedQuestion, ...]
    problem: str
    shown: Mapping[Moment, frozenset[Shown]]
    has_closed: bool


def quiz_preview(quiz: Quiz, *, enrollment: Enrollment | None, at: datetime, seed: int) -> QuizPreview:
    """The quiz as the learner would have it at `at`; None for somebody who comes for the first time.

    `quiz` comes with its course and lesson. What the learner did so far counts as it stands today. Writes nothing.
    """
    page = quiz_page(quiz, enrollment=enrollment, at=at)
    readable = courses_readable_to(enrollment.user_id if enrollment else None, at=at)
    lessons = lessons_with_checkpoint(quiz.course_id, enrollment)
    is_practice = _is_practice(page, at)
    questions, problem = _drawn(quiz, seed)
    return QuizPreview(
        page=page,
        finds_course=readable.filter(pk=quiz.course_id).exists(),
        lessons_read=sum(bool(lesson.is_read) for lesson in lessons),
        lessons=len(lessons),
        refusal=page.refusal,
        is_practice=is_practice,
        deadline=None if is_practice else deadline_of(page.window, at),
        questions=questions,
        problem=problem,
        shown=_shown(quiz, is_practice=is_practice),
        has_closed=page.window.is_closed(at),
    )


def _is_practice(page: QuizPage, at: datetime) -> bool:
    try:
        return admitted(page.quiz, page.window, last=next(iter(page.attempts), None), at=at) == Admission.PRACTICE
    except QuizError:
        return False


def _drawn(quiz: Quiz, seed: int) -> tuple[tuple[PreviewedQuestion, ...], str]:
    try:
        drawn = drawn_questions(quiz, seed=seed)
    except QuizError as error:
        return (), str(error)
    versions = QuestionVersion.objects.in_bulk([each.version for each in drawn])
    asked = enumerate(((versions[each.version], each.max_points) for each in drawn), 1)
    return tuple(_question(position, version, points, seed) for position, (version, points) in asked), ""


def _question(position: int, version: QuestionVersion, points: Decimal, seed: int) -> PreviewedQuestion:
    presentation = question_type(version.kind).present(version.content, seed=seed_for(seed, position))
    return PreviewedQuestion(position, presentation, points)


def _shown(quiz: Quiz, *, is_practice: bool) -> Mapping[Moment, frozenset[Shown]]:
    policy = pinned_policy(quiz, is_practice=is_practice)
    at_once = shown_while_answering(policy, settled=True) if is_interactive(policy) else frozenset()
    return {
        Moment.AFTER_ANSWER: at_once,
        Moment.AFTER_SUBMIT: shown_now(policy, submitted=True, closed=False),
        Moment.AFTER_CLOSE: shown_now(policy, submitted=True, closed=True),
    }
