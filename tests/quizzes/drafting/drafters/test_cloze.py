from __future__ import annotations

from dataclasses import replace

import pytest

from course.reading.outline import ConceptKind, Span
from quizzes.drafting.compose import PLACE_ONLY
from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed


def text_of(drafter: str, term: str, text: str, *others: str, language: str = "en") -> str:
    content = only(drafter, term, outline=outline_on(text, term, *others, language=language)).content
    (gap,) = content["gaps"]
    return str(content["text"]).replace(f"{{{{{gap['id']}}}}}", "____")


def test_the_term_is_left_out_of_its_sentence() -> None:
    text = "#\n\nThe harbour of Merrow lost its tide tax in the spring."
    assert text_of("gap_in_sentence", "tide tax", text) == "The harbour of Merrow lost its ____ in the spring."


def test_an_opening_that_only_ties_is_left_out_too() -> None:
    text = "#\n\nHowever, the harbour of Merrow lost its tide tax in the spring."
    assert text_of("gap_in_sentence", "tide tax", text) == "The harbour of Merrow lost its ____ in the spring."


def test_a_sentence_that_leans_comes_with_the_one_before() -> None:
    text = "#\n\nThe harbour of Merrow is poor. It lost its tide tax in the spring."
    assert (
        text_of("gap_in_sentence", "tide tax", text) == "The harbour of Merrow is poor. It lost its ____ in the spring."
    )


def test_quotation_marks_around_the_term_alone_go_with_it() -> None:
    text = "#\n\nThe harbour of Merrow lost its “tide tax”, as they say, in the spring."
    assert (
        text_of("gap_in_sentence", "tide tax", text)
        == "The harbour of Merrow lost its ____, as they say, in the spring."
    )


@pytest.mark.parametrize(
    "text",
    [
        "#\n\nThe harbour of Merrow lost its half-tide tax in the spring.",
        "#\n\nThe harbour of Merrow lost its tide tax collector in the spring.",
        "#\n\nThe tax of Merrow was a tide tax until the spring.",
        "#\n\nWhy did the harbour of Merrow lose its tide tax?",
        "#\n\nIt lost its tide tax in the cold spring.",
    ],
)
def test_a_gap_that_would_read_badly_is_not_made(text: str) -> None:
    assert proposed("gap_in_sentence", "tide tax", outline=outline_on(text, "tide tax")) == []


def test_a_typed_gap_accepts_the_term() -> None:
    text = "#\n\nThe harbour of Merrow lost its co-tax in the spring of the flood."
    (gap,) = only("gap_in_sentence", "co-tax", outline=outline_on(text, "co-tax")).content["gaps"]
    assert gap["accepted"] == ["co-tax"]
    assert "options" not in gap


PEOPLE = outline_on(
    "#\n\nThe harbour of Merrow was led by Bela Brun for a year.\n\n"
    "The mill of Senn was burnt down by Per Lind in spring.\n\n"
    "The long road to Hask was drawn by Rolf Stav alone.\n\nThe old quay of Dunmore was bought by Tove Brandal.",
    *((name, ConceptKind.NAME) for name in ("Bela Brun", "Per Lind", "Rolf Stav", "Tove Brandal")),
)


def test_words_to_be_typed_are_asked_for_with_their_first_letters() -> None:
    found = only("gap_in_sentence", "tide tax", outline=outline_on(
        "#\n\nThe harbour of Merrow lost its tide tax in the spring.", "tide tax"
    ))  # fmt: skip
    assert found.content["stem"] == "Complete the sentence with the expression that the article uses (t… t…)."
    assert "options" not in found.content["gaps"][0]


def test_a_list_holds_the_key_once_and_terms_of_the_same_article_and_case() -> None:
    lists = [
        gap["options"]
        for name in ("Bela Brun", "Per Lind", "Rolf Stav", "Tove Brandal")
        for found in proposed("gap_in_sentence", name, outline=PEOPLE)
        for gap in found.content["gaps"]
        if gap.get("options")
    ]
    assert lists
    for options in lists:
        assert len(options) == len(set(options)) >= 3
        assert len({option[:1].isupper() for option in options}) == 1


def test_a_heading_is_asked_with_its_term_left_out() -> None:
    text = "# The long night of the tide tax\n\nNobody slept."
    assert text_of("gap_in_heading", "tide tax", text) == "The long night of the ____"


def test_a_heading_that_is_little_more_than_the_term_is_not_asked() -> None:
    assert proposed("gap_in_heading", "paper fleet") == []


def test_another_language_is_asked_in_neutral_words() -> None:
    text = "#\n\nDie kleine Stadt am grauen Meer verlor ihre Papierflotte im Frühling."
    found = only("gap_in_sentence", "Papierflotte", outline=outline_on(text, "Papierflotte", language="de"))
    assert found.content["stem"] == "Complete the sentence with the missing word or words."


def test_in_another_language_a_gap_is_worth_more_where_the_reader_found_an_explanation() -> None:
    text = "#\n\nIm alten Hafen von Merrow liegt noch immer die Papierflotte an der Mauer."
    outline = outline_on(text, "Papierflotte", language="de")
    told = replace(outline, concepts=tuple(replace(each, definition=Span(3, 9)) for each in outline.concepts))
    worth = [only("gap_in_sentence", "Papierflotte", outline=each).strength for each in (told, outline)]
    assert worth == [80, 65]


def test_a_gap_is_worth_more_where_the_text_explains_or_names_what_belongs_there() -> None:
    told = "#\n\nThe harbour of Merrow lost its tide tax, a charge on every boat that enters."
    named = "#\n\nAround the old harbour, economists call the new charge a tide tax."
    used = "#\n\nThe harbour of Merrow lost its tide tax in the spring."
    worth = [only("gap_in_sentence", "tide tax", outline=outline_on(text, "tide tax")) for text in (told, named, used)]
    assert [found.strength for found in worth] == [80, 80, 53]


def test_the_name_of_a_place_is_asked_last_of_all_gaps() -> None:
    text = "#\n\nThe captain of the ferry was born and raised in Merrow Green before the war."
    assert only("gap_in_sentence", "Merrow Green", outline=outline_on(text, "Merrow Green")).strength <= PLACE_ONLY


def test_no_gap_is_torn_out_of_a_quotation_and_no_question_is_completed() -> None:
    torn = outline_on(
        '#\n\nThe old captain called the whole plan "a clay bell for the bottom of the bay".', "clay bell"
    )
    assert proposed("gap_in_sentence", "clay bell", outline=torn) == []
    asked = outline_on("# Why did the clay bell crack?\n\nNobody came to the fair.", "clay bell")
    assert proposed("gap_in_heading", "clay bell", outline=asked) == []
