from __future__ import annotations

from typing import Any

import pytest

from tests.quizzes.drafting.rules.cases import QUOTE, cloze, rules_broken, single, statement


def test_a_clean_question_breaks_no_rule() -> None:
    assert rules_broken("single_choice", single()) == set()


def test_evidence_has_to_stand_in_the_article_word_for_word() -> None:
    assert rules_broken("single_choice", single(), evidence=(QUOTE.upper(),)) == {"evidence_verbatim"}


def test_a_question_without_evidence_is_told() -> None:
    assert "evidence_verbatim" in rules_broken("single_choice", single(), evidence=())


@pytest.mark.parametrize("keys", [0, 2])
def test_a_single_choice_has_exactly_one_key(keys: int) -> None:
    assert "one_key" in rules_broken("single_choice", single(keys=keys))


@pytest.mark.parametrize("keys", [0, 3])
def test_a_multiple_choice_has_something_right_and_something_wrong(keys: int) -> None:
    assert "one_key" in rules_broken("multiple_choice", single(keys=keys))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("true_false", statement("The council pays for each lorry that enters the town.", answer="perhaps")),
        ("short_text", {"stem": "Which expression does the author use for the charge?", "accepted": [" "]}),
        ("cloze", cloze("The council pays a {{g1}} for lorries.", accepted=())),
        ("cloze", cloze("The council pays a {{g1}} for lorries.", options=("rust dividend", "comfort budget"))),
        (
            "evidence",
            {
                "stem": "Which sentence of it names the charge on lorries?",
                "sentences": [{"text": "A.", "correct": True}],
            },
        ),
    ],
)
def test_every_kind_needs_its_key(kind: str, content: dict[str, Any]) -> None:
    assert "one_key" in rules_broken(kind, content)


def test_the_same_option_twice_is_told_whatever_its_case() -> None:
    assert "option_twice" in rules_broken(
        "single_choice", single(options=("Bridge levy", "Rust dividend", "Rust  Dividend"))
    )
