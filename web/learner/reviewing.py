"""Graded questions as a page shows them: only what the policy lets the review carry, in words and shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.domain.anchors import Place
from language import capital, counted, marked, number, say
from quizzes.domain.review import Review, ReviewedItem
from quizzes.models import Grading
from quizzes.policy import Shown
from quizzes.questions.base import Control
from web.learner.wording import grader_in_words, percent, points, sentence, some, worth

TONES = {
    marked("right"): ("done", "good"),
    marked("partly right"): ("half", "now"),
    marked("not right"): ("miss", "warn"),
    marked("not answered"): ("open", ""),
    marked("not graded"): ("wait", "warn"),
}
MISSED = frozenset({"not right", "partly right", "not answered"})
WAITING = ("wait", "")
WRITTEN = frozenset({Control.LINE, Control.NUMBER})
PUT = frozenset({Control.ASSIGN, Control.ORDER})


@dataclass(frozen=True, slots=True)
class Judged:
    """An option, sentence, gap, line, row or step with what became of it: `word` and `icon`, never colour alone.

    `given` is what a row or step was put to.
    """

    text: str
    word: str = ""
    icon: str = ""
    tone: str = ""
    note: str = ""
    accepted: tuple[str, ...] = ()
    is_gap: bool = False
    given: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One question of a review, ready for its control's template."""

    item: ReviewedItem
    parts: tuple[Judged, ...]

    @property
    def template(self) -> str:
        return f"components/controls/{self.item.presentation.control}.html"

    @property
    def label(self) -> str:
        return say("Question {position}", position=number(self.item.position))

    @property
    def proofs(self) -> list[tuple[Place, bool]]:
        """Each quote that settles the question, and whether its passage is named below it: once for each passage."""
        places = self.item.evidence
        spots = [(place.lesson_slug, place.passage_start) for place in places]
        return [(place, spots[n] not in spots[n + 1 :]) for n, place in enumerate(places)]

    @property
    def word(self) -> str:
        if self.item.verdict:
            return self.item.verdict
        if self.item.grading == Grading.PENDING_MANUAL:
            return marked("waiting for a person")
        return marked("answered") if self.item.summary else marked("not answered")

    @property
    def icon(self) -> str:
        return self._tone[0]

    @property
    def tone(self) -> str:
        return self._tone[1]

    @property
    def _tone(self) -> tuple[str, str]:
        return TONES.get(self.word, WAITING if self.word != "answered" else ("done", ""))

    @property
    def verdict_by(self) -> str:
        """The id of its verdict."""
        return f"v{self.item.position}"

    @property
    def feedback_by(self) -> str:
        """The id of its feedback, "" where there is none."""
        return f"f{self.item.position}" if self.feedback else ""

    @property
    def may_find(self) -> bool:
        """Whether the learner missed it, sees the passage that proves it, and has not found it there yet."""
        return self.item.verdict in MISSED and bool(self.item.evidence) and self.item.found_at is None

    @property
    def may_practise(self) -> bool:
        """Whether the learner missed it and its concept can be practised now that its key is told."""
        return self.item.verdict in MISSED and bool(self.item.concept) and self.item.parts is not None

    @property
    def points(self) -> str:
        if self.item.fraction is None:
            return say("of {max_points}", max_points=points(self.item.max_points))
        return say(
            "{points} of {max_points}",
            points=points(self.item.fraction * self.item.max_points),
            max_points=points(self.item.max_points),
        )

    @property
    def suggested(self) -> str:
        """What the grader would give while a person has still to decide: "1 of 1"; "" without a suggestion."""
        suggested = self.item.suggested
        return (
            ""
            if suggested is None
            else say(
                "{points} of {max_points}",
                points=points(suggested * self.item.max_points),
                max_points=points(self.item.max_points),
            )
        )

    @property
    def points_before(self) -> str:
        """The points before the grade changed: "0 of 1", or that there were none."""
        before = self.item.change.before if self.item.change else None
        if before is None:
            return say("not graded")
        return say(
            "{points} of {max_points}",
            points=points(before * self.item.max_points),
            max_points=points(self.item.max_points),
        )

    @property
    def feedback(self) -> str:
        """What is said of the whole answer, without what stands beside its options."""
        if not _stands_beside(self.item):
            return self.item.feedback
        beside = {part.note for part in self.parts}
        return "\n".join(line for line in self.item.feedback.split("\n") if line not in beside)

    @property
    def grader(self) -> str:
        """Which grader it was, in words."""
        return grader_in_words(self.item.grader)


def reviewed(item: ReviewedItem) -> Reviewed:
    """The question with its parts judged, as far as the review carries them."""
    return Reviewed(item, tuple(_judged(item)))


