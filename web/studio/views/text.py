"""The text as it was read: what was dropped, why, and taking it back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.passages import SeenPassage, restore_passage, seen_passages, take_back_decision
from course.reading.outline import PassageKind
from course.reading.reasons import reason_in_words
from web.studio.access import author, for_editors, see

LABELS = {PassageKind.PULL_QUOTE: "pull quote"}


@require_safe
@for_editors
def text(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The whole article in reading order; each dropped line with its reason beside it."""
    passages = seen_passages(course)
    context = {
        "section": "studio",
        "step": "text",
        "course": course,
        "passages": [shown(passage) for passage in passages],
        "lessons": _lessons(passages),
        "read": sum(each.is_read and each.kind != PassageKind.HEADING for each in passages),
        "headings": sum(each.kind == PassageKind.HEADING for each in passages),
        "dropped": sum(not each.is_read for each in passages),
        "kept": sum(each.is_dropped and each.is_read for each in passages),
    }
    return render(request, "studio/text.html", context)


def shown(passage: SeenPassage) -> dict[str, Any]:
    """One passage as its template shows it."""
    reason = passage.passage.reason or passage.found.value
    return {
        "passage": passage,
        "text": passage.text,
        "kind": passage.kind.value,
        "number": passage.number,
        "label": LABELS.get(passage.found, reason),
        "why": reason_in_words(reason),
    }


def _lessons(passages: list[SeenPassage]) -> list[Any]:
    """The lessons in order, each with the number of the first passage that is read in it."""
    found: dict[int, Any] = {}
    for each in passages:
        if each.lesson is not None and each.is_read and each.lesson.pk not in found:
            first: Any = each.lesson
            first.first_number = each.number
            found[first.pk] = first
    return list(found.values())


@require_POST
@for_editors
def decide(request: HttpRequest, *, course: Any, number: int) -> HttpResponse:
    """A dropped line is read again, or left out after all. Only what the cleaner dropped can be decided."""
    passage = _dropped_at(course, number)
    if request.POST.get("do") == "restore":
        restore_passage(course, passage=passage.passage, by=author(request))
    else:
        take_back_decision(course, passage=passage.passage)
    if request.headers.get("HX-Request"):
        now = {"course": course, "each": shown(_dropped_at(course, number)), "is_fragment": True}
        return render(request, "studio/_passage.html", now)
    return see(f"{reverse('studio:text', args=[course.slug])}#p-{number}")


def _dropped_at(course: Any, number: int) -> SeenPassage:
    found = (each for each in seen_passages(course) if each.number == number and each.is_dropped)
    passage = next(found, None)
    if passage is None:
        raise Http404
    return passage
