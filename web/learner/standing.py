"""A learner's progress in a course as its page tells it: figures, their readings, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from language import capital, counted, number, say
from quizzes.domain.calibration import calibration_of
from quizzes.domain.evidence import ShownConcept, answers_given, shown_concepts
from quizzes.domain.progress import CourseProgress
from quizzes.domain.reading_pages import first_lessons, is_shown
from quizzes.mastery import FIRM, MasteryState
from quizzes.models import Attempt, AttemptState
from quizzes.policy import Shown
from web.learner.calibration_words import ShownCalibration, shown_calibration
from web.learner.charts.concept_map import ConceptMap, Dot, concept_map
from web.learner.charts.ring import Ring, ring
from web.learner.charts.timeline import Answered, Timeline, timeline
from web.learner.home import may_see_fraction
from web.learner.wording import percent, points, some

LOOKS = {
    MasteryState.FIRM: ("done", "good"),
    MasteryState.GROWING: ("half", "now"),
    MasteryState.SHAKY: ("miss", "warn"),
    MasteryState.NOT_ENOUGH: ("open", ""),
}
"""The icon and tone of each state; the word is the state itself."""


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept in the table: its part (0 for none), state and look, its evidence in words, and how known it is now."""

    shown: ShownConcept
    part: int
    lesson: Any
    icon: str
    tone: str
    percent: str
    found: str
    now: str


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt in the history. `fraction` is "" while it is held back or not graded."""

    attempt: Attempt
    icon: str
    tone: str
    word: str
    fraction: str


@dataclass(frozen=True, slots=True)
class AttemptTimeline:
    """The course of one attempt: the figure, its rows as a table (time, question, what happened), and its reading."""

    attempt: Attempt
    figure: Timeline
    rows: list[tuple[datetime, str, str]]
    reading: str
    remark: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the page shows of one course.

    Heading and ring say the same: how many concepts are firm, or of how many steps, parts and quizzes, while none is.
    """

    progress: CourseProgress
    rings_concepts: bool
    ring: Ring
    states: list[tuple[MasteryState, str, str, int]]
    concepts: list[ConceptRow]
    asked: list[ConceptRow]
    unasked: list[ConceptRow]
    map: ConceptMap | None
    map_reading: str
    attempts: list[AttemptRow]
    timeline: AttemptTimeline | None
    lessons_read: int
    quizzes_taken: int
    heading: str
    lede: str
    reading: str
    action: str
    action_url: str
    quizzes: list[tuple[Any, str]]
    calibration: ShownCalibration | None


def standing_of(progress: CourseProgress, *, at: datetime) -> Standing:
    """The learner's standing at `at`; six queries at most beside those of the progress."""
    concepts = _concept_rows(progress, at)
    for attempt in progress.attempts:
        attempt.enrollment = progress.enrollment
    read = sum(bool(lesson.is_read) for lesson in progress.lessons)
    counts = Counter(row.shown.state for row in concepts)
    firm = counts[MasteryState.FIRM]
    action, url = _next(progress)
    return Standing(
        progress=progress,
        rings_concepts=firm > 0,
        ring=ring(firm, len(concepts)) if firm else ring(progress.done, progress.total),
        states=[(state, *look, counts[state]) for state, look in LOOKS.items()],
        concepts=concepts,
        asked=[row for row in concepts if row.shown.evidence or row.shown.held_back],
        unasked=[row for row in concepts if not (row.shown.evidence or row.shown.held_back)],
        map=concept_map([_dot(row) for row in concepts]) if concepts else None,
        map_reading=_map_reading(concepts),
        attempts=[_attempt_row(attempt, at) for attempt in progress.attempts if attempt.state != AttemptState.VOID],
        timeline=_timeline(progress.attempts),
        lessons_read=read,
        quizzes_taken=_taken(progress),
        heading=_heading(firm, len(concepts), progress),
        lede=_lede(counts, progress),
        reading=_reading(progress, read),
        action=action,
        action_url=url,
        quizzes=[(quiz, _quiz_fraction(quiz, progress, at)) for quiz in progress.quizzes],
        calibration=shown_calibration(calibration_of(progress.enrollment, quizzes=progress.quizzes, at=at)),
    )


