from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from course.domain.articles import ArticleFacts
from course.domain.enrolment import enrol
from course.domain.progress import mark_read
from course.models import (
    ConceptState,
    Course,
    CourseState,
    Enrollment,
    Role,
    Visibility,
)
from quizzes.domain.attempts import start_attempt
from tests.factories import NOW, make_enrollment, make_person
from tests.web.learner.books import add_quiz, make_book, take
from tests.web.learner.readers import html_of, lesson_address, reader_of, well_made
from tests.web.learner.sittings import statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STATIC = settings.BASE_DIR / "static"


class TestHome:
    def test_says_that_there_is_nothing_yet(self, client: Client) -> None:
        html = html_of(client, "/")
        assert "There is nothing to read yet" in html
        assert "Sign in" in html
        well_made(html)

    def test_offers_authors_to_make_the_first_course(self, client: Client) -> None:
        client.force_login(make_person(may_author=True))
        assert "Make a course from an article" in html_of(client, "/")

    def test_says_what_is_due_and_until_when(self, client: Client) -> None:
        book = make_book()
        reader_of(client, book)
        quiz = add_quiz(book, closes_at=timezone.now() + timedelta(days=10))

        html = html_of(client, "/")

        assert f'href="/courses/{book.slug}/quizzes/{quiz.slug}/">{quiz.title}</a>' in html
        assert "Until " in html
        well_made(html)

    def test_lets_a_visitor_start_reading_without_an_account(self, client: Client) -> None:
        course = make_book(title="Two towns, one lake")
        html = html_of(client, "/")
        assert f'class="btn primary" href="{lesson_address(course)}">Start reading: Chapter 1, part 1 of 2</a>' in html
        assert "Part 1 opens here." in html
        assert "Two towns, one lake" in html
        well_made(html)

    @pytest.mark.parametrize(
        "hidden", [{"state": "draft", "published_at": None}, {"visibility": "link"}, {"visibility": "enrolled"}]
    )
    def test_lists_nothing_that_is_not_for_everyone(self, client: Client, hidden: dict[str, Any]) -> None:
        make_book(title="Kept apart", **hidden)
        assert "Kept apart" not in html_of(client, "/")

    def test_names_the_next_part_after_the_last_one_read(self, client: Client) -> None:
        course = make_book(lessons=3)
        enrollment = reader_of(client, course)
        mark_read(course.lessons.get(position=1), enrollment=enrollment)
        html = html_of(client, "/")
        assert "Next comes part\xa02, “Chapter 2”" in html
        assert f'href="{lesson_address(course, 2)}">Continue: Chapter 2, part 2 of 3</a>' in html
        assert "One of three parts read" in html
        assert html.count("btn primary") == 1

    def test_names_the_quiz_when_all_is_read_and_progress_when_all_is_done(self, client: Client) -> None:
        course = make_book(lessons=1)
        quiz = add_quiz(course, title="The last check")
        enrollment = reader_of(client, course)
        mark_read(course.lessons.get(), enrollment=enrollment)
        assert "Take the quiz: The last check" in html_of(client, "/")
        take(quiz, enrollment, right=2)
        html = html_of(client, "/")
        assert "See your progress" in html
        assert "finished" in html

    def test_puts_an_attempt_in_progress_first(self, client: Client) -> None:
        course = make_book()
        quiz = add_quiz(course, title="Half done")
        attempt = start_attempt(quiz, enrollment=reader_of(client, course))
        html = html_of(client, "/")
        assert f'href="/attempts/{attempt.uuid}/">Continue the quiz: Half done</a>' in html
        assert "have not submitted it yet" in html

    def test_tells_that_answers_were_graded(self, client: Client) -> None:
        course = make_book()
        enrollment = reader_of(client, course)
        attempt = take(add_quiz(course, title="The wall"), enrollment, right=1)
        html = html_of(client, "/")
        assert f'<a href="/attempts/{attempt.uuid}/">Your answers to “The wall” are graded:</a> 50\xa0% of its' in html

    def test_keeps_a_result_back_that_the_policy_holds_back(self, client: Client) -> None:
        course = make_book()
        enrollment = reader_of(client, course)
        held = {"after_submit": [], "after_close": ["fraction"]}
        take(add_quiz(course, feedback_policy=held, closes_at=NOW.replace(year=2090)), enrollment)
        html = html_of(client, "/")
        assert "the result is shown when the quiz closes" in html
        assert "50\xa0%" not in html

    def test_shows_nothing_of_other_learners(self, client: Client) -> None:
        course = make_book()
        take(add_quiz(course, title="Somebody else’s"), make_enrollment(course))
        reader_of(client, course)
        assert "Somebody else’s" not in html_of(client, "/")

    def test_asks_as_much_of_the_database_for_many_courses_as_for_few(self, client: Client) -> None:
        person = make_person()
        client.force_login(person)
        for _ in range(2):
            enrol(make_book(), person=person)
        few = statements_of(lambda: client.get("/"))
        for number in range(10):
            course = make_book(lessons=5)
            enrollment = enrol(course, person=person)
            take(add_quiz(course), enrollment, hours_ago=number)
            make_book()
        # One more where something was missed: the questions that are to be remembered.
        assert statements_of(lambda: client.get("/")) - 1 == few <= 10


