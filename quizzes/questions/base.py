"""The contract of a question kind. Pure Python: a kind knows content and answers, never the database."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

Content = Mapping[str, Any]
Answer = Any
"""A parsed answer is plain JSON: it is stored as it is, and parsing it again gives it back."""


class Control(StrEnum):
    """The closed set of ways to answer; each has one template and at most one small module."""

    CHOOSE_ONE = "choose_one"
    CHOOSE_MANY = "choose_many"
    LINE = "line"
    NUMBER = "number"
    GAPS = "gaps"
    ORDER = "order"
    ASSIGN = "assign"
    SENTENCES = "sentences"
    LONG_TEXT = "long_text"


class InvalidAnswer(ValueError):
    """The learner's input is no answer of this kind; the message tells the learner what to do next."""


class BrokenQuestion(ValueError):
    """The question's content cannot be asked or graded; told to its author, never charged to the learner."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a question's content; `field` is a dotted path into it, "" the whole."""

    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the author's form asks; `shape` is text, lines, boolean, number, choice or options.

    `columns` name what a row of options asks, in order, where its kind calls it by words of its own; `only` is the
    yes or no of a row that is said of exactly one of them.
    """

    name: str
    label: str
    shape: str
    help: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    only: str = ""


@dataclass(frozen=True, slots=True)
class Presentation:
    """What a learner sees before answering: a control and its data, provably without the key. `data` is plain JSON."""

    control: Control
    stem: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a grader returns. `fraction` in [0, 1], or None when a person must look.

    `feedback` is plain text for the learner; `detail` is plain JSON that explains the fraction
    (`parts`: one verdict for each option, gap or sentence; `path`: how an answer was matched).
    """

    fraction: float | None
    feedback: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.fraction is not None and not 0 <= self.fraction <= 1:
            raise ValueError(f"A fraction lies in [0, 1], not {self.fraction!r}.")


@dataclass(frozen=True, slots=True)
class Example:
    """One graded case of a kind: feeds tests, docs and the authoring preview.

    `expected` is the fraction; None for InvalidAnswer or, `by_person`, for a fraction that a person decides.
    """

    content: Content
    data: Any
    expected: float | None
    note: str = ""
    by_person: bool = False


class QuestionType(ABC):
    """One way of asking. A subclass in its own file of this folder registers itself by its `kind`."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    label: ClassVar[str]
    control: ClassVar[Control]
    grader: ClassVar[str] = "rules"
    """The grader of most contents; ask `grader_for` about one of them."""
    id_rows: ClassVar[str] = ""
    """The list of the content whose rows carry opaque ids; "" where a kind has none."""

    def with_ids(self, content: Content, ids: Sequence[str]) -> Content:
        """The content with its rows renamed, one id for each row; the content given stays as it is."""
        rows = content.get(self.id_rows) if self.id_rows else None
        if not isinstance(rows, list):
            return dict(content)
        return {**content, self.id_rows: [{**row, "id": name} for row, name in zip(rows, ids, strict=True)]}

    def title(self, content: Any) -> str:
        """The question in one line, for lists of questions. Never raises, whatever JSON."""
        return str(content.get("stem", "")) if isinstance(content, Mapping) else ""

    def with_accepted(self, content: Content, answer: Answer) -> Content | None:
        """The content under which this answer earns 1 as well; None where the kind has no room for another answer.

        The content given stays as it is. What comes back passes `check`.
        """
        return None

    def grader_for(self, content: Any) -> str:
        """The name of the grader of this content; one for all unless the kind says otherwise. Never raises."""
        return self.grader

    @abstractmethod
    def author_fields(self) -> Sequence[Field]:
        """What the author's form asks, in order."""

    @abstractmethod
    def check(self, content: Content) -> list[Problem]:
        """Every problem of the content at once; empty means it can be asked and graded. Never raises, whatever JSON."""

    @abstractmethod
    def present(self, content: Content, seed: int) -> Presentation:
        """What the learner sees; the same content and seed give the same presentation, without any trace of the key."""

    @abstractmethod
    def parse(self, content: Content, data: Any) -> Answer:
        """The answer as it is stored; parse(parse(x)) == parse(x).

        Raises InvalidAnswer for what is none, None and an empty answer too, and BrokenQuestion for unusable content.
        """

    @abstractmethod
    def grade(self, content: Content, answer: Answer) -> Outcome:
        """Pure: the same content and answer give the same outcome. `answer` has been parsed."""

    @abstractmethod
    def model_answer(self, content: Content) -> Answer:
        """An answer that earns the full fraction: grade(content, model_answer(content)).fraction == 1.

        Where a person decides, it is the answer that the author would give.
        """

    @abstractmethod
    def summarise(self, content: Content, answer: Answer) -> str:
        """The answer in one plain line, for reports and exports."""

    @abstractmethod
    def classify(self, content: Content, answer: Answer) -> str:
        """The bucket of the answer for item analysis; equal answers share one."""

    @abstractmethod
    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        """What the review shows once the policy allows the key: plain JSON.

        `parts`: a list of {"id", "text", "chosen": bool, "right": bool, "feedback"} for choices and sentences, in
        presentation order, and of {"id", "given", "accepted": [str], "right": bool} for whatever is written, put in
        order or assigned, with "text" and "feedback" where it has some; `right` is None where a person decides.
        `why`: the explanation.
        """

    @abstractmethod
    def examples(self) -> Iterable[Example]:
        """At least one full, one zero and, where the kind allows it, one partial and one invalid case."""
