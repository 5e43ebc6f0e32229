"""Numbers in figures, asked for by typing them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting import draft, lint
from quizzes.drafting.drafters.numeric import Figure, counted_in
from quizzes.questions import question_type
from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed

NUMERIC = question_type("numeric")
TEXT = """
# The price of a short crossing
The council of the old harbour pays the bridge levy for 4,500 lorries that enter the town by road in every season.

The rust dividend feeds 12.5 per cent of all families that still live around the silent harbour of Merrow.

The lantern market was opened in 1974 by traders who had lost their places on the quay behind the old bridge.
"""
YEARS = range(1_000, 2_100)
LEVY = TEXT.split("\n")[2]


@pytest.mark.parametrize(
    ("sentence", "number", "unit"),
    [
        ("The mill grinds 40 sacks a day.", 40, "sacks"),
        ("The mill grinds 4,000 sacks a day.", 4_000, "sacks"),
        ("The mill grinds 1,234,567 sacks.", 1_234_567, "sacks"),
        ("The way is 2.5 kilometres long.", 2.5, "kilometres"),
        ("About 0.3 grams are left.", 0.3, "grams"),
        ("Some 7 million people read it.", 7, "million"),
        ("It fell by nearly 12% in a year.", 12, "%"),
        ("It fell by nearly 12 % in a year.", 12, "%"),
        ("It fell by nearly 12 per cent in a year.", 12, "per cent"),
        ("It keeps (at most) 3 boats.", 3, "boats"),
        ("300 workers came.", 300, "workers"),
        ("The fleet of 40 boats is gone.", 40, "boats"),
        ("It came by 12 lorries.", 12, "lorries"),
        ("Some 2,019 people read it.", 2_019, "people"),
    ],
)
def test_a_number_is_found_with_what_it_counts(sentence: str, number: float, unit: str) -> None:
    figure = counted_in(sentence)
    assert figure is not None
    assert (figure.value, figure.unit) == (number, unit)
    assert sentence[figure.start : figure.end] == figure.text


@pytest.mark.parametrize(
    "sentence",
    [
        "The mill grinds forty sacks a day.",
        "The mill closed in 1974 because of the drought.",
        "Since 1974 nobody has come.",
        "The 1974 election was the last.",
        "In 2019 ferries were sold.",
        "Of 12 the mayor kept one.",
        "There were 12 that came.",
        "It opened on 24 February and closed on a Sunday.",
        "It takes 10 to 12 hours.",
        "It takes 10–12 hours.",
        "It takes 10 hours and 2 boats.",
        "They met at 10:30 sharp.",
        "They met at 10.30 sharp.15",
        "The B52 bombers came.",
        "Its score was 3-1 lorries.",
        "Its score was 3/4 lorries.",
        "The number 7 lorry is late.",
        "Read part 7 again and again.",
        "They counted 40.",
        "They counted 40, and left.",
        "They counted 40 and left.",
        "The 3rd lorry is late.",
        "The temperature was −5 degrees.",
        "The temperature was -5 degrees.",
        "He paid €5 million.",
        "",
        "%",
    ],
)
def test_a_year_a_date_a_range_and_a_bare_number_are_left_alone(sentence: str) -> None:
    assert counted_in(sentence) is None


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble_and_what_is_found_stands_there(text: str) -> None:
    figure = counted_in(text)
    if figure is not None:
        assert text[figure.start : figure.end] == figure.text
        assert figure.value >= 0


@given(st.integers(0, 10**9))
def test_a_number_is_read_as_it_is_written_with_commas_and_without(number: int) -> None:
    for written in {f"{number}", f"{number:,}"} - set(map(str, YEARS)):
        assert counted_in(f"They keep {written} boats.") == Figure(written, 10, 10 + len(written), "boats")


@pytest.mark.parametrize("year", [YEARS[0], 1974, YEARS[-1]])
def test_what_may_be_a_year_is_not_asked_for_unless_its_thousands_are_parted(year: int) -> None:
    assert counted_in(f"They keep {year} boats.") is None
    assert counted_in(f"They keep {year:,} boats.") == Figure(f"{year:,}", 10, 15, "boats")


def test_the_sentence_is_asked_with_its_number_left_out() -> None:
    found = only("number_in_figures", "bridge levy", outline=outline_on(TEXT, "bridge levy"))
    assert found.kind == "numeric"
    assert found.content["stem"] == f"Which number does the article give here? {LEVY.replace('4,500', '____')}"
    assert (found.content["value"], found.content["units"]) == (4_500, [{"text": "lorries"}])
    assert found.confirm == ""


def test_the_evidence_is_the_sentence_word_for_word_with_the_number_in_it() -> None:
    outline = outline_on(TEXT, "bridge levy")
    found = only("number_in_figures", "bridge levy", outline=outline)
    assert found.evidence.quote(outline.text) == LEVY


@pytest.mark.parametrize(
    ("term", "typed", "earned"),
    [
        ("bridge levy", "4500", 1.0),
        ("bridge levy", "4 500 lorries", 1.0),
        ("bridge levy", "4501", 0.0),
        ("rust dividend", "12.5", 1.0),
        ("rust dividend", "12.4", 0.0),
    ],
)
def test_what_is_typed_is_graded_to_the_last_figure(term: str, typed: str, earned: float) -> None:
    content = only("number_in_figures", term, outline=outline_on(TEXT, term)).content
    assert NUMERIC.grade(content, NUMERIC.parse(content, typed)).fraction == earned


@pytest.mark.parametrize("term", ["bridge levy", "rust dividend"])
def test_it_is_content_that_its_kind_takes_and_no_rule_finds_fault_with(term: str) -> None:
    outline = outline_on(TEXT, term)
    found = only("number_in_figures", term, outline=outline)
    assert NUMERIC.check(found.content) == []
    evidence = [found.evidence.quote(outline.text)]
    assert lint("numeric", found.content, evidence=evidence, article=outline.text) == []


@pytest.mark.parametrize("term", ["lantern market", "4,500 lorries"])
def test_a_year_and_a_concept_with_the_number_in_it_are_not_asked_for(term: str) -> None:
    assert proposed("number_in_figures", term, outline=outline_on(TEXT, term)) == []


def test_it_is_kept_among_the_drafts_of_its_concept_and_asks_no_number_twice() -> None:
    drafted = draft(outline_on(TEXT, "bridge levy", "rust dividend", "old harbour")).questions
    numbers = [each for each in drafted if each.kind == "numeric"]
    assert {each.concept for each in numbers} >= {"rust dividend"}
    assert len({each.evidence for each in numbers}) == len(numbers)


def test_other_languages_part_thousands_otherwise_and_are_left_alone() -> None:
    german = outline_on(TEXT, "bridge levy", language="de")
    assert all(each.kind != "numeric" for each in draft(german).questions)


def test_the_only_year_of_a_sentence_is_asked_for_and_typed() -> None:
    found = only("year_it_was", "lantern market", outline=outline_on(TEXT, "lantern market"))
    assert found.content["stem"].startswith(
        "Which year does the article give here? The lantern market was opened in ____"
    )
    assert (found.content["value"], found.content["units"]) == (1974, [])
    assert NUMERIC.check(found.content) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The lantern market was opened in 1974 by 12 traders from the old quay.",
        "The lantern market was opened with 1974 traders who had lost their place.",
        "It was the lantern market that was opened in 1974 by the traders.",
        "The lantern market ran from 1974–1980 on the quay behind the bridge.",
    ],
)
def test_a_year_that_is_not_alone_or_none_is_not_asked_for(sentence: str) -> None:
    assert proposed("year_it_was", "lantern market", outline=outline_on(f"#\n\n{sentence}", "lantern market")) == []


def test_in_an_interview_a_number_is_asked_of_what_we_did() -> None:
    outline = outline_on("#\n\nWe treated 40 hectares of the salt meadow behind the old dyke in spring.", "salt meadow")
    assert only("number_in_figures", "salt meadow", outline=outline).content["value"] == 40
