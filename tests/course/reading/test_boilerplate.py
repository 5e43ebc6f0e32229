from __future__ import annotations

import pytest

from course.reading.boilerplate import boilerplate
from course.reading.formats import read_text
from course.reading.lines import lines_of

BODY = "\n".join(
    f"Paragraph {number} tells about the harbour and the people who work there, and it ends like a sentence should."
    for number in range(1, 7)
)


def reasons(text: str) -> dict[str, str]:
    lines = lines_of(read_text(text))
    found = boilerplate(lines)
    return {line.text: found[line.number] for line in lines if line.number in found}


def below(*lines: str) -> dict[str, str]:
    return reasons("\n".join([BODY, *lines]))


def test_notes_below_the_end_of_a_press_release_go_with_it() -> None:
    notes = ["ENDS", "Notes to editors", "Pictures of the harbour are free to use.", "The town has nine boats."]
    assert below(*notes) == dict.fromkeys(notes, "tail")


def test_who_the_author_is_goes_with_the_line_above_it() -> None:
    lines = ["About the author", "Ada sails for the harbour and loves long ropes."]
    assert below(*lines) == {lines[0]: "tail", lines[1]: "byline"}


def test_links_reach_as_far_as_the_next_line_that_is_dropped() -> None:
    lines = ["More stories", "The bridge that never was", "Do boats dream?", "© 2021 The Tidewater Post"]
    assert list(below(*lines)) == lines


def inside(line: str) -> dict[str, str]:
    return reasons(f"{BODY}\n{line}\n{BODY}")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Please consider making a donation", "donation"),
        ("Support our journalism from 3 crowns a month.", "donation"),
        ("Spenden Sie jetzt: unterstützen Sie unsere Arbeit", "donation"),
        ("Soutenez-nous et faites vivre ce site", "donation"),
        ("Get our weekly newsletter straight to your inbox", "newsletter"),
        ("This site uses cookies. Accept all", "cookies"),
        ("Wir verwenden Cookies, um die Seite zu verbessern", "cookies"),
        ("Skip to main content", "navigation"),
        ("Home | World | Sport | Culture", "navigation"),
        ("Menu", "navigation"),
        ("ADVERTISEMENT", "advertisement"),
        ("Read also: The bridge that never was", "related"),
        ("More from The harbour pages", "related"),
        ("Weitere Beiträge", "related"),
        ("Lire la suite de notre série", "related"),
        ("Síguenos en nuestras redes", "share"),
        ("Diskutieren Sie mit", "share"),
        ("Artikel vorlesen", "navigation"),
        ("Escuchar el artículo", "navigation"),
        ("Aviso legal", "navigation"),
        ("Affiliate notice: we may earn a commission if you buy through our links.", "advertisement"),
        ("Ada Lund: The Rope Years. Merrow University Press, 312 pages, £19", "tail"),
        ("You may also like: Ten harbours", "related"),
        ("Lire aussi : le port de demain", "related"),
        ("Lesen Sie auch: Der Hafen von morgen", "related"),
        ("Share on Facebook", "share"),
        ("Tweet | Share | Print", "share"),
        ("By Ada Lund, harbour correspondent", "byline"),
        ("12 May 2023", "byline"),
        ("Book a free demo of our harbour", "advertisement"),
        ("Ready for the sea? Talk to our experts", "advertisement"),
        ("Seasick? Take our quiz", "related"),
        ("Were you there? Tell us your story at news@harbour.example", "tail"),
        ("Correction, 8 June: an earlier version of this article gave the wrong name for the harbour.", "tail"),
        ("May 12, 2023 at 14:05", "byline"),
        ("12. Mai 2023", "byline"),
        ("5 min read", "byline"),
        ("© 2021 The Tidewater Post. All rights reserved.", "tail"),
        ("Comments are closed", "tail"),
        ("https://example.org/harbour/crane", "navigation"),
        ("* * *", "ornament"),
        ("----------", "ornament"),
    ],
)
def test_a_line_of_the_page_is_dropped_with_its_reason(line: str, reason: str) -> None:
    assert list(inside(line).values()) == [reason]


