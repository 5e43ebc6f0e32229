"""Answers of learners in words: verdicts with their shapes, and what many answers come to in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizzes.domain.given_answers import GivenGroup
from quizzes.domain.verdicts import Verdict
from web.studio.answer_view import shown_answer
from web.studio.wording import counted

SHAPES: Mapping[Verdict, tuple[str, str]] = {
    Verdict.RIGHT: ("done", "good"),
    Verdict.PARTLY: ("half", "now"),
    Verdict.WRONG: ("miss", "warn"),
    Verdict.UNANSWERED: ("open", ""),
    Verdict.WAITS: ("wait", "now"),
    Verdict.BEING_GRADED: ("wait", ""),
}
"""The icon and the tone of each verdict."""
UNDECIDED = (Verdict.WAITS, Verdict.BEING_GRADED)
NOT_SAID = "No answer"
LONGEST = 60


def answers_reading(groups: Sequence[GivenGroup]) -> str:
    """How many are right, and what is said most often instead."""
    total = sum(group.count for group in groups)
    if not total:
        return "Nothing was answered like this."
    if all(group.verdict in UNDECIDED for group in groups):
        return "None of them is graded yet."
    right = sum(group.count for group in groups if group.verdict == Verdict.RIGHT)
    said = f"{share_of(right, total)} are right"
    other = next((group for group in groups if group.verdict in (Verdict.WRONG, Verdict.PARTLY)), None)
    if other is None:
        return f"{said}."
    return f"{said}; most often said instead is “{quoted(other)}”, by {share_of(other.count, total)}."


def share_of(count: int, total: int) -> str:
    """ "17 %"; never rounded to all or nothing."""
    whole = round(100 * count / total)
    if 0 < count < total:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"


def quoted(group: GivenGroup) -> str:
    """The group's answer, cut to a line."""
    text = " ".join(said_in(group).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def said_in(group: GivenGroup) -> str:
    """The group's most frequent variant, as it was put."""
    return shown_answer(group.version, group.variants[0].answer) if group.variants[0].answer else NOT_SAID


def learner_reading(attempts: int, taken: int, quizzes: int) -> str:
    """How much somebody has done, as the page's sentence."""
    if not attempts:
        return "Nothing was begun yet."
    return f"{counted(attempts, 'attempt')} at {counted(taken, 'quiz', 'quizzes').lower()}, of {quizzes} in the course."
