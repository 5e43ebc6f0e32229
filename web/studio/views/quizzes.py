"""The quizzes of a course and their settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.domain.questions import title_of
from quizzes.domain.quiz_items import add_pool, take_out
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.policy import PRESETS, policy_for
from quizzes.policy_words import policy_in_words
from quizzes.pools import pool_of
from web.studio.access import author, for_editors, see
from web.studio.quiz_form import PoolForm, QuizForm

GONE = "A question that is not asked any more"


@require_safe
@for_editors
def quizzes(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every quiz of the course, with what it asks and when, and the way to its settings."""
    asking = {quiz.pk: quiz.questions for quiz in asking_quizzes().filter(course=course.pk)}
    rows = [(quiz, asking.get(quiz.pk, 0)) for quiz in Quiz.objects.filter(course=course.pk)]
    context = {"section": "studio", "step": "quizzes", "course": course, "rows": rows}
    return render(request, "studio/quizzes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def quiz(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """All settings of the quiz; a POST keeps them, or says beside each field what cannot be."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    form = QuizForm(request.POST or None, quiz=found)
    if request.method == "POST" and form.is_valid():
        change_settings(found, changes=form.changes(), actor=author(request))
        messages.success(request, "Kept. Attempts that run go on by the rules they began with.")
        return see(reverse("studio:quiz", args=[course.slug, quiz]))
    return _asking(request, course, found, form, PoolForm(course=course))


@require_POST
@for_editors
def pool_add(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """The quiz ends with one more pool."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    form = PoolForm(request.POST, course=course)
    if not form.is_valid():
        return _asking(request, course, found, QuizForm(quiz=found), form)
    add_pool(found, pool=form.pool(), max_points=form.cleaned_data["max_points"])
    messages.success(request, "The pool was added.")
    return see(f"{reverse('studio:quiz', args=[course.slug, quiz])}#items")


@require_POST
@for_editors
def item_take_out(request: HttpRequest, *, course: Any, quiz: str, position: int) -> HttpResponse:
    """The quiz no longer asks what stands at this position."""
    item = get_object_or_404(QuizItem, quiz__course=course.pk, quiz__slug=quiz, position=position)
    take_out(item)
    messages.success(request, "Taken out. Attempts that run keep it.")
    return see(f"{reverse('studio:quiz', args=[course.slug, quiz])}#items")


def _asking(request: HttpRequest, course: Any, found: Quiz, form: QuizForm, pool_form: PoolForm) -> HttpResponse:
    has_closing = found.closes_at is not None
    context = {
        "section": "studio",
        "step": "quizzes",
        "course": course,
        "quiz": found,
        "form": form,
        "pool_form": pool_form,
        "items": _items(found),
        "learners_read": policy_in_words(policy_for(found.mode, found.feedback_policy), has_closing=has_closing),
        "presets": [(mode, policy_in_words(policy_for(mode, {}), has_closing=has_closing)) for mode in PRESETS],
    }
    status = 422 if form.errors or pool_form.errors else 200
    return render(request, "studio/quiz.html", context, status=status)


def _items(quiz: Quiz) -> list[tuple[QuizItem, str]]:
    """What the quiz asks, in order, each in words."""
    items = list(QuizItem.objects.filter(quiz=quiz).order_by("position"))
    versions = QuestionVersion.objects.filter(question__in=[item.question_id for item in items if item.question_id])
    newest = {each.question_id: each for each in versions.exclude(state=VersionState.RETIRED).order_by("number")}
    titles = {question: title_of(version) for question, version in newest.items()}
    return [(item, str(pool_of(item.pool)) if item.pool else titles.get(item.question_id or 0, GONE)) for item in items]
