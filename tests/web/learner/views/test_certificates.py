"""The pages of certificates."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from course.domain.progress import mark_read
from course.models import CertificateFor, Course, CourseState, Visibility
from quizzes.domain.completion import issue_certificate
from quizzes.models import Certificate
from tests.factories import make_enrollment, make_person
from tests.web.learner.sittings import LearnerPage, Sitting

pytestmark = pytest.mark.django_db

BUTTON = "Get my certificate"


def reader(client: Client, wanted: CertificateFor = CertificateFor.READING) -> Sitting:
    sitting = Sitting(client, questions=1)
    Course.objects.update(certificate_for=wanted)
    User.objects.filter(pk=sitting.enrollment.user_id).update(name="Ana Moravec")
    return sitting


def progress(sitting: Sitting) -> str:
    return sitting.client.get(f"/courses/{sitting.quiz.course.slug}/progress/").content.decode()


def ask(sitting: Sitting) -> str:
    answer = sitting.client.post(f"/courses/{sitting.quiz.course.slug}/certificate/")
    return str(answer.headers.get("Location", answer.status_code))


def read(sitting: Sitting) -> None:
    mark_read(sitting.quiz.course.lessons.get(), enrollment=sitting.enrollment)


def test_progress_says_what_is_left_and_offers_the_certificate_then(client: Client) -> None:
    sitting = reader(client)
    before = progress(sitting)
    read(sitting)
    after = progress(sitting)

    assert ("Who has read every part gets a certificate." in before, BUTTON in before) == (True, False)
    assert ("to read" in before, BUTTON in after) == (True, True)


def test_quizzes_stand_in_the_list_where_they_have_to_be_passed(client: Client) -> None:
    sitting = reader(client, CertificateFor.PASSING)

    page = progress(sitting)

    assert "Who has read every part and passed every quiz gets a certificate." in page
    assert f'href="{sitting.quiz_address}">{sitting.quiz.title}</a> <span class="dots"></span>' in page


def test_a_course_that_asks_for_nothing_says_nothing(client: Client) -> None:
    assert "ertificate" not in progress(reader(client, CertificateFor.NOTHING))


def test_who_completed_it_gets_one_page_that_anybody_can_look_at(client: Client) -> None:
    sitting = reader(client)
    read(sitting)

    address = ask(sitting)
    client.logout()
    answer = client.get(address)
    page = answer.content.decode()

    assert "Ana Moravec" in page
    assert sitting.quiz.course.title in page
    assert Certificate.objects.get().code in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert not LearnerPage(page).inline


def test_asking_twice_is_asking_once(client: Client) -> None:
    sitting = reader(client)
    read(sitting)

    assert ask(sitting) == ask(sitting)
    assert Certificate.objects.count() == 1


def test_asking_too_early_is_told(client: Client) -> None:
    assert ask(reader(client)) == "409"


def test_what_was_issued_is_shown_though_the_course_asks_for_nothing_any_more(client: Client) -> None:
    sitting = reader(client)
    read(sitting)
    issue_certificate(sitting.enrollment)
    Course.objects.update(certificate_for=CertificateFor.NOTHING)

    assert "Your certificate" in progress(sitting)


def test_a_certificate_leads_to_its_course_while_whoever_looks_may_read_it(client: Client) -> None:
    sitting = reader(client)
    read(sitting)
    address = f"/certificates/{issue_certificate(sitting.enrollment).code}/"
    assert "About the course" in client.get(address).content.decode()

    Course.objects.update(state=CourseState.ARCHIVED)

    page = client.get(address).content.decode()
    assert ("This page is the proof" in page, "About the course" in page) == (True, False)


def test_only_who_takes_part_asks(client: Client) -> None:
    sitting = reader(client)
    client.force_login(make_person())
    assert ask(sitting) == "404"

    Course.objects.update(visibility=Visibility.ENROLLED)
    assert ask(sitting) == "404"
    client.force_login(make_enrollment(sitting.quiz.course).user)
    assert ask(sitting) == "409"


def test_a_code_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/certificates/NOTHING/").status_code == 404
