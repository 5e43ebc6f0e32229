"""Lists of people are taken back as a whole, where nothing happened since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.people import create_person, mark_email_verified
from accounts.models import User
from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.domain.join_codes import make_code
from course.models import Cohort, Course, Enrollment, LessonReading, Note, Role
from course.roster import MOST_TIME
from jobs.domain.clock import database_now
from quizzes.domain.accommodations import accommodate
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt
from quizzes.domain.imported_people import (
    CHANGED_SINCE,
    COHORT_GONE,
    DATES_CLASH,
    GONE,
    NOT_YOURS,
    WORKED,
)
from quizzes.models import Card, Certificate, ListImport, Question, Recall, RunState
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.listed import applied, became, looked_at, undone
from tests.quizzes.domain.listed_people import (
    LEFT,
    becomes_an_observer,
    come_back_later,
    course,
    email,
    leaves,
    owner,
    rows,
    somebody_at,
    the_part,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["course", "owner"]


def test_an_undone_list_leaves_nothing_of_what_it_made(course: Course, owner: User) -> None:
    known, elsewhere = make_person(), make_course()
    applied(looked_at(elsewhere, "Email\nelsewhere@example.org", actor=owner))
    left, here = make_enrollment(course, left_at=LEFT), make_enrollment(course)
    before, people = rows(course), User.objects.count()
    addresses = ["new@example.org", "elsewhere@example.org", known.email, email(left), email(here)]
    text = "Email,Cohort,Days,Begins\n" + "\n".join(f"{address},A,3,2027-01-31" for address in addresses)
    run = applied(looked_at(course, text, actor=owner))
    assert (len(rows(course)), User.objects.count()) == (5, people + 1)

    run = undone(run)

    assert (run.state, became(run)) == (RunState.UNDONE, ["undone"] * 5)
    assert rows(course) == before
    assert (User.objects.count(), Cohort.objects.count()) == (people, 0)
    assert elsewhere.enrollments.count() == 1


def read_something(part: Enrollment) -> None:
    LessonReading.objects.create(enrollment=part, lesson=part.course.lessons.get(), read_at=database_now())


def wrote_a_note(part: Enrollment) -> None:
    now, lesson = database_now(), part.course.lessons.get()
    Note.objects.create(enrollment=part, lesson=lesson, number=1, text="Mine", created_at=now, updated_at=now)


def began_a_quiz(part: Enrollment) -> None:
    start_attempt(make_quiz(part.course, questions=1), enrollment=part)


def went_on_answering(part: Enrollment) -> None:
    """The attempt was begun before they left."""
    attempt = start_attempt(make_quiz(part.course, questions=1), enrollment=part, at=LEFT)
    save_answer(attempt, given=GivenAnswer(1, "k7", None))


def recalled_a_question(part: Enrollment) -> None:
    make_quiz(part.course, questions=1)
    question = Question.objects.get(course=part.course)
    card = Card.objects.create(enrollment=part, question=question, set_aside_at=NOW)
    Recall.objects.create(card=card, number=1, rating=3, at=database_now())


def got_a_certificate(part: Enrollment) -> None:
    Certificate.objects.create(
        enrollment=part, code="A", name="Ana", title="Walls", lessons=1, quizzes=0, issued_at=database_now()
    )


WORK = [read_something, wrote_a_note, began_a_quiz, went_on_answering, recalled_a_question, got_a_certificate]


@pytest.mark.parametrize("has_left", [False, True], ids=["new", "back"])
@pytest.mark.parametrize("work", WORK)
def test_who_worked_since_stays_and_is_named(
    course: Course, owner: User, work: Callable[[Enrollment], None], has_left: bool
) -> None:
    if has_left:
        come_back_later(course)
    run = applied(looked_at(course, "Email\nnew@example.org\nidle@example.org", actor=owner))
    work(the_part(course))

    run = undone(run)

    assert became(run, "state", "said") == [("kept", WORKED), ("undone", "")]
    assert [(row[0], row[7]) for row in rows(course)] == [("new@example.org", None)]


def test_what_somebody_did_before_they_left_does_not_keep_them_in(course: Course, owner: User) -> None:
    part = make_enrollment(course, left_at=LEFT)
    start_attempt(make_quiz(course, questions=1), enrollment=part, at=LEFT)
    run = undone(applied(looked_at(course, f"Email\n{email(part)}", actor=owner)))
    part.refresh_from_db()
    assert (became(run), part.left_at, part.attempts.count()) == (["undone"], LEFT, 1)


def gets_more_time(course: Course, part: Enrollment) -> None:
    accommodate(part, time_factor=Decimal(2), extra_days=0, actor=None)


@pytest.mark.parametrize("since", [leaves, becomes_an_observer, gets_more_time])
@pytest.mark.parametrize("has_left", [False, True], ids=["new", "back"])
def test_a_part_that_somebody_changed_since_stays_as_they_left_it(
    course: Course, owner: User, since: Callable[[Course, Enrollment], None], has_left: bool
) -> None:
    if has_left:
        come_back_later(course)
    run = applied(looked_at(course, "Email,Cohort\nnew@example.org,A", actor=owner))
    since(course, the_part(course))
    before = rows(course)

    run = undone(run)

    assert became(run, "state", "said") == [("kept", CHANGED_SINCE)]
    assert rows(course) == before


def test_whoever_took_up_their_account_keeps_it_and_is_out_of_the_course(course: Course, owner: User) -> None:
    run = applied(looked_at(course, "Email\nnew@example.org", actor=owner))
    person = create_person("new@example.org", verified=False)
    mark_email_verified(person)
    assert the_part(course).user == person

    run = undone(run)

    assert became(run) == ["undone"]
    assert rows(course) == []
    assert User.objects.filter(pk=person.pk).exists()


def test_of_a_part_that_was_changed_only_that_goes_back(course: Course, owner: User) -> None:
    part = make_enrollment(course)
    run = applied(looked_at(course, f"Email,Days\n{email(part)},3", actor=owner))
    becomes_an_observer(course, part)

    run = undone(run)

    part.refresh_from_db()
    assert (became(run), part.role, part.extra_days) == (["undone"], "observer", 0)


def test_working_is_no_reason_to_keep_what_a_list_changed_of_a_part(course: Course, owner: User) -> None:
    part = make_enrollment(course)
    run = applied(looked_at(course, f"Email,Days\n{email(part)},3", actor=owner))
    read_something(part)
    assert became(undone(run)) == ["undone"]


def test_a_part_that_is_gone_is_said_so(course: Course, owner: User) -> None:
    run = applied(looked_at(course, "Email\nnew@example.org", actor=owner))
    the_part(course).delete()
    assert became(undone(run), "state", "said") == [("kept", GONE)]


def test_a_cohort_from_before_that_is_gone_keeps_the_part_where_it_is(course: Course, owner: User) -> None:
    cohort = make_cohort(course, name="Mornings", actor=None)
    part = make_enrollment(course, cohort=cohort)
    run = applied(looked_at(course, f"Email,Cohort\n{email(part)},Evenings", actor=owner))
    cohort.delete()

    run = undone(run)

    assert became(run, "state", "said") == [("kept", COHORT_GONE)]
    assert rows(course)[0][2] == "Evenings"


def test_dates_that_no_longer_go_together_are_left(course: Course, owner: User) -> None:
    part = make_enrollment(course, starts_at=datetime(2027, 5, 1, tzinfo=NOW.tzinfo))
    run = applied(looked_at(course, f"Email,Begins\n{email(part)},2027-01-01", actor=owner))
    ends = datetime(2027, 3, 1, tzinfo=NOW.tzinfo)
    Enrollment.objects.filter(pk=part.pk).update(ends_at=ends)

    run = undone(run)

    assert became(run, "state", "said") == [("kept", DATES_CLASH)]
    part.refresh_from_db()
    assert part.ends_at == ends


@pytest.mark.parametrize("text", ["Email,Role\nnew@example.org,grader", "Email,Role\n{here},grader"])
def test_an_editor_takes_back_no_part_that_is_the_owners_to_give(course: Course, owner: User, text: str) -> None:
    here = make_enrollment(course)
    editor = enrol(course, person=make_person(), role=Role.EDITOR).user
    run = applied(looked_at(course, text.format(here=email(here)), actor=owner))

    run = undone(run, actor=editor)

    assert became(run, "state", "said") == [("kept", NOT_YOURS)]
    assert course.enrollments.filter(role=Role.GRADER).count() == 1


def test_a_cohort_that_others_use_by_now_stays(course: Course, owner: User) -> None:
    text = "Email,Cohort\na@example.org,Used\nb@example.org,Coded\nc@example.org,Idle"
    run = applied(looked_at(course, text, actor=owner))
    used, coded = (Cohort.objects.get(name=name) for name in ("Used", "Coded"))
    make_enrollment(course, cohort=used)
    make_code(course, actor=None, cohort=coded)

    undone(run)

    assert set(Cohort.objects.values_list("name", flat=True)) == {"Used", "Coded"}


def test_a_batch_takes_the_same_statements_for_two_people_and_for_thirty(course: Course, owner: User) -> None:
    counts = []
    for size in (2, 30):
        lines = [f"{email(make_enrollment(course))},A" for _ in range(size)]
        lines += [f"new{size}-{n}@example.org,B" for n in range(size)]
        run = looked_at(course, "Email,Cohort\n" + "\n".join(lines), actor=owner)
        with CaptureQueriesContext(connection) as doing:
            applied(run)
        with CaptureQueriesContext(connection) as undoing:
            undone(run)
        counts.append((len(doing), len(undoing)))
    assert counts[0] == counts[1]


ADDRESSES = [f"person-{n}@example.org" for n in range(4)]
LINES = st.lists(
    st.tuples(
        st.sampled_from([*ADDRESSES, "broken"]),
        st.sampled_from(["", "learner", "observer", "king"]),
        st.sampled_from(["", "A", "a", "B"]),
        st.sampled_from(["", "1", "1.5", str(MOST_TIME + 1)]),
        st.sampled_from(["", "2027-01-31", "2027-10-31 02:30"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, min_size=1, max_size=3))
def test_whatever_lists_were_applied_undoing_them_backwards_is_as_if_there_had_been_none(
    db: None, lists: list[list[tuple[str, ...]]]
) -> None:
    course = make_course(owner=make_person())
    actor = course.enrollments.get().user
    left = come_back_later(course, ADDRESSES[0])
    enrol(course, person=somebody_at(ADDRESSES[1]), cohort=make_cohort(course, name="B", actor=None))
    moments, people = [(rows(course), set(Cohort.objects.filter(course=course)))], User.objects.count()
    done: list[ListImport] = []
    for lines in lists:
        text = "Email,Role,Cohort,Time,Begins\n" + "\n".join(",".join(line) for line in lines)
        done.append(applied(looked_at(course, text, actor=actor)))
        moments.append((rows(course), set(Cohort.objects.filter(course=course))))

    for run in reversed(done):
        assert (rows(course), set(Cohort.objects.filter(course=course))) == moments.pop()
        assert "kept" not in became(undone(run))

    assert [(rows(course), set(Cohort.objects.filter(course=course)))] == moments
    assert User.objects.count() == people
    left.refresh_from_db()
    assert left.left_at == LEFT
