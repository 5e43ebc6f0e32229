"""Evidence: which sentence of the passage does the thing asked for. The question names the thing, not its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache, partial

from quizzes.drafting.contents import drawn, evidence_content, in_quotes
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.registry import drafter, drafter_up_to
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
        "Which sentence of this passage compares one thing with another?",
        r"\b(?:compared with|(?<!more )(?<!less )(?<!fewer )(?<!rather )than|(?:twice|half) as|"
        r"as \w+ as an?|whereas|unlike)\b",
        r"\b(?:compar\w*|than|(?<!such )as|like|whereas|unlike|similar\w*|same|differ\w*|twice|half|more|less|fewer|"
        r"(?:the|its|their|our) (?:most|least|best|worst|[a-z]{3,}est)|while)\b",
    ),
    _role(
        "Which sentence of this passage says for what purpose something is or was done?",
        r"^To (?!be\b)[a-z]+ [^,]+, |\bin order to\b|\b(?:for|with) (?:the|this|that) (?:purpose|aim)\b",
        r"^To\b|\b(?:in order|so that|purpose\w*|aim\w*|goal\w*|intend\w*|intention|meant|hop\w+)\b|"
        r"\bto (?:find|see|test|show|save|keep|make|help|avoid|prevent|protect|get|learn|measure|prove|stop|give)\b",
    ),
    _role(
        "Which sentence of this passage says what something leads to?",
        r"\b(?:so that|therefore|as a result|consequently|"
        r"which (?:makes|made|means|meant|allows|allowed|leads|led))\b|, so (?!far\b)",
        r"\b(?:so|therefore|thus|hence|result\w*|consequen\w*|means?|meant|makes?|made|leads?|led|because|since|cause\w*|if|"
        r"when|then|allow\w*|enabl\w*|forc\w*|follow\w*|why|reason\w*)\b",
    ),
    _role(
        "Which sentence of this passage sets two things against each other?",
        r"\b(?:whereas|although|even though|by contrast)\b|, (?:while|but|yet) ",
        r"\b(?:but|however|yet|whereas|al?though|though|while|instead|rather|not|unlike|still|nevertheless|contrast|hand|"
        r"opposite|only|than|despite|differ\w*|compar\w*|against|cannot|never|nobody|no)\b",
    ),
    _role(
        "Which sentence of this passage looks ahead to what is still to come?",
        r"\b(?:(?:plan|intend|expect|hope)s? to|(?:is|are) (?:planned|expected|scheduled|due)|"
        r"will (?:\w+ )?by|next (?:year|month|week|spring|summer|autumn|winter))\b",
        r"\b(?:will|would|shall|going to|plan\w*|expect\w*|intend\w*|promis\w*|next|soon|future|hop\w+|may|might|"
        r"could|(?:is|are) (?:to|due)|forecast\w*|predict\w*|wants?|propos\w*|demand\w*)\b",
    ),
    _role(
        "Which sentence of this passage gives an example of something?",
        r"\b(?:for example|for instance|such as)\b",
        r"\b(?:such|like|including|example|instance|one of|say)\b",
    ),
    _role(
        "Which sentence of this passage leaves it open whether something is so?",
        r"\b(?:may(?! not)|might|perhaps|probably|seems? to|appears? to|(?:not|un)\s?clear|"
        r"nobody (?:\w+ )?knows|uncertain)\b",
        r"\b(?:may|might|perhaps|probabl\w*|seem\w*|appear\w*|\w*clear|know\w*|\w*certain|possib\w*|likely|could|would|"
        r"suppos\w*|guess\w*|whether|think\w*|thought|believ\w*|assum\w*|suggest\w*|if|fear\w*|expect\w*|doubt\w*|"
        r"claim\w*|argu\w*|hop\w+)\b|\?",
    ),
)


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
        opens = place.sentence == material.paragraphs[place.sentence.passage][0]
        for role in () if opens else _roles_of(place.sentence.text):
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


@lru_cache(maxsize=8_192)
def _roles_of(text: str) -> tuple[_Role, ...]:
    """What the sentence does: several terms may stand in it."""
    return tuple(role for role in _ROLES if role.has.search(text))


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
        is_hidden = _is_hidden(place.sentence, others)
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


def _is_hidden(key: Sentence, others: Sequence[Sentence]) -> bool:
    """Whether who takes the longest sentence misses the key; every fourth key may be the longest, by its words."""
    return any(len(other.text) > len(key.text) for other in others) or drawn(key.text, 4) == 0


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
