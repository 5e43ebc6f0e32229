"""Questions that nobody asked before, each with model answers, an honest answer in other words, and a wrong one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quizzes.grading import GradingRequest, grade
from quizzes.questions.base import Outcome


@dataclass(frozen=True)
class Invented:
    """A question; `exchanged` is its first reference with two of its words in each other's place."""

    stem: str
    references: tuple[str, ...]
    honest: str
    wrong: str
    exchanged: str

    def __str__(self) -> str:
        return self.stem.split()[-1].rstrip("?.")

    def graded(self, answer: str, *, may_decide: bool = True, passage: str = "", people: Any = ()) -> Outcome:
        """The outcome where the question has earned automatic accept."""
        content = {"stem": self.stem, "accepted": ["nobody types this"], "references": list(self.references)}
        told = {"automatic_accept": may_decide, "passage": passage}
        return grade(GradingRequest("short_text", content, answer, references=tuple(people), settings=told))


FERRY = Invented(
    "Why did the ferry to Holm stay in the harbour on Monday?",
    (
        "The wind was too strong to cross the bay.",
        "Strong wind made the crossing of the bay too dangerous.",
        "It was too windy to cross the bay safely.",
    ),
    "The wind was so strong that it was too dangerous to cross the bay.",
    "The crew was ill and the captain slept.",
    "The bay was too strong to cross the wind.",
)
MILL = Invented(
    "What made the millers of the valley give up their wheels?",
    (
        "The river had too little water after the dam was built.",
        "After the dam was built the river carried too little water for the wheels.",
        "The dam took so much water from the river that the wheels stood still.",
    ),
    "After they built the dam the river had too little water to turn the wheels.",
    "The price of flour fell when the railway came.",
    "The dam had too little water after the river was built.",
)
BELL = Invented(
    "Explain why the bell under glass falls silent when the air is pumped out.",
    (
        "Sound needs air to travel, and the pump takes the air away.",
        "Without air there is nothing that carries the sound to the ear.",
        "Sound travels through air, so it cannot leave the glass when the air is gone.",
    ),
    "Sound needs air to travel and the pump takes away all the air.",
    "The glass is too thick to let the clapper swing.",
    "Air needs sound to travel, and the pump takes the air away.",
)
SALT = Invented(
    "How does the salt get out of the pan in the old saltworks?",
    (
        "The sun dries up the water, and the salt stays behind in the pan.",
        "The water dries up in the sun and leaves the salt behind.",
    ),
    "The sun dries up all of the water and the salt is left behind in the pan.",
    "Workers sift it with a fine net and boil it twice.",
    "The salt dries up the water, and the sun stays behind in the pan.",
)
INVENTED = (FERRY, MILL, BELL, SALT)
