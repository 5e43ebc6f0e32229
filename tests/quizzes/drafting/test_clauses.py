from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.clauses import LONGEST, SHORTEST, halves_of, subject_of
from quizzes.drafting.words import tokens


@pytest.mark.parametrize(
    ("sentence", "subject", "predicate"),
    [
        ("The quay was repainted in May.", "The quay", "was repainted in May"),
        ("Old maps show a blue line.", "Old maps", "show a blue line"),
        ("The Harbour Panel has never met.", "The Harbour Panel", "has never met"),
        ("The price of a ticket remained low!", "The price of a ticket", "remained low"),
        ("Merrow lost its last ferry in 2019.", "Merrow", "lost its last ferry in 2019"),
        ("The carts are gone by morning, and nobody minds.", "The carts", "are gone by morning, and nobody minds"),
    ],
)
def test_a_plain_sentence_has_a_subject_and_a_predicate(sentence: str, subject: str, predicate: str) -> None:
    assert subject_of(sentence) == (subject, predicate)


@pytest.mark.parametrize(
    "sentence",
    [
        "In the spring the quay was repainted.",
        "Nobody has seen the boat.",
        "There was a boat at the quay.",
        "What they wanted was a boat.",
        "All who came were given soup.",
        "The boat that sank was new.",
        "The boat, which was new, sank.",
        "A boat at the quay",
        "“The quay was empty.”",
        "The quay was empty; the boat was gone.",
        "A very long list of many small and rather old things was read.",
        "",
    ],
)
def test_where_the_subject_is_no_short_noun_phrase_there_is_none(sentence: str) -> None:
    assert subject_of(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "head", "tail", "sense"),
    [
        (
            "The town sold the boat, because nobody was willing to row it.",
            "The town sold the boat",
            "because nobody was willing to row it",
            "reason",
        ),
        (
            "The town sold the boat because it leaked badly.",
            "The town sold the boat",
            "because it leaked badly",
            "reason",
        ),
        (
            "The town sold the boat, but the oars were kept.",
            "The town sold the boat",
            "but the oars were kept",
            "contrast",
        ),
        (
            "The boat is old, although it was painted last year.",
            "The boat is old",
            "although it was painted last year",
            "contrast",
        ),
        ("The boat is old, and the oars are older.", "The boat is old", "and the oars are older", "more"),
        ("The boat was sold, so the oars were burnt.", "The boat was sold", "so the oars were burnt", "result"),
        ("The boat will float, if it is painted.", "The boat will float", "if it is painted", "condition"),
        ("The boat will sink unless it is painted.", "The boat will sink", "unless it is painted", "condition"),
        (
            "The town bought a boat, which was never used again.",
            "The town bought a boat",
            "which was never used again",
            "relative",
        ),
    ],
)
def test_a_sentence_is_cut_in_front_of_a_connecting_word(sentence: str, head: str, tail: str, sense: str) -> None:
    (halves,) = halves_of(sentence)
    assert (halves.head, halves.tail, halves.sense) == (head, tail, sense)


@pytest.mark.parametrize(
    "sentence",
    [
        "The town sold boats, oars, and two very old lamps.",
        "Not only was the boat old, but the oars were rotten.",
        "Either the boat is sold, or it is burnt, and nobody was asked.",
        "The boat was so old that it sank, and the oars were lost.",
        "The town bought a boat, which had been painted, for a crown.",
        "The boat was sold, and it sank",
        "The boat was sold, and gone.",
        "The boat was sold, and the oars (both of them) were burnt.",
        "“The boat was sold, and the oars were burnt,” he said.",
        "The boat was sold, and the oars were burnt: it was winter.",
        "The boat is older than the town.",
    ],
)
def test_what_would_be_torn_is_not_cut(sentence: str) -> None:
    assert list(halves_of(sentence)) == []


def test_a_sentence_may_be_cut_in_two_places() -> None:
    sentence = "The boat was sold, because it leaked badly, and the oars were burnt in winter."
    assert [halves.sense for halves in halves_of(sentence)] == ["reason", "more"]


CLAUSES = st.sampled_from(["the boat was sold", "it leaked badly", "nobody was asked about it", "old", "in May", "so"])
SENTENCES = st.lists(
    st.tuples(st.sampled_from([", and ", ", but ", " because ", ", ", "; "]), CLAUSES), max_size=5
).map(lambda parts: "The quay is empty" + "".join(word + clause for word, clause in parts) + ".")


@given(SENTENCES)
def test_the_halves_are_the_words_of_the_sentence_and_tails_have_their_length(sentence: str) -> None:
    for halves in halves_of(sentence):
        assert sentence.startswith(halves.head)
        assert sentence.endswith(f"{halves.tail}.")
        assert SHORTEST <= len(tokens(halves.tail)) <= LONGEST
        assert tokens(halves.head) + tokens(halves.tail) == tokens(sentence)


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    subject_of(text)
    list(halves_of(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "The panel named three of them: the quay, a ramp of oak, and a planned shed that has been approved.",
        "The town sold the boat, the nets, and a crane that nobody had wanted.",
    ],
)
def test_the_last_part_of_an_enumeration_is_no_half(sentence: str) -> None:
    assert list(halves_of(sentence)) == []


def test_a_tail_has_a_subject_of_its_own() -> None:
    assert list(halves_of("The boat of the guild is old, and had sunk twice in spring.")) == []
