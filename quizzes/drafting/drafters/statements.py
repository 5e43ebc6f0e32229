"""What the article says: of a thing, how many, and how it goes on. Wrong options are its words on other things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quizzes.drafting.clauses import LONGEST, SHORTEST, halves_of, subject_of
from quizzes.drafting.contents import GAP, choice_content, drawn, in_quotes
from quizzes.drafting.context import readable
from quizzes.drafting.distractors import spread_texts
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.plainness import is_plain, points_outside, without_lead
from quizzes.drafting.registry import drafter, drafter_up_to
from quizzes.drafting.terms import Place, Sentence, Term
from quizzes.drafting.words import content_roots, tokens

FEWEST_WRONG = 2
FEWEST_HEAD_WORDS = 6
SHORTLIST = 6
MOST_BEFORE, MOST_SHOWN = 16, 33
_ELSEWHERE = "The article says this of something else."


@drafter
def what_is_said_of_it(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """What does the article say of the thing? The options are predicates of the article, all with the same pronoun."""
    if term.form.entity not in {"thing", "body"}:
        return
    for place in term.first_places:
        sentence = without_lead(place.sentence.text)
        is_told = is_plain(place.sentence.text) and not place.sentence.is_spoken
        parts = subject_of(sentence) if is_told else None
        if parts is None or not _is_subject(parts[0], place) or len(tokens(parts[1])) > LONGEST:
            continue
        pronoun = "They" if term.form.plural else "It"
        stem = f"Which of these things does the article say about {in_quotes(_inside(parts[0]))}?"
        wrong = (
            f"{pronoun} {other}"
            for sentence, other in material.predicates
            if sentence.passage != place.sentence.passage
            and _is_option(other, plural=term.form.plural)
            and not _is_said_of(term, sentence, f"{place.surface} {other}", material)
        )
        yield from _choice(
            material, term, place, stem, f"{pronoun} {parts[1]}", wrong, "what_is_said_of_it", strength=83
        )
        return


@drafter
def how_it_goes_on(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """How does the article go on: with which reason, contrast, result or condition?"""
    for place in term.first_places:
        before = _before(material, place.sentence)
        if before is None:
            continue
        for halves in halves_of(without_lead(place.sentence.text)):
            if len(tokens(halves.head)) < FEWEST_HEAD_WORDS or place.surface not in halves.head:
                continue
            stem = f"{_ASKS[halves.sense]} {in_quotes(f'{before}{halves.head} …')}?"
            wrong = (
                f"… {other.tail}"
                for sentence, other in material.tails
                if sentence.passage != place.sentence.passage
                and other.sense == halves.sense
                and not _is_said_of(term, sentence, f"{place.surface} {other.tail}", material)
            )
            yield from _choice(material, term, place, stem, f"… {halves.tail}", wrong, "how_it_goes_on", strength=73)


def _is_said_of(term: Term, sentence: Sentence, words: str, material: Material) -> bool:
    """Whether the sentence is on the term, or the article says the words somewhere: then they are not wrong of it."""
    return term in material.terms_at.get(sentence.number, ()) or material.says(words)


def _before(material: Material, sentence: Sentence) -> str | None:
    """What has to be read before the sentence to understand it: nothing, the sentence before it, or more: None."""
    if is_plain(sentence.text):
        return ""
    paragraph = material.paragraphs[sentence.passage]
    at = sentence.number - paragraph[0].number
    context = without_lead(paragraph[at - 1].text) if at else ""
    return f"{context} " if is_plain(context) and len(tokens(context)) <= MOST_BEFORE else None


_ASKS = {
    "reason": "Which reason does the article give here:",
    "contrast": "What does the article set against this:",
    "more": "How does the article complete this statement:",
    "result": "Which result does the article name here:",
    "condition": "On which condition does the article make this statement:",
    "relative": "What does the article add to this statement:",
}
_SCALES = (
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
)
_NUMBER = re.compile(rf"(?<![-\w])(?:{'|'.join(word for scale in _SCALES for word in scale)})(?![-\w])")


@drafter_up_to(69)
def which_number(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """How many? The sentence with its only number left out, and other numbers of the same size."""
    for place in term.first_places:
        if not _NUMBER.search(place.sentence.text):
            continue
        sentence = readable(material, place.sentence, most=MOST_SHOWN) or ""
        found = list(_NUMBER.finditer(sentence))
        if len(found) != 1 or re.search(r"\d", sentence):
            continue
        number = found[0][0]
        gapped = f"{sentence[: found[0].start()]}{GAP}{sentence[found[0].end() :]}"
        stem = f"Which number does the article give here? {gapped}"
        yield from _choice(
            material, term, place, stem, number, _other_numbers(number, stem), "which_number", strength=69
        )
        return


def _other_numbers(number: str, seed: str) -> list[str]:
    """Numbers around the right one, which is now the smallest and now the largest of them."""
    scale = next(scale for scale in _SCALES if number in scale)
    at = scale.index(number)
    first = max(0, min(at - drawn(seed, 4), len(scale) - 4))
    return [other for other in scale[first : first + 4] if other != number]


def _choice(
    material: Material,
    term: Term,
    place: Place,
    stem: str,
    right: str,
    wrong: Iterable[str],
    name: str,
    *,
    strength: int,
) -> Iterator[DraftedQuestion]:
    pool = _unlike(wrong, content_roots(right) | content_roots(stem), seed=stem)
    chosen = spread_texts(pool[:SHORTLIST], right, count=3, seed=stem)
    if len(chosen) < FEWEST_WRONG:
        return
    content = choice_content(
        stem,
        right={right: "Right: these are the article’s own words."},
        wrong=dict.fromkeys(chosen, "The article gives another number." if name == "which_number" else _ELSEWHERE),
        explanation=says(material, place.sentence.span),
    )
    yield DraftedQuestion(
        "single_choice", term.name, content, place.sentence.span, name, strength,
        "Make sure that no other option could be right as well.",
    )  # fmt: skip


def _unlike(texts: Iterable[str], taken: frozenset[str], *, seed: str) -> list[str]:
    """Texts that share no word family with what is taken nor with each other, in an order drawn from the seed."""
    kept: list[str] = []
    for text in sorted(set(texts), key=lambda text: drawn(seed + text, 1 << 30)):
        roots = content_roots(text)
        if not roots & taken:
            kept.append(text)
            taken |= roots
    return kept


def _is_subject(subject: str, place: Place) -> bool:
    bare = _bare_subject(subject)
    return bare.endswith(place.surface) and len(tokens(bare)) <= len(tokens(place.surface)) + 1


def _inside(subject: str) -> str:
    """The subject as it reads inside a sentence."""
    return re.sub(r"^(The|An?)\s", lambda found: f"{found[1].lower()} ", subject)


def _bare_subject(subject: str) -> str:
    return re.sub(r"^(?:The|An?)\s", "", subject)


def _is_option(predicate: str, *, plural: bool) -> bool:
    return (
        SHORTEST <= len(tokens(predicate)) <= LONGEST and _stands_alone(predicate) and _agrees(predicate, plural=plural)
    )


def _stands_alone(predicate: str) -> bool:
    return not points_outside(predicate) and re.match(r"\w+ (?:that|said|not only)\b", predicate) is None


_ANY_SUBJECT = re.compile(
    r"^(?:is|are|was|were|has|have|had|will|would|can|cannot|could|may|might|must|should|became|becomes|remains?|remained|"
    r"came|comes|lost|grew|fell|began|costs?|needs?|needed)\b"
)
_SINGULAR, _PLURAL = re.compile(r"^(?:is|was|has|does|[a-z]+s)\b"), re.compile(r"^(?:are|were|have|do|need)\b")


def _agrees(predicate: str, *, plural: bool) -> bool:
    """Whether the predicate's verb fits the pronoun, and says something that a thing may be, have or do as well."""
    return _ANY_SUBJECT.match(predicate) is not None and not (_SINGULAR if plural else _PLURAL).match(predicate)
