from __future__ import annotations

import pytest

from course.reading.outline import Span
from quizzes.drafting.speakers import (
    claims_in,
    claims_in_asides,
    groups_in,
    inside,
    is_group,
    is_learned,
    is_part_of_a_name,
    is_place,
    namer_of,
    names_in,
    speaker_name,
    with_article,
)
from quizzes.drafting.terms import Place, Sentence


def sentence(text: str) -> Sentence:
    return Sentence(0, Span(0, len(text)), text, 0, 1)


def place(text: str, term: str) -> Place:
    return Place(sentence(text), text.index(term), text.index(term) + len(term))


@pytest.mark.parametrize(
    ("text", "holder", "claim"),
    [
        ("A number of analysts believe that the quay is lost.", "A number of analysts", "the quay is lost"),
        ("Official propaganda insists that the boat exists.", "Official propaganda", "the boat exists"),
        ("The town is poor; Merrow says that it cannot pay.", "Merrow", "it cannot pay"),
        ("“A boat on paper needs no crew,” says Ilsa Bront, a captain.", "Ilsa Bront", "A boat on paper needs no crew"),
    ],
)
def test_a_claim_has_its_holder(text: str, holder: str, claim: str) -> None:
    (found,) = claims_in(sentence(text))
    assert (found.holder, found.text) == (holder, claim)


@pytest.mark.parametrize(
    "text",
    [
        "They believe that the quay is lost.",
        "The fear that the quay is lost remains.",
        "It is said that all is well.",
        "No historian believes that the quay is lost.",
        "Nobody among the critics believes that the quay is lost.",
        "None of the critics believe that the quay is lost.",
        "Neither critics nor nurses believe that the quay is lost.",
        "Not all critics believe that the quay is lost.",
        "Nurses hardly believe that the quay is lost.",
        "Critics never said that the quay is lost.",
        "Critics do not believe that the quay is lost.",
        "Few critics believe that the quay is lost.",
        "If critics believe that the quay is lost, they are wrong.",
        "Whether nurses fear that the quay is lost is unknown.",
    ],
)
def test_nobody_holds_what_a_pronoun_says(text: str) -> None:
    assert claims_in(sentence(text)) == []


@pytest.mark.parametrize(
    ("text", "term", "namer"),
    [
        ("This is what bankers call a Mexican stand-off.", "Mexican stand-off", "Bankers"),
        ("Overall, the West tends to view him as a straw puppet.", "straw puppet", "The West"),
        ("A former captain, Ilsa Bront, calls it the wake rule.", "wake rule", "Ilsa Bront"),
        ("Economists have called the years a sugar high.", "sugar high", "Economists"),
        ("They call it a sugar high.", "sugar high", None),
        ("Critics call the sugar high a lie.", "sugar high", None),
        ("Critics call the “sugar high” a lie.", "sugar high", None),
        ("Critics described the sugar high as a lie.", "sugar high", None),
        ("Critics described the years as a sugar high.", "sugar high", "Critics"),
        ("No economist calls it a sugar high.", "sugar high", None),
        ("Critics saw no sugar high.", "sugar high", None),
        ("Critics have never called it a sugar high.", "sugar high", None),
        ("It rained, but critics call it a sugar high.", "sugar high", "Critics"),
        ("A doctoral student asked to see the ledger.", "ledger", None),
        ("Ada Brun, who rows with a guild in Merrow Lane, calls it the wake rule.", "wake rule", "Ada Brun"),
        ("Ada Brun, rowing past the wreck, called it the wake rule.", "wake rule", "Ada Brun"),
        ("Critics speak of tide debt and mean it.", "tide", None),
        ("Critics call the way from the old quay the wake road.", "old quay", None),
        ("Critics call the way from the old quay the wake road.", "wake road", "Critics"),
        ("Critics call it the wake rule of the town.", "wake rule", "Critics"),
    ],
)
def test_the_namer_stands_before_the_verb_of_naming(text: str, term: str, namer: str | None) -> None:
    assert namer_of(place(text, term)) == namer


