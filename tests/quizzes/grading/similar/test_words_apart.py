"""Words are told apart however they were typed, a slip is no other word, and order of references decides nothing."""

from __future__ import annotations

import unicodedata
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading.similar.asked import MOST_REFERENCES, Asked, asked
from quizzes.grading.similar.features import features
from quizzes.grading.similar.guards import Case, objections, script_of
from quizzes.grading.similar.neighbours import Neighbour, same_answer, undisputed
from quizzes.grading.similar.texts import harmonic, is_slip, read, share
from quizzes.grading.similar.vocabulary import falsity, negations, opposites, stem, turns
from quizzes.grading.similarity import judge
from quizzes.questions.signs import INVISIBLE

LONG = (
    "The keeper lights the lamp in the tower every evening before the boats come home, because the rocks below the "
    "harbour wall lie under water at high tide and nobody on board can see them."
)
WORDS = sorted(set(read(LONG).words))
ENGLISH = "letter window summer garden market bridge winter people doctor number travel morning village".split()
REFERENCES = (
    "The wind was too strong to cross the bay.",
    "Its engine had lost 40 litres of oil.",
    "It was not allowed to leave the harbour.",
)
words = st.sampled_from([*WORDS, "not", "never", "40", "wrong", "B"])
sentences = st.lists(words, min_size=1, max_size=9).map(" ".join)
shares = st.just(0.0) | st.floats(1e-6, 1)
graded_texts = st.lists(
    st.tuples(st.sampled_from([LONG, LONG.upper(), "Fog", "A gale", "fog!"]), st.sampled_from([0.0, 0.5, 1.0]))
)


def question(*references: str) -> Asked:
    return asked("Why did the ferry stay in the harbour?", references or REFERENCES)


@pytest.mark.parametrize(
    ("word", "of", "is_one"),
    [
        ("keeper", "keeper", True),
        ("keepers", "keeper", True),
        ("lighted", "light", True),
        ("keepr", "keeper", True),
        ("harbuor", "harbour", True),
        ("lantren", "lantern", True),
        ("deeper", "keeper", False),
        ("night", "light", False),
        ("bay", "day", False),
        ("teh", "the", False),
        ("increases", "decreases", False),
        ("upper", "lower", False),
        ("not", "now", False),
        ("never", "ever", False),
        ("40", "41", False),
        ("1974", "1947", False),
    ],
)
def test_a_slip_makes_no_other_word(word: str, of: str, is_one: bool) -> None:
    assert is_slip(word, of) is is_one


@given(st.sampled_from(WORDS), st.sampled_from([*ENGLISH, *WORDS]))
def test_one_word_of_english_in_the_place_of_another_makes_another_answer(word: str, other: str) -> None:
    changed = " ".join(other if each == word else each for each in read(LONG).words)
    same = same_answer(read(changed), [Neighbour(LONG, 1.0)])
    assert (same is not None) == (stem(word) == stem(other))


@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for one in sorted(opposites()) for other in sorted(opposites()[one])]
)
def test_no_word_is_a_slip_of_its_opposite(one: str, other: str) -> None:
    assert not is_slip(one, other)


@given(graded_texts)
def test_the_order_in_which_people_graded_decides_nothing(graded: list[tuple[str, float]]) -> None:
    neighbours = [Neighbour(*each) for each in graded]
    for text in (LONG, "fog", "a gale", "snow"):
        there, back = (same_answer(read(text), each) for each in (neighbours, neighbours[::-1]))
        assert (there and there.fraction) == (back and back.fraction)
    assert {read(each).words for each in undisputed(neighbours)} == {
        read(each).words for each in undisputed(neighbours[::-1])
    }


@given(st.lists(st.sampled_from(["Fog", "fog", "FOG.", "A gale"]), max_size=5), st.sampled_from([0.0, 0.5]))
def test_what_one_person_found_less_than_right_is_no_model_answer(texts: list[str], less: float) -> None:
    graded = [Neighbour(text, 1.0) for text in texts]
    assert undisputed(graded) == texts
    assert "fog" not in {each.strip(".").lower() for each in undisputed([*graded, Neighbour("fog", less)])}


@given(text=sentences, sign=st.sampled_from(sorted(INVISIBLE)), place=st.integers(0, 60))
def test_no_sign_that_nobody_sees_parts_a_word(text: str, sign: str, place: int) -> None:
    assert read(text[:place] + sign + text[place:]).words == read(text).words


