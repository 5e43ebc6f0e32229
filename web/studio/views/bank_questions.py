"""One question of the bank over all its wordings, and the questions that ask nearly the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from authoring.domain.bank_question import History, Wording, compared, duplicates_in, history_of
from language import say
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.domain.tagging import set_tags
from quizzes.models import Question
from web.studio.access import author, for_editors, see
from web.studio.bank_forms import kind_label
from web.studio.shelving import remember
from web.studio.views.bank import SHOWN


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def question(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """The wordings, two of them compared in words, and where it is asked; a POST tags, archives or restores it."""
    found = get_object_or_404(Question.objects.select_related("concept", "course"), course=course.pk, uuid=question)
    if request.method == "POST":
        messages.success(request, _done(request, found, request.POST.get("do", ""), request.POST.get("tags", "")))
        return see(reverse("studio:bank-question", args=[course.slug, question]))
    history = history_of(found)
    old, new = _pair(history, request)
    context = {
        "section": "studio",
        "step": "bank",
        "course": course,
        "history": history,
        "kind": kind_label(history.newest.version.kind),
        "wordings": [(each, *SHOWN[each.decision], facility_in_words(each)) for each in history.wordings],
        "old": old,
        "new": new,
        "differences": compared(old.version, new.version) if old and new else [],
    }
    return render(request, "studio/bank_question.html", context)


def _pair(history: History, request: HttpRequest) -> tuple[Wording | None, Wording | None]:
    """The two wordings that are asked for, the older first; the last two when none or one of them is."""
    numbers = [value for name in ("old", "new") if (value := request.GET.get(name, "")).isdecimal() and len(value) < 8]
    asked = [each for number in numbers if (each := history.wording(int(number)))]
    pair = asked if len({each.version.pk for each in asked}) == 2 else history.wordings[:2]
    if len(pair) < 2:
        return None, None
    old, new = sorted(pair, key=lambda each: each.version.number)
    return old, new


def _done(request: HttpRequest, question: Question, do: str, tags: str) -> str:
    """The deed is done; returns what to say of it."""
    by = author(request)
    if do == "archive":
        remember(request, question.course, do="archive", questions=archive_questions([question.pk], by=by))
        return say("Archived. No quiz asks it any more; attempts that run keep it.")
    if do == "restore":
        remember(request, question.course, do="restore", questions=restore_questions([question.pk], by=by))
        return say("It is back as it was before.")
    if do == "tags":
        kept = set_tags(question, names=tags.split(","), by=by)
        return say("Tagged {tags}.", tags=", ".join(kept)) if kept else say("It has no tags now.")
    return say("Nothing was changed.")


def facility_in_words(wording: Wording) -> str:
    """How a wording does."""
    if not wording.answers:
        return say("not answered")
    answers = ngettext("{count} first answer", "{count} first answers", wording.answers).format(count=wording.answers)
    if wording.fraction is None:
        return answers
    return say("{share} % right in {answers}", share=f"{wording.fraction * 100:.0f}", answers=answers)


@require_safe
@for_editors
def duplicates(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Questions that ask nearly the same, side by side in groups, the likest first."""
    groups = [
        [
            (group.first, *SHOWN[group.first.decision], ""),
            *((each, *SHOWN[each.decision], f"{like:.0%}") for each, like in group.others),
        ]
        for group in duplicates_in(course)
    ]
    context = {"section": "studio", "step": "bank", "course": course, "groups": groups}
    return render(request, "studio/bank_duplicates.html", context)
