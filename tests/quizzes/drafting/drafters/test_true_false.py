from __future__ import annotations

from quizzes.drafting.draft import DraftedQuestion
from tests.quizzes.drafting.drafters.proposals import outline_on, proposed
from tests.quizzes.drafting.samples import harbour


def by_answer(found: list[DraftedQuestion]) -> dict[str, str]:
    return {each.content["answer"]: each.content["stem"] for each in found}


def test_an_expression_has_its_own_meaning_or_that_of_another() -> None:
    found = by_answer(proposed("meaning_kept_or_swapped", "bridge levy"))
    assert (
        found["true"]
        == "In the article, “bridge levy” stands for a charge on every lorry that enters the town by road."
    )
    assert found["false"] in {
        "In the article, “bridge levy” stands for a list of ships that exist only in its plans.",
        "In the article, “bridge levy” stands for the work that comes from keeping old hulls afloat.",
    }


def test_a_meaning_of_another_number_is_not_swapped_in() -> None:
    text = "They pay a tide tax, a charge on every boat.\n\nThey fear rope rules, meaning people who forbid all knots."
    found = by_answer(
        proposed("meaning_kept_or_swapped", "tide tax", outline=outline_on(f"#\n\n{text}", "tide tax", "rope rules"))
    )
    assert set(found) == {"true"}


def test_a_plain_sentence_is_kept_or_turned() -> None:
    text = "#\n\nOverall, the harbour of Merrow lost its tide tax in the spring."
    found = proposed("claim_kept_or_turned", "tide tax", outline=outline_on(text, "tide tax"))
    assert by_answer(found) == {
        "true": "The harbour of Merrow lost its tide tax in the spring.",
        "false": "The harbour of Merrow gained its tide tax in the spring.",
    }
    assert [bool(each.confirm) for each in found] == [False, True]


def test_a_sentence_that_leans_on_another_is_no_statement() -> None:
    text = "#\n\nThis is why the harbour of Merrow lost its tide tax."
    assert proposed("claim_kept_or_turned", "tide tax", outline=outline_on(text, "tide tax")) == []


def test_an_expression_is_attributed_to_its_namer_and_to_another() -> None:
    found = by_answer(proposed("namer_kept_or_changed", "silent street"))
    assert found["true"] == "The article attributes the expression “silent street” to planners."
    assert set(found) == {"true", "false"}


def test_what_somebody_says_is_stated_by_their_name_and_by_anothers() -> None:
    text = (
        "#\n\nAda Brun argues that the tide tax was raised in three cold winters, and that nobody paid it.\n\n"
        "The bell of Senn was sold.\n\nThe mill was sold.\n\nOlaf Lind warns that the mill of Senn is falling down."
    )
    found = by_answer(proposed("claim_with_its_source", "tide tax", outline=outline_on(text, "tide tax")))
    assert found == {
        "true": "According to Ada Brun, the tide tax was raised in three cold winters.",
        "false": "According to Ada Brun, the tide tax was raised in six cold winters.",
        "not_stated": "According to Olaf Lind, the tide tax was raised in three cold winters.",
    }


def test_an_expression_of_nobody_is_attributed_to_nobody() -> None:
    assert proposed("namer_kept_or_changed", "bridge levy") == []


def test_a_view_given_to_somebody_else_is_not_stated() -> None:
    (found,) = proposed("claim_of_another", "night market")
    assert found.content["answer"] == "not_stated"
    assert found.content["stem"].endswith(" believe that the night market keeps the old town alive.")
    assert not found.content["stem"].startswith("Residents")
    assert found.confirm


def test_the_feedback_of_each_answer_tells_the_verdict() -> None:
    for found in proposed("meaning_kept_or_swapped", "bridge levy"):
        notes = found.content["feedback"]
        assert notes[found.content["answer"]].startswith("Right.")
        assert sum(note.startswith("Right.") for note in notes.values()) == 1


def test_the_evidence_of_a_statement_is_its_sentence() -> None:
    (found,) = proposed("claim_of_another", "night market")
    assert found.evidence.quote(harbour().text) == "Residents believe that the night market keeps the old town alive."


def test_what_she_says_is_a_statement_with_her_name_and_is_proved_by_both_sentences() -> None:
    text = "#\n\nThe founder, Oda Brisk, met the council. She said that the old clay bell would be sold before noon."
    outline = outline_on(text, "clay bell")
    found = proposed("claim_with_its_holder", "clay bell", outline=outline)
    assert [(each.content["stem"], each.content["answer"]) for each in found] == [
        ("Oda Brisk said that the old clay bell would be sold before noon.", "true"),
        ("Oda Brisk said that the old clay bell would be sold after noon.", "false"),
    ]
    assert {each.evidence.quote(outline.text) for each in found} == {text.removeprefix("#\n\n")}


def test_what_leans_on_the_subject_before_is_a_statement_with_that_subject() -> None:
    text = "#\n\nThe barn owl is the rarest bird in Hask. It needs an old clay bell and a dry loft in winter."
    found = proposed("fact_with_its_subject", "clay bell", outline=outline_on(text, "clay bell"))
    assert by_answer(found) == {"true": "The barn owl needs an old clay bell and a dry loft in winter."}


def test_who_goes_on_behind_the_name_is_not_changed() -> None:
    text = "#\n\nLawyers for the guild expect a new clay bell in spring.\n\nNurses and teachers came."
    assert proposed("claim_of_another", "clay bell", outline=outline_on(text, "clay bell")) == []


def test_a_subject_of_another_number_or_none_is_not_put_in() -> None:
    for before in ("The owls of the valley need a dry place to sleep.", "In Hask, nobody has rung since the old war."):
        text = f"#\n\n{before} It needs an old clay bell and a dry loft in winter."
        assert proposed("fact_with_its_subject", "clay bell", outline=outline_on(text, "clay bell")) == []


def test_a_sentence_that_leans_is_stated_behind_the_one_it_leans_on() -> None:
    text = "#\n\nThe harbour of Merrow is poor. For years its tide tax was paid by six millers from this town."
    found = by_answer(proposed("fact_with_what_leads_to_it", "tide tax", outline=outline_on(text, "tide tax")))
    before = "The harbour of Merrow is poor. For years its tide tax was paid by"
    assert found == {
        "true": f"{before} six millers from this town.",
        "false": f"{before} ten millers from this town.",
    }


def test_a_sentence_that_opens_its_passage_is_led_to_by_nothing() -> None:
    text = "#\n\nIts tide tax was paid by six millers from this town."
    assert proposed("fact_with_what_leads_to_it", "tide tax", outline=outline_on(text, "tide tax")) == []
