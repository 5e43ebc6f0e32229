"""Matching: each expression goes with one of several texts, some of which may go with none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.questions.assigning import (
    LONGEST_TARGET,
    AssigningKind,
    Assignment,
    assignment_of,
    folds_of,
    row_problems,
)
from quizzes.questions.authored import (
    named_rows_of,
    rows_with_problems,
    shared_problems,
    text_of,
    texts_of,
    texts_problems,
)
from quizzes.questions.base import Content, Example, Field, Problem
from quizzes.questions.signs import told_apart

MOST = 12
"""Pairs, and texts beyond them: more than that nobody keeps in mind."""


class Matching(AssigningKind):
    """Partial credit for each pair, none for what a guess would earn."""

    kind = "matching"
    label = "Matching"
    id_rows = "pairs"

    def author_fields(self) -> Sequence[Field]:
        columns = (("text", "This"), ("match", "goes with"), ("feedback", "Feedback"))
        return (
            Field("stem", "Question", "text", "Say what goes with what, such as a term with its meaning."),
            Field("pairs", "Pairs", "options", "Two to twelve.", columns=columns),
            Field(
                "distractors", "Texts that go with nothing", "lines", "They keep the last pair open.", required=False
            ),
            Field("explanation", "Why", "text", "Shown in the review, whatever was chosen.", required=False),
        )

    def assignment(self, content: Content) -> Assignment:
        matches = [text_of(row, "match") for row in named_rows_of(content, "pairs").values()]
        return assignment_of(content, "pairs", "match", [*matches, *texts_of(content, "distractors")])

    def check(self, content: Content) -> list[Problem]:
        rows, problems = rows_with_problems(content, "pairs", "the pairs", least=2, most=MOST)
        found = [*shared_problems(content), *problems, *row_problems(rows, "one side of the pair", "match")]
        found += texts_problems(
            content, "distractors", "the texts that go with nothing", least=0, most=MOST, longest=LONGEST_TARGET
        )
        return [*found, *_distractor_problems(content, folds_of(rows, "match"))]

    def examples(self) -> Iterable[Example]:
        pairs = [
            ("r4d", "flood tide", "The water rises.", "It flows towards the land."),
            ("k7m", "slack water", "The current stands still.", ""),
            ("v2t", "ebb tide", "The water falls.", ""),
            ("b9x", "spring tide", "The range is largest.", "It is named after a leap, not a season."),
        ]
        rows = [{"id": name, "text": text, "match": match, "feedback": told} for name, text, match, told in pairs]
        content = {
            "stem": "Which sentence goes with which expression of the pilots?",
            "pairs": rows,
            "distractors": ["The harbour is closed."],
            "explanation": "Three name a direction or its lack, one an amount.",
        }
        ids = _ids_by_text(self.assignment(content))
        right = {name: ids[match] for name, _, match, _ in pairs}
        yield Example(content, right, 1.0, "every pair")
        yield Example(
            content, {**right, "b9x": [ids["The harbour is closed."]]}, 2 / 3, "one wrong, as a form sends it"
        )
        yield Example(content, {name: right[name] for name in ("r4d", "k7m")}, 1 / 3, "two of four, the rest left out")
        yield Example(content, {**right, "r4d": right["v2t"], "v2t": right["r4d"]}, 1 / 3, "two exchanged")
        yield Example(content, dict.fromkeys(right, right["k7m"]), 0.0, "everything with one text")
        yield Example(content, {"r4d": right["k7m"]}, 0.0, "one, and wrong")
        yield Example(content, {}, None, "nothing chosen")
        yield Example(content, {"r4d": "k7m"}, None, "a text that is not there")
        yield Example(content, ["r4d"], None, "no pairs")


def _ids_by_text(found: Assignment) -> Mapping[str, str]:
    return {text: name for name, text in found.targets.items()}


def _distractor_problems(content: Any, matches: set[str]) -> Iterator[Problem]:
    texts = content.get("distractors") if isinstance(content, Mapping) else None
    seen: set[str] = set()
    for place, text in enumerate(texts[: MOST + 1] if isinstance(texts, list | tuple) else ()):
        if isinstance(text, str) and told_apart(text) in matches:
            message = "This text goes with something. Delete it here or there."
            yield Problem("distractor_matches", message, f"distractors.{place}")
        elif isinstance(text, str) and text.strip() and told_apart(text) in seen:
            yield Problem("duplicate_text", "This text is there twice. Delete one.", f"distractors.{place}")
        if isinstance(text, str):
            seen.add(told_apart(text))
