"""Questions in and out as GIFT: a box to paste them into, and a quiz to take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from authoring.domain.pasted_questions import GivenOut, add_pasted, quiz_as_gift
from course.errors import NoTextYet
from language import capital, say
from quizzes.formats.gift import Gift, GiftQuestion, read
from quizzes.models import Quiz
from quizzes.questions import question_type
from web.studio.access import author, for_editors, see
from web.studio.wording import counted

KEEP = "keep"


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def paste(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The box; a POST says what is read of it and every problem, or keeps what was read as drafts.

    What could not be read stays in the box.
    """
    text = request.POST.get("gift", "")
    gift = read(text)
    if request.method != "POST" or request.POST.get("do") != KEEP or not gift.questions:
        return _asking(request, course, text, gift)
    try:
        kept = add_pasted(course, questions=gift.questions, by=author(request))
    except NoTextYet as none:
        return _asking(request, course, text, gift, refused=str(none), status=409)
    drafts = say(
        "{drafts} made. Each still needs the words that prove it.", drafts=capital(counted(len(kept), "draft"))
    )
    if gift.problems:
        done = f"{drafts} {say('The rest is below.')}"
        return _asking(request, course, gift.left, read(gift.left), done=done)
    messages.success(request, drafts)
    return see(reverse("studio:question", args=[course.slug, kept[0].uuid]))


def _asking(
    request: HttpRequest, course: Any, text: str, gift: Gift, *, refused: str = "", done: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "section": "studio",
        "course": course,
        "text": text,
        "problems": gift.problems,
        "read": [_shown(each) for each in gift.questions],
        "refused": refused,
        "done": done,
        "is_empty": request.method == "POST" and not done and not (gift.questions or gift.problems),
    }
    return render(request, "studio/gift.html", context, status=status)


def _shown(each: GiftQuestion) -> dict[str, Any]:
    kind = question_type(each.kind)
    return {"line": each.line, "kind": say(kind.label), "title": kind.title(each.content), "notes": each.notes}


@require_safe
@for_editors
def quiz_gift(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """What the quiz asks as GIFT with what is lost on the way; `?as=file` is the text alone."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    given = quiz_as_gift(found)
    if request.GET.get("as") == "file":
        answer = HttpResponse(_text(found, given), content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{found.slug}.gift.txt"'
        return answer
    context = {
        "section": "studio",
        "step": "quizzes",
        "course": course,
        "quiz": found,
        "total": len(given),
        "written": sum(bool(each.written.text) for each in given),
        "losing": [each for each in given if each.written.lost],
    }
    return render(request, "studio/quiz_gift.html", context)


def _text(quiz: Quiz, given: list[GivenOut]) -> str:
    """The questions with empty lines between them, what is lost of each in comments over it."""
    title = " ".join(quiz.title.split())
    pieces = [f"// {title}\n$CATEGORY: {quiz.slug}"]
    for each in given:
        comments = [f"// {sentence}" for sentence in each.written.lost]
        named = [] if each.written.text else [f"// {' '.join(each.title.split())}"]
        pieces.append("\n".join([*named, *comments, *filter(None, [each.written.text])]))
    return "\n\n".join(pieces) + "\n"
