"""A question over all its wordings, and questions that ask nearly the same."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authoring.domain.bank_question import compared, duplicates_in, history_of
from authoring.domain.review import Decision
from course.models import Course
from quizzes.domain.archiving import archive_questions
from quizzes.domain.questions import reject
from quizzes.domain.tagging import set_tags
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import QuestionVersion
from tests.factories import make_enrollment, single_choice
from tests.web.learner.books import add_quiz, make_book, take
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def reworded(version: QuestionVersion, *stems: str) -> list[QuestionVersion]:
    """The question's later wordings, each published."""
    found = []
    for stem in stems:
        version = publish_version(new_version(version, content=single_choice(stem)), by=None)
        found.append(version)
    return found


def test_every_wording_is_told_newest_first_with_what_became_of_it() -> None:
    course = make_draft(make_author(), questions=1)
    (first,) = versions_of(course)
    set_tags(first.question, names=["old", "hard"])
    publish_version(first, by=None)
    (second,) = reworded(first, "Who dug it?")
    reject(new_version(second, content=single_choice("Who?")), by=None, reason="Unclear.")
    history = history_of(first.question)
    assert [(each.version.number, each.title, each.decision) for each in history.wordings] == [
        (3, "Who?", Decision.REJECTED),
        (2, "Who dug it?", Decision.PUBLISHED),
        (1, "Who built wall 0?", Decision.WITHDRAWN),
    ]
    assert (history.tags, [quiz.slug for quiz in history.quizzes]) == (("hard", "old"), ["the-wall"])
    assert (history.newest.title, history.is_archived) == ("Who?", False)
    assert (history.wording(2), history.wording(9)) == (history.wordings[1], None)


def test_an_archived_question_is_told_so() -> None:
    course = make_draft(make_author(), questions=1)
    (version,) = versions_of(course)
    archive_questions([version.question_id])
    assert history_of(version.question).is_archived


def test_each_wording_has_the_answers_it_got() -> None:
    course = make_book(lessons=1)
    quiz = add_quiz(course, concept="term1x", questions=1)
    for number in range(10):
        take(quiz, make_enrollment(course), right=number % 2)
    (first,) = versions_of(course)
    reworded(first, "Who dug it?")
    take(quiz, make_enrollment(course), right=1)
    history = history_of(first.question)
    assert [(each.answers, each.fraction) for each in history.wordings] == [(1, None), (10, 0.5)]


@pytest.mark.parametrize("count", [1, 12])
def test_a_history_takes_the_same_statements_whatever_its_length(count: int) -> None:
    course = make_draft(make_author(), questions=1)
    first = publish_version(versions_of(course)[0], by=None)
    reworded(first, *[f"Who built wall {n}?" for n in range(1, count)])
    question = first.question
    with CaptureQueriesContext(connection) as asked:
        assert len(history_of(question).wordings) == count
    assert len(asked) == 4


def test_two_wordings_are_compared_in_words() -> None:
    old = QuestionVersion(kind="single_choice", content=single_choice())
    new = QuestionVersion(kind="single_choice", content=single_choice("Who built the dam?"))
    (change,) = compared(old, new)
    assert [words.text for words in change.words] == ["Who built the ", "wall", "dam", "?"]
    assert compared(old, old) == []


def test_a_kind_that_is_not_known_here_cannot_be_compared() -> None:
    riddle = QuestionVersion(kind="riddle", content={"stem": "What?"})
    assert compared(riddle, QuestionVersion(kind="riddle", content={"stem": "Why?"})) == []


@pytest.fixture
def alike() -> Course:
    stems = [
        "What does the lower town call the wall above the lake?",
        "Which animal lives in the lake that feeds the towns?",
        "What does the lower town call the wall above that lake?",
        "Who pays for the water of the upper town today?",
    ]
    contents = [
        (
            "single_choice",
            single_choice(stem)
            | {"options": [{"id": f"k{n}{m}", "text": f"answer {n} {m}", "correct": not m} for m in range(2)]},
        )
        for n, stem in enumerate(stems)
    ]
    return make_draft(make_author(), contents=contents)


def test_questions_that_ask_nearly_the_same_are_in_one_group(alike: Course) -> None:
    (group,) = duplicates_in(alike)
    assert group.first.title == "What does the lower town call the wall above the lake?"
    ((other, like),) = group.others
    assert other.title == "What does the lower town call the wall above that lake?"
    assert 0.6 <= like < 1


def test_what_is_put_away_is_no_duplicate(alike: Course) -> None:
    archive_questions([versions_of(alike)[2].question_id])
    assert duplicates_in(alike) == []


@pytest.mark.parametrize("count", [10, 1_000])
def test_finding_duplicates_takes_one_statement(count: int) -> None:
    course = make_draft(make_author(), questions=count)
    with CaptureQueriesContext(connection) as asked:
        duplicates_in(course)
    assert len(asked) == 1
