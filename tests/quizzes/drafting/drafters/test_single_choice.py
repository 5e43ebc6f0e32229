from __future__ import annotations

from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed
from tests.quizzes.drafting.samples import harbour, option_texts


def test_a_meaning_asks_for_its_expression() -> None:
    found = only("expression_for_meaning", "bridge levy")
    asked = "Which expression does the article use for “a charge on every lorry that enters the town by road”?"
    assert found.content["stem"] == asked
    assert option_texts(found.content, correct=True) == ["Bridge levy"]


def test_wrong_expressions_have_the_form_of_the_key_and_no_word_of_the_question() -> None:
    wrong = option_texts(only("expression_for_meaning", "bridge levy").content, correct=False)
    assert len(wrong) == 3
    assert set(wrong) <= {
        "Silent street",
        "Rust dividend",
        "Paper fleet",
        "Comfort budget",
        "Night market",
        "Borrowed harbour",
        "Lantern economy",
    }


def test_the_evidence_of_a_meaning_is_the_sentence_that_gives_it() -> None:
    quote = only("expression_for_meaning", "bridge levy").evidence.quote(harbour().text)
    assert quote == "The council pays a bridge levy, a charge on every lorry that enters the town by road."


def test_a_wrong_expression_is_told_what_it_stands_for() -> None:
    content = only("expression_for_meaning", "bridge levy").content
    feedback = {option["text"]: option["feedback"] for option in content["options"]}
    told = "The article uses “rust dividend” for something else: “the work that comes from keeping old hulls afloat”."
    assert feedback.get("Rust dividend", told) == told
    assert all(note.startswith(("The article uses ", "Right: ")) for note in feedback.values())


def test_an_idea_given_by_the_author_is_asked_as_an_idea() -> None:
    found = only(
        "expression_for_meaning", "night market", definitions={"night market": "stalls that open when shops close"}
    )
    assert (
        found.content["stem"]
        == "Which expression in the article stands for this idea: “stalls that open when shops close”?"
    )


def test_an_expression_without_a_meaning_is_not_asked_for() -> None:
    assert proposed("expression_for_meaning", "silent street") == []


def test_a_meaning_is_chosen_among_the_meanings_of_others() -> None:
    content = only("meaning_of_expression", "bridge levy").content
    assert content["stem"] == "What does the article mean by “bridge levy”, in its own words?"
    assert option_texts(content, correct=True) == ["A charge on every lorry that enters the town by road"]
    wrong = option_texts(content, correct=False)
    assert set(wrong) <= {
        "A list of ships that exist only in its plans",
        "The work that comes from keeping old hulls afloat",
    }


def test_a_heading_is_asked_by_how_its_part_begins() -> None:
    whole, found = proposed("expression_in_heading", "lantern economy")
    beginning = "“After sunset the quay belongs to small traders”"
    assert [whole.content["stem"], found.content["stem"]] == [
        f"Which of these headings has the author put above the part that begins {beginning}?",
        f"Which expression does the author put into the heading of the part that begins {beginning}?",
    ]
    assert option_texts(whole.content, correct=True) == ["“A lantern economy after dark”"]
    assert option_texts(whole.content, correct=False) == ["“The price of a short crossing”", "“The paper fleet”"]
    assert found.evidence.quote(harbour().text) == "A lantern economy after dark"


def test_a_term_of_the_same_part_is_no_wrong_heading() -> None:
    wrong = option_texts(proposed("expression_in_heading", "lantern economy")[1].content, correct=False)
    assert wrong
    assert not {"Night market", "Borrowed harbour", "Paper fleet"} & set(wrong)


def test_a_passage_is_named_by_its_beginning_and_proves_the_key() -> None:
    found = proposed("expression_in_passage", "borrowed harbour")[0]
    assert "begins “Residents believe that the night market keeps the old town alive”" in found.content["stem"]
    quote = found.evidence.quote(harbour().text)
    assert quote.startswith("Residents believe")
    assert quote.endswith("Critics see a borrowed harbour and nothing more.")


def test_a_passage_is_named_by_its_end_as_well() -> None:
    found = proposed("expression_in_passage", "borrowed harbour")[-1]
    assert "that ends “The question has not been put to a vote”" in found.content["stem"]
    assert found.evidence.quote(harbour().text).endswith("The question has not been put to a vote.")


def test_a_part_is_chosen_among_the_headings() -> None:
    content = only("part_with_expression", "rust dividend").content
    assert option_texts(content, correct=True) == ["The price of a short crossing"]
    assert set(option_texts(content, correct=False)) == {"The paper fleet", "A lantern economy after dark"}


def test_a_term_of_two_parts_has_no_part_of_its_own() -> None:
    text = (
        "# One\n\nThe tide clock stands still.\n\n# Two\n\nA tide clock is dear.\n\n# Three\n\nNobody minds.\n\n"
        "# Four\n\nSome do."
    )
    assert proposed("part_with_expression", "tide clock", outline=outline_on(text, "tide clock")) == []
