"""A learner says that a grade is not right; a person decides, for everybody who gave the same answer at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Min, QuerySet

from accounts.domain.audit import record_each
from accounts.domain.inbox import notify_each
from accounts.models import InboxMessage, User
from accounts.notices import notice_kind
from course.models import Course
from jobs.domain.clock import database_now
from quizzes.answer_groups import digest_of, reads_as
from quizzes.domain.course_events import tell_decided
from quizzes.domain.grading_locks import lock_learners
from quizzes.domain.overrides import override_grade
from quizzes.domain.questions import may_accept, record_deed
from quizzes.domain.regrade_planning import TOGETHER, planned
from quizzes.domain.regrades import covered_by, new_lines, plan_regrade
from quizzes.domain.versions import DRAFTS, new_version, publish_version
from quizzes.errors import GradedMeanwhile, NoRoomForAnswer, NothingToAppeal
from quizzes.models import (
    Appeal,
    AppealState,
    CauseKind,
    Grading,
    LineState,
    Question,
    QuestionVersion,
    RegradeLine,
    RegradeRun,
    Response,
    VersionState,
)
from quizzes.questions import question_type
from quizzes.questions.base import Content, InvalidAnswer

MOST_PREVIEWED = 2_000
"""Of a question with more answers, the preview looks at the newest; the run that follows looks at all."""


DECIDED = notice_kind(
    "appeal_decided",
    label="Appeals you raised",
    one="an appeal of yours was decided",
    many="{n} appeals of yours were decided",
)


def bucket_of(response: Response) -> str:
    """Under what equal answers are filed: the same for two that read alike, whatever their case or layout."""
    return digest_of(reads_as(response.answer))


def raise_appeal(response: Response, *, text: str, at: datetime | None = None) -> Appeal:
    """The learner's appeal is open, with their words; a second one while it is open is the first.

    The caller has seen to it that the response is the learner's own. It comes with its version, and is locked. Raises
    NothingToAppeal while there is no grade.
    """
    if response.grading != Grading.GRADED:
        raise NothingToAppeal
    try:
        with transaction.atomic():
            # Whoever erases the learner's words meanwhile has to see these, or to be waited for.
            Response.objects.select_for_update().only("pk").get(pk=response.pk)
            return Appeal.objects.create(
                response=response,
                question_id=response.version.question_id,
                bucket=bucket_of(response),
                text=text[:1000],
                created_at=at or database_now(),
            )
    except IntegrityError:
        return Appeal.objects.get(response=response, state=AppealState.OPEN)


@dataclass(frozen=True, slots=True)
class AppealedAnswer:
    """An answer that learners question the grade of: `appeals` open ones about it, the oldest at `since`."""

    appeal: Appeal
    appeals: int
    since: datetime


def appealed_answers(course: Course, *, after: UUID | None = None, most: int | None = None) -> list[AppealedAnswer]:
    """The answers with an open appeal in the course, the longest waiting first; two queries.

    At most so many, behind the appeal `after`, which takes one more; from the first where there is none.
    """
    open_ones = Appeal.objects.filter(question__course=course, state=AppealState.OPEN)
    groups = open_ones.order_by().values("question", "bucket").annotate(number=Count("pk"), first=Min("pk"))
    numbers = {group["first"]: group["number"] for group in groups}
    firsts = Appeal.objects.filter(pk__in=numbers).select_related("response__version", "question").order_by("pk")
    if after:
        begin = Appeal.objects.filter(question__course=course, uuid=after).values_list("pk", flat=True).first()
        firsts = firsts.filter(pk__gt=begin or 0)
    return [AppealedAnswer(appeal, numbers[appeal.pk], appeal.created_at) for appeal in firsts[:most]]


def together_with(appeal: Appeal) -> QuerySet[Appeal]:
    """The open appeals about the same answer to the same question, the oldest first."""
    same = Appeal.objects.filter(question=appeal.question_id, bucket=appeal.bucket, state=AppealState.OPEN)
    return same.select_related("response__attempt__enrollment__user", "response__version__question").order_by("pk")


def _still_open(appeal: Appeal) -> list[Appeal]:
    """Those of `together_with`, locked until the transaction ends: of two who decide at once one finds none."""
    together = together_with(appeal)
    # The learners first, as everybody locks them who changes grades.
    lock_learners(together.order_by().values("response__attempt__enrollment"))
    return list(together.select_for_update(of=("self",)))


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting an answer would change: the wording with it, and a line for each grade that would be another.

    `content` is None where the question's kind has no room for a further answer. `looked_at` is how many answers were
    graded for it, `of` how many there are. `proposal` is the draft of it that waits for a second person.
    """

    content: Content | None
    lines: tuple[RegradeLine, ...] = ()
    looked_at: int = 0
    of: int = 0
    proposal: QuestionVersion | None = None


def acceptance_of(appeal: Appeal, *, at: datetime) -> Acceptance:
    """The dry run of accepting the appeal: nothing is written, and no grade changes. Six queries."""
    newest, content = _wider(appeal)
    if newest is None or content is None:
        return Acceptance(None)
    candidate = QuestionVersion(
        question=newest.question, number=newest.number + 1, kind=newest.kind, content=dict(content), created_at=at
    )
    run = RegradeRun(course_id=newest.question.course_id, question_id=newest.question_id)
    covered = covered_by(run)
    responses = list(covered.select_related(*_within_a_response()).order_by("-pk")[:MOST_PREVIEWED])
    lines = planned(new_lines(run, responses), run=run, at=at, versions={newest.question_id: candidate})
    changed = tuple(line for line in lines if line.state == LineState.CHANGED)
    draft = _open_draft(appeal)
    proposal = draft if draft is not None and draft.content == content else None
    return Acceptance(content, changed, looked_at=len(lines), of=covered.count(), proposal=proposal)


