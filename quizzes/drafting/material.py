"""An outline indexed once for all drafters: sentences, terms, claims. Nothing here looks at all pairs of anything."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from course.reading.outline import ConceptOutline, Outline, PassageOutline, Span
from quizzes.drafting.clauses import Halves, halves_of, subject_of
from quizzes.drafting.definitions import stated_definition
from quizzes.drafting.plainness import is_plain, without_lead
from quizzes.drafting.speakers import Claim, claims_in, groups_in, namer_of, names_in
from quizzes.drafting.splitting import split
from quizzes.drafting.terms import (
    HeadingPlace,
    Meaning,
    Place,
    Sentence,
    Term,
    are_fragments,
    form_of,
    given_meaning,
    roots_of,
    written_form,
)

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Material:
    """Everything a drafter may look at."""

    outline: Outline
    sentences: tuple[Sentence, ...]
    terms: tuple[Term, ...]
    headings: Mapping[int, PassageOutline] = field(default_factory=dict)

    @property
    def is_english(self) -> bool:
        """Whether drafters that rely on English words may work."""
        return self.outline.language.lower().split("-")[0] == "en"

    @cached_property
    def paragraphs(self) -> Mapping[int, tuple[Sentence, ...]]:
        """The sentences of each passage, by the passage's position."""
        return _grouped((sentence.passage, sentence) for sentence in self.sentences)

    @cached_property
    def lessons(self) -> Mapping[int, tuple[Sentence, ...]]:
        """The sentences of each lesson, by the lesson's position."""
        return _grouped((sentence.lesson, sentence) for sentence in self.sentences)

    @cached_property
    def terms_at(self) -> Mapping[int, tuple[Term, ...]]:
        """The terms that stand in a sentence, by the sentence's number."""
        return _grouped((place.sentence.number, term) for term in self.terms for place in term.places)

    @cached_property
    def claims(self) -> Mapping[int, tuple[Claim, ...]]:
        """What named holders say or believe, by the sentence's number."""
        return {sentence.number: tuple(found) for sentence in self.sentences if (found := claims_in(sentence))}

    @cached_property
    def predicates(self) -> tuple[tuple[Sentence, str], ...]:
        """What plain sentences say of their subjects, where it can be read without them."""
        found = ((sentence, subject_of(without_lead(sentence.text))) for sentence in self.sentences)
        return tuple((sentence, parts[1]) for sentence, parts in found if parts and is_plain(sentence.text))

    @cached_property
    def tails(self) -> tuple[tuple[Sentence, Halves], ...]:
        """How sentences go on behind a connecting word."""
        return tuple((sentence, halves) for sentence in self.sentences for halves in halves_of(sentence.text))

    @cached_property
    def namers(self) -> Mapping[str, tuple[str, Place]]:
        """Who gives a term its name, by the term, where the article says so."""
        found: dict[str, tuple[str, Place]] = {}
        for term in self.terms:
            for place in term.places:
                if term.name not in found and (namer := namer_of(place)):
                    found[term.name] = (namer, place)
        return found

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Everybody whom the article lets speak, and the groups of people it mentions, each once, in order."""
        seen: dict[str, str] = {}
        for claims in self.claims.values():
            for claim in claims:
                seen.setdefault(claim.holder.lower(), claim.holder)
        for holder, _place in self.namers.values():
            seen.setdefault(holder.lower(), holder)
        for sentence in self.sentences:
            for name in (*groups_in(sentence.text), *names_in(sentence.text)):
                seen.setdefault(name.lower(), name)
        for term in self.terms:
            if term.form.entity in {"person", "body"}:
                seen.setdefault(term.text.lower(), term.text)
        return tuple(seen.values())

    def evidence_text(self, span: Span) -> str:
        """The characters of a span."""
        return span.quote(self.outline.text)


def prepare(outline: Outline, definitions: Mapping[str, str]) -> Material:
    """The outline with its sentences split, its mentions placed and its definitions found."""
    sentences = tuple(_sentences(outline))
    headings = {
        lesson.position: passage
        for lesson in outline.lessons
        for passage in outline.passages
        if lesson.heading is not None and passage.position == lesson.heading
    }
    finder = _Finder(outline, sentences, headings)
    terms = tuple(finder.term(concept, definitions) for concept in sorted(outline.concepts, key=lambda c: c.rank))
    return Material(outline, sentences, terms, headings)


def _sentences(outline: Outline) -> Iterable[Sentence]:
    lesson_of = {passage: lesson.position for lesson in outline.lessons for passage in lesson.passages}
    number = 0
    for passage in sorted(outline.passages, key=lambda p: p.span.start):
        if passage.position not in lesson_of:
            continue
        for span in split(outline.text, passage.span):
            yield Sentence(number, span, span.quote(outline.text), passage.position, lesson_of[passage.position])
            number += 1


class _Finder:
    """Places mentions in sentences and headings by their offsets."""

    def __init__(
        self, outline: Outline, sentences: tuple[Sentence, ...], headings: Mapping[int, PassageOutline]
    ) -> None:
        self.outline = outline
        self.sentences = sentences
        self.starts = [sentence.span.start for sentence in sentences]
        self.headings = sorted(headings.items(), key=lambda pair: pair[1].span.start)
        self.heading_starts = [passage.span.start for _lesson, passage in self.headings]

    def term(self, concept: ConceptOutline, definitions: Mapping[str, str]) -> Term:
        places = tuple(place for span in concept.mentions if (place := self._place(span)) is not None)
        headings = tuple(head for span in concept.mentions if (head := self._heading(span)) is not None)
        text = written_form(concept, places)
        return Term(
            concept=concept,
            text=text,
            form=form_of(text, befores=[place.before for place in places], kind=concept.kind),
            places=places,
            headings=headings,
            meaning=given_meaning(concept.term, definitions) or self._stated(places),
            roots=roots_of(text),
            is_fragment=are_fragments(places, headings),
        )

    def _place(self, span: Span) -> Place | None:
        index = bisect_right(self.starts, span.start) - 1
        if index < 0 or span.end > self.sentences[index].span.end or span.start >= span.end:
            return None
        sentence = self.sentences[index]
        return Place(sentence, span.start - sentence.span.start, span.end - sentence.span.start)

    def _heading(self, span: Span) -> HeadingPlace | None:
        index = bisect_right(self.heading_starts, span.start) - 1
        if index < 0 or span.end > self.headings[index][1].span.end or span.start >= span.end:
            return None
        lesson, passage = self.headings[index]
        text = passage.span.quote(self.outline.text)
        return HeadingPlace(lesson, passage.span, text, span.start - passage.span.start, span.end - passage.span.start)

    def _stated(self, places: tuple[Place, ...]) -> Meaning | None:
        for place in places:
            if text := stated_definition(place.sentence.text, place.start, place.end):
                return Meaning(text=text, given=False, place=place)
        return None


def _grouped(pairs: Iterable[tuple[int, _Value]]) -> dict[int, tuple[_Value, ...]]:
    groups: dict[int, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