def _quiz_fraction(quiz: Any, progress: CourseProgress, at: datetime) -> str:
    if quiz.result is None or not is_shown(quiz, progress.enrollment, Shown.FRACTION, at=at):
        return ""
    return percent(quiz.result)


def _concept_rows(progress: CourseProgress, at: datetime) -> list[ConceptRow]:
    first = first_lessons(progress.enrollment.course_id, progress.lessons)
    numbers = {lesson.pk: number for number, lesson in enumerate(progress.lessons, 1)}
    rows = []
    for shown in shown_concepts(progress, at=at):
        lesson = first.get(shown.standing.concept.pk)
        rows.append(
            ConceptRow(
                shown=shown,
                part=numbers[lesson.pk] if lesson else 0,
                lesson=lesson,
                icon=LOOKS[shown.state][0],
                tone=LOOKS[shown.state][1],
                percent="" if shown.mastery is None else percent(shown.mastery),
                found=_found(shown),
                now="" if shown.known is None else percent(shown.known),
            )
        )
    return sorted(rows, key=lambda row: (row.part or len(numbers) + 1, row.shown.standing.concept.rank))


def _found(shown: ShownConcept) -> str:
    if not shown.evidence:
        return say("shown when its quiz closes") if shown.held_back else say("no answer yet")
    return say("{right} of {evidence} right", right=points(shown.right), evidence=len(shown.evidence))


def _dot(row: ConceptRow) -> Dot:
    known = None if row.shown.known is None else float(row.shown.known)
    return Dot(row.shown.standing.concept.term, row.part, row.shown.standing.questions, known)


def _heading(firm: int, concepts: int, progress: CourseProgress) -> str:
    if firm:
        of = counted(concepts, "concept")
        if firm == 1:
            return say("One of {concepts} is firm", concepts=of)
        return say("{firm} of {concepts} are firm", firm=capital(number(firm)), concepts=of)
    if progress.done:
        return say("{done} of {total} done", done=capital(number(progress.done)), total=counted(progress.total, "step"))
    return say("You are at the beginning")


def _lede(counts: Counter[MasteryState], progress: CourseProgress) -> str:
    unknown, unsure = counts[MasteryState.NOT_ENOUGH], counts[MasteryState.SHAKY] + counts[MasteryState.GROWING]
    if not progress.done:
        return say("Read a part and answer its questions: what you come to know is drawn here.")
    if unsure:
        return say("{unsure} would gain from another look.", unsure=capital(counted(unsure, "concept")))
    if unknown:
        return say(
            "{unknown} too few answers to tell.", unknown=capital(counted(unknown, "concept has", "concepts have"))
        )
    return progress.enrollment.course.title


def _reading(progress: CourseProgress, read: int) -> str:
    quizzes, taken = len(progress.quizzes), _taken(progress)
    if progress.total and progress.done == progress.total:
        return say("You have read every part and taken every quiz.") if quizzes else say("You have read every part.")
    if not progress.done:
        return say("You have not read or answered anything yet.")
    parts = say("{read} of {lessons}", read=some(read), lessons=counted(len(progress.lessons), "part"))
    if not quizzes:
        return say("You have read {parts}.", parts=parts)
    if quizzes == 1:
        if taken:
            return say("You have read {parts} and taken the quiz.", parts=parts)
        return say("You have read {parts} and not yet taken the quiz.", parts=parts)
    return say(
        "You have read {parts} and taken {taken} of {quizzes}.",
        parts=parts,
        taken=some(taken),
        quizzes=counted(quizzes, "quiz", "quizzes"),
    )


def _taken(progress: CourseProgress) -> int:
    return sum(quiz.result is not None for quiz in progress.quizzes)


