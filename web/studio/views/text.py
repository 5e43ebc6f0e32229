"""The text as it was read: what was dropped, why, what the instructor decided, and taking all of it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain.lessons import move_break, split_lesson
from authoring.domain.passages import SeenPassage, decide_passage, passage_at, questions_proven_in, seen_passages
from authoring.domain.text_edits import Editor, edition, last_edit, undo_last_edit
from course.errors import CannotRearrange, CourseError
from course.models import TextEdit
from course.reading.outline import PassageKind
from course.reading.reasons import reason_in_words
from language import marked, say
from web.studio.access import author, for_editors, see
from web.studio.edit_wording import said_of
from web.studio.text_forms import TextForm

LABELS = {PassageKind.PULL_QUOTE: marked("pull quote")}
KINDS = {
    "keep": None,
    "drop": PassageKind.BOILERPLATE,
    "heading": PassageKind.HEADING,
    "paragraph": PassageKind.PARAGRAPH,
}
BREAKS = {"earlier": -1, "later": 1}
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def text(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The whole article in reading order, decisions beside their lines; a POST decides, or takes the last edit back."""
    if request.method != "POST":
        return _page(request, course)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, course, refused=CannotRearrange.message)
    do, number = form.deed()
    try:
        _do(course, do, number, form.editor(author(request)))
    except CourseError as error:
        return _page(request, course, refused=str(error))
    if request.headers.get("HX-Request"):
        return _page(request, course)
    return see(f"{reverse('studio:text', args=[course.slug])}{f'#p-{number}' if number else ''}")


def _do(course: Any, do: str, number: int, editor: Editor) -> None:
    if do == "undo":
        undo_last_edit(course, editor=editor)
    elif do == "split":
        split_lesson(course, number=number, editor=editor)
    elif do in BREAKS:
        lesson = passage_at(seen_passages(course), number).lesson
        if lesson is None:
            raise CannotRearrange
        move_break(course, lesson=lesson.uuid, by=BREAKS[do], editor=editor)
    else:
        decide_passage(course, number=number, kind=KINDS[do], editor=editor)


def _page(request: HttpRequest, course: Any, *, refused: str = "") -> HttpResponse:
    """The page, or its form for a script, which swaps in nothing that says it is an error."""
    is_fragment = bool(request.headers.get("HX-Request"))
    passages = seen_passages(course)
    context = {
        "section": "studio",
        "step": "text",
        "course": course,
        "seen": edition(course),
        "last": last_shown(last_edit(course), request),
        "refused": refused,
        "passages": _shown(course, passages),
        "lessons": _lessons(passages),
        "read": sum(each.is_read and each.kind != PassageKind.HEADING for each in passages),
        "headings": sum(each.is_read and each.kind == PassageKind.HEADING for each in passages),
        "dropped": sum(not each.is_read for each in passages),
        "kept": sum(each.is_dropped and each.is_read for each in passages),
    }
    page = "studio/_text.html" if is_fragment else "studio/text.html"
    return render(request, page, context, status=CONFLICT if refused and not is_fragment else 200)


def last_shown(edit: TextEdit | None, request: HttpRequest) -> dict[str, Any] | None:
    """The edit that undo takes back: who did what, and when; None when there is none."""
    if edit is None:
        return None
    name = "" if edit.made_by == request.user else edit.made_by.name if edit.made_by else say("Somebody")
    return {"did": said_of(edit.kind, name), "subject": edit.subject, "at": edit.made_at}


def _shown(course: Any, passages: list[SeenPassage]) -> list[dict[str, Any]]:
    """The passages as their template shows them."""
    proven = questions_proven_in(course, [each for each in passages if not each.is_read])
    begun: set[Any] = set()
    shown = []
    for each in passages:
        begins = each.is_read and each.lesson is not None and each.lesson.uuid not in begun
        if begins and each.lesson is not None:
            begun.add(each.lesson.uuid)
        reason = each.passage.reason or each.found.value
        shown.append(
            {
                "passage": each,
                "text": each.text,
                "kind": each.kind.value,
                "number": each.number,
                "label": say(LABELS.get(each.found, reason)),
                "why": reason_in_words(reason),
                "part": len(begun) if begins else 0,
                "title": each.lesson.title if begins and each.lesson else "",
                "proves": proven.get(each.number, 0),
            }
        )
    return shown


def _lessons(passages: list[SeenPassage]) -> list[dict[str, Any]]:
    """The lessons in the text's order, each with the number of the first passage that is read in it."""
    found: dict[Any, dict[str, Any]] = {}
    for each in passages:
        if each.lesson is not None and each.is_read:
            lesson = {"title": each.lesson.title, "words": each.lesson.words, "first_number": each.number}
            found.setdefault(each.lesson.uuid, lesson)
    return list(found.values())
