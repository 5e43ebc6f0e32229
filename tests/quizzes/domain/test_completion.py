"""Completing a course, and the certificate for it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from course.domain.progress import mark_read
from course.models import CertificateFor, Course, Enrollment
from quizzes.domain.completion import (
    certificate_by_code,
    certificate_of,
    completion_of,
    issue_certificate,
    set_certificate,
)
from quizzes.domain.erasing import erase_person
from quizzes.errors import NoCertificate
from quizzes.models import Certificate, Quiz, Result
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)


class Taking:
    """A learner in a course of one part and one quiz, with a pass mark of one half."""

    def __init__(self, wanted: CertificateFor = CertificateFor.PASSING, **fields: Any) -> None:
        self.course: Course = make_course()
        self.quiz: Quiz = make_quiz(self.course, **{"pass_fraction": Decimal("0.5"), **fields})
        set_certificate(self.course, wanted=wanted, by=None)
        self.part: Enrollment = make_enrollment(self.course)
        self.part.course = self.course
        User.objects.filter(pk=self.part.user_id).update(name="Ana Moravec")

    def reads(self) -> None:
        mark_read(self.course.lessons.get(), enrollment=self.part, at=NOW)

    def has(self, fraction: str) -> None:
        Result.objects.update_or_create(
            enrollment=self.part,
            quiz=self.quiz,
            defaults={"attempts": 1, "fraction": Decimal(fraction), "updated_at": NOW},
        )

    def left(self) -> tuple[int, int, int]:
        found = completion_of(self.part, at=LATER)
        return len(found.unread), len(found.not_passed), len(found.held_back)


@pytest.mark.parametrize(
    ("wanted", "reads", "fraction", "left", "complete"),
    [
        (CertificateFor.PASSING, False, None, (1, 1, 0), False),
        (CertificateFor.PASSING, True, None, (0, 1, 0), False),
        (CertificateFor.PASSING, False, "1", (1, 0, 0), False),
        (CertificateFor.PASSING, True, "0.499999", (0, 1, 0), False),
        (CertificateFor.PASSING, True, "0.5", (0, 0, 0), True),
        (CertificateFor.READING, False, "1", (1, 0, 0), False),
        (CertificateFor.READING, True, None, (0, 0, 0), True),
        (CertificateFor.NOTHING, True, "1", (0, 0, 0), False),
    ],
)
def test_what_is_left_is_what_the_course_asks_for(
    wanted: CertificateFor, reads: bool, fraction: str | None, left: tuple[int, int, int], complete: bool
) -> None:
    taking = Taking(wanted)
    if reads:
        taking.reads()
    if fraction:
        taking.has(fraction)

    assert taking.left() == left
    assert completion_of(taking.part, at=LATER).is_complete is complete


def test_without_a_pass_mark_any_result_passes() -> None:
    taking = Taking(pass_fraction=None)
    taking.reads()
    taking.has("0")

    assert completion_of(taking.part, at=LATER).is_complete


@pytest.mark.parametrize("fraction", ["0", "1"])
def test_a_result_that_is_held_back_is_told_neither_way(fraction: str) -> None:
    taking = Taking(mode="exam", closes_at=NOW + timedelta(days=2), feedback_policy={"after_submit": []})
    taking.reads()
    taking.has(fraction)

    assert taking.left() == (0, 0, 1)
    with pytest.raises(NoCertificate):
        issue_certificate(taking.part, at=LATER)


def test_once_it_is_shown_it_counts() -> None:
    taking = Taking(mode="exam", closes_at=NOW + timedelta(days=2), feedback_policy={"after_submit": []})
    taking.reads()
    taking.has("1")

    assert completion_of(taking.part, at=NOW + timedelta(days=2)).is_complete


def test_an_archived_quiz_is_not_asked_for() -> None:
    taking = Taking()
    taking.reads()
    Quiz.objects.update(archived_at=NOW)

    assert completion_of(taking.part, at=LATER).is_complete


def test_a_course_of_nothing_is_never_complete() -> None:
    taking = Taking(CertificateFor.READING)
    taking.course.lessons.all().delete()

    assert not completion_of(taking.part, at=LATER).is_complete


def test_a_certificate_says_who_what_and_when_and_keeps_saying_it() -> None:
    taking = Taking()
    taking.reads()
    taking.has("1")
    issued = issue_certificate(taking.part, at=LATER)
    User.objects.update(name="Somebody Else")
    Course.objects.update(title="Another title")
    taking.has("0")

    kept = issue_certificate(taking.part, at=LATER + timedelta(days=9))

    assert kept == issued
    assert (kept.name, kept.lessons, kept.quizzes, kept.issued_at) == ("Ana Moravec", 1, 1, LATER)
    assert kept.title == taking.course.title
    assert certificate_of(taking.part) == kept


def test_a_certificate_for_reading_names_no_quiz() -> None:
    taking = Taking(CertificateFor.READING)
    taking.reads()

    assert issue_certificate(taking.part, at=LATER).quizzes == 0


def test_nothing_is_issued_before_all_is_done() -> None:
    taking = Taking()
    taking.reads()

    with pytest.raises(NoCertificate, match="left to do"):
        issue_certificate(taking.part, at=LATER)
    assert certificate_of(taking.part) is None


@pytest.mark.parametrize("name", ["", "   "])
def test_it_needs_a_name(name: str) -> None:
    taking = Taking(CertificateFor.READING)
    taking.reads()
    User.objects.update(name=name)

    with pytest.raises(NoCertificate, match="needs a name"):
        issue_certificate(taking.part, at=LATER)
    assert not Certificate.objects.exists()


def test_its_code_is_long_and_found_however_it_is_written() -> None:
    taking = Taking(CertificateFor.READING)
    taking.reads()
    issued = issue_certificate(taking.part, at=LATER)

    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{5}-){3}[2-9A-HJ-NP-Z]{5}", issued.code)
    assert certificate_by_code(issued.code.lower()) == issued


@pytest.mark.parametrize("code", ["", "NOTHING", "2" * 23])
def test_a_code_that_is_none_finds_nothing(code: str) -> None:
    with pytest.raises(Certificate.DoesNotExist):
        certificate_by_code(code)


def test_it_goes_with_the_person() -> None:
    taking = Taking(CertificateFor.READING)
    taking.reads()
    issue_certificate(taking.part, at=LATER)
    assert taking.part.user is not None

    assert erase_person(taking.part.user)["certificate"] == 1
    assert not Certificate.objects.exists()


def test_what_it_takes_is_audited_when_it_changes() -> None:
    course, editor = make_course(), make_person("Olga")

    for wanted in (CertificateFor.READING, CertificateFor.READING, CertificateFor.NOTHING):
        set_certificate(course, wanted=wanted, by=editor)

    entries = AuditEntry.objects.filter(verb="changed what a certificate takes").order_by("pk")
    assert [(entry.detail, entry.actor) for entry in entries] == [
        ({"for": "reading"}, editor),
        ({"for": "nothing"}, editor),
    ]
    assert Course.objects.get(pk=course.pk).certificate_for == CertificateFor.NOTHING
