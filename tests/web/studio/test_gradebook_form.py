"""What is asked of the gradebook by its address."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models import Cohort
from quizzes.domain.gradebook import Filter, Standing
from quizzes.models import Quiz
from web.studio.gradebook_form import GradebookForm

COHORT = Cohort(uuid=UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a003"), name="Evenings")
QUIZZES = [Quiz(slug="one", title="The wall"), Quiz(slug="two", title="The lake")]


def form(**sent: str) -> GradebookForm:
    return GradebookForm(
        {name.replace("_", "-"): value for name, value in sent.items()}, cohorts=[COHORT], quizzes=QUIZZES
    )


def test_what_is_asked_for_is_wanted() -> None:
    asked = form(q=" ana ", cohort=str(COHORT.uuid), standing="in progress", drop="2", weight_one="0", weight_two="2.5")

    assert asked.wanted == Filter(
        matching="ana",
        cohort=str(COHORT.uuid),
        standing="in progress",
        drop=2,
        weights={"one": Decimal(0), "two": Decimal("2.5")},
    )


def test_nothing_asked_for_is_everybody_with_quizzes_weighing_the_same() -> None:
    assert form().wanted == Filter()


@pytest.mark.parametrize(
    "sent",
    [
        {"q": "a\x00b"},
        {"q": "x" * 101},
        {"cohort": "evenings"},
        {"standing": "asleep"},
        {"drop": "-1"},
        {"drop": "6"},
        {"drop": "one"},
        {"weight_one": "-1"},
        {"weight_one": "101"},
        {"weight_one": "1.234"},
        {"weight_one": "NaN"},
        {"weight_one": "1e9"},
        {"weight_three": "3"},
    ],
)
def test_what_makes_no_sense_asks_for_nothing_and_leaves_the_rest(sent: dict[str, str]) -> None:
    assert form(**{"weight_two": "2", **sent}).wanted == Filter(weights={"two": Decimal(2)})


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_can_be_asked_for(standing: Standing) -> None:
    assert form(standing=standing.value).wanted.standing == standing


def test_each_quiz_has_a_weight_by_its_title() -> None:
    fields: list[Any] = form().weights

    assert [(each.html_name, each.label) for each in fields] == [("weight-one", "The wall"), ("weight-two", "The lake")]


@given(st.dictionaries(st.sampled_from(["q", "cohort", "standing", "drop", "weight_one"]), st.text(max_size=20)))
def test_whatever_the_address_says_something_is_shown(sent: dict[str, str]) -> None:
    wanted = form(**sent).wanted

    assert 0 <= wanted.drop <= 5
    assert wanted.cohort in ("", str(COHORT.uuid))
    assert wanted.standing in ("", *Standing)
    assert set(wanted.weights) <= {"one", "two"}
