"""The drafted questions: the queue, one question beside its passage, and what is decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.lint_fixes import apply_fix, take_back_fix
from authoring.domain.passages import seen_passages
from authoring.domain.review import Decision, QueuedQuestion, last_decided, review_queue
from authoring.domain.review_checks import ReviewedQuestion, accept_clean, held_against_rules
from authoring.domain.review_rule import set_two_person_review
from course.models import Lesson
from language import marked, say
from quizzes.domain.questions import accept, may_accept, put_back, reject
from quizzes.domain.waivers import take_back, waive, waivers_taken_back
from quizzes.drafting.lint import wanted_by
from quizzes.models import Origin, QuestionVersion
from web.studio.access import author, for_editors, see
from web.studio.checks import checks_of
from web.studio.errors import told
from web.studio.forms import REASONS, RejectForm
from web.studio.mending import forget, remember, remembered
from web.studio.origin_words import origin_of, told_origin
from web.studio.question_view import label_of, proof_of, reviewed, state_of, tally_in_words
from web.studio.typed import words_in
from web.studio.views.model import model_shown
from web.studio.wording import counted

A_PAGE = 100


@require_safe
@for_editors
def queue(request: HttpRequest, *, course: Any) -> HttpResponse:
    """A page of the questions by lesson, each with its state and what the rules find, and the way into the review."""
    questions = review_queue(course)
    page = Paginator(questions, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "studio",
        "step": "questions",
        "course": course,
        "page": page,
        "groups": _groups(held_against_rules(course, list(page.object_list), questions), questions),
        "total": len(questions),
        "tally": tally_in_words(question.decision for question in questions),
        "first": next((each for each in questions if each.decision == Decision.UNDECIDED), None),
        **model_shown(course),
    }
    return render(request, "studio/questions.html", context)


def _groups(shown: Sequence[ReviewedQuestion], questions: Sequence[QueuedQuestion]) -> list[dict[str, Any]]:
    """Those shown by lesson; `clean` is how many of them could be accepted at once, `more` whether others might."""
    sizes = Counter(_place(each) for each in questions)
    here = Counter(_place(each) for each in shown)
    groups: dict[int, dict[str, Any]] = {}
    for each in shown:
        key = _place(each)
        group = groups.setdefault(key, {"lesson": each.lesson, "rows": [], "clean": 0, "more": here[key] < sizes[key]})
        group["rows"].append(
            {"question": each, "state": state_of(each), "label": label_of(each), "origin": origin_of(each.version)}
        )
        group["clean"] += each.is_clean and each.decision == Decision.UNDECIDED
    return list(groups.values())


def _place(question: QueuedQuestion | ReviewedQuestion) -> int:
    return question.lesson.pk if question.lesson else 0


@require_POST
@for_editors
def accept_lesson(request: HttpRequest, *, course: Any, lesson: str) -> HttpResponse:
    """Every undecided question of the lesson that breaks no rule is accepted."""
    found = get_object_or_404(Lesson, course=course.pk, slug=lesson)
    accepted = accept_clean(course, lesson=found, by=author(request))
    messages.success(
        request, say("{questions} of “{title}” accepted.", questions=counted(accepted, "question"), title=found.title)
    )
    return see(reverse("studio:questions", args=[course.slug]))


@require_safe
@for_editors
def question(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """One question: its passage with the evidence marked, its draft with the key, what the rules say, what to do."""
    questions = review_queue(course)
    (here,) = held_against_rules(course, [_find(questions, question)], questions)
    last = last_decided(questions, by=author(request))
    context = {
        "section": "studio",
        "step": "questions",
        "course": course,
        "question": here,
        "version": here.version,
        "total": len(questions),
        "tally": tally_in_words(question.decision for question in questions),
        "state": state_of(here),
        "label": label_of(here),
        "shown": reviewed(here),
        "proof": proof_of(here, seen_passages(course)),
        "previous": questions[here.number - 2] if here.number > 1 else None,
        "next": questions[here.number] if here.number < len(questions) else None,
        "mended": remembered(request, here.version),
        "last": last,
        "last_state": state_of(last) if last else None,
        "reasons": REASONS,
        "checks": checks_of(here),
        "taken_back": waivers_taken_back(here.version.question),
        "may_accept": may_accept(here.version, by=author(request)),
        "is_open": here.decision not in (Decision.PUBLISHED, Decision.WITHDRAWN),
        "is_drafted": here.version.origin == Origin.DRAFTED,
        "origin": told_origin(here.version),
    }
    return render(request, "studio/question.html", context)


def _find(questions: Sequence[QueuedQuestion], version: UUID) -> QueuedQuestion:
    found = next((each for each in questions if each.uuid == version), None)
    if found is None:
        raise Http404
    return found


DECIDED = {"accept": marked("Question {number} accepted."), "reject": marked("Question {number} rejected.")}
CHANGED = marked("Question {number} changed and accepted.")
UNDECIDED = marked("Nothing was changed.")


@require_POST
@for_editors
@told
def decide(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """The question is accepted, rejected with a reason, or undecided again; then comes the next that waits."""
    version = get_object_or_404(QuestionVersion, uuid=question, question__course=course.pk)
    done = request.POST.get("do", "")
    here = reverse("studio:question", args=[course.slug, question])
    if done == "undo":
        put_back(version, by=author(request))
        messages.info(request, say("Taken back: this question is undecided again."))
        return see(here)
    if done == "reject" and not _reject(request, version):
        messages.warning(request, say("Choose why you reject it, so that others can follow. Nothing was changed."))
        return see(here)
    if done == "accept":
        accept(version, by=author(request))
    return see(next_undecided(request, course, question, said=DECIDED.get(done, UNDECIDED)))


def _reject(request: HttpRequest, version: QuestionVersion) -> bool:
    form = RejectForm(request.POST)
    reason = form.reason() if form.is_valid() else ""
    if reason:
        reject(version, by=author(request), reason=reason)
    return bool(reason)


@require_POST
@for_editors
@told
def check(request: HttpRequest, *, course: Any, question: UUID) -> HttpResponse:
    """What one rule found is mended, waived with a reason, or counts again after a waiver is taken back."""
    questions = review_queue(course)
    (here,) = held_against_rules(course, [_find(questions, question)], questions)
    done, rule, shown = request.POST.get("do", ""), request.POST.get("rule", ""), here.version.uuid
    if done == "fix":
        mended = apply_fix(here, rule=rule, by=author(request))
        remember(request, mended)
        shown = mended.version
        words = say(wanted_by(rule))
        messages.success(request, say("Mended: {wanted} Read it again before you accept it.", wanted=words))
    elif done == "unfix":
        _take_back(request, here)
    elif done == "waive":
        _waive(request, here, rule)
    elif done == "count":
        waiver = get_object_or_404(here.version.question.waivers, uuid=_uuid(request.POST.get("waiver", "")))
        take_back(waiver, by=author(request))
        messages.info(request, say("Taken back: the finding counts again."))
    return see(reverse("studio:question", args=[course.slug, shown]))


def _take_back(request: HttpRequest, here: ReviewedQuestion) -> None:
    mended = remembered(request, here.version)
    if mended is None:
        messages.info(
            request, say("There is nothing to take back: the question was changed since, or not mended by you.")
        )
        return
    take_back_fix(here, mended, by=author(request))
    forget(request)
    messages.info(request, say("Taken back: the question reads as it did before."))


def _waive(request: HttpRequest, here: ReviewedQuestion, rule: str) -> None:
    said = request.POST.get("said", "")
    found = next((each for each in here.findings if each.rule == rule and each.message == said), None)
    if found is None:
        messages.info(request, say("The rule finds nothing like that any more."))
        return
    waive(here.version.question, finding=found, by=author(request), reason=words_in(request.POST, "reason"))
    messages.success(request, say("It does not count here. Your reason stands beside it."))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@require_POST
@for_editors
def review_rule(request: HttpRequest, *, course: Any) -> HttpResponse:
    """From now on one person is enough to accept a question, or its writer needs another."""
    is_on = request.POST.get("people") == "two"
    set_two_person_review(course, on=is_on, by=author(request))
    people = (
        say("A second person accepts what somebody wrote.")
        if is_on
        else say("One person is enough to accept a question.")
    )
    messages.success(request, f"{people} {say('What was accepted before stays so.')}")
    return see(reverse("studio:questions", args=[course.slug]))


def next_undecided(request: HttpRequest, course: Any, question: UUID, *, said: str) -> str:
    """The address of the next question that waits, after this one and then from the start; the queue when none does."""
    questions = review_queue(course)
    here = _find(questions, question)
    messages.success(request, say(said, number=here.number))
    waiting = [each for each in questions if each.decision == Decision.UNDECIDED and each.number != here.number]
    following = next((each for each in waiting if each.number > here.number), None) or next(iter(waiting), None)
    if following is None:
        return reverse("studio:questions", args=[course.slug])
    return reverse("studio:question", args=[course.slug, following.uuid])
