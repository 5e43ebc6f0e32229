"""One sentence for each cue and each demotion."""

from __future__ import annotations

import pytest

from course.reading.concepts.candidates import Candidate, candidates
from course.reading.concepts.features import Features, features
from course.reading.concepts.grammar import kinds_of
from course.reading.concepts.lexicon import english_lexicon
from course.reading.concepts.setting import Setting, is_name, setting
from course.reading.concepts.tagger import english_tagger
from course.reading.concepts.tokens import read
from course.reading.outline import PassageKind
from tests.course.reading.concepts.articles import passages_of


def judged(text: str, *, title: str = "", headings: tuple[str, ...] = ()) -> tuple[list[Candidate], Setting]:
    lexicon, tagger = english_lexicon(), english_tagger()
    kinds_by_line = dict.fromkeys(headings, PassageKind.HEADING)
    reading = read(text, passages=passages_of(text, kinds_by_line), tagger=tagger)
    kinds = kinds_of(reading, lexicon=lexicon, tagger=tagger)
    found = candidates(reading, kinds=kinds, lexicon=lexicon)
    return found, setting(reading, kinds=kinds, lexicon=lexicon, tagger=tagger, title=title)


def features_of(term: str, text: str, *, title: str = "", headings: tuple[str, ...] = ()) -> Features:
    found, given = judged(text, title=title, headings=headings)
    by_surface = {given.reading.surface(*each.found[0]).lower(): each for each in found}
    return features(by_surface[term], given)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("paper bleach", "The student called it a paper bleach."),
        ("quay time", "They call it quay time here."),
        ("goldfish bowl", "The young call the result the goldfish bowl."),
        ("photobiont", "The green partner, known as the photobiont, makes sugar."),
        ("lichenometry", "The method goes by the name of lichenometry."),
        ("hydraulic blackmail", "Newspapers spoke darkly of hydraulic blackmail that spring."),
        ("fig leaf", "She described their work as a fig leaf."),
        ("owl", "He is referred to in the markets as the owl."),
        ("golden hour", "She brought the notion of a golden hour."),
        ("black week", "It is remembered in the village as the black week."),
        ("rubber budget", "This is a so-called rubber budget."),
        ("silent run", "The staff have a name for it, a silent run."),
        ("failure tourism", "Failure tourism, Baptiste calls that."),
        ("cryptobiosis", "Biologists call this state cryptobiosis."),
    ],
)
def test_a_naming_cue_is_seen(term: str, text: str) -> None:
    assert features_of(term, text)["naming"] == 1.0


def test_the_thing_that_gets_the_name_is_not_the_name() -> None:
    assert "naming" not in features_of("method", "The method goes by the name of lichenometry.")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("drought clause", "There was a drought clause, meaning a rule for dry years."),
        ("policy rate", "The lever is the policy rate, which is the interest on loans."),
        ("storage fee", "It asks for a storage fee, which is to say a payment for waiting."),
        ("busywork", "Homework is busywork, in other words an occupation."),
        ("moral hazard", "You breed moral hazard, the recklessness of the rescued."),
        ("blind purse", "He asked for a “blind purse”, a design in which nobody looks."),
        ("treadmill fallacy", "It was the treadmill fallacy: the belief that running helps."),
        ("slow bond", "A slow bond means that nobody is paid."),
    ],
)
def test_an_explanation_after_the_term_is_seen(term: str, text: str) -> None:
    assert features_of(term, text)["defined"] == 1.0


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("kremlin puppet", "The west tends to view him as a Kremlin puppet."),
        ("peacemaker", "He intends to play the role of peacemaker now."),
        ("paper tiger", "The option is a paper tiger."),
        ("siege mentality", "The country suffers from a siege mentality."),
        ("ghost town", "The rule turned the place into a ghost town."),
    ],
)
def test_something_described_as_the_term_is_seen(term: str, text: str) -> None:
    assert features_of(term, text)["framing"] == 1.0


def test_an_apposition_counts_less_than_an_explanation() -> None:
    found = features_of("knockers", "They listen for the knockers, the small spirits of the mine.")

    assert (found["apposed"], "defined" in found) == (1.0, False)


def test_no_cue_reaches_into_the_next_passage() -> None:
    found = features_of("rust hedge", "The rust hedge\n, meaning a wall, is old.", headings=("The rust hedge",))

    assert not {"defined", "apposed", "not_right"} & found.keys()


