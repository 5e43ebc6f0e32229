"""Appeals in the studio: the case, what accepting it would change, and the decision."""

from __future__ import annotations

import pytest
from django.test import Client

from course.models import Role
from quizzes.domain.appeals import raise_appeal
from quizzes.models import Appeal, AppealState, RegradeRun, Response
from tests.factories import make_enrollment
from tests.quizzes.domain.regraded import Class, fractions, run_every_job
from tests.web.studio.drafts import HOSTILE, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def group(client: Client) -> Class:
    """Three learners, the first of whom appeals; the second gave the same answer. The instructor is signed in."""
    made = Class()
    first, *_ = made.answered("dry machine", "Dry machine!", "wet")
    raise_appeal(Response.objects.select_related("version").get(pk=first.pk), text="It is dry, too.")
    client.force_login(made.instructor)
    return made


def case(group: Class) -> str:
    return address_of(group.course, "appeals", Appeal.objects.get().uuid)


def test_the_list_names_the_answer_its_question_and_how_many_appeal(client: Client, group: Class) -> None:
    page = client.get(address_of(group.course, "appeals")).content.decode()
    assert "“dry machine”" in page
    assert "One appeal, the oldest for less than an hour." in page


def test_without_appeals_it_says_where_they_would_come_from(client: Client, group: Class) -> None:
    Appeal.objects.all().delete()
    assert "Nobody questions a grade at the moment." in client.get(address_of(group.course, "appeals")).content.decode()


def test_the_case_shows_the_passage_the_words_and_every_grade_that_would_change(client: Client, group: Class) -> None:
    page = client.get(case(group)).content.decode()
    assert "It is dry, too." in page
    assert "<mark>The upper town built a wall.</mark>" in page
    assert "Two grades of 3 looked at would change:" in page
    assert page.count('<td class="n">0 %</td><td class="n">100 %</td>') == 2


def test_accepting_for_everybody_ends_in_new_grades(client: Client, group: Class) -> None:
    sent = client.post(case(group), {"do": "everybody", "decision": "Right, so it is."})
    assert (sent.status_code, sent["Location"]) == (303, case(group))
    run_every_job("plan_regrade")
    run_every_job("apply_regrade")
    assert fractions() == ["1", "1", "0"]
    page = client.get(case(group)).content.decode()
    assert "accepted" in page
    assert address_of(group.course, "regrades", RegradeRun.objects.get().uuid) in page


def test_accepting_for_those_who_appealed_changes_their_grade_alone(client: Client, group: Class) -> None:
    client.post(case(group), {"do": "these", "decision": "For you."})
    assert (fractions(), Appeal.objects.get().state) == (["1", "0", "0"], AppealState.ACCEPTED)


def test_declining_changes_no_grade(client: Client, group: Class) -> None:
    client.post(case(group), {"do": "decline", "decision": "The text says thirst."})
    assert (fractions(), Appeal.objects.get().state) == (["0", "0", "0"], AppealState.DECLINED)
    assert "The text says thirst." in client.get(case(group)).content.decode()


@pytest.mark.parametrize("deed", ["everybody", "these", "decline"])
def test_a_decided_appeal_still_says_whose_words_it_has_and_when(client: Client, group: Class, deed: str) -> None:
    client.post(case(group), {"do": deed, "decision": "So it is."})
    appeal = Appeal.objects.get()
    enrollment = appeal.response.attempt.enrollment
    assert enrollment is not None
    page = client.get(case(group)).content.decode()
    assert "It is dry, too." in page
    assert f'{enrollment.user}, <time datetime="{appeal.created_at:%Y-%m-%dT%H:%M}' in page


@pytest.mark.parametrize("deed", ["everybody", "these", "decline"])
def test_no_decision_is_without_a_reason(client: Client, group: Class, deed: str) -> None:
    sent = client.post(case(group), {"do": deed, "decision": "  "})
    assert sent.status_code == 422
    assert "This field is required." in sent.content.decode()
    assert Appeal.objects.get().state == AppealState.OPEN


def test_an_unknown_deed_decides_nothing(client: Client, group: Class) -> None:
    assert client.post(case(group), {"do": "burn", "decision": "x"}).status_code == 200
    assert Appeal.objects.get().state == AppealState.OPEN


def test_words_of_learners_are_text_and_never_markup(client: Client, group: Class) -> None:
    Appeal.objects.update(text=HOSTILE)
    assert "<script>alert" not in client.get(case(group)).content.decode()


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.LEARNER, Role.OBSERVER])
def test_who_does_not_grade_finds_nothing(client: Client, group: Class, role: Role) -> None:
    client.force_login(make_enrollment(group.course, role=role).user)
    for address in (address_of(group.course, "appeals"), case(group)):
        assert client.get(address).status_code == 404
    assert client.post(case(group), {"do": "these", "decision": "Mine!"}).status_code == 404
    assert fractions() == ["0", "0", "0"]
