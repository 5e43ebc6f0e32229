"""The ten guards: what keeps an answer from being accepted without a person, however much it resembles a reference.

A feature can be outweighed by others, a guard cannot. Each looks at one way in which a text that says something else,
or nothing, still shares its words with a reference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz.distance import LCSseq

from quizzes.grading.similar.asked import Asked, Reference
from quizzes.grading.similar.features import nearest_reference
from quizzes.grading.similar.texts import CLAUSE, Text, read, share
from quizzes.grading.similar.vocabulary import falsity, function_words, languages, negations, opposites, stem, turns

LONGEST = 4_000
"""Characters of an answer."""
WORDS_BEYOND = 60
"""An answer may have so many words more than three times the longest reference."""
ENOUGH_COMMON, MOSTLY_COMMON = 0.85, 0.6
"""Of the words of reference and answer, the share in common from which their order counts; and of the answer's, the
share from which it counts whether they make a sentence at all."""
FULL_ORDER, FULL_PAIRS = 0.9, 0.8
LEAST_ORDER, LEAST_PAIRS = 0.6, 0.3
"""Of the common words, the share in the reference's order, and of neighbouring words, the share known as neighbours:
below both of the first, or either of the second, they are shuffled. Rewording moves one of the two, shuffling both."""
MOST_COVERED, FEWEST_COVERED = 0.8, 4
MIXED_ORDER, MIXED_PAIRS = 0.75, 0.5
"""Of the reference's words, the share, and how many, that make an answer a shuffle of them though others stand among
them; below both of the shares in order and of known neighbours, with the others left out."""
SAYS_NEARLY_THAT = 0.9
"""Dice's coefficient (1945) of the content words of two texts that differ in hardly more than how they are negated."""
LEAST_FUNCTION_WORDS = 0.15
FEWEST_KEYWORDS = 3
MOST_COPIED, LEAST_OWN, FEWEST_ADDED = 0.6, 0.5, 3
"""Of the question's neighbouring words, the share that makes a copy; of the answer's, the share that is none; and how
many words a reference has to add to the question before an answer with all of them is one that began with a copy."""
LONGEST_QUOTE = 25
FEWEST_TO_TELL = 6
"""Words of a text whose language can be told."""

CLEARLY_MORE = 2
"""How many more of its words have to be another language's than the references'."""
SCRIPTS = (("latin", "\u024f"), ("greek", "\u03ff"), ("cyrillic", "\u052f"))
"""Scripts with their last letter, in the order of Unicode."""
_JOINS, _BEFORE_A_NOUN = frozenset(("and", "or")), frozenset(("the", "an"))
_ARTICLES = frozenset(("the", "these", "those", "all"))
_OR = re.compile(r"\bor\b|\s/\s")
_LETTER = re.compile(r"(?<=\w )[A-HJ-Z]\b(?!')")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-ÖØ-Þ]\w+")

Guard = Callable[["Case"], bool]


@dataclass(frozen=True)
class Case:
    """An answer under examination; `passage` is what the question is about, "" where that is not known."""

    asked: Asked
    answer: Text
    passage: str = ""

    @cached_property
    def nearest(self) -> Reference:
        return nearest_reference(self.asked, self.answer)


def is_too_long(case: Case) -> bool:
    """So long that the right words may be in it by chance."""
    longest = max(len(each.text.words) for each in case.asked.references)
    return len(case.answer.raw) > LONGEST or len(case.answer.words) > 3 * longest + WORDS_BEYOND


