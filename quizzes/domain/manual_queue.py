"""What waits for a person, by question: answers nobody could grade by rule, and automatic grades drawn for an audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet

from course.models import Course
from quizzes.answer_groups import digest_of, near_groups, reads_as
from quizzes.domain.questions import title_of
from quizzes.models import AttemptState, Audit, AuditState, CauseKind, Grading, GradingEvent, Question, Response

BY_PEOPLE = (CauseKind.MANUAL, CauseKind.OVERRIDE, CauseKind.APPEAL)
"""The causes of gradings that a person decided about."""

TAKEN_BACK, RECOMPUTED, IMPORTED = "taken_back", "recomputed", "imported"
"""Stand in the detail of events that are no new decision about an answer: a person took theirs back, the rubric
changed under it, or a list of grades said what the whole attempt earned."""


def responses_waiting(among: Q) -> QuerySet[Response]:
    """Submitted responses `among` those it says that wait for a person, those drawn for an audit too.

    Each sort is found by an index of its own: asked for both in one breath, a database goes over every response.
    Audits that are open are few, whatever is asked for, and SQLite would look for them among all responses otherwise.
    """
    to_grade = Response.objects.filter(among, grading=Grading.PENDING_MANUAL).order_by().values("pk")
    audited = Audit.objects.filter(state=AuditState.OPEN).order_by().values("response")
    wait = Q(pk__in=to_grade.union(audited)) & Q(grading__in=[Grading.PENDING_MANUAL, Grading.GRADED])
    return Response.objects.filter(among, wait, attempt__state=AttemptState.SUBMITTED).order_by()


def waiting_count(course: Course) -> int:
    """How many responses of the course wait for a person. One query."""
    return responses_waiting(Q(version__question__course=course.pk)).count()


def decisions_of_people(question: Question) -> QuerySet[GradingEvent]:
    """The grading events by which people decided about answers to the question, those that were replaced too."""
    events = GradingEvent.objects.filter(version__question=question.pk, cause_kind__in=BY_PEOPLE)
    return events.filter(fraction__isnull=False).exclude(detail__has_any_keys=[TAKEN_BACK, RECOMPUTED, IMPORTED])


def stands_by_person(event: GradingEvent) -> bool:
    """Whether the event is a person's decision that stands: no regrade replaces it."""
    return event.cause_kind in BY_PEOPLE and event.fraction is not None and not event.detail.get(TAKEN_BACK)


