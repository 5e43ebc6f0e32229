"""Texts and the changes that editors make to them, for tests of comparing and finding again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from course.reading.outline import Span

WORDS = (
    "lake river wall town engineer harvest winter council bridge farmer water stone market letter summer boat "
    "north south mayor school road field mill debt promise garden storm valley coast island"
).split()
"""Few enough that sentences resemble one another and some come twice."""


@dataclass(frozen=True)
class Edit:
    """One change of a list of sentences: at a place, of a kind, with a sentence or another place to do it with."""

    kind: str
    place: int
    other: int
    sentence: str

    def made_to(self, sentences: Sequence[str]) -> list[str]:
        """The sentences after the change."""
        changed = list(sentences)
        place = self.place % (len(changed) + 1)
        if self.kind == "insert" or not changed:
            changed.insert(place, self.sentence)
            return changed
        place %= len(changed)
        if self.kind == "delete":
            del changed[place]
        elif self.kind == "replace":
            changed[place] = self.sentence
        elif self.kind == "duplicate":
            changed.insert(self.other % (len(changed) + 1), changed[place])
        elif self.kind == "move":
            changed.insert(self.other % len(changed), changed.pop(place))
        else:
            words = changed[place].split(" ")
            words[self.other % len(words)] = self.sentence.split(" ")[0]
            changed[place] = " ".join(words)
        return changed


KINDS = ("insert", "delete", "replace", "duplicate", "move", "reword")


def sentences() -> st.SearchStrategy[str]:
    """A sentence of three to nine of the words."""
    words = st.lists(st.sampled_from(WORDS), min_size=3, max_size=9)
    return words.map(lambda chosen: " ".join(chosen).capitalize() + ".")


def edits() -> st.SearchStrategy[Edit]:
    """Any change of the six kinds."""
    number = st.integers(min_value=0, max_value=1_000)
    return st.builds(Edit, st.sampled_from(KINDS), number, number, sentences())


def joined(parts: Sequence[str]) -> str:
    """The sentences as a text with a new line after every third."""
    return "".join(part + ("\n" if number % 3 == 2 else " ") for number, part in enumerate(parts))


@st.composite
def revised(draw: Any) -> tuple[str, str, list[Span]]:
    """An old text, the same after up to six changes, and spans of the old one: sentences and bits of some words."""
    before = draw(st.lists(sentences(), min_size=1, max_size=14))
    after = before
    for edit in draw(st.lists(edits(), max_size=6)):
        after = edit.made_to(after)
    old, new = joined(before), joined(after) or "Nothing is left."
    spans = []
    for _ in range(draw(st.integers(min_value=1, max_value=6))):
        start = draw(st.integers(min_value=0, max_value=len(old) - 2))
        spans.append(Span(start, draw(st.integers(min_value=start + 1, max_value=min(len(old), start + 90)))))
    starts = [old.find(sentence) for sentence in before]
    return old, new, [*spans, *(Span(start, start + len(part)) for start, part in zip(starts, before, strict=True))]
