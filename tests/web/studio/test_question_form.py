"""The form of a question, made from its kind's author fields alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import kinds, question_type
from quizzes.questions.base import (
    Answer,
    Content,
    Control,
    Example,
    Field,
    Outcome,
    Presentation,
    Problem,
    QuestionType,
)
from tests.web.studio.asked import untouched
from web.studio.question_form import QuestionForm, columns_of, content_sent, says_the_same


class Scale(QuestionType):
    """A kind that nobody has written yet, with every shape of field."""

    kind = "scale"
    label = "Scale"
    control = Control.NUMBER

    def author_fields(self) -> Sequence[Field]:
        return (
            Field("stem", "Question", "text"),
            Field("unit", "Units", "lines", required=False),
            Field("exact", "Exact", "boolean", required=False),
            Field("value", "Value", "number"),
            Field("rounding", "Rounding", "choice", choices=(("up", "Up"), ("down", "Down"))),
            Field("steps", "Steps", "options", required=False, columns=(("text", "Step"), ("last", "The end"))),
        )

    def check(self, content: Content) -> list[Problem]:
        return []

    def present(self, content: Content, seed: int) -> Presentation:
        return Presentation(self.control, "")

    def parse(self, content: Content, data: Any) -> Answer:
        return data

    def grade(self, content: Content, answer: Answer) -> Outcome:
        return Outcome(1.0)

    def model_answer(self, content: Content) -> Answer:
        return 0

    def summarise(self, content: Content, answer: Answer) -> str:
        return ""

    def classify(self, content: Content, answer: Answer) -> str:
        return ""

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        return {}

    def examples(self) -> list[Example]:
        steps = [{"id": "s1", "text": "Far", "weight": 2, "aliases": ["distant"], "last": True}]
        content = {"stem": "How far?", "value": 2, "rounding": "up", "steps": steps}
        return [Example(content, 2, 1.0)]


@pytest.fixture
def scale() -> Scale:
    return Scale()


@pytest.mark.parametrize("kind", [each.kind for each in kinds()])
def test_a_form_sent_back_untouched_says_the_same(kind: str) -> None:
    asked = question_type(kind)
    for example in asked.examples():
        fields = QuestionForm(asked, example.content).fields()
        assert says_the_same(content_sent(asked, example.content, untouched(fields)), example.content)


def test_a_new_kind_needs_nothing_here(scale: Scale) -> None:
    content = scale.examples()[0].content
    fields = QuestionForm(scale, content).fields()
    assert [asked.template for asked in fields] == [
        "studio/fields/text.html",
        "studio/fields/lines.html",
        "studio/fields/boolean.html",
        "studio/fields/number.html",
        "studio/fields/choice.html",
        "studio/fields/options.html",
        "studio/fields/lines.html",
    ]
    assert [(column.name, column.shape, column.label) for column in columns_of(scale, "steps", content)] == [
        ("text", "text", "Step"),
        ("last", "boolean", "The end"),
        ("id", "hidden", "Name"),
        ("weight", "number", "Weight"),
        ("aliases", "lines", "Aliases"),
    ]
    assert content_sent(scale, content, untouched(fields)) == content


def test_each_shape_is_read_as_what_it_means(scale: Scale) -> None:
    sent = {"stem": " How\r\nfar? ", "unit": "km\r\n\r\n mile ", "exact": "false", "value": "-2.5", "rounding": "down"}
    assert content_sent(scale, {}, sent) == {
        "stem": "How\nfar?",
        "unit": ["km", "mile"],
        "exact": False,
        "value": -2.5,
        "rounding": "down",
    }


def test_a_number_that_only_this_content_has_is_kept_and_not_asked(scale: Scale) -> None:
    content = {**scale.examples()[0].content, "steps": [{"id": "s1", "text": "Far", "weight": 2, "start": 40}]}
    columns = {column.name: column.shape for column in columns_of(scale, "steps", content)}
    assert (columns["weight"], columns["start"]) == ("number", "hidden")
    sent = content_sent(scale, content, untouched(QuestionForm(scale, content).fields()))
    assert sent["steps"][0]["start"] == 40


def test_what_is_no_number_is_left_to_the_check(scale: Scale) -> None:
    assert content_sent(scale, {}, {"value": "about 3"})["value"] == "about 3"


def test_what_the_form_does_not_ask_stays(scale: Scale) -> None:
    assert content_sent(scale, {"note": "kept", "exact": True}, {})["note"] == "kept"
    assert "exact" not in content_sent(scale, {"exact": True}, {})


def test_broken_content_still_has_a_form() -> None:
    for kind in kinds():
        rows = next((asked.name for asked in kind.author_fields() if asked.shape == "options"), "options")
        for broken in ({}, {rows: None}, {rows: "x"}, {rows: [1, None]}, {rows: {"a": 1}}, {"stem": 3}):
            fields = QuestionForm(kind, broken).fields()
            assert isinstance(content_sent(kind, broken, untouched(fields)), dict)


def test_a_problem_stands_at_its_field() -> None:
    kind = question_type("single_choice")
    form = QuestionForm(kind, {}, [Problem("x", "Write an option.", "options.2.text"), Problem("y", "Broken.")])
    assert [[each.code for each in asked.problems] for asked in form.fields()] == [[], ["x"], [], [], []]


def test_rows_beyond_the_most_are_not_read() -> None:
    kind = question_type("single_choice")
    sent = {f"options-{index}-text": "x" for index in range(300)}
    assert len(content_sent(kind, {}, sent)["options"]) == 100


@pytest.mark.parametrize("growing", ["", "options"])
def test_a_list_that_grows_says_so(growing: str) -> None:
    kind = question_type("single_choice")
    fields = QuestionForm(kind, {}, growing=growing).fields()
    assert [asked.field.name for asked in fields if asked.is_growing] == [growing] * bool(growing)


def test_exactly_one_option_of_a_single_choice_can_be_said_to_be_right() -> None:
    kind = question_type("single_choice")
    sent = {"options-0-text": "Up", "options-1-text": "Down", "options-2-text": "", "options-correct": "1"}
    assert content_sent(kind, {}, sent)["options"] == [
        {"id": "", "text": "Up", "correct": False},
        {"id": "", "text": "Down", "correct": True},
    ]
    assert {column.shape for column in columns_of(kind, "options", {}) if column.name == "correct"} == {"one"}


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40)
words = texts.map(str.strip).filter(bool)


@given(st.data())
def test_whatever_is_written_into_the_texts_of_a_kind_comes_back(drawn: st.DataObject) -> None:
    kind = drawn.draw(st.sampled_from(kinds()))
    content = drawn.draw(st.sampled_from([example.content for example in kind.examples()]))
    written = rewritten(content, lambda: drawn.draw(words))
    fields = QuestionForm(kind, written).fields()
    assert says_the_same(content_sent(kind, written, untouched(fields)), written)


def rewritten(value: Any, word: Callable[[], str]) -> Any:
    """The content with other words in every text but ids, choices, numbers and texts that name gaps."""
    if isinstance(value, Mapping):
        fixed = ("id", "answer", "value", "tolerance")
        return {key: each if key in fixed else rewritten(each, word) for key, each in value.items()}
    if isinstance(value, list):
        return [rewritten(each, word) for each in value]
    return word() if isinstance(value, str) and "{{" not in value else value
