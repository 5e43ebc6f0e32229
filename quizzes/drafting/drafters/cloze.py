"""Cloze: the article's own sentence, or heading, with the concept left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quizzes.drafting.contents import GAP, cloze_content, drawn, in_quotes
from quizzes.drafting.distractors import similar_terms
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.drafters.short_text import accepted_variants
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.plainness import (
    LONGEST,
    is_plain,
    is_told_by_author,
    is_whole,
    opens_well,
    points_outside,
    stands_free,
    without_lead,
)
from quizzes.drafting.registry import drafter, drafter_up_to
from quizzes.drafting.speakers import is_torn_from_a_quotation
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.words import content_roots, folded, tokens

FEWEST_OPTIONS = 3
FEWEST_WORDS_AROUND = 7
MORE_WORDS = 2
"""Something else fills a gap as well if it has at most so many words more than what is asked for."""
TOLD, WEIGHTY, MERELY_USED, LESS_IF_IT_LEANS = 80, 65, 53, 10
"""A gap is worth most where the article explains or names what belongs there, then where the expression is striking
or carries the article; else whatever asks for more comes first, and further down nothing is asked."""
NAME_OF_A_PLACE = 52
"""What a street or a town is called is asked last of all gaps: nothing in the sentence leads to it."""
ASK = "Complete the sentence with the expression that the article uses."
ASK_TYPED = "Complete the sentence with the expression that the article uses ({letters})."
ASK_HEADING = "Complete this heading of the article as its author has written it ({letters})."
ASK_ELSEWHERE = "Complete the sentence with the missing word or words."


@drafter
def gap_in_sentence(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """The sentence with the term left out: a list to choose from where good wrong options exist, else typed."""
    if not term.is_first and not _is_told(material, term):
        return
    for place in term.first_places:
        opening = _opening(material, place)
        if opening is None or not _leaves_a_gap(place, opening, term, english=material.is_english):
            continue
        if not _is_filled_otherwise(material, place):
            yield _gap(material, term, place, opening)
            return


@drafter_up_to(58)
def gap_in_heading(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """The heading with the term left out, for a concept that the author put there."""
    for place in term.headings:
        before, after = place.text[: place.start], place.text[place.end :]
        if "?" in place.text or len(tokens(before + after)) < 3 or content_roots(before + after) & term.roots:
            continue
        if _fills(
            map(folded, material.titles.values()), folded(before), folded(after), of=place.text, around=term.text
        ):
            continue
        content = cloze_content(
            ASK_HEADING.format(letters=_letters(term)) if material.is_english else ASK_ELSEWHERE,
            before=before,
            after=after,
            accepted=accepted_variants(term),
            options=(),
            feedback=f"The heading reads {in_quotes(place.text)}.",
            explanation=f"The heading reads {in_quotes(place.text)}.",
        )
        strength = 58 if term.is_striking and not term.places else 51
        yield DraftedQuestion("cloze", term.name, content, place.span, "gap_in_heading", strength)
        return


def _gap(material: Material, term: Term, place: Place, opening: str) -> DraftedQuestion:
    before, after = _bare(opening, place.after)
    options = _options(material, term, place, before, after)
    content = cloze_content(
        _asked(term, is_typed=not options) if material.is_english else ASK_ELSEWHERE,
        before=before,
        after=after,
        accepted=[place.surface] if options else accepted_variants(term),
        options=options,
        feedback=f"The article has {in_quotes(place.surface)} here.",
        explanation=says(material, place.sentence.span),
    )
    strength = (
        TOLD if _is_told(material, term) else WEIGHTY if not material.is_english or _is_weighty(term) else MERELY_USED
    )
    if material.is_english and term.form.entity == "place":
        strength = NAME_OF_A_PLACE
    leans = not is_plain(place.sentence.text, english=material.is_english)
    strength -= LESS_IF_IT_LEANS if leans and not term.is_striking else 0
    return DraftedQuestion("cloze", term.name, content, place.sentence.span, "gap_in_sentence", strength)


def _asked(term: Term, *, is_typed: bool) -> str:
    """What is asked; where the words are to be typed, with their first letters, so that only these words fit."""
    return ASK_TYPED.format(letters=_letters(term)) if is_typed else ASK


def _letters(term: Term) -> str:
    return " ".join(f"{word[0]}…" for word in term.text.split())


def _is_told(material: Material, term: Term) -> bool:
    """Whether the article explains or names what belongs in the gap."""
    if not material.is_english:
        return term.concept.definition is not None
    return term.meaning is not None or term.name in material.namers


def _is_weighty(term: Term) -> bool:
    """Whether its words matter: striking, in a heading, or met in several sentences; else it is a detail."""
    return term.is_striking or bool(term.headings) or len({place.sentence.number for place in term.places}) > 1


def _options(material: Material, term: Term, place: Place, before: str, after: str) -> list[str]:
    """What is offered for the gap, the key among it; nothing where it is to be typed.

    Every third gap is typed, and each that a thing fills: what has but its form cannot stand there.
    """
    is_thing = material.is_english and term.form.entity == "thing"
    if is_thing or place.surface != term.text or drawn(before + after, 3) == 0:
        return []
    wrong = similar_terms(material, term, stem=f"{before} {GAP} {after}", seed=before + after, near=place, cased=True)
    options = [place.surface, *(other.text for other in wrong)]
    return options if len(options) >= FEWEST_OPTIONS else []


def _opening(material: Material, place: Place) -> str | None:
    """What is shown before the gap: the sentence's beginning, with the sentence before it where it leans on that."""
    text = place.sentence.text
    bare = without_lead(text)
    shift = len(text) - len(bare)
    if (
        place.start > shift
        and is_whole(bare)
        and (not material.is_english or is_plain(bare) or is_told_by_author(bare))
    ):
        return bare[: place.start - shift]
    paragraph = material.paragraphs[place.sentence.passage]
    index = place.sentence.number - paragraph[0].number
    if index == 0 or not is_whole(text):
        return None
    context = without_lead(paragraph[index - 1].text)
    whole = f"{context} {text}"
    if not opens_well(context) or (material.is_english and points_outside(context)) or "?" in context:
        return None
    if len(tokens(whole)) > LONGEST:
        return None
    return f"{context} {place.before}" if is_whole(whole) else None


