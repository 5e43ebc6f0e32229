"""Single choice: which expression has this meaning, what an expression means, which one heads a part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from course.reading.outline import Span
from quizzes.drafting.contents import choice_content, in_quotes, quoted_at_end, snippet
from quizzes.drafting.distractors import similar_terms, spread_texts
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import ask_for_term, evidence_of_meaning, says, why_meaning
from quizzes.drafting.registry import drafter, drafter_up_to
from quizzes.drafting.terms import HeadingPlace, Place, Sentence, Term
from quizzes.drafting.words import capitalised, content_roots, ends_plural, folded, tokens

FEWEST_WRONG = 2
HEADING = 64
FEWEST_FIRST_WORDS, FIRST_WORDS, MOST_FIRST_WORDS = 4, 18, 24


@drafter
def expression_for_meaning(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which expression does the article use for this meaning?"""
    evidence = evidence_of_meaning(term)
    if term.meaning is None or evidence is None:
        return
    stem = ask_for_term(term)
    right_as_well = {other.name for other in material.terms if other.may_mean(term.meaning.text)}
    wrong = similar_terms(material, term, stem=stem, seed=stem, near=term.meaning.place, without=right_as_well)
    if len(wrong) >= FEWEST_WRONG:
        content = choice_content(
            stem,
            right={capitalised(term.text): f"Right: this is what the article uses {in_quotes(term.text)} for."},
            wrong={capitalised(other.text): where_else(other) for other in wrong},
            explanation=why_meaning(material, term),
        )
        yield DraftedQuestion("single_choice", term.name, content, evidence, "expression_for_meaning", strength=92)


