"""A lesson's page, and what marking it as read does."""

from __future__ import annotations

import gzip
import re
from functools import partial

import pytest
from django.conf import settings
from django.test import Client

from course.domain.articles import ArticleFacts
from course.domain.enrolment import enrol
from course.models import (
    CourseState,
    Enrollment,
    LessonReading,
    OldLessonSlug,
    PassageDecision,
)
from course.reading.outline import PassageKind
from tests.accounts.pages import Page
from tests.factories import NOW, make_person
from tests.web.learner.books import add_quiz, make_book, take
from tests.web.learner.readers import html_of, lesson_address, reader_of, well_made
from tests.web.learner.sittings import statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STATIC = settings.BASE_DIR / "static"


class TestLesson:
    def test_stands_with_a_note_beside_the_first_passage_that_names_a_concept(self, client: Client) -> None:
        course = make_book()
        html = html_of(client, lesson_address(course))
        slug = course.concepts.get(term="term1x").slug
        assert html.count('<button class="term"') == 1
        assert f'aria-controls="n-{slug}"' in html
        assert f'<aside class="note concept" id="n-{slug}"' in html
        assert "What is meant." in html
        assert "“It speaks of term1x at once.”" in html
        assert "Used again in paragraph 2</a>" in html
        well_made(html)

    def test_has_every_note_open_without_javascript(self, client: Client) -> None:
        html = html_of(client, lesson_address(make_book()))
        assert 'aria-expanded="true"' in html
        assert " hidden" not in html

    def test_gives_every_passage_its_place_in_the_text(self, client: Client) -> None:
        course = make_book()
        page = Page(html_of(client, lesson_address(course, 2)))
        starts = [
            passage.start
            for passage in course.lessons.get(position=2).revision.passages.all()
            if passage.start >= course.lessons.get(position=2).start
        ]
        assert [name for name in page.ids if name.startswith("p-")] == [f"p-{start}" for start in starts]

    def test_sets_headings_lists_quotes_tables_and_figures(self, client: Client) -> None:
        lines = [
            (PassageKind.PARAGRAPH, "First."),
            (PassageKind.HEADING, "A heading"),
            (PassageKind.LIST_ITEM, "One"),
            (PassageKind.LIST_ITEM, "Two"),
            (PassageKind.QUOTE, "Somebody said so."),
            (PassageKind.TABLE, "Town | Water"),
            (PassageKind.TABLE, "Upper | Plenty"),
            (PassageKind.FIGURE, "The wall in May"),
            (PassageKind.PULL_QUOTE, "Never shown"),
            (PassageKind.BOILERPLATE, "Donate now"),
        ]
        html = html_of(client, lesson_address(make_book(lessons=1, lines=lines, terms=[])))
        page = well_made(html)
        assert (page.tags["table"], page.tags["td"], page.tags["blockquote"], page.tags["figcaption"]) == (1, 4, 1, 1)
        assert re.search(r'<ul class="items"><li id="p-\d+">One</li><li id="p-\d+">Two</li></ul>', html)
        assert re.search(r'<h2 id="p-\d+">A heading</h2>', html)
        assert "Never shown" not in html
        assert "Donate now" not in html

    def test_follows_what_the_instructor_decided_of_a_passage(self, client: Client) -> None:
        course = make_book(lessons=1)
        lesson = course.lessons.get()
        passage = lesson.revision.passages.get(position=1)
        PassageDecision.objects.create(course=course, passage=passage, kind=PassageKind.BOILERPLATE, decided_at=NOW)
        assert "before it ends" not in html_of(client, lesson_address(course))

    def test_shows_hostile_text_as_text(self, client: Client) -> None:
        hostile = '<script>alert("x")</script> & <img src=x onerror=alert(1)>'
        lines = [(PassageKind.PARAGRAPH, f"{hostile} is named here."), (PassageKind.TABLE, f"{hostile} | b")]
        course = make_book(
            lessons=1,
            title=hostile,
            summary=hostile,
            lines=lines,
            terms=[hostile],
            facts=ArticleFacts(title=hostile, author=hostile, publisher=hostile, rights=hostile),
        )
        course.concepts.update(definition=hostile)
        course.lessons.update(title=hostile, summary=hostile)
        for address in ("/", f"/courses/{course.slug}/", lesson_address(course)):
            html = html_of(client, address)
            assert "<script>alert" not in html
            assert "<img" not in html
            assert "&lt;script&gt;" in html
            well_made(html)

    def test_is_written_from_right_to_left_where_its_language_is(self, client: Client) -> None:
        html = html_of(client, lesson_address(make_book(language="ar", title="بين كرسيين")))
        assert '<article class="folio prose" lang="ar" dir="rtl">' in html

    def test_says_where_one_is_and_what_comes_before_and_after(self, client: Client) -> None:
        html = html_of(client, lesson_address(make_book(lessons=3), 2))
        for words in ("Part two of three", "continue: Chapter 3, part 3 of 3", "Back to part 1", "about one minute"):
            assert words in html
        assert html.count('aria-current="page"') == 1

    def test_lets_a_visitor_read_on_and_says_what_signing_in_adds(self, client: Client) -> None:
        course = make_book()
        add_quiz(course)
        html = html_of(client, lesson_address(course))
        assert f"/accounts/login/?next={lesson_address(course)}" in html
        assert "to answer two questions on this part" in html
        assert "Mark as read and continue: Chapter 2, part 2 of 2</button>" in html

    def test_ends_with_the_checkpoint_for_a_learner(self, client: Client) -> None:
        course = make_book()
        add_quiz(course)
        reader_of(client, course)
        html = html_of(client, lesson_address(course))
        assert "Mark as read and answer two questions" in html
        assert "Mark as read and go on to part 2" in html
        assert html.count("btn primary") == 1

    def test_offers_no_quiz_that_asks_nothing(self, client: Client) -> None:
        course = make_book()
        add_quiz(course, questions=0)
        reader_of(client, course)
        assert "Checkpoint" not in html_of(client, lesson_address(course))

    def test_is_not_changed_by_looking_at_it(self, client: Client) -> None:
        course = make_book()
        client.force_login(make_person())
        for address in ("/", f"/courses/{course.slug}/", lesson_address(course)):
            html_of(client, address)
        assert not LessonReading.objects.exists()
        assert not Enrollment.objects.exists()

    def test_leads_from_a_slug_it_once_had(self, client: Client) -> None:
        course = make_book()
        OldLessonSlug.objects.create(lesson=course.lessons.get(position=2), course=course, slug="old-name")
        response = client.get(f"/courses/{course.slug}/lessons/old-name/")
        assert (response.status_code, response["Location"]) == (301, lesson_address(course, 2))

    def test_an_old_slug_of_a_draft_tells_nobody_anything(self, client: Client) -> None:
        course = make_book(state=CourseState.DRAFT, published_at=None)
        OldLessonSlug.objects.create(lesson=course.lessons.get(position=2), course=course, slug="old-name")
        assert client.get(f"/courses/{course.slug}/lessons/old-name/").status_code == 404

    def test_takes_seven_statements_however_long_the_course(self, client: Client) -> None:
        person = make_person()
        client.force_login(person)
        for size in (5, 50):
            course = make_book(lessons=size)
            enrol(course, person=person)
            add_quiz(course)
            assert statements_of(partial(client.get, lesson_address(course))) == 7

    def test_weighs_little(self, client: Client) -> None:
        paragraph = " ".join(f"word{number % 97} is read by somebody" for number in range(11))
        lines = [(PassageKind.PARAGRAPH, f"{paragraph} and speaks of idea{n}x here {n}.") for n in range(23)]
        course = make_book(lessons=5, lines=lines, terms=[f"idea{n}x" for n in range(12)])
        reader_of(client, course)
        html = html_of(client, lesson_address(course))
        assert course.lessons.get(position=1).words >= 1400
        assert len(gzip.compress(html.encode())) <= 14_000
        assert len(gzip.compress((STATIC / "js/notes.js").read_bytes())) <= 2_000
        assets = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))
        assert {address.rsplit("/", 1)[-1] for address in assets} == {
            "postil.css",
            "icons.svg",
            "favicon.svg",
            "notes.js",
        }


