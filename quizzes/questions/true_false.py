"""True, false or not stated: what the text says about a statement, apart from what the reader knows of the world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.questions.answers import one_of
from quizzes.questions.authored import (
    MAX_FEEDBACK,
    optional_text_of,
    shared_problems,
    text_of,
    text_problems,
    value_of,
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
from quizzes.questions.choices import Choice, reviewed, verdicts

ASK = "Choose true, false or not stated."
WORDS = {"true": "True", "false": "False", "not_stated": "Not stated"}


class TrueFalse(QuestionType):
    """The stem is a statement; the three answers stand in a fixed order, and one of them earns 1."""

    kind = "true_false"
    label = "True, false or not stated"
    control = Control.CHOOSE_ONE

    def author_fields(self) -> Sequence[Field]:
        return (
            Field("stem", "Statement", "text", "One claim only, without “not” where it can be avoided."),
            Field("answer", "According to the text", "choice", choices=tuple(WORDS.items())),
            Field("feedback", "Feedback for each answer", "options", "What to tell who chose it.", required=False),
            Field("explanation", "Why", "text", "Shown in the review, whatever was chosen.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        problems = list(shared_problems(content))
        if any(problem.code == "content_not_object" for problem in problems):
            return problems
        answer = content.get("answer")
        if not isinstance(answer, str) or answer not in WORDS:
            problems.append(Problem("answer_not_known", "Set the answer to true, false or not_stated.", "answer"))
        return [*problems, *_feedback_problems(content.get("feedback"))]

    def present(self, content: Content, seed: int) -> Presentation:
        options = [{"id": name, "text": text} for name, text in WORDS.items()]
        return Presentation(self.control, text_of(content, "stem"), {"options": options})

    def parse(self, content: Content, data: Any) -> Answer:
        return one_of(data, WORDS, ask=ASK)

    def grade(self, content: Content, answer: Answer) -> Outcome:
        choices = _choices(content)
        chosen = next(choice for choice in choices if choice.id == answer)
        return Outcome(float(chosen.correct), chosen.feedback, {"parts": verdicts(choices, {answer})})

    def model_answer(self, content: Content) -> Answer:
        return next(choice.id for choice in _choices(content) if choice.correct)

    def summarise(self, content: Content, answer: Answer) -> str:
        return WORDS[answer]

    def classify(self, content: Content, answer: Answer) -> str:
        return str(answer)

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        parts = reviewed(_choices(content), () if answer is None else (answer,))
        return {"parts": parts, "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        content = {
            "stem": "The bridge was paid for by the villages on both banks.",
            "answer": "false",
            "feedback": {"true": "Only one village paid.", "not_stated": "The second paragraph says who paid."},
            "explanation": "The village on the northern bank paid for it alone.",
        }
        yield Example(content, "false", 1.0, "what the text says")
        yield Example(content, ["false"], 1.0, "as a form sends it")
        yield Example(content, "true", 0.0, "the opposite")
        yield Example(content, "not_stated", 0.0, "overlooked")
        yield Example(content, "maybe", None, "no such answer")
        silent = {"stem": "The bridge is the oldest in the valley.", "answer": "not_stated"}
        yield Example(silent, "not_stated", 1.0, "the text does not say")
        yield Example(silent, True, None, "a boolean is none of the three")


def _choices(content: Content) -> list[Choice]:
    answer = text_of(content, "answer")
    if answer not in WORDS:
        raise BrokenQuestion("The answer of the statement is neither true, false nor not_stated.")
    feedback = value_of(content, "feedback")
    notes = {} if feedback is None else feedback
    return [Choice(name, text, name == answer, optional_text_of(notes, name)) for name, text in WORDS.items()]


def _feedback_problems(feedback: Any) -> Iterator[Problem]:
    if feedback is not None and not isinstance(feedback, Mapping):
        yield Problem("not_an_object", "Write the feedback as one text for each answer.", "feedback")
        return
    for name, word in WORDS.items():
        label = f"the feedback for “{word}”"
        yield from text_problems(feedback, name, label, most=MAX_FEEDBACK, path="feedback")
