"""Single choice: one of several options is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quizzes.questions.answers import one_of
from quizzes.questions.authored import optional_text_of, shared_problems, text_of
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
from quizzes.questions.choices import (
    choices_of,
    correct_ids,
    in_order_shown,
    number_correct,
    option_problems,
    reviewed,
    shown,
    verdicts,
)

ASK = "Choose one of the options."


class SingleChoice(QuestionType):
    """One option is right; the fraction is 1 for it and 0 for every other."""

    kind = "single_choice"
    label = "Single choice"
    control = Control.CHOOSE_ONE
    id_rows = "options"

    def author_fields(self) -> Sequence[Field]:
        return (
            Field("stem", "Question", "text", "Ask so that a reader could answer before seeing the options."),
            Field("options", "Options", "options", "Two to twenty, each with its own feedback.", only="correct"),
            Field("keep_order", "Keep the options in this order", "boolean", "For years or amounts.", required=False),
            Field("explanation", "Why", "text", "Shown in the review, whatever was chosen.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        problems = [*shared_problems(content), *option_problems(content)]
        right = number_correct(content, "options")
        if right != 1:
            problems.append(Problem("not_one_correct", f"Mark exactly one option as right; {right} are.", "options"))
        return problems

    def present(self, content: Content, seed: int) -> Presentation:
        options = shown(in_order_shown(content, "options", seed))
        return Presentation(self.control, text_of(content, "stem"), {"options": options})

    def parse(self, content: Content, data: Any) -> Answer:
        return one_of(data, choices_of(content, "options"), ask=ASK)

    def grade(self, content: Content, answer: Answer) -> Outcome:
        options = choices_of(content, "options")
        chosen = options[answer]
        return Outcome(float(chosen.correct), chosen.feedback, {"parts": verdicts(options.values(), {answer})})

    def model_answer(self, content: Content) -> Answer:
        right = correct_ids(choices_of(content, "options").values())
        if not right:
            raise BrokenQuestion("No option of the question is right.")
        return right[0]

    def summarise(self, content: Content, answer: Answer) -> str:
        return " ".join(choices_of(content, "options")[answer].text.split())

    def classify(self, content: Content, answer: Answer) -> str:
        return str(answer)

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        parts = reviewed(in_order_shown(content, "options", seed), () if answer is None else (answer,))
        return {"parts": parts, "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        content = {
            "stem": "Why did the harbour town move its market indoors?",
            "options": [
                {"id": "x7q", "text": "Storms kept spoiling the stalls", "correct": True, "feedback": "Yes, twice."},
                {"id": "m3d", "text": "The square was sold to a bank", "correct": False, "feedback": "It was leased."},
                {"id": "k9w", "text": "Traders asked for lower rents", "correct": False, "feedback": ""},
            ],
            "explanation": "Two winters of storms had ruined half of the goods on open stalls.",
        }
        yield Example(content, "x7q", 1.0, "the right option")
        yield Example(content, ["x7q"], 1.0, "the right option as a form sends it")
        yield Example(content, "m3d", 0.0, "another option")
        yield Example(content, "zzz", None, "an option that is not there")
        yield Example(content, "", None, "nothing chosen")
        years = [("b4t", "1961", False), ("r8n", "1968", True), ("h2p", "1989", False)]
        options = [{"id": name, "text": text, "correct": right} for name, text, right in years]
        ordered = {"stem": "In which year did the ferry stop?", "keep_order": True, "options": options}
        yield Example(ordered, "r8n", 1.0, "options in a fixed order")
