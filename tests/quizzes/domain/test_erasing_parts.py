"""A learner forgotten by one course: what leads to them there is gone, and everything else is as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts.domain.audit import record
from accounts.domain.awaited import people_or_awaited
from accounts.domain.inbox import notify
from accounts.models import AuditEntry, InboxMessage, KeyedCall, User
from course.domain.enrolment import enrol
from course.domain.parts import end_part
from course.models import Enrollment, Note, Role
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.erasing import erase_person
from quizzes.domain.erasing_parts import erasable_parts, erase_part, messages_about, what_erasing_part_touches
from quizzes.domain.erasing_reasons import ERASED
from quizzes.domain.rebuild import rebuild_results
from quizzes.domain.regrades import plan_regrade
from quizzes.errors import StillGraded
from quizzes.models import AnswerEvent, Attempt, AttemptState, Response
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.test_erasing import NAME, Known, dump, figures, known, marks

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["known"]


@pytest.fixture
def part(known: Known) -> Enrollment:
    return Enrollment.objects.select_related("user", "course").get(user=known.person, course=known.course)


@pytest.fixture
def actor(known: Known) -> User:
    return known.course.enrollments.get(role=Role.OWNER).user


def kept_by_the_course(known: Known) -> str:
    """Every value in every table but the learner's own account, which is not the course's."""
    known.person.inbox.filter(kind="hello").delete()
    known.person.personal_tokens.all().delete()
    KeyedCall.objects.filter(user=known.person).delete()
    User.objects.filter(pk=known.person.pk).update(name="", email=None, email_verified_at=None)
    EmailAddress.objects.filter(user=known.person).delete()
    return dump()


def test_the_course_holds_nothing_that_leads_to_them_and_every_figure_is_as_it_was(
    known: Known, part: Enrollment, actor: User
) -> None:
    plan_regrade(known.course, reason=f"As {NAME} said.", actor=actor, quiz=known.attempt.quiz, at=NOW)
    before = figures()

    erase_part(part, actor=actor)

    assert figures() == before
    assert rebuild_results(check=True) == []
    part.refresh_from_db()
    assert (part.user.name, part.user.email, part.user.is_active) == ("", None, False)
    assert not Enrollment.objects.filter(user=known.person).exists()
    # What is left of them is the log of the staff about their account, and that is the installation's.
    assert marks(kept_by_the_course(known).replace(f'"object_repr": "{NAME}"', "")) == []


def test_their_account_and_their_other_courses_are_as_before(known: Known, part: Enrollment, actor: User) -> None:
    elsewhere = make_course()
    other = enrol(elsewhere, person=known.person, role=Role.LEARNER, at=NOW)
    note = Note.objects.create(
        enrollment=other, number=1, lesson=elsewhere.lessons.get(), text="Mine", created_at=NOW, updated_at=NOW
    )
    account = User.objects.filter(pk=known.person.pk).values().get()

    erase_part(part, actor=actor)

    assert User.objects.filter(pk=known.person.pk).values().get() == account
    assert known.person.personal_tokens.count() == 1
    assert Note.objects.get() == note
    assert list(Enrollment.objects.filter(user=known.person)) == [other]


def test_other_learners_keep_their_words(known: Known, part: Enrollment, actor: User) -> None:
    erase_part(part, actor=actor)
    theirs = Response.objects.get(attempt__enrollment=known.other, position=2)
    assert theirs.answer == "To keep the water for themselves."
    assert AnswerEvent.objects.filter(response=theirs).values_list("answer", flat=True).last() == theirs.answer


def test_the_dry_run_lists_what_is_then_done_and_changes_nothing(known: Known, part: Enrollment, actor: User) -> None:
    before = dump()
    listed = {each.what: each.rows for each in what_erasing_part_touches(part)}

    assert dump() == before
    assert listed == {
        "part in the course": 1,
        "note in a margin": 1,
        "question to remember": 1,
        "certificate": 1,
        "answer in own words": 1,
        "earlier wording of an answer": 2,
        "appeal": 1,
        "grading": listed["grading"],
        "message about the course": 1,
    }
    assert erase_part(part, actor=actor) == listed


def test_it_is_done_once_and_told_once_without_a_name(known: Known, part: Enrollment, actor: User) -> None:
    touched = erase_part(part, actor=actor)
    people, before = User.objects.count(), dump()

    assert erase_part(part, actor=actor) == {}
    assert (User.objects.count(), dump()) == (people, before)
    part.refresh_from_db()
    assert what_erasing_part_touches(part) == ()
    [entry] = AuditEntry.objects.filter(verb="erased a learner")
    assert (entry.actor, entry.course, entry.subject) == (actor, known.course.uuid, f"enrollment:{part.uuid}")
    assert entry.detail == {"rows": touched}


def test_whoever_is_erased_as_a_whole_first_leaves_nothing_for_a_course_to_erase(known: Known, actor: User) -> None:
    erase_person(known.person)
    [left] = erasable_parts(known.course).filter(user=known.person)
    assert erase_part(left, actor=actor) == {}
    assert Enrollment.objects.get(pk=left.pk).user == known.person


def test_who_was_erased_may_come_again_as_somebody_new(known: Known, part: Enrollment, actor: User) -> None:
    erase_part(part, actor=actor)
    again = enrol(known.course, person=known.person, role=Role.LEARNER, at=NOW)
    assert (again.pk != part.pk, again.attempts.count(), again.left_at) == (True, 0, None)


def test_a_part_that_ended_keeps_its_day_and_one_that_goes_on_ends(known: Known, part: Enrollment, actor: User) -> None:
    gone = make_enrollment(known.course)
    end_part(gone, actor=actor, at=NOW)
    erase_part(erasable_parts(known.course).get(pk=gone.pk), actor=actor)
    erase_part(part, actor=actor, at=NOW.replace(year=2027))

    left = dict(Enrollment.objects.filter(pk__in=[gone.pk, part.pk]).values_list("pk", "left_at"))
    assert left == {gone.pk: NOW, part.pk: NOW.replace(year=2027)}


def test_an_attempt_that_runs_is_void(known: Known, part: Enrollment, actor: User) -> None:
    running = start_attempt(make_quiz(known.course), enrollment=part)
    assert {each.what: each.rows for each in what_erasing_part_touches(part)}["running attempt"] == 1
    erase_part(part, actor=actor)
    states = dict(Attempt.objects.filter(enrollment=part).values_list("pk", "state"))
    assert states == {running.pk: AttemptState.VOID, known.attempt.pk: AttemptState.SUBMITTED}


def test_an_answer_on_its_way_to_its_grade_is_waited_for(known: Known, part: Enrollment, actor: User) -> None:
    attempt = start_attempt(make_quiz(known.course), enrollment=part)
    save_answer(attempt, given=GivenAnswer(1, "k7", None))
    submit_attempt(attempt)
    before = dump()

    with pytest.raises(StillGraded, match="being graded at this moment"):
        erase_part(part, actor=actor)
    assert dump() == before
    for job in Job.objects.filter(state="queued"):
        run_job(job.uuid)
    assert erase_part(part, actor=actor)["part in the course"] == 1
    attempt.refresh_from_db()
    assert attempt.fraction == Decimal("0.5")


def test_a_reason_that_names_them_in_another_course_is_not_this_ones_to_empty(
    known: Known, part: Enrollment, actor: User
) -> None:
    elsewhere = make_course()
    other = enrol(elsewhere, person=known.person, role=Role.LEARNER, at=NOW)
    quiz = make_quiz(elsewhere)
    taken_elsewhere = start_attempt(quiz, enrollment=other)
    submit_attempt(taken_elsewhere)
    for job in Job.objects.filter(state="queued"):
        run_job(job.uuid)
    here = plan_regrade(known.course, reason=f"{NAME} asked.", actor=None, quiz=known.attempt.quiz, at=NOW)
    there = plan_regrade(elsewhere, reason=f"{NAME} asked there.", actor=None, quiz=quiz, at=NOW)

    erase_part(part, actor=actor)

    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.reason, there.reason) == (ERASED, f"{NAME} asked there.")


@pytest.mark.parametrize(
    ("url", "is_about_it"),
    [
        ("/courses/{course}/quizzes/anything/", True),
        ("/courses/{course}/", True),
        ("/courses/{course}-2/", False),
        ("/attempts/{attempt}/", True),
        ("/attempts/{attempt}/review/", True),
        ("/attempts/00000000-0000-0000-0000-000000000000/", False),
        ("", False),
    ],
)
def test_messages_about_the_course_are_known_by_where_they_lead(
    known: Known, part: Enrollment, url: str, is_about_it: bool
) -> None:
    InboxMessage.objects.all().delete()
    address = url.format(course=known.course.slug, attempt=known.attempt.uuid)
    notify(known.person, kind="any", key="any", text="Look here.", url=address)
    notify(known.other.user, kind="any", key="any", text="Look here.", url=address)
    assert [message.user for message in messages_about(part)] == ([known.person] if is_about_it else [])


def test_the_log_forgets_that_they_did_something_with_their_own_part(
    known: Known, part: Enrollment, actor: User
) -> None:
    for by, subject in ((known.person, part.uuid), (actor, part.uuid), (known.person, known.other.uuid)):
        record("changed a part", subject=f"enrollment:{subject}", actor=by, course=known.course.uuid)
    erase_part(part, actor=actor)
    entries = AuditEntry.objects.filter(verb="changed a part").order_by("pk")
    assert [entry.actor for entry in entries] == [None, actor, known.person]


def awaited(*, courses: int) -> Enrollment:
    """Somebody whom so many courses await at an address that nobody has verified."""
    person = people_or_awaited({"soon@example.org": NAME}, at=NOW)["soon@example.org"]
    parts = [enrol(make_course(), person=person, role=Role.LEARNER, at=NOW) for _ in range(courses)]
    return erasable_parts(parts[0].course).get()


def test_an_account_that_only_awaits_them_here_is_erased_with_the_part() -> None:
    part = awaited(courses=1)
    listed = {each.what: each.rows for each in what_erasing_part_touches(part)}
    assert listed == {"account": 1}
    assert erase_part(part, actor=None, at=NOW) == listed
    part.refresh_from_db()
    assert (part.user.name, part.user.email, part.user.awaited_since, part.left_at) == ("", None, None, NOW)
    assert NAME not in dump()


def test_an_account_that_awaits_them_elsewhere_too_stays() -> None:
    part = awaited(courses=2)
    erase_part(part, actor=None)
    assert User.objects.get(email="soon@example.org").enrollments.count() == 1


@pytest.mark.parametrize("role", Role)
def test_only_learners_and_observers_are_erased_from_a_course(role: Role) -> None:
    part = make_enrollment(make_course(owner=make_person()), role=role)
    found = erasable_parts(part.course).filter(pk=part.pk)
    assert found.exists() == (role in (Role.LEARNER, Role.OBSERVER))


@pytest.mark.parametrize("attempts", [1, 4])
def test_it_takes_as_many_statements_for_one_attempt_as_for_more(
    known: Known, part: Enrollment, actor: User, attempts: int, django_assert_max_num_queries: Any
) -> None:
    quiz = make_quiz(known.course, attempts_allowed=None)
    for _ in range(attempts):
        submit_attempt(start_attempt(quiz, enrollment=part))
    for job in Job.objects.filter(state="queued"):
        run_job(job.uuid)
    with django_assert_max_num_queries(50):
        erase_part(part, actor=actor)
