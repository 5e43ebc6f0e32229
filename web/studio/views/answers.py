"""What was answered to a question: groups of answers that say the same, and each answer of a group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from course.models import Cohort
from language import say
from quizzes.domain.answers_in_words import answer_in_words
from quizzes.domain.given_answers import (
    AnswerFilter,
    GivenGroup,
    answers_in,
    cursor_of,
    given_groups,
    group_named,
    groups_after,
    versions_asked,
)
from quizzes.domain.questions import title_of
from quizzes.models import Question, QuestionVersion, Quiz, Response
from web.studio.access import for_graders, see
from web.studio.answer_words import NOT_SAID, SHAPES, answers_reading, said_in, share_of
from web.studio.answers_form import AnswersForm
from web.studio.names import shows_names, switch_names

A_PAGE = 25
PLACES = ("answer", "after")
"""What of the address says where in the list one is, and not what is asked for."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def answers(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """Groups of answers to the question, or with `answer` those of one group; a POST shows names or hides them."""
    found = get_object_or_404(Question.objects.select_related("concept"), course=course.pk, uuid=question)
    if request.method == "POST":
        switch_names(request)
        return see(request.get_full_path())
    versions = versions_asked(found)
    form = _form(request, course, versions)
    groups = given_groups(found, versions=versions, wanted=form.wanted)
    context = {
        "section": "studio",
        "course": course,
        "question": found,
        "stem": title_of(versions[0]) if versions else "",
        "asked": _asked(request),
        "has_names": shows_names(request),
    }
    if "answer" in request.GET:
        return _one_group(request, groups, form.wanted, context)
    return _all_groups(request, groups, form, context)


def _form(request: HttpRequest, course: Any, versions: list[QuestionVersion]) -> AnswersForm:
    quizzes = Quiz.objects.filter(course=course.pk).order_by("position", "pk").only("slug", "title")
    cohorts = Cohort.objects.filter(course=course.pk).order_by("name")
    return AnswersForm(request.GET, quizzes=quizzes, cohorts=cohorts, numbers=[each.number for each in versions])


def _asked(request: HttpRequest) -> str:
    """What the address asks for, without where in the list one is."""
    kept = request.GET.copy()
    for name in PLACES:
        kept.pop(name, None)
    return kept.urlencode()


def _all_groups(
    request: HttpRequest, groups: list[GivenGroup], form: AnswersForm, context: dict[str, Any]
) -> HttpResponse:
    cursor, total = request.GET.get("after", ""), sum(group.count for group in groups)
    page = groups_after(groups, cursor, most=A_PAGE)
    is_more = bool(page) and page[-1] != groups[-1]
    context |= {
        "form": form,
        "total": total,
        "groups": len(groups),
        "reading": answers_reading(groups),
        "rows": [_row(group, total) for group in page],
        "is_filtered": bool(context["asked"]),
        "is_later": bool(page) and page[0] != groups[0],
        "next": page[-1].cursor if is_more else "",
    }
    return render(request, "studio/answers.html", context)


def _row(group: GivenGroup, total: int) -> dict[str, Any]:
    icon, tone = SHAPES[group.verdict]
    more = group.variants[1:]
    return {
        "group": group,
        "text": said_in(group),
        "share": share_of(group.count, total),
        "variants": [(answer_in_words(group.version, each.answer) or say(NOT_SAID), each.count) for each in more],
        "icon": icon,
        "tone": tone,
    }


def _one_group(
    request: HttpRequest, groups: list[GivenGroup], wanted: AnswerFilter, context: dict[str, Any]
) -> HttpResponse:
    group = group_named(groups, request.GET["answer"])
    if group is None:
        raise Http404
    # One more than is shown says whether there are more.
    found = answers_in(group, wanted=wanted, after=request.GET.get("after", ""), most=A_PAGE + 1)
    page = found[:A_PAGE]
    context |= {
        **_row(group, group.count),
        "answers": [(each, _put(each)) for each in page],
        "next": cursor_of(page[-1]) if len(found) > A_PAGE else "",
    }
    return render(request, "studio/given.html", context)


def _put(response: Response) -> str:
    return answer_in_words(response.version, response.answer) if response.answer else say(NOT_SAID)
