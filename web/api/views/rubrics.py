"""The rubric of one question, the comments saved for it, and how far its graders agree."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from quizzes.domain.drift import drift_of
from quizzes.domain.rubric_grades import change_share
from quizzes.domain.rubrics import (
    add_item,
    bring_back_item,
    item_named,
    lock_question,
    move_item,
    retire_item,
    retired_items,
    reword_item,
    rubric_of,
)
from quizzes.domain.saved_comments import comments_for, forget_comment, save_comment
from quizzes.models import AutomaticAccept, Question, RubricItem
from web.api.callers import caller
from web.api.etags import require_seen, tagged
from web.api.idempotency import once
from web.api.permitted import question_in
from web.api.sent import sent
from web.api.serializers.problems import ProblemSerializer
from web.api.serializers.rubrics import (
    AgreementSerializer,
    MoveSerializer,
    NewCommentSerializer,
    NewRubricItemSerializer,
    RegradedSerializer,
    RubricItemSerializer,
    SavedCommentSerializer,
    ShareSerializer,
    WordsSerializer,
)


class Rubric(APIView):
    """The question's items in their order, then those that are offered no more; a new one stands last."""

    @extend_schema(responses=RubricItemSerializer(many=True))
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        items = _all_items(question_in(request, slug, question))
        return Response(RubricItemSerializer(items, many=True).data)

    @extend_schema(request=NewRubricItemSerializer, responses={201: RubricItemSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, question: UUID) -> Response:
        found = question_in(request, slug, question)
        item = add_item(found, **sent(request, NewRubricItemSerializer))
        return Response(RubricItemSerializer(item).data, status=201)


def _all_items(question: Question) -> list[RubricItem]:
    return [*rubric_of(question), *retired_items(question)]


def _item(request: Request, slug: str, question: UUID, uuid: UUID) -> RubricItem:
    item = item_named(question_in(request, slug, question), uuid)
    if item is None:
        raise Http404
    return item


def _held(request: Request, *named: Any) -> RubricItem:
    """The item as the caller saw it; its question is held until the transaction ends, as by everybody who grades."""
    lock_question(_item(request, *named).question)
    item = _item(request, *named)
    require_seen(request, RubricItemSerializer(item).data)
    return item


CHANGED = {200: RubricItemSerializer, 412: ProblemSerializer}


class RubricItemDetail(APIView):
    """One item: new words reach every learner who has it, and change no grade; deleted, it is offered no more."""

    @extend_schema(responses=RubricItemSerializer)
    def get(self, request: Request, slug: str, question: UUID, uuid: UUID) -> Response:
        items = _all_items(question_in(request, slug, question))
        item = next((each for each in items if each.uuid == uuid), None)
        if item is None:
            raise Http404
        return tagged(request, RubricItemSerializer(item).data)

    @extend_schema(request=WordsSerializer, responses=CHANGED)
    @transaction.atomic
    def put(self, request: Request, slug: str, question: UUID, uuid: UUID) -> Response:
        item = _held(request, slug, question, uuid)
        reword_item(item, **sent(request, WordsSerializer))
        return tagged(request, RubricItemSerializer(item).data)

    @extend_schema(responses=CHANGED)
    @transaction.atomic
    def delete(self, request: Request, slug: str, question: UUID, uuid: UUID) -> Response:
        """The item is offered no more; where it stands it stays, and explains its grade."""
        retire_item(_held(request, slug, question, uuid))
        return tagged(request, RubricItemSerializer(_item(request, slug, question, uuid)).data)


class RubricShare(APIView):
    """Another share for an item: every grade that rests on it is made anew."""

    @extend_schema(request=ShareSerializer, responses={200: RegradedSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def put(self, request: Request, slug: str, question: UUID, uuid: UUID) -> Response:
        item, fraction = _held(request, slug, question, uuid), sent(request, ShareSerializer)["fraction"]
        regraded = change_share(item, fraction=fraction, by=caller(request))
        kept = _item(request, slug, question, uuid)
        return Response(RegradedSerializer({"item": kept, "regraded": regraded}).data)


class RubricMove(APIView):
    """The item stands one place earlier or later; the first and the last stay where they are."""

    @extend_schema(request=MoveSerializer, responses=RubricItemSerializer)
    @once
    def post(self, request: Request, slug: str, question: UUID, uuid: UUID) -> Response:
        item = _item(request, slug, question, uuid)
        move_item(item, up=sent(request, MoveSerializer)["up"])
        return Response(RubricItemSerializer(_item(request, slug, question, uuid)).data)


class RubricBack(APIView):
    """An item that was deleted is offered again, as the last."""

    @extend_schema(request=None, responses={200: RubricItemSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, question: UUID, uuid: UUID) -> Response:
        bring_back_item(_item(request, slug, question, uuid))
        return Response(RubricItemSerializer(_item(request, slug, question, uuid)).data)


class SavedComments(APIView):
    """The newest thirty comments that are offered to everybody who grades the question."""

    @extend_schema(responses=SavedCommentSerializer(many=True))
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        return Response(SavedCommentSerializer(comments_for(question_in(request, slug, question)), many=True).data)

    @extend_schema(request=NewCommentSerializer, responses={201: SavedCommentSerializer})
    @once
    def post(self, request: Request, slug: str, question: UUID) -> Response:
        found = question_in(request, slug, question)
        kept = save_comment(found, **sent(request, NewCommentSerializer), by=caller(request))
        return Response(SavedCommentSerializer(kept).data, status=201)


class SavedCommentDetail(APIView):
    """A comment is offered no more; what was told with it stays told. Again, the same."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, question: UUID, uuid: UUID) -> Response:
        forget_comment(question_in(request, slug, question), uuid)
        return Response(status=204)


class Agreement(APIView):
    """How those who grade the question compare, on the whole and by day, and how far they confirm automatic grades."""

    @extend_schema(responses=AgreementSerializer)
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        found = question_in(request, slug, question)
        accept = AutomaticAccept.objects.filter(question=found).first() or AutomaticAccept()
        body = {"drift": drift_of(found), "agreed": accept.agreed, "compared": accept.compared}
        return Response(AgreementSerializer(body).data)
