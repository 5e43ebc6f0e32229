"""True, false or not stated: the article's own claim, the claim turned round, and a claim it does not make."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzes.drafting.contents import drawn, in_quotes, statement_content
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.plainness import is_plain, without_lead
from quizzes.drafting.registry import drafter
from quizzes.drafting.speakers import is_group
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.turning import turned_round
from quizzes.drafting.words import content_roots, ends_plural, tokens

LONGEST_STATEMENT = 30


@drafter
def meaning_kept_or_swapped(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """The expression with its own meaning, which is true, or with that of another, which is false."""
    if term.meaning is None or term.meaning.place is None or term.form.entity != "thing":
        return
    told = f"The article explains {in_quotes(term.text)} so: {in_quotes(term.meaning.text)}."
    span = term.meaning.place.sentence.span
    yield _draft(
        term, f"In the article, {in_quotes(term.text)} stands for {term.meaning.text}.", "true", material, span.start,
        note=told, strength=79,
    )  # fmt: skip
    for other in _with_like_meaning(material, term)[:1]:
        assert other.meaning is not None
        swapped = f"In the article, {in_quotes(term.text)} stands for {other.meaning.text}."
        note = f"{told} The meaning given here belongs to {in_quotes(other.text)}."
        yield _draft(term, swapped, "false", material, span.start, note=note, strength=82)


@drafter
def claim_kept_or_turned(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """A plain sentence as it stands, which is true, or with its direction, number or negation turned, which is false."""
    for place in term.places:
        sentence = " ".join(without_lead(place.sentence.text).split())
        if not is_plain(place.sentence.text) or len(tokens(sentence)) > LONGEST_STATEMENT or "?" in sentence:
            continue
        told = says(material, place.sentence.span)
        yield _draft(term, sentence, "true", material, place.sentence.span.start, note=told, strength=62)
        if turned := turned_round(sentence):
            yield _draft(
                term, turned, "false", material, place.sentence.span.start, note=told, strength=74,
                confirm="Make sure that the changed statement is false and not merely odd.",
            )  # fmt: skip
        return


@drafter
def claim_of_nobody(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """A claim about the expression on which the article is silent: that somebody else uses it as well."""
    if term.form.entity != "thing" or term.name not in material.namers:
        return
    namer, place = material.namers[term.name]
    for speaker in _strangers(material, term, namer, place):
        statement = f"{speaker}, too, use the expression {in_quotes(place.surface)} for this."
        statement = f"Like {_inside(namer)}, {_inside(speaker)} also use the expression {in_quotes(place.surface)}."
        note = f"The article gives the expression to {_inside(namer)} and says nothing of {_inside(speaker)} using it."
        yield _draft(
            term, statement, "not_stated", material, place.sentence.span.start, note=note, strength=78,
            confirm="Make sure that the article does not say it anywhere.",
        )  # fmt: skip
        return


@drafter
def first_use_untold(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Who coined the expression, on which the article is silent."""
    if term.form.entity != "thing" or not term.places or term.name in material.namers:
        return
    place = term.places[0]
    if _COINED.search(place.sentence.text):
        return
    for speaker in _strangers(material, term, "", place):
        statement = (
            f"The expression {in_quotes(term.text)} was used by {_inside(speaker)} before the author took it up."
        )
        note = "The article uses the expression, but it does not say who used it first."
        yield _draft(
            term, statement, "not_stated", material, place.sentence.span.start, note=note, strength=66,
            confirm="Make sure that the article does not say where the expression comes from.",
        )  # fmt: skip
        return


_COINED = re.compile(
    r"\b(?:call(?:s|ed)?|coined|known|named?|dubbed|termed|describe[sd]?|speaks?|spoke|says?|said|told|wrote|written|"
    r"writing|phrase|word|term|invented|idea)\b|[“”\"]"
)


def _draft(
    term: Term,
    statement: str,
    answer: str,
    material: Material,
    start: int,
    *,
    note: str,
    strength: int,
    confirm: str = "",
) -> DraftedQuestion:
    span = next(sentence.span for sentence in material.sentences if sentence.span.start == start)
    verdict = {
        "true": "The article says so.",
        "false": "The article says otherwise.",
        "not_stated": "The article is silent on it.",
    }
    notes = {name: f"Right. {note}" if name == answer else f"{verdict[answer]} {note}" for name in verdict}
    content = statement_content(statement, answer=answer, notes=notes, explanation=says(material, span))
    return DraftedQuestion("true_false", term.name, content, span, f"statement_{answer}", strength, confirm)


def _with_like_meaning(material: Material, term: Term) -> list[Term]:
    assert term.meaning is not None
    own = content_roots(term.meaning.text)
    plural = ends_plural(tokens(term.meaning.text)[0])
    return sorted(
        (
            other
            for other in material.terms
            if other is not term
            and other.meaning is not None
            and other.meaning.place is not None
            and other.form.entity == "thing"
            and ends_plural(tokens(other.meaning.text)[0]) == plural
            and not content_roots(other.meaning.text) & (own | term.roots)
            and not other.is_akin_to(term)
        ),
        key=lambda other: drawn(term.text + other.text, 1 << 30),
    )


def _strangers(material: Material, term: Term, namer: str, place: Place) -> list[str]:
    """Groups of the article that have nothing to do with the passage, in an order drawn from the term."""
    near = material.paragraphs.get(place.sentence.passage, ())
    there = content_roots(" ".join(sentence.text for sentence in near) + f" {namer} {term.text}")
    fits = [
        name for name in material.speakers
        if is_group(name) and len(tokens(name)) <= 3 and not content_roots(name) & there
    ]  # fmt: skip
    return sorted(fits, key=lambda name: drawn(term.text + name, 1 << 30))


def _inside(speaker: str) -> str:
    """A speaker's name as it reads inside a sentence."""
    first, _, rest = speaker.partition(" ")
    plain = first.lower() in {"the", "a", "an", "some", "many", "most", "several"} or (is_group(speaker) and not rest)
    return f"{first.lower()} {rest}".strip() if plain else speaker
