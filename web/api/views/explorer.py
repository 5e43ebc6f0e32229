"""What was answered to a question, in groups and one by one, and what one learner answered, for those who grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from course.models import Enrollment
from quizzes.domain.answers_in_words import answer_in_words
from quizzes.domain.given_answers import (
    AnswerFilter,
    GivenGroup,
    answers_in,
    cursor_of,
    given_groups,
    group_named,
    groups_after,
    versions_asked,
)
from quizzes.domain.learner_answers import LearnerAttempt, attempts_behind, attempts_of, told_attempts
from quizzes.models import Question
from quizzes.models import Response as ResponseRow
from quizzes.statistics.quiz import Which
from web.api.following import AFTER, following, page_size, place
from web.api.permitted import permitted_course, question_in
from web.api.sent import asked
from web.api.serializers.explorer import (
    AnswersQuerySerializer,
    GivenAnswerSerializer,
    GivenGroupSerializer,
    LearnerAttemptSerializer,
    NamedAnswersQuerySerializer,
)

BEHIND = OpenApiParameter(AFTER, description="Behind what the page begins; `next` carries it.")


def _wanted(fields: Mapping[str, Any]) -> AnswerFilter:
    return AnswerFilter(
        which=Which(fields["which"]),
        quiz=fields["quiz"],
        cohort=str(fields["cohort"] or ""),
        version=fields["version"],
        verdict=fields["verdict"],
    )


class GivenAnswers(GenericAPIView[Question]):
    """What was answered to one question, in groups of answers that say the same, the most frequent first."""

    serializer_class = GivenGroupSerializer
    queryset = Question.objects.none()
    pagination_class = None

    @extend_schema(
        operation_id="courses_answers_list",
        parameters=[AnswersQuerySerializer, BEHIND],
        responses=GivenGroupSerializer(many=True),
    )
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        found, wanted = question_in(request, slug, question), _wanted(asked(request, AnswersQuerySerializer))
        groups = given_groups(found, versions=versions_asked(found), wanted=wanted)
        page = groups_after(groups, place(request), most=page_size(request))
        is_more = bool(page) and page[-1] != groups[-1]
        rows = GivenGroupSerializer([_row(group) for group in page], many=True).data
        return following(request, rows, cursor=page[-1].cursor if is_more else "")


def _row(group: GivenGroup) -> dict[str, Any]:
    variants = [{"variant": each, "text": answer_in_words(group.version, each.answer)} for each in group.variants]
    return {"group": group, "variants": variants}


class GivenInGroup(GenericAPIView[Question]):
    """The answers of one group, in an order that says nothing of who answered or when. Nobody is named unasked."""

    serializer_class = GivenAnswerSerializer
    queryset = Question.objects.none()
    pagination_class = None

    @extend_schema(
        operation_id="courses_answers_group_list",
        parameters=[NamedAnswersQuerySerializer, BEHIND],
        responses=GivenAnswerSerializer(many=True),
    )
    def get(self, request: Request, slug: str, question: UUID, group: str) -> Response:
        found, fields = question_in(request, slug, question), asked(request, NamedAnswersQuerySerializer)
        wanted, most = _wanted(fields), page_size(request)
        named = group_named(given_groups(found, versions=versions_asked(found), wanted=wanted), group)
        if named is None:
            raise Http404
        # One more than is shown says whether there are more.
        answers = answers_in(named, wanted=wanted, after=place(request), most=most + 1)
        rows = [_answer(each, has_names=fields["names"]) for each in answers[:most]]
        cursor = cursor_of(answers[most - 1]) if len(answers) > most else ""
        return following(request, GivenAnswerSerializer(rows, many=True).data, cursor=cursor)


def _answer(response: ResponseRow, *, has_names: bool) -> dict[str, Any]:
    learner = response.attempt.enrollment
    name = str(learner.user) if has_names and learner else None
    return {"response": response, "text": answer_in_words(response.version, response.answer), "name": name}


class LearnerAnswers(GenericAPIView[Enrollment]):
    """Every attempt of one learner, the newest first, with what they answered and all that happened, in order."""

    serializer_class = LearnerAttemptSerializer
    queryset = Enrollment.objects.none()
    pagination_class = None

    @extend_schema(
        operation_id="courses_learner_answers_list",
        parameters=[BEHIND],
        responses=LearnerAttemptSerializer(many=True),
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        course = permitted_course(request, slug, "course.grade")
        attempts = attempts_of(get_object_or_404(Enrollment, course=course, uuid=uuid))
        page = attempts_behind(attempts, place(request), most=page_size(request))
        is_more = bool(page) and page[-1] != attempts[-1]
        rows = LearnerAttemptSerializer([_attempt(told) for told in told_attempts(page)], many=True).data
        return following(request, rows, cursor=str(page[-1].uuid) if is_more else "")


def _attempt(told: LearnerAttempt) -> dict[str, Any]:
    answers = [
        {"told": each, "text": answer_in_words(each.response.version, each.response.answer)} for each in told.answers
    ]
    return {"told": told, "answers": answers}
