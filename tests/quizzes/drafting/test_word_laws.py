"""Words as the drafters see them: families, number, sound and folding, over many words and scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.words import (
    FUNCTION_WORDS,
    OPENERS,
    capitalised,
    content_roots,
    ends_plural,
    folded,
    head_of,
    is_content,
    root,
    tokens,
    without_article,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("—", ()),
        ("The mayor’s half-built quay", ("The", "mayor’s", "half-built", "quay")),
        ("9.30, 1,100 and 3rd", ("9.30", "1", "100", "and", "3rd")),
        ("U.S. and e.g.", ("U.S", "and", "e.g")),
        ("a--b -c- d'", ("a", "b", "c", "d")),
        ("a_b", ("a", "b")),
        ("cafe\u0301 naïve", ("cafe\u0301", "naïve")),
        ("काँच की चक्की", ("काँच", "की", "चक्की")),
        ("كِتَاب", ("كِتَاب",)),
        ("港の歌。", ("港の歌",)),
        ("🙂a", ("a",)),
        ("a\u00a0b\u200bc", ("a", "b", "c")),
    ],
)
def test_a_text_is_parted_into_words(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    "family",
    [
        ("ferry", "ferries", "Ferry’s"),
        ("paint", "painted", "painting", "painter", "painters", "paints"),
        ("govern", "governor", "governors", "government", "governments"),
        ("organisation", "organization", "organisations"),
        ("historian", "historians"),
        ("quick", "quickly", "quickness"),
        ("happy", "happily", "happiness"),
        ("easy", "easily"),
        ("increase", "increasing", "increasingly"),
        ("political", "politically"),
        ("family", "families"),
        ("assembly", "assemblies"),
        ("reply", "replies", "replied"),
        ("ally", "allies", "allied"),
        ("wall", "walls", "walled", "wall's"),
        ("МОСТ", "мост"),
    ],
)
def test_words_of_one_family_share_a_root(family: tuple[str, ...]) -> None:
    assert len(set(map(root, family))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("bridge", "bride"), ("wall", "walk"), ("sea", "seal"), ("bee", "been"), ("ring", "sing"), ("her", "hers")],
)
def test_short_words_that_look_alike_do_not(one: str, other: str) -> None:
    assert root(one) != root(other)


@pytest.mark.parametrize(
    ("word", "says"),
    [("harbour", True), ("it", False), ("its", False), ("Those", False), ("ox", False), ("oxen", True), ("ÜBER", True)],
)
def test_little_words_say_nothing(word: str, says: bool) -> None:
    assert is_content(word) is says


def test_what_leans_on_a_sentence_before_says_little_by_itself() -> None:
    leaning = {word for word in OPENERS if len(word) <= 4 and word not in FUNCTION_WORDS}
    assert leaning <= {"here", "thus", "next", "also", "even"}


@pytest.mark.parametrize(
    ("term", "head"),
    [
        ("", ""), ("—", ""), ("bridge", "bridge"), ("wicker bridge", "bridge"), ("window of opportunity", "window"),
        ("march on Hask", "march"), ("of war", "war"), ("state of the state", "state"), ("cat in a hat", "cat"),
        ("man with a plan for rain", "man"), ("Of Mice", "Mice"),
    ],
)  # fmt: skip
def test_the_head_is_the_noun_before_the_first_preposition(term: str, head: str) -> None:
    assert head_of(term) == head


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("the paper fleet", "paper fleet"), ("A fleet", "fleet"), ("an oar", "oar"), ("THE FLEET", "FLEET"),
        ("“the fleet”", "fleet"), ("«fleet»", "fleet"), ("theatre", "theatre"), ("another", "another"), ("the", "the"),
        ("a the fleet", "the fleet"), ("", ""),
    ],
)  # fmt: skip
def test_one_article_and_outer_marks_are_taken_off(text: str, bare: str) -> None:
    assert without_article(text) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße", "STRASSE"), ("a  b", "a\nb"), ("A\u00a0B", "a b"), (" a ", "a"), ("ΜΎΛΟΣ", "μύλος"), ("ﬁn", "fin")],
)
def test_texts_that_read_the_same_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(st.text(max_size=60))
def test_folding_again_changes_nothing_and_leaves_single_spaces(text: str) -> None:
    once = folded(text)
    assert "  " not in once
    assert once == once.strip()
    assert folded(once) == once


@given(st.text(max_size=60))
def test_only_the_first_letter_is_raised(text: str) -> None:
    assert capitalised(text)[1:].endswith(text[1:])
    assert capitalised(capitalised(text)) == capitalised(text)


@given(st.text(alphabet="abcdefgisyn'’", min_size=1, max_size=14))
def test_a_root_is_a_beginning_of_its_word_and_is_never_empty(word: str) -> None:
    found = root(word)
    plain = word.replace("’", "'").removesuffix("'s").strip("'")
    assert plain.startswith(found)
    assert bool(found) is bool(plain)


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_roots_of_two_texts_together_are_those_of_both(one: str, other: str) -> None:
    assert content_roots(f"{one} {other}") == content_roots(one) | content_roots(other)


@given(st.sampled_from(["boat", "net", "hedge", "wall", "lamp", "quay"]), st.sampled_from(["", "old ", "the grey "]))
def test_a_plural_stays_one_whatever_stands_before_it(noun: str, before: str) -> None:
    assert ends_plural(f"{before}{noun}s")
    assert not ends_plural(f"{before}{noun}")
    assert ends_plural(f"{before}{noun}s of a {noun}")
