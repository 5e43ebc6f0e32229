"""The database itself keeps the rules of questions, attempts and grades, whoever writes to it."""

from __future__ import annotations

import pytest
from django.db.models import Model

from quizzes.models import Attempt
from tests.quizzes.models import rules_of_attempts, rules_of_cards, rules_of_content, rules_of_grades, rules_of_lists
from tests.quizzes.models.rules_of_attempts import NEW_ATTEMPT
from tests.quizzes.models.scene import A_KEY, OTHER_KEY, rows
from tests.rules_of_tables import Other, Rule, kept_badly, rules_of, said_badly

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


def test_a_program_that_starts_twice_with_one_key_has_one_attempt(scene: dict[str, Model]) -> None:
    """Shown apart: an attempt of the scene has no such key."""
    keyed = Rule(
        "one_attempt_per_client_key",
        "attempt",
        refused=[NEW_ATTEMPT | {"client_key": A_KEY}],
        taken=[
            NEW_ATTEMPT | {"client_key": OTHER_KEY},
            NEW_ATTEMPT | {"client_key": None},
            NEW_ATTEMPT | {"client_key": A_KEY, "enrollment": Other("new enrollment")},
        ],
    )
    Attempt.objects.filter(pk=scene["attempt"].pk).update(client_key=A_KEY)
    assert kept_badly(keyed, scene) == []


def test_every_rule_of_this_app_is_shown_here() -> None:
    assert {rule.name for rule in RULES} | {"one_attempt_per_client_key"} == rules_of("quizzes")
