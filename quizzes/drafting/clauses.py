"""Takes sentences apart where that is safe: the subject and what is said of it, a statement and how it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.drafting.words import tokens, word_set

SHORTEST, LONGEST = 4, 18
"""An option in words: a shorter one says nothing, a longer one is not read at a glance."""
_VERB = (
    r"is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|cannot|does|did|do|became|becomes|"
    r"remains?|remained|began|begins|makes?|made|takes?|took|gives?|gave|keeps?|kept|means?|meant|needs?|needed|"
    r"shows?|showed|came|comes?|went|goes|go|wants?|wanted|held|holds?|lost|loses?|pays?|paid|led|fled|"
    r"died|lied|tied|[a-z]*[aeiouy][a-z]+ed"
)
_FINITE = re.compile(rf"(?<!\ba )(?<!\ban )(?<!\bthe )\b(?:{_VERB})\b")
_SUBJECT = re.compile(rf"^(?P<subject>(?:[^,;:—–“”\s]+\s+){{1,7}}?)(?P<predicate>(?:{_VERB})\b[^;:—–“”]+)[.!]$")
_PREPOSITIONS = word_set("in on at by with without under during despite from to of for after before since as like if")
_NO_SUBJECT = word_set(
    "that which who whom whose what where when why how whether than there nobody none nothing no few neither everyone "
    "everybody all consider"
)
_CONNECTORS = {
    "because": "reason",
    "since": "reason",
    "but": "contrast",
    "yet": "contrast",
    "although": "contrast",
    "though": "contrast",
    "while": "contrast",
    "and": "more",
    "so": "result",
    "if": "condition",
    "unless": "condition",
    "which": "relative",
}
_BORDER = re.compile(rf",\s+(?P<word>{'|'.join(_CONNECTORS)})\s+|\s+(?P<bare>because|unless)\s+")
_NO_TAIL = {False: re.compile(r"[;:—–“”()]"), True: re.compile(r"[,;:—–“”()]")}
"""Signs that something else follows; behind "which", a comma may end the aside."""
_PAIRED = re.compile(
    r"\b(?:not only|either|neither|both|between|from \w+ to|so \w+ that|such \w+ that|as \w+ as|whether|rather)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Halves:
    """A sentence cut in front of a connecting word; both halves are verbatim, the tail without its full stop."""

    head: str
    tail: str
    sense: str


def subject_of(sentence: str) -> tuple[str, str] | None:
    """The subject and the predicate of a plain sentence, or None; the subject is a noun phrase of up to 7 words."""
    found = _SUBJECT.match(sentence)
    if found is None:
        return None
    subject = found["subject"].strip()
    words = [word.lower() for word in tokens(subject)]
    if not words or words[0] in _PREPOSITIONS or words[-1] in _PREPOSITIONS or _NO_SUBJECT & {*words}:
        return None
    return subject, found["predicate"].strip()


def halves_of(sentence: str) -> Iterator[Halves]:
    """Each way of cutting the sentence in front of a connecting word, where the tail has 4 to 18 words.

    A tail is a clause with a verb of its own, not the last part of an enumeration or of a pair such as "not only …".
    """
    plain = " ".join(sentence.split())
    if not plain.endswith(".") or _PAIRED.search(plain):
        return
    for border in _BORDER.finditer(plain):
        word = border["word"] or border["bare"]
        start = border.start("word") if border["word"] else border.start("bare")
        tail = plain[start:-1]
        if SHORTEST <= len(tokens(tail)) <= LONGEST and _is_clause(tail) and not _NO_TAIL[word == "which"].search(tail):
            yield Halves(plain[: border.start()], tail, _CONNECTORS[word])


def _is_clause(tail: str) -> bool:
    _, _, rest = tail.partition(" ")
    found = _FINITE.search(rest)
    has_no_subject = found is not None and not found.start() and not tail.startswith("which ")
    if found is None or has_no_subject or "," in rest[: found.start()]:
        return False
    # A verb behind "that" belongs to an aside: "and a plan that has been made" is the last part of an enumeration.
    return re.search(r"\b(?:that|which|who)\b", rest[: found.start()]) is None
