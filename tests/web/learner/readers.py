"""What tests of reading pages do again and again: fetch a page, check it, be its reader."""

from __future__ import annotations

from django.test import Client

from course.models import Course, Enrollment
from tests.accounts.pages import Page
from tests.factories import make_enrollment


def html_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def lesson_address(course: Course, number: int = 1) -> str:
    return f"/courses/{course.slug}/lessons/part-{number}/"


def well_made(html: str) -> Page:
    """One heading of the page and one main part, no id twice, nothing inline, no foreign host but the source's."""
    page = Page(html)
    assert page.tags["h1"] == 1
    assert page.tags["main"] == 1
    assert len(page.ids) == len(set(page.ids))
    assert page.inline == []
    assert [address for address in page.foreign if "lake.example.org" not in address] == []
    assert "hx-" not in html
    return page


def reader_of(client: Client, course: Course) -> Enrollment:
    """Somebody enrolled, whose browser it is from now on."""
    enrollment = make_enrollment(course)
    client.force_login(enrollment.user)
    return enrollment
