"""How much an answer says of what was asked for: overlap in which words of the question hardly count.

A question often tells a story before it asks. What the sentence that asks says costs nothing to repeat; what the story
says has to be picked from it; what neither says is the learner's own. Recall, precision and Tversky's index over words
that are weighed so tell right answers from wrong ones better than the same figures over words that all count alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from math import fsum, log

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from quizzes.grading.similar.asked import Asked, Reference
from quizzes.grading.similar.texts import Text, harmonic, share
from quizzes.grading.similar.vocabulary import rarity

Figures = dict[str, float]
MOST = 5.0
"""Weight of words beyond which more of them say no more."""
BEYOND, DOUBT = 0.2, (0.15, 0.5)
"""Tversky's beta (1977), how much what only the answer has counts against it; and what is added above and below, so
that one word of one is less than five of five (Laplace)."""
UNLIKE = 0.5
"""Likeness of two words (Indel) that counts for nothing; it counts in proportion from there to 1."""
_likeness = Indel.normalized_similarity


def weighed(question: Asked, answer: Text) -> Figures:
    """Over words weighed by what they say: each the best over all references, some the mean or over their union."""
    compared = [_weighed(question, answer, reference) for reference in question.references]
    given, weight = answer.concepts, partial(_weight, question)
    found = {name: max(each[name] for each in compared) for name in compared[0]}
    return found | {
        "weighed_recall_mean": fsum(each["weighed_recall"] for each in compared) / len(compared),
        "weighed_recall_of_union": share(weight(given & question.concepts), weight(question.concepts)),
        "weighed_outside": min(weight(given - question.concepts), MOST),
        "weighed_answer": min(weight(given), MOST),
        "from_asking": share(len(given & question.asking.concepts), len(given)),
        "from_scene": share(len(given & question.scene), len(given)),
    }


def unasked(question: Asked, answer: Text) -> Figures:
    """Over what the sentence that asks does not have, whatever leads up to it has; the best over all references."""
    compared = [_unasked(question.asking, answer, reference.text) for reference in question.references]
    return {name: max(each[name] for each in compared) for name in compared[0]}


def _weighed(question: Asked, answer: Text, reference: Reference) -> Figures:
    given, wanted, weight = answer.concepts, reference.text.concepts, partial(_weight, question)
    hit, missed, extra = weight(wanted & given), weight(wanted - given), weight(given - wanted)
    above, below = DOUBT
    clauses = [share(weight(each & given) + 0.1, weight(each) + 0.2) for each in reference.text.clauses or (wanted,)]
    return {
        "weighed_recall": share(hit, hit + missed),
        "weighed_precision": share(hit, hit + extra),
        "weighed_tversky": (hit + above) / (hit + missed + BEYOND * extra + below),
        "weighed_soft_recall": share(_soft(question, wanted, given), hit + missed),
        "weighed_hits": min(hit, MOST),
        "weighed_misses": -min(missed, MOST),
        "weighed_worst_miss": -max(map(question.weight, wanted - given), default=0.0),
        "weighed_worst_clause": min(clauses),
        "weighed_mean_clause": fsum(clauses) / len(clauses),
        "new_odds": _odds(reference.new, given),
    }


def _odds(new: frozenset[str], given: frozenset[str]) -> float:
    """The logarithm of what is said to what is not, of what the whole question does not name."""
    return log((_rarity(new & given) + 0.5) / (_rarity(new - given) + 0.5))


def _soft(question: Asked, wanted: frozenset[str], given: frozenset[str]) -> float:
    """The weight of the wanted words, each in proportion to how like it the most similar given one is."""
    return fsum(question.weight(word) * (1.0 if word in given else _nearness(word, given)) for word in wanted)


def _nearness(word: str, given: frozenset[str]) -> float:
    likeness = max((_likeness(word, other) for other in given), default=0.0)
    return max(0.0, likeness - UNLIKE) / (1 - UNLIKE)


def _unasked(asking: Text, answer: Text, reference: Text) -> Figures:
    given, wanted = answer.concepts - asking.concepts, reference.concepts - asking.concepts or reference.concepts
    letters, wanted_letters = answer.trigrams - asking.trigrams, reference.trigrams - asking.trigrams
    words, wanted_words = answer.all_stems - asking.all_stems, reference.all_stems - asking.all_stems
    precision, recall = (share(_rarity(wanted & given), _rarity(whole)) for whole in (given, wanted))
    functions, wanted_functions = (each.all_stems - each.contents for each in (answer, reference))
    return {
        "unasked_recall": recall,
        "unasked_precision": precision,
        "unasked_f1": harmonic(precision, recall),
        "unasked_trigrams": share(2 * len(letters & wanted_letters), len(letters) + len(wanted_letters)),
        "unasked_trigrams_recall": share(len(letters & wanted_letters), len(wanted_letters)),
        "unasked_words_recall": share(len(words & wanted_words), len(wanted_words)),
        "unasked_ratio": fuzz.token_sort_ratio(_without(answer, asking), _without(reference, asking)) / 100,
        "functions_recall": share(len(functions & wanted_functions), len(wanted_functions)),
    }


def _without(text: Text, asking: Text) -> str:
    return " ".join(each for each in text.stems if each not in asking.all_stems)


def _weight(question: Asked, concepts: Iterable[str]) -> float:
    return fsum(map(question.weight, concepts))


def _rarity(concepts: Iterable[str]) -> float:
    return fsum(map(rarity, concepts))
