"""What web pages put around an article, line by line, and lines of articles that look alike."""

from __future__ import annotations

import pytest

from course.reading.boilerplate import boilerplate
from course.reading.formats import read_text
from course.reading.lines import lines_of

SENTENCES = [
    f"Paragraph {number} tells about the harbour and the people who work there, and it ends like a sentence should."
    for number in range(1, 11)
]
BODY = "\n".join(SENTENCES)


def dropped(*texts: str) -> dict[str, str]:
    lines = lines_of(read_text("\n".join(texts)))
    found = boilerplate(lines)
    return {line.text: found[line.number] for line in lines if line.number in found}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Sign up to Opinion Weekly: our best columns every Friday", "newsletter"),
        ("Subscribe to the Harbour Briefing", "newsletter"),
        ("You can unsubscribe at any time", "newsletter"),
        ("Get the latest stories delivered every Monday", "newsletter"),
        ("Enter your email address", "newsletter"),
        ("Zapisz się do naszego newslettera", "newsletter"),
        ("Our newsletter: jetzt kostenlos anmelden", "newsletter"),
        ("Recevez notre newsletter", "newsletter"),
        ("Do you have a tip? Send us a letter", "tail"),
        ("This page was last edited on 3 May 2023, at 11:02", "tail"),
        ("Joined: 3 Mar 2019", "tail"),
        ("Posts: 14", "tail"),
        ("Your email address will not be published.", "newsletter"),
        ("Required fields are marked *", "tail"),
        ("Notify me of new comments by email", "tail"),
        ("Save my name and email in this browser", "tail"),
        ("Ada Lund says:", "tail"),
        ("Did you make this recipe?", "tail"),
        ("Tag @lottecooks on Instagram", "tail"),
        ("This interview has been edited for length and clarity.", "tail"),
        ("Wszelkie prawa zastrzeżone", "tail"),
        ("Kommentare (7)", "tail"),
        ("Impressum | Datenschutz", "tail"),
        ("Click to share on X (Opens in new window)", "share"),
        ("Like Loading...", "share"),
        ("Like this:", "share"),
        ("Copy link", "share"),
        ("312 shares", "share"),
        ("Add to favourites", "share"),
        ("Udostępnij", "share"),
        ("Listen to this episode", "navigation"),
        ("From Wikipaedia, the free encyclopedia", "navigation"),
        ("Edit this page on GitHub", "navigation"),
        ("Is this page useful?", "navigation"),
        ("Report a problem with this page", "tail"),
        ("Explore the topic", "related"),
        ("Reply with quote", "navigation"),
        ("Report post", "navigation"),
        ("Click the image to enlarge it", "navigation"),
        ("Spis treści", "navigation"),
        ("Home > Region > Environment", "navigation"),
        ("Home / Region / Environment", "navigation"),
        ("Continue reading below", "navigation"),
        ("More Soup Recipes", "related"),
        ("You might also like", "related"),
        ("Previous post: The lamp", "related"),
        ("Czytaj też: Zapomniane schody", "related"),
        ("Weitere Artikel aus der Region", "related"),
        ("Reject all", "cookies"),
        ("Manage preferences", "cookies"),
        ("Używamy plików cookies", "cookies"),
        ("Ce site utilise des cookies", "cookies"),
        ("Only strictly necessary cookies", "cookies"),
        ("Wesprzyj nas", "donation"),
        ("Reklama", "advertisement"),
        ("Paid partnership", "advertisement"),
    ],
)
def test_a_line_of_a_web_page_is_dropped_wherever_it_stands(line: str, reason: str) -> None:
    assert dropped(BODY, line, BODY).get(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "Sat 3 Feb 2024 10.00 GMT",
        "March 2, 2023 by Lotte",
        "Mon. 12 Aug. 2019",
        "22 November 2022 • 10:30pm",
        "2024-03-01, 10:15",
        "3 hours ago",
        "Staff writer",
        "The Science Desk",
        "Produced by Ida Frey",
        "Photographs by Jonas Wik",
        "Music by The Low Tide",
        "Author: Ida Frey",
        "Autor: Marta Zielińska",
        "Opublikowano 3 marca 2024",
        "Publié le 4 mai 2023 à 10h15",
        "Propos recueillis par Hélène Marchand",
        "Aktualisiert am 12. März 2024",
        "Lesezeit: 4 Minuten",
        "Temps de lecture 4 min",
    ],
)
def test_a_byline_stands_at_the_top_of_a_page(line: str) -> None:
    assert dropped("A first line that is a whole sentence.", line, BODY) == {line: "byline"}


@pytest.mark.parametrize(
    "line",
    [
        "The decline",
        "Language",
        "Topics",
        "Top",
        "English",
        "Sign in to your account",
        "What the law says",
        "Powered by wind",
        "Design by committee",
        "Stand der Dinge",
        "Paris",
        "Texture",
        "Jump to conclusions",
        "Latest results",
        "Explore",
        "/etc/lantern/harbour.conf",
        "cat quays | sort | head",
        "From here, the free town begins",
        "More than words",
        "Description",
        "SYNOPSIS",
        "Exit status",
        "The author",
    ],
)
def test_a_heading_that_resembles_a_line_of_the_page_is_kept(line: str) -> None:
    assert dropped(BODY, line, BODY) == {}