def _judged(item: ReviewedItem) -> Iterator[Judged]:
    if item.parts is None:
        return
    parts = item.parts["parts"]
    if item.presentation.control == Control.GAPS:
        by_id = {part["id"]: part for part in parts}
        for segment in item.presentation.data["segments"]:
            yield _gap(by_id[segment["gap"]], item.feedback) if "gap" in segment else Judged(text=segment["text"])
    elif item.presentation.control in WRITTEN:
        yield from (_gap(part, item.feedback) for part in parts)
    elif item.presentation.control == Control.LONG_TEXT:
        yield from (_read(part) for part in parts)
    elif item.presentation.control in PUT:
        yield from (replace(_gap(part, ""), text=part["text"], given=part["given"]) for part in parts)
    else:
        yield from (_choice(part, item) for part in parts)


def _choice(part: Mapping[str, Any], item: ReviewedItem) -> Judged:
    chosen, right = bool(part["chosen"]), bool(part["right"])
    word, icon, tone = {
        (True, True): (marked("chosen, right"), "done", "good"),
        (True, False): (marked("chosen, not right"), "miss", "warn"),
        (False, True): (marked("right, not chosen"), "half", "now"),
        (False, False): ("", "", ""),
    }[chosen, right]
    note = part.get("feedback", "") if chosen else ""
    told = not _stands_beside(item) and note in item.feedback
    return Judged(part["text"], word, icon, tone, note="" if told else note)


def _read(part: Mapping[str, Any]) -> Judged:
    """The answer beside the model answer, or a line of the rubric with what it is worth."""
    if "text" in part:
        return Judged(part["text"], word=part["accepted"][0])
    return Judged(part["given"], accepted=tuple(part["accepted"]))


def _stands_beside(item: ReviewedItem) -> bool:
    """Whether what is said of each option, row or step stands beside it: where several may be wrong."""
    return item.presentation.control in {Control.CHOOSE_MANY, *PUT} and item.parts is not None


def _gap(part: Mapping[str, Any], told: str) -> Judged:
    accepted = tuple(part["accepted"])
    if part["right"] is None:
        return Judged(part["given"], accepted=accepted, is_gap=True)
    if part["right"]:
        return Judged(part["given"], "right", "done", "good", accepted=accepted, is_gap=True)
    word = marked("not right") if part["given"] else marked("left empty")
    note = part.get("feedback", "")
    return Judged(part["given"], word, "miss", "warn", "" if note in told else note, accepted, is_gap=True)


def headline(review: Review) -> str:
    """The result in words: "Six of eight points", or what stands in its way."""
    if review.points is not None:
        if review.points == int(review.points) and review.max_points == int(review.max_points):
            return say(
                "{points} of {max_points}",
                points=capital(some(int(review.points))),
                max_points=worth(review.max_points),
            )
        return say(
            "{points} of {max_points} points", points=points(review.points), max_points=points(review.max_points)
        )
    if review.grading == Grading.PENDING_MANUAL:
        return say("Submitted; a person still reads some answers")
    if review.grading == Grading.FAILED:
        return say("Submitted; some answers could not be graded yet")
    return say("Submitted and graded")


def lede(review: Review) -> str:
    """What stands below the headline, in a sentence or two."""
    if review.grading == Grading.FAILED:
        return say(
            "It costs you nothing: the people who run this installation have been told, and will grade them again."
        )
    if review.grading == Grading.PENDING_MANUAL:
        return say("The rest is graded already. You can leave this page; the result will wait on your progress page.")
    if Shown.VERDICT not in review.shown:
        closes = review.attempt.quiz.closes_at
        return (
            say("Which answers were right is shown once the quiz has closed.")
            if closes
            else say("Your answers stand below.")
        )
    if Shown.EVIDENCE not in review.shown:
        return _tally(review)
    return say("{tally} Beside each stands the passage that settles it.", tally=_tally(review))


def _tally(review: Review) -> str:
    verdicts = [item.verdict for item in review.items]
    right = verdicts.count("right")
    if right == len(verdicts):
        return say("Every answer is right.")
    if not right and "partly right" not in verdicts:
        return say("No answer is right this time.")
    partly = verdicts.count("partly right")
    rest = say(", {partly} partly", partly=number(partly)) if partly else ""
    return sentence(say("{right} right{rest}", right=counted(right, "answer is", "answers are"), rest=rest))


def passed_in_words(review: Review) -> str:
    """ "Passed: 70 % of the points are needed.", "" without a pass mark or while the fraction is held back."""
    needed = review.attempt.quiz.pass_fraction
    if needed is None or review.fraction is None:
        return ""
    if review.fraction >= needed:
        return say("Passed: {needed} of the points are needed.", needed=percent(needed))
    return say("Not passed: {needed} of the points are needed.", needed=percent(needed))
