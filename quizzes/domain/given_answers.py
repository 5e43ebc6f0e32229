"""What was answered to one question, over all its wordings: answers that say the same together, and each by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from quizzes.answer_groups import digest_of, near_groups, reads_as
from quizzes.domain.buckets import UNANSWERED, bucket_of
from quizzes.domain.chosen_attempts import attempts_counting, chosen_attempts
from quizzes.domain.verdicts import Verdict, verdict_of
from quizzes.models import Question, QuestionVersion, Response
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from quizzes.statistics.quiz import Which

NOTHING = "null"
"""How an answer that was never given is written as JSON."""
MOST_COMPARED = 2_000
"""So many different texts, the most frequent, are compared for slips; all others stand by themselves."""


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which answers to a question are looked at; "" and None ask for all. `quiz` is a slug, `cohort` a uuid."""

    which: Which = Which.FIRST
    quiz: str = ""
    cohort: str = ""
    version: int | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class GivenVariant:
    """One way in which an answer was put, `count` times; `written` is its JSON as the database has it."""

    written: str
    answer: Any
    count: int


@dataclass(frozen=True, slots=True)
class GivenGroup:
    """Answers to one version that say the same and did the same, the most frequent variant first.

    `bucket` is what the version's kind files them under. `digest` names the group in addresses.
    """

    version: QuestionVersion
    grading: str
    fraction: Decimal | None
    verdict: Verdict
    bucket: str
    variants: tuple[GivenVariant, ...]
    digest: str

    @property
    def count(self) -> int:
        """How many answers it holds."""
        return sum(variant.count for variant in self.variants)

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands among groups: the largest come first."""
        return -self.count, self.digest

    @property
    def cursor(self) -> str:
        """What leads to the groups behind it."""
        return f"{self.count}-{self.digest}"


def versions_asked(question: Question) -> list[QuestionVersion]:
    """The wordings of the question that learners were asked, the newest first. One query."""
    asked = QuestionVersion.objects.filter(question=question.pk, published_at__isnull=False)
    return list(asked.select_related("question").order_by("-number"))


def responses_to(question: Question, wanted: AnswerFilter) -> QuerySet[Response]:
    """The responses that the filter lets through, whatever their verdict: of attempts handed in that count."""
    attempts = attempts_counting().filter(quiz__course=question.course_id)
    if wanted.quiz:
        attempts = attempts.filter(quiz__slug=wanted.quiz)
    if wanted.cohort:
        attempts = attempts.filter(enrollment__cohort__uuid=wanted.cohort)
    chosen = chosen_attempts(attempts, wanted.which).values("pk")
    found = Response.objects.filter(version__question=question.pk, attempt__in=chosen)
    return found if wanted.version is None else found.filter(version__number=wanted.version)


def given_groups(
    question: Question, *, versions: Sequence[QuestionVersion], wanted: AnswerFilter = AnswerFilter()
) -> list[GivenGroup]:
    """What was answered in groups of answers that say the same, the most frequent first. One query.

    `versions` are those that learners were asked. The database counts equal answers, so what a thousand learners chose
    costs no more than what ten did. Same answers, same groups.
    """
    by_key = {version.pk: version for version in versions}
    alike: dict[tuple[int, str, Decimal | None], list[GivenVariant]] = {}
    counted = _with_written(responses_to(question, wanted)).order_by()
    columns = counted.values_list("version", "grading", "fraction", "written").annotate(count=Count("pk"))
    for version, grading, fraction, written, count in columns:
        variant = GivenVariant(written, json.loads(written), count)
        alike.setdefault((version, grading, fraction), []).append(variant)
    groups = (
        group
        for (version, grading, fraction), variants in alike.items()
        for group in _grouped(by_key[version], grading, fraction, variants)
    )
    return sorted((each for each in groups if wanted.verdict in ("", each.verdict)), key=attrgetter("place"))


def _with_written(responses: QuerySet[Response]) -> QuerySet[Any]:
    return responses.annotate(written=Coalesce(Cast("answer", TextField()), Value(NOTHING, TextField())))


def _grouped(
    version: QuestionVersion, grading: str, fraction: Decimal | None, variants: Iterable[GivenVariant]
) -> Iterable[GivenGroup]:
    by_text: dict[str, list[GivenVariant]] = {}
    for variant in sorted(variants, key=lambda each: (-each.count, each.written)):
        by_text.setdefault(_reading(version, variant.answer), []).append(variant)
    for texts in _near(by_text):
        own = [variant for text in texts for variant in by_text[text]]
        bucket = bucket_of(version, own[0].answer)
        verdict = verdict_of(grading, fraction, is_answered=bucket != UNANSWERED)
        digest = digest_of(str(version.uuid), grading, str(fraction), texts[0])
        yield GivenGroup(version, grading, fraction, verdict, bucket, tuple(own), digest)


def _reading(version: QuestionVersion, answer: Any) -> str:
    """What counts when answers are compared: of options, not the order in which they were ticked."""
    try:
        return reads_as(question_type(version.kind).parse(version.content, answer))
    except (UnknownKind, BrokenQuestion, InvalidAnswer):
        return reads_as(answer)


def _near(by_text: Mapping[str, Sequence[GivenVariant]]) -> list[tuple[str, ...]]:
    """The readings in groups; slips are looked for in texts alone: in ids of options one letter is another answer."""
    counts = {text: sum(each.count for each in own) for text, own in by_text.items() if isinstance(own[0].answer, str)}
    compared = dict(islice(sorted(counts.items(), key=lambda each: (-each[1], each[0])), MOST_COMPARED))
    return [*near_groups(compared), *((text,) for text in by_text if text not in compared)]


def groups_after(groups: Sequence[GivenGroup], cursor: str, *, most: int) -> list[GivenGroup]:
    """At most so many of the groups behind the cursor, in order; from the first on for one that is none.

    Answers that come in meanwhile shift nothing.
    """
    count, _, digest = cursor.partition("-")
    if not (re.fullmatch("[0-9]{1,12}", count) and digest):
        return list(groups[:most])
    return list(islice((group for group in groups if group.place > (-int(count), digest)), most))


def group_named(groups: Iterable[GivenGroup], digest: str) -> GivenGroup | None:
    """The group of this digest; None where there is none, or no longer."""
    return next((group for group in groups if group.digest == digest), None)


def answers_in(group: GivenGroup, *, wanted: AnswerFilter, after: str = "", most: int) -> list[Response]:
    """At most so many of the group's responses behind the cursor, each with attempt, quiz and learner. One query.

    Their order says nothing of who answered or when. The cursor is `cursor_of` a response.
    """
    found = _with_written(responses_to(group.version.question, wanted)).filter(
        _behind(after),
        version=group.version,
        grading=group.grading,
        written__in=[variant.written for variant in group.variants],
        **({"fraction__isnull": True} if group.fraction is None else {"fraction": group.fraction}),
    )
    together = found.select_related("version", "attempt__quiz", "attempt__enrollment__user")
    return list(together.order_by(F("attempt__uuid").asc(), "position")[:most])


def _behind(cursor: str) -> Q:
    uuid, _, position = cursor.rpartition("-")
    try:
        attempt = UUID(uuid)
        return Q(attempt__uuid__gt=attempt) | Q(attempt__uuid=attempt, position__gt=int(position))
    except ValueError:
        return Q()


def cursor_of(response: Response) -> str:
    """What leads to the responses behind this one."""
    return f"{response.attempt.uuid}-{response.position}"
