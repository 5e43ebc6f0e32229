"""Practising: a concept, the end of a section, what one missed. Judged on the spot, and never counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.enrolment import part_of
from course.models import Enrollment
from jobs.domain.clock import database_now
from quizzes.domain.on_the_spot import PractisedQuestion, judged_with_proof, practised
from quizzes.domain.practising import practice_of
from quizzes.domain.remembering import (
    ToRemember,
    deck_of,
    question_to_remember,
    recall,
    set_aside,
    take_up,
)
from quizzes.domain.side_questions import side_question
from quizzes.memory import Rating, next_intervals
from web.api.callers import caller
from web.api.idempotency import once
from web.api.serializers.attempts import ReviewedItemSerializer
from web.api.serializers.practice import (
    AnswerSerializer,
    AskedCardSerializer,
    CardSerializer,
    DeckSerializer,
    JudgedCardSerializer,
    PracticeSerializer,
    RecallSerializer,
)
from web.api.views.courses import part_in, readable_course
from web.api.views.notes import readable_lesson

TURN = OpenApiParameter("turn", OpenApiTypes.INT, description="Which question: 0, 1, 2, …; after the last the first.")


def own_part_in(request: Request, slug: str) -> Enrollment:
    """The caller's part in a course they may read; else 404."""
    part = part_in(request, readable_course(request, slug))
    if part is None:
        raise Http404
    return part


def turn_of(request: Request) -> int:
    """The turn that the address names; 0 for anything that is no small number."""
    named = request.query_params.get("turn", "")
    return int(named) if named.isascii() and named.isdigit() and len(named) < 10 else 0


def given_answer(request: Request) -> Any:
    """The answer that was sent; what is no answer to the question is refused where it is judged."""
    sent = AnswerSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return sent.validated_data["answer"]


def asked(request: Request, question: PractisedQuestion | None, total: int) -> Response:
    return Response(PracticeSerializer({"turn": turn_of(request), "total": total, "question": question}).data)


def judged(request: Request, question: PractisedQuestion | None) -> Response:
    if question is None:
        raise Http404
    return Response(ReviewedItemSerializer(judged_with_proof(question, raw=given_answer(request))).data)


class PractiseConcept(APIView):
    """One of a concept's questions after the other, what one missed last first."""

    @extend_schema(responses=PracticeSerializer, parameters=[TURN])
    def get(self, request: Request, slug: str, concept: str) -> Response:
        return asked(request, *self.posed(request, slug, concept))

    @extend_schema(request=AnswerSerializer, responses=ReviewedItemSerializer, parameters=[TURN])
    @once
    def post(self, request: Request, slug: str, concept: str) -> Response:
        """The verdict on an answer to the question of this turn, with its key and its proof."""
        return judged(request, self.posed(request, slug, concept)[0])

    def posed(self, request: Request, slug: str, concept: str) -> tuple[PractisedQuestion | None, int]:
        """The question of this turn, and how many there are."""
        practice = practice_of(own_part_in(request, slug), concept=concept, at=database_now())
        version, turn = practice.version(turn_of(request)), turn_of(request)
        return (practised(version, seed=turn, concept="") if version else None), len(practice.versions)


class AskAside(APIView):
    """The question at the end of a lesson's section."""

    @extend_schema(responses=PracticeSerializer, parameters=[TURN])
    def get(self, request: Request, slug: str, lesson: str, section: int) -> Response:
        return asked(request, *self.posed(request, slug, lesson, section))

    @extend_schema(request=AnswerSerializer, responses=ReviewedItemSerializer, parameters=[TURN])
    @once
    def post(self, request: Request, slug: str, lesson: str, section: int) -> Response:
        """The verdict on an answer to the question of this turn, with its key and its proof."""
        return judged(request, self.posed(request, slug, lesson, section)[0])

    def posed(self, request: Request, slug: str, lesson: str, section: int) -> tuple[PractisedQuestion | None, int]:
        """The question of this turn, and how many there are."""
        found = readable_lesson(request, slug, lesson)
        part = part_of(caller(request), course=found.course_id)
        side = side_question(found, section=section, part=part, turn=turn_of(request))
        if side is None:
            raise Http404
        return side.question, side.total


class Deck(APIView):
    """What one missed in the course, when each of it comes back, and what one set aside."""

    @extend_schema(responses=DeckSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(DeckSerializer(deck_of(own_part_in(request, slug), at=database_now())).data)


class AskCard(APIView):
    """One question of the deck, asked again."""

    @extend_schema(responses=AskedCardSerializer)
    def get(self, request: Request, slug: str, question: UUID) -> Response:
        now = database_now()
        card = question_to_remember(own_part_in(request, slug), question, at=now)
        intervals = {str(int(rating)): wait for rating, wait in next_intervals(card.memory, at=now).items()}
        return Response(AskedCardSerializer({"card": card, "posed": posed(card), "intervals": intervals}).data)

    @extend_schema(request=AnswerSerializer, responses=JudgedCardSerializer)
    @once
    def post(self, request: Request, slug: str, question: UUID) -> Response:
        """The verdict on an answer; nothing is kept until it is rated."""
        card = question_to_remember(own_part_in(request, slug), question, at=database_now())
        review = judged_with_proof(posed(card), raw=given_answer(request))
        return Response(JudgedCardSerializer({"card": card, "review": review}).data)


def posed(card: ToRemember) -> PractisedQuestion:
    """The card's question, each time in another order: the answer is to be remembered, and not its place."""
    return practised(card.version, seed=card.number, concept="")


class RateCard(APIView):
    """Says how well it was recalled, which decides when it comes back; sent twice, it counts once."""

    @extend_schema(request=RecallSerializer, responses=CardSerializer)
    @once
    def post(self, request: Request, slug: str, question: UUID) -> Response:
        part = own_part_in(request, slug)
        question_to_remember(part, question, at=database_now())
        sent = RecallSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        recall(part, question, rating=Rating(sent.validated_data["rating"]), number=sent.validated_data["number"])
        return Response(CardSerializer(question_to_remember(part, question, at=database_now())).data)


class CardAside(APIView):
    """Whether the question is asked again at all."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, slug: str, question: UUID) -> Response:
        """It is asked no more."""
        set_aside(own_part_in(request, slug), question)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, question: UUID) -> Response:
        """It is asked again, as if it never had been set aside."""
        part = own_part_in(request, slug)
        question_to_remember(part, question, at=database_now())
        take_up(part, question)
        return Response(status=204)
