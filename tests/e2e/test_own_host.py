"""Pages ask nobody but Postil for anything, and keep nothing that would know its reader again elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.e2e.desk import Desk
from tests.web.learner.books import make_book
from tests.web.learner.readers import lesson_address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN_COOKIES = {"csrftoken", "sessionid", "messages", "reader"}


def test_no_page_of_a_learner_asks_another_host(desk: Desk) -> None:
    sitting = desk.sit()
    course = sitting.quiz.course.slug
    page = desk.window().new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    own = ["/", "/progress/", f"/courses/{course}/", f"/courses/{course}/progress/", "/accounts/", "/accounts/inbox/"]
    for address in [*own, sitting.quiz_address, sitting.address, f"{sitting.address}summary/"]:
        page.goto(address, wait_until="networkidle")
    assert hosts == {urlsplit(desk.server.url).netloc}


def test_a_visitor_who_only_reads_is_followed_by_nobody(browser: Browser, live_server: LiveServer) -> None:
    course = make_book()
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    for address in ("/", f"/courses/{course.slug}/", lesson_address(course)):
        page.goto(address, wait_until="networkidle")
    assert hosts == {urlsplit(live_server.url).netloc}
    cookies = context.cookies()
    assert {each.get("name") for each in cookies} <= OWN_COOKIES
    assert all(each.get("sameSite") in {"Lax", "Strict"} for each in cookies)
    context.close()
