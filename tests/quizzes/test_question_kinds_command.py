"""`question_kinds` lists what can be asked and grades every example as it prints it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quizzes.questions import kinds
from quizzes.questions.base import Example
from quizzes.questions.true_false import TrueFalse


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("question_kinds", *arguments, stdout=out)
    return out.getvalue()


def test_json_holds_every_kind_with_its_examples_graded() -> None:
    listed = json.loads(printed("--json"))
    assert [kind["kind"] for kind in listed] == [question.kind for question in kinds()]
    for kind, question in zip(listed, kinds(), strict=True):
        assert (kind["label"], kind["grader"], kind["control"]) == (question.label, question.grader, question.control)
        assert len(kind["examples"]) == len(list(question.examples())) >= 4
        for example, wanted in zip(kind["examples"], question.examples(), strict=True):
            assert example["fraction"] == pytest.approx(example["expected"])
            assert bool(example["refused"]) == (example["expected"] is None and not wanted.by_person)
            assert example["holds"]


def test_the_text_names_every_kind_and_what_its_examples_earn() -> None:
    text = printed()
    for question in kinds():
        assert f"{question.kind} – {question.label} (control {question.control.value}" in text
    assert '"x7q"  →  1.000  the right option' in text
    assert "→  Choose one of the options.  nothing chosen" in text
    assert "→  a person decides  two paragraphs" in text


@pytest.mark.parametrize(
    "example", [Example({"stem": "?", "answer": "true"}, "true", None, by_person=True),
                Example({"stem": "?", "answer": "true"}, "maybe", None, by_person=True)]
)  # fmt: skip
def test_what_a_person_should_decide_and_does_not_fails_the_command(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TrueFalse, "examples", lambda self: [example])
    with pytest.raises(CommandError, match="do not earn what they say"):
        printed()


def test_an_example_that_does_not_hold_fails_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"stem": "It rained.", "answer": "true"}

    def examples(self: TrueFalse) -> Iterable[Example]:
        return [Example(content, "true", 0.5), Example(content, "maybe", 1.0)]

    monkeypatch.setattr(TrueFalse, "examples", examples)
    with pytest.raises(CommandError, match="do not earn what they say"):
        printed()
