from __future__ import annotations

from dataclasses import replace

from course.reading.outline import Span
from quizzes.drafting.drafters.short_text import accepted_variants
from quizzes.drafting.material import prepare
from quizzes.questions.registry import question_type
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


def test_other_forms_in_the_article_are_accepted_once() -> None:
    outline = outline_on("#\n\nCo-tax is dear. The co-tax is fair. All co-taxes are.", "co-tax")
    span = Span(outline.text.index("co-taxes"), outline.text.index("co-taxes") + len("co-taxes"))
    concept = replace(outline.concepts[0], mentions=(*outline.concepts[0].mentions, span))
    material = prepare(replace(outline, concepts=(concept,)), {})
    assert accepted_variants(term_of(material, "co-tax")) == ["co-tax", "co-taxes"]


def test_a_hyphenated_term_is_accepted_content() -> None:
    outline = outline_on("#\n\nThey owe a co-tax, a charge that two towns share.", "co-tax")
    assert question_type("short_text").check(only("name_the_expression", "co-tax", outline=outline).content) == []
