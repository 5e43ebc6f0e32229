"""Ordering: steps of a story or an argument are put in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from quizzes.questions.answers import all_in_order
from quizzes.questions.authored import (
    MAX_FEEDBACK,
    id_problems,
    named_rows_of,
    optional_text_of,
    rows_with_problems,
    same_text_problems,
    shared_problems,
    text_of,
    text_problems,
)
from quizzes.questions.base import (
    Answer,
    BrokenQuestion,
    Content,
    Control,
    Example,
    Field,
    Outcome,
    Presentation,
    Problem,
    QuestionType,
)
from quizzes.questions.choices import shuffled

ASK = "Give every step a place of its own."
FEWEST, MOST = 3, 12
"""Two steps have one wrong order only: whoever sees them would know the right one."""
LONGEST_STEP = 500


class Ordering(QuestionType):
    """The fraction is Kendall's tau between the order given and the right one, never below 0."""

    kind = "ordering"
    label = "Put in order"
    control = Control.ORDER
    id_rows = "steps"

    def author_fields(self) -> Sequence[Field]:
        columns = (("text", "Step"), ("feedback", "Feedback"))
        return (
            Field("stem", "Question", "text", "Say by what to order, and what comes first."),
            Field("steps", "Steps", "options", "Three to twelve, in the right order.", columns=columns),
            Field("explanation", "Why", "text", "Shown in the review, whatever order was given.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        rows, problems = rows_with_problems(content, "steps", "the steps", least=FEWEST, most=MOST)
        found = [*shared_problems(content), *problems, *id_problems(rows), *same_text_problems(rows, "the steps")]
        for path, row in rows:
            found += text_problems(row, "text", "the step", most=LONGEST_STEP, required=True, path=path)
            found += text_problems(row, "feedback", "the feedback", most=MAX_FEEDBACK, path=path)
        return found

    def present(self, content: Content, seed: int) -> Presentation:
        steps = _steps(content)
        shown = [{"id": name, "text": steps[name]} for name in _order_shown(steps, seed)]
        return Presentation(self.control, text_of(content, "stem"), {"steps": shown})

    def parse(self, content: Content, data: Any) -> Answer:
        return all_in_order(data, _steps(content), ask=ASK)

    def grade(self, content: Content, answer: Answer) -> Outcome:
        """Kendall's tau (1938): 1 - 2 * pairs in the wrong order / all pairs, never below 0.

        The right order earns 1 and an order drawn by lot has tau 0 on average; any two neighbours exchanged cost the
        same, wherever they stand.
        """
        right = list(_steps(content))
        place = {name: number for number, name in enumerate(answer)}
        pairs = list(combinations(right, 2))
        wrong = sum(place[earlier] > place[later] for earlier, later in pairs)
        parts = [
            {"id": name, "verdict": "right" if place[name] == number else "wrong"} for number, name in enumerate(right)
        ]
        path = [f"Of {len(pairs)} pairs of steps, {wrong} stand the wrong way round: 1 - 2 × {wrong} ÷ {len(pairs)}."]
        detail = {"parts": sorted(parts, key=lambda part: part["id"]), "path": path}
        return Outcome(max(0.0, 1 - 2 * wrong / len(pairs)), _feedback(content, answer), detail)

    def model_answer(self, content: Content) -> Answer:
        return list(_steps(content))

    def summarise(self, content: Content, answer: Answer) -> str:
        steps = _steps(content)
        return "; ".join(f"{number}. {' '.join(steps[name].split())}" for number, name in enumerate(answer, start=1))

    def classify(self, content: Content, answer: Answer) -> str:
        return " ".join(answer)

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        """The parts stand in the right order; `given` and `accepted` are places, counted from 1."""
        given = {name: str(number) for number, name in enumerate(answer or (), start=1)}
        parts = [
            {
                "id": name,
                "text": text_of(row, "text"),
                "given": given.get(name, ""),
                "accepted": [str(number)],
                "right": given.get(name) == str(number),
                "feedback": optional_text_of(row, "feedback"),
            }
            for number, (name, row) in enumerate(named_rows_of(content, "steps").items(), start=1)
        ]
        return {"parts": parts, "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        texts = {
            "q8w": "The council votes for a bridge.",
            "d2n": "The foundations are laid.",
            "z5k": "The arch is closed.",
            "m7r": "The first cart crosses.",
        }
        steps = [{"id": name, "text": text, "feedback": ""} for name, text in texts.items()]
        steps[2]["feedback"] = "An arch stands on its foundations."
        content = {"stem": "In which order did it happen? The earliest comes first.", "steps": steps}
        yield Example(content, ["q8w", "d2n", "z5k", "m7r"], 1.0, "the right order")
        yield Example(content, ["d2n", "q8w", "z5k", "m7r"], 2 / 3, "two neighbours exchanged")
        yield Example(content, ["d2n", "q8w", "m7r", "z5k"], 1 / 3, "twice two neighbours")
        yield Example(content, ["m7r", "q8w", "d2n", "z5k"], 0.0, "the last step first: half of the pairs are wrong")
        yield Example(content, ["m7r", "z5k", "d2n", "q8w"], 0.0, "the other way round")
        yield Example(content, ["q8w", "d2n", "z5k"], None, "one step without a place")
        yield Example(content, ["q8w d2n", "", "z5k", "m7r"], None, "two steps at one place, as a form may send it")
        yield Example(content, ["q8w", "q8w", "z5k", "m7r"], None, "one step twice")
        yield Example(content, [], None, "nothing put in order")


def _steps(content: Content) -> dict[str, str]:
    """The texts of the steps by their ids, in the right order. Raises BrokenQuestion."""
    steps = {name: text_of(row, "text") for name, row in named_rows_of(content, "steps").items()}
    if len(steps) < FEWEST:
        raise BrokenQuestion(f"The question has fewer than {FEWEST} steps to put in order.")
    return steps


def _order_shown(steps: Iterable[str], seed: int) -> list[str]:
    """An order drawn from the seed, but never the right one: that would be an answer for nothing."""
    right = list(steps)
    drawn = shuffled(right, seed)
    return drawn if drawn != right else [*drawn[1:], drawn[0]]


def _feedback(content: Content, answer: Sequence[str]) -> str:
    rows = list(named_rows_of(content, "steps").items())
    wrong = [row for number, (name, row) in enumerate(rows) if answer[number] != name]
    if not wrong:
        return ""
    notes = [note for row in wrong if (note := optional_text_of(row, "feedback"))]
    return "\n".join([f"Steps at their place: {len(rows) - len(wrong)} of {len(rows)}.", *notes])
