from __future__ import annotations

from quizzes.drafting.drafters.short_text import accepted_variants
from quizzes.drafting.material import prepare
from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed, term_of


def test_a_meaning_asks_for_its_expression_in_writing() -> None:
    content = only("name_the_expression", "bridge levy").content
    assert content["stem"].startswith("Which expression does the article use for “a charge on every lorry")
    assert content["accepted"] == ["bridge levy"]
    assert content["typos"] is True


def test_a_body_is_asked_as_a_body() -> None:
    content = only("name_the_expression", "Harbour Panel").content
    assert (
        content["stem"] == "Which organisation or body does the article describe as “a group of four retired captains”?"
    )


def test_without_a_meaning_nothing_is_asked() -> None:
    assert proposed("name_the_expression", "silent street") == []


def test_spellings_differ_in_more_than_case() -> None:
    outline = outline_on("#\n\nCo-tax is dear. A co-tax is fair.", "co-tax")
    assert accepted_variants(term_of(prepare(outline, {}), "co-tax")) == ["co-tax", "co tax"]
