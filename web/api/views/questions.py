"""Questions under review: read with their key and proof, decided about, written, mended and tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.lint_fixes import apply_fix
from authoring.domain.pasted_questions import add_pasted
from authoring.domain.question_writing import WrittenQuestion, add_written, save_written, sound, tried_answer
from authoring.domain.review import QueuedQuestion, queue_behind, review_queue
from authoring.domain.review_checks import ReviewedQuestion, accept_clean, held_against_rules
from course.models import Concept, ConceptState, Course, Lesson
from quizzes.domain.questions import accept, put_back, reject
from quizzes.domain.tagging import set_tags
from quizzes.domain.waivers import take_back, waive
from quizzes.domain.wordings import print_of
from quizzes.formats.gift import read
from quizzes.models import Question, QuestionVersion, Waiver
from quizzes.questions import UnknownKind
from web.api.callers import caller
from web.api.etags import require_seen, tagged
from web.api.following import following, named_place, page_size
from web.api.idempotency import once
from web.api.sent import asked, sent
from web.api.serializers.questions import (
    AcceptedCleanSerializer,
    ChangeQuestionSerializer,
    DraftQuerySerializer,
    DraftSerializer,
    FixSerializer,
    GiftReadSerializer,
    GiftSerializer,
    TriedAnswerSerializer,
    TryAnswerSerializer,
    WaiveSerializer,
    WriteQuestionSerializer,
)
from web.api.views.editing import edited_course

NO_REASON = "Say why it is rejected, so that others can follow."
NOT_FOUND_BY_RULE = "The rule finds nothing in this question."
NO_KIND = "There is no such kind of question."
NO_CONCEPT = "The course has no such concept."


class DraftList(APIView):
    """The questions in the order of reading, each by its newest wording with what the rules find."""

    @extend_schema(parameters=[DraftQuerySerializer], responses=DraftSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        queue = review_queue(course)
        behind = _wanted(queue_behind(course, queue, named_place(request)), asked(request, DraftQuerySerializer))
        rows = behind[: page_size(request)]
        shown = DraftSerializer(held_against_rules(course, rows, queue), many=True).data
        return following(request, shown, cursor=str(rows[-1].uuid) if len(behind) > len(rows) else "")

    @extend_schema(request=WriteQuestionSerializer, responses={201: DraftSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        """Writes a question by hand, of any kind, as a draft."""
        course = edited_course(request, slug)
        fields = sent(request, WriteQuestionSerializer)
        concept = _concept(course, fields.pop("concept", None))
        try:
            version = add_written(course, question=WrittenQuestion(**fields, concept=concept), by=caller(request))
        except UnknownKind:
            raise ValidationError({"kind": [NO_KIND]}) from None
        return Response(_shown(course, version.uuid), status=201)


def _wanted(queue: Sequence[QueuedQuestion], fields: dict[str, Any]) -> list[QueuedQuestion]:
    decision, lesson = fields.get("decision"), fields.get("lesson")
    return [
        each
        for each in queue
        if decision in (None, each.decision) and (lesson is None or (each.lesson and each.lesson.slug == lesson))
    ]


def _concept(course: Course, slug: str | None) -> Concept | None:
    if slug is None:
        return None
    known = Concept.objects.filter(course=course).exclude(state__in=[ConceptState.REJECTED, ConceptState.MERGED])
    found = known.filter(slug=slug).first()
    if found is None:
        raise ValidationError({"concept": [NO_CONCEPT]})
    return found


def draft_in(course: Course, version: UUID) -> ReviewedQuestion:
    """The question of the course whose newest wording this is; else 404."""
    queue = review_queue(course)
    found = next((each for each in queue if each.uuid == version), None)
    if found is None:
        raise Http404
    (reviewed,) = held_against_rules(course, [found], queue)
    return reviewed


def _shown(course: Course, version: UUID) -> Any:
    return DraftSerializer(draft_in(course, version)).data


class Draft(APIView):
    """One question by its newest wording."""

    @extend_schema(responses=DraftSerializer)
    def get(self, request: Request, slug: str, version: UUID) -> Response:
        return tagged(request, _shown(edited_course(request, slug), version))

    @extend_schema(request=ChangeQuestionSerializer, responses=DraftSerializer)
    @transaction.atomic
    def patch(self, request: Request, slug: str, version: UUID) -> Response:
        """Says it in other words, proves it by others, or decides about it. A published one gets a new wording."""
        course = edited_course(request, slug)
        found = draft_in(course, version).version
        fields = sent(request, ChangeQuestionSerializer)
        Question.objects.select_for_update().only("pk").get(pk=found.question_id)
        require_seen(request, _shown(course, version))
        saved = _changed(request, course, found, fields)
        return tagged(request, _shown(course, saved.uuid))


def _changed(request: Request, course: Course, version: QuestionVersion, fields: dict[str, Any]) -> QuestionVersion:
    by = caller(request)
    if {"content", "proof"} & set(fields):
        content, proof = fields.get("content"), fields.get("proof")
        version = save_written(course, version, content=content, proof=proof, seen=print_of(version), by=by)
    if "tags" in fields:
        set_tags(version.question, names=fields["tags"], by=by)
    if "decision" in fields:
        _decide(request, version, fields["decision"], fields.get("reason", ""))
    return version


def _decide(request: Request, version: QuestionVersion, decision: str, reason: str) -> None:
    if decision == "rejected" and not reason:
        raise ValidationError({"reason": [NO_REASON]})
    if decision == "accepted":
        accept(version, by=caller(request))
    elif decision == "rejected":
        reject(version, by=caller(request), reason=reason)
    else:
        put_back(version, by=caller(request))


class FixDraft(APIView):
    """Mends by rule what a rule found, where that needs no new words; the question waits for review again."""

    @extend_schema(request=FixSerializer, responses=DraftSerializer)
    @once
    def post(self, request: Request, slug: str, version: UUID) -> Response:
        course = edited_course(request, slug)
        found = draft_in(course, version)
        mended = apply_fix(found, rule=sent(request, FixSerializer)["rule"], by=caller(request))
        return Response(_shown(course, mended.version))


class WaiveFinding(APIView):
    """Says why what a rule found does not count for this question."""

    @extend_schema(request=WaiveSerializer, responses=DraftSerializer)
    @once
    def post(self, request: Request, slug: str, version: UUID) -> Response:
        course = edited_course(request, slug)
        here = draft_in(course, version)
        fields = sent(request, WaiveSerializer)
        finding = next((each for each in here.findings if each.rule == fields["rule"]), None)
        if finding is None:
            raise ValidationError({"rule": [NOT_FOUND_BY_RULE]})
        waive(here.version.question, finding=finding, by=caller(request), reason=fields["reason"])
        return Response(_shown(course, version))


class TakeWaiverBack(APIView):
    """Lets the finding count again."""

    @extend_schema(request=None, responses=DraftSerializer)
    @once
    def post(self, request: Request, slug: str, version: UUID, waiver: UUID) -> Response:
        course = edited_course(request, slug)
        here = draft_in(course, version)
        take_back(get_object_or_404(Waiver, question=here.version.question, uuid=waiver), by=caller(request))
        return Response(_shown(course, version))


class TryAnswer(APIView):
    """Grades an answer by the function that grades, and counts it nowhere."""

    @extend_schema(request=TryAnswerSerializer, responses=TriedAnswerSerializer)
    @once
    def post(self, request: Request, slug: str, version: UUID) -> Response:
        here = draft_in(edited_course(request, slug), version).version
        fields = sent(request, TryAnswerSerializer)
        content = here.content if "content" not in fields else sound(here.kind, fields["content"])
        return Response(TriedAnswerSerializer(tried_answer(here.kind, content, fields["answer"])).data)


class AcceptClean(APIView):
    """Accepts every undecided question of the lesson that breaks no rule."""

    @extend_schema(request=None, responses=AcceptedCleanSerializer)
    @once
    def post(self, request: Request, slug: str, lesson: str) -> Response:
        course = edited_course(request, slug)
        found = get_object_or_404(Lesson, course=course, slug=lesson)
        return Response(
            AcceptedCleanSerializer({"accepted": accept_clean(course, lesson=found, by=caller(request))}).data
        )


class PasteGift(APIView):
    """Reads questions of a GIFT text, and makes drafts of them where `keep` says so."""

    @extend_schema(request=GiftSerializer, responses={200: GiftReadSerializer, 201: GiftReadSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        fields = sent(request, GiftSerializer)
        gift = read(fields["text"])
        is_kept = fields["keep"] and bool(gift.questions)
        kept = add_pasted(course, questions=gift.questions, by=caller(request)) if is_kept else []
        shown = {
            "questions": gift.questions,
            "problems": gift.problems,
            "left": gift.left,
            "kept": [each.uuid for each in kept],
        }
        return Response(GiftReadSerializer(shown).data, status=201 if kept else 200)
