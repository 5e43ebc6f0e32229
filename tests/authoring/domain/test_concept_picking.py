"""What a person picks stands in the text, letter by letter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.domain.concept_picking import find_quote, pick_phrase
from course.errors import NotInTheText
from course.models import Anchor, Concept, ConceptState, Course
from tests.factories import TEXT, make_concept, make_course
from tests.web.studio.drafts import drop, make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course() -> Course:
    return make_course(text="A dam damns the damp. The dam\nholds. A dam-like dam, says O’Hara.\nNo-one says dam")


def places(concept: Concept) -> list[tuple[int, str]]:
    anchors = Anchor.objects.filter(mention__concept=concept).order_by("start")
    return [(anchor.start, anchor.quote) for anchor in anchors]


def test_the_phrase_is_marked_wherever_it_stands_as_words_of_its_own(course: Course) -> None:
    concept, deed = pick_phrase(course, number=2, phrase="dam", by=None)
    assert deed is not None
    assert (concept.term, concept.slug, concept.state) == ("dam", "dam", ConceptState.ACCEPTED)
    text = course.lessons.get().revision.text
    assert [start for start, _ in places(concept)] == [2, 26, 39, 48, 78]
    assert {text[start : start + 3] for start, _ in places(concept)} == {"dam"}


def test_a_part_of_a_word_is_marked_only_where_it_was_picked(course: Course) -> None:
    concept, _ = pick_phrase(course, number=1, phrase="am", nth=3, by=None)
    assert places(concept) == [(17, "am")]


@pytest.mark.parametrize(
    ("number", "phrase", "nth"),
    [
        (1, "Dam", 1),
        (1, "dam\nholds", 1),
        (1, "O’Hara", 1),
        (2, "O'Hara", 1),
        (1, "dam", 5),
        (1, "dam", 0),
        (1, "", 1),
        (1, "   ", 1),
        (0, "dam", 1),
        (4, "dam", 1),
        (1, "d" * 201, 1),
    ],
)
def test_what_does_not_stand_there_is_no_concept(course: Course, number: int, phrase: str, nth: int) -> None:
    with pytest.raises(NotInTheText):
        pick_phrase(course, number=number, phrase=phrase, nth=nth, by=None)
    assert not Concept.objects.exists()


def test_what_is_not_read_cannot_be_picked() -> None:
    course = make_draft(make_author(), questions=0, concepts=0)
    drop(course, position=0)
    with pytest.raises(NotInTheText):
        pick_phrase(course, number=1, phrase="lake", by=None)
    with pytest.raises(NotInTheText):
        find_quote(course, words="A lake")
    assert find_quote(course, words=" lower town ").words == "lower town"


def test_an_address_that_is_taken_is_numbered(course: Course) -> None:
    Concept.objects.filter(pk=make_concept(course, "dams").pk).update(slug="dam")
    assert pick_phrase(course, number=1, phrase="dam", by=None)[0].slug == "dam-2"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_a_mention_says_what_was_picked_where_it_was_picked(start: int, length: int) -> None:
    course = make_course()
    line = TEXT.index("\n") + 1 if start > TEXT.index("\n") else 0
    whole = TEXT[line:].partition("\n")[0]
    phrase = whole[start - line : start - line + length]
    if not phrase.strip() or phrase != phrase.strip():
        return
    at = whole.index(phrase, start - line)
    nth = sum(whole.startswith(phrase, each) for each in range(at + 1))
    concept, _ = pick_phrase(course, number=2 if line else 1, phrase=phrase, nth=nth, by=None)
    assert (line + at, phrase) in places(concept)
    assert {quote for _, quote in places(concept)} == {phrase}


def test_a_quote_is_found_where_it_stands_first_and_within_one_passage(course: Course) -> None:
    found = find_quote(course, words="dam")
    assert (found.span.start, found.words) == (2, "dam")
    with pytest.raises(NotInTheText):
        find_quote(course, words="The dam\nholds")
    with pytest.raises(NotInTheText):
        find_quote(course, words=" ")
