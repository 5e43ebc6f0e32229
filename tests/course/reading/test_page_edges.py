from __future__ import annotations

import pytest

from course.reading.boilerplate import boilerplate
from course.reading.clean import clean
from course.reading.formats import read_text
from course.reading.lines import lines_of
from course.reading.page_edges import below_title, foot, masthead, portrait

BODY = "\n".join(
    f"Paragraph {number} tells about the harbour and the people who work there, and it ends like a sentence should."
    for number in range(1, 7)
)
MENU = ["The Tidewater Post", "Ships", "Quays", "Ropes and knots"]
TITLE = "Why the crane of Merrow fell so slowly"
ABOUT = ["About Norlight", "Norlight runs power plants on the coast and employs 320 people."]
LINKS = ["Ten harbours in winter", "The oldest crane", "Tidewater House"]


def top(*texts: str, dropped: tuple[int, ...] = ()) -> int:
    lines = lines_of(read_text("\n".join([*texts, BODY])))
    return masthead(lines, dict.fromkeys(dropped, "navigation"))


def below(*texts: str) -> dict[str, str]:
    """The reasons of the lines below the article, by their text."""
    lines = lines_of(read_text("\n".join([BODY, *texts])))
    found = boilerplate(lines)
    return {line.text: found[line.number] for line in lines if line.number in found}


def test_a_menu_above_a_longer_line_is_a_masthead() -> None:
    assert top(*MENU, TITLE) == len(MENU)


def test_a_motto_below_the_name_of_a_site_is_part_of_the_masthead() -> None:
    assert top("Knotty Business", "All about rope, mostly", *MENU[1:], TITLE) == 5


@pytest.mark.parametrize(
    "texts",
    [
        [TITLE],
        [TITLE, *MENU],
        MENU[:2],
        [*MENU[:2], TITLE],
        ["Rye bread", "Ingredients", "400 g flour", "2 spoons salt", "Warm water from the tap at home"],
    ],
    ids=["a title alone", "a title on top", "no title", "two lines", "a recipe"],
)
def test_what_is_no_menu_above_a_title_is_no_masthead(texts: list[str]) -> None:
    assert top(*texts) == 0


def test_below_a_masthead_the_title_is_found_and_above_it_all_is_navigation() -> None:
    source = read_text("\n".join([*MENU, TITLE, BODY]))
    cleaned = clean(source)
    assert cleaned.title == TITLE
    assert [passage.reason for passage in cleaned.passages[:5]] == ["navigation"] * 4 + ["title"]


def test_short_lines_between_title_and_text_go_but_for_the_last_one() -> None:
    lines = lines_of(read_text("\n".join([*MENU, TITLE, "Ada Lund", "Harbour desk", "The day it fell", BODY])))
    assert [line.text for line in below_title(lines, {}, len(MENU))] == ["Ada Lund", "Harbour desk"]
    assert below_title(lines, {}, 0) == []


def test_what_stands_among_the_lines_below_the_end_goes_with_them() -> None:
    texts = ["Share on Facebook", LINKS[0], "Leave a comment", LINKS[1], LINKS[2], "© 2021 The Tidewater Post"]
    assert list(below(*texts)) == texts


def test_a_list_below_the_last_paragraph_is_kept_where_the_page_has_little_of_its_own_below_it() -> None:
    texts = ["Share on Facebook", "What to bring", "Rope", "Lamp oil", "Dry socks", "Tea", "© 2021 The Tidewater Post"]
    assert set(below(*texts)) == {texts[0], texts[-1]}


def test_sentences_below_a_line_of_the_page_are_kept() -> None:
    said = ["It fell at noon.", "Nobody was hurt by it.", "Nobody laughed at it.", "The mayor had lunch."]
    texts = ["Share on Facebook", "Copy link", *said, "Leave a comment"]
    assert set(below(*texts)) == {texts[0], texts[1], texts[-1]}


def test_nothing_is_below_an_end_that_no_line_of_the_page_marks() -> None:
    assert foot(lines_of(read_text("\n".join([BODY, *LINKS]))), {}) == {}


def test_who_publishes_a_release_stands_below_its_end() -> None:
    texts = [
        "About Norlight",
        "Norlight runs power plants on the coast and employs 320 people.",
        "Media contact: x@y.org",
    ]
    assert below(*texts) == dict.fromkeys(texts, "tail")


def test_a_section_about_somebody_is_kept_inside_an_article() -> None:
    lines = lines_of(read_text("\n".join([BODY, *ABOUT, BODY])))
    assert portrait(lines, {lines[5].number: "advertisement"}) == set()


def test_a_date_may_stand_in_a_masthead() -> None:
    texts = [MENU[0], "Wednesday 14 June 2023", *MENU[1:], TITLE]
    assert below_dates(*texts) == len(texts) - 1
    assert below_dates("Rye bread", "14 June 2023", "Jump to recipe", TITLE) == 0


def below_dates(*texts: str) -> int:
    """How long the masthead is where the second line is a date."""
    return masthead(lines_of(read_text("\n".join([*texts, BODY]))), {1: "byline"})


def test_a_sentence_below_a_single_line_of_the_page_is_the_article_still() -> None:
    page = ["Leave a comment", LINKS[0], "Privacy policy", LINKS[2], "© 2021"]
    assert list(below("Share on Facebook", "It fell at noon and nobody was hurt.", *page)) == [
        "Share on Facebook",
        *page,
    ]
