"""The rubric of one question, the comments saved for it, and how far its graders agree."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from language import say
from quizzes.domain.drift import Drift, drift_of
from quizzes.domain.questions import title_of
from quizzes.domain.rubric_grades import change_share, percent
from quizzes.domain.rubrics import (
    add_item,
    bring_back_item,
    item_named,
    move_item,
    newest_wording,
    retire_item,
    retired_items,
    reword_item,
    rubric_of,
)
from quizzes.domain.saved_comments import comments_for, forget_comment
from quizzes.errors import RubricFull
from quizzes.models import AutomaticAccept, Question, RubricItem
from web.studio.access import author, for_graders, see
from web.studio.charts.drift import Point, drift_chart
from web.studio.forms import RubricItemForm
from web.studio.grading_words import agreement_reading, drift_reading
from web.studio.wording import counted


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def rubric(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """The rubric with a form for each item; a POST adds, changes, moves, retires or brings back one."""
    found = get_object_or_404(Question, course=course.pk, uuid=question)
    if request.method != "POST":
        return _page(request, course, found)
    done = request.POST.get("do", "")
    if done == "forget":
        forget_comment(found, _uuid(request))
        return _see(course, found, "comments")
    if done in {"add", "save"}:
        return _save(request, course, found, None if done == "add" else _item(request, found))
    try:
        _change(_item(request, found), done)
    except RubricFull as error:
        messages.warning(request, str(error))
    return _see(course, found, "items")


def _see(course: Any, question: Question, part: str) -> HttpResponse:
    return see(f"{reverse('studio:rubric', args=[course.slug, question.uuid])}#{part}")


def _uuid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("which", ""))
    except ValueError:
        raise Http404 from None


def _item(request: HttpRequest, question: Question) -> RubricItem:
    item = item_named(question, _uuid(request))
    if item is None:
        raise Http404
    return item


def _change(item: RubricItem, done: str) -> None:
    if done in {"up", "down"}:
        move_item(item, up=done == "up")
    elif done == "retire":
        retire_item(item)
    elif done == "back":
        bring_back_item(item)


def _save(request: HttpRequest, course: Any, question: Question, item: RubricItem | None) -> HttpResponse:
    form = RubricItemForm(request.POST)
    if not form.is_valid():
        return _page(request, course, question, form=form, wrong=item, status=422)
    words = {"text": form.cleaned_data["text"], "feedback": form.cleaned_data["feedback"]}
    if item is None:
        try:
            add_item(question, fraction=form.fraction, **words)
        except RubricFull as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, say("Added. No grade has changed."))
        return _see(course, question, "items")
    _save_item(request, item, form, words)
    return _see(course, question, "items")


def _save_item(request: HttpRequest, item: RubricItem, form: RubricItemForm, words: dict[str, str]) -> None:
    if (item.text, item.feedback) != (words["text"], words["feedback"]):
        reword_item(item, **words)
        messages.success(
            request, say("The words are saved. Learners read them from now on; no grade has changed by them.")
        )
    if item.fraction != form.fraction:
        changed = change_share(item, fraction=form.fraction, by=author(request))
        what = counted(changed, "grade that rests on it is", "grades that rest on it are")
        messages.success(request, say("The share is saved. {grades} new.", grades=what))


def _page(
    request: HttpRequest,
    course: Any,
    question: Question,
    *,
    form: RubricItemForm | None = None,
    wrong: RubricItem | None = None,
    status: int = 200,
) -> HttpResponse:
    version, accept = newest_wording(question), AutomaticAccept.objects.filter(question=question).first()
    drift = drift_of(question)
    context = {
        "section": "studio",
        "course": course,
        "question": question,
        "stem": title_of(version) if version else "",
        "items": [_row(item, form if item == wrong else None) for item in rubric_of(question)],
        "retired": retired_items(question),
        "new": form is not None and wrong is None,
        "new_row": _sent(form) if form is not None and wrong is None else {},
        "comments": comments_for(question),
        "drift": drift,
        "drift_reading": drift_reading(drift),
        "chart": _chart(drift),
        "accept": accept,
        "agreement": agreement_reading(accept.agreed, accept.compared) if accept else agreement_reading(0, 0),
    }
    return render(request, "studio/rubric.html", context, status=status)


def _row(item: RubricItem, form: RubricItemForm | None) -> dict[str, Any]:
    share = f"{item.fraction * 100:f}".rstrip("0").rstrip(".")
    written = {"text": item.text, "feedback": item.feedback, "share": share or "0"}
    return {"item": item, "shown": percent(item.fraction), **written, **(_sent(form) if form else {})}


def _sent(form: RubricItemForm) -> dict[str, Any]:
    """What was typed, with what is wrong with it."""
    return {**{name: form.data.get(name, "") for name in form.fields}, "errors": form.errors}


def _chart(drift: Drift) -> Any:
    if not drift.days or drift.mean is None:
        return None
    points = [Point(day.grader, day.name, day.day, day.mean, day.count) for day in drift.days]
    furthest = drift.furthest
    return drift_chart(points, mean=drift.mean, marked=furthest.name if furthest else "")
