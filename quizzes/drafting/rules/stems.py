"""Rules about what is asked: it reads well alone and does not answer itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzes.drafting.rulebook import rule
from quizzes.drafting.subject import GAP, Subject
from quizzes.drafting.words import content_roots, tokens, word_set

SHORTEST_STEM, LONGEST_STEM = 8, 40
_LEANING = word_set(
    "it this that these those he she they his her its their such but and or so yet however nevertheless "
    "still therefore thus hence meanwhile moreover furthermore besides instead otherwise also then here "
    "there"
)
_BLANK = re.compile(r"_{2,}")


@rule
def stem_length(subject: Subject) -> Iterator[str]:
    """A question has 8 to 40 words; a cloze text counts together with its instruction at the short end."""
    longest = len(tokens(subject.sentence))
    shortest = len(tokens(subject.asked))
    if shortest < SHORTEST_STEM:
        yield f"The question has {shortest} words. Say in at least {SHORTEST_STEM} words what is asked."
    if longest > LONGEST_STEM:
        yield f"The question has {longest} words. Shorten it to {LONGEST_STEM}, or split it."


@rule
def stem_starts_with_pronoun(subject: Subject) -> Iterator[str]:
    """A question does not begin with a word that needs the sentence before it."""
    words = tokens(subject.sentence.replace(GAP, " "))
    if words and words[0].lower() in _LEANING and not subject.sentence.lstrip().startswith(GAP):
        yield f"The question begins with “{words[0]}”, which leans on the sentence before. Name what is meant."


@rule
def stem_gives_key_away(subject: Subject) -> Iterator[str]:
    """No word family of the answer stands in the question, unless every option shares it."""
    shared = _shared_by_all(subject)
    for key in subject.keys:
        if given := (content_roots(key) - shared) & subject.asked_roots:
            yield f"The question already holds “{min(given)}…”, a word of the answer “{key}”. Word one of them anew."
            return


@rule
def single_blank(subject: Subject) -> Iterator[str]:
    """A choice question has at most one blank; a cloze text has each of its gaps exactly once."""
    if subject.kind == "cloze":
        if not subject.gap_names or sorted(subject.gap_names) != sorted(gap.name for gap in subject.gaps):
            yield "The gaps in the text and the gaps with answers differ. Put each gap into the text exactly once."
    elif len(_BLANK.findall(subject.stem)) > 1:
        yield "The question has more than one blank. Leave one blank, or make it a text with gaps."


@rule
def blank_inside_compound(subject: Subject) -> Iterator[str]:
    """A blank stands for whole words: nothing is glued to it."""
    if re.search(
        r"[\w'’-]____|____(?:[-\w]|['’]\w)", re.sub(r"_{2,}", GAP, subject.sentence).replace(" ____", "  ____")
    ):
        yield "The blank is part of a longer word. Blank the whole word, or choose another place."


@rule
def key_quoted(subject: Subject) -> Iterator[str]:
    """The blank does not stand in quotation marks, which would ask for somebody's very words."""
    if re.search(r"[“\"‘«„]\s*_{2,}\s*[”\"’»“]", subject.sentence):
        yield "The blank stands in quotation marks. Take them away, or ask for the expression another way."


@rule
def overlap_with_stem(subject: Subject) -> Iterator[str]:
    """The right option does not share more words with the question than every wrong one does."""
    if not subject.distractors or not subject.keys:
        return
    key = max(_overlap(subject, text) for text in subject.keys)
    if key > max(_overlap(subject, text) for text in subject.distractors):
        yield "The right option repeats more words of the question than any other. Use other words in one of them."


def _overlap(subject: Subject, text: str) -> int:
    return len(content_roots(text) & subject.asked_roots)


def _shared_by_all(subject: Subject) -> frozenset[str]:
    sets = [content_roots(text) for texts in subject.offered for text in texts]
    return frozenset.intersection(*sets) if sets else frozenset()
