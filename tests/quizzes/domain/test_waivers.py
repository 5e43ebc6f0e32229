"""A finding is set aside with a reason, seen by everybody, and counts again when that is taken back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from course.models import Course
from quizzes.domain.waivers import (
    LONGEST_SAID,
    CannotWaive,
    ReasonMissing,
    apart,
    said_of,
    standing_waivers,
    take_back,
    waive,
    waivers_taken_back,
)
from quizzes.drafting.draft import Finding
from quizzes.models import Question, Waiver
from quizzes.models.waivers import UNWAIVABLE
from tests.factories import NOW
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FOUND = Finding("option_lengths", "The longest option is too long.")


@pytest.fixture
def author() -> User:
    return make_author()


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author)


@pytest.fixture
def question(course: Course) -> Question:
    return versions_of(course)[0].question


def test_a_waiver_says_who_why_and_when(question: Question, author: User) -> None:
    waiver = waive(question, finding=FOUND, by=author, reason=" The years are short. ", at=NOW)
    assert (waiver.rule, waiver.said, waiver.reason) == (FOUND.rule, FOUND.message, "The years are short.")
    assert (waiver.waived_by, waiver.waived_at, waiver.taken_back_at) == (author, NOW, None)


def test_the_first_reason_stands(question: Question, author: User) -> None:
    first = waive(question, finding=FOUND, by=author, reason="One.")
    assert waive(question, finding=FOUND, by=make_author(), reason="Two.") == first
    assert Waiver.objects.get().reason == "One."


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_without_a_reason_nothing_is_waived(question: Question, author: User, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        waive(question, finding=FOUND, by=author, reason=reason)
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("rule", UNWAIVABLE)
def test_the_key_and_the_proof_are_never_waived(question: Question, author: User, rule: str) -> None:
    with pytest.raises(CannotWaive):
        waive(question, finding=Finding(rule, "No."), by=author, reason="It is late.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(question=question, rule=rule, said="No.", reason="It is late.", waived_at=NOW)


def test_the_database_wants_a_reason_and_one_standing_waiver_each(question: Question) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(question=question, rule="absolutes", said="No.", reason="", waived_at=NOW)
    Waiver.objects.create(question=question, rule="absolutes", said="No.", reason="So.", waived_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(question=question, rule="absolutes", said="No.", reason="So.", waived_at=NOW)
    Waiver.objects.create(
        question=question, rule="absolutes", said="No.", reason="So.", waived_at=NOW, taken_back_at=NOW
    )


def test_taken_back_it_counts_again_and_can_be_waived_again(course: Course, question: Question, author: User) -> None:
    waiver = waive(question, finding=FOUND, by=author, reason="One.")
    take_back(waiver, at=NOW)
    take_back(waiver)
    assert waiver.taken_back_at == NOW
    assert standing_waivers(course) == {}
    assert list(waivers_taken_back(question)) == [waiver]
    again = waive(question, finding=FOUND, by=author, reason="Two.")
    assert standing_waivers(course) == {(question.pk, FOUND.rule, FOUND.message): again}


def test_another_finding_of_the_rule_and_another_question_still_count(
    course: Course, question: Question, author: User
) -> None:
    waiver = waive(question, finding=FOUND, by=author, reason="One.")
    other = Finding(FOUND.rule, "Something else is too long.")
    standing = standing_waivers(course)

    open_, waived = apart(question.pk, [FOUND, other], standing)

    assert open_ == (other,)
    assert [(each.finding, each.waiver) for each in waived] == [(FOUND, waiver)]
    assert apart(versions_of(course)[1].question_id, [FOUND], standing) == ((FOUND,), ())


def test_a_long_finding_is_known_by_how_it_begins(course: Course, question: Question, author: User) -> None:
    long = Finding("absolutes", "x" * 2 * LONGEST_SAID)
    waive(question, finding=long, by=author, reason="One.")
    assert len(said_of(long)) == LONGEST_SAID
    assert apart(question.pk, [long], standing_waivers(course))[0] == ()


def test_waivers_of_another_course_do_not_count(question: Question, author: User) -> None:
    waive(question, finding=FOUND, by=author, reason="One.")
    assert standing_waivers(make_draft(author)) == {}
