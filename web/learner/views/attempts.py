"""An attempt's pages: answering, looking over, submitting, waiting for the grade, and the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import signed_in
from course.domain.lesson_page import plain_passages
from course.domain.text_changes import lesson_as_of
from course.rules import is_readable_by
from language import again, say
from quizzes.domain.attempt_page import attempt_items, submit_summary
from quizzes.domain.attempts import AttemptOf, GivenAnswer, save_answers, submit_attempt
from quizzes.domain.deadlines import counts_at, window_of
from quizzes.domain.navigation import go_on
from quizzes.domain.own_attempt import own_attempt
from quizzes.domain.review import review_of
from quizzes.domain.tries import check_answer, open_hint
from quizzes.domain.waiting import wait_until_graded
from quizzes.errors import AnswerSettled, AttemptClosed, CannotCheck, NoMoreHints
from quizzes.models import AttemptState, Response
from quizzes.penalties import rules_of
from quizzes.policy import is_interactive
from web.learner.asking import Asked, asked, with_collision
from web.learner.errors import told
from web.learner.forms import answers_in, is_place
from web.learner.keeping import kept_offline, may_go_on_offline
from web.learner.quiz_wording import (
    attempt_in_words,
    costs_in_words,
    limit_in_words,
    navigator_in_words,
    receipt_of,
    summary_in_words,
)
from web.learner.reviewing import headline, lede, passed_in_words, reviewed
from web.learner.views.quizzes import see
from web.learner.waiting import poll_seconds, refresh_seconds

ACTS: Mapping[str, Callable[..., Any]] = {"check": check_answer, "hint": open_hint, "on": go_on}
"""What a button of one question does, by the button's name; its value is the question's position."""

STOP_POLLING = 286
JUST_SUBMITTED = timedelta(seconds=2)
HELD_MILLISECONDS = 300


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@gzip_page
@login_required
@told
def attempt(request: HttpRequest, *, attempt: UUID) -> HttpResponse:
    """The questions while they are answered, what was submitted afterwards. A POST keeps every answer of the form."""
    if request.method == "POST":
        return _save(request, attempt)
    own = own_attempt(request.user, uuid=attempt)
    if own.state != AttemptState.IN_PROGRESS:
        return _submitted(request, own)
    if not counts_at(own, own.now):
        return render(request, "learner/quizzes/time_up.html", {"attempt": own})
    return _answering(request, own, [asked(item) for item in attempt_items(own)])


def _save(request: HttpRequest, attempt: UUID) -> HttpResponse:
    given = answers_in(request.POST)
    if not given:
        own_attempt(request.user, uuid=attempt)
    saving = save_answers(AttemptOf(signed_in(request).pk, attempt), given=given)
    if saving.stale:
        return _collided(request, attempt, given, {newer.position: newer for newer in saving.stale})
    for position in saving.settled:
        messages.warning(
            request, say("Question {position}: {value}", position=position, value=again(AnswerSettled.message))
        )
    for name, act in ACTS.items():
        if is_place(request.POST.get(name, "")):
            return _act(request, attempt, act, int(request.POST[name]))
    return see(_after_saving(attempt, request.POST.get("go", "")))


def _act(request: HttpRequest, attempt: UUID, act: Callable[..., Any], position: int) -> HttpResponse:
    """What a question's own button asks for, after everything was saved; what stands in its way is said beside it."""
    own = own_attempt(request.user, uuid=attempt)
    try:
        act(own, position=position, at=own.now)
    except AnswerSettled as error:
        messages.info(request, say("Question {position}: {error}", position=position, error=again(str(error))))
    except (CannotCheck, NoMoreHints) as error:
        messages.info(request, again(str(error)), extra_tags=f"q{position}")
    asked_next = position + 1 if act is go_on else position
    return see(_after_saving(attempt, str(asked_next)))


def _after_saving(attempt: UUID, go: str) -> str:
    if go == "summary":
        return reverse("learner:attempt-summary", args=[attempt])
    page = reverse("learner:attempt", args=[attempt])
    return f"{page}?question={go}#q{go}h" if go.isdigit() else page


def _collided(
    request: HttpRequest, attempt: UUID, given: Sequence[GivenAnswer], newer: dict[int, Response]
) -> HttpResponse:
    own = own_attempt(request.user, uuid=attempt)
    mine = {answer.position: answer for answer in given}
    questions = [
        with_collision(asked(item), given=mine[item.position], newer=newer[item.position])
        if item.position in newer
        else asked(item)
        for item in attempt_items(own)
    ]
    return _answering(request, own, questions, status=409)


def _answering(request: HttpRequest, own: Any, questions: list[Asked], *, status: int = 200) -> HttpResponse:
    quiz, rules = own.quiz, rules_of(own.policy)
    number = _number(request, own, questions)
    has_article = quiz.article_open and quiz.lesson is not None
    general, questions = _told(request, questions)
    shown = {
        "attempt": own,
        "quiz": quiz,
        "messages": general,
        "questions": questions if number is None and not rules.is_sequential else _one(questions, number),
        "all_questions": questions,
        "number": number,
        "is_sequential": rules.is_sequential,
        "total": questions[0].item.of if questions else 0,
        "has_buttons": is_interactive(own.policy),
        "costs": costs_in_words(rules),
        "previous": number - 1 if number and number > 1 else None,
        "next": number + 1 if number and number < len(questions) else None,
        "passages": plain_passages(lesson_as_of(quiz.lesson, own.revision_id)) if has_article else (),
        "intro": attempt_in_words(own, questions=questions[0].item.of, amount=questions[0].item.of_points),
        "progress": navigator_in_words([question.word for question in questions]),
        "saved_at": max((q.item.saved_at for q in questions if q.item.saved_at), default=None),
        "extended": limit_in_words(window_of(quiz, own.enrollment)),
        "keeps": may_go_on_offline(own),
        "seconds_left": round((own.deadline_at - own.now).total_seconds()) if own.deadline_at else None,
    }
    response = render(request, "learner/quizzes/attempt.html", shown, status=status)
    return kept_offline(response) if shown["keeps"] else response