def is_negated(case: Case) -> bool:
    """It says the opposite of a reference.

    Its negations do not cancel out as those of the nearest reference do, and of every one with its words, but for
    those that only stress what that reference says ("higher, not lower"); it calls something false that no reference
    does, or turns it round ("unless", "instead of"); or it has an opposite in the place of a word of the nearest
    reference.
    """
    answer, reference = case.answer, case.nearest.text
    denied = answer.negated - _contrasts(answer, reference)
    if any(denied % 2 != each.negated % 2 for each in (reference, *_closest(case))):
        return True
    if falsity() & (set(answer.words) - {word for each in case.asked.references for word in each.text.words}):
        return True
    if _turns_in(answer) - frozenset().union(*(_turns_in(each.text) for each in case.asked.references)):
        return True
    return any(
        opposites().get(word, frozenset()) & (reference.contents - answer.contents)
        for word in answer.contents - reference.contents - case.asked.question.contents
    )


def is_shuffled(case: Case) -> bool:
    """It has the words of the nearest reference, or only such, but not their order; or no sentence has its order.

    Other words among them do not hide that, and two words exchanged are enough where all others stand as they did.
    """
    if is_too_long(case):
        return False
    if any(_has_exchanged(case.answer.stems, each.text) for each in case.asked.references):
        return True
    reference = case.nearest.text.stems
    answer = _as_joined_in(reference, case.answer.stems)
    common = sum((Counter(answer) & Counter(reference)).values())
    if common < FEWEST_KEYWORDS:
        return False
    known = case.asked.question.pairs.union(*(each.text.pairs for each in case.asked.references))
    order = share(LCSseq.similarity(answer, reference), common)
    if common < ENOUGH_COMMON * max(len(answer), len(reference)) and common < len(answer):
        is_loose = common >= MOSTLY_COMMON * len(answer) and _has_loose_article(case)
        return is_loose or _is_shuffled_among_others(_kept(answer, reference), reference, order, known)
    given = frozenset(pairwise(answer))
    pairs = share(len(given & known), len(given))
    is_disordered = (order < FULL_ORDER and pairs < FULL_PAIRS) or order < LEAST_ORDER or pairs < LEAST_PAIRS
    return is_disordered or _has_loose_article(case)


def _kept(answer: Sequence[str], reference: Sequence[str]) -> list[str]:
    """The words of the answer that the reference has too, as often as it has them, in the answer's order."""
    left = Counter(reference)
    kept = []
    for word in answer:
        if left[word] > 0:
            left[word] -= 1
            kept.append(word)
    return kept


def _has_exchanged(answer: tuple[str, ...], reference: Text) -> bool:
    """Whether it has every word of the reference, two that tell something in each other's place: who did what to whom.

    Whatever stands before, behind or among them; two that stand side by side may be reworded.
    """
    wanted = reference.stems
    given = _as_joined_in(wanted, answer)
    windows = (given[start : start + len(wanted)] for start in range(len(given) - len(wanted) + 1))
    return any(_are_exchanged(each, reference) for each in (_kept(given, wanted), *windows))


def _are_exchanged(given: Sequence[str], reference: Text) -> bool:
    wanted = reference.stems
    if len(given) != len(wanted) or sum(map(str.__ne__, given, wanted)) != 2:
        return False
    one, other = (place for place in range(len(wanted)) if given[place] != wanted[place])
    return (
        (given[one], given[other]) == (wanted[other], wanted[one])
        and other - one > 1
        and {given[one], given[other]} <= reference.contents
    )


def _is_shuffled_among_others(
    kept: Sequence[str], reference: Sequence[str], order: float, known: frozenset[tuple[str, str]]
) -> bool:
    if len(kept) < max(FEWEST_COVERED, MOST_COVERED * len(reference)) or order >= MIXED_ORDER:
        return False
    pairs = list(pairwise(kept))
    return share(sum(pair in known for pair in pairs), len(pairs)) < MIXED_PAIRS


def _has_loose_article(case: Case) -> bool:
    """An article stands at its end, or before a word that none stands before, as nowhere in question and references."""
    own = case.answer.words
    loose = {
        (word, after)
        for word, after in zip(own, (*own[1:], ""), strict=True)
        if word in _BEFORE_A_NOUN and (not after or after in function_words() or after in negations())
    }
    texts = (case.asked.question, *(each.text for each in case.asked.references))
    return bool(loose - {pair for text in texts for pair in pairwise(text.words)})


