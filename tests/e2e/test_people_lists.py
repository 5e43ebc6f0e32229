"""Lists of people and grades, invitations and more time for several, in a real browser: by mouse, and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Course, Enrollment, LessonReading, Role
from jobs.domain.clock import database_now
from quizzes.models import Result
from tests.e2e.browsers import signed_in, violations
from tests.e2e.desk import Desk
from tests.e2e.hands import Hands, Keyboard
from tests.factories import make_course, make_enrollment, make_person
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = [
    pytest.param(Hands(), True, id="mouse"),
    pytest.param(Keyboard(), True, id="keyboard"),
    pytest.param(Keyboard(), False, id="keyboard, no scripts"),
]


class Teacher:
    """An owner of courses before a browser, who works it with these hands."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.person: User = make_person("Olga")
        self.contexts: list[BrowserContext] = []
        self.hands = Hands()
        self.page: Page

    def opens(self, course: Course, *parts: str, hands: Hands, scripts: bool = True) -> Page:
        self.hands = hands
        context = signed_in(self.browser, self.person, self.server.url, java_script_enabled=scripts)
        self.contexts.append(context)
        self.page = context.new_page()
        self.page.goto("/".join(["/studio/courses", course.slug, *parts]) + "/")
        return self.page

    def press(self, name: str) -> None:
        self.hands.press(self.page.get_by_role("button", name=name).first)

    def follow(self, name: str) -> None:
        self.hands.press(self.page.get_by_role("link", name=name, exact=True).first)

    def write(self, label: str, text: str) -> None:
        self.hands.write(self.page.get_by_label(label), text)

    def works(self, kind: str, *, until: str) -> None:
        """A worker does the jobs of the kind; the page that waits for them finds it out by itself."""
        run_every_job(kind)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(until, timeout=10_000)


