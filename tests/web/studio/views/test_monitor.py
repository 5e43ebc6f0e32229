"""The page of a quiz while it is taken."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.models import Enrollment, Role
from jobs.domain.clock import database_now
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.models import Attempt, Extension, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(group: Class) -> str:
    return f"/studio/courses/{group.course.slug}/quizzes/{group.quiz.slug}/monitor/"


@pytest.fixture
def group(client: Client) -> Class:
    found = Class()
    found.answered("thirst machine")
    start_attempt(found.quiz, enrollment=make_enrollment(found.course), at=NOW)
    client.force_login(found.instructor)
    return found


def test_it_says_where_learners_are(client: Client, group: Class) -> None:
    page = client.get(address(group)).content.decode()

    assert "One learner at work" in page
    assert "One attempt was submitted." in page


def test_nobody_who_saved_is_said_in_words(client: Client, group: Class) -> None:
    # The attempt began in a past that is more than two minutes ago.
    assert "None of them saved in the last two minutes." in client.get(address(group)).content.decode()


def test_where_nobody_is_at_work_nothing_is_said_of_saving(client: Client, group: Class) -> None:
    Attempt.objects.filter(state="in_progress").delete()
    page = client.get(address(group)).content.decode()
    assert "No learners at work" in page
    assert "saved in the last two minutes" not in page
    assert "Nobody is at it now." in page


def test_a_script_gets_the_part_that_changes(client: Client, group: Class) -> None:
    whole = client.get(address(group)).content.decode()
    part = client.get(address(group), headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith('<div class="folio" id="monitor"')
    assert "<html" not in part
    assert f'hx-get="{address(group)}"' in whole


def test_who_is_stuck_is_a_step_from_more_time(client: Client, group: Class) -> None:
    enrollment = group.quiz.attempts.get(state="in_progress").enrollment
    assert enrollment is not None

    page = client.get(address(group)).content.decode()

    assert f"/studio/courses/{group.course.slug}/people/{enrollment.uuid}/" in page


@pytest.mark.parametrize("role", [Role.LEARNER, Role.OBSERVER])
def test_others_find_nothing(client: Client, group: Class, role: Role) -> None:
    person = make_person()
    enrol(group.course, person=person, role=role, at=NOW)
    client.force_login(person)

    assert client.get(address(group)).status_code == 404


def test_the_quizzes_lead_there(client: Client, group: Class) -> None:
    assert address(group) in client.get(f"/studio/courses/{group.course.slug}/quizzes/").content.decode()


@pytest.fixture
def timed(client: Client) -> Quiz:
    """A quiz against a clock with two learners at work, one of them in a cohort."""
    owner = make_person("Olga")
    client.force_login(owner)
    course = make_course(owner=owner)
    quiz = make_quiz(course, time_limit_seconds=2_400)
    evenings = make_cohort(course, name="Evenings", actor=None)
    for cohort in (None, evenings):
        start_attempt(quiz, enrollment=make_enrollment(course, cohort=cohort), at=NOW)
    make_enrollment(course, cohort=evenings)
    return quiz


def page_of(quiz: Quiz) -> str:
    return f"/studio/courses/{quiz.course.slug}/quizzes/{quiz.slug}/monitor/"


def give(client: Client, quiz: Quiz, **fields: Any) -> Any:
    sent = {"whom": "ticked", "minutes": "", "days": "", **fields}
    return client.post(f"{page_of(quiz)}time/", sent)


def lasts(quiz: Quiz) -> list[float]:
    ends = Attempt.objects.filter(quiz=quiz).order_by("pk").values_list("deadline_at", flat=True)
    return [(end - NOW).total_seconds() / 60 for end in ends if end]


def learners(quiz: Quiz) -> list[Enrollment]:
    return list(Enrollment.objects.filter(attempts__quiz=quiz).order_by("attempts__pk"))


def test_those_who_are_ticked_get_more_minutes_now(client: Client, timed: Quiz) -> None:
    page = client.get(page_of(timed)).content.decode()
    assert all(f'value="{learner.uuid}"' in page for learner in learners(timed))

    answer = give(client, timed, learners=[str(learners(timed)[0].uuid)], minutes="10")

    assert (answer.status_code, answer["Location"]) == (303, page_of(timed))
    said = client.get(page_of(timed)).content.decode()
    assert "One running attempt has more time." in said
    assert "10 minutes" in said
    assert lasts(timed) == [50, 40]


def test_everybody_at_work_gets_more_minutes(client: Client, timed: Quiz) -> None:
    give(client, timed, whom="everybody", minutes="5")
    assert lasts(timed) == [45, 45]


def test_a_cohort_gets_days_whether_at_work_or_not(client: Client, timed: Quiz) -> None:
    cohort = timed.course.cohorts.get()
    answer = give(client, timed, whom=str(cohort.uuid), days="3")
    assert "Two learners have later closings." in client.get(answer["Location"]).content.decode()
    assert sorted(timed.course.enrollments.values_list("cohort__name", "extra_days"), key=str) == [
        ("Evenings", 3),
        ("Evenings", 3),
        (None, 0),
        (None, 0),
    ]


def test_what_was_given_is_taken_back_from_the_same_page(client: Client, timed: Quiz) -> None:
    now = database_now()
    Attempt.objects.update(deadline_at=now + timedelta(minutes=40), started_at=now)
    before = list(Attempt.objects.order_by("pk").values_list("deadline_at", flat=True))
    give(client, timed, whom="everybody", minutes="5")
    extension = Extension.objects.get()
    assert f'action="{page_of(timed)}time/{extension.uuid}/back/"' in client.get(page_of(timed)).content.decode()

    answer = client.post(f"{page_of(timed)}time/{extension.uuid}/back/")

    said = client.get(answer["Location"]).content.decode()
    assert "Taken back." in said
    assert "/back/" not in said
    assert list(Attempt.objects.order_by("pk").values_list("deadline_at", flat=True)) == before


def test_an_attempt_that_would_be_over_is_told_to_keep_its_time(client: Client, timed: Quiz) -> None:
    give(client, timed, whom="everybody", minutes="5")
    answer = client.post(f"{page_of(timed)}time/{Extension.objects.get().uuid}/back/")
    assert "Two attempts keep their time, or would be over by now." in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"minutes": "10"}, "Tick at least one learner"),
        ({"whom": "everybody"}, "Say how many minutes or days they get."),
        ({"whom": "everybody", "minutes": "0", "days": "0"}, "Say how many minutes or days they get."),
        ({"whom": "everybody", "minutes": "601"}, "less than or equal to 600"),
        ({"whom": "everybody", "minutes": "-5"}, "greater than or equal to 0"),
        ({"whom": "everybody", "days": "367"}, "less than or equal to 366"),
        ({"whom": "nobody", "minutes": "5"}, "Select a valid choice."),
        ({"learners": ["no uuid"], "minutes": "5"}, "Select a valid choice."),
        ({"learners": ["00000000-0000-0000-0000-000000000000"], "minutes": "5"}, "minutes help nobody"),
    ],
)
def test_what_cannot_be_given_is_told_in_the_form(
    client: Client, timed: Quiz, fields: dict[str, Any], error: str
) -> None:
    answer = give(client, timed, **fields)
    assert (answer.status_code, error in answer.content.decode()) == (422, True)
    assert lasts(timed) == [40, 40]


def test_who_handed_in_since_the_page_was_made_is_no_mistake(client: Client, timed: Quiz) -> None:
    both = [str(learner.uuid) for learner in learners(timed)]
    submit_attempt(Attempt.objects.order_by("pk")[0], at=NOW)
    assert give(client, timed, learners=both, minutes="10").status_code == 303
    assert lasts(timed) == [40, 50]


def comes(client: Client, quiz: Quiz, role: Role) -> None:
    """Somebody with this part in the course is signed in."""
    client.force_login(make_enrollment(quiz.course, role=role).user)


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.ASSISTANT])
def test_whoever_may_give_one_learner_time_gives_it_to_several_and_takes_it_back(
    client: Client, timed: Quiz, role: Role
) -> None:
    now = database_now()
    Attempt.objects.update(deadline_at=now + timedelta(minutes=40), started_at=now)
    before = list(Attempt.objects.order_by("pk").values_list("deadline_at", flat=True))
    comes(client, timed, role)
    assert "More time for several" in client.get(page_of(timed)).content.decode()

    assert give(client, timed, whom="everybody", minutes="5").status_code == 303
    longer = list(Attempt.objects.order_by("pk").values_list("deadline_at", flat=True))
    assert longer == [end + timedelta(minutes=5) for end in before if end]

    assert client.post(f"{page_of(timed)}time/{Extension.objects.get().uuid}/back/").status_code == 303
    assert list(Attempt.objects.order_by("pk").values_list("deadline_at", flat=True)) == before


def test_a_grader_sees_the_figures_and_gives_no_time(client: Client, timed: Quiz) -> None:
    comes(client, timed, Role.GRADER)
    assert "More time for several" not in client.get(page_of(timed)).content.decode()
    assert give(client, timed, whom="everybody", minutes="5").status_code == 404
    assert lasts(timed) == [40, 40]


def test_a_grader_takes_no_time_back(client: Client, timed: Quiz) -> None:
    give(client, timed, whom="everybody", minutes="5")
    comes(client, timed, Role.GRADER)
    assert client.post(f"{page_of(timed)}time/{Extension.objects.get().uuid}/back/").status_code == 404
    assert lasts(timed) == [45, 45]


@pytest.mark.parametrize(("role", "leads"), [(Role.ASSISTANT, True), (Role.OWNER, True), (Role.GRADER, False)])
def test_who_is_stuck_leads_to_more_time_for_those_who_may_give_it(
    client: Client, timed: Quiz, role: Role, leads: bool
) -> None:
    comes(client, timed, role)
    page = client.get(page_of(timed)).content.decode()
    stuck = page[page.index('id="stuck"') :].partition("</section>")[0]
    assert stuck.count("<li>") == 2
    assert [f"/people/{learner.uuid}/" in stuck for learner in learners(timed)] == [leads, leads]


@pytest.mark.parametrize(("role", "leads"), [(Role.GRADER, True), (Role.OWNER, True), (Role.ASSISTANT, False)])
def test_what_waits_for_a_person_leads_to_grading_for_those_who_may_grade(
    client: Client, timed: Quiz, role: Role, leads: bool
) -> None:
    attempt = Attempt.objects.order_by("pk")[0]
    submit_attempt(attempt, at=NOW, hint=False)
    attempt.responses.update(grading="pending_manual")
    comes(client, timed, role)
    (waiting,) = re.findall(r"Waiting for a person</span></dt><dd class=\"num\">(.*?)</dd>", page_shown(client, timed))
    assert (">1<" in f">{waiting}<", "/grading/" in waiting) == (True, leads)


def page_shown(client: Client, quiz: Quiz) -> str:
    return client.get(page_of(quiz)).content.decode()


def test_an_extension_of_another_quiz_is_not_there(client: Client, timed: Quiz) -> None:
    other = make_quiz(timed.course)
    give(client, timed, whom="everybody", minutes="5")
    extension = Extension.objects.get()
    assert client.post(f"{page_of(other)}time/{extension.uuid}/back/").status_code == 404
    assert lasts(timed) == [45, 45]


def test_the_page_takes_the_same_queries_for_two_and_for_twenty(client: Client, timed: Quiz) -> None:
    counts = []
    for more in (0, 18):
        for _ in range(more):
            start_attempt(timed, enrollment=make_enrollment(timed.course), at=NOW)
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(timed))
        counts.append(len(captured))
    assert counts[0] == counts[1]
