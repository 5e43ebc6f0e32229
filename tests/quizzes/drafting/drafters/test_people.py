from __future__ import annotations

import pytest

from quizzes.drafting.draft import DraftedQuestion
from tests.quizzes.drafting.drafters.proposals import outline_on, proposed

OTHERS = "Critics met Olaf Lind in Senn. Painters met Ulla Stav there. Sailors met Tove Brandal as well."


def who(text: str, term: str) -> list[DraftedQuestion]:
    return proposed("who_did_it", term, outline=outline_on(f"#\n\n{text}\n\n{OTHERS}", term))


def key_of(found: DraftedQuestion) -> list[str]:
    return [option["text"] for option in found.content["options"] if option["correct"]]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Ada Brun has kept the tide book of Merrow since the flood.",
            "has kept the tide book of Merrow since the flood",
        ),
        (
            "Ada Brun was born in a lighthouse near Merrow. She has kept the tide book of the harbour ever since.",
            "has kept the tide book of the harbour ever since",
        ),
    ],
)
def test_who_did_it_is_asked_of_a_person_named_or_meant(text: str, asked: str) -> None:
    (found,) = who(text, "tide book")
    assert found.content["stem"] == f"Who, according to the article, {asked}?"
    assert key_of(found) == ["Ada Brun"]
    assert len(found.content["options"]) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brun has kept the tide book of her uncle since the flood.",
        "The harbour office has kept the tide book of Merrow since the flood.",
        "Ada Brun says that the tide book has been kept in Merrow since the flood.",
        "The tide book that Ada Brun has kept lies in Merrow.",
    ],
)
def test_nobody_is_asked_for_who_is_told_by_other_words(text: str) -> None:
    assert who(text, "tide book") == []


def test_people_named_beside_the_answer_are_no_options() -> None:
    assert who("Ada Brun has kept the tide book of Olaf Lind and Ulla Stav in Merrow.", "tide book") == []
