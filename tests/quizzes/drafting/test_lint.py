from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting import lint, lint_quiz, rule_ids
from quizzes.questions.registry import kinds
from tests.quizzes.drafting.rules.cases import ARTICLE, QUOTE, cloze, single, statement

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("stem", "options", "answer", "accepted", "text", "gaps", "sentences", "feedback"), JSON),
)


def test_the_rules_have_stable_ids() -> None:
    assert rule_ids() == (
        "absolutes",
        "all_of_the_above",
        "blank_inside_compound",
        "distractor_in_same_sentence",
        "distractor_true_in_lesson",
        "evidence_verbatim",
        "key_in_other_question",
        "key_quoted",
        "near_duplicates",
        "one_key",
        "option_lengths",
        "option_twice",
        "overlap_with_stem",
        "same_form",
        "single_blank",
        "stem_gives_key_away",
        "stem_length",
        "stem_starts_with_pronoun",
    )


@given(st.sampled_from([kind.kind for kind in kinds()] + ["unknown"]), FIELDS | JSON)
def test_lint_never_fails_whatever_the_content(kind: str, content: Any) -> None:
    found = lint(kind, content, evidence=[QUOTE], article=ARTICLE)
    assert {finding.rule for finding in found} <= set(rule_ids())


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: str(kind.kind))
def test_every_example_of_every_kind_can_be_linted(kind: Any) -> None:
    for example in kind.examples():
        for finding in lint(kind.kind, example.content, evidence=[QUOTE], article=ARTICLE):
            assert finding.message.endswith((".", "!", "?"))


def test_every_message_is_a_sentence_with_a_next_step() -> None:
    broken = single(stem="It ____ ____ levy", options=("All of the above", "always", "x"), keys=0)
    messages = [finding.message for finding in lint("single_choice", broken, evidence=[], article=ARTICLE)]
    assert len(messages) >= 6
    assert all(message[0].isupper() or message[0] == "“" for message in messages)
    assert all(message.count(". ") >= 1 and message.endswith(".") for message in messages)


@pytest.mark.parametrize(
    "rows",
    [
        {"pairs": [{"id": "a", "text": "lorries", "match": "pay the bridge levy"}]},
        {"steps": [{"id": "a", "text": "The bridge levy is paid."}]},
        {"things": [{"id": "a", "text": "The bridge levy is paid.", "category": "Fact"}]},
    ],
    ids=["pairs", "steps", "things"],
)
def test_a_key_shown_by_rows_to_put_together_is_told(rows: dict[str, Any]) -> None:
    asked = cloze("Every lorry in the town pays a {{g1}}.")
    (found,) = lint_quiz([("any", {"stem": "Put them together.", **rows}), ("cloze", asked)])
    assert found.finding.rule == "key_in_other_question"


def test_a_key_shown_by_another_question_is_told() -> None:
    asked = cloze("Every lorry in the town pays a {{g1}}.")
    telling = statement("The bridge levy is paid for every lorry that enters the town.")
    (found,) = lint_quiz([("true_false", telling), ("cloze", asked)])
    assert (found.question, found.other, found.finding.rule) == (1, 0, "key_in_other_question")


def test_a_number_shown_by_another_question_is_told() -> None:
    number = ("numeric", {"stem": "How many boats came?", "value": 23, "units": [{"text": "boats"}]})
    shown = ("true_false", {"stem": "In spring, 23 boats went away.", "answer": "false"})
    other = ("true_false", {"stem": "In spring, 123 boats went away.", "answer": "false"})
    assert [each.finding.rule for each in lint_quiz([number, shown])] == ["key_in_other_question"]
    assert lint_quiz([number, other]) == []


def test_two_questions_that_ask_the_same_are_told() -> None:
    (found,) = lint_quiz(
        [("single_choice", single()), ("short_text", {"stem": single()["stem"], "accepted": ["levy"]})]
    )
    assert found.finding.rule == "near_duplicates"


def test_the_same_task_on_other_sentences_is_no_duplicate() -> None:
    stem = "Which sentence of this passage makes something depend on a condition?"
    first = {"stem": stem, "sentences": [{"text": "Boats rot if nobody paints them.", "correct": True}]}
    second = {"stem": stem, "sentences": [{"text": "Lorries wait unless drivers hurry along.", "correct": True}]}
    assert lint_quiz([("evidence", first), ("evidence", second)]) == []


def test_options_of_another_question_show_no_key() -> None:
    other = single(
        stem="Which expression do fishermen have for what keeps hulls afloat?", options=("Rust dividend", "Bridge levy")
    )
    assert lint_quiz([("single_choice", single()), ("single_choice", other)]) == []


def test_an_empty_quiz_is_clean() -> None:
    assert lint_quiz([]) == []


def test_a_quiz_is_looked_at_in_part() -> None:
    twins = ("single_choice", single())
    questions = [twins, ("short_text", {"stem": "Why do boats rot?", "accepted": ["sun"]}), twins]
    every = lint_quiz(questions)
    assert {(found.question, found.other) for found in every} == {(2, 0)}
    assert [lint_quiz(questions, looked_at=[place]) for place in range(3)] == [every, [], every]
    assert lint_quiz(questions, looked_at=[]) == []
