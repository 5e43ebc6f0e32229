"""A tagger with a few rules of its own: each kind of rule changes what it speaks of, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.concepts.tagger import Affix, Check, Rule, Tagger, english_tagger

LEXICON = {
    "the": "DT",
    "lamp": "NN",
    "light": "JJ",
    "to": "TO",
    "run": "NN",
    "happy": "JJ",
    "Hask": "NNP",
    "color": "NN",
}


def tagged(
    text: str, *, affixes: tuple[Affix, ...] = (), contexts: dict[str, tuple[Rule, ...]] | None = None
) -> list[str]:
    return Tagger(LEXICON, affixes, contexts or {}).tag(text.split())


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("the lamp", ["DT", "NN"]),
        ("The lamp", ["DT", "NN"]),
        ("lamp The", ["NN", "NNP"]),
        ("zorb", ["NN"]),
        ("a Zorb", ["NN", "NNP"]),
        ("12 12th", ["CD", "CD"]),
        (". “ —", [".", "“", "—"]),
        ("港 ж", ["NN", "NN"]),
        ("", []),
    ],
)
def test_without_rules_a_word_has_its_listed_tag_or_the_plainest_guess(text: str, tags: list[str]) -> None:
    assert tagged(text) == tags


@pytest.mark.parametrize(
    ("affix", "text", "tag"),
    [
        (("", "hassuf", "ly", "RB"), "the zorbly", "RB"),
        (("", "hassuf", "ly", "RB"), "the zorb", "NN"),
        (("", "haspref", "un", "JJ"), "the unzorb", "JJ"),
        (("", "deletesuf", "ness", "NN2"), "the happyness", "NN2"),
        (("", "deletesuf", "ness", "NN2"), "the zorbness", "NN"),
        (("", "deletepref", "un", "JJ"), "the unhappy", "JJ"),
        (("", "deletepref", "un", "JJ"), "the unzorb", "NN"),
        (("", "addsuf", "py", "JJ"), "the hap", "JJ"),
        (("", "addpref", "the", "X"), "a x", "NN"),
        (("", "addpref", "la", "X"), "a mp", "X"),
        (("", "char", "-", "JJ"), "the sea-grey", "JJ"),
        (("", "goodright", "the", "X"), "the zorb", "X"),
        (("", "goodright", "the", "X"), "a zorb", "NN"),
        (("", "goodleft", "lamp", "X"), "the zorb lamp", "X"),
        (("", "goodleft", "lamp", "X"), "the zorb", "NN"),
        (("VB", "fhassuf", "s", "VBZ"), "the zorbs", "NN"),
        (("NN", "fhassuf", "s", "NNS"), "the zorbs", "NN"),
        (("NN", "hassuf", "s", "NNS"), "the zorbs", "NNS"),
    ],
)
def test_an_unknown_word_is_judged_by_its_letters_and_its_neighbours(affix: Affix, text: str, tag: str) -> None:
    assert tagged(text, affixes=(affix,))[1] == tag


def test_a_later_guess_builds_on_an_earlier_one() -> None:
    affixes: tuple[Affix, ...] = (("", "hassuf", "s", "NNS"), ("NNS", "hassuf", "us", "NN"), ("VB", "hassuf", "s", "X"))
    assert tagged("zorbus zorbs", affixes=affixes) == ["NN", "NNS"]


def test_a_known_word_is_not_guessed_at() -> None:
    assert tagged("the lamp", affixes=(("", "hassuf", "lamp", "X"),)) == ["DT", "NN"]


@pytest.mark.parametrize(
    ("first", "second", "tags"),
    [
        (Check(-1, False, "TO"), None, ["TO", "VB", "JJ"]),
        (Check(1, False, "JJ"), None, ["TO", "VB", "JJ"]),
        (Check(-1, True, "to"), None, ["TO", "VB", "JJ"]),
        (Check(-1, True, "TO"), None, ["TO", "NN", "JJ"]),
        (Check(0, True, "run"), None, ["TO", "VB", "JJ"]),
        (Check(-2, False, "TO"), None, ["TO", "NN", "JJ"]),
        (Check(2, False, "JJ"), None, ["TO", "NN", "JJ"]),
        (Check(-3, False, ""), None, ["TO", "VB", "JJ"]),
        (Check(-1, False, "TO"), Check(1, False, "JJ"), ["TO", "VB", "JJ"]),
        (Check(-1, False, "TO"), Check(1, False, "NN"), ["TO", "NN", "JJ"]),
        (Check(-1, False, "DT"), Check(1, False, "JJ"), ["TO", "NN", "JJ"]),
    ],
)
def test_a_rule_corrects_a_tag_where_all_that_it_asks_for_holds(first: Check, second: Any, tags: list[str]) -> None:
    assert tagged("to run light", contexts={"NN": (("VB", first, second),)}) == tags


def test_of_two_rules_for_one_tag_the_first_that_fits_wins() -> None:
    rules = (
        ("A", Check(-1, False, "DT"), None),
        ("B", Check(-1, False, "TO"), None),
        ("C", Check(0, True, "run"), None),
    )
    assert tagged("to run", contexts={"NN": rules}) == ["TO", "B"]


CHECKS = st.builds(
    Check, st.integers(-2, 2), st.booleans(), st.sampled_from(["", "to", "run", "light", "TO", "NN", "JJ", "A"])
)
RULES = st.lists(st.tuples(st.sampled_from("ABC"), CHECKS, st.none() | CHECKS), max_size=8).map(tuple)


@given(st.lists(st.sampled_from(["to", "run", "light"]), max_size=6), st.fixed_dictionaries({"NN": RULES, "A": RULES}))
def test_of_many_rules_the_first_in_order_that_holds_wins(
    words: list[str], contexts: dict[str, tuple[Rule, ...]]
) -> None:
    assert tagged(" ".join(words), contexts=contexts) == tagged_one_by_one(words, contexts)


def tagged_one_by_one(words: list[str], contexts: dict[str, tuple[Rule, ...]]) -> list[str]:
    """The tags when each rule is held against each word in turn."""
    tags = ["", "", *(LEXICON[word] for word in words), "", ""]
    padded = ["", "", *words, "", ""]
    for i in range(2, len(words) + 2):
        for result, *checks in contexts.get(tags[i], ()):
            rows = [((padded if check.of_word else tags)[i + check.step], check.value) for check in checks if check]
            if all(there == wanted for there, wanted in rows):
                tags[i] = result
                break
    return tags[2:-2]


def test_a_corrected_tag_is_what_the_next_word_sees() -> None:
    rules = (("VB", Check(-1, False, "TO"), None), ("OBJ", Check(-1, False, "VB"), None))
    assert tagged("to run run", contexts={"NN": rules}) == ["TO", "VB", "OBJ"]


@pytest.mark.parametrize(
    ("word", "is_known"),
    [("lamp", True), ("LAMP", True), ("colour", True), ("Colour", True), ("zorb", False), ("hask", False), ("", False)],
)
def test_british_spelling_and_capitals_do_not_make_a_word_unknown(word: str, is_known: bool) -> None:
    assert Tagger(LEXICON, (), {}).knows(word) is is_known


def test_the_english_rules_are_all_there_and_read_once() -> None:
    tagger = english_tagger()
    assert tagger is english_tagger()
    assert len(tagger.lexicon) > 50_000
    assert len(tagger.affixes) > 100
    assert sum(map(len, tagger.contexts.values())) > 200
