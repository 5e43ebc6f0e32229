"""A course and its parts as one learner has them at a moment: their own pages, word for word, and not a row written."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils.html import strip_tags

from course.domain.progress import mark_read
from course.models import Course, CourseState, Enrollment, Lesson, Role, Visibility
from quizzes.models import Quiz
from tests.factories import NOW, make_enrollment, make_person
from tests.web.learner.books import add_quiz, make_book, take
from web.learner.previewed import as_preview

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
OWN_NOTES = re.compile(r' Select words to highlight.*?</a>\.|<form class="pick".*?</form>', re.DOTALL)
LATER = "2030-01-01T12:00"


@pytest.fixture
def course() -> Course:
    """A published course of two parts with a quiz on the first, and an owner."""
    made = make_book(lessons=2, terms=["term1x", "term2x"])
    add_quiz(made, lesson=1, concept="term1x")
    make_enrollment(made, role=Role.OWNER)
    return made


def owner_of(course: Course) -> Any:
    return course.enrollments.get(role=Role.OWNER).user


def address(course: Course, lesson: Lesson | None = None) -> str:
    here = f"/courses/{course.slug}/"
    return f"{here}lessons/{lesson.slug}/" if lesson else here


def preview(client: Client, course: Course, lesson: Lesson | None = None, **asked: str) -> str:
    client.force_login(owner_of(course))
    answer = client.get(f"{address(course, lesson)}preview/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def words(page: str) -> list[str]:
    """What stands on the page itself, without its tags and the way to one's own notes, which are nobody else's."""
    found = MAIN.search(page)
    return strip_tags(OWN_NOTES.sub("", found[0])).split() if found else []


def reader(course: Course, *, read: int = 1, took: bool = True) -> Enrollment:
    """A learner who read so many parts and took the quiz."""
    part = make_enrollment(course)
    for lesson in course.lessons.order_by("position")[:read]:
        mark_read(lesson, enrollment=part, at=NOW)
    if took:
        take(Quiz.objects.get(), part)
    return part


@pytest.mark.parametrize(("read", "took"), [(0, False), (1, False), (1, True), (2, True)])
def test_it_is_word_for_word_what_the_learner_has(client: Client, course: Course, read: int, took: bool) -> None:
    part = reader(course, read=read, took=took)
    lessons = list(course.lessons.select_related("revision").order_by("position"))
    for lesson in (None, *lessons):
        client.force_login(part.user)
        theirs = client.get(address(course, lesson)).content.decode()
        assert words(preview(client, course, lesson, learner=str(part.uuid))) == words(theirs)
        assert len(words(theirs)) > 20


def test_somebody_new_has_it_as_a_visitor(client: Client, course: Course) -> None:
    for lesson in (None, course.lessons.first()):
        client.logout()
        theirs = client.get(address(course, lesson)).content.decode()
        assert words(preview(client, course, lesson)) == words(theirs)


def test_looking_writes_no_row_in_any_table(client: Client, course: Course) -> None:
    part = reader(course)
    client.force_login(owner_of(course))
    before = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    for lesson in (None, *course.lessons.all()):
        for asked in ({}, {"learner": str(part.uuid)}, {"at": LATER}):
            client.get(f"{address(course, lesson)}preview/", asked)
    assert {model._meta.label: model._default_manager.count() for model in apps.get_models()} == before


@pytest.mark.parametrize("way", ["post", "put", "delete", "patch"])
def test_it_is_looked_at_and_nothing_else(client: Client, course: Course, way: str) -> None:
    client.force_login(owner_of(course))
    for lesson in (None, course.lessons.first()):
        assert getattr(client, way)(f"{address(course, lesson)}preview/").status_code == 405


@pytest.mark.parametrize(
    ("dates", "at", "is_found"),
    [
        ({}, "2026-11-22T12:00", True),
        ({"starts_at": NOW + timedelta(days=10)}, "2026-11-30T12:00", False),
        ({"starts_at": NOW + timedelta(days=10)}, "2026-12-03T12:00", True),
        ({"ends_at": NOW + timedelta(days=3660)}, "2036-01-01T12:00", True),
        ({"ends_at": NOW + timedelta(days=3660)}, "2037-01-01T12:00", False),
    ],
)
def test_a_part_counts_as_it_will_at_that_moment(
    client: Client, course: Course, dates: dict[str, Any], at: str, is_found: bool
) -> None:
    Course.objects.filter(pk=course.pk).update(visibility=Visibility.ENROLLED)
    part = make_enrollment(course)
    Enrollment.objects.filter(pk=part.pk).update(**dates)
    page = preview(client, course, learner=str(part.uuid), at=at)
    assert ("They do not find this course" not in page) is is_found


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": CourseState.DRAFT, "published_at": None}, "It is not published"),
        ({"state": CourseState.ARCHIVED}, "It is not published"),
        ({"visibility": Visibility.ENROLLED}, "somebody new has no part in it"),
    ],
)
def test_who_does_not_find_the_course_is_said_why(
    client: Client, course: Course, fields: dict[str, Any], said: str
) -> None:
    Course.objects.filter(pk=course.pk).update(**fields)
    for lesson in (None, course.lessons.first()):
        page = preview(client, course, lesson)
        assert "They do not find this course" in page
        assert said in page


@pytest.mark.parametrize("asked", [{"at": "yesterday"}, {"learner": "nobody"}])
def test_what_cannot_be_looked_at_is_told(client: Client, course: Course, asked: dict[str, str]) -> None:
    client.force_login(owner_of(course))
    assert client.get(f"{address(course)}preview/", asked).status_code == 422


def test_a_learner_of_another_course_is_nobody_here(client: Client, course: Course) -> None:
    stranger = make_enrollment(make_book(lessons=1, terms=["term1x"]))
    client.force_login(owner_of(course))
    assert client.get(f"{address(course)}preview/", {"learner": str(stranger.uuid)}).status_code == 422


@pytest.mark.parametrize("role", [Role.GRADER, Role.ASSISTANT, Role.OBSERVER, Role.LEARNER, None])
def test_nobody_else_previews_a_course(client: Client, course: Course, role: Role | None) -> None:
    client.force_login(make_enrollment(course, role=role).user if role else make_person())
    for lesson in (None, course.lessons.first()):
        assert client.get(f"{address(course, lesson)}preview/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client, course: Course) -> None:
    for lesson in (None, course.lessons.first()):
        here = f"{address(course, lesson)}preview/"
        assert client.get(here)["Location"] == f"/accounts/login/?next={here}"


def test_a_part_that_is_not_there_is_not_previewed(client: Client, course: Course) -> None:
    client.force_login(owner_of(course))
    assert client.get(f"/courses/{course.slug}/lessons/nowhere/preview/").status_code == 404


class TestStayingInside:
    """Whoever looks on goes from preview to preview, and sends nothing on the way."""

    def test_links_lead_to_previews_of_the_same_learner_and_moment(self, client: Client, course: Course) -> None:
        part = reader(course)
        asked = {"learner": str(part.uuid), "at": LATER}
        for lesson in (None, *course.lessons.all()):
            page = preview(client, course, lesson, **asked)
            links = re.findall(r'<a [^>]*href="(/[^"]*)"', page)
            inside = [link for link in links if not link.startswith(f"/studio/courses/{course.slug}/")]
            assert [link for link in inside if "/preview/" not in link] == []
            assert [link for link in inside if f"learner={part.uuid}" not in link] == []
            assert inside != []
            for link in {link.partition("#")[0].replace("&amp;", "&") for link in links}:
                assert client.get(link).status_code == 200

    def test_no_button_of_the_learner_can_be_pressed(self, client: Client, course: Course) -> None:
        part = reader(course, read=0, took=False)
        page = preview(client, course, course.lessons.first(), learner=str(part.uuid))
        [form] = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        buttons = re.findall(r"<button[^>]*>", form)
        assert buttons != []
        assert [button for button in buttons if " disabled " not in button] == []

    def test_the_studio_leads_there(self, client: Client, course: Course) -> None:
        part = reader(course)
        client.force_login(owner_of(course))
        assert f'href="{address(course)}preview/"' in client.get(f"/studio/courses/{course.slug}/").content.decode()
        quiz = client.get(
            f"/studio/courses/{course.slug}/quizzes/{Quiz.objects.get().slug}/preview/", {"learner": str(part.uuid)}
        ).content.decode()
        assert f'href="{address(course)}preview/?learner={part.uuid}"' in quiz
        assert f'href="{address(course, course.lessons.first())}preview/?learner={part.uuid}"' in quiz


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<a href="/courses/x/">C</a>', '<a href="/courses/x/preview/?at=1">C</a>'),
        ('<a class="btn" href="/courses/x/">C</a>', '<a class="btn" href="/courses/x/preview/?at=1">C</a>'),
        ('<a href="/courses/x/lessons/y/#n-z">L</a>', '<a href="/courses/x/lessons/y/preview/?at=1#n-z">L</a>'),
        ('<a href="/courses/x/lessons/y/?p=2">L</a>', '<a href="/courses/x/lessons/y/preview/?at=1">L</a>'),
        ('<a href="/courses/x/quizzes/q/">Q</a>', '<a href="/studio/courses/x/quizzes/q/preview/?at=1">Q</a>'),
        ('<a href="/courses/x/progress/">P</a>', "<a >P</a>"),
        ('<a href="/accounts/login/?next=/">S</a>', "<a >S</a>"),
        ('<a href="/no/such/place/">N</a>', "<a >N</a>"),
        ('<a href="/studio/courses/x/">S</a>', '<a href="/studio/courses/x/">S</a>'),
        ('<a href="#n-z">N</a>', '<a href="#n-z">N</a>'),
        ('<a href="https://example.org/courses/x/">E</a>', '<a href="https://example.org/courses/x/">E</a>'),
        ('<link href="/static/postil.css">', '<link href="/static/postil.css">'),
        ('<form method="get"><button type="submit">', '<form method="get"><button type="submit">'),
        (
            '<form class="row" method="post"><button type="submit">A</button></form><button>B</button>',
            '<form class="row" method="post"><button disabled type="submit">A</button></form><button>B</button>',
        ),
    ],
)
def test_what_becomes_of_links_and_buttons(page: str, said: str) -> None:
    assert as_preview(page, asked="at=1") == said
