"""The quizzes of a course and their settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from course.errors import NothingToUndo
from language import again, marked, say
from quizzes.domain.accommodations import terms_in
from quizzes.domain.questions import title_of
from quizzes.domain.quiz_history import last_change, undo_last_change
from quizzes.domain.quiz_items import add_pool, add_questions, askable_in, move_item, set_points, take_out
from quizzes.domain.quiz_page import quiz_page
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.quiz_shelf import archive_quiz, create_quiz, delete_quiz, restore_quiz
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.errors import QuizError
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.policy import PRESETS, policy_for, waits_for_closing
from quizzes.policy_words import policy_in_words
from quizzes.pools import pool_of
from web.studio.access import author, for_editors, see
from web.studio.quiz_form import ItemForm, NewQuizForm, PoolForm, QuizForm
from web.studio.wording import counted

GONE = marked("A question that is not asked any more")


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def quizzes(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every quiz of the course, with what it asks and when, and the way to its settings; a POST makes another."""
    form = NewQuizForm(request.POST if request.method == "POST" else None, course=course)
    if request.method == "POST" and form.is_valid():
        made = create_quiz(course, **form.wanted(), actor=author(request))
        messages.success(request, say("Made. Choose what it asks."))
        return see(f"{reverse('studio:quiz', args=[course.slug, made.slug])}#items")
    asking = {quiz.pk: quiz.questions for quiz in asking_quizzes().filter(course=course.pk)}
    rows = [(quiz, asking.get(quiz.pk, 0)) for quiz in Quiz.objects.filter(course=course.pk).select_related("lesson")]
    context = {
        "section": "studio",
        "step": "quizzes",
        "course": course,
        "rows": [row for row in rows if row[0].archived_at is None],
        "archived": [quiz for quiz, _ in rows if quiz.archived_at is not None],
        "form": form,
    }
    return render(request, "studio/quizzes.html", context, status=422 if form.errors else 200)


@require_POST
@for_editors
def shelve(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """The quiz is archived, restored, or deleted where nobody took it; as `do` says."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    deeds = {
        "archive": (archive_quiz, say("Archived. Learners no longer find it; results stay, and it can be restored.")),
        "restore": (restore_quiz, say("Restored. Learners find it again.")),
        "delete": (delete_quiz, say("Deleted. Its questions stay in the bank.")),
    }
    deed, said = deeds.get(request.POST.get("do", ""), (None, ""))
    if deed is not None:
        try:
            deed(found, actor=author(request))
            messages.success(request, said)
        except QuizError as refused:
            messages.warning(request, str(refused))
    return see(reverse("studio:quizzes", args=[course.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def quiz(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """All settings of the quiz; a POST keeps them, or says beside each field what cannot be."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    form = QuizForm(request.POST or None, quiz=found)
    if request.method == "POST" and form.is_valid():
        change_settings(found, changes=form.changes(), actor=author(request))
        messages.success(request, say("Kept. Attempts that run go on by the rules they began with."))
        return see(reverse("studio:quiz", args=[course.slug, quiz]))
    return _asking(request, course, found, form, PoolForm(course=course))


@require_POST
@for_editors
def pool_add(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """The quiz ends with one more pool."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    form = PoolForm(request.POST, course=course)
    if not form.is_valid():
        return _asking(request, course, found, QuizForm(quiz=found), form)
    add_pool(found, pool=form.pool(), max_points=form.cleaned_data["max_points"], actor=author(request))
    messages.success(request, say("The pool was added."))
    return see(f"{reverse('studio:quiz', args=[course.slug, quiz])}#items")


@require_POST
@for_editors
def item_take_out(request: HttpRequest, *, course: Any, quiz: str, position: int) -> HttpResponse:
    """The quiz no longer asks what stands at this position."""
    take_out(_item(course, quiz, position), actor=author(request))
    messages.success(request, say("Taken out. Attempts that run keep it."))
    return see(f"{reverse('studio:quiz', args=[course.slug, quiz])}#items")


def _item(course: Any, quiz: str, position: int | None) -> QuizItem:
    items = QuizItem.objects.select_related("quiz")
    return get_object_or_404(items, quiz__course=course.pk, quiz__slug=quiz, position=position or 0)


@require_POST
@for_editors
def items(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """What the quiz asks is added to, put in order or weighed, or the last change taken back, as `do` says."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    form = ItemForm(request.POST, askable=askable_in(found))
    if form.is_valid():
        messages.success(request, _done_to_items(request, course, found, form))
    else:
        messages.warning(request, say("Points lie between 0.01 and 1,000. Nothing was changed."))
    return see(f"{reverse('studio:quiz', args=[course.slug, quiz])}#items")


def _done_to_items(request: HttpRequest, course: Any, quiz: Quiz, form: ItemForm) -> str:
    wanted, actor = form.cleaned_data, author(request)
    match request.POST.get("do", ""):
        case "add":
            added = add_questions(quiz, questions=form.questions(), actor=actor)
            return say("{questions} added.", questions=counted(added, "question"))
        case "move" if wanted["to"] is not None:
            move_item(_item(course, quiz.slug, wanted["position"]), to=wanted["to"], actor=actor)
            return say("Now number {number}.", number=max(1, wanted["to"]))
        case "points" if wanted["max_points"]:
            set_points(_item(course, quiz.slug, wanted["position"]), max_points=wanted["max_points"], actor=actor)
            return say("Kept. Attempts that run keep the points they began with.")
        case "undo":
            return _undone(quiz, actor)
        case _:
            return say("Nothing was changed.")


def _undone(quiz: Quiz, actor: User) -> str:
    try:
        return say("Taken back: {change}.", change=say(undo_last_change(quiz, actor=actor)))
    except NothingToUndo as refused:
        return str(refused)


def _asking(request: HttpRequest, course: Any, found: Quiz, form: QuizForm, pool_form: PoolForm) -> HttpResponse:
    has_closing = found.closes_at is not None
    policy = policy_for(found.mode, found.feedback_policy)
    context = {
        "section": "studio",
        "step": "quizzes",
        "course": course,
        "quiz": found,
        "form": form,
        "pool_form": pool_form,
        "items": _items(found),
        "askable": [(version, title_of(version)) for version in askable_in(found)],
        "last": last_change(found),
        "terms": terms_in(found),
        **_points(found),
        "learners_read": policy_in_words(policy, has_closing=has_closing),
        "shows_early": not has_closing and waits_for_closing(policy),
        "presets": [(mode, policy_in_words(policy_for(mode, {}), has_closing=has_closing)) for mode in PRESETS],
    }
    status = 422 if form.errors or pool_form.errors else 200
    return render(request, "studio/quiz.html", context, status=status)


def _items(quiz: Quiz) -> list[tuple[QuizItem, str]]:
    """What the quiz asks, in order, each in words."""
    items = list(QuizItem.objects.filter(quiz=quiz).order_by("position"))
    versions = QuestionVersion.objects.filter(question__in=[item.question_id for item in items if item.question_id])
    newest = {each.question_id: each for each in versions.exclude(state=VersionState.RETIRED).order_by("number")}
    titles = {question: title_of(version) for question, version in newest.items()}
    return [
        (item, again(str(pool_of(item.pool))) if item.pool else titles.get(item.question_id or 0, say(GONE)))
        for item in items
    ]


def _points(quiz: Quiz) -> dict[str, Any]:
    """How many points there are to be had, and how many of them pass."""
    total = quiz_page(quiz, enrollment=None, at=timezone.now()).points
    passing = None if quiz.pass_fraction is None else round(total * quiz.pass_fraction, 2)
    return {"total": total, "passing": passing}
