"""What waits for a person: questions, groups of answers that say the same, and one grade for all of a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from quizzes.domain.answers_in_words import answer_in_words, settled
from quizzes.domain.manual_grading import GivenGrade, confirm_variants, grade_variants, undo_last
from quizzes.domain.manual_queue import (
    AnswerGroup,
    cursor_of,
    group_from,
    groups_waiting,
    learners_of,
    suggestion_for,
    waiting_behind,
)
from quizzes.domain.rubrics import rubric_of
from quizzes.domain.saved_comments import comments_for, save_comment, texts_of, with_saved
from quizzes.models import Question, QuestionVersion
from web.api.callers import caller
from web.api.following import AFTER, following, page_size, place
from web.api.idempotency import once
from web.api.permitted import permitted_course, question_in
from web.api.sent import asked, sent
from web.api.serializers.grading import (
    AnswerGroupSerializer,
    GradedSerializer,
    GradeSerializer,
    NextAnswerQuerySerializer,
    NextAnswerSerializer,
    VariantsSerializer,
    WaitingQuestionSerializer,
)
from web.api.serializers.problems import ProblemSerializer

MOST_NAMES = 12
BEHIND = OpenApiParameter(AFTER, description="Behind what the page begins; `next` carries it.")


class GradingQueue(GenericAPIView[Question]):
    """Every question of the course with something waiting, the longest waiting first."""

    serializer_class = WaitingQuestionSerializer
    queryset = Question.objects.none()

    @extend_schema(
        operation_id="courses_grading_queue", responses=WaitingQuestionSerializer(many=True), parameters=[BEHIND]
    )
    def get(self, request: Request, slug: str) -> Response:
        behind, most = (
            waiting_behind(permitted_course(request, slug, "course.grade"), place(request)),
            page_size(request),
        )
        rows = WaitingQuestionSerializer(behind[:most], many=True).data
        return following(request, rows, cursor=cursor_of(behind[most - 1]) if len(behind) > most else "")


class WaitingAnswers(GenericAPIView[Question]):
    """What waits of one question, in groups of answers that say the same. Their order says nothing of who answered."""

    serializer_class = AnswerGroupSerializer
    queryset = Question.objects.none()

    @extend_schema(responses=AnswerGroupSerializer(many=True), parameters=[BEHIND])
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        groups, most, start = groups_waiting(question_in(request, slug, question)), page_size(request), place(request)
        behind = [group for group in groups if group.digest > start]
        rows = AnswerGroupSerializer(_shown(behind[:most]), many=True).data
        return following(request, rows, cursor=behind[most - 1].digest if len(behind) > most else "")


def _shown(groups: Sequence[AnswerGroup]) -> list[dict[str, Any]]:
    """Each group with its wording, and its variants in words. One query."""
    versions = QuestionVersion.objects.in_bulk([group.version for group in groups])
    return [
        {"group": group, "version": versions[group.version], "variants": _variants(group, versions[group.version])}
        for group in groups
    ]


def _variants(group: AnswerGroup, version: QuestionVersion) -> Iterable[dict[str, Any]]:
    return [
        {"variant": each, "text": answer_in_words(version, each.answer), "count": len(each.responses)}
        for each in group.variants
    ]


class NextAnswers(APIView):
    """One group of answers with all that its grader needs: the question, what settles it, rubric and comments."""

    @extend_schema(responses=NextAnswerSerializer, parameters=[NextAnswerQuerySerializer])
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        found, wanted = question_in(request, slug, question), asked(request, NextAnswerQuerySerializer)
        groups = groups_waiting(found)
        at = group_from(groups, wanted["start"])
        body = {
            "waiting": sum(group.size for group in groups),
            "groups": len(groups),
            "rubric": rubric_of(found),
            "comments": comments_for(found),
            **(_nothing() if at is None else _one(groups[at], has_names=wanted["names"])),
        }
        return Response(NextAnswerSerializer(body).data)


def _nothing() -> dict[str, Any]:
    return {"group": None, "asked": None, "suggestion": None, "learners": []}


def _one(group: AnswerGroup, *, has_names: bool) -> dict[str, Any]:
    (shown,) = _shown([group])
    return {
        "group": shown,
        "asked": settled(shown["version"]),
        "suggestion": suggestion_for(group.responses[0]),
        "learners": learners_of(group.responses, most=MOST_NAMES) if has_names else [],
    }


DONE = {200: GradedSerializer, 409: ProblemSerializer}


class GradeAnswers(APIView):
    """All waiting answers that were put in these ways have this grade, once; 409 when somebody else was first."""

    @extend_schema(request=GradeSerializer, responses=DONE)
    @once
    def post(self, request: Request, slug: str, question: UUID) -> Response:
        found, fields, by = question_in(request, slug, question), sent(request, GradeSerializer), caller(request)
        comment = with_saved(fields["comment"], texts_of(found, fields["said"]))
        given = GivenGrade(fields["items"], comment, fields["fraction"])
        graded = grade_variants(found, variants=fields["variants"], given=given, by=by)
        if fields["keep"] and fields["comment"]:
            save_comment(found, text=fields["comment"], by=by)
        return Response(GradedSerializer({"answers": graded}).data)


class ConfirmAnswers(APIView):
    """The automatic grades of audited answers that were put in these ways stand."""

    @extend_schema(request=VariantsSerializer, responses=DONE)
    @once
    def post(self, request: Request, slug: str, question: UUID) -> Response:
        found, fields = question_in(request, slug, question), sent(request, VariantsSerializer)
        confirmed = confirm_variants(found, variants=fields["variants"], by=caller(request))
        return Response(GradedSerializer({"answers": confirmed}).data)


class UndoGrading(APIView):
    """What the caller graded or confirmed last, and nobody changed since, waits again."""

    @extend_schema(request=None, responses={200: GradedSerializer})
    @once
    def post(self, request: Request, slug: str, question: UUID) -> Response:
        taken_back = undo_last(question_in(request, slug, question), by=caller(request))
        return Response(GradedSerializer({"answers": len(taken_back)}).data)
