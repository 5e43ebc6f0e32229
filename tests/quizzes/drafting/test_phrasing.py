"""Turns of phrase: how a term is asked for, and where its proof stands."""

from __future__ import annotations

import pytest

from course.reading.outline import ConceptKind
from quizzes.drafting.material import Material, prepare
from quizzes.drafting.phrasing import ask_for_term, evidence_of_meaning, evidence_of_term, says, why_meaning
from quizzes.drafting.terms import Term
from tests.quizzes.drafting.drafters.proposals import outline_on

TOLD = "a small group of retired clerks"


def of(text: str, name: str, kind: ConceptKind, definitions: dict[str, str] | None = None) -> tuple[Material, Term]:
    material = prepare(outline_on(text, (name, kind)), definitions or {})
    return material, material.terms[0]


@pytest.mark.parametrize(
    ("name", "kind", "opening"),
    [
        ("marsh toll", ConceptKind.EXPRESSION, "Which expression does the article use for"),
        ("Oda Brisk", ConceptKind.NAME, "Whom does the article introduce to its readers as"),
        ("Salt Board", ConceptKind.NAME, "Which organisation or body does the article describe as"),
        ("Hask", ConceptKind.NAME, "Which name belongs to what the article describes as"),
    ],
)
def test_what_is_asked_for_is_called_by_its_sort(name: str, kind: ConceptKind, opening: str) -> None:
    material, term = of(f"#\n\nIn the spring they wrote to {name}, {TOLD}.", name, kind)
    assert ask_for_term(term) == f"{opening} “{TOLD}”?"
    assert why_meaning(material, term) == f"The article says: “In the spring they wrote to {name}, {TOLD}.”"


def test_a_meaning_that_the_author_gave_is_an_idea_and_is_proved_by_the_first_mention() -> None:
    material, term = of(
        "#\n\nNobody came. The marsh toll fell. The marsh toll rose.",
        "marsh toll",
        ConceptKind.EXPRESSION,
        {"Marsh toll": "a fee “for all”"},
    )
    assert ask_for_term(term) == "Which expression in the article stands for this idea: “a fee ‘for all’”?"
    span = evidence_of_meaning(term)
    assert span is not None
    assert material.evidence_text(span) == "The marsh toll fell."


def test_a_stated_meaning_is_proved_by_the_sentence_that_states_it_wherever_it_stands() -> None:
    text = "#\n\nThe marsh toll fell. They pay the marsh toll, a fee on every cart in town."
    material, term = of(text, "marsh toll", ConceptKind.EXPRESSION)
    meaning, first = evidence_of_meaning(term), evidence_of_term(term)
    assert meaning is not None
    assert first is not None
    assert material.evidence_text(meaning) == "They pay the marsh toll, a fee on every cart in town."
    assert material.evidence_text(first) == "The marsh toll fell."


def test_a_term_of_a_heading_is_proved_by_it_and_one_of_nowhere_by_nothing() -> None:
    material, term = of("# The marsh toll\n\nNobody came.", "marsh toll", ConceptKind.EXPRESSION)
    span = evidence_of_term(term)
    assert span is not None
    assert material.evidence_text(span) == "The marsh toll"
    _, lost = of("#\n\nNobody came.", "marsh toll", ConceptKind.EXPRESSION, {"marsh toll": "a fee"})
    assert evidence_of_term(lost) is None
    assert evidence_of_meaning(lost) is None
    assert why_meaning(material, lost) == ""


def test_a_long_passage_is_quoted_up_to_45_words() -> None:
    words = " ".join(f"w{number}" for number in range(60))
    material, _term = of(f"#\n\n{words}.", "w1", ConceptKind.EXPRESSION)
    (sentence,) = material.sentences
    quoted = " ".join(f"w{number}" for number in range(45))
    assert says(material, sentence.span) == f"The article says: “{quoted} …”"
