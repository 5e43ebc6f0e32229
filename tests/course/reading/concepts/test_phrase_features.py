"""What speaks for a phrase in French, German and Spanish, and that cues bring it to the top."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.concepts.phrase_features import phrase_candidates
from course.reading.concepts.tongues import SPOKEN, tongue_of
from tests.course.reading.concepts.articles import concepts_in, terms_in
from tests.course.reading.concepts.parsing import reading_of


def features_in(code: str, text: str) -> dict[str, dict[str, float]]:
    """The features of each candidate by its surface."""
    tongue = tongue_of(code)
    assert tongue is not None
    reading = reading_of(text, is_tagged=False)
    found = phrase_candidates(reading, tongue, title="")
    return {reading.surface(*each.found[0]): features for each, features, _is_name in found}


@pytest.mark.parametrize(
    ("code", "text", "phrase", "features"),
    [
        (
            "fr",
            "Ils parlent de marée sourde, c'est-à-dire d'un flot sans bruit.",
            "marée sourde",
            {"naming", "defined"},
        ),
        ("fr", "C'est comme une lampe sourde.", "lampe sourde", {"framing", "indefinite", "clause_end"}),
        ("fr", "Ils ont une ancienne barque.", "ancienne barque", {"generic_adjective"}),
        ("fr", "Ils comptent la semaine.", "semaine", {"time", "single"}),
        ("es", "La llaman deriva quieta, una calma que nadie mide.", "deriva quieta", {"naming_exact", "defined"}),
        ("de", "Das ist eine Nebelgebühr, also Geld für nichts.", "Nebelgebühr", {"compound", "defined"}),
        ("de", "Es geht um die Nebelsteuer. So heißt das Geld.", "Nebelsteuer", {"naming", "naming_exact"}),
        ("de", "Ein Brauch, der stille Woche heißt.", "stille Woche", {"naming_exact", "time", "jn"}),
        ("de", "Er wohnt im Haus.", "Haus", {"single", "clause_end"}),
    ],
)
def test_a_phrase_has_the_features_of_its_making_and_its_place(
    code: str, text: str, phrase: str, features: set[str]
) -> None:
    assert features <= features_in(code, text)[phrase].keys()


def test_features_come_in_the_same_order_in_every_process() -> None:
    found = features_in("fr", "Ils parlent de marée sourde, c'est-à-dire d'un flot sans bruit.")["marée sourde"]
    said = [name for name in found if name not in {"hapax", "title", "recurring", "worn"}]
    assert len(said) > 2
    assert said == sorted(said)


def test_a_person_is_judged_as_a_name_without_cues_of_definition() -> None:
    found = features_in("fr", "Hier parle Odile Varenne, une relieuse qui dort peu.")["Odile Varenne"]
    assert {"all_name", "person"} <= found.keys()
    assert not {"defined", "apposed"} & found.keys()
    assert "organisation" in features_in("fr", "Voici le Conseil Varenne du port.")["Conseil Varenne"]


@pytest.mark.parametrize(
    ("code", "text", "term"),
    [
        ("fr", "Le port dort. Les pêcheurs appellent cela la marée sourde, un flot sans bruit.", "marée sourde"),
        ("es", "El puerto duerme. Los remeros hablan de deriva quieta, una calma que pesa.", "deriva quieta"),
        ("de", "Der Hafen schläft. Fachleute nennen das Nebelwirtschaft, also Handel.", "Nebelwirtschaft"),
    ],
)
def test_what_a_text_names_and_explains_comes_first(code: str, text: str, term: str) -> None:
    assert terms_in(text, language=code)[0] == term


def test_a_definition_in_the_language_is_quoted() -> None:
    text = "Fachleute nennen das Nebelwirtschaft, also Handel ohne Sicht."
    found = {each.term: each.definition for each in concepts_in(text, language="de")}
    assert found["Nebelwirtschaft"] is not None


def test_compounds_do_not_share_the_few_places_of_single_words() -> None:
    lasts = ("gebühren", "schatten", "meister", "kammern")
    nouns = [f"{first}{last}" for first in ("Nebel", "Schlaf", "Hafen", "Silber") for last in lasts]
    text = "\n".join(f"Sie reden über den {noun} und gehen." for noun in nouns)
    assert set(nouns) <= set(terms_in(text, language="de"))


WORDS = st.sampled_from(
    ["la", "der", "el", "d'", "de", "barque", "Nebel", "«", "»", ".", ":", ",", "appellent", "1911", "ung"]
)


@given(st.lists(WORDS, max_size=30).map(" ".join), st.sampled_from(SPOKEN))
def test_every_candidate_is_mentioned_where_its_key_stands(text: str, code: str) -> None:
    tongue = tongue_of(code)
    assert tongue is not None
    reading = reading_of(text, is_tagged=False)
    found = phrase_candidates(reading, tongue, title="")
    assert len({each.key for each, _features, _is_name in found}) == len(found)
    for each, _features, _is_name in found:
        assert {tuple(reading.stems[first:last]) for first, last in each.mentions} == {each.key}
