"""Multiple choice: any number of options is right, and each wrong one chosen takes back a right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quizzes.questions.answers import some_of
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
    Choice,
    choices_of,
    correct_ids,
    in_order_shown,
    number_correct,
    option_problems,
    reviewed,
    shown,
    verdicts,
)

ASK = "Choose at least one of the options."


class MultipleChoice(QuestionType):
    """Several options may be right; the fraction is (right chosen - wrong chosen) / right, never below 0."""

    kind = "multiple_choice"
    label = "Multiple choice"
    control = Control.CHOOSE_MANY
    id_rows = "options"

    def author_fields(self) -> Sequence[Field]:
        return (
            Field("stem", "Question", "text", "Say that several options may be right, not how many."),
            Field("options", "Options", "options", "Two to twenty, at least one right and one wrong."),
            Field("keep_order", "Keep the options in this order", "boolean", "For years or amounts.", required=False),
            Field("explanation", "Why", "text", "Shown in the review, whatever was chosen.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        problems = [*shared_problems(content), *option_problems(content)]
        right = number_correct(content, "options")
        if not right:
            problems.append(Problem("none_correct", "Mark at least one option as right.", "options"))
        if right and right == _number_of_options(content):
            message = "Add an option that is not right: choosing everything would earn the full fraction."
            problems.append(Problem("all_correct", message, "options"))
        return problems

    def present(self, content: Content, seed: int) -> Presentation:
        options = shown(in_order_shown(content, "options", seed))
        return Presentation(self.control, text_of(content, "stem"), {"options": options})

    def parse(self, content: Content, data: Any) -> Answer:
        return some_of(data, choices_of(content, "options"), ask=ASK)

    def grade(self, content: Content, answer: Answer) -> Outcome:
        """Right minus wrong over right: a wrong choice costs what a right one earns, so that guessing does not pay."""
        options = choices_of(content, "options")
        chosen = [options[name] for name in answer]
        right = sum(option.correct for option in chosen)
        wanted = len(_right_ids(options))
        fraction = max(0, right - (len(chosen) - right)) / wanted
        return Outcome(fraction, _feedback(chosen, right, wanted), {"parts": verdicts(options.values(), answer)})

    def model_answer(self, content: Content) -> Answer:
        return _right_ids(choices_of(content, "options"))

    def summarise(self, content: Content, answer: Answer) -> str:
        options = choices_of(content, "options")
        return "; ".join(" ".join(options[name].text.split()) for name in answer)

    def classify(self, content: Content, answer: Answer) -> str:
        return "+".join(answer)

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        parts = reviewed(in_order_shown(content, "options", seed), answer or ())
        return {"parts": parts, "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        rows = [
            ("t6k", "The roof was repaired", True),
            ("c2v", "The opening hours grew longer", True),
            ("q5g", "The readers paid a fee", False),
            ("w8j", "The building was sold", False),
        ]
        options = [{"id": name, "text": text, "correct": right, "feedback": ""} for name, text, right in rows]
        content = {"stem": "Which changes at the library does the report describe?", "options": options}
        yield Example(content, ["t6k", "c2v"], 1.0, "exactly the right ones")
        yield Example(content, ["c2v", "t6k", "c2v"], 1.0, "in another order, one twice")
        yield Example(content, "t6k", 0.5, "one of two")
        yield Example(content, ["t6k", "c2v", "q5g"], 0.5, "both, and one that is wrong")
        yield Example(content, ["t6k", "q5g"], 0.0, "a wrong one takes back a right one")
        yield Example(content, ["t6k", "c2v", "q5g", "w8j"], 0.0, "everything")
        yield Example(content, [], None, "nothing chosen")
        yield Example(content, ["t6k", "nope"], None, "an option that is not there")


def _right_ids(options: Mapping[str, Choice]) -> list[str]:
    right = correct_ids(options.values())
    if not right:
        raise BrokenQuestion("No option of the question is right.")
    return right


def _number_of_options(content: Content) -> int:
    options = content.get("options")
    return len(options) if isinstance(options, list | tuple) else 0


def _feedback(chosen: list[Choice], right: int, wanted: int) -> str:
    notes = [option.feedback for option in chosen if option.feedback]
    wrong = len(chosen) - right
    if right < wanted or wrong:
        notes.insert(0, f"Right choices: {right} of {wanted}. Choices that are not right: {wrong}.")
    return "\n".join(notes)
