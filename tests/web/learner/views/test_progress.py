from __future__ import annotations

from functools import partial

import pytest
from django.test import Client

from course.domain.enrolment import enrol
from course.domain.progress import mark_read
from course.models import Course, Enrollment
from quizzes.domain.attempts import start_attempt
from tests.factories import NOW, make_person
from tests.web.learner.books import add_quiz, make_book, take
from tests.web.learner.readers import html_of, lesson_address, reader_of, well_made
from tests.web.learner.sittings import statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address_of(course: Course) -> str:
    return f"/courses/{course.slug}/progress/"


@pytest.fixture
def course() -> Course:
    return make_book(lessons=3)


@pytest.fixture
def enrollment(client: Client, course: Course) -> Enrollment:
    return reader_of(client, course)


def test_asks_a_visitor_to_sign_in_and_come_back(client: Client, course: Course) -> None:
    for address in ("/progress/", address_of(course)):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")


def test_says_where_to_begin_when_nothing_was_begun(client: Client, course: Course) -> None:
    client.force_login(make_person())
    html = html_of(client, "/progress/")
    assert "No progress yet" in html
    assert "Find a course to read" in html
    well_made(html)
    html = html_of(client, address_of(course))
    assert "You have not begun this course" in html
    well_made(html)


def test_progress_in_what_may_not_be_read_is_not_found(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(address_of(make_book(visibility="enrolled"))).status_code == 404


def test_a_single_course_is_shown_whole_at_once(client: Client, enrollment: Enrollment, course: Course) -> None:
    html = html_of(client, "/progress/")
    assert f"Progress: {course.title}" in html
    assert "You are at the beginning" in html
    assert "Start reading: Chapter 1, part 1 of 3" in html
    assert "You have taken no quiz in this course yet." in html
    well_made(html)


def test_several_courses_have_a_ring_each(client: Client, enrollment: Enrollment, course: Course) -> None:
    other = make_book(title="The other one")
    enrol(other, person=enrollment.user)
    mark_read(course.lessons.get(position=1), enrollment=enrollment)
    html = html_of(client, "/progress/")
    assert "Your progress in two courses" in html
    assert "You have read one of three parts." in html
    assert html.count('class="chart ring"') == 2
    assert address_of(other) in html
    well_made(html)


def test_counts_what_is_read_and_taken(client: Client, enrollment: Enrollment, course: Course) -> None:
    mark_read(course.lessons.get(position=1), enrollment=enrollment)
    take(add_quiz(course, title="Taken"), enrollment, right=1)
    add_quiz(course, lesson=2, title="To take")
    html = html_of(client, address_of(course))
    assert "You have read one of three parts and taken one of two quizzes." in html
    assert 'stroke-dasharray="135.7 339.3"' in html
    assert "The ring fills with every part you read and every quiz you have a result on." in html
    assert 'Quizzes taken</span></dt><dd class="num">1 of 2</dd>' in html
    assert "Quiz: Taken</a></th><td>50 %</td>" in html
    assert "Quiz: To take</a></th><td>not taken</td>" in html
    assert "Continue: Chapter 2, part 2 of 3" in html
    well_made(html)


def test_tells_how_well_each_concept_is_known_and_why(client: Client, enrollment: Enrollment, course: Course) -> None:
    take(add_quiz(course, concept="term1x", questions=3), enrollment, right=2)
    take(add_quiz(course, concept="term2x", questions=1), enrollment, right=1)
    html = html_of(client, address_of(course))
    assert "2 of 3 right · 60 %" in html
    assert "1 of 1 right" in html
    assert "Laplace’s rule of succession" in html
    assert "Who built wall 1?" in html
    for word in ("growing", "not enough evidence", "not right", "Not asked yet"):
        assert word in html
    slug = course.concepts.get(term="term1x").slug
    assert f'<a href="{lesson_address(course)}#n-{slug}">term1x</a>' in html
    well_made(html)


def test_asking_the_same_question_again_replaces_its_evidence(
    client: Client, enrollment: Enrollment, course: Course
) -> None:
    quiz = add_quiz(course, concept="term1x", questions=2)
    take(quiz, enrollment, right=0, hours_ago=2)
    take(quiz, enrollment, right=2)
    html = html_of(client, address_of(course))
    assert "2 of 2 right · 75 %" in html
    assert "One of three concepts is firm" in html
    assert "The ring fills as concepts become firm." in html
    assert 'stroke-dasharray="113.1 339.3"' in html


def test_lists_attempts_with_their_reviews(client: Client, enrollment: Enrollment, course: Course) -> None:
    quiz = add_quiz(course, title="Again and again")
    graded = take(quiz, enrollment, right=1, hours_ago=3)
    waiting = take(quiz, enrollment, hours_ago=2, graded=False)
    running = start_attempt(quiz, enrollment=enrollment)
    html = html_of(client, address_of(course))
    for attempt, word in ((graded, "graded, 50 %"), (waiting, "being graded"), (running, "in progress")):
        assert f'href="/attempts/{attempt.uuid}/"' in html
        assert word in html
    assert "Continue the quiz: Again and again" in html


def test_draws_the_newest_attempt_as_it_went(client: Client, enrollment: Enrollment, course: Course) -> None:
    take(add_quiz(course, questions=3), enrollment)
    html = html_of(client, address_of(course))
    assert html.count('class="dot"') == 3
    assert "You answered three questions and changed none of your answers." in html
    assert "It took two minutes from start to submitting." in html
    assert "<td>answered</td>" in html


def test_holds_back_what_the_quiz_shows_only_when_it_closes(
    client: Client, enrollment: Enrollment, course: Course
) -> None:
    quiz = add_quiz(course, concept="term1x", questions=2, mode="exam", closes_at=NOW.replace(year=2090))
    take(quiz, enrollment, right=2)
    html = html_of(client, address_of(course))
    assert "shown when its quiz closes" in html
    assert "Two answers count once the quiz closes." in html
    assert "2 of 2 right" not in html
    assert "Who built wall" not in html


def test_shows_hostile_words_as_words(client: Client) -> None:
    hostile = "<b onclick=alert(1)>x</b>"
    course = make_book(title=hostile, lessons=1, terms=["term1x"])
    course.concepts.update(term=hostile)
    enrollment = reader_of(client, course)
    take(add_quiz(course, title=hostile, concept=hostile), enrollment)
    html = html_of(client, address_of(course))
    assert "<b " not in html
    well_made(html)


def test_shows_nothing_of_other_learners(client: Client, course: Course) -> None:
    take(add_quiz(course, concept="term1x"), enrol(course, person=make_person()), right=2)
    reader_of(client, course)
    html = html_of(client, address_of(course))
    assert "You have taken no quiz in this course yet." in html
    assert "of 2 right" not in html


def test_asks_as_much_of_the_database_for_much_as_for_little(client: Client) -> None:
    counts = []
    for size in (5, 50):
        course = make_book(lessons=size)
        enrollment = reader_of(client, course)
        for number in range(1, size + 1, 5):
            take(add_quiz(course, lesson=number, concept=f"term{number}x"), enrollment, hours_ago=number)
        counts.append(statements_of(partial(client.get, address_of(course))))
        assert html_of(client, address_of(course)).count("graded, 50 %") == size // 5
    assert counts[0] == counts[1] <= 16


def test_looking_writes_nothing(client: Client, enrollment: Enrollment, course: Course) -> None:
    take(add_quiz(course, concept="term1x"), enrollment)
    before = enrollment.masteries.values_list("updated_at", flat=True).get()
    html_of(client, address_of(course))
    assert enrollment.masteries.values_list("updated_at", flat=True).get() == before
