"""What all drafters look at: titles, statements, claims, names and quotations, each read once and at its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.outline import Outline
from quizzes.drafting.material import Material, prepare
from quizzes.drafting.words import folded
from tests.quizzes.drafting.drafters.proposals import outline_on
from tests.quizzes.drafting.invented import outlines


def material(text: str, *terms: str, language: str = "en") -> Material:
    return prepare(outline_on(text, *terms, language=language), {})


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("One. “Two. Three. Four.” Five.", [False, False, True, True, False]),
        ('One. "Two. Three. Four." Five.', [False, False, True, True, False]),
        ("One. «Two. Three. Four.» Five.", [False, False, True, True, False]),
        ("One. „Two. Three. Four.“ Five.", [False, False, True, True, False]),
        ("One. »Two. Three. Four.« Five.", [False, False, True, True, False]),
        ("Four.” Five. Six.", [False, False, False]),
        ("“One.” Two. “Three.” Four.", [False, False, False, False]),
        ("One said “two” of it. Two. Three.", [False, False, False]),
        ("“One “two” three. Four.” Five.", [False, False, False]),
        ("It’s one. The boys’ two. Three.", [False, False, False]),
        ("“One. Two.\n\nThree. Four.", [False, True, False, False]),
    ],
)
def test_a_sentence_knows_whether_it_stands_inside_a_quotation(text: str, spoken: list[bool]) -> None:
    assert [each.is_spoken for each in material(f"#\n\n{text}").sentences] == spoken


def test_a_heading_that_two_parts_share_is_no_title() -> None:
    found = material("# One\n\nRain.\n\n# Two\n\nSnow.\n\n# ONE\n\nHail.\n\n#\n\nSleet.")
    assert found.titles == {2: "Two"}


def test_statements_are_folded_and_have_no_opening_that_only_ties() -> None:
    found = material("#\n\nHowever, the  Bell rang.\n\nBut Straße is a word. 港 too!")
    assert found.statements == ("the bell rang.", "strasse is a word.", "港 too!")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("the bell rang", True), ("The Bell rang.", True), ("THE BELL RANG!", True), ("bell", True),
        ("ell rang", False), ("bell  \n rang", True), ("rang twice", False), ("rang. Nobody", True),
        ("", False), (".", False),
    ],
)  # fmt: skip
def test_the_article_says_what_it_has_in_whole_words(words: str, says: bool) -> None:
    assert material("#\n\nThen the Bell\nrang. Nobody came.").says(words) is says


CLAIMS = (
    "#\n\nMillers believe that the bell brings rain. Nurses fear that the bell brings rains. No clerk says that the "
    "bell brings rain.\n\nTeachers think that rain is brought by bells."
)


@pytest.mark.parametrize(
    ("claim", "holders"),
    [
        ("the bell brings rain", ["Millers", "Nurses"]),
        ("a BELL will bring the rain", []),
        ("bells bring snow", []),
        ("", []),
    ],
)
def test_a_claim_has_all_its_holders(claim: str, holders: list[str]) -> None:
    assert material(CLAIMS).holders_of(claim) == holders


def test_everybody_who_gives_a_name_is_known_and_the_first_first() -> None:
    text = "#\n\nMillers call it a clay bell. They call it a clay bell. Oda Brisk described the barn as a clay bell."
    found = material(text, "clay bell", "barn")
    assert [namer for namer, _place in found.namings["clay bell"]] == ["Millers", "Oda Brisk"]
    assert found.namers["clay bell"][0] == "Millers"
    assert "barn" not in found.namers


@pytest.mark.parametrize(
    ("language", "english"),
    [("en", True), ("EN-gb", True), ("en-", True), ("de", False), ("", False), ("eng", False), ("e n", False)],
)
def test_english_is_told_by_the_first_part_of_the_code(language: str, english: bool) -> None:
    assert material("#\n\nRain.", language=language).is_english is english


@given(outlines())
@settings(max_examples=20)
def test_sentences_are_numbered_in_order_and_found_by_passage_and_by_lesson(outline: Outline) -> None:
    found = prepare(outline, {})
    assert [each.number for each in found.sentences] == list(range(len(found.sentences)))
    assert [each for group in found.paragraphs.values() for each in group] == list(found.sentences)
    assert [each for group in found.lessons.values() for each in group] == list(found.sentences)
    assert len(found.statements) == len(found.sentences)


@given(outlines())
@settings(max_examples=20)
def test_every_place_shows_its_term_and_is_found_by_its_sentence(outline: Outline) -> None:
    found = prepare(outline, {})
    for term in found.terms:
        for place in term.places:
            assert folded(place.surface) == folded(term.name)
            assert term in found.terms_at[place.sentence.number]
        for head in term.headings:
            assert folded(head.text[head.start : head.end]) == folded(term.name)


@given(outlines())
@settings(max_examples=20)
def test_the_article_says_every_one_of_its_sentences_and_claims(outline: Outline) -> None:
    found = prepare(outline, {})
    assert all(found.says(each.text) for each in found.sentences)
    for claims in found.claims.values():
        for claim in claims:
            assert found.says(claim.text)
            assert claim.holder in found.holders_of(claim.text)


@given(outlines(), st.text(alphabet="qxz ", min_size=1, max_size=12).filter(str.strip))
@settings(max_examples=20)
def test_the_article_does_not_say_words_that_it_has_not(outline: Outline, words: str) -> None:
    found = prepare(outline, {})
    assert found.says(words) is (folded(words) in f" {folded(outline.text)} ".split(" "))
