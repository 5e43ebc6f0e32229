"""Categorise: statements are sorted into a few categories, such as fact and claim, or by who says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.questions.assigning import AssigningKind, Assignment, assignment_of, row_problems
from quizzes.questions.authored import Row, rows_with_problems, shared_problems, texts_of, texts_problems
from quizzes.questions.base import Content, Example, Field, Problem
from quizzes.questions.signs import told_apart

MOST_THINGS = 20
MOST_CATEGORIES = 8
LONGEST_CATEGORY = 80


class Categorise(AssigningKind):
    """Partial credit for each thing, none for putting all of them into the largest category."""

    kind = "categorise"
    label = "Sort into categories"
    id_rows = "things"

    def author_fields(self) -> Sequence[Field]:
        columns = (("text", "What is sorted"), ("category", "Its category, as written above"), ("feedback", "Feedback"))
        return (
            Field("stem", "Question", "text", "Say by what to sort: what kind of statement it is, who holds it."),
            Field("categories", "Categories", "lines", "One on each line, shown in this order."),
            Field("things", "What is sorted", "options", "Two to twenty, in at least two categories.", columns=columns),
            Field("explanation", "Why", "text", "Shown in the review, whatever was chosen.", required=False),
        )

    def assignment(self, content: Content) -> Assignment:
        return assignment_of(content, "things", "category", texts_of(content, "categories"))

    def targets_shown(self, targets: Iterable[str], seed: int) -> list[str]:
        """As authored: a scale such as fact, claim, opinion reads best in its own order, and keeps no secret."""
        return list(targets)

    def check(self, content: Content) -> list[Problem]:
        rows, problems = rows_with_problems(content, "things", "the things to sort", least=2, most=MOST_THINGS)
        found = [*shared_problems(content), *problems, *row_problems(rows, "what is sorted", "category")]
        found += texts_problems(
            content, "categories", "the categories", least=2, most=MOST_CATEGORIES, longest=LONGEST_CATEGORY
        )
        return [*found, *_category_problems(content, rows)]

    def examples(self) -> Iterable[Example]:
        things = [
            ("h3w", "The bridge opened in 1911.", "Fact", ""),
            ("n8c", "The bridge ruins the view.", "Opinion", "“Ruins” is a judgement."),
            ("t5q", "The council says that the bridge is safe.", "Claim", "The council holds it, not the report."),
            ("g2z", "Four ferries stopped in 1912.", "Fact", ""),
            ("y6p", "Nobody should have to pay a toll.", "Opinion", ""),
        ]
        rows = [{"id": name, "text": text, "category": kind, "feedback": told} for name, text, kind, told in things]
        content = {
            "stem": "What kind of statement is each of these, as the report makes it?",
            "categories": ["Fact", "Claim", "Opinion"],
            "things": rows,
        }
        ids = {text: name for name, text in self.assignment(content).targets.items()}
        right = {name: ids[category] for name, _, category, _ in things}
        yield Example(content, right, 1.0, "everything")
        yield Example(content, {**right, "t5q": ids["Fact"]}, 2 / 3, "four of five")
        yield Example(content, {name: right[name] for name in ("h3w", "n8c", "t5q")}, 1 / 3, "three, the rest left out")
        yield Example(content, dict.fromkeys(right, ids["Fact"]), 0.0, "all in the largest category")
        yield Example(content, {"h3w": ids["Opinion"]}, 0.0, "one, and wrong")
        yield Example(content, {"h3w": "", "n8c": ""}, None, "nothing chosen")
        yield Example(content, {"h3w": "Fact"}, None, "a category by its text instead of its id")


def _category_problems(content: Any, rows: Sequence[tuple[str, Row]]) -> Iterator[Problem]:
    texts = content.get("categories") if isinstance(content, Mapping) else None
    known = [told_apart(text) for text in texts if isinstance(text, str)] if isinstance(texts, list | tuple) else []
    if len(set(known)) < len(known):
        yield Problem("duplicate_text", "Two of the categories are the same. Delete one.", "categories")
    for path, row in rows:
        category = row.get("category")
        if isinstance(category, str) and category.strip() and told_apart(category) not in known:
            message = f"There is no category “{category[:LONGEST_CATEGORY]}”. Write it among the categories."
            yield Problem("unknown_category", message, f"{path}.category")
