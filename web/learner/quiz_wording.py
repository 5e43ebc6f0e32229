"""A quiz's rules and an attempt's state as a learner reads them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from quizzes.domain.attempt_page import SubmitSummary
from quizzes.domain.deadlines import Window
from quizzes.domain.mastered import QuizMastery
from quizzes.domain.quiz_page import QuizPage
from quizzes.models import Attempt, AttemptState, Navigation, Quiz, QuizMode
from quizzes.penalties import AttemptRules
from quizzes.policy import Shown, is_interactive, policy_for, shown_now
from quizzes.policy_words import policy_in_words
from web.learner.wording import capital, counted, duration, number, ordinal, percent, points, sentence, some, worth


def rules_of(page: QuizPage) -> list[tuple[str, str]]:
    """What holds for this learner before an attempt starts, as (label, sentence) in the order it is read."""
    return list(_rules(page))


def _rules(page: QuizPage) -> Iterator[tuple[str, str]]:
    quiz = page.quiz
    yield "What is asked", sentence(f"{counted(page.questions, 'question')}, {worth(page.points)} in all")
    yield "Time", _time(page)
    yield "Attempts", _attempts(page)
    if quiz.navigation == Navigation.SEQUENTIAL:
        yield "Order", "One question after the other, with no way back."
    yield "Feedback", feedback_rule(quiz)
    if costs := _costs(quiz):
        yield "Tries and hints", costs
    if quiz.lesson is not None:
        open_text = "The text stays open beside the questions."
        yield "The text", open_text if quiz.article_open else "The text is closed while you answer."
    if quiz.pass_fraction is not None:
        yield "To pass", f"{round(quiz.pass_fraction * 100)} % of the points."
    if page.mastery is not None:
        yield "Mastery", mastery_in_words(page.mastery)


def _time(page: QuizPage) -> str:
    window = page.window
    if window.limit_seconds is None:
        limit = "As long as you like."
    elif window.extended_from_seconds:
        limit = f"{duration(window.limit_seconds)}, extended from {duration(window.extended_from_seconds)}."
    else:
        limit = f"{duration(window.limit_seconds)} from the start."
    if window.closes_at is None:
        return limit
    extended = " This date was extended for you." if window.extended_from_closing else ""
    return f"{limit} It closes on {window.closes_at:%-d %B %Y at %H:%M} UTC.{extended}{_late(window)}"


def _late(window: Window) -> str:
    """ " Up to 24 h later it counts for 80 %, up to 48 h later for 50 %.", "" where nothing is accepted late."""
    steps = [f"up to {points(step.hours)} h later for {percent(step.credit)}" for step in window.late]
    return f" What you submit after that counts: {', '.join(steps)}." if steps else ""


def _costs(quiz: Quiz) -> str:
    if not is_interactive(policy_for(quiz.mode, quiz.feedback_policy)):
        return ""
    checks = "Check each answer as often as you like"
    if quiz.tries_allowed:
        checks = f"{counted(quiz.tries_allowed, 'check')} of each answer".capitalize()
    parts = [f"each after the first costs {percent(quiz.try_penalty)} of the points"] if quiz.try_penalty else []
    parts += [f"each hint costs {percent(quiz.hint_penalty)}"] if quiz.hint_penalty else []
    return f"{'; '.join([checks, *parts])}." if parts or quiz.tries_allowed else ""


def mastery_in_words(mastery: QuizMastery) -> str:
    """What mastery asks for, and where the learner stands."""
    rule = f"{capital(number(mastery.needed))} of your last {counted(mastery.of, 'answer')} right."
    if not mastery.answered:
        return rule
    state = "mastered" if mastery.is_mastered else "not yet"
    return f"{rule} Now: {some(mastery.right)} of {number(mastery.answered)}, {state}."


def _attempts(page: QuizPage) -> str:
    return f"{_attempts_left(page)}{' Each begins with the answers of the last.' if page.quiz.build_on_last else ''}"


def _attempts_left(page: QuizPage) -> str:
    if page.attempts_left is None:
        return f"As many as you like; {COUNTING[page.quiz.result_rule]}."
    allowed = page.quiz.attempts_allowed or 0
    if allowed == 1:
        return "One attempt." if page.attempts_left else "One attempt, which you have used."
    return sentence(f"{some(page.attempts_left)} of {number(allowed)} left; {COUNTING[page.quiz.result_rule]}")


def outcomes_of(page: QuizPage, *, at: datetime) -> list[tuple[Attempt, str]]:
    """Each earlier attempt with its result in per cent, "" while there is none or the policy holds it back."""
    closed = page.window.is_closed(at)
    return [(attempt, _outcome(attempt, closed=closed)) for attempt in page.attempts]


def _outcome(attempt: Attempt, *, closed: bool) -> str:
    submitted = attempt.state == AttemptState.SUBMITTED
    shown = shown_now(attempt.policy, submitted=submitted, closed=closed)
    return percent(attempt.fraction) if attempt.fraction is not None and Shown.FRACTION in shown else ""


COUNTING = {
    "best": "the best one counts",
    "last": "the last one counts",
    "first": "the first one counts",
    "mean": "their mean counts",
}


def feedback_rule(quiz: Quiz) -> str:
    """What is shown when, in a sentence or two."""
    return policy_in_words(policy_for(quiz.mode, quiz.feedback_policy), has_closing=quiz.closes_at is not None)


def mode_in_words(quiz: Quiz) -> str:
    """ "Practice", "Graded" or "Exam"."""
    names = {QuizMode.PRACTICE: "Practice", QuizMode.CHECK: "Graded", QuizMode.EXAM: "Exam"}
    return names[QuizMode(quiz.mode)]


def attempt_in_words(attempt: Attempt, *, questions: int, amount: float) -> str:
    """What holds while answering: "Graded, first of two attempts. Five questions, ten points. …"."""
    quiz = attempt.quiz
    of = f" of {number(quiz.attempts_allowed)}" if quiz.attempts_allowed else ""
    mode = mode_in_words(quiz) if attempt.counts else "Practice that does not count"
    whole = f"{mode}, {ordinal(attempt.number)}{of} attempt{'s' if of and quiz.attempts_allowed != 1 else ''}."
    text = " The text stays open beside you." if quiz.article_open and quiz.lesson else ""
    what = sentence(f"{counted(questions, 'question')}, {worth(amount)}")
    return f"{whole} {what}{text} {feedback_rule(quiz)}"


def costs_in_words(rules: AttemptRules) -> dict[str, str]:
    """What stands beside the buttons of a question, as "try" and "hint"; "" for what costs nothing."""
    return {
        "try": f", each after the first costs {percent(rules.try_penalty)}" if rules.try_penalty else "",
        "hint": f"costs {percent(rules.hint_penalty)} of the points" if rules.hint_penalty else "",
    }


def limit_in_words(window: Window) -> str:
    """ "of 60 min, extended from 40 min", or "" without a limit."""
    if window.limit_seconds is None:
        return ""
    extended = f", extended from {duration(window.extended_from_seconds)}" if window.extended_from_seconds else ""
    return f"of {duration(window.limit_seconds)}{extended}"


VERDICTS = ("right", "partly right", "not right", "not answered")


def more_time_in_words(window: Window) -> str:
    """ "You have more time: extended from 40 min to 60 min.", as it is said when it happens."""
    if window.limit_seconds is not None and window.extended_from_seconds:
        usual, own = duration(window.extended_from_seconds), duration(window.limit_seconds)
        return f"You have more time: extended from {usual} to {own}."
    return "You have more time."


def navigator_in_words(words: list[str]) -> str:
    """ "7 answered, 1 begun, 2 open."; in digits, because a script counts on from here."""
    found = [(words.count(word), word) for word in ("answered", "begun", "open", "flagged", *VERDICTS)]
    return sentence(", ".join(f"{count} {word}" for count, word in found if count))


def summary_in_words(summary: SubmitSummary) -> str:
    """The heading of the page before submitting."""
    if summary.answered == summary.total and not summary.invalid:
        return f"All {counted(summary.total, 'question')} answered"
    return f"{some(summary.answered)} of {counted(summary.total, 'question')} answered".capitalize()


def receipt_of(attempt: Attempt) -> str:
    """A short name of the attempt that can be read out over the telephone."""
    return str(attempt.uuid)[:8]
