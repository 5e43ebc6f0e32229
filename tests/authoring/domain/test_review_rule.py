"""One person or two accept a question: whoever wrote its words last is not enough where two are wanted."""

from __future__ import annotations

import pytest

from accounts.domain.audit import history
from accounts.models import User
from authoring.domain.review_checks import accept_clean, questions_under_review
from authoring.domain.review_rule import set_two_person_review
from course.models import Course
from quizzes.domain.questions import NeedsAnotherPerson, accept, may_accept, reject
from quizzes.domain.wordings import print_of, save_wording
from quizzes.models import QuestionVersion
from tests.factories import single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def writer() -> User:
    return make_author()


@pytest.fixture
def course(writer: User) -> Course:
    made = make_draft(writer)
    set_two_person_review(made, on=True, by=writer)
    return made


def written(course: Course, by: User, stem: str = "Which of the towns built a wall?") -> QuestionVersion:
    version = versions_of(course)[0]
    return save_wording(version.question, content=single_choice(stem), seen=print_of(version), by=by)


def test_nobody_accepts_their_own_words_alone(course: Course, writer: User) -> None:
    version = written(course, writer)
    assert not may_accept(version, by=writer)
    with pytest.raises(NeedsAnotherPerson):
        accept(version, by=writer)
    assert not versions_of(course)[0].is_accepted


def test_a_second_person_accepts_them(course: Course, writer: User) -> None:
    colleague = make_author()
    version = written(course, writer)
    accept(version, by=colleague)
    assert versions_of(course)[0].reviewed_by == colleague


def test_who_wrote_last_is_the_writer(course: Course, writer: User) -> None:
    colleague = make_author()
    written(course, writer)
    version = written(course, colleague, "Which of the towns had a wall?")
    assert (may_accept(version, by=writer), may_accept(version, by=colleague)) == (True, False)


def test_saving_the_same_words_makes_nobody_their_writer(course: Course, writer: User) -> None:
    version = versions_of(course)[0]
    saved = save_wording(version.question, content=version.content, seen=print_of(version), by=writer)
    assert saved.written_by is None
    assert may_accept(saved, by=writer)


def test_a_drafted_question_takes_one_person(course: Course, writer: User) -> None:
    accept(versions_of(course)[1], by=writer)
    assert versions_of(course)[1].is_accepted


def test_rejecting_ones_own_words_takes_nobody_else(course: Course, writer: User) -> None:
    version = written(course, writer)
    reject(version, by=writer, reason="No.")
    assert versions_of(course)[0].state == "retired"


def test_accepting_a_whole_lesson_leaves_ones_own_words(course: Course, writer: User) -> None:
    version = written(course, writer)
    clean = [each.version for each in questions_under_review(course) if each.is_clean]
    accepted = accept_clean(course, lesson=course.lessons.get(), by=writer)
    assert accepted == len([each for each in clean if each != version])
    assert not versions_of(course)[0].is_accepted


def test_where_one_person_is_enough_the_writer_accepts(course: Course, writer: User) -> None:
    set_two_person_review(course, on=False, by=writer)
    version = written(course, writer)
    accept(version, by=writer)
    assert versions_of(course)[0].is_accepted


def test_a_new_version_of_what_is_published_has_its_writer(course: Course, writer: User) -> None:
    version = versions_of(course)[0]
    QuestionVersion.objects.filter(pk=version.pk).update(
        state="published", reviewed_at=version.created_at, published_at=version.created_at
    )
    version.refresh_from_db()
    draft = save_wording(version.question, content=single_choice("Mine?"), seen=print_of(version), by=writer)
    assert (draft.number, draft.written_by) == (2, writer)
    assert not may_accept(draft, by=writer)


def test_changing_the_rule_is_audited_once(course: Course, writer: User) -> None:
    set_two_person_review(course, on=True, by=writer)
    set_two_person_review(course, on=False, by=writer)
    verbs = [entry.verb for entry in history(f"course:{course.uuid}")]
    assert verbs[:2] == ["let one person review", "asked for two people to review"]