@pytest.mark.parametrize(
    ("before", "text", "holder", "claim"),
    [
        (
            "Rosa Tilden left the council.",
            "Patching the hull, she argued, would have bought ten years.",
            "Rosa Tilden",
            "Patching the hull … would have bought ten years",
        ),
        ("Rosa Tilden left.", "The quay is lost for ever, she says.", "Rosa Tilden", "The quay is lost for ever"),
        ("", "The quay is lost for ever, says Ada Brun of the guild.", "Ada Brun", "The quay is lost for ever"),
        (
            "The trust heard Rosa Tilden.",
            "Patience, in her view, is a matter of repetition.",
            None,
            "",
        ),
        ("", "According to Brun, the toll will be raised in spring.", "Brun", "the toll will be raised in spring"),
        ("", "According to the map, the toll was raised in spring.", None, ""),
        ("Two captains left.", "Patching the hull, she argued, would have bought ten years.", None, ""),
        ("Rosa Tilden left.", "“Patching the hull,” she argued, “would have bought ten years.”", None, ""),
    ],
)
def test_an_aside_tells_whose_words_stand_around_it(before: str, text: str, holder: str | None, claim: str) -> None:
    found = claims_in_asides(sentence(text), sentence(before) if before else None)
    assert [(each.holder, each.text) for each in found] == ([(holder, claim)] if holder else [])


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("“The whole quay is lost for ever,” Ada Brun said over tea.", "Ada Brun"),
        ("Ada Brun cautions that the quay is lost for ever.", "Ada Brun"),
        ("Ada Brun admits that the quay is lost, but she points out that it was never used.", "Ada Brun"),
        ("Ada Brun said publicly that the quay is lost for ever.", "Ada Brun"),
        ("Until the 1980s scientists believed that the quay is lost for ever.", "Scientists"),
    ],
)
def test_what_is_said_is_found_in_other_orders_too(text: str, holder: str) -> None:
    (found,) = claims_in(sentence(text))[:1]
    assert found.holder == holder
    assert found.text.endswith(("lost for ever", "is lost"))


def test_a_verb_before_a_place_is_no_first_name() -> None:
    assert names_in("Compare Orrby, forty miles down the coast.") == []
    assert names_in("Ada Brun, who rows, met Olaf Lind.") == ["Ada Brun", "Olaf Lind"]


def test_who_describes_layers_gives_no_name_to_the_sea() -> None:
    assert namer_of(place("Critics described layers of grit from the Old Sea.", "Old Sea")) is None


@pytest.mark.parametrize(
    ("holder", "learned"), [("Geologists", True), ("Researchers", True), ("Nurses", False), ("Ada Brun", False)]
)
def test_people_of_learning_may_be_the_same_people(holder: str, learned: bool) -> None:
    assert is_learned(holder) is learned


def test_a_speaker_needs_a_name_or_a_calling() -> None:
    assert [speaker_name(words) for words in ("the", "2014 students", "these experts", "the table")] == [None] * 4


def test_groups_are_found_once_each() -> None:
    assert groups_in("Nurses and doctors met other nurses.") == ["Nurses", "Doctors"]


def test_people_and_bodies_are_named_inside_sentences() -> None:
    assert names_in("Then the Kremlin met Ilsa Bront in the Hague.") == ["The Kremlin", "Ilsa Bront"]


def test_a_place_or_a_nation_is_no_speaker() -> None:
    assert names_in("They saw the Belarusian people in New York on Monday.") == []
    assert names_in("They met in Merrow Green, beside Harp Lane, and Merrow Green was full.") == []
    assert names_in("They rang a bell called Old Berta, and then Old Berta was sold.") == []


@pytest.mark.parametrize(
    ("holder", "group"), [("Economists", True), ("The staff", True), ("Ilsa Bront", False), ("The West", False)]
)
def test_groups_differ_from_single_holders(holder: str, group: bool) -> None:
    assert is_group(holder) is group


@pytest.mark.parametrize(
    ("holder", "expected"), [("The West", "the West"), ("Economists", "economists"), ("Ilsa Bront", "Ilsa Bront")]
)
def test_a_holder_reads_well_inside_a_sentence(holder: str, expected: str) -> None:
    assert inside(holder) == expected


def test_a_group_gets_an_article_once() -> None:
    assert [with_article("Painters"), with_article("The young")] == ["The painters", "The young"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Boats lie on Isla Berta, and prices at Isla Berta rose.", True),
        ("Boats lie on Isla Berta, but Isla Berta pays.", False),
        ("Nobody came.", False),
    ],
)
def test_what_one_is_only_ever_on_or_at_is_a_place(text: str, place: bool) -> None:
    assert is_place("Isla Berta", text) is place


def test_the_end_of_a_longer_name_is_nobody() -> None:
    assert is_part_of_a_name("Social Research", "She left the Institute for Social Research in spring.")
    assert not is_part_of_a_name("Ada Brun", "The Institute for Ada Brun was led by Ada Brun.")
    assert not is_part_of_a_name("Ada Brun", "Nobody came.")
