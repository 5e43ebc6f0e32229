"""Questions pasted from another system are drafts like any other, and a quiz goes out with what it asks."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from authoring.domain.pasted_questions import add_pasted, quiz_as_gift
from authoring.domain.publish import publishing_problems
from authoring.domain.review import Decision
from authoring.domain.review_checks import questions_under_review
from course.errors import NoTextYet
from course.models import Course
from quizzes.domain.questions import accept, publish_accepted
from quizzes.domain.quiz_items import add_pool
from quizzes.domain.tagging import set_tags
from quizzes.formats.gift import read, write
from quizzes.models import QuestionVersion, Quiz, VersionState
from quizzes.pools import Pool
from quizzes.questions import question_type
from tests.factories import NOW, single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = """
$CATEGORY: $course$/top/Old tides

Who built the wall on the lake in the end? {=The upper town ~The lower town}

// [tag:walls] [tag:!]
The lower town built a wall. {FALSE}

Explain why the wall was built. {}
"""


@pytest.fixture
def author() -> User:
    return make_author()


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=0, contents=[])


def paste(course: Course, author: User) -> list[QuestionVersion]:
    return add_pasted(course, questions=read(TEXT).questions, by=author, at=NOW)


def test_each_question_is_a_draft_of_the_person_who_pasted_it(course: Course, author: User) -> None:
    paste(course, author)
    stored = versions_of(course)
    assert [each.kind for each in stored] == ["single_choice", "true_false", "open_response"]
    assert {(each.state, each.reviewed_at, each.origin, each.written_by, each.created_at) for each in stored} == {
        (VersionState.DRAFT, None, "human", author, NOW)
    }


def test_options_have_ids_that_tell_nothing(course: Course, author: User) -> None:
    ids = [row["id"] for row in paste(course, author)[0].content["options"]]
    again = [row["id"] for row in paste(course, author)[0].content["options"]]
    assert len({*ids, *again}) == 4


def test_no_question_comes_in_with_more_than_twenty_tags(course: Course, author: User) -> None:
    tags = " ".join(f"[tag:t{number:02}]" for number in range(30))

    [version] = add_pasted(course, questions=read(f"// {tags}\nIs it so? {{TRUE}}\n").questions, by=author, at=NOW)

    names = list(version.question.tags.order_by("name").values_list("name", flat=True))
    assert names == [f"t{number:02}" for number in range(20)]


def test_categories_and_tags_become_tags(course: Course, author: User) -> None:
    tagged = [
        list(each.question.tags.order_by("name").values_list("name", flat=True)) for each in paste(course, author)
    ]
    assert tagged == [["old-tides"], ["old-tides", "walls"], ["old-tides"]]


def test_what_proves_them_is_still_missing_and_the_rules_say_so(course: Course, author: User) -> None:
    paste(course, author)
    for each in questions_under_review(course):
        assert each.decision == Decision.UNDECIDED
        assert "evidence_verbatim" in {finding.rule for finding in each.findings}


def test_an_essay_is_not_published_before_it_has_a_model_answer(course: Course, author: User) -> None:
    essay = paste(course, author)[2]
    problem = question_type("open_response").check(essay.content)
    assert [each.field for each in problem] == ["model"]
    accept(essay, by=author)
    assert any(problem[0].message in each for each in publishing_problems(course))


def test_it_takes_the_same_statements_for_any_number(
    course: Course, author: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for questions in (read(TEXT).questions, read(TEXT * 5).questions):
        with django_assert_num_queries(13):
            add_pasted(course, questions=questions, by=author, at=NOW)


def test_a_course_without_text_takes_none(course: Course, author: User) -> None:
    course.lessons.all().delete()
    with pytest.raises(NoTextYet):
        paste(course, author)


def test_a_quiz_gives_out_what_learners_are_asked_in_its_order(author: User) -> None:
    course = make_draft(author, contents=[("single_choice", single_choice(f"Who built wall {n}?")) for n in range(4)])
    quiz, (first, second, third, fourth) = Quiz.objects.get(), versions_of(course)
    for version in (first, second, fourth):
        accept(version, by=author)
    publish_accepted(course, at=NOW)
    quiz.items.filter(question=first.question).update(position=9)
    assert [each.title for each in quiz_as_gift(quiz)] == [
        "Who built wall 1?",
        "Who built wall 3?",
        "Who built wall 0?",
    ]
    assert third.state == VersionState.DRAFT


def test_what_a_pool_may_draw_goes_out_once(author: User) -> None:
    course = make_draft(author, contents=[("single_choice", single_choice(f"Who built wall {n}?")) for n in range(3)])
    quiz = Quiz.objects.get()
    for version in versions_of(course):
        accept(version, by=author)
        set_tags(version.question, names=["walls"])
    publish_accepted(course, at=NOW)
    quiz.items.exclude(question=versions_of(course)[1].question).delete()
    add_pool(quiz, pool=Pool(2, tag="walls"), max_points=Decimal(1))
    assert [each.title for each in quiz_as_gift(quiz)] == [
        "Who built wall 1?",
        "Who built wall 0?",
        "Who built wall 2?",
    ]
    assert all(read(each.written.text).problems == () for each in quiz_as_gift(quiz))


def test_what_a_pool_draws_by_a_concept_goes_out_too(author: User) -> None:
    course = make_draft(author, questions=2)
    quiz = Quiz.objects.get()
    for version in versions_of(course):
        accept(version, by=author)
    publish_accepted(course, at=NOW)
    quiz.items.all().delete()
    add_pool(quiz, pool=Pool(1, concept="suggestion-0"))
    assert len(quiz_as_gift(quiz)) == 2


def test_what_a_pool_may_draw_goes_out_in_the_order_it_was_made_whatever_was_touched_since(author: User) -> None:
    course = make_draft(author, questions=4)
    quiz, versions = Quiz.objects.get(), versions_of(course)
    for version in versions:
        accept(version, by=author)
        set_tags(version.question, names=["walls"])
    publish_accepted(course, at=NOW)
    quiz.items.all().delete()
    add_pool(quiz, pool=Pool(2, tag="walls"))
    for version in (versions[2], versions[0]):
        QuestionVersion.objects.filter(pk=version.pk).update(review_note="Look again.")
    assert [each.title for each in quiz_as_gift(quiz)] == [f"Who built wall {n}?" for n in range(4)]


def test_a_quiz_that_asks_nothing_gives_nothing_out(author: User) -> None:
    course = make_draft(author, questions=2)
    assert quiz_as_gift(Quiz.objects.get()) == []
    for version in versions_of(course):
        accept(version, by=author)
    assert quiz_as_gift(Quiz.objects.get()) == []


def test_nothing_pasted_is_nothing_stored(course: Course, author: User) -> None:
    assert add_pasted(course, questions=(), by=author, at=NOW) == []
    assert versions_of(course) == []


HOSTILE = ("<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE x; --", "\u202eturned", "🌊 wave", "a \\= b \\~ c")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_and_go_out_as_they_came(course: Course, author: User, words: str) -> None:
    gift = write("single_choice", single_choice(f"What of {words}?"))
    [version] = add_pasted(course, questions=read(gift.text).questions, by=author, at=NOW)
    assert version.content["stem"] == f"What of {words}?"
    accept(version, by=author)
    publish_accepted(course, at=NOW)
    quiz = Quiz.objects.create(course=course, slug="hostile", title="Hostile")
    quiz.items.create(question=version.question, position=1)
    assert [each.title for each in quiz_as_gift(quiz)] == [f"What of {words}?"]
    assert read(quiz_as_gift(quiz)[0].written.text).questions[0].content["stem"] == f"What of {words}?"


@pytest.mark.parametrize("times", [1, 3])
def test_what_goes_out_and_comes_in_again_says_the_same(author: User, times: int) -> None:
    course = make_draft(author, questions=3)
    quiz, versions = Quiz.objects.get(), versions_of(course)
    for _ in range(times):
        for version in QuestionVersion.objects.filter(question__course=course, reviewed_at=None):
            accept(version, by=author)
        publish_accepted(course, at=NOW)
        out = "\n\n".join(each.written.text for each in quiz_as_gift(quiz))
        versions = add_pasted(course, questions=read(out).questions, by=author, at=NOW)
        quiz.items.all().delete()
        for position, version in enumerate(versions, 1):
            quiz.items.create(question=version.question, position=position)
    assert [version.content["stem"] for version in versions] == [f"Who built wall {n}?" for n in range(3)]
    assert len({version.question_id for version in versions_of(course)}) == 3 * (times + 1)
