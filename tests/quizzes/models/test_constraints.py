"""The database itself keeps the rules of questions, attempts and grades, whoever writes to it."""

from __future__ import annotations

import pytest
from django.db.models import Model

from tests.quizzes.models import rules_of_attempts, rules_of_cards, rules_of_content, rules_of_grades, rules_of_lists
from tests.quizzes.models.scene import rows
from tests.rules_of_tables import Rule, kept_badly, rules_of, said_badly

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RULES = [
    *rules_of_content.RULES,
    *rules_of_attempts.RULES,
    *rules_of_grades.RULES,
    *rules_of_cards.RULES,
    *rules_of_lists.RULES,
]


@pytest.fixture
def scene() -> dict[str, Model]:
    return rows()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_refuses_what_breaks_it_and_takes_what_just_keeps_it(scene: dict[str, Model], rule: Rule) -> None:
    assert kept_badly(rule, scene) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_form_is_told_the_same_before_anything_is_written(scene: dict[str, Model], rule: Rule) -> None:
    assert said_badly(rule, scene) == []


def test_every_rule_of_this_app_is_shown_here() -> None:
    assert {rule.name for rule in RULES} == rules_of("quizzes")
