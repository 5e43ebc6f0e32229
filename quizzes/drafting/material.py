"""An outline indexed once for all drafters: sentences, terms, claims. Nothing here looks at all pairs of anything."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TypeVar

from course.reading.outline import ConceptOutline, Outline, PassageOutline, Span
from quizzes.drafting.clauses import Halves, halves_of, subject_of
from quizzes.drafting.definitions import stated_definition
from quizzes.drafting.lookalikes import Lookalike, lookalikes_of
from quizzes.drafting.plainness import is_plain, leans, without_lead
from quizzes.drafting.rules.options import is_phrase_in
from quizzes.drafting.speakers import (
    Claim,
    claims_in,
    claims_in_asides,
    claims_of_pronoun,
    groups_in,
    is_known,
    is_part_of_a_name,
    is_person,
    is_place,
    is_placed,
    namer_of,
    names_in,
)
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
from quizzes.drafting.words import content_roots, folded

MOST_IN_A_SENTENCE = 3
"""A "sentence" with more mentions of one term is a list, or a text without full stops: each is read to its end."""
_Value = TypeVar("_Value")
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Professor|Sir)\.?\s")
_QUOTATION_MARKS = re.compile(r"[“”„\"«»]")


@dataclass(frozen=True)
class Material:
    """Everything a drafter may look at."""

    outline: Outline
    sentences: tuple[Sentence, ...]
    terms: tuple[Term, ...]
    headings: Mapping[int, PassageOutline] = field(default_factory=dict)
    _lookalikes: dict[str, tuple[Lookalike, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
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
    def openings(self) -> Mapping[str, int]:
        """How many paragraphs begin with a sentence that reads so, case-folded."""
        return Counter(folded(sentences[0].text) for sentences in self.paragraphs.values())

    @cached_property
    def endings(self) -> Mapping[str, int]:
        """How many paragraphs end with a sentence that reads so, case-folded."""
        return Counter(folded(sentences[-1].text) for sentences in self.paragraphs.values())

    @cached_property
    def lesson_openings(self) -> Mapping[str, int]:
        """How many lessons begin with a sentence that reads so, case-folded."""
        return Counter(folded(sentences[0].text) for sentences in self.lessons.values())

    @cached_property
    def titles(self) -> Mapping[int, str]:
        """The headings by the lesson's position; those that two lessons share are left out, as they name neither."""
        texts = {lesson: self.evidence_text(passage.span) for lesson, passage in self.headings.items()}
        times = Counter(map(folded, texts.values()))
        return {lesson: text for lesson, text in texts.items() if times[folded(text)] == 1}

    @cached_property
    def terms_at(self) -> Mapping[int, tuple[Term, ...]]:
        """The terms that stand in a sentence, by the sentence's number."""
        return _grouped((place.sentence.number, term) for term in self.terms for place in term.places)

    def lookalikes(self, term: Term) -> tuple[Lookalike, ...]:
        """The terms that have about the form of this one, worked out when it is first asked for them."""
        if term.name not in self._lookalikes:
            self._lookalikes[term.name] = lookalikes_of(term, self.terms)
        return self._lookalikes[term.name]

    @cached_property
    def claims(self) -> Mapping[int, tuple[Claim, ...]]:
        """What named holders say or believe, by the sentence's number."""
        pairs = (
            (before, each)
            for own in self.paragraphs.values()
            for before, each in zip((None, *own[:-1]), own, strict=True)
        )
        return {
            sentence.number: tuple(replace(claim, holder=self._in_full(claim.holder)) for claim in found)
            for before, sentence in pairs
            if (
                found := claims_in(sentence)
                or claims_in_asides(sentence, before)
                or (claims_of_pronoun(sentence, before) if before else [])
            )
        }

    @cached_property
    def _names(self) -> tuple[tuple[str, ...], ...]:
        """The people and bodies named in each sentence."""
        return tuple(tuple(names_in(sentence.text)) for sentence in self.sentences)

    @cached_property
    def _full_names(self) -> Mapping[str, frozenset[str]]:
        """The full names of people, by their last names."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in chain(*self._names):
            if not _TITLE.match(name):
                found[name.rpartition(" ")[2]].add(name)
        return {last: frozenset(names) for last, names in found.items()}

    def _in_full(self, holder: str) -> str:
        """A holder called by a last name that one person bears, with the first name as well."""
        bearers = self._full_names.get(_TITLE.sub("", holder), frozenset())
        return next(iter(bearers)) if len(bearers) == 1 else holder

    @cached_property
    def leaning(self) -> Mapping[int, Sentence]:
        """The sentences that go on from the one before them in their paragraph, by their numbers."""
        behind = (each for own in self.paragraphs.values() for each in own[1:])
        return {each.number: each for each in behind if not each.is_spoken and leans(each.text)}

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
    def namings(self) -> Mapping[str, tuple[tuple[str, Place], ...]]:
        """Everybody who gives a term its name, and where, by the term, in order."""
        found = {
            term.name: tuple((self._in_full(namer), place) for place in term.places if (namer := namer_of(place)))
            for term in self.terms
        }
        return {name: namings for name, namings in found.items() if namings}

    @cached_property
    def namers(self) -> Mapping[str, tuple[str, Place]]:
        """Who gives a term its name first, by the term, where the article says so."""
        return {name: namings[0] for name, namings in self.namings.items()}

    @cached_property
    def _holders(self) -> Mapping[frozenset[str], list[str]]:
        found: dict[frozenset[str], list[str]] = defaultdict(list)
        for claims in self.claims.values():
            for claim in claims:
                found[content_roots(claim.text)].append(claim.holder)
        return found

    def holders_of(self, claim: str) -> list[str]:
        """Everybody to whom the article gives this claim, in whatever sentence."""
        return self._holders.get(content_roots(claim), [])

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The sentences case-folded on one line each, without openings that only tie them to the one before."""
        return tuple(folded(without_lead(sentence.text)) for sentence in self.sentences)

    @cached_property
    def _folded(self) -> str:
        return folded(self.outline.text)

    def says(self, words: str) -> bool:
        """Whether the article has these words somewhere, in this order; case and the mark at their end aside."""
        return is_phrase_in(words.rstrip(" .!?"), self._folded)

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Everybody whom the article lets speak, and the groups of people it mentions, each once, in order."""
        seen: dict[str, str] = {}
        for claims in self.claims.values():
            for claim in claims:
                seen.setdefault(claim.holder.lower(), claim.holder)
        for holder, _place in self.namers.values():
            seen.setdefault(holder.lower(), holder)
        named = [(groups_in(each.text), names) for each, names in zip(self.sentences, self._names, strict=True)]
        people = {name for name in {each for _, names in named for each in names} if self._may_speak(name)}
        for groups, names in named:
            for name in (*groups, *(self._in_full(each) for each in names if each in people)):
                seen.setdefault(name.lower(), name)
        for term in self.terms:
            if term.form.entity == "body" or (term.form.entity == "person" and self._may_speak(term.text)):
                name = self._in_full(term.text)
                seen.setdefault(name.lower(), name)
        return tuple(seen.values())

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The speakers who are single persons with a first and a last name."""
        return tuple(name for name in self.speakers if is_person(name))

    def _may_speak(self, name: str) -> bool:
        text = self.outline.text
        return not (is_place(name, text) or is_part_of_a_name(name, text)) and (
            name.startswith("The ") or not is_placed(name, text) or is_known(name, text)
        )

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before it in its paragraph."""
        paragraph = self.paragraphs[sentence.passage]
        at = sentence.number - paragraph[0].number
        return paragraph[at - 1] if at else None

    def sentence_after(self, sentence: Sentence) -> Sentence | None:
        """The sentence after it in its paragraph."""
        paragraph = self.paragraphs[sentence.passage]
        at = sentence.number - paragraph[0].number + 1
        return paragraph[at] if at < len(paragraph) else None

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
        is_spoken = False
        for span in split(outline.text, passage.span):
            text = span.quote(outline.text)
            yield Sentence(number, span, text, passage.position, lesson_of[passage.position], is_spoken)
            is_spoken = _is_open_after(text, is_spoken)
            number += 1


def _is_open_after(text: str, is_open: bool) -> bool:
    """Whether a quotation is open behind the text, if one was, or was not, before it."""
    for mark in _QUOTATION_MARKS.findall(text):
        is_open = mark == "„" or (mark != "”" and not is_open)
    return is_open


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
        places = tuple(self._places(concept))
        headings = tuple(head for span in concept.mentions if (head := self._heading(span)) is not None)
        text = written_form(concept, places)
        given = given_meaning(concept.term, definitions)
        meanings = [*([given] if given else []), *self._stated(places)]
        return Term(
            concept=concept,
            text=text,
            form=form_of(text, befores=[place.before for place in places], kind=concept.kind),
            places=places,
            headings=headings,
            meaning=meanings[0] if meanings else None,
            meanings=tuple(meaning.text for meaning in meanings),
            roots=roots_of(text),
            is_fragment=are_fragments(places, headings),
        )

    def _places(self, concept: ConceptOutline) -> Iterable[Place]:
        """The mentions that stand in sentences, in order, the first few of each."""
        times: Counter[int] = Counter()
        for span in concept.mentions:
            place = self._place(span)
            if place is not None and times[place.sentence.number] < MOST_IN_A_SENTENCE:
                times[place.sentence.number] += 1
                yield place

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

    def _stated(self, places: tuple[Place, ...]) -> Iterable[Meaning]:
        for place in places:
            if text := stated_definition(place.sentence.text, place.start, place.end):
                yield Meaning(text=text, given=False, place=place)


def _grouped(pairs: Iterable[tuple[int, _Value]]) -> dict[int, tuple[_Value, ...]]:
    groups: dict[int, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
