"""What kinds share in which each row is put to a target: targets without a trace of the key, partial credit, review."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quizzes.questions.answers import texts_by_id
from quizzes.questions.authored import (
    MAX_FEEDBACK,
    Row,
    id_problems,
    named_rows_of,
    optional_text_of,
    same_text_problems,
    text_of,
    text_problems,
)
from quizzes.questions.base import (
    Answer,
    BrokenQuestion,
    Content,
    Control,
    InvalidAnswer,
    Outcome,
    Presentation,
    Problem,
    QuestionType,
)
from quizzes.questions.choices import shuffled
from quizzes.questions.ids import opaque_ids
from quizzes.questions.signs import told_apart

LONGEST_ROW = 500
LONGEST_TARGET = 300


@dataclass(frozen=True, slots=True)
class Assigned:
    """A row as its author wrote it; `target` is the id of what it belongs to."""

    id: str
    text: str
    target: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Rows by their ids, and the texts of targets by theirs, both in authored order."""

    rows: Mapping[str, Assigned]
    targets: Mapping[str, str]

    @property
    def chance(self) -> int:
        """How many rows are right when all are put to the one target that most belong to."""
        return max(Counter(row.target for row in self.rows.values()).values())


class AssigningKind(QuestionType):
    """A kind whose answer names a target for each row; targets are written once, as text, and rows name their text."""

    control = Control.ASSIGN
    ask = "Choose something for at least one of the rows."

    @abstractmethod
    def assignment(self, content: Content) -> Assignment:
        """The rows and targets of the content. Raises BrokenQuestion."""

    def targets_shown(self, targets: Iterable[str], seed: int) -> list[str]:
        """The ids of the targets in the order of the page."""
        return shuffled(targets, seed)

    def present(self, content: Content, seed: int) -> Presentation:
        found = self.assignment(content)
        rows = [{"id": name, "text": found.rows[name].text} for name in shuffled(found.rows, seed)]
        targets = [{"id": name, "text": found.targets[name]} for name in self.targets_shown(found.targets, seed)]
        return Presentation(self.control, text_of(content, "stem"), {"rows": rows, "targets": targets})

    def parse(self, content: Content, data: Any) -> Answer:
        found = self.assignment(content)
        filled = texts_by_id(data, found.rows, ask=self.ask, part="row")
        if not all(target in found.targets for target in filled.values()):
            raise InvalidAnswer(f"One of the rows is put to something that is not there. {self.ask}")
        return {name: filled[name] for name in found.rows if name in filled}

    def grade(self, content: Content, answer: Answer) -> Outcome:
        """(right - chance) / (rows - chance), never below 0.

        Chance is what the best answer without knowing anything earns: every row put to the one target that most rows
        belong to. The proportional reduction of error against that guess (Goodman and Kruskal 1954, their lambda).
        """
        found = self.assignment(content)
        right = sum(answer.get(row.id) == row.target for row in found.rows.values())
        most, chance = len(found.rows), found.chance
        if most == chance:
            raise BrokenQuestion("All rows of the question belong to the same.")
        path = f"Right are {right} of {most} rows; {chance} would be without knowing any: "
        path += f"({right} - {chance}) ÷ ({most} - {chance}), never below 0."
        detail = {"parts": [_verdict(row, answer) for row in _by_id(found)], "path": [path]}
        return Outcome(max(0, right - chance) / (most - chance), _feedback(found, answer, right), detail)

    def model_answer(self, content: Content) -> Answer:
        return {row.id: row.target for row in self.assignment(content).rows.values()}

    def summarise(self, content: Content, answer: Answer) -> str:
        found = self.assignment(content)
        # In authored order: of what it stores, each database keeps the names in one of its own.
        pairs = ((row.text, found.targets[answer[row.id]]) for row in found.rows.values() if row.id in answer)
        return "; ".join(" ".join(f"{text}: {target}".split()) for text, target in pairs)

    def classify(self, content: Content, answer: Answer) -> str:
        return " ".join(f"{name}={answer[name]}" for name in sorted(answer))

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        found, given = self.assignment(content), answer or {}
        parts = [
            {
                "id": row.id,
                "text": row.text,
                "given": found.targets.get(given.get(row.id, ""), ""),
                "accepted": [found.targets[row.target]],
                "right": given.get(row.id) == row.target,
                "feedback": row.feedback,
            }
            for row in (found.rows[name] for name in shuffled(found.rows, seed))
        ]
        return {"parts": parts, "why": optional_text_of(content, "explanation")}


