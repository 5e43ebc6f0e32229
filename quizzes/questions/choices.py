"""What kinds that offer things to choose from share: reading them, their order on the page, verdicts and review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from quizzes.questions.authored import (
    MAX_FEEDBACK,
    Row,
    flag_of,
    flag_problems,
    id_problems,
    named_rows_of,
    optional_text_of,
    rows_with_problems,
    same_text_problems,
    text_of,
    text_problems,
)
from quizzes.questions.base import Content, Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """An option or a sentence as its author wrote it."""

    id: str
    text: str
    correct: bool
    feedback: str = ""


def choices_of(content: Content, name: str) -> dict[str, Choice]:
    """The choices by their ids, in authored order. Raises BrokenQuestion."""
    return {key: _choice(key, row) for key, row in named_rows_of(content, name).items()}


def shuffled(names: Iterable[str], seed: int) -> list[str]:
    """The names in an order drawn from the seed alone: the order they come in, or what they mean, leaves no trace."""
    return sorted(names, key=lambda name: sha256(f"{seed}\x1f{name}".encode("utf-8", "surrogatepass")).digest())


def in_order_shown(content: Content, name: str, seed: int) -> list[Choice]:
    """The choices as the page shows them: by the seed, or as written where the author keeps the order."""
    choices = choices_of(content, name)
    if flag_of(content, "keep_order", default=False):
        return list(choices.values())
    return [choices[key] for key in shuffled(choices, seed)]


def shown(choices: Iterable[Choice]) -> list[dict[str, str]]:
    """What a learner may see of choices before answering: never whether they are right."""
    return [{"id": choice.id, "text": choice.text} for choice in choices]


def correct_ids(choices: Iterable[Choice]) -> list[str]:
    """The ids of the right choices, sorted."""
    return sorted(choice.id for choice in choices if choice.correct)


def verdicts(choices: Iterable[Choice], chosen: Collection[str]) -> list[dict[str, str]]:
    """One verdict for each choice, sorted by id: chosen ones are right or wrong, others missed or rightly left."""
    words = {(True, True): "right", (True, False): "wrong", (False, True): "missed", (False, False): "left"}
    return sorted(
        ({"id": each.id, "verdict": words[each.id in chosen, each.correct]} for each in choices),
        key=lambda part: part["id"],
    )


def reviewed(choices: Iterable[Choice], chosen: Collection[str]) -> list[dict[str, Any]]:
    """The parts of a review, in the order given: `right` says whether the choice is one to choose."""
    return [
        {
            "id": each.id,
            "text": each.text,
            "chosen": each.id in chosen,
            "right": each.correct,
            "feedback": each.feedback,
        }
        for each in choices
    ]


def option_problems(content: Any) -> Iterator[Problem]:
    """Problems of the options of a choice question, except for how many may be right."""
    rows, problems = rows_with_problems(content, "options", "the options", least=2, most=20)
    yield from problems
    yield from choice_problems(rows, "an option")
    yield from same_text_problems(rows, "the options")
    yield from flag_problems(content, "keep_order")


def choice_problems(rows: Sequence[tuple[str, Row]], label: str, *, most: int = 1_000) -> Iterator[Problem]:
    """Problems of each row: its id, text, feedback and whether it says if it is right."""
    yield from id_problems(rows)
    for path, row in rows:
        yield from text_problems(row, "text", label, most=most, required=True, path=path)
        yield from text_problems(row, "feedback", "the feedback", most=MAX_FEEDBACK, path=path)
        if not isinstance(row.get("correct"), bool):
            yield Problem("correct_not_said", "Say whether it is right: true or false.", f"{path}.correct")


def number_correct(content: Any, name: str) -> int:
    """How many rows are said to be right; whatever the content."""
    rows, _ = rows_with_problems(content, name, "the rows", least=0, most=1_000)
    return sum(row.get("correct") is True for _, row in rows)


def _choice(key: str, row: Row) -> Choice:
    text, correct, feedback = row.get("text"), row.get("correct", False), row.get("feedback", "")
    # Nearly every row is whole, and every page reads all of them several times.
    if type(text) is str and type(correct) is bool and type(feedback) is str:
        return Choice(key, text, correct, feedback)
    return Choice(key, text_of(row, "text"), flag_of(row, "correct", default=False), optional_text_of(row, "feedback"))
