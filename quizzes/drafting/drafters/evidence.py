"""Evidence: which sentence of the passage does the thing asked for. The question names the thing, not its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizzes.drafting.contents import evidence_content, in_quotes
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.registry import drafter
from quizzes.drafting.terms import Place, Sentence, Term
from quizzes.drafting.words import content_roots

FEWEST_SENTENCES, MOST_SENTENCES = 3, 9
_OTHERS_VIEW = re.compile(
    r"\b(?:believes?|thinks?|insists?|argues?|claims?|says?|said|told|according to|calls?|called|describes?|views?|"
    r"regards?|suggests?|fears?|hopes?|hints?|hinted|known|named|sees?|spoke of|speaks? of|maintains?|warns?)\b|[“”\"]",
    re.IGNORECASE,
)
_NUMBER = (
    r"\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|million"
)


@dataclass(frozen=True, slots=True)
class _Role:
    """Something only one sentence does: what is asked, what the key has, and what no other sentence may have."""

    stem: str
    has: re.Pattern[str]
    may_not: re.Pattern[str]


def _role(stem: str, has: str, may_not: str) -> _Role:
    return _Role(stem, re.compile(has, re.IGNORECASE), re.compile(may_not, re.IGNORECASE))


_ROLES = (
    _role(
        "Which sentence of this passage makes something depend on a condition?",
        r"\b(?:if|unless|provided that|as long as|on condition|depends? (?:\w+ )?on|whether)\b",
        r"\b(?:if|unless|provided|as long as|condition|depend\w*|whether|would|when)\b",
    ),
    _role(
        "Which sentence of this passage turns against what has been said up to that point?",
        r"^(?:However|But|Yet|Nevertheless|Nonetheless|Still,|On the other hand)\b|, however,",
        r"\b(?:however|but|yet|nevertheless|nonetheless|still|although|though|other hand|instead)\b",
    ),
    _role(
        "Which sentence of this passage says outright what something is the cause of, or the reason for?",
        r"\b(?:because|thanks to|due to|owing to|as a result of|the reason)\b",
        r"\b(?:because|thanks|due|owing|result\w*|reason\w*|so that|since|therefore|thus|why|cause\w*)\b",
    ),
    _role(
        "Which sentence of this passage backs up what it says with a number?",
        rf"\b(?:{_NUMBER})\b",
        rf"\b(?:{_NUMBER}|one|dozen|half|third|quarter|twice|once|fifth|first)\b",
    ),
)


@drafter
def sentence_for_idea(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence speaks of the idea that the author of the course has put into words?"""
    if term.meaning is None or not term.meaning.given:
        return
    for place in term.places[:1]:
        sentences = _passage(material, place)
        stem = f"Which sentence of this passage brings in the following idea: {in_quotes(term.meaning.text)}?"
        right = [sentence for sentence in sentences if term in material.terms_at.get(sentence.number, ())]
        if _is_askable(sentences, right, stem):
            yield _draft(material, term, stem, sentences, right, strength=84)


@drafter
def sentence_that_explains(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence explains what an expression means?"""
    if term.meaning is None or term.meaning.place is None or term.form.entity != "thing":
        return
    place = term.meaning.place
    sentences = _passage(material, place)
    explained = {
        other.meaning.place.sentence.number
        for other in material.terms
        if other.meaning is not None and other.meaning.place is not None
    }
    right = [sentence for sentence in sentences if sentence.number in explained]
    stem = "In which sentence of this passage does the author explain what an expression means?"
    if right == [place.sentence] and _is_askable(sentences, right, stem):
        yield _draft(material, term, stem, sentences, right, strength=72)


@drafter
def sentence_with_role(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence states a condition, turns the argument, gives a reason or a figure?"""
    for place in term.places:
        sentences = _passage(material, place)
        others = [sentence for sentence in sentences if sentence.number != place.sentence.number]
        for role in _ROLES:
            if not role.has.search(place.sentence.text) or place.sentence == sentences[0]:
                continue
            alone = not any(role.may_not.search(sentence.text) for sentence in others)
            if alone and _is_askable(sentences, [place.sentence], role.stem):
                yield _draft(material, term, role.stem, sentences, [place.sentence], strength=68)


@drafter
def sentence_of_others(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence gives somebody else's view rather than the author's?"""
    stem = "Which sentence of this passage gives somebody else's view or words rather than the author's own?"
    for place in term.places:
        claims = material.claims.get(place.sentence.number, ())
        named = term.name in material.namers and material.namers[term.name][1].sentence == place.sentence
        sentences = _passage(material, place)
        others = [sentence for sentence in sentences if sentence.number != place.sentence.number]
        alone = (claims or named) and not any(_OTHERS_VIEW.search(sentence.text) for sentence in others)
        if alone and _is_askable(sentences, [place.sentence], stem):
            yield _draft(material, term, stem, sentences, [place.sentence], strength=70)


def _passage(material: Material, place: Place) -> Sequence[Sentence]:
    """The paragraph, with the next or the last one of the lesson where it is short."""
    own = material.paragraphs.get(place.sentence.passage, ())
    if len(own) >= FEWEST_SENTENCES:
        return own
    lesson = material.lessons.get(place.sentence.lesson, ())
    numbers = {sentence.number for sentence in own}
    after = [s for s in lesson if s.number > max(numbers)]
    following = [s for s in after if s.passage == after[0].passage] if after else []
    before = [s for s in lesson if s.number < min(numbers)]
    last = [s for s in before if s.passage == before[-1].passage] if before else []
    return [*own, *following] if following else [*last, *own]


def _is_askable(sentences: Sequence[Sentence], right: Sequence[Sentence], stem: str) -> bool:
    """Whether there is something to choose from, and the words of the question do not point at the key."""
    if not right or not FEWEST_SENTENCES <= len(sentences) <= MOST_SENTENCES or len(right) == len(sentences):
        return False
    asked = content_roots(stem)
    proving = {sentence.number for sentence in right}
    key = max(len(content_roots(sentence.text) & asked) for sentence in right)
    rest = max(len(content_roots(s.text) & asked) for s in sentences if s.number not in proving)
    return key <= rest


def _draft(
    material: Material,
    term: Term,
    stem: str,
    sentences: Sequence[Sentence],
    right: Sequence[Sentence],
    *,
    strength: int,
) -> DraftedQuestion:
    content = evidence_content(stem, sentences=sentences, right=right, explanation=says(material, right[0].span))
    return DraftedQuestion(
        "evidence", term.name, content, right[0].span, "evidence", strength,
        "Make sure that no other sentence of the passage does the same.",
    )  # fmt: skip
