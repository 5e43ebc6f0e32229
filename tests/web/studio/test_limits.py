"""What is too large to be received: turned away unread, in words, and with everything typed left in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from course.models import Course
from quizzes.models import Quiz
from tests.factories import make_course
from tests.web.studio.drafts import make_author
from web.studio.limits import LARGEST_TEXT, at_most, kept_on_the_way_back, received_up_to

BOUNDARY = "multipart/form-data; boundary=x"


class Reading:
    """A view that notes whether it was asked, and what it found in the request."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.found.append(request.POST.get("text", ""))
        return HttpResponse("done")


def limited(most: int, view: Any) -> Any:
    return received_up_to(most, told="Too much.", pasted="Too long a paste.")(view)


def posted(text: str, **headers: Any) -> HttpRequest:
    request = RequestFactory().post("/form/", {"text": text}, **headers)
    # A browser of the test client carries no token, and is not asked for one.
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # -- Django's own name for it
    return request


@pytest.mark.parametrize(("length", "status"), [("999", 200), ("1000", 200), ("1001", 413), ("900000000", 413)])
def test_a_request_of_exactly_the_limit_is_received_and_one_of_a_byte_more_is_not(length: str, status: int) -> None:
    view = Reading()
    request = posted("words")
    request.META["CONTENT_LENGTH"] = length
    answer = limited(1_000, view)(request)
    assert answer.status_code == status
    assert len(view.found) == (status == 200)


def test_what_is_too_large_is_not_read_at_all() -> None:
    request = posted("words " * 500)
    limited(1_000, Reading())(request)
    assert request.read().count(b"words") == 500


@pytest.mark.parametrize("length", ["", None])
def test_a_request_that_does_not_say_how_long_it_is_has_nothing_to_read(length: str | None) -> None:
    request = posted("words")
    request.META["CONTENT_LENGTH"] = length
    assert limited(10, Reading())(request).status_code == 200


def test_text_that_is_too_much_beside_files_is_told_as_a_paste() -> None:
    answer = limited(50_000_000, Reading())(posted("a" * 2_600_000))
    assert answer.status_code == 413
    assert "Too long a paste." in answer.content.decode()


def test_the_page_says_what_was_too_large_that_going_back_helps_and_leads_to_the_form() -> None:
    page = limited(10, Reading())(posted("words", CONTENT_LENGTH="11")).content.decode()
    assert "Too much." in page
    assert "Go back in your browser: what you typed still stands there." in page
    assert '<a class="btn" href="/form/">Begin with an empty form</a>' in page


def test_the_check_of_the_token_is_taken_over() -> None:
    view = limited(1_000, Reading())
    assert view.csrf_exempt
    assert view(RequestFactory().post("/form/", {"text": "words"})).status_code == 403


@pytest.mark.parametrize(
    ("method", "status", "kept"),
    [("GET", 200, True), ("GET", 404, False), ("GET", 302, False), ("POST", 200, False), ("POST", 422, False)],
)
def test_only_the_page_of_an_empty_form_may_be_kept_by_its_browser(method: str, status: int, kept: bool) -> None:
    answer = HttpResponse(status=status)
    answer["Cache-Control"] = "no-store"
    shown = kept_on_the_way_back(RequestFactory().generic(method, "/form/"), answer)
    assert shown["Cache-Control"] == ("private, no-cache" if kept else "no-store")


def test_a_field_says_how_much_it_takes_and_what_is_said_of_more() -> None:
    assert at_most(5, "Too long.") == {"data-most-bytes": "5", "data-too-large": "Too long."}


# The forms that it stands before

FORMS = [
    ("/studio/import/", 900_000_000, "This file is larger than 50 MB."),
    ("/studio/course-files/", 900_000_000, "This file is larger than 5 MB"),
    ("/studio/courses/{course}/people/list/", LARGEST_TEXT + 1, "This list is larger than 1 MB."),
    ("/studio/courses/{course}/gradebook/import/", LARGEST_TEXT + 1, "This list is larger than 1 MB."),
]


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_author()
    client.force_login(owner)
    return make_course(owner=owner)


def rows() -> list[int]:
    return [Course.objects.count(), Quiz.objects.count()]


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(("place", "size", "told"), FORMS, ids=[form[0] for form in FORMS])
def test_each_form_turns_away_unread_and_in_its_own_words(
    client: Client, course: Course, place: str, size: int, told: str
) -> None:
    address, before = place.format(course=course.slug), rows()
    answer = client.generic("POST", address, b"x", BOUNDARY, CONTENT_LENGTH=str(size))
    assert answer.status_code == 413
    assert told in answer.content.decode()
    assert f'href="{address}"' in answer.content.decode()
    assert rows() == before


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("place", [form[0] for form in FORMS])
def test_each_form_wants_the_token_all_the_same(course: Course, place: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(course.enrollments.get().user)
    assert strict.post(place.format(course=course.slug), {"text": "x"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("place", [form[0] for form in FORMS])
def test_each_form_is_kept_by_its_browser_and_checked_there_before_it_is_sent(
    client: Client, course: Course, place: str
) -> None:
    answer = client.get(place.format(course=course.slug))
    page = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-cache"
    assert page.count("data-most-bytes=") == page.count("data-too-large=") == page.count("<textarea") + 1
    assert "js/sizes" in page
    # A browser cuts what is pasted into a field of a longest length, and says nothing.
    assert "maxlength" not in page.partition("<textarea")[2].partition(">")[0]
