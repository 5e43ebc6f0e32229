"""Candidates of a language that is known by its little words, with what speaks for and against each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from course.reading.concepts.candidates import Candidate, Key, Range, add_mentions
from course.reading.concepts.features import Features
from course.reading.concepts.phrases import mark_nouns, named_places, phrases
from course.reading.concepts.surroundings import FARTHEST
from course.reading.concepts.tokens import QUOTES, Reading, Sentence, stem
from course.reading.concepts.tongues import Tongue

Found = tuple[Candidate, Features, bool]

_LONG_WORD = 9
_WORN = 5
_LEAD = 60
"""Characters before an expression among which a cue may stand that ends right before it."""
_MOST_PLACES = 12
_NOT_OF_NAMES = frozenset({"naming", "naming_exact", "defined", "apposed", "framing", "indefinite"})


def phrase_candidates(reading: Reading, tongue: Tongue, *, title: str) -> list[Found]:
    """The candidates with their features and whether each is a name."""
    grouped: dict[Key, Candidate] = {}
    notes: dict[Key, set[str]] = defaultdict(set)
    named: set[int] = set()
    mark_nouns(reading, tongue)
    for sentence in reading.sentences:
        named.update(named_places(reading, sentence, tongue))
        for first, last, said in phrases(reading, sentence, tongue):
            key = tuple(reading.stems[first:last])
            candidate = grouped.setdefault(key, Candidate(key=key))
            if (first, last) not in candidate.found[-3:]:
                candidate.found.append((first, last))
            notes[key] |= said
    add_mentions(reading, grouped)
    about = _About(reading, tongue, named, frozenset(stem(word) for word in title.split()))
    return [(each, about.features(each, notes[key]), "all_name" in notes[key]) for key, each in grouped.items()]


@dataclass(frozen=True, slots=True)
class _About:
    """What the features of one article are read from."""

    reading: Reading
    tongue: Tongue
    named: set[int]
    title: frozenset[str]

    def features(self, candidate: Candidate, notes: set[str]) -> Features:
        content = [i for i in range(*candidate.found[0]) if self._means(i)]
        if not content:
            return {"fragment": 1.0}
        cues = set().union(*(self._around(each) for each in candidate.found[:_MOST_PLACES]))
        if "all_name" in notes:
            cues = (cues - _NOT_OF_NAMES) | self._as_name(candidate)
        elif len(candidate.key) == 1:
            cues |= {f"single_{cue}" for cue in cues & {"defined", "naming_exact", "framing"}}
        said = (notes - {"linked"}) | cues | self._size(content, notes) | self._demotions(content)
        # In an order that does not differ from process to process, as that of a set does: sums of floats depend on it.
        return dict.fromkeys(sorted(said), 1.0) | self._counts(candidate, content)

    def _means(self, i: int) -> bool:
        return self.reading.is_word[i] and self.reading.lows[i] not in self.tongue.lexicon.stop

    def _size(self, content: list[int], notes: set[str]) -> set[str]:
        lows = [self.reading.lows[i] for i in content]
        found = {"hyphen"} if any("-" in low for low in lows) else set()
        if self.tongue.has_capital_nouns and len(lows[-1]) > _LONG_WORD and "all_name" not in notes:
            found.add("compound")
        if len(lows) > 1:
            found.add(f"n{min(len(lows), 4)}")
        elif not found:
            found.add("single")
        if len(lows) == 2:
            found.add("nn" if "linked" in notes else "jn")
        return found

    def _demotions(self, content: list[int]) -> set[str]:
        reading, lexicon = self.reading, self.tongue.lexicon
        lows = [reading.lows[i] for i in content]
        head = content[-1 if self.tongue.has_capital_nouns else 0]
        found = {"generic"} if reading.stems[head] in lexicon.generic else set()
        if any(low in lexicon.numbers or low[0].isdigit() for low in lows):
            found.add("number")
        if any(reading.stems[i] in lexicon.times for i in content):
            found.add("time")
        if len(lows) > 1 and {lows[0], lows[-1]} & lexicon.generic_adjectives:
            found.add("generic_adjective")
        return found

    def _around(self, found: Range) -> set[str]:
        reading, lexicon = self.reading, self.tongue.lexicon
        first, last = found
        sentence = reading.sentence_at(first)
        notes = self._on_the_left(first, sentence)
        if not reading.is_word[last]:
            notes.add("clause_end")
        end = reading.ends[last - 1]
        limit = min(reading.ends[sentence.last - 1], end + FARTHEST)
        if lexicon.defining_after.match(reading.text, end, limit):
            notes.add("defined")
        elif lexicon.apposing_after.match(reading.text, end, limit):
            notes.add("apposed")
        if lexicon.naming_after.match(reading.text, end, end + FARTHEST):
            notes |= {"naming", "naming_exact"}
        if sentence.is_heading:
            notes.add("heading")
        return notes

    def _on_the_left(self, first: int, sentence: Sentence) -> set[str]:
        reading = self.reading
        notes = {"naming", "naming_exact"} if first in self.named else set()
        before = first - 1
        while before >= sentence.first and reading.words[before] in QUOTES:
            before -= 1
        if before >= sentence.first and reading.lows[before] in self.tongue.indefinite:
            notes.add("indefinite")
        start = max(reading.starts[sentence.first], reading.starts[first] - _LEAD)
        lead = reading.text[start : reading.starts[first]]
        if any(match.end() >= len(lead.rstrip()) for match in self.tongue.lexicon.framing.finditer(lead)):
            notes.add("framing")
        return notes

    def _as_name(self, candidate: Candidate) -> set[str]:
        reading, lexicon = self.reading, self.tongue.lexicon
        first, last = candidate.found[0]
        stems = reading.stems[first:last]
        if any(word in lexicon.organisations for word in stems):
            return {"organisation"} if len(stems) > 1 else set()
        has_article = any(reading.lows[a - 1] in self.tongue.openings for a, _last in candidate.found if a)
        is_person = len(stems) in (2, 3) and not has_article and not set(stems) & lexicon.places
        return {"person"} if is_person else set()

    def _counts(self, candidate: Candidate, content: list[int]) -> Features:
        counts = self.reading.counts
        stems = {self.reading.stems[i] for i in content}
        times = len(candidate.mentions) or 1
        found: Features = {"hapax": sum(counts[word] <= times for word in stems) / len(stems)}
        if any(counts[word] >= max(_WORN, 2 * times) for word in stems) and len(stems) > 1:
            found["worn"] = 1.0
        if len(stems) > 1 and stems <= self.title:
            found["title"] = 1.0
        if times > 1:
            found["recurring"] = min(times, 8) ** 0.5 - (0.4 if len(stems) > 1 else 1.0)
        return found