class TestMarkingALessonRead:
    def test_enrols_the_learner_and_leads_to_the_next_lesson(self, client: Client) -> None:
        course = make_book()
        person = make_person()
        client.force_login(person)
        response = client.post(f"{lesson_address(course)}read/")
        assert (response.status_code, response["Location"]) == (303, lesson_address(course, 2))
        assert LessonReading.objects.get().enrollment.user == person

    def test_leads_to_the_checkpoint_first(self, client: Client) -> None:
        course = make_book()
        quiz = add_quiz(course)
        enrollment = reader_of(client, course)
        quiz_address = f"/courses/{course.slug}/quizzes/{quiz.slug}/"
        read = f"{lesson_address(course)}read/"
        assert client.post(read)["Location"] == quiz_address
        assert client.post(read, {"then": "next"})["Location"] == lesson_address(course, 2)
        take(quiz, enrollment)
        assert client.post(read)["Location"] == lesson_address(course, 2)
        assert client.post(read, {"then": "quiz"})["Location"] == quiz_address
        assert LessonReading.objects.count() == 1

    def test_leads_from_the_last_lesson_to_progress(self, client: Client) -> None:
        course = make_book(lessons=1)
        reader_of(client, course)
        assert client.post(f"{lesson_address(course)}read/")["Location"] == f"/courses/{course.slug}/progress/"

    def test_is_a_post(self, client: Client) -> None:
        course = make_book()
        assert client.get(f"{lesson_address(course)}read/").status_code == 405
        assert client.post(lesson_address(course)).status_code == 405
