"""What waits for a person: the questions, then one group of answers after the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

import language
from jobs.domain.clock import database_now
from language import marked, say
from quizzes.domain.manual_grading import GivenGrade, confirm_variants, grade_variants, last_act, undo_last
from quizzes.domain.manual_queue import (
    AnswerGroup,
    WaitingQuestion,
    group_from,
    groups_waiting,
    last_graded_at,
    learners_of,
    questions_waiting,
)
from quizzes.domain.questions import title_of
from quizzes.domain.rubrics import newest_wording, rubric_of
from quizzes.domain.saved_comments import comments_for, save_comment, texts_of, with_saved
from quizzes.errors import GradedMeanwhile, NothingGiven
from quizzes.models import Question, QuestionVersion
from web.studio.access import author, for_graders, see
from web.studio.answer_view import shown_group, shown_items, shown_question
from web.studio.forms import GradeForm
from web.studio.names import shows_names, switch_names
from web.studio.wording import counted, waited

MOST_NAMES = 12


@require_safe
@for_graders
def queue(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every question with something waiting, the longest waiting first."""
    found, now = questions_waiting(course), database_now()
    context = {
        "section": "studio",
        "step": "grading",
        "course": course,
        "rows": [_row(each, now) for each in found],
        "waiting": sum(each.waiting for each in found),
        "audits": sum(each.audits for each in found),
        "last": None if found else last_graded_at(course),
    }
    return render(request, "studio/grading.html", context)


def _row(waits: WaitingQuestion, now: datetime) -> dict[str, Any]:
    return {
        "waits": waits,
        "age": waited(now - waits.oldest),
        "to_grade": say("{count} to grade", count=waits.waiting) if waits.waiting else "",
        "to_look_at": say("{count} to look at", count=waits.audits) if waits.audits else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def question(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """One group of answers beside what settles it; a POST grades it, confirms it, takes back or shows names."""
    found = get_object_or_404(Question, course=course.pk, uuid=question)
    if request.method != "POST":
        return _page(request, course, found, request.GET.get("answer", ""))
    done = request.POST.get("do", "")
    if done == "names":
        switch_names(request)
        return see(_address(course, found, request.POST.get("answer", "")))
    if done == "undo":
        return _undo(request, course, found)
    return _decide(request, course, found)


def _address(course: Any, question: Question, answer: str) -> str:
    address = reverse("studio:grading-question", args=[course.slug, question.uuid])
    return f"{address}?answer={answer}" if answer.isalnum() else address


def _undo(request: HttpRequest, course: Any, question: Question) -> HttpResponse:
    """Leads back to what was taken back, to grade it again."""
    taken_back = set(undo_last(question, by=author(request)))
    if not taken_back:
        return see(_address(course, question, request.POST.get("answer", "")))
    answers = language.counted(len(taken_back), "answer waits", "answers wait")
    messages.info(request, say("Taken back: {answers} again.", answers=answers))
    groups = groups_waiting(question)
    again = next((group.digest for group in groups if not taken_back.isdisjoint(group.responses)), "")
    return see(_address(course, question, again))


def _decide(request: HttpRequest, course: Any, question: Question) -> HttpResponse:
    here, variants = request.POST.get("answer", ""), request.POST.getlist("variant")
    form = GradeForm(request.POST)
    if not form.is_valid():
        return _page(request, course, question, here, form=form, problem=_first_error(form), status=422)
    try:
        graded = _graded(request, question, variants, form)
    except NothingGiven as error:
        return _page(request, course, question, here, form=form, problem=str(error), status=422)
    except GradedMeanwhile as error:
        return _page(request, course, question, here, problem=str(error), status=409)
    if graded:
        messages.success(request, say(_done(request), answers=counted(graded, "answer")))
    return see(_address(course, question, here))


def _first_error(form: GradeForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _done(request: HttpRequest) -> str:
    return marked("{answers} confirmed.") if request.POST.get("do") == "confirm" else marked("{answers} graded.")


def _graded(request: HttpRequest, question: Question, variants: list[str], form: GradeForm) -> int:
    by = author(request)
    if request.POST.get("do") == "confirm":
        return confirm_variants(question, variants=variants, by=by)
    said = texts_of(question, form.cleaned_data["said"])
    comment = form.cleaned_data["comment"]
    given = GivenGrade(form.cleaned_data["item"], with_saved(comment, said), form.own_fraction)
    graded = grade_variants(question, variants=variants, given=given, by=by)
    if comment.strip() and form.cleaned_data["keep"]:
        save_comment(question, text=comment, by=by)
    return graded


def _page(
    request: HttpRequest,
    course: Any,
    question: Question,
    answer: str,
    *,
    form: GradeForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    groups = groups_waiting(question)
    place = group_from(groups, answer)
    context = {
        "section": "studio",
        "course": course,
        "question": question,
        "problem": problem,
        "last": last_act(question, by=author(request)),
        "total": len(groups),
        "waiting": sum(group.size for group in groups),
    }
    if place is None:
        context |= {"last_at": last_graded_at(course), "stem": _title(question)}
        return render(request, "studio/graded.html", context, status=status)
    context |= _shown(request, question, groups, place, form)
    return render(request, "studio/grade.html", context, status=status)


def _title(question: Question) -> str:
    version = newest_wording(question)
    return title_of(version) if version else ""


def _shown(
    request: HttpRequest, question: Question, groups: list[AnswerGroup], place: int, form: GradeForm | None
) -> dict[str, Any]:
    group = groups[place]
    version = QuestionVersion.objects.get(pk=group.version)
    sent = form.data if form is not None else {}
    ticked = form.cleaned_data.get("item", []) if form is not None else []
    has_names = shows_names(request)
    return {
        **shown_question(version),
        **shown_group(group, version),
        "number": place + 1,
        "previous": groups[place - 1].digest if place else "",
        "next": groups[place + 1].digest if place + 1 < len(groups) else "",
        "items": shown_items(rubric_of(question), most=group.max_points, ticked=ticked),
        "comments": comments_for(question),
        "sent": sent,
        "has_names": has_names,
        "names": learners_of(group.responses, most=MOST_NAMES) if has_names else [],
        "more_names": max(0, group.size - MOST_NAMES),
    }
