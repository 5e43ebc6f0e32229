"""A question with its references, prepared once for all its answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quizzes.grading.similar.texts import Text, read
from quizzes.grading.similar.vocabulary import rarity

MOST_REFERENCES = 20
ASKED_WEIGHT, SCENE_WEIGHT = 0.15, 0.6
"""What a word of a reference says by being in an answer too, if the sentence that asks has it, or only what leads up to
that sentence; 1 for a word that is the answer's own."""
_SHARED_BY = 0.6
_QUESTIONS_KEPT = 64
_SENTENCE_ENDS = re.compile(r"(?<=[.?!:])\s+")


@dataclass(frozen=True)
class Reference:
    """A model answer beside its question: `new` are its concepts that the question does not name."""

    text: Text
    new: frozenset[str]

    @cached_property
    def rarest(self) -> tuple[str, ...]:
        """The concepts that say most, the rarest first; those the question does not name, if there are any."""
        return tuple(sorted(self.new or self.text.concepts, key=lambda each: (-rarity(each), each)))

    @cached_property
    def comparisons(self) -> frozenset[str]:
        """Stems of its words in -er and -est."""
        stems = zip(self.text.stems, self.text.words, strict=True)
        return frozenset(stemmed for stemmed, word in stems if word.endswith(("er", "est")))


@dataclass(frozen=True)
class Asked:
    """A question and its references, at least one."""

    question: Text
    references: tuple[Reference, ...]

    @cached_property
    def asking(self) -> Text:
        """The sentences of the question that ask: those with a question mark, and the last one."""
        sentences = [each for each in _SENTENCE_ENDS.split(self.question.raw.strip()) if each]
        last = len(sentences) - 1
        return read(" ".join(text for place, text in enumerate(sentences) if text.endswith("?") or place == last))

    @cached_property
    def scene(self) -> frozenset[str]:
        """Concepts of what leads up to the sentences that ask, and of none of these."""
        return self.question.concepts - self.asking.concepts

    def weight(self, concept: str) -> float:
        """The rarity of the concept; less of it if the question names it, and least if the sentence that asks does."""
        if concept in self.asking.concepts:
            return ASKED_WEIGHT * rarity(concept)
        return (SCENE_WEIGHT if concept in self.scene else 1.0) * rarity(concept)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every stem of the question and the references."""
        return self.question.all_stems.union(*(each.text.all_stems for each in self.references))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What any reference speaks of."""
        return frozenset().union(*(each.text.concepts for each in self.references))

    @cached_property
    def core(self) -> frozenset[str]:
        """What most references speak of."""
        least = max(1.0, len(self.references) * _SHARED_BY)
        counted = ((each, sum(each in other.text.concepts for other in self.references)) for each in self.concepts)
        return frozenset(each for each, count in counted if count >= least)

    @cached_property
    def new(self) -> frozenset[str]:
        """What any reference speaks of and the question does not name."""
        return self.concepts - self.question.concepts

    def read(self, answer: str) -> Text:
        """The answer taken apart, with slips of words of the question and the references mended."""
        return read(answer, known=self.known)


@lru_cache(maxsize=_QUESTIONS_KEPT)
def asked(question: str, references: tuple[str, ...]) -> Asked:
    """The question prepared; the first MOST_REFERENCES of its references count, those without any word do not."""
    stem = read(question)
    texts = [text for text in map(read, references) if text.words][:MOST_REFERENCES]
    return Asked(stem, tuple(Reference(text, text.concepts - stem.concepts) for text in texts))
