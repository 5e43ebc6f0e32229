"""The bank of a course: found, tagged, put away and fetched again; wordings compared, duplicates and pools."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.bank import Search, bank_behind, found_in_bank
from authoring.domain.bank_pools import pool_of_found, pools_of
from authoring.domain.bank_question import History, compared, duplicates_in, history_of
from course.models import Course
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.domain.tagging import as_tag, set_tags, tag_questions, untag_questions
from quizzes.models import Question, Quiz
from quizzes.wording_diff import Difference
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.following import following, named_place, page_size
from web.api.idempotency import once
from web.api.sent import asked, sent
from web.api.serializers.bank import (
    BankChangedSerializer,
    BankChangeSerializer,
    BankQuestionSerializer,
    BankRowSerializer,
    ComparedSerializer,
    DuplicateGroupSerializer,
    FoundPoolSerializer,
    PoolReachSerializer,
    SearchSerializer,
    TagsSerializer,
)
from web.api.serializers.problems import ProblemSerializer
from web.api.views.editing import edited_course

NO_QUESTION = "Choose questions, or all that the query finds."
NO_TAG = "Write a tag of letters or figures."


def search_of(request: Request) -> Search:
    """What the query of the address looks for."""
    return Search(**asked(request, SearchSerializer))


class Bank(APIView):
    """The questions that the query finds, the newest first, each with where it is used and how it does."""

    @extend_schema(parameters=[SearchSerializer], responses=BankRowSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        rows, is_more = bank_behind(course, search_of(request), after=named_place(request), most=page_size(request))
        cursor = str(rows[-1].version.question.uuid) if is_more else ""
        return following(request, BankRowSerializer(rows, many=True).data, cursor=cursor)


class ChangeBank(APIView):
    """Tags, archives or restores many questions at once; attempts that run keep what is archived."""

    @extend_schema(parameters=[SearchSerializer], request=BankChangeSerializer, responses=BankChangedSerializer)
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        fields = sent(request, BankChangeSerializer)
        changed = _change(request, fields, _chosen(request, course, fields))
        return Response(BankChangedSerializer({"changed": changed}).data)


def _chosen(request: Request, course: Course, fields: dict[str, Any]) -> list[int]:
    if fields["all"]:
        return list(found_in_bank(course, search_of(request)).values_list("question", flat=True))
    if "questions" not in fields:
        raise ValidationError({"questions": [NO_QUESTION]})
    return list(Question.objects.filter(course=course, uuid__in=fields["questions"]).values_list("pk", flat=True))


def _change(request: Request, fields: dict[str, Any], questions: Collection[int]) -> int:
    by, do = caller(request), fields["do"]
    if do in ("archive", "restore"):
        return len((archive_questions if do == "archive" else restore_questions)(questions, by=by))
    tag = as_tag(fields.get("tag", ""))
    if not tag:
        raise ValidationError({"tag": [NO_TAG]})
    return (tag_questions if do == "tag" else untag_questions)(questions, name=tag, by=by)


class BankQuestion(APIView):
    """One question over all its wordings, two of them compared."""

    @extend_schema(parameters=[ComparedSerializer], responses=BankQuestionSerializer)
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        found = _question(edited_course(request, slug), question)
        return tagged(request, _shown(history_of(found), asked(request, ComparedSerializer)))

    @extend_schema(request=TagsSerializer, responses={200: BankQuestionSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def put(self, request: Request, slug: str, question: UUID) -> Response:
        """The question has exactly these tags. The ETag is that of the GET without `old` and `new`."""
        found = seen(request, _questions(edited_course(request, slug)), _plain, uuid=question)
        set_tags(found, names=sent(request, TagsSerializer)["tags"], by=caller(request))
        return tagged(request, _plain(found))


def _questions(course: Course) -> QuerySet[Question]:
    return Question.objects.select_related("concept", "course").filter(course=course)


def _question(course: Course, uuid: UUID) -> Question:
    return get_object_or_404(_questions(course), uuid=uuid)


def _plain(question: Question) -> Any:
    return _shown(history_of(question), {})


def _shown(history: History, numbers: dict[str, int]) -> Any:
    return BankQuestionSerializer({"history": history, "differences": _differences(history, numbers)}).data


def _differences(history: History, numbers: dict[str, int]) -> list[Difference]:
    """Between the two wordings of these numbers, else between the last two; none where there is only one."""
    chosen = [each for number in numbers.values() if (each := history.wording(number))]
    pair = chosen if len({each.version.pk for each in chosen}) == 2 else list(history.wordings[:2])
    if len(pair) < 2:
        return []
    old, new = sorted(pair, key=lambda each: each.version.number)
    return compared(old.version, new.version)


class Duplicates(APIView):
    """Questions that ask nearly the same, in groups, the likest first."""

    @extend_schema(responses=DuplicateGroupSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        groups = [
            {"questions": [{"wording": group.first, "likeness": 1.0}, *_others(group.others)]}
            for group in duplicates_in(edited_course(request, slug))
        ]
        return Response(DuplicateGroupSerializer(groups, many=True).data)


def _others(others: Any) -> list[dict[str, Any]]:
    return [{"wording": wording, "likeness": likeness} for wording, likeness in others]


class BankPools(APIView):
    """Every pool of the course and how far it reaches."""

    @extend_schema(responses=PoolReachSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        return Response(PoolReachSerializer(pools_of(edited_course(request, slug)), many=True).data)

    @extend_schema(
        parameters=[SearchSerializer], request=FoundPoolSerializer, responses={201: PoolReachSerializer(many=True)}
    )
    @once
    def post(self, request: Request, slug: str) -> Response:
        """A quiz ends with a pool that draws of what the query finds."""
        course = edited_course(request, slug)
        fields, search = sent(request, FoundPoolSerializer), search_of(request)
        quiz = get_object_or_404(Quiz.objects.select_related("course"), course=course, slug=fields["quiz"])
        tag = as_tag(fields.get("tag", ""))
        if search.source is None and not tag:
            raise ValidationError({"tag": [NO_TAG]})
        pool_of_found(quiz, search, take=fields["take"], tag=tag, by=caller(request))
        return Response(PoolReachSerializer(pools_of(course), many=True).data, status=201)