def _within_a_response() -> list[str]:
    return [*(name.removeprefix("response__") for name in TOGETHER), "attempt__enrollment__user"]


def _wider(appeal: Appeal) -> tuple[QuestionVersion | None, Content | None]:
    """The question as it is published now, and its content with the appealed answer accepted."""
    versions = QuestionVersion.objects.filter(question=appeal.question_id, state=VersionState.PUBLISHED)
    newest = versions.select_related("question").first()
    if newest is None or newest.kind != appeal.response.version.kind:
        return newest, None
    kind = question_type(newest.kind)
    try:
        answer = kind.parse(newest.content, appeal.response.answer)
    except InvalidAnswer:
        return newest, None
    return newest, kind.with_accepted(newest.content, answer)


@transaction.atomic
def accept_for_everybody(appeal: Appeal, *, by: User, decision: str, at: datetime | None = None) -> RegradeRun | None:
    """The answer is accepted in a new published version, and a run grades every answer to the question again.

    The run applies itself once planned. Every open appeal about this answer is accepted, and its learner told. Where
    the course asks for two people, the first only proposes the version, which returns None and decides nothing; anybody
    else who accepts then does all of it. The question is locked. Raises NoRoomForAnswer, and NeedsAnotherPerson for
    one's own proposal, and GradedMeanwhile once somebody has decided about the appeal; then nothing changed.
    """
    now = at or database_now()
    Question.objects.select_for_update().only("pk").get(pk=appeal.question_id)
    appeals = _still_open(appeal)
    if not appeals:
        raise GradedMeanwhile("Somebody decided about this appeal first. Nothing of yours was saved.")
    newest, content = _wider(appeal)
    if newest is None or content is None:
        raise NoRoomForAnswer
    draft = _open_draft(appeal)
    if draft is None:
        draft = _proposed(newest, content, by=by, at=now)
        if not may_accept(draft, by=by):
            record_deed("proposed a corrected key", draft, by=by)
            return None
    elif draft.content != content:
        raise NoRoomForAnswer("This question has a draft that somebody is editing. Publish or reject it first.")
    publish_version(draft, by=by, at=now)
    run = plan_regrade(newest.question.course, question=newest.question, reason=decision, actor=by, at=now)
    _decide(appeals, AppealState.ACCEPTED, by=by, decision=decision, at=now, run=run)
    return run


def _open_draft(appeal: Appeal) -> QuestionVersion | None:
    drafts = QuestionVersion.objects.filter(question=appeal.question_id, state__in=DRAFTS)
    return drafts.select_related("question", "written_by").first()


def _proposed(newest: QuestionVersion, content: Content, *, by: User, at: datetime) -> QuestionVersion:
    """A draft with the wider key, which counts as this person's words."""
    draft = new_version(newest, content=content, at=at)
    draft.written_by = by
    draft.save(update_fields=["written_by"])
    return draft


@transaction.atomic
def accept_for_these(appeal: Appeal, *, by: User, decision: str, at: datetime | None = None) -> int:
    """Who appealed with this answer has full points by this person's word; the question stays. Returns how many.

    Nothing changes, and none are returned, once somebody has decided. Learners and appeals are locked.
    """
    now = at or database_now()
    appeals = _still_open(appeal)
    for each in appeals:
        override_grade(
            each.response, fraction=Decimal(1), reason=decision, actor=by, cause_kind=CauseKind.APPEAL, at=now
        )
    return _decide(appeals, AppealState.ACCEPTED, by=by, decision=decision, at=now)


@transaction.atomic
def decline(appeal: Appeal, *, by: User, decision: str, at: datetime | None = None) -> int:
    """The grade stands for everybody who appealed with this answer, and they are told why. Returns how many.

    Nothing changes, and none are returned, once somebody has decided. Learners and appeals are locked.
    """
    appeals = _still_open(appeal)
    return _decide(appeals, AppealState.DECLINED, by=by, decision=decision, at=at or database_now())


def _decide(appeals: Sequence[Appeal], state: AppealState, *, by: User, decision: str, at: datetime, **run: Any) -> int:
    open_ones = Appeal.objects.filter(pk__in=[each.pk for each in appeals], state=AppealState.OPEN)
    decided = open_ones.update(state=state, decided_by=by, decided_at=at, decision=decision[:1000], **run)
    tell_decided(appeals)
    _record(appeals, "accepted an appeal" if state == AppealState.ACCEPTED else "declined an appeal", by=by)
    notify_each(_message(each, state, decision) for each in appeals if each.response.attempt.enrollment is not None)
    return decided


def _record(appeals: Sequence[Appeal], verb: str, *, by: User) -> None:
    if appeals:
        course = Course.objects.only("uuid").get(questions=appeals[0].question_id)
        record_each([(verb, f"appeal:{each.uuid}", {}) for each in appeals], actor=by, course=course.uuid)


def _message(appeal: Appeal, state: AppealState, decision: str) -> InboxMessage:
    attempt = appeal.response.attempt
    said = "was accepted" if state == AppealState.ACCEPTED else "was looked at, and the grade stands"
    return InboxMessage(
        user=attempt.enrollment.user if attempt.enrollment else None,
        kind=DECIDED,
        key=f"appeal:{appeal.uuid}",
        text=f"Your appeal about question {appeal.response.position} {said}: {decision}"[:500],
        url=f"/attempts/{attempt.uuid}/",
    )


def appeals_of(responses: Sequence[int]) -> dict[int, Appeal]:
    """The newest appeal about each response, by the response's key; one query."""
    return {appeal.response_id: appeal for appeal in Appeal.objects.filter(response__in=responses).order_by("pk")}
