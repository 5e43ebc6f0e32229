"""Languages without a tagger: names, quotations and what comes back, and nothing that a list of words would know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.concepts.plain import plain_candidates
from course.reading.outline import ConceptKind
from tests.course.reading.concepts.articles import concepts_in, terms_in
from tests.course.reading.concepts.parsing import reading_of


def found_in(text: str) -> dict[str, tuple[dict[str, float], bool]]:
    """The features of each candidate and whether it is a name, by its key."""
    return {
        " ".join(each.key): (features, is_name)
        for each, features, is_name in plain_candidates(reading_of(text, is_tagged=False))
    }


@pytest.mark.parametrize(
    ("text", "key", "features"),
    [
        ("El «puente ciego» es viejo.", "puente ciego", {"quoted", "phrase", "n2"}),
        ("Le vieux port dort. Le vieux port rêve.", "vieux port", {"phrase", "n2", "recurring"}),
        ("Hier schläft der Anna-Berg heute.", "anna-berg", {"all_name", "phrase", "single", "hyphen"}),
        ("Sie sah gestern Anna Berg.", "anna berg", {"all_name", "phrase", "n2"}),
        ("Старый порт спит. Наш старый порт.", "старый порт", {"phrase", "n2", "recurring"}),
        ("Порт. Порт. Порт.", "порт", {"phrase", "single", "recurring"}),
    ],
)
def test_a_candidate_says_why_it_is_one(text: str, key: str, features: set[str]) -> None:
    assert found_in(text)[key][0].keys() == features


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Le vieux port dort.", "vieux port"),
        ("Порт. Порт.", "порт"),
        ("a b c. a b c.", "a b c"),
        ("Le vieux port 1911. Le vieux port 1911.", "port 1911"),
        ("El «de la» es viejo.", "de la"),
        ("El «puente ciego es viejo.", "puente ciego"),
        ("Le vieux port, rêve. Le vieux port, rêve.", "port rêve"),
    ],
)
def test_what_stands_once_is_short_crosses_a_mark_or_is_a_number_is_none(text: str, key: str) -> None:
    assert key not in found_in(text)


def test_how_often_it_comes_back_counts_up_to_six_times() -> None:
    weights = [
        found_in("Le château fortifié dort. " * times)["château fortifié"][0]["recurring"] for times in (2, 4, 6, 9)
    ]
    assert weights == [2 / 1.5, 4 / 1.5, 4.0, 4.0]


def test_where_all_nouns_have_capitals_only_two_together_make_a_name() -> None:
    german = found_in("Der Hafen und die Mauer. Nun kommt Anna Berg. Der Hafen bleibt und die Mauer fällt.")
    assert {key for key, (_features, is_name) in german.items() if is_name} == {"anna berg"}
    french = found_in("Le port de Senn est vieux et personne ne le visite plus depuis que la route est longue.")
    assert french["senn"][1]


@pytest.mark.parametrize("language", ["it", "ru", "el", "tr", "fi", "xx", ""])
def test_a_name_a_quotation_and_a_phrase_that_comes_back_are_found_in_any_of_them(language: str) -> None:
    text = "mu tabole «selka voron» mu Anna Berg. mu tabole drina ne. mu tabole drina ve.\n"
    found = {concept.term: concept.kind for concept in concepts_in(text, language=language)}
    assert found["Anna Berg"] is ConceptKind.NAME
    assert {"selka voron", "tabole drina"} <= found.keys()


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("hi", "काँच की चक्की टूट गई। सब काँच की चक्की भूल गए। काँच की चक्की।", "चक्की"),
        ("ar", "طاحونة الزجاج قديمة. نسي الناس طاحونة الزجاج.", "طاحونة الزجاج"),
        ("el", "Ο γυάλινος μύλος έπεσε. Ο γυάλινος μύλος.", "γυάλινος μύλος"),
        ("uk", "Скляний млин згорів. Де ж скляний млин?", "скляний млин"),
    ],
)
def test_what_comes_back_is_found_in_any_script(language: str, text: str, term: str) -> None:
    assert term in [each.lower() for each in terms_in(text, language=language)]


PIECES = st.sampled_from(
    ["порт", "Senn", "vieux", "«", "»", "“", "”", ".", ",", "de", "1911", "Anna", "-", "port", "\n", "च"]
)


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_every_candidate_is_mentioned_where_it_was_found_and_has_a_reason(text: str) -> None:
    reading = reading_of(text, is_tagged=False)
    found = plain_candidates(reading)
    assert len({each.key for each, _features, _is_name in found}) == len(found)
    for each, features, is_name in found:
        assert each.mentions
        assert {tuple(reading.stems[first:last]) for first, last in each.mentions} == {each.key}
        assert features.keys() & {"quoted", "all_name", "recurring", "hyphen"}
        assert not is_name or "all_name" in features
