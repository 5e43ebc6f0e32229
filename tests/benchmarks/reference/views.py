"""The journey's views, as one would write them at first: no caching, one transaction where something is written."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tests.benchmarks.reference.models import Answer, Attempt, Lesson, Question


@login_required
def lesson(request: HttpRequest, lesson: int) -> HttpResponse:
    found = get_object_or_404(Lesson, pk=lesson)
    shown = {"lesson": found, "paragraphs": found.text.split("\n\n")}
    return render(request, "reference/lesson.html", shown)


@login_required
def quiz(request: HttpRequest, lesson: int) -> HttpResponse:
    found = get_object_or_404(Lesson, pk=lesson)
    last = Attempt.objects.filter(lesson=found, learner=person(request)).order_by("-pk").first()
    return render(request, "reference/quiz.html", {"lesson": found, "last": last})


@require_POST
@login_required
def start(request: HttpRequest, lesson: int) -> HttpResponse:
    found = get_object_or_404(Lesson, pk=lesson)
    with transaction.atomic():
        attempt = Attempt.objects.create(lesson=found, learner=person(request))
    return see("attempt", attempt)


@login_required
def attempt(request: HttpRequest, attempt: int) -> HttpResponse:
    found = own(request, attempt)
    questions = list(found.lesson.questions.all())
    if request.method == "POST":
        save(found, questions, request.POST)
        return see("summary", found)
    chosen = dict(found.answers.values_list("question", "choice"))
    asked = [(question, chosen.get(question.pk)) for question in questions]
    return render(request, "reference/attempt.html", {"attempt": found, "asked": asked})


def save(attempt: Attempt, questions: list[Question], form: Any) -> None:
    answers = [
        Answer(attempt=attempt, question=question, choice=int(form[f"answer-{question.pk}"]))
        for question in questions
        if form.get(f"answer-{question.pk}", "").isdigit()
    ]
    Answer.objects.bulk_create(
        answers, update_conflicts=True, unique_fields=["attempt", "question"], update_fields=["choice"]
    )


@login_required
def summary(request: HttpRequest, attempt: int) -> HttpResponse:
    found = own(request, attempt)
    return render(request, "reference/summary.html", {"attempt": found, "answered": found.answers.count()})


@csrf_exempt
@require_POST
@login_required
def take(request: HttpRequest, lesson: int) -> HttpResponse:
    """The whole attempt in one call, for programs: {"answers": {"<position>": choice}}."""
    found = get_object_or_404(Lesson, pk=lesson)
    chosen = {int(position): choice for position, choice in json.loads(request.body)["answers"].items()}
    questions = [question for question in found.questions.all() if question.position in chosen]
    right = sum(question.key == chosen[question.position] for question in questions)
    with transaction.atomic():
        made = Attempt(lesson=found, learner=person(request), submitted_at=timezone.now(), right=right)
        made.save()
        Answer.objects.bulk_create(answer_to(question, made, chosen[question.position]) for question in questions)
    return JsonResponse({"attempt": made.pk, "right": right, "of": len(questions)}, status=201)


def answer_to(question: Question, attempt: Attempt, choice: int) -> Answer:
    return Answer(attempt=attempt, question=question, choice=choice, is_right=question.key == choice)


@require_POST
@login_required
def submit(request: HttpRequest, attempt: int) -> HttpResponse:
    found = own(request, attempt)
    with transaction.atomic():
        found.answers.update(is_right=False)
        right = found.answers.filter(
            pk__in=Answer.objects.filter(attempt=found, choice=F("question__key")).values("pk")
        ).update(is_right=True)
        Attempt.objects.filter(pk=found.pk).update(submitted_at=timezone.now(), right=right)
    return see("review", found)


@login_required
def review(request: HttpRequest, attempt: int) -> HttpResponse:
    found = own(request, attempt)
    answers = list(found.answers.select_related("question").order_by("question__position"))
    return render(request, "reference/review.html", {"attempt": found, "answers": answers})


def own(request: HttpRequest, attempt: int) -> Attempt:
    return get_object_or_404(Attempt.objects.select_related("lesson"), pk=attempt, learner=person(request))


def person(request: HttpRequest) -> Any:
    return request.user


def see(name: str, attempt: Attempt) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[attempt.pk]), status=303)