class TestCourse:
    def test_shows_contents_concepts_quizzes_and_where_the_text_comes_from(self, client: Client) -> None:
        course = make_book(summary="How two towns share one lake.")
        quiz = add_quiz(course, title="The wall, checked")
        html = html_of(client, f"/courses/{course.slug}/")
        concept = course.concepts.get(term="term2x")
        assert "How two towns share one lake." in html
        assert f'href="{lesson_address(course, 2)}"' in html
        assert f'id="concept-{concept.slug}"' in html
        assert f'href="{lesson_address(course, 2)}#n-{concept.slug}"' in html
        assert f"/courses/{course.slug}/quizzes/{quiz.slug}/" in html
        for fact in ("The wall above the lake", "Ilse Brandt", "The Lake", "https://lake.example.org/wall", "CC BY-SA"):
            assert fact in html
        well_made(html)

    def test_tells_what_was_read_and_how_quizzes_went(self, client: Client) -> None:
        course = make_book(lessons=3)
        enrollment = reader_of(client, course)
        for number in (1, 2):
            mark_read(course.lessons.get(position=number), enrollment=enrollment)
        quiz = add_quiz(course)
        add_quiz(course, lesson=2)
        take(quiz, enrollment, right=1)
        html = html_of(client, f"/courses/{course.slug}/")
        for word in ("read and checked", "read, not checked", "to read, 1 min", "50 %", "not taken"):
            assert word in html
        assert "Continue: Chapter 3" in html

    def test_lists_what_is_named_but_not_explained_apart(self, client: Client) -> None:
        course = make_book()
        course.concepts.filter(term="term2x").update(definition="")
        html = html_of(client, f"/courses/{course.slug}/")
        assert html.index("<dt>term1x</dt>") < html.index("Also named in the text") < html.index(">term2x</a></li>")

    def test_links_no_address_that_is_not_of_the_web(self, client: Client) -> None:
        course = make_book(facts=ArticleFacts(title="A trap", source_url="javascript:alert(1)"))
        assert "javascript:" not in html_of(client, f"/courses/{course.slug}/")

    def test_shows_no_concept_that_was_not_accepted(self, client: Client) -> None:
        course = make_book()
        course.concepts.filter(term="term1x").update(state=ConceptState.SUGGESTED)
        assert "term1x" not in html_of(client, f"/courses/{course.slug}/")
        lesson = html_of(client, lesson_address(course))
        assert 'class="term"' not in lesson
        assert "term1x" in lesson

    def test_says_what_is_missing_from_an_empty_course(self, client: Client) -> None:
        course = Course.objects.create(slug="empty", title="Empty", state="published", created_at=NOW, published_at=NOW)
        html = html_of(client, f"/courses/{course.slug}/")
        assert "This course has no part to read yet." in html
        well_made(html)

    def test_asks_as_much_of_the_database_for_a_long_course_as_for_a_short_one(self, client: Client) -> None:
        person = make_person()
        client.force_login(person)
        counts = []
        for size in (5, 50):
            course = make_book(lessons=size)
            enrol(course, person=person)
            for lesson in range(1, size + 1, 5):
                add_quiz(course, lesson=lesson)
            counts.append(statements_of(partial(client.get, f"/courses/{course.slug}/")))
        assert counts[0] == counts[1] <= 9


class TestWhoMayRead:
    def test_nobody_but_its_author_sees_a_draft(self, client: Client) -> None:
        course = make_book(state=CourseState.DRAFT, published_at=None)
        owner, other = make_person(), make_person()
        enrol(course, person=owner, role=Role.OWNER)
        for address in (f"/courses/{course.slug}/", lesson_address(course)):
            assert client.get(address).status_code == 404
            client.force_login(other)
            assert client.get(address).status_code == 404
            client.force_login(owner)
            assert client.get(address).status_code == 200
            client.logout()

    def test_a_course_for_the_enrolled_is_theirs_alone(self, client: Client) -> None:
        course = make_book(visibility=Visibility.ENROLLED)
        assert client.get(lesson_address(course)).status_code == 404
        client.force_login(make_person())
        assert client.get(lesson_address(course)).status_code == 404
        assert client.post(f"{lesson_address(course)}read/").status_code == 404
        reader_of(client, course)
        assert client.get(lesson_address(course)).status_code == 200

    def test_who_left_reads_no_more(self, client: Client) -> None:
        course = make_book(visibility=Visibility.ENROLLED)
        enrollment = reader_of(client, course)
        Enrollment.objects.filter(pk=enrollment.pk).update(left_at=NOW)
        assert client.get(lesson_address(course)).status_code == 404

    def test_a_link_is_enough_for_a_course_shared_by_link(self, client: Client) -> None:
        assert client.get(lesson_address(make_book(visibility=Visibility.LINK))).status_code == 200

    def test_an_archived_course_is_gone(self, client: Client) -> None:
        course = make_book(state=CourseState.ARCHIVED)
        reader_of(client, course)
        assert client.get(f"/courses/{course.slug}/").status_code == 404

    @pytest.mark.parametrize("address", ["/courses/none/", "/courses/none/lessons/none/"])
    def test_what_is_not_there_is_not_found(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404

    def test_a_lesson_of_another_course_is_not_found(self, client: Client) -> None:
        course = make_book(lessons=1)
        assert client.get(lesson_address(course, 2)).status_code == 404
