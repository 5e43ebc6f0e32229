"""What people do to questions and to the answers to them stands in their course's history, once and without names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.domain.audit import history_of_course
from accounts.models import AuditEntry, User
from authoring.domain.pasted_questions import add_pasted
from course.models import Course
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.domain.manual_grading import GivenGrade, confirm_variants, grade_variants, undo_last
from quizzes.domain.manual_queue import groups_waiting
from quizzes.domain.question_deeds import TITLED, record_questions
from quizzes.domain.rubrics import fill_rubric
from quizzes.domain.tagging import set_tags, tag_questions, untag_questions
from quizzes.domain.waivers import take_back, waive
from quizzes.drafting.draft import Finding
from quizzes.formats.gift import read
from quizzes.models import Question
from tests.quizzes.domain.waiting_answers import Desk
from tests.web.studio.drafts import make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FOUND = Finding("option_lengths", "The longest option is too long.")


@pytest.fixture
def author() -> User:
    return make_author()


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=2)


def questions_of(course: Course) -> list[Question]:
    return list(course.questions.order_by("pk"))


def told(course: Course) -> list[tuple[str, str, Any]]:
    """What the history says, the oldest first: verb, subject and detail."""
    entries = history_of_course(course.uuid).order_by("pk")
    return [(entry.verb, entry.subject, entry.detail) for entry in entries]


def archived_and_restored(first: Question, by: User) -> None:
    archive_questions([first.pk], by=by)
    restore_questions([first.pk], by=by)


def tagged_and_untagged(first: Question, by: User) -> None:
    tag_questions([first.pk], name="walls", by=by)
    untag_questions([first.pk], name="walls", by=by)


def tags_exchanged(first: Question, by: User) -> None:
    set_tags(first, names=["old", "kept"], by=by)
    set_tags(first, names=["new", "newer", "kept"], by=by)


def waived_and_taken_back(first: Question, by: User) -> None:
    take_back(waive(first, finding=FOUND, by=by, reason="The years are short."), by=by)


DEEDS = [
    (archived_and_restored, [("archived a question", {}), ("restored a question", {})]),
    (tagged_and_untagged, [("tagged a question", {"tags": 1}), ("took a tag off a question", {"tags": 1})]),
    (
        tags_exchanged,
        [
            ("tagged a question", {"tags": 2}),
            ("tagged a question", {"tags": 2}),
            ("took a tag off a question", {"tags": 1}),
        ],
    ),
    (
        waived_and_taken_back,
        [("waived a finding", {"rule": "option_lengths"}), ("took a waiver back", {"rule": "option_lengths"})],
    ),
]


@pytest.mark.parametrize(("deed", "lines"), DEEDS)
def test_a_deed_has_its_line_with_who_did_it(
    course: Course, author: User, deed: Callable[[Question, User], None], lines: list[tuple[str, Any]]
) -> None:
    first, _ = questions_of(course)
    deed(first, author)
    assert told(course) == [(verb, f"question:{first.uuid}", detail) for verb, detail in lines]
    assert {entry.actor for entry in AuditEntry.objects.all()} == {author}


def archived_twice(first: Question, by: User) -> None:
    archive_questions([first.pk], by=by)
    archive_questions([first.pk], by=by)


def tagged_twice(first: Question, by: User) -> None:
    tag_questions([first.pk], name="walls", by=by)
    tag_questions([first.pk], name="walls", by=by)
    set_tags(first, names=["walls"], by=by)


def waived_twice(first: Question, by: User) -> None:
    waive(first, finding=FOUND, by=by, reason="The years are short.")
    waive(first, finding=FOUND, by=by, reason="Said again.")


def taken_back_twice(first: Question, by: User) -> None:
    waiver = waive(first, finding=FOUND, by=by, reason="The years are short.")
    AuditEntry.objects.all().delete()
    take_back(waiver, by=by)
    take_back(waiver, by=by)


@pytest.mark.parametrize("deed", [archived_twice, tagged_twice, waived_twice, taken_back_twice])
def test_what_was_so_already_is_not_told_again(
    course: Course, author: User, deed: Callable[[Question, User], None]
) -> None:
    deed(questions_of(course)[0], author)
    assert len(told(course)) == 1


def nothing_to_restore(first: Question, by: User) -> None:
    restore_questions([first.pk], by=by)


def nothing_to_untag(first: Question, by: User) -> None:
    untag_questions([first.pk], name="walls", by=by)


def no_questions(_first: Question, by: User) -> None:
    record_questions("archived", [], by=by)


def done_by_nobody(first: Question, _by: User) -> None:
    archive_questions([first.pk])
    tag_questions([first.pk], name="walls")
    set_tags(first, names=[])


@pytest.mark.parametrize("deed", [nothing_to_restore, nothing_to_untag, no_questions, done_by_nobody])
def test_what_changed_nothing_or_was_done_by_nobody_is_not_told(
    course: Course, author: User, deed: Callable[[Question, User], None]
) -> None:
    deed(questions_of(course)[0], author)
    assert told(course) == []


def test_several_at_once_have_a_line_each_in_a_constant_number_of_statements(
    course: Course, author: User, django_assert_num_queries: Any
) -> None:
    questions = questions_of(course)
    with django_assert_num_queries(3):
        record_questions("archived", [each.pk for each in questions], by=author)
    assert [subject for _, subject, _ in told(course)] == [f"question:{each.uuid}" for each in questions]


def test_pasted_questions_have_a_line_each(course: Course, author: User) -> None:
    pasted = add_pasted(course, questions=read("Old? {T}\n\nNew? {F}").questions, by=author)
    assert told(course) == [("pasted a question", f"question:{each.question.uuid}", {}) for each in pasted]


def test_a_verb_fits_the_log_and_is_told_apart_from_every_other() -> None:
    assert len(set(TITLED.values())) == len(TITLED)
    assert max(map(len, TITLED.values())) <= 60


def variants(question: Question) -> list[str]:
    return [variant.digest for group in groups_waiting(question) for variant in group.variants]


def test_grading_is_told_with_the_number_of_answers_and_none_of_their_words() -> None:
    desk = Desk()
    desk.answered("The upper town, says Zorblax", "Nobody, says Zorblax")
    item = fill_rubric(desk.question)[0]
    waiting = variants(desk.question)
    given = GivenGrade((item.uuid,), comment="Well seen, Zorblax")

    grade_variants(desk.question, variants=waiting, given=given, by=desk.grader)
    grade_variants(desk.question, variants=waiting, given=given, by=desk.grader)
    undo_last(desk.question, by=desk.grader)
    undo_last(desk.question, by=desk.grader)

    subject = f"question:{desk.question.uuid}"
    assert told(desk.course) == [
        ("graded answers", subject, {"answers": 2}),
        ("took a grading back", subject, {"answers": 2}),
    ]


def test_confirming_automatic_grades_is_told_once() -> None:
    desk = Desk()
    desk.audited("The upper town", "The upper town")
    waiting = variants(desk.question)
    confirm_variants(desk.question, variants=waiting, by=desk.grader)
    confirm_variants(desk.question, variants=waiting, by=desk.grader)
    assert told(desk.course) == [("confirmed automatic grades", f"question:{desk.question.uuid}", {"answers": 2})]


def test_confirming_nothing_is_not_told() -> None:
    desk = Desk()
    assert confirm_variants(desk.question, variants=["0" * 64], by=desk.grader) == 0
    assert told(desk.course) == []
