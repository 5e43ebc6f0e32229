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
        for example in kind["examples"]:
            assert example["fraction"] == pytest.approx(example["expected"])
            assert bool(example["refused"]) == (example["expected"] is None)
            assert example["holds"]


def test_the_text_names_every_kind_and_what_its_examples_earn() -> None:
    text = printed()
    for question in kinds():
        assert f"{question.kind} – {question.label} (control {question.control.value}" in text
    assert '"x7q"  →  1.000  the right option' in text
    assert "→  Choose one of the options.  nothing chosen" in text


def test_an_example_that_does_not_hold_fails_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"stem": "It rained.", "answer": "true"}

    def examples(self: TrueFalse) -> Iterable[Example]:
        return [Example(content, "true", 0.5), Example(content, "maybe", 1.0)]

    monkeypatch.setattr(TrueFalse, "examples", examples)
    with pytest.raises(CommandError, match="do not earn what they say"):
        printed()
