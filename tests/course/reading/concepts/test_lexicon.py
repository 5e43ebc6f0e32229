"""The data files: loaded whole, general, and separable from what they are tested on."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from course.reading.concepts.lexicon import english_lexicon

DATA = files("course.reading.concepts") / "data"


@pytest.mark.parametrize("name", ["weights.json", "cues.json", "words.json", "de.json", "es.json", "fr.json"])
def test_a_data_file_has_a_version(name: str) -> None:
    assert json.loads((DATA / name).read_text(encoding="utf-8"))["version"] == 1


def test_striking_words_leaves_all_others() -> None:
    lexicon = english_lexicon()
    struck = lexicon.without(["Curtains", "soft", "style"])

    assert lexicon.images - struck.images == {"curtain"}
    assert lexicon.image_adjectives - struck.image_adjectives == {"soft"}
    assert lexicon.coined_endings - struck.coined_endings == {"style"}
    assert struck.weights == lexicon.weights


def test_no_list_holds_a_phrase() -> None:
    lexicon = english_lexicon()

    for words in (lexicon.images, lexicon.image_adjectives, lexicon.generic, lexicon.organisations):
        assert not any(" " in word for word in words)


def test_demotions_weigh_against_and_cues_weigh_for() -> None:
    weights = english_lexicon().weights

    assert all(weights[name] > 0 for name in ("naming", "defined", "quoted", "coined", "image_both", "organisation"))
    assert all(weights[name] < 0 for name in ("generic", "fragment", "person", "time", "number", "crowded"))


@pytest.mark.parametrize("words", [[], ["zorb"], ["the"], [""]])
def test_striking_what_no_list_holds_changes_nothing(words: list[str]) -> None:
    assert english_lexicon().without(words) == english_lexicon()


def test_striking_a_plural_strikes_its_singular() -> None:
    struck = english_lexicon().without(["Councils"])

    assert english_lexicon().organisations - struck.organisations == {"council"}