def _number(request: HttpRequest, own: Any, questions: list[Asked]) -> int | None:
    """The place of the one question that is shown; None where all are, or none is left to ask."""
    if rules_of(own.policy).is_sequential:
        return next((question.item.position for question in questions if not question.item.is_settled), None)
    return _chosen_question(request, len(questions)) if own.quiz.one_by_one else None


def _one(questions: list[Asked], number: int | None) -> list[Asked]:
    return [] if number is None else questions[number - 1 : number]


def _told(request: HttpRequest, questions: list[Asked]) -> tuple[list[Any], list[Asked]]:
    """The messages that are about no question, and the questions with what was just said of each."""
    said = {message.extra_tags: message for message in messages.get_messages(request)}
    if not said:
        return [], questions
    told = [replace(each, told=str(said.pop(f"q{each.item.position}", ""))) for each in questions]
    return list(said.values()), told


def _chosen_question(request: HttpRequest, count: int) -> int:
    wanted = request.GET.get("question") or request.POST.get("question", "")
    return min(max(int(wanted), 1), count) if is_place(wanted) else 1


@require_GET
@never_cache
@login_required
@told
def summary(request: HttpRequest, *, attempt: UUID) -> HttpResponse:
    """What is still open or would not count, with a way to each, and the button that submits."""
    own = own_attempt(request.user, uuid=attempt)
    if own.state != AttemptState.IN_PROGRESS:
        return redirect("learner:attempt", own.uuid)
    items = attempt_items(own)
    found = submit_summary(items)
    shown = {
        "attempt": own,
        "quiz": own.quiz,
        "summary": found,
        "heading": summary_in_words(found),
        "flagged": [item.position for item in items if item.flagged],
        "is_sequential": rules_of(own.policy).is_sequential,
    }
    return render(request, "learner/quizzes/summary.html", shown)


@require_POST
@login_required
@told
def submit(request: HttpRequest, *, attempt: UUID) -> HttpResponse:
    """The attempt is submitted, with what the form still brings; pressed twice, it is submitted once."""
    own = own_attempt(request.user, uuid=attempt)
    # Submitted meanwhile from another tab, or after the deadline: what was saved by then counts.
    with suppress(AttemptClosed):
        save_answers(own, given=answers_in(request.POST))
    submit_attempt(own, at=own.now)
    return see(reverse("learner:attempt", args=[own.uuid]))


@require_GET
@never_cache
@login_required
@told
def status(request: HttpRequest, *, attempt: UUID) -> HttpResponse:
    """Whether the grade has come: a fragment for a page that waits (286 and the review once it has), else the page."""
    own = own_attempt(request.user, uuid=attempt)
    if own.state == AttemptState.IN_PROGRESS:
        return redirect("learner:attempt", own.uuid)
    return _submitted(request, own, is_fragment=bool(request.headers.get("HX-Request")))


@require_GET
@never_cache
@login_required
def review(_request: HttpRequest, *, attempt: UUID) -> HttpResponse:
    """The review's address: it stands on the attempt's own page."""
    return redirect("learner:attempt", attempt)


def _submitted(request: HttpRequest, own: Any, *, is_fragment: bool = False) -> HttpResponse:
    if own.state == AttemptState.VOID:
        may_read = is_readable_by(request.user, own.quiz.course)
        return render(request, "learner/quizzes/void.html", {"attempt": own, "quiz": own.quiz, "may_read": may_read})
    if own.is_pending and not is_fragment:
        own = _graded_soon(request, own)
    if own.is_pending:
        waited = (own.now - own.submitted_at).total_seconds()
        shown = {
            "attempt": own,
            "quiz": own.quiz,
            "may_read": is_readable_by(request.user, own.quiz.course),
            "receipt": receipt_of(own),
            "poll": poll_seconds(waited),
            "refresh": refresh_seconds(waited),
        }
        return render(request, f"learner/quizzes/{'_waiting' if is_fragment else 'waiting'}.html", shown)
    return _reviewed(request, own, is_fragment=is_fragment)


def _graded_soon(request: HttpRequest, own: Any) -> Any:
    """The attempt once more if it is graded in a moment, as most are: its page comes at once, without asking again."""
    if own.now - own.submitted_at > JUST_SUBMITTED:
        return own
    wait_until_graded(own, milliseconds=HELD_MILLISECONDS)
    return own_attempt(request.user, uuid=own.uuid) if own.graded_at else own


def _reviewed(request: HttpRequest, own: Any, *, is_fragment: bool) -> HttpResponse:
    found = review_of(own, at=own.now)
    shown = {
        "attempt": own,
        "quiz": own.quiz,
        "may_read": is_readable_by(request.user, own.quiz.course),
        "review": found,
        "receipt": receipt_of(own),
        "questions": [reviewed(item) for item in found.items],
        "heading": headline(found),
        "lede": lede(found),
        "passed": passed_in_words(found),
    }
    if not is_fragment:
        return render(request, "learner/quizzes/review.html", shown)
    page = render(request, "learner/quizzes/_review.html", {**shown, "is_live": True}, status=STOP_POLLING)
    page["HX-Retarget"], page["HX-Reswap"] = "#main", "outerHTML show:none"
    return page
