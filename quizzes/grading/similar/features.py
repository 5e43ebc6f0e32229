"""How an answer and the references of its question resemble each other, in figures that the model weighs.

Stemmed overlap, recall of what the question does not name, character n-grams and edit ratios are what short-answer
grading has rested on since SemEval-2013 Task 7 (Dzikovska et al. 2013); no figure needs more than the request.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, log

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from quizzes.grading.similar.asked import Asked, Reference
from quizzes.grading.similar.texts import Text, harmonic, share
from quizzes.grading.similar.vocabulary import opposites, rarity
from quizzes.grading.similar.weighed import unasked, weighed

Features = dict[str, float]
_NONE: frozenset[str] = frozenset()
_likeness = Indel.normalized_similarity
MEAN_OF_ALL = ("f1", "trigrams", "new_rare_recall", "negation")


def features(question: Asked, answer: Text) -> Features:
    """Every feature by its name: against the nearest reference, the mean and the least over all, and over the whole."""
    compared = [_compared(answer, reference) for reference in question.references]
    nearest = compared[_nearest(compared)]
    found = dict(nearest)
    for name in MEAN_OF_ALL:
        found[f"mean_{name}"] = sum(each[name] for each in compared) / len(compared)
    for name in ("negation", "opposites"):
        found[f"least_{name}"] = min(each[name] for each in compared)
    return (
        found
        | _about_answer(question, answer)
        | _about_what_counts(question, answer)
        | _about_letters(question, answer)
        | weighed(question, answer)
        | unasked(question, answer)
    )


def nearest_reference(question: Asked, answer: Text) -> Reference:
    """The reference that the answer says most of."""
    return question.references[_nearest([_compared(answer, each) for each in question.references])]


def _nearest(compared: list[Features]) -> int:
    closeness = [each["f1"] + each["new_rare_recall"] + each["trigrams"] - 0.5 * each["negation"] for each in compared]
    return closeness.index(max(closeness))


def _compared(answer: Text, reference: Reference) -> Features:
    return (
        _content_overlap(answer, reference)
        | _surface_overlap(answer, reference.text)
        | _order(answer, reference.text)
        | _conflicts(answer, reference.text)
        | {
            "length_ratio": log((1 + len(answer.content)) / (1 + len(reference.text.content))),
            "new_in_reference": len(reference.new) / 10,
            "reference_length": log(1 + len(reference.text.content)),
        }
    )


def _content_overlap(answer: Text, reference: Reference) -> Features:
    wanted, given = reference.text.concepts, answer.concepts
    common, hit, missed = wanted & given, reference.new & given, reference.new - given
    precision, recall = share(len(common), len(given)), share(len(common), len(wanted))
    rare_precision, rare_recall = share(_weight(common), _weight(given)), share(_weight(common), _weight(wanted))
    return {
        "precision": precision,
        "recall": recall,
        "f1": harmonic(precision, recall),
        "rare_precision": rare_precision,
        "rare_recall": rare_recall,
        "rare_f1": harmonic(rare_precision, rare_recall),
        "new_recall": share(len(hit), len(reference.new)) if reference.new else recall,
        "new_rare_recall": share(_weight(hit), _weight(reference.new)) if reference.new else rare_recall,
        "rarest_missed": max(map(rarity, missed), default=0.0),
    }


def _surface_overlap(answer: Text, reference: Text) -> Features:
    words = len(answer.all_stems & reference.all_stems)
    precision, recall = share(words, len(answer.all_stems)), share(words, len(reference.all_stems))
    trigrams = len(answer.trigrams & reference.trigrams)
    return {
        "words_precision": precision,
        "words_recall": recall,
        "words_f1": harmonic(precision, recall),
        "trigrams": share(2 * trigrams, len(answer.trigrams) + len(reference.trigrams)),
        "sorted_ratio": fuzz.token_sort_ratio(answer.line, reference.line) / 100,
    }


def _order(answer: Text, reference: Text) -> Features:
    pairs = len(answer.pairs & reference.pairs)
    common = LCSseq.similarity(answer.stems, reference.stems)
    shorter = min(len(answer.content), len(reference.content))
    return {
        "pairs_recall": share(pairs, len(reference.pairs)),
        "pairs_precision": share(pairs, len(answer.pairs)),
        "order_recall": share(common, len(reference.stems)),
        "order_precision": share(common, len(answer.stems)),
        "content_order": share(LCSseq.similarity(answer.content, reference.content), shorter),
    }


def _conflicts(answer: Text, reference: Text) -> Features:
    against = [
        word for word in answer.contents - reference.contents if opposites().get(word, _NONE) & reference.contents
    ]
    shared = len(answer.numbers & reference.numbers)
    return {
        "negation": float(answer.negated % 2 != reference.negated % 2),
        "opposites": float(min(len(against), 3)),
        "numbers_recall": share(shared, len(reference.numbers)) if reference.numbers else 1.0,
        "numbers_added": float(min(len(answer.numbers - reference.numbers), 3)),
        "numbers_missed": float(min(len(reference.numbers - answer.numbers), 3)),
    }


def _about_answer(question: Asked, answer: Text) -> Features:
    given, asked = answer.concepts, question.question.concepts
    outside, hit = given - question.concepts - asked, question.new & given
    return {
        "words": log(1 + len(answer.words)),
        "content_words": log(1 + len(answer.content)),
        "references": log(len(question.references)),
        "from_question": share(len(given & asked), len(given)),
        "of_question": share(len(given & asked), len(asked)),
        "question_trigrams": share(len(answer.trigrams & question.question.trigrams), len(answer.trigrams)),
        "outside": share(len(outside), len(given)),
        "outside_words": min(len(outside), 8) / 8,
        "outside_weight": min(_weight(outside) / 5, 3.0),
        "core_recall": share(len(question.core & given), len(question.core)),
        "in_references": share(len(given & question.concepts), len(given)),
        "new_words": min(len(hit), 5) / 5,
        "new_weight": min(_weight(hit) / 3, 3.0),
        "is_negated": float(answer.negated > 0),
    }


def _about_what_counts(question: Asked, answer: Text) -> Features:
    """Whether the answer has the rarest words of a reference, and what it compares."""
    given = answer.concepts
    return {
        "rarest_said": max(float(each.rarest[0] in given) if each.rarest else 0.0 for each in question.references),
        "three_rarest_said": max(sum(word in given for word in each.rarest[:3]) / 3 for each in question.references),
        "comparisons_recall": max(
            share(len(each.comparisons & answer.contents), len(each.comparisons)) for each in question.references
        ),
    }


def _about_letters(question: Asked, answer: Text) -> Features:
    """How like each other the words themselves are, for slips and for endings that the stemmer does not know."""
    ratios = [_alike(answer.contents, each.text.contents) for each in question.references]
    return {
        "soft_recall": max(recall for recall, _ in ratios),
        "soft_precision": max(precision for _, precision in ratios),
        "letters_ratio": max(fuzz.ratio(answer.line, each.text.line) / 100 for each in question.references),
    }


def _alike(given: frozenset[str], wanted: frozenset[str]) -> tuple[float, float]:
    """The mean over the wanted words of the likeness of the most similar given one, and the same the other way."""
    if not given or not wanted:
        return 0.0, 0.0
    return _covered(wanted, given), _covered(given, wanted)


def _covered(words: frozenset[str], others: frozenset[str]) -> float:
    alike = (1.0 if word in others else max(_likeness(word, other) for other in others) for word in words)
    return fsum(alike) / len(words)


def _weight(concepts: Iterable[str]) -> float:
    return fsum(map(rarity, concepts))
