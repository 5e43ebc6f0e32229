"""The bank: every question of a course, found, tagged, archived and restored."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.bank import BankRow, Search, bank_page, facets_of, found_in_bank
from authoring.domain.review import Decision
from language import marked, say
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.domain.tagging import tag_questions, untag_questions
from quizzes.models import Question
from web.studio.access import author, for_editors, see
from web.studio.bank_forms import ChangeForm, FoundPoolForm, SearchForm, kind_label
from web.studio.question_view import STATES
from web.studio.shelving import remember, remembered, take_back
from web.studio.wording import counted

UNDO = "undo"
SHOWN = STATES | {Decision.WITHDRAWN: ("miss", marked("archived"), "")}
"""Icon, word and tone of each decision, as the bank tells them."""


@require_safe
@for_editors
def bank(request: HttpRequest, *, course: Any) -> HttpResponse:
    """One page of the questions that the address asks for, each with where it is used and how it does."""
    return found_page(request, course)


def found_page(request: HttpRequest, course: Any, *, pool_form: FoundPoolForm | None = None) -> HttpResponse:
    """The page of the bank; with a form of a pool that could not be made, it says why (422)."""
    facets = facets_of(course)
    form = SearchForm(request.GET, facets=facets)
    search = form.search()
    page = bank_page(course, search, number=_number(request))
    context = {
        "section": "studio",
        "step": "bank",
        "course": course,
        "form": form,
        "search": search,
        "page": page,
        "rows": [(row, *SHOWN[row.decision], about(row)) for row in page.rows],
        "query": query_of(request),
        "has_archived": any(row.decision == Decision.WITHDRAWN for row in page.rows),
        "last": remembered(request, course),
        "pool_form": pool_form or FoundPoolForm(facets=facets, search=search),
    }
    return render(request, "studio/bank.html", context, status=422 if pool_form else 200)


def about(row: BankRow) -> dict[str, str]:
    """What the page says of a question beside its words."""
    return {"kind": kind_label(row.version.kind), "facility": facility_of(row)}


def facility_of(row: BankRow) -> str:
    """How the question does, in words."""
    if not row.answers:
        return say("not answered yet")
    answers = ngettext("{count} first answer", "{count} first answers", row.answers).format(count=row.answers)
    if row.fraction is None:
        return answers
    return say("{share} % right in {answers}", share=f"{row.fraction * 100:.0f}", answers=answers)


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 8 else 1


def query_of(request: HttpRequest) -> str:
    """The search of the address, without its page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


@require_POST
@for_editors
def change(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The chosen questions, or all that the address asks for, are tagged, archived or restored; or that is undone."""
    form = ChangeForm(request.POST)
    if request.POST.get("do") == UNDO:
        _undo(request, course)
    elif form.is_valid():
        search = SearchForm(request.GET, facets=facets_of(course)).search()
        questions = _chosen(course, form.cleaned_data, search)
        messages.success(request, _done(request, course, form.cleaned_data, questions))
    else:
        messages.warning(request, str(next(iter(form.non_field_errors()), say("Nothing was changed."))))
    query = query_of(request)
    return see(reverse("studio:bank", args=[course.slug]) + (f"?{query}" if query else ""))


def _chosen(course: Any, sent: dict[str, Any], search: Search) -> list[int]:
    if sent["all"]:
        return list(found_in_bank(course, search).values_list("question", flat=True))
    return list(Question.objects.filter(course=course.pk, uuid__in=sent["question"]).values_list("pk", flat=True))


def _undo(request: HttpRequest, course: Any) -> None:
    undone = take_back(request, course)
    if undone is None:
        messages.info(request, say("There is nothing to take back."))
    else:
        last, changed = undone
        messages.info(request, last.undone(changed))


def _done(request: HttpRequest, course: Any, sent: dict[str, Any], questions: Collection[int]) -> str:
    """The deed is done; returns what to say of it."""
    do, tag, by = sent["do"], sent["tag"], author(request)
    if do == "tag":
        added = tag_questions(questions, name=tag, by=by)
        said = counted(added, "question is", "questions are")
        return say("{questions} tagged “{tag}” now.", questions=said, tag=tag)
    if do == "untag":
        removed = untag_questions(questions, name=tag, by=by)
        return say("{questions} lost “{tag}”.", questions=counted(removed, "question has", "questions have"), tag=tag)
    changed = archive_questions(questions, by=by) if do == "archive" else restore_questions(questions, by=by)
    remember(request, course, do=do, questions=changed)
    said = counted(len(changed), "question is", "questions are")
    if do == "archive":
        return say(
            "{questions} archived. Attempts that run keep them; choose the state “Archived” to restore.", questions=said
        )
    return say("{questions} back as before.", questions=said)