def is_word_list(case: Case) -> bool:
    """It is a list of words where the reference is a sentence."""
    is_sentence = _function_share(case.nearest.text) >= LEAST_FUNCTION_WORDS
    is_bare = _function_share(case.answer) < LEAST_FUNCTION_WORDS
    return is_sentence and is_bare and len(case.answer.words) >= FEWEST_KEYWORDS


def is_copied_question(case: Case) -> bool:
    """It repeats the question and does not say all of a reference besides, or says nothing that the question does not.

    What it picks from the story that leads up to the question counts as its own, unless it copies that too.
    """
    question = case.asked.question
    copied = share(len(question.pairs & case.answer.pairs), len(question.pairs))
    if len(question.words) >= FEWEST_TO_TELL and copied >= MOST_COPIED:
        return not any(_says_besides(case.answer, each) for each in case.asked.references)
    if not case.nearest.new or any(each.new & case.answer.concepts for each in case.asked.references):
        return False
    own = share(len(case.answer.pairs - question.pairs), len(case.answer.pairs))
    return own < LEAST_OWN or not case.asked.scene & case.nearest.text.concepts & case.answer.concepts


def _says_besides(answer: Text, reference: Reference) -> bool:
    """It says everything that this reference adds to the question, if that is more than a word."""
    return len(reference.new) >= FEWEST_ADDED and reference.new <= answer.concepts


def is_undecided(case: Case) -> bool:
    """It offers several answers, and of what one of them adds to the question no reference has more than half."""
    known = case.asked.question.concepts
    added = (case.asked.read(each).concepts - known for each in _alternatives(case.answer.raw))
    return any(
        all(len(each & reference.text.concepts) <= len(each) / 2 for reference in case.asked.references)
        for each in added
        if each
    )


def _alternatives(text: str) -> Iterator[str]:
    """What "or" joins: the last clause before it and the first behind it; nothing without one."""
    pieces = _OR.split(text.lower())
    for place, piece in enumerate(pieces if len(pieces) > 1 else ()):
        clauses = [each for each in CLAUSE.split(piece) if read(each).words]
        if clauses:
            yield clauses[0 if place else -1]


def is_quoted(case: Case) -> bool:
    """It holds a long stretch of the passage word for word."""
    words = case.answer.words
    if len(words) < LONGEST_QUOTE or not case.passage:
        return False
    passage = f" {' '.join(read(case.passage).words)} "
    starts = range(len(words) - LONGEST_QUOTE + 1)
    return any(f" {' '.join(words[start : start + LONGEST_QUOTE])} " in passage for start in starts)


def is_foreign(case: Case) -> bool:
    """It is in another language than the references, or in another script."""
    references = " ".join(each.text.raw for each in case.asked.references)
    if script_of(case.answer.raw) != script_of(references):
        return True
    found = _languages_of(case.answer.words)
    own = _language_of(read(references).words)
    return len(case.answer.words) >= FEWEST_TO_TELL and max(found.values()) >= found[own] + CLEARLY_MORE


def is_without_words(case: Case) -> bool:
    """There is neither a letter nor a figure in it."""
    return not case.answer.words


def is_about_other_numbers(case: Case) -> bool:
    """Figures or names of the nearest reference are missing, or there are figures nobody asked about.

    A figure behind an article counts what is known already ("of the 4 towns"): it may be missing.
    Single letters count as figures do where the question or a reference names things by them.
    """
    known = case.asked.question.numbers.union(*(each.text.numbers for each in case.asked.references))
    wanted = (_told_figures(case.nearest.text) | _names(case.nearest.text)) - case.asked.question.all_stems
    texts = (case.asked.question, *(each.text for each in case.asked.references))
    named_by_letters = any(each.isalpha() for each in known) or any(_LETTER.search(text.raw) for text in texts)
    given = (case.answer.numbers & frozenset(case.answer.words)) if named_by_letters else _figures(case.answer)
    return bool((given - known) or (wanted - case.answer.all_stems))