@pytest.mark.parametrize("mark", "’‘ʼ′`´'")
def test_not_is_not_whichever_apostrophe_shortens_it(mark: str) -> None:
    assert read(f"It wasn{mark}t there, it can{mark}t be").negated == 2


@given(text=st.text(alphabet="aéöñ ’fiﬁＡ１…", max_size=20))
def test_how_letters_are_composed_changes_no_word(text: str) -> None:
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC")]
    assert len({read(form).words for form in forms}) == 1
    assert read(text.upper().lower()).words == read(text.lower()).words


@given(sentences)
def test_a_text_is_its_own_likest(text: str) -> None:
    found = read(text)
    assert found.contents <= found.all_stems
    assert set(found.content) == set(found.contents)
    assert len(found.concepts) <= len(found.contents)
    assert read(found.raw.title()).stems == found.stems
    assert read(f"{text} {text}").negated == 2 * found.negated


@given(shares, shares)
def test_a_harmonic_mean_lies_between_and_is_nothing_where_either_is(one: float, other: float) -> None:
    mean = harmonic(one, other)
    assert mean == harmonic(other, one)
    assert mean == 0 if min(one, other) == 0 else min(one, other) * (1 - 1e-9) <= mean <= max(one, other) * (1 + 1e-9)
    assert share(one, 0) == 0


ORDERLESS = [name for name in features(question(), read("strong wind")) if name != "references"]


@pytest.mark.parametrize("answer", ["strong wind", "oil was lost", "it was never allowed to leave", "40 litres"])
def test_the_order_of_the_model_answers_decides_nothing(answer: str) -> None:
    judged = []
    for references in permutations(REFERENCES):
        here = question(*references)
        judged.append(judge(here, answer))
    assert {round(each.probability, 9) for each in judged} == {round(judged[0].probability, 9)}
    assert {tuple(each.objections) for each in judged} == {tuple(judged[0].objections)}
    assert {name: judged[0].features[name] for name in ORDERLESS} == pytest.approx(
        {name: judged[-1].features[name] for name in ORDERLESS}
    )


@given(answer=sentences)
@settings(max_examples=60, deadline=None)
def test_whatever_is_answered_has_a_probability_and_named_objections(answer: str) -> None:
    here = question()
    judged = judge(here, answer)
    assert 0 <= judged.probability <= 1
    assert judged.suggested in (0.0, 1.0)
    assert judged.fraction in (0.0, 1.0, None)
    assert judged.fraction != 1.0 or (judged.suggested == 1.0 and not judged.objections)
    assert judged.fraction != 0.0 or judged.suggested == 0.0
    assert judged.objections == objections(Case(here, here.read(answer)))
    assert all(said.endswith((".", ":")) for said in judged.path(True))


@given(answer=sentences, more=st.sampled_from(REFERENCES))
@settings(max_examples=40, deadline=None)
def test_a_model_answer_said_twice_counts_no_more_than_once_said_among_several(answer: str, more: str) -> None:
    once, twice = judge(question(*REFERENCES), answer), judge(question(*REFERENCES, more), answer)
    for name in ("recall", "f1", "weighed_recall", "letters_ratio", "rarest_said", "soft_recall"):
        assert twice.features[name] == pytest.approx(once.features[name])


def test_references_beyond_the_most_that_count_change_nothing() -> None:
    many = tuple(f"{REFERENCES[0]} {number}" for number in range(MOST_REFERENCES))
    assert judge(question(*many), "strong wind") == judge(question(*many, "zebras", "lions"), "strong wind")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("wind", "latin"), ("ветер", "cyrillic"), ("άνεμος", "greek"), ("風", "other"), ("ветер wind", "cyrillic"),
        ("wind и", "latin"), ("1974 !", ""), ("", ""), ("naïve Łódź", "latin"), ("ру́сский", "cyrillic"),
    ],
)  # fmt: skip
def test_a_script_is_what_most_letters_are_of(text: str, script: str) -> None:
    assert script_of(text) == script


def test_what_turns_a_statement_round_denies_it_in_no_word() -> None:
    alone = {each[0] for each in turns() if len(each) == 1}
    assert alone
    assert not alone & (negations() | falsity())
    assert len(set(turns())) == len(turns())
    assert all(each == tuple(read(" ".join(each)).words) for each in turns())