@pytest.fixture
def teacher(browser: Browser, live_server: LiveServer) -> Iterator[Teacher]:
    made = Teacher(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def began_reading(course: Course, address: str) -> None:
    part = Enrollment.objects.get(course=course, user__email=address)
    LessonReading.objects.create(enrollment=part, lesson=course.lessons.get(), read_at=database_now())


def people_in(course: Course) -> set[tuple[Any, ...]]:
    learners = Enrollment.objects.filter(course=course, role=Role.LEARNER)
    return set(learners.values_list("user__email", "cohort__name", "time_factor"))


@pytest.mark.parametrize(("hands", "scripts"), WAYS)
def test_a_list_of_people_is_looked_at_mended_and_done(teacher: Teacher, hands: Hands, scripts: bool) -> None:
    course = make_course(owner=teacher.person)
    here = make_enrollment(course)
    text = (
        f"Email;Name;Class;Time factor\nana@example.org;Ana;Evenings;1,5\n{here.user.email};;Evenings;\nbroken;Bob;;\n"
    )
    page = teacher.opens(course, "people", hands=hands, scripts=scripts)

    teacher.follow("Bring in a list")
    teacher.write("Paste the list", text)
    teacher.press("See what it would do")
    teacher.works("plan_list", until="What the list would do")
    expect(page.get_by_text("“broken” is not an email address.")).to_be_visible()
    expect(page.get_by_role("row", name="Ana ana@example.org")).to_contain_text("cohort Evenings; time × 1.5")
    if scripts:
        assert violations(page) == []
    assert people_in(course) == {(here.user.email, None, Decimal(1))}

    teacher.write("Paste the list", text.replace("broken", "bob@example.org"))
    teacher.press("See what it would do")
    teacher.works("plan_list", until="What the list would do")
    expect(page.get_by_text("Three lines do something. Nothing has been done yet.")).to_be_visible()
    teacher.press("Do it: three lines")
    expect(page.get_by_role("heading", level=1)).to_have_text("Doing what the list says")
    page.reload()
    teacher.works("apply_list", until="What the list did")

    expect(page.get_by_text("Three lines were done.")).to_be_visible()
    assert people_in(course) == {
        ("ana@example.org", "Evenings", Decimal("1.5")),
        ("bob@example.org", None, Decimal(1)),
        (here.user.email, "Evenings", Decimal(1)),
    }
    if scripts:
        assert violations(page) == []

    began_reading(course, "bob@example.org")
    teacher.press("Undo the whole list")
    teacher.works("undo_list", until="The list was taken back")
    expect(page.get_by_text("Two lines were taken back. One line stays as it was done")).to_be_visible()
    expect(page.get_by_role("row", name="bob@example.org")).to_contain_text("The person has worked in the course since")
    assert people_in(course) == {("bob@example.org", None, Decimal(1)), (here.user.email, None, Decimal(1))}


@pytest.mark.parametrize(("hands", "scripts"), WAYS)
def test_somebody_enrolled_by_address_comes_in_by_their_mail(
    teacher: Teacher, hands: Hands, scripts: bool, browser: Browser, live_server: LiveServer
) -> None:
    course = make_course(owner=teacher.person)
    page = teacher.opens(course, "people", hands=hands, scripts=scripts)
    teacher.follow("Enrol somebody by address")
    teacher.write("Email addresses", "Ana Moravec <ana@example.org>")
    teacher.press("Enrol and invite")
    expect(page.get_by_text("One person is enrolled.")).to_be_visible()
    run_every_job("invite")

    [link] = re.findall(r"https?://\S+/accounts/invitation/\S+", str(mail.outbox[0].body))
    guest = browser.new_context(base_url=live_server.url, java_script_enabled=scripts)
    teacher.contexts.append(guest)
    mailbox = guest.new_page()
    mailbox.goto(re.sub(r"^https?://[^/]+", "", link))
    expect(mailbox.get_by_label("Your name")).to_have_value("Ana Moravec")
    hands.write(mailbox.locator("input[type=password]"), "three quiet words")
    hands.press(mailbox.get_by_role("button", name="Create my account"))

    expect(mailbox.get_by_role("heading", level=1)).to_have_text(course.title)
    person = User.objects.get(email="ana@example.org")
    assert (person.awaited_since, person.enrollments.get().course) == (None, course)


@pytest.mark.parametrize("hands", [pytest.param(Hands(), id="mouse"), pytest.param(Keyboard(), id="keyboard")])
def test_minutes_for_several_reach_their_timers_within_five_seconds_and_are_taken_back(
    teacher: Teacher, desk: Desk, hands: Hands
) -> None:
    sitting = desk.sit(time_limit_seconds=2_400)
    course = sitting.quiz.course
    enrol(course, person=teacher.person, role=Role.EDITOR)
    timer = desk.page().get_by_role("timer")
    expect(timer).to_contain_text("39 min")
    page = teacher.opens(course, "quizzes", sitting.quiz.slug, "monitor", hands=hands)

    hands.tick(page.get_by_role("checkbox", name=str(sitting.enrollment.user)))
    teacher.write("Minutes, for those at work now", "10")
    teacher.press("Give more time")

    expect(page.get_by_text("One running attempt has more time.")).to_be_visible()
    expect(timer).to_contain_text("49 min", timeout=5_000)
    assert violations(page) == []
    teacher.press("Take back")
    expect(page.get_by_text("Taken back.", exact=True)).to_be_visible()
    expect(timer).to_contain_text(re.compile("3[89] min"), timeout=5_000)


@pytest.mark.parametrize(("hands", "scripts"), WAYS)
def test_grades_come_back_in_from_the_gradebooks_own_file(teacher: Teacher, hands: Hands, scripts: bool) -> None:
    group = Class()
    group.answered("thirst machine", "wet")
    enrol(group.course, person=teacher.person, role=Role.OWNER)
    page = teacher.opens(group.course, "gradebook", hands=hands, scripts=scripts)
    exported = page.request.get(f"/studio/courses/{group.course.slug}/gradebook/csv/").text()

    teacher.follow("Bring grades in")
    teacher.write("Paste the list", exported.replace("100.0", "66.5", 1))
    teacher.write("Why", "Oral exam.")
    teacher.press("See what it would change")
    teacher.works("plan_list", until="What the list would do")
    expect(page.get_by_role("row", name=re.compile("66.5.%, was 100.%"))).to_be_visible()
    if scripts:
        assert violations(page) == []
    assert set(Result.objects.values_list("fraction", flat=True)) == {Decimal(1), Decimal(0)}

    teacher.press("Do it: one line")
    teacher.works("apply_list", until="What the list did")
    assert set(Result.objects.values_list("fraction", flat=True)) == {Decimal("0.665"), Decimal(0)}

    teacher.press("Undo the whole list")
    teacher.works("undo_list", until="The list was taken back")
    assert set(Result.objects.values_list("fraction", flat=True)) == {Decimal(1), Decimal(0)}
