"""A quiz's rules and an attempt's state as a learner reads them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import dateformat

from course.models import CourseState
from language import capital, counted, marked, number, say
from quizzes.domain.attempt_page import SubmitSummary
from quizzes.domain.deadlines import Window
from quizzes.domain.mastered import QuizMastery
from quizzes.domain.quiz_page import QuizPage
from quizzes.models import Attempt, AttemptState, Navigation, Quiz, QuizMode
from quizzes.penalties import AttemptRules
from quizzes.policy import Shown, is_interactive, policy_for, shown_now
from quizzes.policy_words import policy_in_words
from web.learner.wording import duration, ordinal, percent, points, sentence, some, worth


def rules_of(page: QuizPage) -> list[tuple[str, str]]:
    """What holds for this learner before an attempt starts, as (label, sentence) in the order it is read."""
    return list(_rules(page))


def _rules(page: QuizPage) -> Iterator[tuple[str, str]]:
    quiz = page.quiz
    yield (
        say("What is asked"),
        sentence(
            say(
                "{questions}, {points} in all", questions=counted(page.questions, "question"), points=worth(page.points)
            )
        ),
    )
    yield say("Time"), _time(page)
    yield say("Attempts"), _attempts(page)
    if quiz.navigation == Navigation.SEQUENTIAL:
        yield say("Order"), say("One question after the other, with no way back.")
    yield say("Feedback"), feedback_rule(quiz)
    if costs := _costs(quiz):
        yield say("Tries and hints"), costs
    if quiz.lesson is not None:
        open_text = say("The text stays open beside the questions.")
        yield say("The text"), open_text if quiz.article_open else say("The text is closed while you answer.")
    if quiz.pass_fraction is not None:
        yield say("To pass"), say("{percent} % of the points.", percent=round(quiz.pass_fraction * 100))
    if page.mastery is not None:
        yield say("Mastery"), mastery_in_words(page.mastery)


def _time(page: QuizPage) -> str:
    window = page.window
    if window.limit_seconds is None:
        limit = say("As long as you like.")
    elif window.extended_from_seconds:
        limit = say(
            "{limit}, extended from {usual}.",
            limit=duration(window.limit_seconds),
            usual=duration(window.extended_from_seconds),
        )
    else:
        limit = say("{limit} from the start.", limit=duration(window.limit_seconds))
    if window.closes_at is None:
        return limit
    extended = say(" This date was extended for you.") if window.extended_from_closing else ""
    closing_day = dateformat.format(window.closes_at, "j F Y")
    return say(
        "{limit} It closes on {moment} UTC.{extended}{late}",
        limit=limit,
        moment=say("{day} at {time}", day=closing_day, time=f"{window.closes_at:%H:%M}"),
        extended=extended,
        late=_late(window),
    )


def _late(window: Window) -> str:
    """ " Up to 24 h later it counts for 80 %, up to 48 h later for 50 %.", "" where nothing is accepted late."""
    steps = [
        say("up to {hours} h later for {credit}", hours=points(step.hours), credit=percent(step.credit))
        for step in window.late
    ]
    return say(" What you submit after that counts: {steps}.", steps=", ".join(steps)) if steps else ""


def _costs(quiz: Quiz) -> str:
    if not is_interactive(policy_for(quiz.mode, quiz.feedback_policy)):
        return ""
    checks = say("Check each answer as often as you like")
    if quiz.tries_allowed:
        checks = say("{tries_allowed} of each answer", tries_allowed=counted(quiz.tries_allowed, "check")).capitalize()
    parts = (
        [say("each after the first costs {try_penalty} of the points", try_penalty=percent(quiz.try_penalty))]
        if quiz.try_penalty
        else []
    )
    parts += (
        [say("each hint costs {hint_penalty}", hint_penalty=percent(quiz.hint_penalty))] if quiz.hint_penalty else []
    )
    return f"{'; '.join([checks, *parts])}." if parts or quiz.tries_allowed else ""


def mastery_in_words(mastery: QuizMastery) -> str:
    """What mastery asks for, and where the learner stands."""
    rule = say(
        "{needed} of your last {of} right.", needed=capital(number(mastery.needed)), of=counted(mastery.of, "answer")
    )
    if not mastery.answered:
        return rule
    state = say("mastered") if mastery.is_mastered else say("not yet")
    return say(
        "{rule} Now: {right} of {answered}, {state}.",
        rule=rule,
        right=some(mastery.right),
        answered=number(mastery.answered),
        state=state,
    )


def _attempts(page: QuizPage) -> str:
    on_last = [say("Each begins with the answers of the last.")] if page.quiz.build_on_last else []
    return " ".join([_attempts_left(page), *on_last])


def _attempts_left(page: QuizPage) -> str:
    if page.attempts_left is None:
        return say("As many as you like; {rule}.", rule=say(COUNTING[page.quiz.result_rule]))
    allowed = page.quiz.attempts_allowed or 0
    if allowed == 1:
        return say("One attempt.") if page.attempts_left else say("One attempt, which you have used.")
    return sentence(
        say(
            "{left} of {allowed} left; {rule}",
            left=some(page.attempts_left),
            allowed=number(allowed),
            rule=say(COUNTING[page.quiz.result_rule]),
        )
    )


def outcomes_of(page: QuizPage, *, at: datetime) -> list[tuple[Attempt, str]]:
    """Each earlier attempt with its result in per cent, "" while there is none or the policy holds it back."""
    closed = page.window.is_closed(at)
    return [(attempt, _outcome(attempt, closed=closed)) for attempt in page.attempts]


def _outcome(attempt: Attempt, *, closed: bool) -> str:
    submitted = attempt.state == AttemptState.SUBMITTED
    shown = shown_now(attempt.policy, submitted=submitted, closed=closed)
    return percent(attempt.fraction) if attempt.fraction is not None and Shown.FRACTION in shown else ""


COUNTING = {
    "best": marked("the best one counts"),
    "last": marked("the last one counts"),
    "first": marked("the first one counts"),
    "mean": marked("their mean counts"),
}


def feedback_rule(quiz: Quiz) -> str:
    """What is shown when, in a sentence or two."""
    return policy_in_words(policy_for(quiz.mode, quiz.feedback_policy), has_closing=quiz.closes_at is not None)


def mode_in_words(quiz: Quiz) -> str:
    """ "Practice", "Graded" or "Exam"."""
    names = {QuizMode.PRACTICE: say("Practice"), QuizMode.CHECK: say("Graded"), QuizMode.EXAM: say("Exam")}
    return names[QuizMode(quiz.mode)]


def attempt_in_words(attempt: Attempt, *, questions: int, amount: float) -> str:
    """What holds while answering: "Graded, first of two attempts. Five questions, ten points. …"."""
    quiz = attempt.quiz
    mode = mode_in_words(quiz) if attempt.counts else say("Practice that does not count")
    place = ordinal(attempt.number)
    if quiz.attempts_allowed:
        allowed = counted(quiz.attempts_allowed, "attempt")
        whole = say("{mode}, {place} of {allowed}.", mode=mode, place=place, allowed=allowed)
    else:
        whole = say("{mode}, {place} attempt.", mode=mode, place=place)
    text = say(" The text stays open beside you.") if quiz.article_open and quiz.lesson else ""
    what = sentence(f"{counted(questions, 'question')}, {worth(amount)}")
    return f"{whole} {what}{text} {feedback_rule(quiz)}{_put_away(attempt)}"


def _put_away(attempt: Attempt) -> str:
    """What somebody is told who answers while the course is not there for learners any more."""
    if attempt.quiz.course.state == CourseState.PUBLISHED:
        return ""
    return say(" The course was put away meanwhile: this attempt goes on, and its answers are graded.")


def costs_in_words(rules: AttemptRules) -> dict[str, str]:
    """What stands beside the buttons of a question, as "try" and "hint"; "" for what costs nothing."""
    return {
        "try": say(", each after the first costs {try_penalty}", try_penalty=percent(rules.try_penalty))
        if rules.try_penalty
        else "",
        "hint": say("costs {hint_penalty} of the points", hint_penalty=percent(rules.hint_penalty))
        if rules.hint_penalty
        else "",
    }


def limit_in_words(window: Window) -> str:
    """ "of 60 min, extended from 40 min", or "" without a limit."""
    if window.limit_seconds is None:
        return ""
    extended = (
        say(", extended from {extended_from_seconds}", extended_from_seconds=duration(window.extended_from_seconds))
        if window.extended_from_seconds
        else ""
    )
    return say("of {limit_seconds}{extended}", limit_seconds=duration(window.limit_seconds), extended=extended)


VERDICTS = (marked("right"), marked("partly right"), marked("not right"), marked("not answered"))


def more_time_in_words(window: Window) -> str:
    """ "You have more time: extended from 40 min to 60 min.", as it is said when it happens."""
    if window.limit_seconds is not None and window.extended_from_seconds:
        usual, own = duration(window.extended_from_seconds), duration(window.limit_seconds)
        return say("You have more time: extended from {usual} to {own}.", usual=usual, own=own)
    return say("You have more time.")


def navigator_in_words(words: list[str]) -> str:
    """ "7 answered, 1 begun, 2 open."; in digits, because a script counts on from here."""
    found = [(words.count(word), word) for word in ("answered", "begun", "open", "flagged", *VERDICTS)]
    return sentence(", ".join(say("{count} {word}", count=count, word=say(word)) for count, word in found if count))


def summary_in_words(summary: SubmitSummary) -> str:
    """The heading of the page before submitting."""
    if summary.answered == summary.total and not summary.invalid:
        return say("All {total} answered", total=counted(summary.total, "question"))
    return say(
        "{answered} of {total} answered", answered=some(summary.answered), total=counted(summary.total, "question")
    ).capitalize()


def receipt_of(attempt: Attempt) -> str:
    """A short name of the attempt that can be read out over the telephone."""
    return str(attempt.uuid)[:8]
