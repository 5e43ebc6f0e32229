"""The bank finds what it is asked for, and says where it is used and how it does."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.bank import PAGE, BankRow, Search, bank_behind, bank_page, facets_of, found_in_bank, words_of
from authoring.domain.review import Decision
from course.models import Course, Lesson
from quizzes.domain.archiving import archive_questions
from quizzes.domain.questions import accept, edit_draft, reject
from quizzes.domain.quiz_items import add_pool
from quizzes.domain.tagging import set_tags
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import Question, QuestionVersion, Quiz, QuizItem
from quizzes.pools import Pool
from quizzes.questions.words import folded
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice
from tests.web.learner.books import add_quiz, make_book, take
from tests.web.learner.sittings import kinds
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course() -> Course:
    """Five questions, by number: to read, accepted, published, rejected, archived."""
    draft = make_draft(make_author(), questions=5)
    _, second, third, fourth, fifth = versions_of(draft)
    accept(second, by=None)
    publish_version(third, by=None)
    reject(fourth, by=None, reason="Trivial.")
    publish_version(fifth, by=None)
    archive_questions([fifth.question_id])
    return draft


def rows(course: Course, **asked: str) -> list[BankRow]:
    return list(bank_page(course, Search(**asked)).rows)


def found(course: Course, **asked: str) -> list[int]:
    """The numbers of the questions that are found, in the order they were made."""
    return sorted(int(row.title.split()[-1].rstrip("?")) for row in rows(course, **asked))


@pytest.mark.parametrize(
    ("state", "numbers"),
    [("", [0, 1, 2]), ("undecided", [0]), ("accepted", [1]), ("published", [2]), ("rejected", [3]), ("withdrawn", [4])],
)
def test_questions_are_found_by_their_state(course: Course, state: str, numbers: list[int]) -> None:
    assert found(course, state=state) == numbers
    assert {row.decision.value for row in rows(course, state=state)} >= ({state} if state else set())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("WALL 1", [1]),
        ("wall", [0, 1, 2]),
        ('"wall 2"', [2]),
        ('"2 wall"', []),
        ("wall 2 wall", [2]),
        ("lower town", [0, 1, 2]),
        ("only has a name", [0, 1, 2]),
        ("SECOND sentence says", [0, 1, 2]),
        ("100%", []),
        ("_", []),
        ("k7", []),
        ('"', [0, 1, 2]),
    ],
)
def test_every_word_has_to_occur_wherever_it_stands(course: Course, text: str, numbers: list[int]) -> None:
    assert found(course, text=text) == numbers


@pytest.mark.parametrize("word", ["ÉTÉ", "été", "МИНСК", "минск", "strasse", "100%", "a_b", "it’s", "it's"])
def test_both_databases_find_letters_of_every_script_and_signs_as_they_are(word: str) -> None:
    contents = [("single_choice", single_choice("Été à Минск, Straße: 100% a_b, it’s?")), *kinds()[:1]]
    course = make_draft(make_author(), contents=contents)
    assert [row.title for row in rows(course, text=word)] == ["Été à Минск, Straße: 100% a_b, it’s?"]


def test_a_wording_that_was_changed_is_found_by_its_new_words() -> None:
    course = make_draft(make_author(), questions=1)
    edit_draft(versions_of(course)[0], content=single_choice("Who dug the canal?"))
    assert [row.title for row in rows(course, text="canal")] == ["Who dug the canal?"]
    assert rows(course, text="wall 0") == []


def test_the_published_wording_stands_for_a_question_until_the_next_is_published() -> None:
    course = make_draft(make_author(), questions=1)
    old = publish_version(versions_of(course)[0], by=None)
    new = new_version(old, content=single_choice("Who dug the canal?"))
    (row,) = rows(course)
    assert (row.version, row.decision, row.version.has_draft) == (old, Decision.PUBLISHED, True)
    reject(new, by=None, reason="Trivial.")
    (row,) = rows(course)
    assert (row.version, row.version.has_draft) == (old, False)
    publish_version(new_version(old, content=single_choice("Who dug it?")), by=None)
    assert [row.title for row in rows(course)] == ["Who dug it?"]
    assert rows(course, text="wall 0") == []


def test_kinds_concepts_and_tags_narrow_each_other() -> None:
    course = make_draft(make_author(), contents=kinds()[:4], concepts=2)
    first, second, third, fourth = versions_of(course)
    set_tags(second.question, names=["hard"])
    set_tags(fourth.question, names=["hard", "old"])

    def versions(**asked: str) -> set[QuestionVersion]:
        return {row.version for row in rows(course, **asked)}

    assert versions(kind=third.kind) == {each for each in (first, second, third, fourth) if each.kind == third.kind}
    assert versions(concept="suggestion-0") == {first, third}
    assert versions(tag="hard") == {second, fourth}
    assert versions(tag="hard", concept="suggestion-1") == {second, fourth}
    assert versions(tag="hard", concept="suggestion-0") == versions(tag="nothing") == versions(kind="riddle") == set()


def test_a_question_belongs_to_the_part_that_proves_it() -> None:
    course = make_draft(make_author(), questions=2)
    lesson = course.lessons.get()
    Lesson.objects.filter(pk=lesson.pk).update(end=24)
    Lesson.objects.create(
        course=course, revision=lesson.revision, cleaner="test", slug="more", position=2, title="More", start=24, end=95
    )
    assert rows(course, lesson="the-wall") == []
    assert found(course, lesson="more") == [0, 1]


def test_a_question_is_used_by_a_seat_or_by_a_pool_that_reaches_it(course: Course) -> None:
    QuizItem.objects.all().delete()
    assert found(course, usage="unused") == [0, 1, 2]
    published, accepted = (QuestionVersion.objects.get(content__stem=f"Who built wall {n}?").question for n in (2, 1))
    quiz = Quiz.objects.get()
    set_tags(published, names=["hard"])
    set_tags(accepted, names=["hard"])
    add_pool(quiz, pool=Pool(1, tag="hard"))
    assert (found(course, usage="used"), found(course, usage="unused")) == ([2], [0, 1])
    assert found(course, quiz="the-wall") == []
    QuizItem.objects.create(quiz=quiz, question=accepted, position=9)
    assert (found(course, usage="used"), found(course, usage="unused")) == ([1, 2], [0])
    assert found(course, quiz="the-wall") == [1]
    told = {row.title: (len(row.quizzes), [str(pool) for _, pool in row.pools]) for row in rows(course)}
    assert told == {
        "Who built wall 0?": (0, []),
        "Who built wall 1?": (1, []),
        "Who built wall 2?": (0, ["1 of the questions tagged “hard”"]),
    }


def test_a_pool_of_a_concept_reaches_its_published_questions(course: Course) -> None:
    QuizItem.objects.all().delete()
    add_pool(Quiz.objects.get(), pool=Pool(1, concept="suggestion-0"))
    assert found(course, usage="used") == [2]
    Question.objects.update(concept=None)
    assert (found(course, usage="used"), found(course, usage="unused")) == ([], [0, 1, 2])


@pytest.mark.parametrize(("learners", "fraction"), [(9, None), (10, 0.5)])
def test_how_a_question_does_is_told_from_ten_first_answers_on(learners: int, fraction: float | None) -> None:
    course = make_book(lessons=1)
    quiz = add_quiz(course, concept="term1x", questions=1)
    for number in range(learners):
        take(quiz, learner := make_enrollment(course), right=number % 2, hours_ago=2)
        take(quiz, learner, right=1)
    (row,) = rows(course)
    assert (row.answers, row.fraction) == (learners, fraction)


def test_pages_follow_each_other_newest_first_and_hold_each_question_once() -> None:
    course = make_draft(make_author(), questions=PAGE + 7)
    first, second = (bank_page(course, Search(), number=number) for number in (1, 2))
    assert [len(first.rows), len(second.rows)] == [PAGE, 7]
    keys = [row.version.question_id for page in (first, second) for row in page.rows]
    assert keys == sorted(set(keys), reverse=True)
    assert (first.total, first.pages, second.number, first.after, second.before) == (PAGE + 7, 2, 2, 2, 1)


def test_behind_a_question_are_the_older_ones_whatever_is_written_meanwhile() -> None:
    course = make_draft(make_author(), questions=5)
    first, is_more = bank_behind(course, Search(), after=None, most=2)
    place = first[-1].version.question.uuid
    written = make_draft(make_author(), questions=1)
    Question.objects.filter(course=written).update(course=course)
    rest, is_still_more = bank_behind(course, Search(), after=place, most=3)
    keys = [row.version.question_id for row in (*first, *rest)]
    assert (is_more, is_still_more, len(keys)) == (True, False, 5)
    assert keys == sorted(set(keys), reverse=True)
    assert len(bank_behind(course, Search(), after=UUID(int=7), most=9)[0]) == 6


@pytest.mark.parametrize(("asked", "number"), [(0, 1), (-3, 1), (99, 1)])
def test_a_page_that_is_not_there_is_the_nearest(course: Course, asked: int, number: int) -> None:
    assert bank_page(course, Search(), number=max(asked, 1)).number == number


def test_other_courses_are_not_in_the_bank(course: Course) -> None:
    make_draft(make_author(), questions=3)
    assert found_in_bank(course, Search()).count() == 3


@pytest.mark.parametrize(
    ("asked", "pool"),
    [
        ({"tag": "hard"}, Pool(1, tag="hard")),
        ({"concept": "lake", "state": "published"}, Pool(1, concept="lake")),
        ({"tag": "hard", "concept": "lake"}, None),
        ({"tag": "hard", "text": "wall"}, None),
        ({"tag": "hard", "state": "accepted"}, None),
        ({"state": "published"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_a_search_by_one_tag_or_one_concept_is_a_pool(asked: dict[str, str], pool: Pool | None) -> None:
    assert Search(**asked).source == pool


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  The  Wall ", ["the", "wall"]),
        ('upper "the  wall" town', ["upper", "town", "the wall"]),
        ("„the wall“", ["the wall"]),
        ('"unclosed wall', ["unclosed wall"]),
        ('""', []),
        ("a " * 30, ["a"] * 12),
    ],
)
def test_words_and_phrases_of_a_search(text: str, words: list[str]) -> None:
    assert sorted(words_of(text)) == sorted(words)


def test_facets_name_what_there_is(course: Course) -> None:
    make_concept(course, "nobody asks")
    for version in versions_of(course)[:2]:
        set_tags(version.question, names=["hard"])
    facets = facets_of(course)
    assert facets.tags == (("hard", 2),)
    assert facets.concepts == (("suggestion-0", "lake 0"),)
    assert (facets.lessons, facets.quizzes) == ((("the-wall", "The wall"),), (("the-wall", "The wall"),))
    assert facets.kinds == ("single_choice",)


EVERYTHING = Search(
    text="wall",
    kind="single_choice",
    concept="suggestion-0",
    tag="hard",
    lesson="the-wall",
    quiz="the-wall",
    usage="used",
)


@pytest.mark.parametrize("count", [10, 1_000])
@pytest.mark.parametrize(("search", "statements"), [(Search(), 5), (EVERYTHING, 6)], ids=["all", "narrow"])
def test_a_page_takes_the_same_statements_whatever_there_is(count: int, search: Search, statements: int) -> None:
    course = make_draft(make_author(), questions=count)
    for question in course.questions.order_by("pk")[:10]:
        set_tags(question, names=["hard"])
    with CaptureQueriesContext(connection) as asked:
        page = bank_page(course, search)
    assert (page.total, len(asked)) == (count if search == Search() else 10, statements)


def test_a_course_without_questions_has_an_empty_page() -> None:
    page = bank_page(make_course(), Search(text="wall", usage="used"))
    assert (page.rows, page.number, page.pages, page.total) == ((), 1, 1, 0)


def test_an_unpublished_quiz_seat_counts_as_used() -> None:
    course = make_course()
    quiz = make_quiz(course, questions=1, opens_at=NOW + timedelta(days=9))
    assert [row.quizzes for row in rows(course, usage="used")] == [(quiz,)]


@given(st.text(max_size=60))
def test_whatever_is_typed_becomes_few_words_that_occur_in_it(text: str) -> None:
    words = words_of(text)
    assert len(words) <= 12
    assert all(word and word in folded(text) for word in words)
    assert words_of(" ".join(f'"{word}"' for word in words)) == words


@pytest.mark.parametrize(
    "text",
    ["%" * 50, "\\", "_" * 12, "a" * 5000, '"' * 31, "🌊", "\u202e", "' OR 1=1 --", "(" * 30, "*", "[wall", "w.ll"],
    ids=["per cent", "backslash", "lines", "long", "quotes", "wave", "turned", "SQL", "brackets", "star", "set", "dot"],
)
def test_signs_of_a_search_mean_themselves(course: Course, text: str) -> None:
    assert found(course, text=text) == ([0, 1, 2] if text == '"' * 31 else [])


@pytest.mark.parametrize("field", ["state", "kind", "concept", "tag", "lesson", "quiz", "usage"])
@pytest.mark.parametrize("value", ["nothing", "%", "' OR 1=1 --", "x" * 500, "中"])
def test_what_no_question_is_finds_none_but_a_state_that_is_none_is_not_asked_for(
    course: Course, field: str, value: str
) -> None:
    assert found(course, **{field: value}) == ([0, 1, 2] if field == "state" else [])


def test_a_search_with_everything_at_once_finds_what_all_of_it_is(course: Course) -> None:
    third = versions_of(course)[2]
    set_tags(third.question, names=["hard"])
    everything = {
        "text": '"wall 2" town', "state": "published", "kind": "single_choice", "concept": "suggestion-0",
        "tag": "hard", "lesson": "the-wall", "quiz": "the-wall", "usage": "used",
    }  # fmt: skip
    assert found(course, **everything) == [2]
    for field, other in (("state", "accepted"), ("kind", "cloze"), ("tag", "easy"), ("usage", "unused")):
        assert found(course, **{**everything, field: other}) == []
