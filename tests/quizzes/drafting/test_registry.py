"""Where drafters and rules register: by name, in order, and each with a word on what it does."""

from __future__ import annotations

import re

import pytest

from quizzes.drafting import draft, rule_ids
from quizzes.drafting.candidates import LANGUAGE_NEUTRAL
from quizzes.drafting.compose import BY_DEFINITION
from quizzes.drafting.draft import Finding
from quizzes.drafting.lint import BETWEEN, wanted_by
from quizzes.drafting.registry import drafters
from quizzes.drafting.rulebook import findings, rules
from quizzes.drafting.subject import Subject
from tests.quizzes.drafting.rules.cases import single


def test_drafters_and_rules_stand_in_the_order_of_their_names() -> None:
    assert list(drafters()) == sorted(drafters())
    assert list(rules()) == sorted(rules())


def test_every_drafter_says_which_question_it_asks() -> None:
    assert [name for name, function in drafters().items() if not (function.__doc__ or "").strip()] == []


def test_what_is_said_of_drafters_by_name_is_said_of_drafters_that_there_are() -> None:
    assert set(drafters()) >= LANGUAGE_NEUTRAL
    assert set(drafters()) >= BY_DEFINITION


@pytest.mark.parametrize("rule", rule_ids())
def test_every_rule_says_what_it_wants_in_one_sentence(rule: str) -> None:
    assert re.fullmatch(r"[A-Z].*\.", wanted_by(rule))
    assert "\n" not in wanted_by(rule)


def test_a_rule_that_there_is_none_of_is_called_by_its_id() -> None:
    assert wanted_by("no_such_rule") == "no_such_rule"


def test_the_rules_over_two_questions_are_no_rules_over_one() -> None:
    assert not BETWEEN.keys() & rules().keys()
    assert set(rule_ids()) == BETWEEN.keys() | rules().keys()


def test_findings_come_in_the_order_of_the_rules_and_again_the_same() -> None:
    subject = Subject("single_choice", single(stem="It ____ ____", options=("always", "x" * 30), keys=0))
    found = findings(subject)
    assert [each.rule for each in found] == sorted(each.rule for each in found)
    assert found == findings(subject)
    assert Finding("single_blank", found[[each.rule for each in found].index("single_blank")].message) in found


def test_asking_for_the_registered_gives_a_copy_that_nobody_can_spoil() -> None:
    drafters().clear()
    rules().clear()
    assert drafters()
    assert rules()
    assert callable(draft)
