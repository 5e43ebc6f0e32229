"""What a person picks stands in the text, letter by letter."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.domain.concept_picking import find_quote, pick_phrase
from course.domain.concept_changes import decide_concepts
from course.errors import NotInTheText
from course.models import Anchor, Concept, ConceptState, Course
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import take_back
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


def kept(course: Course) -> list[tuple[str, str, str, list[tuple[int, str]]]]:
    """Every concept of the course with where it is named."""
    return [(each.term, each.slug, each.state, places(each)) for each in course.concepts.order_by("rank", "pk")]


def test_picking_again_changes_nothing_and_there_is_nothing_to_take_back(course: Course) -> None:
    first, _ = pick_phrase(course, number=2, phrase="dam", by=None)
    before = kept(course)
    again, deed = pick_phrase(course, number=3, phrase=" dam ", by=None)
    assert (again, deed, kept(course)) == (first, None, before)


def test_the_same_term_in_other_letters_is_the_same_concept_with_more_places(course: Course) -> None:
    concept, _ = pick_phrase(course, number=1, phrase="The", by=None)
    assert places(concept) == [(22, "The")]
    again, deed = pick_phrase(course, number=1, phrase="the", by=None)
    assert (again.pk, again.term, deed is None) == (concept.pk, "The", False)
    assert places(concept) == [(12, "the"), (22, "The")]


def test_a_pick_that_is_taken_back_leaves_nothing_and_can_be_made_again(course: Course) -> None:
    before = kept(course)
    _, deed = pick_phrase(course, number=2, phrase="dam", by=None)
    assert deed is not None
    there = kept(course)
    take_back(course, deed=deed)
    take_back(course, deed=deed)
    assert kept(course) == before
    pick_phrase(course, number=1, phrase="dam", by=None)
    assert [row[3] for row in kept(course)] == [row[3] for row in there]


def test_picking_the_words_of_a_rejected_concept_takes_it_up_again(course: Course) -> None:
    concept, _ = pick_phrase(course, number=2, phrase="dam", by=None)
    decide_concepts([concept], state=ConceptState.REJECTED, by=None)
    again, deed = pick_phrase(course, number=3, phrase="dam", by=None)
    assert (again, again.state) == (concept, ConceptState.ACCEPTED)
    assert deed is not None
    take_back(course, deed=deed)
    concept.refresh_from_db()
    assert concept.state == ConceptState.REJECTED


def test_picking_the_words_of_a_merged_term_names_what_holds_it(course: Course) -> None:
    merged, _ = pick_phrase(course, number=2, phrase="dam", by=None)
    holder, _ = pick_phrase(course, number=1, phrase="damp", by=None)
    merge_concepts(merged, into=holder, by=None)
    again, _ = pick_phrase(course, number=3, phrase="dam", by=None)
    assert again == holder
    # The places came along with the merge, and none of them is doubled.
    assert sorted(places(holder)) == [(2, "dam"), (16, "damp"), (26, "dam"), (39, "dam"), (48, "dam"), (78, "dam")]


@pytest.mark.parametrize(
    "phrase", [".*", "(", "a|b", "\\", "[x", "$", "%s", "{0}", "<b>", "'; --", "🌊", "e\u0301", "\u202eabc"]
)
def test_signs_that_mean_something_elsewhere_are_letters_here(phrase: str) -> None:
    course = make_course(text=f"It says {phrase} and {phrase} again.\nAnother line.")
    concept, _ = pick_phrase(course, number=1, phrase=phrase, nth=2, by=None)
    second = 8 + len(phrase) + 5
    assert (second, phrase) in places(concept)
    assert {quote for _, quote in places(concept)} == {phrase}
    assert find_quote(course, words=phrase).span.start == 8


def test_a_long_line_of_one_letter_is_searched_soon() -> None:
    course = make_course(text="a" * 20_000)
    concept, _ = pick_phrase(course, number=1, phrase="a" * 200, nth=19_801, by=None)
    assert places(concept) == [(19_800, "a" * 200)]
    with pytest.raises(NotInTheText):
        pick_phrase(course, number=1, phrase="a" * 200, nth=19_802, by=None)


@pytest.mark.parametrize("others", [0, 20])
def test_a_pick_takes_the_same_statements_however_many_concepts_there_are(others: int) -> None:
    course = make_course(text="A lake. " * 20)
    for number in range(others):
        make_concept(course, f"term {number}")
    with CaptureQueriesContext(connection) as captured:
        pick_phrase(course, number=1, phrase="lake", by=None)
    assert len([each for each in captured if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 12