def _next(progress: CourseProgress) -> tuple[str, str]:
    slug = progress.enrollment.course.slug
    for attempt in progress.attempts:
        if attempt.state == AttemptState.IN_PROGRESS:
            return say("Continue the quiz: {title}", title=attempt.quiz.title), reverse(
                "learner:attempt", args=[attempt.uuid]
            )
    for place, lesson in enumerate(progress.lessons, 1):
        if not lesson.is_read:
            of = len(progress.lessons)
            part = say("{title}, part {number} of {parts}", title=lesson.title, number=place, parts=of)
            action = say("Continue: {part}", part=part) if progress.done else say("Start reading: {part}", part=part)
            return action, reverse("learner:lesson", args=[slug, lesson.slug])
    for quiz in progress.quizzes:
        if quiz.result is None:
            return say("Take the quiz: {title}", title=quiz.title), reverse("learner:quiz", args=[slug, quiz.slug])
    return "", ""


def _map_reading(rows: Sequence[ConceptRow]) -> str:
    known = [(row.shown.known, row) for row in rows if row.shown.known is not None]
    if not known:
        return say("No concept has enough answers yet to say how well you know it.")
    least, weakest = min(known, key=lambda pair: (pair[0], pair[1].part))
    if least >= FIRM:
        return say("You know every concept with enough answers well now.")
    term = capital(weakest.shown.standing.concept.term)
    if weakest.part:
        return say(
            "“{term}” is the least sure now of those with enough answers; it belongs to part {part}.",
            term=term,
            part=weakest.part,
        )
    return say("“{term}” is the least sure now of those with enough answers.", term=term)


def _attempt_row(attempt: Attempt, at: datetime) -> AttemptRow:
    if attempt.state == AttemptState.IN_PROGRESS:
        return AttemptRow(attempt, "half", "now", say("in progress"), "")
    if attempt.fraction is None:
        return AttemptRow(attempt, "wait", "", say("being graded"), "")
    return AttemptRow(
        attempt, "done", "good", "graded", percent(attempt.fraction) if may_see_fraction(attempt, at) else ""
    )


def _timeline(attempts: Sequence[Attempt]) -> AttemptTimeline | None:
    """How the newest submitted attempt went; None without one, or when nothing was answered in it."""
    attempt = next((attempt for attempt in attempts if attempt.state == AttemptState.SUBMITTED), None)
    events = [Answered(p, localtime(at), sequence > 1) for p, sequence, at in answers_given(attempt)] if attempt else []
    if attempt is None or attempt.submitted_at is None or not events:
        return None
    end = localtime(attempt.submitted_at)
    return AttemptTimeline(
        attempt=attempt,
        figure=timeline(
            events,
            questions=max(event.position for event in events),
            start=localtime(attempt.started_at),
            end=end,
        ),
        rows=[
            *(
                (event.at, str(event.position), say("changed") if event.is_change else say("answered"))
                for event in events
            ),
            (end, say("all"), say("submitted")),
        ],
        reading=_timeline_reading(events),
        remark=say("It took {value} from start to submitting.", value=_length(end - attempt.started_at)),
    )


def _timeline_reading(events: Sequence[Answered]) -> str:
    answered = len({event.position for event in events})
    changed = len({event.position for event in events if event.is_change})
    if not changed:
        return say("You answered {answered} and changed none of your answers.", answered=counted(answered, "question"))
    return say(
        "You answered {answered} and changed {changed} of your answers.",
        answered=counted(answered, "question"),
        changed=number(changed),
    )


def _length(span: timedelta) -> str:
    seconds = max(0, round(span.total_seconds()))
    if seconds < 90:
        return counted(seconds, "second")
    if seconds < 5400:
        return counted(round(seconds / 60), "minute")
    return counted(round(seconds / 3600), "hour") if seconds < 172_800 else counted(round(seconds / 86_400), "day")
