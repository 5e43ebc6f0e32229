"""The whole text of a course, shaded by what was lost on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from authoring.domain.layout import stretch_of
from authoring.domain.passages import SeenPassage, seen_passages
from course.models import Course, Lesson
from course.reading.outline import PassageKind
from language import say
from quizzes.domain.course_insight import rests_of
from quizzes.statistics.heat import Heated, Rest, heated
from quizzes.statistics.questions import ENOUGH
from web.studio.insight_words import figure, shade


@dataclass(frozen=True, slots=True)
class HeatedPiece:
    """Words of the text; `lost` in whole per cent stands behind them where enough was answered, else ""."""

    text: str
    shade: int
    lost: str
    heat: Heated


@dataclass(frozen=True, slots=True)
class HeatedPassage:
    """A passage as it is read, in pieces that joined are the passage."""

    is_heading: bool
    pieces: tuple[HeatedPiece, ...]


@dataclass(frozen=True, slots=True)
class HeatedPart:
    """A part of the text with its passages, without the heading that is its title."""

    number: int
    lesson: Lesson
    passages: tuple[HeatedPassage, ...]


def heated_text(course: Course) -> list[HeatedPart]:
    """The parts of the course in their order, with all that is read in them; five queries."""
    lessons = list(Lesson.objects.filter(course=course.pk).order_by("position"))
    rests = rests_of(course)
    by_lesson: dict[str, list[HeatedPassage]] = {}
    for seen in seen_passages(course, tuple(map(stretch_of, lessons))):
        if seen.lesson is not None and seen.is_read and not seen.starts_lesson:
            by_lesson.setdefault(seen.lesson.slug, []).append(_passage(seen, rests))
    return [HeatedPart(at, each, tuple(by_lesson.get(each.slug, ()))) for at, each in enumerate(lessons, 1)]


def _passage(seen: SeenPassage, rests: Mapping[int, Sequence[Rest]]) -> HeatedPassage:
    here = heated(seen.span.start, seen.span.end, rests.get(seen.revision.pk, ()))
    pieces = tuple(_piece(seen.revision.text[each.start : each.end], each) for each in here)
    return HeatedPassage(seen.kind == PassageKind.HEADING, pieces)


def _piece(text: str, heat: Heated) -> HeatedPiece:
    lost = heat.lost if heat.sums.responses >= ENOUGH else None
    if lost is None:
        return HeatedPiece(text, 0, "", heat)
    return HeatedPiece(text, shade(lost), f"{figure(100 * lost)} %", heat)


def told_pieces(parts: Sequence[HeatedPart]) -> list[tuple[HeatedPart, HeatedPiece]]:
    """The pieces that enough was answered about, where most was lost first."""
    found = [(part, piece) for part in parts for piece in _told_in(part)]
    return sorted(found, key=lambda each: (-(each[1].heat.lost or 0.0), each[0].number, each[1].heat.start))


def _told_in(part: HeatedPart) -> Iterator[HeatedPiece]:
    return (piece for passage in part.passages for piece in passage.pieces if piece.lost)


def heat_reading(told: Sequence[tuple[HeatedPart, HeatedPiece]]) -> str:
    """Where most is lost; `told` comes with the worst first."""
    if not told:
        return say("Shaded from {enough} answers on.", enough=ENOUGH)
    part, worst = told[0]
    if not worst.heat.lost:
        return say("Nothing is lost on any passage.")
    return say("Most is lost in part {number}: {lost} on one passage.", number=part.number, lost=worst.lost)
