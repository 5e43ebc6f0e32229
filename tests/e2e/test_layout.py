"""Where things stand on a page of the sample course, in a window of 1280 pixels and on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page

from authoring.domain.demo import INSTRUCTOR, LEARNER
from tests.e2e.installation import Installation
from tests.e2e.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COURSE = "/courses/belarus-between-two-chairs/"
WIDE, NARROW = 1280, 360
People = Mapping[str, Person]


@pytest.fixture(scope="module")
def people(installation: Installation, browser: Browser) -> Iterator[People]:
    installation.manage("load_demo")
    people = {
        "learner": Person(installation, browser, LEARNER),
        "instructor": Person(installation, browser, INSTRUCTOR),
    }
    for person in people.values():
        person.sign_in()
    yield people
    for person in people.values():
        person.context.close()


def test_nothing_of_a_gradebook_with_nine_quizzes_has_to_be_scrolled_to(people: People) -> None:
    with opened(people, "instructor", f"/studio{COURSE}gradebook/") as page:
        assert page.locator(".gradebook thead th").count() == 2 + 9
        assert page.locator(".gradebook").evaluate("each => each.scrollWidth - each.clientWidth") == 0


def test_the_first_chart_of_a_course_stands_beside_the_pages_of_the_course(people: People) -> None:
    with opened(people, "instructor", f"/studio{COURSE}insight/") as page:
        pages, chart = page.get_by_role("navigation", name="This course"), page.locator(".chart").first
        assert edge(chart, "top") < edge(pages, "bottom")
        assert edge(chart, "start") > edge(pages, "end")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_way_in_by_a_code_stands_where_the_courses_stand(people: People, width: int) -> None:
    with opened(people, "learner", "/") as page:
        page.set_viewport_size({"width": width, "height": 800})
        way_in = page.get_by_role("link", name="Join a course by a code")
        assert edge(way_in, "start") == edge(page.locator(".toc a").first, "start")


@contextmanager
def opened(people: People, who: str, address: str) -> Iterator[Page]:
    page = people[who].context.new_page()
    page.set_viewport_size({"width": WIDE, "height": 800})
    page.goto(address)
    yield page
    page.close()


EDGE = """(each, side) => {
  const box = each.getBoundingClientRect();
  const isMirrored = getComputedStyle(document.documentElement).direction === "rtl";
  const [start, end] = isMirrored ? [innerWidth - box.right, innerWidth - box.left] : [box.left, box.right];
  return { start, end, top: box.top, bottom: box.bottom }[side];
}"""


def edge(found: Locator, side: str) -> float:
    """How far the side of it, "start", "end", "top" or "bottom", is from where reading begins, in pixels."""
    return float(found.evaluate(EDGE, side))
