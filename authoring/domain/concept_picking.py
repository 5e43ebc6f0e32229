"""Words that a person picks in the text: a concept of their own, or what a definition rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts.models import User
from authoring.domain.passages import SeenPassage, seen_passages
from authoring.domain.slugs import unique_slug
from course.domain.concept_changes import Found, pick_concept
from course.errors import NotInTheText
from course.models import Concept, Course
from course.reading.outline import Span

LONGEST_TERM = 200


@transaction.atomic
def pick_phrase(
    course: Course, *, number: int, phrase: str, by: User | None, nth: int = 1
) -> tuple[Concept, UUID | None]:
    """The phrase is an accepted concept, named where it was picked and wherever else it stands as words of its own.

    `number` is the passage's, from 1; `nth` which occurrence in it was picked, from 1. Returns the concept and the
    deed that take_back takes back, None when it was all so already. Raises NotInTheText. The course is locked.
    """
    # New concepts are no rows yet that could be locked: who picks at once waits here, and finds what the first picked.
    Course.objects.select_for_update().only("pk").get(pk=course.pk)
    phrase = phrase.strip()
    seen = seen_passages(course)
    picked = next((each for each in seen if each.number == number and each.is_read), None)
    here = _places(picked, phrase) if picked and 0 < len(phrase) <= LONGEST_TERM else []
    if not 0 < nth <= len(here):
        raise NotInTheText
    places = {(each.revision.pk, each.span): each for each in [here[nth - 1], *_as_words(seen, phrase)]}
    taken = Concept.objects.filter(course=course.pk).values_list("slug", flat=True)
    slug = unique_slug(phrase, taken=set(taken), fallback="concept")
    in_order = [places[key] for key in sorted(places)]
    return pick_concept(course, term=" ".join(phrase.split()), slug=slug, places=in_order, by=by)


def find_quote(course: Course, *, words: str) -> Found:
    """Where these words stand first in what is read of the course, within one passage. Raises NotInTheText."""
    words = words.strip()
    found = (place for each in seen_passages(course) if words and each.is_read for place in _places(each, words))
    place = next(found, None)
    if place is None:
        raise NotInTheText
    return place


def _as_words(seen: Iterable[SeenPassage], phrase: str) -> list[Found]:
    alone = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
    return [
        place
        for each in seen
        if each.is_read
        for match in alone.finditer(each.text)
        for place in _found(each, match.start(), match.end())
    ]


def _places(passage: SeenPassage, words: str) -> list[Found]:
    """Every place where the passage says these words, letter by letter, overlapping ones too."""
    starts = [match.start() for match in re.finditer(rf"(?={re.escape(words)})", passage.text)]
    return [place for start in starts for place in _found(passage, start, start + len(words))]


def _found(passage: SeenPassage, start: int, end: int) -> list[Found]:
    offset = passage.passage.start
    return [Found(passage.revision, Span(offset + start, offset + end))] if passage.lesson else []
