"""Questions as programs write them: content that its kind takes, and the proof by its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from secrets import token_hex
from typing import Any

from django.db import transaction

from accounts.models import User
from authoring.domain.passages import seen_passages
from authoring.domain.proofs import Wording, joined, save_proved, words_within, write_question
from course.domain.concept_changes import Found
from course.errors import NoTextYet, NotInTheText
from course.models import Concept, Course, Lesson
from quizzes.domain.tagging import set_tags
from quizzes.errors import QuizError
from quizzes.grading.base import GraderFault, GradingRequest
from quizzes.grading.guard import grade
from quizzes.models import QuestionVersion
from quizzes.questions import question_type
from quizzes.questions.answers import is_storable
from quizzes.questions.base import BrokenQuestion, Outcome, Problem
from quizzes.questions.ids import with_fresh_ids

DEEPEST = 20
"""How many lists and objects may stand in one another in a question's content."""
LARGEST_NUMBER = 10**30
UNSTORABLE = Problem("unstorable", "It holds characters, numbers or nesting that cannot be stored. Remove them.")


class QuestionUnsound(QuizError):
    """The content is none that its kind can ask and grade; `problems` holds all of them at once, each with its path."""

    code = "question_unsound"
    message = "This question cannot be asked or graded yet. Nothing was saved."

    def __init__(self, problems: Sequence[Problem] = ()) -> None:
        super().__init__()
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """What somebody writes: of which kind, on which concept, and the quotes that prove it, letter by letter."""

    kind: str
    content: Mapping[str, Any]
    concept: Concept | None = None
    proof: Sequence[str] = ()
    tags: Sequence[str] = ()


@transaction.atomic
def add_written(course: Course, *, question: WrittenQuestion, by: User) -> QuestionVersion:
    """The question stands as a draft of this person's, its options, gaps or sentences under fresh ids.

    Raises UnknownKind, QuestionUnsound with every problem, NotInTheText for a quote that does not stand in what is
    read, and NoTextYet while the course has no lesson.
    """
    content = sound(question.kind, question.content)
    lessons = list(Lesson.objects.filter(course=course.pk).select_related("revision").order_by("position"))
    if not lessons:
        raise NoTextYet
    proof = quoted(course, question.proof)
    wording = Wording(question.kind, content, question.concept)
    version = write_question(course, wording=wording, lesson=_home(lessons, proof), proof=proof, by=by)
    set_tags(version.question, names=question.tags, by=by)
    return version


def _home(lessons: Sequence[Lesson], proof: Sequence[Found]) -> Lesson:
    """The lesson in which the first of the proof stands, else the first of all."""
    holding = (
        each
        for each in lessons
        if proof and each.revision_id == proof[0].revision.pk and each.start <= proof[0].span.start < each.end
    )
    return next(holding, lessons[0])


@transaction.atomic
def save_written(
    course: Course,
    version: QuestionVersion,
    *,
    content: Mapping[str, Any] | None,
    proof: Sequence[str] | None,
    seen: str,
    by: User,
) -> QuestionVersion:
    """The question's draft reads as `content` and is proved by these quotes; a published one gets a new version.

    None keeps what stands. Raises as `add_written` and `quizzes.domain.wordings.save_wording` do.
    """
    changed = content is not None and dict(content) != version.content
    wanted = sound(version.kind, content) if changed and content is not None else version.content
    found = None if proof is None else quoted(course, proof)
    return save_proved(course, version, content=wanted, proof=found, seen=seen, by=by)


def sound(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with fresh ids, as it can be stored. Raises UnknownKind, and QuestionUnsound with every problem."""
    if not _can_be_stored(content, DEEPEST):
        raise QuestionUnsound([UNSTORABLE])
    checked = dict(with_fresh_ids(kind, content, token_hex()))
    problems = question_type(kind).check(checked)
    if problems:
        raise QuestionUnsound(problems)
    return checked


def _can_be_stored(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_NUMBER and isfinite(value)
    if isinstance(value, Mapping):
        return depth > 0 and all(is_storable(name) and _can_be_stored(each, depth - 1) for name, each in value.items())
    if isinstance(value, list):
        return depth > 0 and all(_can_be_stored(each, depth - 1) for each in value)
    return value is None


def quoted(course: Course, quotes: Iterable[str]) -> list[Found]:
    """Where each quote stands first in what learners read, in the order of the text. Raises NotInTheText."""
    passages = seen_passages(course)
    found = [words_within(quote, passages) for quote in quotes]
    if None in found:
        raise NotInTheText
    return joined(piece for piece in found if piece is not None)


def tried_answer(kind: str, content: Mapping[str, Any], answer: Any) -> Outcome:
    """What the answer would earn, by the function that grades; counted nowhere. Raises QuestionUnsound."""
    try:
        return grade(GradingRequest(kind, content, answer))
    except (BrokenQuestion, GraderFault) as fault:
        raise QuestionUnsound([Problem("cannot_be_graded", str(fault))]) from fault
