"""Why a concept is suggested, in plain words for the instructor."""

from __future__ import annotations

from collections.abc import Mapping

from course.reading.concepts.features import Features

_SAID = (
    ("naming", "The text introduces it as a name for something."),
    ("defined", "The text goes on to explain it."),
    ("quoted", "It stands in quotation marks."),
    ("coined", "It is a word the author put together."),
    ("coined_ending", "It is a word the author put together."),
    ("agent", "It is a compound word that describes a role or an activity."),
    ("heading", "It stands in a heading."),
    ("organisation", "It is the name of an organisation, an office or an event."),
    ("image_both", "It is an image made of two concrete words."),
    ("physical_pair", "It pairs a sensory word with a concrete thing: often a figure of speech."),
    ("image_new", "It is a concrete image used only here in the article."),
    ("rare_head", "It is a rare word."),
    ("recurring", "It comes up more than once."),
    ("framing", "Something is described as it."),
    ("apposed", "An explanation may follow it."),
    ("all_name", "It is a name."),
)
_PLAIN = "It is a phrase of its own in this article."
_MOST = 3


def said_for(*features: str) -> frozenset[str]:
    """The sentences that these features are told in."""
    return frozenset(sentence for name, sentence in _SAID if name in features)


def reasons(features: Features, *, weights: Mapping[str, float]) -> tuple[str, ...]:
    """One to three full sentences, the features that weigh most first; the same features give the same sentences."""
    order = {name: place for place, (name, _) in enumerate(_SAID)}
    said = dict(_SAID)
    present = [name for name, value in features.items() if name in said and value > 0]
    present.sort(key=lambda name: (-weights.get(name, 0.0), order[name]))
    sentences = list(dict.fromkeys(said[name] for name in present))
    return tuple(sentences[:_MOST]) or (_PLAIN,)
