from __future__ import annotations

import pytest

from course.reading.languages import language_of

GERMAN = "Der Hafen lag still, und niemand wusste, wem der Kran gehörte. Man schrieb Briefe, auf die keine Antwort kam."
FRENCH = "Le port était calme, et personne ne savait à qui appartenait la grue. On écrivait des lettres sans réponse."
SPANISH = "El puerto estaba tranquilo y nadie sabía de quién era la grúa. Se escribían cartas que nadie contestaba."
ENGLISH = "The harbour was calm, and nobody knew who owned the crane. Letters were written that no one ever answered."


@pytest.mark.parametrize(("text", "code"), [(GERMAN, "de"), (FRENCH, "fr"), (SPANISH, "es"), (ENGLISH, "en")])
def test_the_language_of_a_paragraph_is_told(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "Menu", "12 34", "Lorem"])
def test_a_text_too_short_to_tell_counts_as_english(text: str) -> None:
    assert language_of(text) == "en"


def test_another_script_is_told_from_few_words() -> None:
    assert language_of("Порт был тихим, и никто не знал, чей это кран.") in {"ru", "bg", "uk", "mk"}
