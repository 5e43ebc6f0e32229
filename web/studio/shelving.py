"""What somebody archived or restored last in the bank, kept with their session so that they can take it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from language import capital, counted, marked, say
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.models import Question
from web.studio.access import author

KEPT = "shelved"
UNDOING = {
    "archive": marked("Undo: archived {questions}"),
    "restore": marked("Undo: restored {questions}"),
}
UNDONE = {
    "archive": marked("Taken back. {questions} not archived any more."),
    "restore": marked("Taken back. {questions} not restored any more."),
}


@dataclass(frozen=True, slots=True)
class Shelved:
    """That questions of a course (by uuid) were archived or restored in one go."""

    do: str
    questions: tuple[UUID, ...]

    @property
    def undoing(self) -> str:
        """The button that takes it back, in words."""
        return say(UNDOING[self.do], questions=counted(len(self.questions), "question"))

    def undone(self, changed: int) -> str:
        """That it was taken back for so many questions."""
        return say(UNDONE[self.do], questions=capital(counted(changed, "question is", "questions are")))


def remember(request: HttpRequest, course: Any, *, do: str, questions: Collection[int]) -> None:
    """The person can take this back until they archive or restore something else; nothing to take back changes that."""
    if questions:
        named = Question.objects.filter(pk__in=questions).order_by("pk").values_list("uuid", flat=True)
        request.session[KEPT] = [str(course.uuid), do, [str(uuid) for uuid in named]]


def remembered(request: HttpRequest, course: Any) -> Shelved | None:
    """What this person archived or restored in the course last."""
    kept = request.session.get(KEPT)
    if not kept or kept[0] != str(course.uuid):
        return None
    return Shelved(kept[1], tuple(map(UUID, kept[2])))


def take_back(request: HttpRequest, course: Any) -> tuple[Shelved, int] | None:
    """What was remembered is undone, and forgotten; returns it and how many questions that changed. Else None."""
    last = remembered(request, course)
    if last is None:
        return None
    keys = list(Question.objects.filter(course=course.pk, uuid__in=last.questions).values_list("pk", flat=True))
    by = author(request)
    changed = restore_questions(keys, by=by) if last.do == "archive" else archive_questions(keys, by=by)
    del request.session[KEPT]
    return last, len(changed)
