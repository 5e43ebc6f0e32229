"""Trying a question while it is written: the learner's own control, and the verdict of the function that grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from language import say
from quizzes.domain.keepable import is_empty
from quizzes.grading.base import GraderFault, GradingRequest
from quizzes.grading.guard import grade
from quizzes.questions.base import BrokenQuestion, Outcome, QuestionType
from quizzes.questions.controls import Fields, Part, parts_of, raw_answer
from quizzes.questions.ids import with_fresh_ids

SEED = 1
POSITION = 1
SAME_IDS = "preview"
"""The preview draws its ids of this, so that an answer still names what it named before."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer would earn: icon, word and tone as components/verdict.html takes them, and the way to it."""

    icon: str
    word: str
    tone: str
    percent: str
    feedback: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """The question as its control shows it, with the answer tried and its verdict if there was one."""

    item: Mapping[str, Any]
    parts: tuple[Part, ...]
    text: str
    verdict: Verdict | None

    @property
    def control(self) -> str:
        return f"components/controls/{self.item['presentation'].control}.html"

    @property
    def places(self) -> range:
        return range(1, len(self.parts) + 1)


def tried(kind: QuestionType, content: Mapping[str, Any], sent: Fields) -> Tried | None:
    """The question of this content with the answer that was sent, graded and counted nowhere; None if unsound."""
    sound = with_fresh_ids(kind.kind, content, SAME_IDS)
    if kind.check(sound):
        return None
    presentation = kind.present(sound, SEED)
    raw = raw_answer(sent, POSITION)
    return Tried(
        item={"position": POSITION, "presentation": presentation},
        parts=tuple(parts_of(presentation, raw)),
        text=raw if isinstance(raw, str) else "",
        verdict=None if _is_untouched(raw) else _verdict(kind, sound, raw),
    )


def _is_untouched(raw: Any) -> bool:
    return is_empty(raw) or (isinstance(raw, list) and not any(raw))


def _verdict(kind: QuestionType, content: Mapping[str, Any], raw: Any) -> Verdict:
    try:
        outcome = grade(GradingRequest(kind.kind, content, raw))
    except (BrokenQuestion, GraderFault) as fault:
        return Verdict("miss", say("It cannot be graded"), "warn", "", str(fault), ())
    icon, word, tone = _words(outcome)
    percent = "" if outcome.fraction is None else f"{outcome.fraction:.0%}"
    return Verdict(icon, word, tone, percent, outcome.feedback, _path(outcome))


def _words(outcome: Outcome) -> tuple[str, str, str]:
    if outcome.fraction is None:
        return "wait", say("A person decides"), "now"
    if outcome.detail.get("unanswered"):
        return "open", say("No answer of this kind"), ""
    if outcome.fraction == 1:
        return "done", say("Right"), "good"
    return ("half", say("Partly right"), "now") if outcome.fraction else ("miss", say("Not right"), "")


def _path(outcome: Outcome) -> tuple[str, ...]:
    """How the answer was read, in words: of the whole, then of each part that says so."""
    steps = [outcome.detail, *outcome.detail.get("parts", ())]
    return tuple(str(step) for each in steps for step in _listed(each.get("path", ())))


def _listed(path: Any) -> list[Any]:
    return [path] if isinstance(path, str) else list(path)
