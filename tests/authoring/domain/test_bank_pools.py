"""What a pool reaches is what it can draw, and a pool of what was found draws just that."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain.audit import history_of_course
from authoring.domain.bank import Search, found_in_bank
from authoring.domain.bank_pools import pool_of_found, pools_of
from course.models import Course
from quizzes.domain.archiving import archive_questions
from quizzes.domain.drawing import published_in
from quizzes.domain.questions import accept
from quizzes.domain.quiz_items import add_pool
from quizzes.domain.tagging import MOST_TAGS, set_tags
from quizzes.domain.versions import new_version, publish_version
from quizzes.errors import PoolTooSmall
from quizzes.models import QuestionTag, Quiz, QuizItem
from quizzes.pools import Pool
from tests.factories import single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course() -> Course:
    """Six questions on two concepts in turn: three published, one accepted, two to read; no quiz seats them."""
    draft = make_draft(make_author(), questions=6, concepts=2)
    for version in versions_of(draft)[:3]:
        publish_version(version, by=None)
    accept(versions_of(draft)[3], by=None)
    QuizItem.objects.all().delete()
    return draft


def quiz_of(course: Course) -> Quiz:
    return course.quizzes.get()


def test_a_pool_reaches_what_it_can_draw(course: Course) -> None:
    for version in versions_of(course)[1:5]:
        set_tags(version.question, names=["hard", "old"])
    new_version(versions_of(course)[1], content=single_choice("Who dug the canal?"))
    for pool in (Pool(3, tag="hard"), Pool(2, concept="suggestion-0"), Pool(1, tag="nothing"), Pool(1, concept="none")):
        add_pool(quiz_of(course), pool=pool)
    found = pools_of(course)
    assert [(each.position, each.reached, each.is_short) for each in found] == [
        (1, 2, True),
        (2, 2, False),
        (3, 0, True),
        (4, 0, True),
    ]
    assert [each.reached for each in found] == [published_in(each.pool, course=course.pk).count() for each in found]


def test_what_is_archived_is_not_reached(course: Course) -> None:
    add_pool(quiz_of(course), pool=Pool(1, concept="suggestion-0"))
    archive_questions([versions_of(course)[0].question_id])
    assert [each.reached for each in pools_of(course)] == [1]


@pytest.mark.parametrize("count", [1, 12])
def test_pools_take_the_same_statements_whatever_their_number(course: Course, count: int) -> None:
    for number in range(count):
        add_pool(quiz_of(course), pool=Pool(1, tag=f"tag-{number}"))
    with CaptureQueriesContext(connection) as asked:
        assert len(pools_of(course)) == count
    assert len(asked) == 3


def test_what_was_found_is_tagged_and_drawn_by_the_tag(course: Course) -> None:
    search = Search(text="wall", concept="suggestion-0")
    assert pool_of_found(quiz_of(course), search, take=2, tag="walls") == Pool(2, tag="walls")
    tagged = set(QuestionTag.objects.filter(name="walls").values_list("question", flat=True))
    assert tagged == set(found_in_bank(course, search).values_list("question", flat=True))
    assert [(str(each.pool), each.reached) for each in pools_of(course)] == [("2 of the questions tagged “walls”", 2)]


@pytest.mark.parametrize(
    ("search", "pool"),
    [
        (Search(concept="suggestion-0"), Pool(2, concept="suggestion-0")),
        (Search(tag="hard", state="published"), Pool(2, tag="hard")),
    ],
)
def test_a_search_that_is_a_pool_already_tags_nothing(course: Course, search: Search, pool: Pool) -> None:
    for version in versions_of(course)[:3]:
        set_tags(version.question, names=["hard"])
    before = QuestionTag.objects.count()
    assert pool_of_found(quiz_of(course), search, take=2) == pool
    assert QuestionTag.objects.count() == before


def test_who_made_a_pool_stands_in_the_courses_history(course: Course) -> None:
    person = make_author()

    pool_of_found(quiz_of(course), Search(text="wall"), take=2, tag="walls", by=person)

    assert [(entry.verb, entry.actor) for entry in history_of_course(course.uuid)] == [("added a pool", person)]


def test_what_has_no_room_for_the_tag_cannot_be_drawn_by_it(course: Course) -> None:
    full, *_ = versions_of(course)
    set_tags(full.question, names=[f"t{number}" for number in range(MOST_TAGS)])
    before = set(QuestionTag.objects.values_list("question", "name"))

    with pytest.raises(PoolTooSmall, match="Of what was found, 3 can be asked: fewer than the 4"):
        pool_of_found(quiz_of(course), Search(text="wall"), take=4, tag="walls")

    assert set(QuestionTag.objects.values_list("question", "name")) == before
    assert pool_of_found(quiz_of(course), Search(text="wall"), take=3, tag="walls") == Pool(3, tag="walls")
    assert [each.reached for each in pools_of(course)] == [2]


def test_a_pool_of_more_than_can_be_asked_is_not_made(course: Course) -> None:
    with pytest.raises(PoolTooSmall, match="Of what was found, 4 can be asked: fewer than the 5"):
        pool_of_found(quiz_of(course), Search(text="wall"), take=5, tag="walls")
    assert not QuestionTag.objects.exists()
    assert not QuizItem.objects.exists()