GUARDS: Mapping[str, Guard] = MappingProxyType({
    "too_long": is_too_long,
    "negation": is_negated,
    "word_order": is_shuffled,
    "word_list": is_word_list,
    "copied_question": is_copied_question,
    "alternatives": is_undecided,
    "quoted": is_quoted,
    "language": is_foreign,
    "no_words": is_without_words,
    "numbers_and_names": is_about_other_numbers,
})  # fmt: skip


def objections(case: Case) -> list[str]:
    """The names of the guards that object, in their order."""
    if is_without_words(case):
        return ["no_words"]
    return [name for name, objects in GUARDS.items() if objects(case)]


def _as_joined_in(reference: tuple[str, ...], answer: tuple[str, ...]) -> tuple[str, ...]:
    """The answer with two words that "and" or "or" joins swapped where the reference joins them the other way round."""
    found = list(answer)
    joined = {(one, word, other) for one, word, other in zip(reference, reference[1:], reference[2:], strict=False)}
    for place in range(len(answer) - 2):
        one, word, other = found[place : place + 3]
        if word in _JOINS and (other, word, one) in joined:
            found[place : place + 3] = other, word, one
    return tuple(found)


def _closest(case: Case) -> Iterator[Text]:
    """The references that say nearly what the answer says, as far as content words go."""
    for each in case.asked.references:
        if _dice(case.answer.concepts, each.text.concepts) >= SAYS_NEARLY_THAT:
            yield each.text


def _contrasts(answer: Text, reference: Text) -> int:
    """How many negations stand before an opposite of a word that answer and reference share."""
    shared = answer.contents & reference.contents
    denied = (after for word, after in pairwise(zip(answer.words, answer.stems, strict=True)) if word[0] in negations())
    return sum(
        bool(opposites().get(after[1], frozenset()) & shared) and after[1] not in reference.contents for after in denied
    )


def _turns_in(text: Text) -> frozenset[tuple[str, ...]]:
    words = text.words
    return frozenset(
        turn for turn in turns() if any(words[at : at + len(turn)] == turn for at in range(len(words) - len(turn) + 1))
    )


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return share(2 * len(one & other), len(one) + len(other))


def script_of(text: str) -> str:
    """What most letters of the text are: latin, greek, cyrillic or other; "" without letters."""
    letters = Counter(_script(character) for character in text if character.isalpha())
    return letters.most_common(1)[0][0] if letters else ""


def _script(letter: str) -> str:
    return next((name for name, last in SCRIPTS if letter <= last), "other")


def _languages_of(words: tuple[str, ...]) -> dict[str, int]:
    """By language, how many of these are among its most frequent words."""
    return {code: sum(word in frequent for word in words) for code, frequent in languages().items()}


def _language_of(words: tuple[str, ...]) -> str:
    counts = _languages_of(words)
    return max(counts, key=lambda code: counts[code])


def _function_share(text: Text) -> float:
    return share(sum(word in function_words() for word in text.words), len(text.words))


def _figures(text: Text) -> frozenset[str]:
    """Numbers written in figures: those in words count things more often than they answer."""
    return frozenset(word for word in text.words if word[0].isdigit())


def _told_figures(text: Text) -> frozenset[str]:
    """The figures without those that only stand behind an article."""
    behind = zip(("", *text.words), text.words, strict=False)
    return frozenset(word for before, word in behind if word[0].isdigit() and before not in _ARTICLES)


def _names(text: Text) -> frozenset[str]:
    """Stems of words with a capital inside a sentence."""
    return frozenset(stem(word.lower()) for word in _NAME.findall(text.raw))
