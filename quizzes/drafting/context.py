"""A sentence with as much before it as it takes to read it alone."""

from __future__ import annotations

from quizzes.drafting.material import Material
from quizzes.drafting.plainness import QUOTES, is_plain, is_told_by_author, opens_well, points_outside, without_lead
from quizzes.drafting.terms import Sentence
from quizzes.drafting.words import tokens

FEWEST_WORDS = 4


def readable(material: Material, sentence: Sentence, *, most: int) -> str | None:
    """The sentence on one line, with the one before it where it leans on that; None where that is not enough.

    So it is, too, where it takes more than `most` words, or where somebody is quoted.
    """
    if reads_alone(sentence):
        shown = without_lead(sentence.text)
    elif (context := material.sentence_before(sentence)) is not None and (reads_alone(context) or _is_short(context)):
        shown = f"{without_lead(context.text)} {sentence.text}"
    else:
        return None
    words = shown.split()
    return " ".join(words) if not sentence.is_spoken and len(words) <= most else None


def reads_alone(sentence: Sentence) -> bool:
    """Whether the author's sentence needs nothing before it."""
    return not sentence.is_spoken and (is_plain(sentence.text) or is_told_by_author(without_lead(sentence.text)))


def _is_short(sentence: Sentence) -> bool:
    """Whether it needs nothing before it, and is only too short to be asked by itself."""
    text = sentence.text
    is_told = text.endswith(".") and not sentence.is_spoken and not QUOTES.search(text)
    return is_told and len(tokens(text)) >= FEWEST_WORDS and opens_well(text) and not points_outside(text)