def assignment_of(content: Content, rows: str, belongs: str, targets: Iterable[str]) -> Assignment:
    """The rows of the list `rows`, each with its target by the text in `belongs`. Raises BrokenQuestion.

    A target's id is drawn from the rows' ids and from its place in the alphabet, so it stays while the question does
    and tells nothing of which rows belong to it.
    """
    named = named_rows_of(content, rows)
    by_fold = {told_apart(text): text for text in reversed(list(targets))}
    alphabet = sorted(by_fold, key=lambda fold: folded(by_fold[fold]))
    ids = dict(zip(alphabet, _target_ids(len(by_fold), "\x1f".join(sorted(named))), strict=True))
    shown = {ids[fold]: by_fold[fold] for fold in reversed(by_fold)}
    return Assignment({name: _assigned(name, row, belongs, ids) for name, row in named.items()}, shown)


def folded(text: str) -> str:
    """The text as the alphabet of targets takes it. It never changes: the ids in stored answers hang on it."""
    return " ".join(text.casefold().split())


def row_problems(rows: Sequence[tuple[str, Row]], label: str, belongs: str) -> Iterator[Problem]:
    """Problems of each row: its id, text, feedback and what it belongs to; and rows that are all alike in that."""
    yield from id_problems(rows)
    yield from same_text_problems(rows, "the rows")
    for path, row in rows:
        yield from text_problems(row, "text", label, most=LONGEST_ROW, required=True, path=path)
        yield from text_problems(row, belongs, "what it belongs to", most=LONGEST_TARGET, required=True, path=path)
        yield from text_problems(row, "feedback", "the feedback", most=MAX_FEEDBACK, path=path)
    if len(rows) > 1 and len(folds_of(rows, belongs)) == 1:
        message = "Not all rows may belong to the same: who puts them there without reading would be right."
        yield Problem("all_alike", message, rows[0][0].partition(".")[0])


def folds_of(rows: Sequence[tuple[str, Row]], belongs: str) -> set[str]:
    """What the rows belong to, as readers tell it apart; whatever the rows."""
    texts = [row.get(belongs) for _, row in rows]
    return {told_apart(text) for text in texts if isinstance(text, str)}


@lru_cache(maxsize=1_024)
def _target_ids(count: int, seed: str) -> list[str]:
    return opaque_ids(count, seed)


def _assigned(name: str, row: Row, belongs: str, ids: Mapping[str, str]) -> Assigned:
    target = ids.get(told_apart(text_of(row, belongs)))
    if target is None:
        raise BrokenQuestion("A row belongs to something that is not there.")
    return Assigned(name, text_of(row, "text"), target, optional_text_of(row, "feedback"))


def _by_id(found: Assignment) -> list[Assigned]:
    return sorted(found.rows.values(), key=lambda row: row.id)


def _verdict(row: Assigned, answer: Mapping[str, str]) -> dict[str, str]:
    given = answer.get(row.id)
    return {"id": row.id, "verdict": "right" if given == row.target else "wrong" if given else "empty"}


def _feedback(found: Assignment, answer: Mapping[str, str], right: int) -> str:
    if right == len(found.rows):
        return ""
    wrong = [row for row in found.rows.values() if answer.get(row.id) not in (None, row.target)]
    return "\n".join(
        [f"Rows put right: {right} of {len(found.rows)}.", *(row.feedback for row in wrong if row.feedback)]
    )