def _is_filled_otherwise(material: Material, place: Place) -> bool:
    """Whether another sentence has something else in the very same gap: that would be right as well."""
    before, after = folded(without_lead(place.before)), folded(place.after)
    return _fills(
        material.statements, before, after, of=folded(without_lead(place.sentence.text)), around=place.surface
    )


def _fills(texts: Iterable[str], before: str, after: str, *, of: str, around: str) -> bool:
    most, own = len(around.split()) + MORE_WORDS, folded(of)
    return any(
        other.startswith(before)
        and other.endswith(after)
        and other != own
        and 0 < len(other[len(before) : len(other) - len(after)].split()) <= most
        for other in texts
    )


def _bare(before: str, after: str) -> tuple[str, str]:
    """The two sides of the gap on one line, without quotation marks that stood around the term alone."""
    left, right = re.sub(r"\s+", " ", before), re.sub(r"\s+", " ", after)
    if re.search(r"[“\"‘«„]$", left) and re.match(r"[,.]?[”\"’»“]", right):
        return left[:-1], re.sub(r"^([,.]?)[”\"’»“]", r"\1", right)
    return left, right


def _leaves_a_gap(place: Place, opening: str, term: Term, *, english: bool) -> bool:
    """Whether the mention is a whole noun phrase, said once, and not the sentence's opening."""
    return (
        bool(tokens(opening))
        and len(tokens(f"{opening} {place.after}")) >= FEWEST_WORDS_AROUND
        and not is_torn_from_a_quotation(place)
        and stands_free(place.before, place.after, english=english)
        and not content_roots(f"{opening} {place.after}") & term.roots
    )
