from __future__ import annotations

import pytest

from quizzes.drafting import lint
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.drafters.statements import _agrees, _other_numbers
from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed
from tests.quizzes.drafting.samples import option_texts

TEXT = """
# The lamps
The harbour lamp was lit for the first time in May.

The rope guild has sold its house to the county.

Every tide table is printed in the cellar of the mayor.

# The boats
The ferry captain would rather sleep than sail in fog.

Old oars were burnt in the great stove of the school.

# The reasons
The quay is closed on Sundays, because the old planks need a day of rest.

The bridge levy was raised in spring, because lorries had broken the railing.

No boat leaves in autumn, because storms are common after the harvest.

The paper fleet grows by twelve ships a year, but a real vessel has never joined.
"""
TERMS = ("harbour lamp", "rope guild", "tide table", "ferry captain", "Old oars", "bridge levy", "quay", "paper fleet")
OUTLINE = outline_on(TEXT, *TERMS)


def draft(drafter: str, term: str) -> DraftedQuestion:
    return only(drafter, term, outline=OUTLINE)


def test_it_is_asked_what_the_article_says_of_a_thing() -> None:
    found = draft("what_is_said_of_it", "harbour lamp")
    assert found.content["stem"] == "Which of these things does the article say about “the harbour lamp”?"
    assert option_texts(found.content, correct=True) == ["It was lit for the first time in May"]


def test_wrong_predicates_are_said_of_other_things_and_fit_the_pronoun() -> None:
    wrong = option_texts(draft("what_is_said_of_it", "harbour lamp").content, correct=False)
    assert set(wrong) <= {
        "It has sold its house to the county",
        "It is printed in the cellar of the mayor",
        "It would rather sleep than sail in fog",
        "It is closed on Sundays, because the old planks need a day of rest",
        "It was raised in spring, because lorries had broken the railing",
    }
    assert len(wrong) >= 2


def test_a_person_is_not_asked_about_like_a_thing() -> None:
    text = "#\n\nAda Lund has never seen the harbour of Merrow by day."
    assert proposed("what_is_said_of_it", "Ada Lund", outline=outline_on(text, "Ada Lund")) == []


def test_a_thing_that_is_not_the_subject_is_not_asked_about() -> None:
    text = "#\n\nThe mayor has sold the harbour lamp to the county."
    assert proposed("what_is_said_of_it", "harbour lamp", outline=outline_on(text, "harbour lamp")) == []


def test_it_is_asked_for_the_reason_among_other_reasons() -> None:
    found = draft("how_it_goes_on", "bridge levy")
    assert found.content["stem"] == (
        "Which reason does the article give here: “The bridge levy was raised in spring …”?"
    )
    assert option_texts(found.content, correct=True) == ["… because lorries had broken the railing"]
    assert set(option_texts(found.content, correct=False)) == {
        "… because the old planks need a day of rest",
        "… because storms are common after the harvest",
    }


def test_a_contrast_is_not_asked_for_where_there_is_no_other() -> None:
    assert proposed("how_it_goes_on", "paper fleet", outline=OUTLINE) == []


def test_it_is_asked_how_many() -> None:
    found = draft("which_number", "paper fleet")
    assert "____" in found.content["stem"]
    assert option_texts(found.content, correct=True) == ["twelve"]
    assert len(option_texts(found.content, correct=False)) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "The paper fleet has three ships in two harbours of the coast.",
        "The paper fleet has three ships and 40 captains on the coast.",
        "The paper fleet has twenty-three ships in all of the harbours.",
        "It has three ships in its paper fleet on the coast.",
    ],
)
def test_a_number_is_only_asked_for_where_it_is_the_only_one_and_the_sentence_is_plain(sentence: str) -> None:
    assert proposed("which_number", "paper fleet", outline=outline_on(f"#\n\n{sentence}", "paper fleet")) == []


@pytest.mark.parametrize("number", ["two", "seven", "twelve", "twenty", "ninety"])
def test_other_numbers_are_of_the_same_size_and_never_the_right_one(number: str) -> None:
    places = set()
    for seed in map(str, range(40)):
        others = _other_numbers(number, seed)
        assert number not in others
        assert len(set(others)) == 3
        places.add(tuple(others))
    assert len(places) > 1 or number in {"two", "twelve", "twenty", "ninety"}


@pytest.mark.parametrize(
    ("drafter", "term"),
    [("what_is_said_of_it", "harbour lamp"), ("how_it_goes_on", "bridge levy"), ("which_number", "paper fleet")],
)
def test_drafts_are_clean_and_quote_their_proof(drafter: str, term: str) -> None:
    found = draft(drafter, term)
    quote = found.evidence.quote(OUTLINE.text)
    assert term in quote
    assert lint(found.kind, found.content, evidence=[quote], article=OUTLINE.text) == []
    assert found.confirm


def test_the_same_outline_gives_the_same_drafts() -> None:
    again = outline_on(TEXT, *TERMS)
    for drafter in ("what_is_said_of_it", "how_it_goes_on", "which_number"):
        for term in TERMS:
            assert proposed(drafter, term, outline=OUTLINE) == proposed(drafter, term, outline=again)


def test_a_predicate_of_many_does_not_follow_one() -> None:
    assert not _agrees("need a day of rest", plural=False)
    assert _agrees("need a day of rest", plural=True)
    assert _agrees("needs a day of rest", plural=False)