def waiting_by_course(courses: QuerySet[Course]) -> list[Any]:
    """Those of the courses with something waiting, each with `waiting`, how much; by title. Two queries."""
    waiting = responses_waiting(Q(version__question__course__in=courses.order_by().values("pk")))
    counted = dict(waiting.values_list("version__question__course").annotate(Count("pk")))
    found: list[Any] = list(courses.filter(pk__in=counted).order_by("title", "pk"))
    for course in found:
        course.waiting = counted[course.pk]
    return found


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question with `waiting` ungraded answers and `audits` to look at; the oldest was submitted at `oldest`.

    `graders` have graded it before, who did so last first.
    """

    question: Question
    waiting: int
    audits: int
    oldest: datetime
    graders: tuple[str, ...]

    @property
    def title(self) -> str:
        """The newest wording that learners were asked, in one line."""
        versions = [each for each in self.question.versions.all() if each.published_at is not None]
        return title_of(versions[-1]) if versions else ""


def questions_waiting(course: Course) -> list[WaitingQuestion]:
    """Every question of the course with something waiting, the longest waiting first. Three queries."""
    rows = (
        responses_waiting(Q(version__question__course=course.pk))
        .values("version__question")
        .annotate(
            waiting=Count("pk", filter=Q(grading=Grading.PENDING_MANUAL)),
            audits=Count("pk", filter=Q(grading=Grading.GRADED)),
            oldest=Min("attempt__submitted_at"),
        )
        .order_by("oldest", "version__question")
    )
    found = {row["version__question"]: row for row in rows}
    questions = Question.objects.prefetch_related("versions").in_bulk(found)
    graders = graders_of(found)
    return [
        WaitingQuestion(questions[pk], row["waiting"], row["audits"], row["oldest"], graders.get(pk, ()))
        for pk, row in found.items()
    ]


def waiting_behind(course: Course, after: str) -> list[WaitingQuestion]:
    """Those of `questions_waiting` behind the one whose `cursor_of` this is; all of them for anything else.

    What is handed in meanwhile shifts nothing. One query more.
    """
    moment, _, uuid = after.rpartition("~")
    found = questions_waiting(course)
    try:
        begin = Question.objects.filter(course=course, uuid=UUID(uuid)).values_list("pk", flat=True).first() or 0
    except ValueError:
        return found
    return [each for each in found if (each.oldest.isoformat(), each.question.pk) > (moment, begin)]


def cursor_of(waiting: WaitingQuestion) -> str:
    """What leads to the questions behind this one, also once nothing of it waits any more."""
    return f"{waiting.oldest.isoformat()}~{waiting.question.uuid}"


def graders_of(questions: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The names of the people who graded each of the questions (by key), who did so last first. One query."""
    rows = (
        GradingEvent.objects.filter(
            version__question__in=list(questions), cause_kind__in=BY_PEOPLE, actor__isnull=False
        )
        .order_by()
        .values("version__question", "actor", "actor__name", "actor__email")
        .annotate(last=Max("at"))
        .order_by("-last", "actor")
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        key, name = row["version__question"], row["actor__name"] or row["actor__email"] or "Somebody"
        found[key] = (*found.get(key, ()), name)
    return found


def last_graded_at(course: Course) -> datetime | None:
    """When a person last graded an answer of the course; None when nobody ever did. One query."""
    graded = GradingEvent.objects.filter(version__question__course=course.pk, cause_kind__in=BY_PEOPLE)
    last: datetime | None = graded.aggregate(last=Max("at"))["last"]
    return last


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which an answer was put, by `responses` (keys). `answer` is as it was first given.

    `digest` names it in forms and addresses.
    """

    digest: str
    answer: Any
    responses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers to one version of a question that say the same, the most frequent variant first.

    `standing` is the automatic grade when the group is an audit, else None; `max_points` is what its first answer is
    worth.
    """

    version: int
    variants: tuple[Variant, ...]
    standing: Decimal | None
    max_points: Decimal
    oldest: datetime

    @property
    def digest(self) -> str:
        """Its name in addresses; groups stand in the order of their names, which is that of no learner."""
        return self.variants[0].digest

    @property
    def is_audit(self) -> bool:
        """Whether an automatic grade stands, which a person is to look at."""
        return self.standing is not None

    @property
    def responses(self) -> tuple[int, ...]:
        """The keys of all its responses."""
        return tuple(response for variant in self.variants for response in variant.responses)

    @property
    def size(self) -> int:
        """How many responses it holds."""
        return sum(len(variant.responses) for variant in self.variants)


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """A response as it waits: its key, its answer, when it was submitted, and the grade under audit, if it has one."""

    pk: int
    version: int
    answer: Any
    standing: Decimal | None
    max_points: Decimal
    submitted_at: datetime


def answers_waiting(question: Question) -> list[WaitingAnswer]:
    """Every response to the question that waits, the oldest first. One query."""
    rows = responses_waiting(Q(version__question=question.pk))
    columns = ("pk", "version", "answer", "fraction", "max_points", "attempt__submitted_at")
    return [WaitingAnswer(*row) for row in rows.order_by("attempt__submitted_at", "pk").values_list(*columns)]


def groups_waiting(question: Question) -> list[AnswerGroup]:
    """What waits of the question in groups of answers that say the same, in the order of their digests. One query.

    The order says nothing of who answered or when, so that neither weighs on a grade. Same answers, same groups.
    10,000 different answers of fifty words take some three seconds, 1,000 a third of one.
    """
    parts: dict[tuple[int, Decimal | None], list[WaitingAnswer]] = {}
    for each in answers_waiting(question):
        parts.setdefault((each.version, each.standing), []).append(each)
    groups = [group for answers in parts.values() for group in _grouped(answers)]
    return sorted(groups, key=lambda group: group.digest)


def _grouped(answers: Sequence[WaitingAnswer]) -> list[AnswerGroup]:
    """Groups of answers to one version that have the same standing grade, or none."""
    by_text: dict[str, list[WaitingAnswer]] = {}
    for each in answers:
        by_text.setdefault(reads_as(each.answer), []).append(each)
    # Slips are looked for in texts alone: in ids of options one letter makes another answer.
    counts = {text: len(found) for text, found in by_text.items() if isinstance(found[0].answer, str)}
    groups = [*near_groups(counts), *((text,) for text in by_text if text not in counts)]
    return [
        AnswerGroup(
            version=answers[0].version,
            variants=tuple(_variant(text, by_text[text]) for text in texts),
            standing=answers[0].standing,
            max_points=by_text[texts[0]][0].max_points,
            oldest=min(each.submitted_at for text in texts for each in by_text[text]),
        )
        for texts in groups
    ]


def _variant(text: str, answers: Sequence[WaitingAnswer]) -> Variant:
    first = answers[0]
    return Variant(
        variant_digest(first.version, text, first.standing), first.answer, tuple(each.pk for each in answers)
    )


def variant_digest(version: int, text: str, standing: Decimal | None) -> str:
    """The name of a variant: of what it reads as, in one version, waiting for a grade or under audit."""
    return digest_of(str(version), text, "" if standing is None else str(standing))


def group_from(groups: Sequence[AnswerGroup], digest: str) -> int | None:
    """The place of the group with this digest, else of the next one in order, else of the first; None without any."""
    if not groups:
        return None
    return next((place for place, group in enumerate(groups) if group.digest >= digest), 0)


def learners_of(responses: Iterable[int], *, most: int) -> list[str]:
    """The names of who gave these answers, in alphabetical order, at most so many. One query."""
    rows = Response.objects.filter(pk__in=list(responses)).order_by(F("attempt__enrollment__user__name").asc())
    people = rows.values_list("attempt__enrollment__user__name", "attempt__enrollment__user__email")
    return [name or email or "Somebody not signed in" for name, email in people[:most]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a grader would give, as a fraction in [0, 1], and how it came to it, in sentences. Never a grade alone."""

    fraction: Decimal
    path: tuple[str, ...]


def suggestion_for(response: int) -> Suggestion | None:
    """What the grader suggested for the response (by key) when it left it to a person; None without one. One query."""
    events = GradingEvent.objects.filter(response=response, cause_kind=CauseKind.SUBMIT).order_by("-number")
    return suggestion_in(events.values_list("detail", flat=True).first() or {})


def suggestion_in(detail: Mapping[str, Any]) -> Suggestion | None:
    """The suggestion that an event's detail carries; None without one."""
    suggested = detail.get("suggestion")
    if isinstance(suggested, dict):
        suggested = suggested.get("fraction")
    if isinstance(suggested, bool) or not isinstance(suggested, int | float | str):
        return None
    path = detail.get("path", ())
    return Suggestion(Decimal(str(suggested)), (path,) if isinstance(path, str) else tuple(map(str, path)))


def audits_waiting(responses: Iterable[int]) -> QuerySet[Audit]:
    """The open audits of these responses."""
    return Audit.objects.filter(response__in=list(responses), state=AuditState.OPEN)
