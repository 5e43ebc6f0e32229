"""Trying an answer in the editor: for every kind the same verdict as grading gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.http import QueryDict

from quizzes.grading.base import GradingRequest
from quizzes.grading.guard import grade
from quizzes.questions import kinds, question_type
from quizzes.questions.base import QuestionType
from quizzes.questions.controls import MANY
from quizzes.questions.ids import with_fresh_ids
from tests.factories import single_choice
from web.studio.trial import SAME_IDS, tried

NUMBER = {"stem": "How far?", "value": 2.4, "tolerance": "5 %", "units": [{"text": "km"}]}
ESSAY = next(example.content for example in question_type("open_response").examples())


def form(kind: QuestionType, answer: Any) -> QueryDict:
    """The fields that the kind's control sends for an answer."""
    sent = QueryDict(mutable=True)
    if kind.control == "order":
        sent["order"] = "1"
        answer = {name: str(place) for place, name in enumerate(answer, start=1)}
    if kind.control in MANY:
        sent["many"] = "1"
    if isinstance(answer, Mapping):
        for name, value in answer.items():
            sent[f"answer-1-{name}"] = value
    elif isinstance(answer, list):
        sent.setlist("answer-1", answer)
    else:
        sent["answer-1"] = answer
    return sent


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_a_model_answer_gets_in_the_editor_what_it_gets_in_a_quiz(kind: QuestionType) -> None:
    for content in {str(each.content): each.content for each in kind.examples()}.values():
        shown = with_fresh_ids(kind.kind, content, SAME_IDS)
        answer = kind.model_answer(shown)
        found = tried(kind, content, form(kind, answer))
        graded = grade(GradingRequest(kind.kind, shown, answer)).fraction
        assert found is not None
        assert found.verdict is not None
        assert found.verdict.percent == ("" if graded is None else f"{graded:.0%}")
        assert found.verdict.word == ("A person decides" if graded is None else "Right")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_without_an_answer_there_is_a_preview_and_no_verdict(kind: QuestionType) -> None:
    found = tried(kind, next(iter(kind.examples())).content, QueryDict())
    assert found is not None
    assert found.verdict is None
    assert found.control == f"components/controls/{kind.control}.html"


@pytest.mark.parametrize(
    "content", [{}, {"stem": ""}, {**single_choice(), "options": []}, {**single_choice(), "stem": 3}]
)
def test_what_is_not_sound_yet_is_not_shown(content: Mapping[str, Any]) -> None:
    assert tried(question_type("single_choice"), content, QueryDict()) is None


@pytest.mark.parametrize(
    ("typed", "word", "percent"),
    [
        ("2.4", "Right", "100%"),
        ("2.5 km", "Right", "100%"),
        ("3", "Not right", "0%"),
        ("far", "No answer of this kind", "0%"),
        ("1,234", "No answer of this kind", "0%"),
    ],
)
def test_a_tolerance_is_tested_by_typing(typed: str, word: str, percent: str) -> None:
    found = tried(question_type("numeric"), NUMBER, QueryDict(f"answer-1={typed.replace(' ', '+')}"))
    assert found is not None
    assert found.verdict is not None
    assert (found.verdict.word, found.verdict.percent, found.text) == (word, percent, typed)


def test_the_way_to_a_verdict_is_told() -> None:
    content = {"stem": "Which lake?", "accepted": ["the upper lake"], "typos": True}
    found = tried(question_type("short_text"), content, QueryDict("answer-1=uppre+lake"))
    assert found is not None
    assert found.verdict is not None
    assert (found.verdict.word, found.verdict.path[0]) == ("Right", "It was read as “the upper lake”.")


def test_half_of_it_is_partly_right() -> None:
    content = {
        "stem": "Complete it.",
        "text": "{{a1}} and {{b2}}",
        "gaps": [{"id": "a1", "accepted": ["salt"]}, {"id": "b2", "accepted": ["fish"]}],
    }
    kind = question_type("cloze")
    first = with_fresh_ids("cloze", content, SAME_IDS)["gaps"][0]["id"]
    found = tried(kind, content, QueryDict(f"answer-1-{first}=salt"))
    assert found is not None
    assert found.verdict is not None
    assert (found.verdict.word, found.verdict.percent, found.verdict.tone) == ("Partly right", "50%", "now")


def test_an_essay_waits_for_a_person() -> None:
    found = tried(question_type("open_response"), ESSAY, QueryDict("answer-1=Because+it+rained+all+night."))
    assert found is not None
    assert found.verdict is not None
    assert (found.verdict.word, found.verdict.percent) == ("A person decides", "")
    assert found.text == "Because it rained all night."
