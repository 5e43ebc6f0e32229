"""One question of the bank: its wordings with how each does, and what else asks nearly the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from authoring.domain.bank import ENOUGH_ANSWERS, Search, found_in_bank
from authoring.domain.review import Decision, decision_on
from course.models import Course
from quizzes.domain.questions import title_of
from quizzes.models import ItemStatistic, Question, QuestionVersion, Quiz
from quizzes.near_duplicates import near_duplicates
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.words import asked_text
from quizzes.statistics.sums import MILLION
from quizzes.wording_diff import Difference, differences


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording with what became of it; `fraction` is the mean of its first answers, None while there are few."""

    version: QuestionVersion
    title: str
    decision: Decision
    answers: int
    fraction: float | None


@dataclass(frozen=True, slots=True)
class History:
    """A question over all its wordings, newest first, with its tags and the quizzes that seat it."""

    question: Question
    wordings: tuple[Wording, ...]
    tags: tuple[str, ...]
    quizzes: tuple[Quiz, ...]

    @property
    def newest(self) -> Wording:
        """The wording that was written last."""
        return self.wordings[0]

    @property
    def is_archived(self) -> bool:
        """Whether it was put away."""
        return any(each.version.archived_from for each in self.wordings)

    def wording(self, number: int) -> Wording | None:
        """The wording of this number, None when there is none."""
        return next((each for each in self.wordings if each.version.number == number), None)


def history_of(question: Question) -> History:
    """The question's history; four queries whatever its length."""
    versions = list(QuestionVersion.objects.filter(question=question).select_related("reviewed_by").order_by("-number"))
    answers = _answers(question)
    return History(
        question=question,
        wordings=tuple(_wording(version, *answers.get(version.pk, (0, 0.0))) for version in versions),
        tags=tuple(question.tags.order_by("name").values_list("name", flat=True)),
        quizzes=tuple(Quiz.objects.filter(items__question=question).order_by("position", "pk")),
    )


def _wording(version: QuestionVersion, answers: int, total: float) -> Wording:
    fraction = total / answers if answers >= ENOUGH_ANSWERS else None
    return Wording(version, title_of(version), decision_on(version), answers, fraction)


def _answers(question: Question) -> dict[int, tuple[int, float]]:
    kept = ItemStatistic.objects.filter(version__question=question, responses__gt=0)
    sums = kept.order_by().values("version").annotate(answers=Sum("responses"), total=Sum("fraction_sum"))
    return {row["version"]: (row["answers"], float(row["total"]) / MILLION) for row in sums}


def compared(old: QuestionVersion, new: QuestionVersion) -> list[Difference]:
    """What differs between two wordings of one question; nothing for a kind that is not known here."""
    try:
        return differences(question_type(new.kind), old.content, new.content)
    except UnknownKind:
        return []


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Questions that ask nearly the same: the first of them, and the others with their likeness to it, 0..1."""

    first: Wording
    others: tuple[tuple[Wording, float], ...]


def duplicates_in(course: Course) -> list[DuplicateGroup]:
    """The near duplicates among the questions in the bank, the likest first; one query."""
    versions = sorted(found_in_bank(course, Search()), key=lambda version: version.question_id)
    by_key = {version.pk: version for version in versions}
    found = near_duplicates({key: asked_text(version.content) for key, version in by_key.items()})
    groups = [
        DuplicateGroup(
            _wording(by_key[group.first], 0, 0.0),
            tuple((_wording(by_key[key], 0, 0.0), like) for key, like in group.others),
        )
        for group in found.groups
    ]
    return sorted(groups, key=_likest, reverse=True)


def _likest(group: DuplicateGroup) -> float:
    return max(like for _, like in group.others)