@pytest.mark.parametrize(
    "line",
    [
        "She became a member of the council in 1987.",
        "The council asked the fishermen to share the quay.",
        "Donations to the church had paid for the roof.",
        "By noon the harbour was empty.",
        "The newsletter of the guild mentions the crane only once, in a list of debts.",
        "He read the letter and followed the coast on foot.",
        "Cookies were served after the ceremony.",
        "The recommended dose is two spoonfuls.",
        "It was over.",
        "They refused.",
    ],
)
def test_a_sentence_of_the_article_is_kept(line: str) -> None:
    assert inside(line) == {}


def test_a_long_paragraph_is_kept_whatever_it_is_about() -> None:
    line = (
        "The paper lives on donations, and its newsletter asks readers every week to subscribe, to become a member, to "
        "make a donation or to support our journalism in some other way, which is why the scholar who studied such "
        "appeals counted no fewer than four of them on a single page and called the page a church fête with headlines."
    )
    assert inside(line) == {}


def test_a_question_before_an_appeal_goes_with_it() -> None:
    text = f"{BODY}\nDid you like this story?\nPlease make a donation and support our work\n{BODY}"
    assert list(reasons(text).values()) == ["donation", "donation"]


def test_links_under_a_label_go_with_it_up_to_the_next_heading() -> None:
    text = f"{BODY}\nRelated articles\nTen harbours in winter\nThe oldest crane\nWhat the mayor knew\n{BODY}"
    assert list(reasons(text)) == ["Related articles", "Ten harbours in winter", "The oldest crane"]


def test_a_biography_closes_a_page_only_when_the_article_never_names_the_person() -> None:
    line = "Ada Lund is a reporter and the author of a book about cranes."
    assert reasons(f"{BODY}\n{line}") == {line: "byline"}
    assert reasons(f"Ada Lund came to the harbour on a Monday in May and stayed for a year.\n{BODY}\n{line}") == {}


def test_a_label_at_the_top_is_navigation() -> None:
    assert reasons(f"OPINION\n{BODY}") == {"OPINION": "navigation"}


def test_a_usual_section_title_is_never_dropped() -> None:
    assert inside("See also") == {}


def test_a_table_of_contents_is_navigation_and_its_headings_stay() -> None:
    names = ["The crane", "The winter", "The benches"]
    text = "\n".join(["A first line that is a sentence, and a rather long one at that.", *names])
    text += "\n" + "\n".join(f"{name}\n{BODY}" for name in names)
    lines = lines_of(read_text(text))
    assert {lines[number].text: number for number in boilerplate(lines)} == {
        name: at for at, name in enumerate(names, 1)
    }


def test_a_date_in_the_midst_of_a_text_is_kept() -> None:
    assert reasons(f"{BODY}\n{BODY}\n12 May 1940\n{BODY}\n{BODY}") == {}


@pytest.mark.parametrize("day", ["3 March", "October 21st", "12 de octubre", "1er juin", "9. Oktober"])
def test_a_day_without_its_year_is_a_byline_at_the_top_and_text_in_the_midst(day: str) -> None:
    assert reasons(f"The Rope Years\n{day}\n{BODY}")[day] == "byline"
    assert reasons(f"{BODY}\n{BODY}\n{day}\n{BODY}\n{BODY}") == {}


@pytest.mark.parametrize("label", ["Enquête", "Reportaje", "Local history", "Home & Garden"])
def test_a_section_of_a_paper_is_navigation_at_the_top_alone(label: str) -> None:
    assert reasons(f"The Rope Years\n{label}\n{BODY}")[label] == "navigation"
    assert inside(label) == {}


@pytest.mark.parametrize(
    "line",
    ["Ada Lund ist Redakteurin in Merrow.", "Ada Lund est journaliste à Merrow.", "Ada Lund es periodista en Merrow."],
)
def test_who_the_author_is_closes_a_page_in_other_languages_too(line: str) -> None:
    assert below(line) == {line: "byline"}
