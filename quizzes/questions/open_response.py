"""Open response: an explanation or a judgement in the learner's own words, read by a person with a rubric."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.questions.answers import answer_text
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
from quizzes.questions.numbers import authored_number, in_figures

ASK = "Write your answer."
LONGEST = 10_000
MOST_ITEMS = 12
MOST_POINTS = 100
MOST_WORDS = 1_500


class OpenResponse(QuestionType):
    """The kind tells how long an answer is; what it earns a person decides, starting from the authored rubric."""

    kind = "open_response"
    label = "Open response"
    control = Control.LONG_TEXT
    grader = "rubric"
    id_rows = "rubric"

    def author_fields(self) -> Sequence[Field]:
        columns = (("text", "What earns points"), ("points", "Points"))
        return (
            Field("stem", "Task", "text", "Say what to explain or judge, and how much you expect."),
            Field("model", "Model answer", "text", "Shown in the review, and to whoever grades."),
            Field("rubric", "Rubric", "options", "What graders start from.", columns=columns),
            Field("min_words", "Words at least", "number", "Advice; nothing is refused.", required=False),
            Field("max_words", "Words at most", "number", "Advice; nothing is refused.", required=False),
            Field("explanation", "Why", "text", "Shown in the review, whatever was written.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        rows, problems = rows_with_problems(content, "rubric", "the rubric", least=1, most=MOST_ITEMS)
        found = [
            *shared_problems(content),
            *problems,
            *id_problems(rows),
            *same_text_problems(rows, "the rubric’s reasons"),
        ]
        found += text_problems(content, "model", "a model answer", most=LONGEST // 2, required=True)
        for path, row in rows:
            found += text_problems(row, "text", "what earns points", most=300, required=True, path=path)
            found += text_problems(row, "feedback", "the feedback", most=MAX_FEEDBACK, path=path)
            if not _earned(row):
                message = f"Write the points as a number other than 0, from -{MOST_POINTS} to {MOST_POINTS}."
                found.append(Problem("no_points", message, f"{path}.points"))
        if rows and not any(_earned(row) > 0 for _, row in rows):
            found.append(Problem("nothing_earned", "Give points for something.", "rubric"))
        return [*found, *_word_problems(content)]

    def present(self, content: Content, seed: int) -> Presentation:
        least, most = _words_wanted(content)
        data = {"max_length": LONGEST, "min_words": least, "max_words": most}
        return Presentation(self.control, text_of(content, "stem"), data)

    def parse(self, content: Content, data: Any) -> Answer:
        return answer_text(_with_plain_lines(data), ask=ASK, most=LONGEST)

    def grade(self, content: Content, answer: Answer) -> Outcome:
        """No fraction: how far the answer keeps to the length advised is all that can be said without reading it."""
        least, most = _words_wanted(content)
        words = len(answer.split())
        wanted = _advice(least, most)
        path = f"It has {words:,} word{'' if words == 1 else 's'}{f'; {wanted} were advised' if wanted else ''}."
        return Outcome(None, "", {"parts": [], "path": [path]})

    def model_answer(self, content: Content) -> Answer:
        return self.parse(content, text_of(content, "model"))

    def summarise(self, content: Content, answer: Answer) -> str:
        return " ".join(answer.split())

    def classify(self, content: Content, answer: Answer) -> str:
        least, most = _words_wanted(content)
        words = len(answer.split())
        if words < least:
            return "fewer words than advised"
        return "more words than advised" if most and words > most else "as many words as advised"

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        """The first part is the answer beside the model answer, the others are the rubric's items with their points."""
        model = {"id": "answer", "given": answer or "", "accepted": [text_of(content, "model")], "right": None}
        items = [
            {"id": name, "text": text_of(row, "text"), "given": "", "accepted": [_points(row)], "right": None}
            for name, row in named_rows_of(content, "rubric").items()
        ]
        return {"parts": [model, *items], "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        content = {
            "stem": "Explain in two or three sentences why the market moved indoors, and what it lost by that.",
            "model": "Storms kept spoiling the stalls, so the town leased a hall. It lost those who only passed by.",
            "rubric": [
                {"id": "k5w", "text": "Names the storms as the cause", "points": 1},
                {"id": "r8d", "text": "Says what was lost", "points": 1},
                {"id": "b2n", "text": "Takes a guess of the report for a fact", "points": -0.5},
            ],
            "min_words": 15,
            "max_words": 60,
            "explanation": "The report gives one cause, and two effects of which only one is a loss.",
        }
        told = "The storms drove it indoors, and passers-by no longer stop."
        yield Example(content, told, None, "a sentence", by_person=True)
        yield Example(content, "Storms.\r\n\r\nNobody stops.", None, "two paragraphs", by_person=True)
        yield Example(content, " ", None, "nothing written")
        yield Example(content, "word " * 2_001, None, "longer than can be kept")
        yield Example(content, {"text": "Storms."}, None, "no text")


def _with_plain_lines(data: Any) -> Any:
    """A form sends two characters for the end of a line where the page counted one."""
    if isinstance(data, list | tuple) and len(data) == 1:
        data = data[0]
    return data.replace("\r\n", "\n").replace("\r", "\n") if isinstance(data, str) else data


def _words_wanted(content: Content) -> tuple[int, int]:
    """The words advised at least and at most, 0 for no advice. Raises BrokenQuestion."""
    least, most = _number_of_words(content, "min_words"), _number_of_words(content, "max_words")
    if least is None or most is None or (most and least > most):
        raise BrokenQuestion("The number of words that the question advises is none.")
    return least, most


def _number_of_words(content: Any, name: str) -> int | None:
    """A whole number of words, 0 when left out; None for what is none."""
    value = value_of(content, name)
    if value is None or value == "":
        return 0
    return value if type(value) is int and 0 <= value <= MOST_WORDS else None


def _advice(least: int, most: int) -> str:
    if least and most:
        return f"{least} to {most}"
    return f"{least} or more" if least else f"up to {most}" if most else ""


def _points(row: Mapping[str, Any]) -> str:
    points = _earned(row)
    if not points:
        raise BrokenQuestion("A line of the rubric has no points.")
    return f"{in_figures(points).replace('-', '−')} point{'' if abs(points) == 1 else 's'}"


def _earned(row: Mapping[str, Any]) -> Decimal:
    """What a line of the rubric gives or takes, 0 for what is no number of points."""
    points = row.get("points")
    number = authored_number(points) if isinstance(points, int | float) else None
    return number if number is not None and abs(number) <= MOST_POINTS else Decimal(0)


def _word_problems(content: Any) -> Iterator[Problem]:
    if not isinstance(content, Mapping):
        return
    numbers = {name: _number_of_words(content, name) for name in ("min_words", "max_words")}
    for name, number in numbers.items():
        if number is None:
            yield Problem("no_number_of_words", f"Write a whole number of words up to {MOST_WORDS:,}.", name)
    least, most = numbers["min_words"], numbers["max_words"]
    if least and most and least > most:
        yield Problem("no_number_of_words", "Advise no fewer words at most than at least.", "max_words")
