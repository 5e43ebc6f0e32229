"""A draft mended by rule, and the mending taken back."""

from __future__ import annotations

import pytest

from accounts.models import User
from authoring.domain.lint_fixes import NothingToFix, apply_fix, fix_for, take_back_fix
from authoring.domain.review_checks import ReviewedQuestion, questions_under_review
from course.models import Course
from quizzes.domain.questions import accept
from quizzes.domain.wordings import WordingChanged
from tests.factories import single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STEM = "Which of the two towns by the lake built a wall?"
MIXED = {
    **single_choice(STEM),
    "options": [
        {"id": "k7", "text": "Upper town.", "correct": True},
        {"id": "m2", "text": "Lower town", "correct": False},
        {"id": "p4", "text": "Middle town", "correct": False},
    ],
}


@pytest.fixture
def author() -> User:
    return make_author()


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, contents=[("single_choice", MIXED)])


def reviewed(course: Course) -> ReviewedQuestion:
    return questions_under_review(course)[0]


def test_a_mended_draft_is_its_mender_s_and_waits_for_review(course: Course, author: User) -> None:
    accept(versions_of(course)[0], by=author)

    apply_fix(reviewed(course), rule="same_form", by=author)

    version = versions_of(course)[0]
    assert [row["text"] for row in version.content["options"]] == ["Upper town", "Lower town", "Middle town"]
    assert {row["id"] for row in version.content["options"]}.isdisjoint({"k7", "m2", "p4"})
    assert (version.written_by, version.reviewed_at) == (author, None)
    assert fix_for(reviewed(course), "same_form") is None


@pytest.mark.parametrize("rule", ["stem_length", "option_twice", "no_such_rule", ""])
def test_without_a_fix_nothing_changes(course: Course, author: User, rule: str) -> None:
    with pytest.raises(NothingToFix):
        apply_fix(reviewed(course), rule=rule, by=author)
    assert versions_of(course)[0].content == MIXED


def test_taking_back_gives_the_words_to_whoever_wrote_them(course: Course, author: User) -> None:
    version, writer = versions_of(course)[0], make_author()
    version.written_by = writer
    version.save()
    mended = apply_fix(reviewed(course), rule="same_form", by=author)

    take_back_fix(reviewed(course), mended, by=author)

    version = versions_of(course)[0]
    assert (version.content, version.origin, version.written_by) == (MIXED, "drafted", writer)
    assert version.reviewed_at is None


def test_taking_back_twice_or_after_a_change_is_refused(course: Course, author: User) -> None:
    mended = apply_fix(reviewed(course), rule="same_form", by=author)
    take_back_fix(reviewed(course), mended, by=author)
    with pytest.raises(WordingChanged):
        take_back_fix(reviewed(course), mended, by=author)
    assert versions_of(course)[0].content == MIXED
