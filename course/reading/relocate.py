"""Finding a quote again in another wording of its text: where it stands, where it went, or that it is gone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from course.reading.compare import Comparison, likeness, sentences_in, words_in
from course.reading.outline import Span

BESIDE = 10
"""Characters beside a quote by which its place is recognised."""
DISTINCT = 40
"""A quote of so many characters that stands once in both texts needs nothing beside it."""
LONG = 20
"""A quote of so many characters that appears once among what is new is the one that went."""
ALIKE, ELSEWHERE_ALIKE = 0.6, 0.75
"""How alike the words must be, in the quote's own room and anywhere else."""
AHEAD = 0.1
"""By how much the best place must beat the next, so that it is no guess."""
MOST_PLACES = 50
MOST_SENTENCES = 60
SHORT_WORDS, SHORT_ALIKE = 4, 0.75
"""A quote of fewer words is compared letter by letter."""


class Standing(StrEnum):
    EXACT = "exact"
    MOVED = "moved"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Relocated:
    """Where a quote stands now. Of an orphaned one the span only says where its surroundings are; it proves nothing."""

    span: Span
    standing: Standing


class Relocator:
    """Finds the quotes of one comparison's old text in its new one."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    def relocate(self, span: Span) -> Relocated:
        """Where the quote at this span of the old text is.

        Exact: word for word where it was, and what stands beside it, or its own length, leaves no doubt. Moved: word
        for word at another place, or in other words where it was; text[start:end] of the new text is what to look at.
        Orphaned: nowhere, or at several places of which none is better. Bounded work for each quote.
        """
        image = self.comparison.image(span)
        if image is not None:
            return Relocated(image, Standing.EXACT if self._is_certain(span, image) else Standing.MOVED)
        found = self._word_for_word(span) or self._in_its_room(span) or self._elsewhere(span)
        return Relocated(found, Standing.MOVED) if found else Relocated(self.nearby(span), Standing.ORPHANED)

    def found_again(self, quote: str) -> Span | None:
        """The one place of the new text that says a quote which was lost before; None for none, for several, or for one
        too short to be sure of.
        """
        places = list(self._places(quote)) if len(quote) >= LONG else []
        return places[0] if len(places) == 1 else None

    def nearby(self, span: Span) -> Span:
        """One character of the new text where the surroundings of the span are."""
        start = min(self.comparison.room(span).start, len(self.comparison.new) - 1)
        return Span(start, start + 1)

    def _is_certain(self, span: Span, image: Span) -> bool:
        before, after = self._beside(span, image)
        if before or after:
            return True
        quote = span.quote(self.comparison.old)
        return len(quote) >= DISTINCT and self._stands_once(quote)

    def _stands_once(self, quote: str) -> bool:
        return all(text.find(quote, text.find(quote) + 1) < 0 for text in (self.comparison.old, self.comparison.new))

    def _beside(self, span: Span, image: Span) -> tuple[bool, bool]:
        """Whether the same stands before, and after."""
        old, new = self.comparison.old, self.comparison.new
        before = old[max(0, span.start - BESIDE) : span.start] == new[max(0, image.start - BESIDE) : image.start]
        return before, old[span.end : span.end + BESIDE] == new[image.end : image.end + BESIDE]

    def _word_for_word(self, span: Span) -> Span | None:
        """The quote among what is new: at one place, or at the one of several that has the same beside it."""
        quote, room = span.quote(self.comparison.old), self.comparison.room(span)
        places = [place for place in self._places(quote) if _lies_in(place, room) or self._is_new(place)]
        beside = [place for place in places if any(self._beside(span, place))]
        if len(beside) == 1:
            return beside[0]
        if len(places) != 1:
            return None
        return places[0] if len(quote) >= LONG or _lies_in(places[0], room) else None

    def _places(self, quote: str) -> Iterator[Span]:
        found = self.comparison.new.find(quote)
        for _ in range(MOST_PLACES):
            if found < 0:
                return
            yield Span(found, found + len(quote))
            found = self.comparison.new.find(quote, found + 1)

    def _is_new(self, place: Span) -> bool:
        return self.comparison.share_kept(place) < 0.5

    def _in_its_room(self, span: Span) -> Span | None:
        """The words that took the quote's place, if they are like it."""
        quote, room = span.quote(self.comparison.old), self.comparison.room(span)
        words = words_in(quote)
        if words.total() < SHORT_WORDS:
            return self._spelled_otherwise(quote, room)
        sentences = self._sentences(room)
        if len(sentences) > MOST_SENTENCES:
            return None
        return self._best(words, _runs(sentences, len(sentences_in(quote)) + 1), least=ALIKE)

    def _spelled_otherwise(self, quote: str, room: Span) -> Span | None:
        now = _stripped(self.comparison.new, room)
        if now is None or now.end - now.start > 2 * len(quote):
            return None
        alike = SequenceMatcher(None, quote.lower(), now.quote(self.comparison.new).lower(), autojunk=False).ratio()
        return now if alike >= SHORT_ALIKE else None

    def _elsewhere(self, span: Span) -> Span | None:
        """A new sentence like the quote, anywhere."""
        words = words_in(span.quote(self.comparison.old))
        if words.total() < SHORT_WORDS:
            return None
        shared: Counter[Span] = Counter()
        for word in words:
            shared.update(self._new_sentences.get(word, ()))
        likely = [sentence for sentence, _ in shared.most_common(5)]
        return self._best(words, likely, least=ELSEWHERE_ALIKE)

    def _best(self, words: Counter[str], places: list[Span], *, least: float) -> Span | None:
        new = self.comparison.new
        ranked = sorted(((likeness(words, words_in(place.quote(new))), place) for place in places), reverse=True)
        if not ranked or ranked[0][0] < least:
            return None
        score, best = ranked[0]
        rivals = [alike for alike, place in ranked[1:] if not place.overlaps(best)]
        return None if rivals and score - rivals[0] < AHEAD else best

    def _sentences(self, room: Span) -> list[Span]:
        new = self.comparison.new
        spans = [Span(room.start + each.start, room.start + each.end) for each in sentences_in(room.quote(new))]
        return [stripped for span in spans if (stripped := _stripped(new, span))]

    @cached_property
    def _new_sentences(self) -> dict[str, list[Span]]:
        """The sentences that are new, by their words; words of too many sentences lead nowhere."""
        by_word: dict[str, list[Span]] = {}
        for sentence in self._sentences(Span(0, len(self.comparison.new))):
            if self._is_new(sentence):
                for word in words_in(sentence.quote(self.comparison.new)):
                    by_word.setdefault(word, []).append(sentence)
        return {word: sentences for word, sentences in by_word.items() if len(sentences) <= MOST_PLACES}


def _lies_in(place: Span, room: Span) -> bool:
    return room.start <= place.start and place.end <= room.end


def _runs(sentences: list[Span], longest: int) -> list[Span]:
    """Every run of up to so many sentences, at most six."""
    lengths = range(1, min(longest, 6) + 1)
    return [
        Span(sentences[first].start, sentences[first + length - 1].end)
        for length in lengths
        for first in range(len(sentences) - length + 1)
    ]


def _stripped(text: str, span: Span) -> Span | None:
    """The span without white space at its ends; None when nothing is left."""
    quote = span.quote(text)
    start = span.start + len(quote) - len(quote.lstrip())
    end = span.end - (len(quote) - len(quote.rstrip()))
    return Span(start, end) if start < end else None
