"""Rules about the key and its proof."""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.drafting.rulebook import rule
from quizzes.drafting.subject import Gap, Subject
from quizzes.drafting.words import folded

ANSWERS = ("true", "false", "not_stated")


@rule
def evidence_verbatim(subject: Subject) -> Iterator[str]:
    """Each quote that proves the key stands in the article, word for word."""
    if not subject.evidence:
        yield "No passage proves the answer. Choose the sentence of the article that does."
    for quote in subject.evidence:
        if not quote.strip() or quote not in subject.article:
            yield f"The passage “{_short(quote)}” is not in the article word for word. Choose it again in the text."


@rule
def one_key(subject: Subject) -> Iterator[str]:
    """Exactly as many keys as the kind allows, none of them offered twice."""
    right = sum(option.correct for option in subject.options)
    if subject.kind == "single_choice" and right != 1:
        yield f"There are {right} right options. Make exactly one of them right."
    if subject.kind in {"multiple_choice", "evidence"} and not 0 < right < len(subject.options):
        yield "All of the choices are right, or none. Offer at least one right and one wrong choice."
    if subject.kind == "true_false" and subject.content.get("answer") not in ANSWERS:
        yield "The statement has no answer. Set it to true, false or not stated."
    if subject.kind == "short_text" and not any(text.strip() for text in subject.keys):
        yield "No answer is accepted. Write at least one."
    if subject.kind == "cloze":
        yield from (message for gap in subject.gaps for message in _gap_key(gap))


@rule
def option_twice(subject: Subject) -> Iterator[str]:
    """No two options read the same."""
    for texts in subject.offered:
        if len(set(map(folded, texts))) < len(texts):
            yield "Two options read the same. Change or delete one of them."


def _gap_key(gap: Gap) -> Iterator[str]:
    if not any(text.strip() for text in gap.accepted):
        yield f"Nothing is accepted in the gap “{gap.name}”. Write at least one answer."
    elif gap.options and sum(option in gap.accepted for option in gap.options) != 1:
        yield f"The list of the gap “{gap.name}” has to hold exactly one accepted answer. Change its options."


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:57].rstrip() + "…"