@pytest.mark.parametrize(
    "line",
    [
        "Two birds in three come back to the marsh, and the county has promised to pay for the hay that is lost there.",
        "He signed up for the navy at sixteen, was sent home twice and was accepted when he stopped telling the truth.",
        "The letter was shared among the neighbours, who read it aloud on the quay and laughed in the wrong places.",
        "Readers of the paper sent in more than four hundred photographs, of which the jury could use eleven.",
        "NOTE: the simplest way is to leave the lamp alone, since most of the faults people find were made by them.",
        "The path leads over /moor/stones/quay on the old map, but on the new one it has been given a number instead.",
        "The cookies that the baker leaves on the sill are accepted by the storks and rejected by all of the gulls.",
        "Petrol is rationed, milk is scarce, and the ministry says that it may follow the example of other islands.",
    ],
)
@pytest.mark.parametrize("place", ["first", "inside", "last"])
def test_a_paragraph_with_words_of_the_cue_lists_is_kept_wherever_it_stands(line: str, place: str) -> None:
    texts = {"first": [line, BODY], "inside": [BODY, line, BODY], "last": [BODY, line]}[place]
    assert dropped(*texts) == {}


def test_contents_with_section_numbers_are_navigation() -> None:
    names = ["Construction", "History", "The fashion", "The decline"]
    listed = [f"{number} {name}" for number, name in zip(["1", "2", "2.1", "2.2"], names, strict=True)]
    text = [SENTENCES[0], *listed, *(line for name in names for line in (name, BODY))]
    assert dropped(*text) == dict.fromkeys(listed, "navigation")


def test_numbered_lines_that_do_not_come_again_are_no_contents() -> None:
    assert dropped(BODY, "1 Construction", "2 History", "3 Sound", BODY) == {}


def test_lines_that_differ_in_a_number_inside_them_are_no_contents() -> None:
    assert dropped(*[f"Lamp number{n} is lit at dusk." for n in range(12)]) == {}


@pytest.mark.parametrize("label", ["Topics", "Tags", "Categories", "Tagi", "Schlagwörter"])
def test_labels_below_the_last_paragraph_are_dropped_with_what_they_label(label: str) -> None:
    assert set(dropped(BODY, label, "Birds", "Wetlands")) == {label, "Birds", "Wetlands"}


def test_a_name_above_a_date_is_a_byline() -> None:
    assert dropped("A first sentence.", "Marguerite Osei", "3 February 2024", BODY) == {
        "Marguerite Osei": "byline",
        "3 February 2024": "byline",
    }


def test_a_name_at_the_top_is_a_byline_if_the_end_says_who_it_is() -> None:
    closing = "Marguerite Osei is a teacher and the author of a book."
    assert dropped("A first sentence.", "Marguerite Osei", BODY, closing) == {
        "Marguerite Osei": "byline",
        closing: "byline",
    }


def test_a_name_at_the_top_that_nobody_explains_may_be_a_heading() -> None:
    assert dropped("A first sentence.", "Marguerite Osei", BODY) == {}


@pytest.mark.parametrize(
    "closing",
    [
        "Ida Palm was the last one to leave the island, and she locked the church although nobody was left to pray.",
        "Compatibility. There are a number of ways in which the lamps of the quay can be lit, and this is the oldest.",
    ],
)
def test_a_last_paragraph_about_somebody_new_is_no_biography(closing: str) -> None:
    assert dropped(BODY, closing) == {}


def test_a_longer_biography_needs_more_than_one_sign() -> None:
    closing = (
        "Ida Palm is a historian who lives on Lesser Holm, where she teaches at the school, and the author of a short "
        "history of lamps."
    )
    assert dropped(BODY, closing) == {closing: "byline"}


def test_a_closing_label_in_capitals_is_dropped_and_a_speaker_is_not() -> None:
    assert dropped(BODY, "CORRECTION: The bridge is blue and not green.") == {
        "CORRECTION: The bridge is blue and not green.": "tail"
    }
    assert dropped(BODY, "ANNA RUIZ: Welcome back.", BODY, "ANNA RUIZ: Thank you, Tom.") == {}


def pages(count: int, *, start: int = 1) -> list[str]:
    return [
        line for number in range(start, start + count) for line in (BODY, str(number), "The Harbour Review, No. 12")
    ]


@pytest.mark.parametrize("start", [1, 7, 998])
def test_page_numbers_and_running_heads_are_navigation(start: int) -> None:
    expected = {str(number) for number in range(start, start + 3)} | {"The Harbour Review, No. 12"}
    assert set(dropped(*pages(3, start=start), BODY)) == expected


def test_numbers_that_do_not_count_up_are_no_page_numbers() -> None:
    assert dropped(*pages(1, start=7), *pages(1, start=12), BODY) == {}


def test_numbers_without_a_running_head_may_be_chapters() -> None:
    assert dropped("1", BODY, "2", BODY, "3", BODY) == {}
