"""Answers of learners in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.given_answers import GivenGroup, GivenVariant
from quizzes.domain.verdicts import Verdict
from quizzes.models import QuestionVersion
from web.studio.answer_words import SHAPES, answers_reading, learner_reading, quoted, said_in, share_of


def group(answer: object, count: int, verdict: Verdict) -> GivenGroup:
    version = QuestionVersion(kind="short_text", content={"stem": "?", "accepted": ["x"]})
    return GivenGroup(version, "graded", Decimal(0), verdict, "", (GivenVariant("", answer, count),), "d")


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([], "Nothing was answered like this."),
        ([group("a", 2, Verdict.WAITS), group("b", 1, Verdict.BEING_GRADED)], "None of them is graded yet."),
        ([group("a", 3, Verdict.RIGHT)], "100 % are right."),
        ([group("a", 3, Verdict.RIGHT), group(None, 1, Verdict.UNANSWERED)], "75 % are right."),
        (
            [group("a", 3, Verdict.RIGHT), group("the lake", 1, Verdict.WRONG)],
            "75 % are right; most often said instead is “the lake”, by 25 %.",
        ),
        (
            [group("half", 5, Verdict.PARTLY), group("no", 5, Verdict.WRONG)],
            "0 % are right; most often said instead is “half”, by 50 %.",
        ),
    ],
)
def test_many_answers_are_read_in_a_sentence(groups: list[GivenGroup], said: str) -> None:
    assert answers_reading(groups) == said


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_all_or_nothing_only_where_it_is(count: int, more: int) -> None:
    total = count + more
    assert (share_of(count, total) == "0 %") == (count == 0)
    assert share_of(count, total) != "100 %"
    assert share_of(total, total) == "100 %"


def test_a_long_answer_is_cut_to_a_line() -> None:
    cut = quoted(group("many  words\nin lines " * 10, 1, Verdict.WRONG))
    assert len(cut) <= 60
    assert cut.startswith("many words in lines many")
    assert cut.endswith("…")


@pytest.mark.parametrize(("answer", "said"), [(None, "No answer"), ("", "No answer"), ("a lake", "a lake")])
def test_no_answer_is_said_to_be_none(answer: object, said: str) -> None:
    assert said_in(group(answer, 1, Verdict.WRONG)) == said


@pytest.mark.parametrize(
    ("attempts", "taken", "said"),
    [
        (0, 0, "Nothing was begun yet."),
        (1, 1, "One attempt at one quiz, of 8 in the course."),
        (14, 3, "14 attempts at three quizzes, of 8 in the course."),
    ],
)
def test_what_somebody_did_is_a_sentence(attempts: int, taken: int, said: str) -> None:
    assert learner_reading(attempts, taken, 8) == said


def test_every_verdict_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(Verdict)
