"""Holders of views and givers of names: who is one, how they are called, and who only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.outline import Span
from quizzes.drafting.speakers import (
    claims_in,
    claims_of_pronoun,
    groups_in,
    inside,
    is_group,
    is_known,
    is_placed,
    is_vague,
    namer_of,
    names_in,
    speaker_name,
    with_article,
)
from quizzes.drafting.terms import Place, Sentence


def sentence(text: str) -> Sentence:
    return Sentence(0, Span(0, len(text)), text, 0, 1)


@pytest.mark.parametrize(
    ("words", "holder"),
    [
        ("critics", "Critics"),
        ("the critics", "The critics"),
        ("many old millers", None),
        ("young historians", "Young historians"),
        ("Oda Brisk", "Oda Brisk"),
        ("Oda Brisk,", "Oda Brisk"),
        ("the West", "The West"),
        ("a chairman", "A chairman"),
        ("the young", "The young"),
        ("the table", None),
        ("they", None),
        ("This Council", None),
        ("12 nurses", None),
        ("nurses and Oda", None),
        ("one two three four five six Oda", None),
        ("", None),
        ("—", None),
    ],
)
def test_a_holder_has_a_name_or_a_calling_and_no_little_words_inside(words: str, holder: str | None) -> None:
    assert speaker_name(words) == holder


@pytest.mark.parametrize(
    ("text", "holder", "claim", "is_quote"),
    [
        ("Critics say that the bell is cracked.", "Critics", "the bell is cracked", False),
        ("Critics will also argue that the bell is cracked; it is.", "Critics", "the bell is cracked", False),
        ("In spring, critics openly feared that the bell was cracked.", "Critics", "the bell was cracked", False),
        ("Some critics admit that the bell, once red, is cracked.", "Some critics", "the bell, once red, is cracked",
         False),
        ("Oda Brisk told the town council that the bell is cracked.", "Oda Brisk", "the bell is cracked", False),
        ("Critics point out that the bell is cracked.", "Critics", "the bell is cracked", False),
        ("“The bell was cracked from the start,” said Oda Brisk.", "Oda Brisk", "The bell was cracked from the start",
         True),
        ('"The bell was cracked from the start," said Oda Brisk.', "Oda Brisk", "The bell was cracked from the start",
         True),
        ("‘The bell was cracked from the start,’ recalled Oda Brisk.", "Oda Brisk",
         "The bell was cracked from the start", True),
        ("Oda Brisk said: “The bell was cracked from the start.”", "Oda Brisk", "The bell was cracked from the start",
         True),
        ("“The bell was cracked from the start,” says the old chairman.", "The old chairman",
         "The bell was cracked from the start", True),
    ],
)  # fmt: skip
def test_a_claim_is_cut_to_its_own_words(text: str, holder: str, claim: str, is_quote: bool) -> None:
    (found,) = claims_in(sentence(text))
    assert (found.holder, found.text, found.is_quote) == (holder, claim, is_quote)
    assert found.text in text


@pytest.mark.parametrize(
    "text",
    [
        "The view of critics that the bell is cracked is old.",
        "“Short,” said Oda Brisk.",
        "“The bell was cracked from the start,” she said.",
        "The bell that critics say is cracked rang.",
        "Critics say the bell is cracked.",
        "Scarcely any critics say that the bell is cracked.",
        "Unless critics say that the bell is cracked, it rings.",
        "",
    ],
)
def test_a_view_of_nobody_in_particular_is_no_claim(text: str) -> None:
    assert claims_in(sentence(text)) == []


@pytest.mark.parametrize(
    ("before", "text", "holder"),
    [
        ("The founder, Oda Brisk, met the council.", "She said that the bell is cracked.", "Oda Brisk"),
        ("Oda Brisk met the council.", "She later insisted that the bell is cracked.", "Oda Brisk"),
        ("Oda Brisk met the painter Tom Wren.", "She said that the bell is cracked.", None),
        ("The founder met the council.", "She said that the bell is cracked.", None),
        ("The founder, Oda Brisk, met the council.", "She rang the bell.", None),
        ("The founder, Oda Brisk, met the council.", "Nobody said that the bell is cracked.", None),
    ],
)
def test_who_she_is_stands_in_the_sentence_before_if_it_names_nobody_else(
    before: str, text: str, holder: str | None
) -> None:
    first = sentence(before)
    said = Sentence(1, Span(len(before) + 1, len(before) + 1 + len(text)), text, 0, 1)
    found = claims_of_pronoun(said, first)
    assert [each.holder for each in found] == ([holder] if holder else [])
    assert all((each.evidence.start, each.evidence.end) == (0, said.span.end) for each in found)


@pytest.mark.parametrize(
    ("text", "namer"),
    [
        ("Critics call it a sugar high.", "Critics"),
        ("Critics still call the boom a sugar high.", "Critics"),
        ("The Fen Council knows it as a sugar high.", "The Fen Council"),
        ("Oda Brisk wrote of a sugar high.", "Oda Brisk"),
        ("In spring, critics tend to call it a sugar high.", "Critics"),
        ("Critics call what came in that long year of rain and debt a sugar high.", None),
        ("Critics called. A sugar high came.", None),
        ("It was called a sugar high.", None),
        ("Critics recall a sugar high.", None),
        ("Critics see neither debt nor a sugar high.", None),
        ("A sugar high is what critics call it.", None),
        ("Critics call it a “sugar high”.", "Critics"),
        ("Critics call it “a sugar high of debt”.", None),
    ],
)
def test_who_calls_it_so_stands_before_the_verb_near_the_name(text: str, namer: str | None) -> None:
    at = text.lower().index("sugar high")
    assert namer_of(Place(sentence(text), at, at + len("sugar high"))) == namer


@pytest.mark.parametrize(
    ("text", "namer"),
    [("Critics call it a race.", None), ("Critics call it a “race”.", "Critics"), ("Critics call it Hask.", "Critics")],
)
def test_a_plain_word_is_nobody_s_expression_unless_it_stands_in_quotation_marks(text: str, namer: str | None) -> None:
    at = text.index("race" if "race" in text else "Hask")
    assert namer_of(Place(sentence(text), at, at + 4)) == namer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met Oda Brisk and Tom Wren.", ["Oda Brisk", "Tom Wren"]),
        ("They met Oda Brisk. Then Oda Brisk left.", ["Oda Brisk"]),
        ("They trust the Kremlin now.", ["The Kremlin"]),
        ("They crossed the Salt Sea on Friday.", []),
        ("They like New York and the English.", []),
        ("They counted the bells of Great Senn, and throughout Lower Hask.", []),
        ("They met Oda there.", []),
        ("Oda Brisk came.", ["Oda Brisk"]),
        ("They met Oda Maria Brisk Wren.", []),
        ("They read Oda Brisk’s book.", []),
    ],
)
def test_people_are_named_by_two_or_three_words_and_bodies_by_the(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("holder", "inner", "titled"),
    [
        ("Critics", "critics", "The critics"),
        ("The critics", "the critics", "The critics"),
        ("Some critics", "some critics", "The some critics"),
        ("Oda Brisk", "Oda Brisk", "The oda Brisk"),
        ("Retired clerks", "retired clerks", "The retired clerks"),
        ("Historians of trade", "historians of trade", "The historians of trade"),
        ("The West", "the West", "The West"),
    ],
)
def test_a_holder_is_written_small_inside_a_sentence_unless_it_is_a_name(holder: str, inner: str, titled: str) -> None:
    assert (inside(holder), with_article(holder)) == (inner, titled)


@pytest.mark.parametrize(
    ("holder", "group", "vague"),
    [
        ("Critics", True, False), ("Members", True, True), ("Patients", True, True), ("Old millers", True, False),
        ("Oda Brisk", False, False), ("Tom Rivers", False, False), ("The Kremlin", False, False),
        ("Staff", True, False), ("Chairman", False, False), ("Townsmen", True, False), ("members", True, True),
    ],
)  # fmt: skip
def test_groups_and_vague_names_are_known(holder: str, group: bool, vague: bool) -> None:
    assert (is_group(holder), is_vague(holder)) == (group, vague)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Nurses, NURSES and nurses met.", ["Nurses"]),
        ("The nurse met a teacher.", []),
        ("Old farmers and young teachers met.", ["Farmers", "Teachers"]),
        ("", []),
    ],
)
def test_groups_are_named_once_in_order(text: str, groups: list[str]) -> None:
    assert groups_in(text) == groups


@given(st.text(max_size=160))
def test_any_text_is_searched_and_what_is_found_stands_in_it(text: str) -> None:
    for claim in claims_in(sentence(text)):
        assert claim.text in text
        assert claim.holder[1:].strip() in text
    for name in names_in(text):
        assert name.removeprefix("The ") in text


PIECES = st.sampled_from(
    "Critics nobody Oda Brisk believe that the call it a bell , . ; “ ” says not hardly if".split()
)


@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_a_clause_that_denies_gives_nobody_a_view(text: str) -> None:
    for claim in claims_in(sentence(text)):
        if not claim.is_quote:
            before = text[: text.index(claim.text)].rsplit(",", 1)[-1]
            clause = before.rsplit(".", 1)[-1].rsplit(";", 1)[-1].rsplit("“", 1)[-1].rsplit("”", 1)[-1]
            assert not {"nobody", "not", "hardly", "if"} & set(clause.split(" believe that")[0].split())


@pytest.mark.parametrize(
    ("words", "holder"),
    [
        ("the bell founder Oda Brisk", "Oda Brisk"),
        ("Mayor Oda Brisk", "Oda Brisk"),
        ("Oda Brisk of the ringers", "Oda Brisk"),
        ("Royal Society of Hask", "Royal Society of Hask"),
        ("the Hask Council", "The Hask Council"),
    ],
)
def test_a_person_is_called_by_the_name_alone(words: str, holder: str) -> None:
    assert speaker_name(words) == holder


def test_what_one_goes_to_is_a_place_and_whom_the_text_tells_of_is_a_person() -> None:
    text = "They sailed to Long Senn. The founder Oda Brisk wrote to Tom Hale. Later Hale rang the bell."
    assert [is_placed(name, text) for name in ("Long Senn", "Oda Brisk", "Tom Hale")] == [True, False, True]
    assert is_placed("Long Senn", "They love the harbour of Long Senn.")
    assert [is_known(name, text) for name in ("Long Senn", "Oda Brisk", "Tom Hale")] == [False, True, True]


def test_a_name_at_the_start_is_read_whole_and_an_adverb_before_it_is_no_part_of_it() -> None:
    assert names_in("Oda Maria Brisk rang the bell.") == ["Oda Maria Brisk"]
    assert names_in("Meanwhile Brisk rang the bell.") == []


def test_a_quotation_of_hers_is_given_to_the_person_named_before() -> None:
    before, said = sentence("The founder Oda Brisk came."), sentence("“The clay bell was never in tune,” she said.")
    (claim,) = claims_of_pronoun(said, before)
    assert (claim.holder, claim.text, claim.is_quote) == ("Oda Brisk", "The clay bell was never in tune", True)


def test_what_stands_behind_the_name_that_is_given_is_no_name() -> None:
    text = "Critics call the bell a gift to the next village."
    first = text.index("next village")
    assert namer_of(Place(sentence(text), first, first + len("next village"))) is None
