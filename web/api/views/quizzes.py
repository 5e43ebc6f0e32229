"""The quizzes of a course as those who edit it have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.pasted_questions import quiz_as_gift
from course.domain.people import learners_of
from course.models import Lesson
from jobs.domain.clock import database_now
from quizzes.domain.quiz_history import last_change, undo_last_change
from quizzes.domain.quiz_items import add_pool, add_questions, askable_in, move_item, set_points, take_out
from quizzes.domain.quiz_preview import QuizPreview, quiz_preview
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.quiz_shelf import archive_quiz, create_quiz, delete_quiz, restore_quiz
from quizzes.models import Question, Quiz, QuizItem, QuizMode
from quizzes.pools import Pool
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.pagination import InOrder
from web.api.sent import asked, sent
from web.api.serializers.quizzes import (
    AddItemsSerializer,
    AskableSerializer,
    ChangeItemSerializer,
    GivenOutSerializer,
    NewQuizSerializer,
    PreviewQuerySerializer,
    QuizChangesSerializer,
    QuizItemSerializer,
    QuizItemsSerializer,
    QuizPreviewSerializer,
    QuizSettingsSerializer,
)
from web.api.views.editing import edited_course

NO_LESSON = "The course has no such lesson."
ONE_WAY = "Send questions or a pool, one of them."
ONE_SOURCE = "A pool draws by a tag or by a concept: name one of them."


def quizzes_in(request: Request, slug: str) -> QuerySet[Quiz]:
    """The quizzes of the course, archived ones too, if the caller edits it; else 404."""
    course = edited_course(request, slug)
    return Quiz.objects.filter(course=course).select_related("course", "lesson").order_by("position", "pk")


class EditedQuizzes(ListAPIView[Quiz]):
    """Every quiz of the course with its settings, in order, archived ones too."""

    serializer_class = QuizSettingsSerializer
    pagination_class = InOrder
    queryset = Quiz.objects.none()

    def get_queryset(self) -> QuerySet[Quiz]:
        return quizzes_in(self.request, self.kwargs["slug"])

    @extend_schema(request=NewQuizSerializer, responses={201: QuizSettingsSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        """The course ends with a quiz that asks nothing yet."""
        course = edited_course(request, slug)
        fields = sent(request, NewQuizSerializer)
        lesson = Lesson.objects.filter(course=course, slug=fields.get("lesson", "")).first()
        if "lesson" in fields and lesson is None:
            raise ValidationError({"lesson": [NO_LESSON]})
        mode = QuizMode(fields["mode"])
        quiz = create_quiz(course, title=fields["title"], mode=mode, lesson=lesson, actor=caller(request))
        return Response(QuizSettingsSerializer(quiz).data, status=201)


class EditedQuiz(APIView):
    """The settings of a quiz. Attempts that run go on by the rules they began with."""

    @extend_schema(responses=QuizSettingsSerializer, operation_id="courses_drafts_quiz_settings")
    def get(self, request: Request, slug: str, quiz: str) -> Response:
        return tagged(request, QuizSettingsSerializer(get_object_or_404(quizzes_in(request, slug), slug=quiz)).data)

    @extend_schema(request=QuizChangesSerializer, responses=QuizSettingsSerializer)
    @transaction.atomic
    def patch(self, request: Request, slug: str, quiz: str) -> Response:
        found = seen(request, quizzes_in(request, slug), QuizSettingsSerializer, slug=quiz)
        changed = change_settings(found, changes=sent(request, QuizChangesSerializer), actor=caller(request))
        return tagged(request, QuizSettingsSerializer(changed).data)

    @extend_schema(responses={204: None})
    @transaction.atomic
    def delete(self, request: Request, slug: str, quiz: str) -> Response:
        """Deletes a quiz that nobody took; its questions stay in the bank."""
        found = seen(request, quizzes_in(request, slug), QuizSettingsSerializer, slug=quiz)
        delete_quiz(found, actor=caller(request))
        return Response(status=204)


class QuizShelf(APIView):
    """Puts a quiz away, or brings it back; again is harmless."""

    deed: Callable[..., None]

    @extend_schema(request=None, responses=QuizSettingsSerializer)
    @once
    def post(self, request: Request, slug: str, quiz: str) -> Response:
        quizzes = quizzes_in(request, slug)
        type(self).deed(get_object_or_404(quizzes, slug=quiz), actor=caller(request))
        return Response(QuizSettingsSerializer(quizzes.get(slug=quiz)).data)


class ArchiveQuiz(QuizShelf):
    """Learners no longer find the quiz; results stay."""

    deed = archive_quiz


class RestoreQuiz(QuizShelf):
    """Learners find the quiz again."""

    deed = restore_quiz


class QuizItems(APIView):
    """What the quiz asks, in its order."""

    @extend_schema(responses=QuizItemsSerializer)
    def get(self, request: Request, slug: str, quiz: str) -> Response:
        return Response(_items(get_object_or_404(quizzes_in(request, slug), slug=quiz)))

    @extend_schema(request=AddItemsSerializer, responses={201: QuizItemsSerializer})
    @once
    def post(self, request: Request, slug: str, quiz: str) -> Response:
        """The quiz ends with these questions, or with this pool."""
        found = get_object_or_404(quizzes_in(request, slug), slug=quiz)
        fields = sent(request, AddItemsSerializer)
        if ("questions" in fields) == ("pool" in fields):
            raise ValidationError({"non_field_errors": [ONE_WAY]})
        points, by = fields["max_points"], caller(request)
        if "pool" in fields:
            add_pool(found, pool=_pool(fields["pool"]), max_points=points, actor=by)
        else:
            chosen = Question.objects.filter(course=found.course_id, uuid__in=fields["questions"]).order_by("pk")
            add_questions(found, questions=list(chosen), max_points=points, actor=by)
        return Response(_items(found), status=201)


def _pool(fields: dict[str, Any]) -> Pool:
    if ("tag" in fields) == ("concept" in fields):
        raise ValidationError({"pool": [ONE_SOURCE]})
    return Pool(**fields)


def _items(quiz: Quiz) -> Any:
    last = last_change(quiz)
    items = QuizItem.objects.filter(quiz=quiz).select_related("question").order_by("position")
    return QuizItemsSerializer({"items": items, "last": last and last.verb}).data


class QuizItemDetail(APIView):
    """One thing that the quiz asks; attempts that run keep what they began with."""

    @extend_schema(responses=QuizItemSerializer)
    def get(self, request: Request, slug: str, quiz: str, position: int) -> Response:
        return tagged(
            request, QuizItemSerializer(get_object_or_404(_seats(request, slug, quiz), position=position)).data
        )

    @extend_schema(request=ChangeItemSerializer, responses=QuizItemsSerializer)
    @transaction.atomic
    def patch(self, request: Request, slug: str, quiz: str, position: int) -> Response:
        """Puts it at another place, or weighs it otherwise."""
        item = seen(request, _seats(request, slug, quiz), QuizItemSerializer, position=position)
        fields = sent(request, ChangeItemSerializer)
        if "max_points" in fields:
            set_points(item, max_points=fields["max_points"], actor=caller(request))
        if "to" in fields:
            move_item(item, to=fields["to"], actor=caller(request))
        return Response(_items(item.quiz))

    @extend_schema(responses={204: None})
    @transaction.atomic
    def delete(self, request: Request, slug: str, quiz: str, position: int) -> Response:
        """Takes it out."""
        take_out(
            seen(request, _seats(request, slug, quiz), QuizItemSerializer, position=position), actor=caller(request)
        )
        return Response(status=204)


def _seats(request: Request, slug: str, quiz: str) -> QuerySet[QuizItem]:
    found = get_object_or_404(quizzes_in(request, slug), slug=quiz)
    return QuizItem.objects.filter(quiz=found).select_related("quiz", "question")


class UndoQuiz(APIView):
    """Takes back the last change of the quiz, of its settings or of what it asks."""

    @extend_schema(request=None, responses=QuizItemsSerializer)
    @once
    def post(self, request: Request, slug: str, quiz: str) -> Response:
        found = get_object_or_404(quizzes_in(request, slug), slug=quiz)
        undo_last_change(found, actor=caller(request))
        return Response(_items(found))


class Askable(APIView):
    """The accepted and published questions that the quiz does not ask yet."""

    @extend_schema(responses=AskableSerializer(many=True))
    def get(self, request: Request, slug: str, quiz: str) -> Response:
        found = get_object_or_404(quizzes_in(request, slug), slug=quiz)
        return Response(AskableSerializer(askable_in(found), many=True).data)


class PreviewQuiz(APIView):
    """The quiz as one learner would have it at one moment. Looking writes nothing."""

    @extend_schema(parameters=[PreviewQuerySerializer], responses=QuizPreviewSerializer)
    def get(self, request: Request, slug: str, quiz: str) -> Response:
        found = get_object_or_404(quizzes_in(request, slug), slug=quiz)
        query = asked(request, PreviewQuerySerializer)
        learner = None
        if "learner" in query:
            learner = get_object_or_404(learners_of(found.course), uuid=query["learner"])
        at = query.get("at") or database_now()
        previewed = quiz_preview(found, enrollment=learner, at=at, seed=query.get("seed", 1))
        return Response(QuizPreviewSerializer({"at": at, **_previewed(previewed)}).data)


def _previewed(preview: QuizPreview) -> dict[str, Any]:
    questions = [
        {"position": each.position, "presentation": asdict(each.presentation), "max_points": each.max_points}
        for each in preview.questions
    ]
    shown = {moment.value: sorted(thing.value for thing in things) for moment, things in preview.shown.items()}
    return {"seen": preview, "questions": questions, "shown": shown}


class QuizAsGift(APIView):
    """What the quiz asks as GIFT, with what is lost on the way."""

    @extend_schema(responses=GivenOutSerializer(many=True))
    def get(self, request: Request, slug: str, quiz: str) -> Response:
        found = get_object_or_404(quizzes_in(request, slug), slug=quiz)
        return Response(GivenOutSerializer(quiz_as_gift(found), many=True).data)
