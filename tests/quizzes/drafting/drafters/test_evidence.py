from __future__ import annotations

import pytest

from course.reading.outline import Outline
from quizzes.drafting.draft import DraftedQuestion
from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed


def key_of(found: DraftedQuestion) -> list[str]:
    return [row["text"] for row in found.content["sentences"] if row["correct"]]


def passage(*sentences: str) -> Outline:
    return outline_on("#\n\n" + " ".join(sentences), "tide tax")


LONG = (
    "The town council met in a cold room beside the fish market and talked about the roof until all candles had gone."
)


def test_sentences_stand_in_reading_order_with_their_offsets() -> None:
    outline = passage("They paid a tide tax, a debt owed to the sea.", LONG, "All went home.")
    rows = only("sentence_that_explains", "tide tax", outline=outline).content["sentences"]
    assert [row["text"] for row in rows] == [outline.text[row["start"] : row["end"]] for row in rows]
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_the_only_condition_of_a_passage_is_asked_for() -> None:
    found = only(
        "sentence_with_role",
        "tide tax",
        outline=passage(LONG, "They dropped the tide tax if boats came.", "All went home."),
    )
    assert found.content["stem"] == "Which sentence of this passage makes something depend on a condition?"
    assert key_of(found) == ["They dropped the tide tax if boats came."]


def test_a_second_condition_makes_the_question_unfair() -> None:
    outline = passage(LONG, "They dropped the tide tax if boats came.", "Unless it rained, all went home.")
    assert proposed("sentence_with_role", "tide tax", outline=outline) == []


def test_a_reason_is_asked_for_and_a_number_that_meets_the_eye_is_not() -> None:
    outline = passage(LONG, "They dropped the tide tax because forty boats had gone.", "All went home.")
    stems = {found.content["stem"] for found in proposed("sentence_with_role", "tide tax", outline=outline)}
    assert stems == {"Which sentence of this passage says outright what something is the cause of, or the reason for?"}


@pytest.mark.parametrize(
    ("key", "asks"),
    [
        ("Dunes cost twice as much with a tide tax.", "compares one thing with another"),
        ("To keep boats away, they made a tide tax.", "says for what purpose something is or was done"),
        ("The tide tax rose, which made boats rare.", "says what something leads to"),
        ("The tide tax is small, while boats are big.", "sets two things against each other"),
        ("They plan to end the tide tax.", "looks ahead to what is still to come"),
        ("There are charges such as the tide tax.", "gives an example of something"),
        ("Perhaps the tide tax was dear.", "leaves it open whether something is so"),
    ],
)
def test_what_a_sentence_does_is_asked_where_no_other_does_it(key: str, asks: str) -> None:
    outline = passage(LONG, key, "All went home.")
    (found,) = proposed("sentence_with_role", "tide tax", outline=outline)
    assert (found.content["stem"], key_of(found)) == (f"Which sentence of this passage {asks}?", [key])


def test_somebody_elses_view_is_told_from_the_authors() -> None:
    outline = passage(LONG, "Critics insist that the tide tax was dear.", "All went home.")
    assert key_of(only("sentence_of_others", "tide tax", outline=outline)) == [
        "Critics insist that the tide tax was dear."
    ]


def test_what_an_office_announces_is_somebody_elses_word_too() -> None:
    outline = passage(LONG, "Critics insist that the tide tax was dear.", "The council announced a fair.")
    assert proposed("sentence_of_others", "tide tax", outline=outline) == []


def test_the_question_names_no_word_that_only_the_key_has() -> None:
    outline = passage(
        "Rain fell.", "A passage of sentence after sentence: they dropped the tide tax if boats came.", "All went home."
    )
    assert proposed("sentence_with_role", "tide tax", outline=outline) == []


def test_an_idea_of_the_author_is_looked_for_in_the_passage() -> None:
    outline = passage(LONG, "They dropped the tide tax in spring.", "All went home.")
    found = only("sentence_for_idea", "tide tax", outline=outline, definitions={"tide tax": "money owed to the sea"})
    assert (
        found.content["stem"] == "Which sentence of this passage brings in the following idea: “money owed to the sea”?"
    )
    assert key_of(found) == ["They dropped the tide tax in spring."]


def test_a_short_paragraph_borrows_from_its_neighbour() -> None:
    outline = outline_on(f"#\n\nCritics insist that the tide tax was dear.\n\n{LONG} All went home.", "tide tax")
    assert len(only("sentence_of_others", "tide tax", outline=outline).content["sentences"]) == 3


def test_a_passage_of_two_sentences_is_too_short() -> None:
    assert (
        proposed("sentence_of_others", "tide tax", outline=passage("Critics insist that the tide tax was dear.", LONG))
        == []
    )


def test_a_sentence_that_opens_the_passage_may_be_the_key_too() -> None:
    keys = [f"They dropped the tide tax if boats came from {name}." for name in ("Senn", "Hask", "Merrow", "Dunmore")]
    asked = [proposed("sentence_with_role", "tide tax", outline=passage(key, LONG, "All went home.")) for key in keys]
    assert {len(found) for found in asked} == {0, 1}
