"""Grading again in the studio: nothing changes before it was seen, and what was changed can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from course.models import Role
from quizzes.models import RegradeRun, RunState
from tests.factories import make_enrollment, make_person
from tests.quizzes.domain.regraded import REASON, Class, fractions, run_every_job
from tests.web.studio.drafts import HOSTILE, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def group(client: Client) -> Class:
    """Two answers, of which the second is right since the question was edited; the instructor is signed in."""
    made = Class(pass_fraction="0.5")
    made.answered("thirst machine", "dry machine")
    made.accept("thirst machine", "dry machine")
    client.force_login(made.instructor)
    return made


def asked(group: Class, **form: str) -> dict[str, str]:
    return {"quiz": str(group.quiz.uuid), "question": "", "reason": REASON, **form}


def page(client: Client, run: RegradeRun) -> str:
    return client.get(address_of(run.course, "regrades", run.uuid)).content.decode()


def test_from_a_reason_to_new_grades_and_back(client: Client, group: Class) -> None:
    sent = client.post(address_of(group.course, "regrades"), asked(group))
    run = RegradeRun.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, address_of(group.course, "regrades", run.uuid))
    assert "Looking at what would change" in page(client, run)

    run_every_job("plan_regrade")
    seen = page(client, run)
    assert "One grade would change" in seen
    assert "One attempt changes: 1 higher, 0 lower. One attempt passes only now." in seen
    assert "passes now" in seen
    assert fractions() == ["1", "0"]

    client.post(address_of(group.course, "regrades", run.uuid), {"do": "apply"})
    assert "Giving the new grades" in page(client, run)
    run_every_job("apply_regrade")
    assert fractions() == ["1", "1"]
    assert "Undo: give back the earlier grades" in page(client, run)

    client.post(address_of(group.course, "regrades", run.uuid), {"do": "undo"})
    run_every_job("undo_regrade")
    assert fractions() == ["1", "0"]
    assert "undone" in page(client, run)


def test_the_distribution_stands_in_a_table_too(client: Client, group: Class) -> None:
    seen = page(client, group.plan())
    assert '<th scope="row">0–10 %</th><td class="n">1</td><td class="n">0</td>' in seen
    assert '<th scope="row">90–100 %</th><td class="n">0</td><td class="n">1</td>' in seen


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"reason": " "}, "This field is required."),
        ({"quiz": "", "question": ""}, "Choose a quiz, a question, or both."),
        ({"quiz": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice."),
        ({"reason": "x" * 501}, "Ensure this value has at most 500 characters"),
    ],
)
def test_what_is_no_plan_is_told_beside_its_field_and_makes_no_run(
    client: Client, group: Class, form: dict[str, str], said: str
) -> None:
    sent = client.post(address_of(group.course, "regrades"), asked(group, **form))
    assert sent.status_code == 422
    assert said in sent.content.decode()
    assert RegradeRun.objects.count() == 0


def test_a_quiz_that_nobody_answered_is_said_so(client: Client) -> None:
    group = Class()
    client.force_login(group.instructor)
    sent = client.post(address_of(group.course, "regrades"), asked(group))
    assert "Nobody has submitted an answer that this would grade again." in sent.content.decode()


def test_a_discarded_plan_stays_in_the_list_and_changes_nothing(client: Client, group: Class) -> None:
    run = group.plan()
    client.post(address_of(group.course, "regrades", run.uuid), {"do": "discard"})
    run.refresh_from_db()
    assert (run.state, fractions()) == (RunState.DISCARDED, ["1", "0"])
    assert "discarded" in client.get(address_of(group.course, "regrades")).content.decode()


def test_a_step_that_came_too_late_is_said_and_does_nothing(client: Client, group: Class) -> None:
    run = group.plan()
    group.apply(run)
    answer = client.post(address_of(group.course, "regrades", run.uuid), {"do": "apply"}, follow=True)
    assert "This regrade has gone on meanwhile." in answer.content.decode()
    assert fractions() == ["1", "1"]


def test_a_waiting_page_is_told_to_look_once_the_run_is_planned(client: Client, group: Class) -> None:
    run = group.plan()
    answer = client.get(address_of(group.course, "regrades", run.uuid), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (286, address_of(group.course, "regrades", run.uuid))


def test_a_waiting_fragment_says_how_far_it_is(client: Client, group: Class) -> None:
    run = group.plan()
    RegradeRun.objects.update(state=RunState.APPLYING)
    answer = client.get(address_of(group.course, "regrades", run.uuid), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Giving the new grades" in answer.content.decode()


def test_a_reason_is_text_and_never_markup(client: Client, group: Class) -> None:
    run = group.plan(reason=HOSTILE)
    for address in (address_of(group.course, "regrades"), address_of(group.course, "regrades", run.uuid)):
        assert "<script>alert" not in client.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.GRADER])
def test_who_grades_may_grade_again(client: Client, group: Class, role: Role) -> None:
    client.force_login(make_enrollment(group.course, role=role).user)
    assert client.get(address_of(group.course, "regrades")).status_code == 200


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.LEARNER, Role.OBSERVER, None])
def test_everybody_else_finds_nothing(client: Client, group: Class, role: Role | None) -> None:
    run = group.plan()
    person: Any = make_person() if role is None else make_enrollment(group.course, role=role).user
    client.force_login(person)
    for address in (address_of(group.course, "regrades"), address_of(group.course, "regrades", run.uuid)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"do": "apply"}).status_code == 404


def test_another_courses_run_is_not_found_here(client: Client, group: Class) -> None:
    run, other = group.plan(), Class()
    client.force_login(other.instructor)
    assert client.get(address_of(other.course, "regrades", run.uuid)).status_code == 404
