"""What was done in a course, and by whom."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.domain.audit import history_of_course, verbs_in
from web.studio.access import for_editors
from web.studio.history_words import things_named
from web.studio.typed import words_in

A_PAGE = 50
LONGEST_SEARCH = 100


@require_safe
@for_editors
def history(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The course's audit log, newest first; `verb` and `who` narrow it."""
    verb = words_in(request.GET, "verb")
    who = words_in(request.GET, "who")[:LONGEST_SEARCH].strip()
    entries = history_of_course(course.uuid, verb=verb, actor=who)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    named = things_named(page)
    context = {
        "section": "studio",
        "step": "history",
        "course": course,
        "page": page,
        "rows": [(entry, named[entry.subject]) for entry in page],
        "verbs": verbs_in(course.uuid),
        "verb": verb,
        "who": who,
    }
    return render(request, "studio/history.html", context)
