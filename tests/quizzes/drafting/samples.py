"""An invented article and a builder of outlines, so that drafting is tested without the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from course.reading.concepts.reasons import said_for
from course.reading.outline import (
    ConceptKind,
    ConceptOutline,
    LessonOutline,
    Outline,
    PassageKind,
    PassageOutline,
    Span,
)

Part = tuple[str, Sequence[str]]
"""A heading, "" for none, and its paragraphs."""

HARBOUR_TEXT = """
#
The town of Merrow lost its last ferry in the spring of 2019. Old maps still show a blue line across the bay.
Nobody has repainted the quay since then.

Planners call the empty water a silent street. The phrase has stuck, and the mayor uses it in every speech
about the harbour.

# The price of a short crossing
The council pays a bridge levy, a charge on every lorry that enters the town by road. The money was meant for
a new boat. However, most of the money has gone into repairs.

Engineers warn that the old bridge will carry fewer than nine thousand lorries a week. Some drivers take the
coast road instead. The detour costs an hour.

Fishermen speak of a rust dividend, meaning the work that comes from keeping old hulls afloat. The trade has
grown for ten years in a row.

# The paper fleet
The ministry owns a paper fleet, a list of ships that exist only in its plans. If the plans were ever built,
Merrow would have more ferries than people. The list is printed every autumn.

Economists regard the list as a comfort budget. The ships on it have never carried anyone, and the cost of
printing them is small.

The Harbour Panel, a group of four retired captains, reads each new list with care. “A boat on paper needs no
crew,” says Ilsa Bront, the oldest of the captains.

# A lantern economy after dark
After sunset the quay belongs to small traders. They sell soup, rope and batteries from painted carts. The
carts are gone by morning.

Residents believe that the night market keeps the old town alive. Critics see a borrowed harbour and nothing
more. The question has not been put to a vote.
"""
HARBOUR_TERMS: tuple[str | tuple[str, ConceptKind], ...] = (
    "silent street",
    "bridge levy",
    "rust dividend",
    "paper fleet",
    "comfort budget",
    ("Harbour Panel", ConceptKind.NAME),
    "lantern economy",
    "night market",
    "borrowed harbour",
    "old bridge",
)


def parts_of(text: str) -> list[Part]:
    """Parts from a text in which "#" opens a part, with its heading behind it, and blank lines part paragraphs."""
    parts: list[Part] = []
    for part in text.strip().removeprefix("#").split("\n#"):
        heading, _, body = part.partition("\n")
        parts.append((heading.strip(), [" ".join(block.split()) for block in body.split("\n\n") if block.strip()]))
    return parts


def outline_of(
    parts: Sequence[Part],
    terms: Sequence[str | tuple[str, ConceptKind]],
    *,
    language: str = "en",
    title: str = "A test",
) -> Outline:
    """An outline with a lesson for each part; a term's mentions are all of its places, whatever their case."""
    text, passages, lessons = "", list[PassageOutline](), list[LessonOutline]()
    for number, (heading, paragraphs) in enumerate(parts, start=1):
        at_heading = len(passages) if heading else None
        for line, kind in [(heading, PassageKind.HEADING)] * bool(heading) + [
            (paragraph, PassageKind.PARAGRAPH) for paragraph in paragraphs
        ]:
            passages.append(PassageOutline(len(passages), kind, Span(len(text), len(text) + len(line))))
            text += line + "\n"
        read = tuple(p.position for p in passages[-len(paragraphs) :]) if paragraphs else ()
        lessons.append(LessonOutline(number, heading or "Introduction", at_heading, read, 0))
    return Outline(text, title, language, tuple(passages), tuple(lessons), concepts_in(text, terms))


def concepts_in(text: str, terms: Sequence[str | tuple[str, ConceptKind]]) -> tuple[ConceptOutline, ...]:
    """The terms as ranked concepts with their mentions in the text."""
    found = []
    for rank, entry in enumerate(terms, start=1):
        term, kind = entry if isinstance(entry, tuple) else (entry, ConceptKind.EXPRESSION)
        places = re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE)
        found.append(ConceptOutline(term, kind, rank, tuple(Span(*place.span()) for place in places)))
    return tuple(found)


def harbour(terms: Sequence[str | tuple[str, ConceptKind]] = HARBOUR_TERMS) -> Outline:
    """The invented article about a harbour."""
    return outline_of(parts_of(HARBOUR_TEXT), terms, title="The harbour of Merrow")


def striking(outline: Outline, *terms: str) -> Outline:
    """The outline with a reader's reason that makes these terms, or all where none is named, striking."""
    (reason,) = said_for("coined")
    concepts = [
        replace(each, reasons=(reason,)) if each.term in terms or not terms else each for each in outline.concepts
    ]
    return replace(outline, concepts=tuple(concepts))


def option_texts(content: Mapping[str, object], *, correct: bool) -> list[str]:
    """The texts of the right, or of the wrong, options of a choice question."""
    rows = content.get("options", ())
    assert isinstance(rows, list)
    return [row["text"] for row in rows if row["correct"] is correct]