@drafter
def meaning_of_expression(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """What does the article mean by this expression?"""
    if term.meaning is None or term.meaning.place is None or term.form.entity != "thing":
        return
    stem = f"What does the article mean by {in_quotes(term.text)}, in its own words?"
    others = _other_meanings(material, term, stem)
    wrong = spread_texts(list(others), term.meaning.text, count=3, seed=stem)
    if len(wrong) >= FEWEST_WRONG:
        content = choice_content(
            stem,
            right={capitalised(term.meaning.text): "Right: the article explains the expression in these words."},
            wrong={
                capitalised(text): f"That is what the article calls {in_quotes(others[text].text)}." for text in wrong
            },
            explanation=why_meaning(material, term),
        )
        span = term.meaning.place.sentence.span
        yield DraftedQuestion("single_choice", term.name, content, span, "meaning_of_expression", strength=88)


@drafter_up_to(HEADING)
def expression_in_heading(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which expression stands in the heading of the part that begins so?"""
    for place in term.headings:
        opening = material.lessons.get(place.lesson, ())
        if (
            "?" in place.text
            or not opening
            or len(tokens(opening[0].text)) > FIRST_WORDS
            or term.roots & content_roots(opening[0].text)
        ):
            continue
        if material.lesson_openings[folded(opening[0].text)] > 1:
            continue
        beginning = in_quotes(opening[0].text.rstrip(" .!?"))
        yield from _heading_of(material, term, place, beginning)
        stem = f"Which expression does the author put into the heading of the part that begins {beginning}?"
        unfit = {
            other.name
            for other in material.terms
            if other.headings or any(at.sentence.lesson == place.lesson for at in other.places)
        }
        wrong = similar_terms(material, term, stem=stem, seed=stem, without=unfit)
        if len(wrong) >= FEWEST_WRONG:
            content = choice_content(
                stem,
                right={capitalised(term.text): f"Right: the heading reads {in_quotes(place.text)}."},
                wrong={capitalised(other.text): where_else(other) for other in wrong},
                explanation=f"The heading of this part reads {in_quotes(place.text)}.",
            )
            yield DraftedQuestion(
                "single_choice", term.name, content, place.span, "expression_in_heading", _in_heading(term)
            )


def _heading_of(material: Material, term: Term, place: HeadingPlace, beginning: str) -> Iterator[DraftedQuestion]:
    """Which of the article's headings stands above the part?"""
    stem = f"Which of these headings has the author put above the part that begins {beginning}?"
    if material.titles.get(place.lesson) != place.text or content_roots(place.text) & content_roots(stem):
        return
    others = [title for lesson, title in material.titles.items() if lesson != place.lesson and "?" not in title]
    wrong = spread_texts(others, place.text, count=3, seed=stem)
    if len(wrong) >= FEWEST_WRONG:
        content = choice_content(
            stem,
            right={in_quotes(place.text): "Right: this heading stands above the part."},
            wrong=dict.fromkeys(map(in_quotes, wrong), "This heading stands above another part."),
            explanation=f"The heading of this part reads {in_quotes(place.text)}.",
        )
        yield DraftedQuestion("single_choice", term.name, content, place.span, "heading_of_a_part", HEADING)


def _in_heading(term: Term) -> int:
    # A word of the author's own that stands in a heading alone has no other question; else this asks for a place.
    return 60 if term.is_striking and not term.places else 50


@drafter_up_to(46)
def expression_in_passage(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which expression does the author use in the passage that begins, or ends, so?"""
    for place in term.places[:1]:
        passage = material.paragraphs[place.sentence.passage]
        markers = (("begins", passage[0], material.openings), ("ends", passage[-1], material.endings))
        for verb, marker, times in markers:
            is_told_apart = times[folded(marker.text)] == 1
            if is_told_apart and FEWEST_FIRST_WORDS <= len(tokens(marker.text)) <= MOST_FIRST_WORDS:
                yield from _in_passage(material, term, place, verb, marker)


def _in_passage(material: Material, term: Term, place: Place, verb: str, marker: Sentence) -> Iterator[DraftedQuestion]:
    quoted = in_quotes(marker.text.rstrip(" .:"))
    stem = f"Which of these expressions does the author use in the passage that {verb} {quoted}?"
    wrong = similar_terms(material, term, stem=stem, seed=stem, near=place)
    if len(wrong) < FEWEST_WRONG:
        return
    words = quoted_at_end(snippet(place.sentence, place.start, place.end))
    content = choice_content(
        stem,
        right={capitalised(term.text): f"Right: there it says {words}"},
        wrong={capitalised(other.text): where_else(other) for other in wrong},
        explanation=says(material, place.sentence.span),
    )
    first, last = sorted((marker.span, place.sentence.span))
    span = Span(first.start, last.end)
    yield DraftedQuestion("single_choice", term.name, content, span, "expression_in_passage", strength=46)


@drafter_up_to(47)
def part_with_expression(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """In which part of the article does the expression stand?"""
    lessons = {place.sentence.lesson for place in term.places}
    if len(lessons) != 1 or term.headings or term.form.entity in {"person", "place"}:
        return
    (own,) = lessons
    titles = material.titles
    if own not in titles:
        return
    stem = f"In which part of the article does the author use the expression {in_quotes(term.text)}?"
    others = [title for lesson, title in titles.items() if lesson != own]
    wrong = spread_texts(others, titles[own], count=3, seed=stem)
    if len(wrong) >= FEWEST_WRONG:
        place = term.places[0]
        words = quoted_at_end(snippet(place.sentence, place.start, place.end))
        content = choice_content(
            stem,
            right={titles[own]: f"Right: there it says {words}"},
            wrong=dict.fromkeys(wrong, "The expression does not occur in this part."),
            explanation=says(material, place.sentence.span),
        )
        yield DraftedQuestion(
            "single_choice", term.name, content, place.sentence.span, "part_with_expression", strength=47
        )


def where_else(term: Term) -> str:
    """Feedback for a wrong expression: what the article uses it for, or where it stands."""
    if term.meaning is not None:
        return f"The article uses {in_quotes(term.text)} for something else: {quoted_at_end(term.meaning.text)}"
    if term.places:
        place = term.places[0]
        words = quoted_at_end(snippet(place.sentence, place.start, place.end))
        return f"The article uses {in_quotes(term.text)} elsewhere: {words}"
    return f"The article uses {in_quotes(term.text)} elsewhere."


def _other_meanings(material: Material, term: Term, stem: str) -> Mapping[str, Term]:
    if term.meaning is None:
        return {}
    own = content_roots(term.meaning.text)
    asked = content_roots(stem)
    plural = ends_plural(tokens(term.meaning.text)[0])
    return {
        other.meaning.text: other
        for other in material.terms
        if other.meaning is not None
        and other is not term
        and other.meaning.place is not None
        and other.form.entity == "thing"
        and ends_plural(tokens(other.meaning.text)[0]) == plural
        and not content_roots(other.meaning.text) & asked
        and not term.may_mean(other.meaning.text)
        and len(content_roots(other.meaning.text) & own) <= 1
    }
