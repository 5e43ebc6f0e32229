"""What was answered to a question, on the page."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course.domain.enrolment import enrol
from course.models import Cohort, Role
from tests.factories import NOW, make_person, single_choice
from tests.quizzes.domain.graded_answers import RIGHT, Asked

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(asked: Asked) -> str:
    return f"/studio/courses/{asked.course.slug}/answers/{asked.question.uuid}/"


def read(client: Client, asked: Asked, **sent: Any) -> str:
    answer = client.get(address(asked), sent)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def texts(page: str) -> list[str]:
    """The answers that the page lists."""
    return re.findall(r'<p class="put"[^>]*>(.*?)</p>', page)


def links(page: str, name: str) -> list[str]:
    """The values of this part of an address, of all links."""
    return re.findall(rf"[?&]{name}=([^\"&]+)", page)


@pytest.fixture
def asked(client: Client) -> Asked:
    made = Asked()
    client.force_login(made.instructor)
    return made


def test_groups_are_told_with_count_share_fraction_verdict_and_bucket(client: Client, asked: Asked) -> None:
    asked.answered("thirst machine", times=3, fraction=RIGHT)
    asked.answered("a lake")

    page = read(client, asked)

    assert "Four answers in two groups. 75 % are right; most often said instead is “a lake”, by 25 %." in page
    assert texts(page) == ["thirst machine", "a lake"]
    assert "75 % · earns 100 %" in page
    assert "25 % · earns 0 %" in page
    assert page.index(" right</span>") < page.index(" not right</span>")


def test_an_option_is_told_in_its_own_words_and_not_by_its_code(client: Client) -> None:
    asked = Asked(kind="single_choice", content=single_choice())
    client.force_login(asked.instructor)
    asked.answered("m2")
    page = read(client, asked)
    assert texts(page) == ["The lower town"]
    assert "<code>" not in page


def test_the_ways_in_which_it_was_put_are_told(client: Client, asked: Asked) -> None:
    asked.answered("a lake", times=2)
    asked.answered("A  lake.")
    page = read(client, asked)
    assert texts(page) == ["a lake"]
    assert '<li>A lake. <span class="meta num">1</span></li>' in page


def test_nobody_yet_and_nobody_found_are_told_apart(client: Client, asked: Asked) -> None:
    assert "Nobody has handed in an attempt" in read(client, asked)
    assert "Ask for less" in read(client, asked, verdict="right")


def test_what_is_asked_for_is_shown_and_goes_on(client: Client, asked: Asked) -> None:
    mornings = Cohort.objects.create(course=asked.course, name="Mornings")
    asked.answered("a lake", cohort=mornings)
    asked.answered("a wall")

    page = read(client, asked, cohort=str(mornings.uuid))

    assert texts(page) == ["a lake"]
    assert f'href="?cohort={mornings.uuid}&answer=' in page


def test_twenty_five_groups_are_on_a_page_and_the_next_are_behind_a_link(client: Client, asked: Asked) -> None:
    words = [f"{first}{second}ord" for first in "bcdfgh" for second in "klmnp"]
    for word in words:
        asked.answered(f"{word} {word} {word * 2}")
    first = read(client, asked, which="all")
    second = read(client, asked, which="all", after=links(first, "after")[0])
    assert (len(texts(first)), len(texts(second))) == (25, 5)
    assert len({*texts(first), *texts(second)}) == 30
    assert links(second, "after") == []
    assert 'href="?which=all">From the first</a>' in second


def test_a_group_has_each_of_its_answers_with_its_ledger(client: Client, asked: Asked) -> None:
    responses = asked.answered("a lake", times=2)
    asked.answered("a wall")

    page = read(client, asked, answer=links(read(client, asked), "answer")[0])

    assert texts(page) == ["a lake", "a lake"]
    for response in responses:
        assert f"/studio/courses/{asked.course.slug}/responses/{response.attempt.uuid}/1/" in page


def test_a_group_goes_on_behind_twenty_five_answers(client: Client, asked: Asked) -> None:
    asked.answered("a lake", times=27)
    digest = links(read(client, asked), "answer")[0]
    first = read(client, asked, answer=digest)
    second = read(client, asked, answer=digest, after=links(first, "after")[0])
    ledgers = re.findall(r"/responses/([^/]+)/", first + second)
    assert (len(texts(first)), len(texts(second)), len(set(ledgers))) == (25, 2, 27)
    assert links(second, "after") == []


def test_a_group_that_is_none_is_not_found(client: Client, asked: Asked) -> None:
    assert client.get(address(asked), {"answer": "none"}).status_code == 404


def test_nobody_is_named_until_it_is_asked_for(client: Client, asked: Asked) -> None:
    (response,) = asked.answered("a lake")
    learner = response.attempt.enrollment
    assert learner is not None
    digest = links(read(client, asked), "answer")[0]
    hidden = read(client, asked, answer=digest)
    assert learner.user.name not in hidden
    assert str(learner.uuid) not in hidden

    here = f"{address(asked)}?answer={digest}"
    answer = client.post(here)

    assert (answer.status_code, answer["Location"]) == (303, here)
    shown = read(client, asked, answer=digest)
    assert f'/learners/{learner.uuid}/">{learner.user.name}</a>' in shown
    client.post(here)
    assert learner.user.name not in read(client, asked, answer=digest)


def test_names_that_are_hidden_while_grading_are_hidden_here(client: Client, asked: Asked) -> None:
    asked.answered("a lake", fraction=None)
    grading = f"/studio/courses/{asked.course.slug}/grading/{asked.question.uuid}/"
    client.post(grading, {"do": "names"})
    digest = links(read(client, asked), "answer")[0]
    assert "Hide names" in read(client, asked, answer=digest)


def test_words_of_learners_are_only_words(client: Client, asked: Asked) -> None:
    asked.answered("<script>alert(1)</script>", times=2)
    raw = client.get(address(asked)).content.decode()
    assert "<script>alert" not in raw
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw


def queries(client: Client, asked: Asked, **sent: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        read(client, asked, **sent)
    return len(captured)


@pytest.mark.slow
def test_ten_thousand_learners_cost_the_queries_that_ten_do(client: Client, asked: Asked) -> None:
    costs = []
    for count in (5, 4_995):
        asked.answered("a lake", times=count)
        asked.answered("thirst machine", times=count, fraction=RIGHT)
        digest = links(read(client, asked), "answer")[0]
        sent = [{}, {"which": "best"}, {"answer": digest}]
        costs.append([queries(client, asked, **each) for each in sent])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 10


def test_graders_come_in(client: Client, asked: Asked) -> None:
    grader = make_person()
    enrol(asked.course, person=grader, role=Role.GRADER, at=NOW)
    client.force_login(grader)
    asked.answered("a lake", fraction=Decimal("0.5"))
    assert texts(read(client, asked)) == ["a lake"]


@pytest.mark.parametrize("role", [Role.LEARNER, Role.OBSERVER, Role.ASSISTANT])
@pytest.mark.parametrize("way", ["get", "post"])
def test_others_find_nothing(client: Client, asked: Asked, role: Role, way: str) -> None:
    person = make_person()
    enrol(asked.course, person=person, role=role, at=NOW)
    client.force_login(person)
    assert getattr(client, way)(address(asked)).status_code == 404


def test_a_question_of_another_course_is_not_found(client: Client, asked: Asked) -> None:
    other = Asked()
    wrong = f"/studio/courses/{asked.course.slug}/answers/{other.question.uuid}/"
    assert client.get(wrong).status_code == 404


def test_the_bank_leads_there(client: Client, asked: Asked) -> None:
    page = client.get(f"/studio/courses/{asked.course.slug}/bank/{asked.question.uuid}/").content.decode()
    assert address(asked) in page
