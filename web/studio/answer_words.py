"""Answers of learners in words: verdicts with their shapes, and what many answers come to in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import language
from language import marked, say
from quizzes.domain.answers_in_words import answer_in_words
from quizzes.domain.given_answers import GivenGroup
from quizzes.domain.verdicts import Verdict

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
NOT_SAID = marked("No answer")
LONGEST = 60


def answers_reading(groups: Sequence[GivenGroup]) -> str:
    """How many are right, and what is said most often instead."""
    total = sum(group.count for group in groups)
    if not total:
        return say("Nothing was answered like this.")
    if all(group.verdict in UNDECIDED for group in groups):
        return say("None of them is graded yet.")
    right = sum(group.count for group in groups if group.verdict == Verdict.RIGHT)
    share = share_of(right, total)
    other = next((group for group in groups if group.verdict in (Verdict.WRONG, Verdict.PARTLY)), None)
    if other is None:
        return say("{share} are right.", share=share)
    return say(
        "{share} are right; most often said instead is “{answer}”, by {by}.",
        share=share,
        answer=quoted(other),
        by=share_of(other.count, total),
    )


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
    return answer_in_words(group.version, group.variants[0].answer) if group.variants[0].answer else say(NOT_SAID)


def learner_reading(attempts: int, taken: int, quizzes: int) -> str:
    """How much somebody has done, as the page's sentence."""
    if not attempts:
        return say("Nothing was begun yet.")
    return say(
        "{attempts} at {taken}, of {quizzes} in the course.",
        attempts=language.capital(language.counted(attempts, "attempt")),
        taken=language.counted(taken, "quiz", "quizzes"),
        quizzes=quizzes,
    )