@pytest.mark.parametrize(
    ("feature", "term", "text"),
    [
        ("coined", "ferry-goat divide", "There is a ferry-goat divide."),
        ("coined_ending", "danube-style commissions", "It borrowed from Danube-style commissions."),
        ("hyphen", "key-holder economy", "It lives in a key-holder economy."),
        ("agent", "troublemaker", "He was a troublemaker to them."),
        ("rare_head", "zorbleness", "It had a certain zorbleness."),
        ("quoted", "blind purse", "He asked for a “blind purse” again."),
        ("indefinite", "velvet cage", "It was also a new velvet cage."),
        ("clause_end", "velvet cage", "Nobody opened the velvet cage."),
        ("image_both", "paper tiger", "They saw the paper tiger."),
        ("physical_pair", "velvet cage", "They saw the velvet cage."),
        ("image_new", "velvet cage", "They saw the velvet cage."),
        ("organisation", "arun basin council", "They wrote to the Arun Basin Council today."),
        ("common_name", "black winter", "They recall the Black Winter still."),
        ("prep", "scar with flowers", "The heath is a scar with flowers."),
        ("n3", "poor man's barometer", "They drew up a poor man's barometer of the air."),
    ],
)
def test_what_speaks_for_a_term_is_seen(feature: str, term: str, text: str) -> None:
    assert features_of(term, text)[feature] == 1.0


@pytest.mark.parametrize(
    ("feature", "term", "text"),
    [
        ("single", "landing", "They saw the landing."),
        ("generic", "national question", "They saw the national question."),
        ("generic_adjective", "new lamp", "They saw the new lamp."),
        ("evaluation", "harsh reality", "They face a harsh reality."),
        ("number", "eleven lamps", "They bought eleven lamps."),
        ("time", "winter evening", "It was a winter evening."),
        ("person", "jonas albrecht", "They met Jonas Albrecht there."),
        ("person", "spokesman dale whitcomb", "They heard spokesman Dale Whitcomb there."),
        ("surname", "jonas albrecht", "They met Jonas Albrecht there. They say Albrecht left."),
        ("all_name", "senn", "They live in Senn now."),
        ("cut_name", "basin council", "They wrote to the Arun Basin Council today."),
        ("not_left", "fee", "They pay the storage fee."),
        ("not_right", "storage", "They pay the storage fee."),
        ("goes_on", "pendulum", "They saw the pendulum of politics."),
        ("verb_like", "storm breaks", "They ran before the storm breaks it."),
        ("verb_like", "tide goes", "They wait when the tide goes."),
        ("verb_like", "villages mirroring", "They hear the villages mirroring nothing."),
        ("verbal", "expected grief", "They had expected grief and rain."),
    ],
)
def test_what_speaks_against_a_term_is_seen(feature: str, term: str, text: str) -> None:
    assert features_of(term, text)[feature] == 1.0


def test_a_metaphor_with_a_generic_head_is_not_generic() -> None:
    assert "generic" not in features_of("borrowed time", "It lives on borrowed time.")


def test_names_get_no_cue_of_definition() -> None:
    found = features_of("anna berg", "She is known as Anna Berg, a student, which is to say a learner.")

    assert not {"naming", "naming_exact", "framing", "defined", "apposed"} & found.keys()


def test_the_words_of_the_title_and_of_headings_are_seen() -> None:
    text = "A rust hedge\nThey saw the rust hedge."

    assert features_of("rust hedge", text, title="The rust hedge of Senn", headings=("A rust hedge",)).items() >= {
        ("heading", 1.0),
        ("title", 1.0),
    }


def test_words_found_nowhere_else_are_counted() -> None:
    assert features_of("rust hedge", "They saw the rust hedge. A hedge is green.")["hapax"] == 0.5


def test_what_comes_back_is_counted_and_levels_off() -> None:
    twice = features_of("rust hedge", "The rust hedge moves. They saw the rust hedge.")
    often = features_of("rust hedge", "They saw the rust hedge. " * 40)

    assert (twice["recurring"], often["recurring"]) == (1.0, 3.0)


def test_a_phrase_with_a_worn_word_is_told_apart() -> None:
    assert features_of("harbour wall", "They saw the harbour. " * 6 + "They saw the harbour wall.")["worn"] == 1.0


def test_a_name_is_one_only_if_it_is_written_so_everywhere() -> None:
    found, given = judged("They saw Iron Will there. They saw an iron will there.")
    will = next(each for each in found if each.key == ("iron", "will"))

    assert not is_name(will, given)


def test_every_feature_that_can_be_found_has_a_weight() -> None:
    text = "They call it the rust hedge, meaning a wall. He had a new “blind purse”. Jonas Albrecht left."
    found, given = judged(text)

    for candidate in found:
        assert features(candidate, given).keys() <= given.lexicon.weights.keys()
