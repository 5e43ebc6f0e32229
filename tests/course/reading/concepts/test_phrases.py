"""Noun phrases by little words and endings, in invented sentences of three languages."""

from __future__ import annotations

import pytest

from course.reading.concepts.phrases import mark_nouns, named_places, phrases
from course.reading.concepts.tongues import Tongue, tongue_of
from tests.course.reading.concepts.parsing import reading_of


def tongue(code: str) -> Tongue:
    found = tongue_of(code)
    assert found is not None
    return found


def phrases_in(code: str, text: str) -> dict[str, set[str]]:
    """What is found, with what its making says of it."""
    reading = reading_of(text, is_tagged=False)
    mark_nouns(reading, tongue(code))
    found: dict[str, set[str]] = {}
    for sentence in reading.sentences:
        for first, last, notes in phrases(reading, sentence, tongue(code)):
            found.setdefault(reading.surface(first, last), set()).update(notes)
    return found


@pytest.mark.parametrize(
    ("code", "text", "phrase"),
    [
        ("fr", "La lande bleue dort sous un vent salé.", "lande bleue"),
        ("fr", "On y vend l'encre magique du vieux relieur.", "encre magique"),
        ("fr", "Chacun possède une lampe à huile.", "lampe à huile"),
        ("fr", "Ils ont fondé un conseil des dormeurs.", "conseil des dormeurs"),
        ("fr", "Les pêcheurs parlent de marée sourde.", "marée sourde"),
        ("fr", "Voilà un droit à dormir.", "droit à dormir"),
        ("fr", "Il craint les ombres-miroirs du port.", "ombres-miroirs"),
        ("es", "La barca muda sale con el viento salino.", "viento salino"),
        ("es", "Hablan de una deuda de sueño.", "deuda de sueño"),
        ("es", "Es el puente de Aldora.", "puente de Aldora"),
        ("de", "Der Kapitän fürchtet die stille Flut.", "stille Flut"),
        ("de", "Sie zahlen eine Nebelgebühr im Hafen.", "Nebelgebühr"),
        ("de", "Es geht um ein Wort: Schlafschulden.", "Schlafschulden"),
        ("de", "Verdunkelung hilft den Faltern.", "Verdunkelung"),
        ("de", "Man nennt es »flüsternde Steuer«.", "flüsternde Steuer"),
    ],
)
def test_a_phrase_is_found_where_it_opens_and_ends(code: str, text: str, phrase: str) -> None:
    assert phrase in phrases_in(code, text)


@pytest.mark.parametrize(
    ("code", "text", "phrase"),
    [
        ("fr", "La barque traverse trois lacs.", "barque traverse"),
        ("fr", "Les barques tournent au large.", "barques tournent"),
        ("fr", "Il est temps de dormir ici.", "dormir"),
        ("fr", "L'envie de dormir revient.", "envie de dormir"),
        ("fr", "Vingt-six barques sont parties de vingt-six ports.", "vingt-six"),
        ("fr", "Elle dit « nous ne dormons pas ».", "nous ne dormons pas"),
        ("es", "La barca cruza el lago.", "barca cruza"),
        ("es", "Los remeros cantan por la noche.", "remeros cantan"),
        ("es", "Le acusan de dormir mucho.", "dormir"),
        ("de", "Gestern schliefen alle.", "Gestern"),
        ("de", "Er sagt: »Wir haben keine Angst«.", "Wir haben keine Angst"),
    ],
)
def test_verbs_numbers_and_clauses_are_none(code: str, text: str, phrase: str) -> None:
    assert phrase not in phrases_in(code, text)


def test_a_participle_with_more_behind_it_is_held_loosely() -> None:
    assert phrases_in("fr", "Une taxe votée en avril dort.")["taxe votée"] == {"loose"}
    assert phrases_in("fr", "Une taxe votée dort.")["taxe votée"] == set()


def test_a_link_that_is_no_genitive_and_an_article_behind_it_are_noted() -> None:
    found = phrases_in("fr", "Le moulin à vent et le toit de la grange.")
    assert found["moulin à vent"] == {"prep", "linked"}
    assert found["toit de la grange"] == {"linked", "linked_article"}


@pytest.mark.parametrize(
    ("code", "text", "named"),
    [
        ("fr", "Les marins appellent cela la marée sourde.", "marée"),
        ("fr", "On parle plus volontiers de brume.", "brume"),
        ("es", "A eso lo llaman la deriva.", "deriva"),
        ("es", "La prueba se conoce como calma chicha.", "calma"),
        ("de", "Ökonomen nennen das eine Nebelwirtschaft.", "Nebelwirtschaft"),
        ("de", "Der Fachbegriff dafür lautet Schlafraub.", "Schlafraub"),
        ("de", "Sie sprechen hier von stiller Flut.", "stiller"),
    ],
)
def test_a_cue_leads_to_the_first_word_of_what_it_names(code: str, text: str, named: str) -> None:
    reading = reading_of(text, is_tagged=False)
    places = [at for sentence in reading.sentences for at in named_places(reading, sentence, tongue(code))]
    assert [reading.words[at] for at in places] == [named]
