from __future__ import annotations

from dataclasses import replace

from course.reading.concepts.reasons import said_for
from quizzes.drafting.draft import DraftedQuestion
from tests.quizzes.drafting.drafters.proposals import outline_on, proposed

OTHERS = (
    "Painters love the old mill above the town. It has been painted more often than the church.\n\n"
    "Sailors drank in the cellar below the square. They sang there until the bells rang.\n\n"
    "Geese walk along the new road to Senn. It was paved when the last king died."
)


def following(text: str, term: str) -> list[DraftedQuestion]:
    return proposed("sentence_that_follows", term, outline=outline_on(f"#\n\n{text}\n\n{OTHERS}", term))


def test_the_sentence_that_leans_on_another_follows_it() -> None:
    (found,) = following(
        "The harbour of Merrow lost its crane in spring. It has had no tide book since that day.", "tide book"
    )
    stem = "Which sentence follows here in the article: “The harbour of Merrow lost its crane in spring.”"
    assert found.content["stem"] == stem
    options = {option["text"]: option["correct"] for option in found.content["options"]}
    assert options.pop("It has had no tide book since that day.")
    assert len(options) >= 2
    assert not any(options.values())


def test_what_stands_in_the_first_of_two_sentences_is_asked_too() -> None:
    (found,) = following(
        "The harbour of Merrow lost its tide book in spring. It has been poor since that day.", "tide book"
    )
    assert "tide book" in found.content["stem"]


def test_two_sentences_are_shown_where_the_nearer_one_leans() -> None:
    shown = "The harbour of Merrow is poor since the flood. It lost the crane."
    (found,) = following(f"{shown} It has had no tide book since that day.", "tide book")
    assert found.content["stem"] == f"Which sentence follows here in the article: “{shown}”"


def test_what_could_stand_anywhere_follows_nothing() -> None:
    text = "The harbour of Merrow lost its crane in spring. Farmers near Senn keep the tide book of the harbour."
    assert following(text, "tide book") == []


def test_a_quotation_is_no_sentence_of_the_author() -> None:
    text = "The harbour of Merrow lost its crane in spring. “It has had no tide book since,” says Ada Brun."
    assert following(text, "tide book") == []


def test_a_striking_expression_is_not_told_by_what_follows() -> None:
    text = "The harbour of Merrow lost its crane in spring. It has had no tide-book since that day."
    outline = outline_on(f"#\n\n{text}\n\n{OTHERS}", "tide-book")
    coined = replace(outline.concepts[0], reasons=tuple(said_for("coined")))
    assert proposed("sentence_that_follows", "tide-book", outline=outline) != []
    assert proposed("sentence_that_follows", "tide-book", outline=replace(outline, concepts=(coined,))) == []
