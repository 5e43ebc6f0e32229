"""Evidence: which sentence of the passage does the thing asked for. The question names the thing, not its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from quizzes.drafting.contents import drawn, evidence_content, in_quotes
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.registry import drafter, drafter_up_to
from quizzes.drafting.roles import roles_of
from quizzes.drafting.terms import Place, Sentence, Term
from quizzes.drafting.words import content_roots, folded

FEWEST_SENTENCES, MOST_SENTENCES = 3, 9
_OTHERS_VIEW = re.compile(
    r"\b(?:believe[sd]?|thinks?|thought|insist(?:s|ed)?|argue[sd]?|claim(?:s|ed)?|says?|said|told|according to|calls?|"
    r"called|describe[sd]?|view(?:s|ed)?|regard(?:s|ed)?|suggest(?:s|ed)?|fear(?:s|ed)?|hope[sd]?|hint(?:s|ed)?|known|"
    r"named|sees?|saw|spoke of|speaks? of|maintain(?:s|ed)?|warn(?:s|ed)?|announce[sd]?|estimate[sd]?|demand(?:s|ed)|"
    r"expect(?:s|ed)?|reject(?:s|ed)|dispute[sd]?|denie[sd]|ruled out|point(?:s|ed)? out|promise[sd]?|admit(?:s|ted)?|"
    r"report(?:s|ed)|note[sd]|explain(?:s|ed)|concede[sd]?|complain(?:s|ed)?|criticise[sd]?|consider(?:s|ed)?|assume[sd]?|"
    r"accuse[sd]|question(?:s|ed)|writes|wrote|agree[sd]?)\b|[“”\"]",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"\b(?:meaning|which means|that is to say|that is,|known as|called|in other words)\b")


@drafter
def sentence_for_idea(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence speaks of the idea that the author of the course has put into words?"""
    if term.meaning is None or not term.meaning.given:
        return
    stem = f"Which sentence of this passage brings in the following idea: {in_quotes(term.meaning.text)}?"
    for place in term.places[:1]:
        for sentences in _passages(material, place):
            right = [sentence for sentence in sentences if term in material.terms_at.get(sentence.number, ())]
            if FEWEST_SENTENCES <= len(sentences) <= MOST_SENTENCES and _is_askable(sentences, right, stem):
                yield _draft(material, term, stem, sentences, right, strength=84)
                return


@drafter
def sentence_that_explains(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence explains what an expression means?"""
    if term.meaning is None or term.meaning.place is None or term.form.entity != "thing":
        return
    place = term.meaning.place
    explaining = {
        other.meaning.place.sentence.number
        for other in material.terms
        if other.meaning is not None and other.meaning.place is not None
    } - {place.sentence.number}
    stem = "In which sentence of this passage does the author explain what an expression means?"
    yield from _only_one(
        material,
        term,
        place,
        stem,
        partial(_explains_too, explaining),
        strength=72,
    )


@drafter_up_to(68)
def sentence_with_role(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence states a condition, turns the argument, gives a reason or a figure?"""
    for place in term.first_places:
        for role in () if "?" in place.sentence.text else roles_of(place.sentence.text):
            does_it_too = partial(_says, role.may_not)
            yield from _only_one(material, term, place, role.stem, does_it_too, strength=68)


@drafter
def sentence_of_others(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence gives somebody else's view rather than the author's?"""
    stem = "Which sentence of this passage gives somebody else’s view or words rather than the author’s own?"
    for place in term.first_places:
        named = term.name in material.namers and material.namers[term.name][1].sentence == place.sentence
        if named or material.claims.get(place.sentence.number):
            yield from _only_one(material, term, place, stem, _gives_a_view, strength=70)


def _says(words: re.Pattern[str], sentence: Sentence) -> bool:
    return words.search(sentence.text) is not None


def _gives_a_view(sentence: Sentence) -> bool:
    return sentence.is_spoken or _says(_OTHERS_VIEW, sentence)


def _explains_too(explaining: AbstractSet[int], sentence: Sentence) -> bool:
    return sentence.number in explaining or _says(_EXPLAINS, sentence)


def _only_one(
    material: Material, term: Term, place: Place, stem: str, does_it_too: Callable[[Sentence], object], *, strength: int
) -> Iterator[DraftedQuestion]:
    """The draft over the shortest stretch in which no other sentence does what is asked."""
    for sentences in _passages(material, place):
        if not FEWEST_SENTENCES <= len(sentences) <= MOST_SENTENCES:
            continue
        others = [sentence for sentence in sentences if sentence.number != place.sentence.number]
        is_hidden = _is_hidden(place.sentence, sentences)
        if is_hidden and not any(map(does_it_too, others)) and _is_askable(sentences, [place.sentence], stem):
            yield _draft(material, term, stem, sentences, [place.sentence], strength=strength)
            return


def _passages(material: Material, place: Place) -> Iterator[Sequence[Sentence]]:
    """The paragraph, then the paragraph with the one after it and with the one before it, inside the lesson."""
    own = material.paragraphs.get(place.sentence.passage, ())
    yield own
    lesson = material.lessons.get(place.sentence.lesson, ())
    first, last = own[0].number - lesson[0].number, own[-1].number - lesson[0].number
    if last + 1 < len(lesson):
        yield [*own, *material.paragraphs[lesson[last + 1].passage]]
    if first > 0:
        yield [*material.paragraphs[lesson[first - 1].passage], *own]


def _is_hidden(key: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether who takes the longest sentence, or the first, misses the key; some keys may be either."""
    if all(len(other.text) <= len(key.text) for other in sentences):
        return drawn(key.text, 4) == 0
    return key.number != sentences[0].number or drawn(key.text, 2) == 0


def _is_askable(sentences: Sequence[Sentence], right: Sequence[Sentence], stem: str) -> bool:
    """Whether there is something to choose from, and the words of the question do not point at the key."""
    if not right or len(right) == len(sentences):
        return False
    asked = content_roots(stem)
    proving = {sentence.number for sentence in right}
    if {folded(s.text) for s in right} & {folded(s.text) for s in sentences if s.number not in proving}:
        return False
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
