"""Notes of one's own on the pages: written without scripts, shown in the margin, listed, taken along."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from course.domain.notes import delete_note
from course.models import Course, CourseState, Enrollment, Note, Role
from course.reading.outline import PassageKind
from tests.course.domain.revised_courses import ESSAY, TAX, make_essay, revise
from tests.factories import make_enrollment, make_person
from tests.web.learner.books import make_book
from tests.web.learner.notebooks import note_on
from tests.web.learner.readers import html_of, lesson_address, reader_of, well_made
from tests.web.learner.sittings import statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY = UUID(int=1)
LINES = [
    (PassageKind.PARAGRAPH, "A lake feeds two towns, and a dry wall stands there."),
    (PassageKind.LIST_ITEM, "The upper town speaks of safety."),
    (PassageKind.TABLE, "Town | Water\nUpper | plenty"),
    (PassageKind.PARAGRAPH, "Nobody calls it a dry wall in the lower town."),
]


@pytest.fixture
def course() -> Course:
    return make_book(lines=LINES, terms=["dry wall"])


@pytest.fixture
def part(client: Client, course: Course) -> Enrollment:
    return reader_of(client, course)


def write(client: Client, course: Course, **fields: Any) -> Any:
    return client.post(f"{lesson_address(course)}notes/", {"key": str(KEY), **fields})


def change(client: Client, deed: str, number: int = 1, **fields: Any) -> Any:
    return client.post(f"/notes/{UUID(int=number)}/", {"do": deed, **fields})


def words_of_notes() -> list[tuple[str, str]]:
    return list(Note.objects.order_by("pk").values_list("anchors__quote", "text"))


class TestWriting:
    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"words": "two towns", "near": "8"}, "two towns"),
            ({"words": "DRY  wall", "near": "160"}, "dry wall"),
            ({"words": "two towns", "passage": "0"}, "two towns"),
            ({"passage": "0"}, LINES[0][1]),
            ({"words": "Town Water Upper", "near": "0"}, "Town | Water\nUpper"),
            ({"words": "there. The upper town", "near": "0"}, "there.\nThe upper town"),
        ],
        ids=["selected", "selected further on", "typed", "a passage", "cells", "two passages"],
    )
    def test_keeps_the_words_and_leads_to_where_they_stand(
        self, client: Client, part: Enrollment, sent: dict[str, str], words: str
    ) -> None:
        answer = write(client, part.course, text="So?", **sent)
        assert (answer.status_code, answer["Location"]) == (303, f"{lesson_address(part.course)}#note-{KEY}")
        assert words_of_notes() == [(words, "So?")]

    def test_sent_twice_it_is_written_once(self, client: Client, part: Enrollment) -> None:
        places = [write(client, part.course, words="two towns", text="So?")["Location"] for _ in range(2)]
        assert (len(set(places)), words_of_notes()) == (1, [("two towns", "So?")])

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({}, "Choose a passage."),
            ({"words": "no such words"}, "These words do not stand in the text like this."),
            ({"words": "two towns", "passage": "99"}, "Select a valid choice."),
            ({"words": "two towns", "text": "x" * 4_001}, "A note holds 4,000 characters."),
            ({"words": "two towns", "text": "a\x00b"}, "Null characters are not allowed."),
            ({"words": "x" * 20_001}, "at most 20000 characters"),
        ],
        ids=["nothing", "other words", "another passage", "too long", "a null", "too many words"],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, part: Enrollment, sent: dict[str, str], told: str
    ) -> None:
        answer = write(client, part.course, **sent)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        if sent.get("words", "")[:3] == "two":
            assert ">\ntwo towns</textarea>" in answer.content.decode()
        assert not Note.objects.exists()

    def test_a_form_without_a_key_still_writes(self, client: Client, part: Enrollment) -> None:
        assert write(client, part.course, key="", passage="0").status_code == 303
        assert words_of_notes() == [(LINES[0][1], "")]

    def test_enrols_who_reads_an_open_course(self, client: Client, course: Course) -> None:
        person = make_person()
        client.force_login(person)
        write(client, course, words="two towns")
        assert Note.objects.get().enrollment.user == person

    def test_the_page_offers_each_passage_by_its_first_words(self, client: Client, part: Enrollment) -> None:
        html = html_of(client, f"{lesson_address(part.course)}notes/")
        well_made(html)
        assert '<option value="0">A lake feeds two towns, and a dry wall…</option>' in html
        assert re.search(r'name="key" value="[0-9a-f-]{36}"', html)

    def test_asks_a_visitor_to_sign_in(self, client: Client, course: Course) -> None:
        for answer in (client.get(f"{lesson_address(course)}notes/"), write(client, course, words="two towns")):
            assert answer["Location"].startswith("/accounts/login/?next=/courses/")
        assert not Note.objects.exists()


class TestInTheMargin:
    def test_a_note_stands_beside_its_passage_and_its_words_are_marked(self, client: Client, part: Enrollment) -> None:
        note = note_on(part, "two towns", "Which <b>ones</b>?\n\nNames!")
        html = html_of(client, lesson_address(part.course))
        well_made(html)
        assert f'A lake feeds <mark data-note="{note.uuid}">two towns</mark>, and a' in html
        assert f'<aside class="note by-you" id="note-{note.uuid}"' in html
        assert "<p>Which &lt;b&gt;ones&lt;/b&gt;?</p>\n\n<p>Names!</p>" in html

    def test_a_highlight_can_be_removed_or_written_about(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns")
        html = html_of(client, lesson_address(part.course))
        assert [word in html for word in (">Highlighted<", "Write a note or remove it", "Change or delete")] == [
            True,
            True,
            False,
        ]

    def test_a_marked_concept_still_opens_its_note(self, client: Client, part: Enrollment) -> None:
        note = note_on(part, "a dry wall stands")
        html = html_of(client, lesson_address(part.course))
        assert re.search(rf'<mark data-note="{note.uuid}"><span class="whole"><button class="term"', html)
        well_made(html)

    def test_whoever_has_none_gets_the_text_that_is_kept_in_as_many_statements(
        self, client: Client, part: Enrollment
    ) -> None:
        address = lesson_address(part.course)
        other = Client()
        other.force_login(make_enrollment(part.course).user)
        note_on(part, "two towns", "Mine")
        client.get(address), other.get(address)
        assert "Mine" not in html_of(other, address)
        assert statements_of(lambda: client.get(address)) == statements_of(lambda: other.get(address)) + 1

    def test_nobody_else_is_shown_it_nor_the_instructors(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns", "canary-of-a-note")
        owner = make_enrollment(part.course, role=Role.OWNER).user
        other = Client()
        other.force_login(owner)
        course = f"/courses/{part.course.slug}/"
        for address in (lesson_address(part.course), course, f"{course}notes/", f"{course}notes/text/"):
            assert "canary-of-a-note" not in html_of(other, address)
            assert ("canary-of-a-note" in html_of(client, address)) == (address != course)
        preview = f"{lesson_address(part.course)}preview/?learner={part.uuid}"
        assert "canary-of-a-note" not in html_of(other, preview)

    def test_a_visitor_reads_without_any_of_it(self, client: Client, course: Course) -> None:
        html = html_of(client, lesson_address(course))
        assert [word in html for word in ("data-own", "data-reader", "/notes/")] == [False, False, False]


class TestChanging:
    @pytest.mark.parametrize("back", ["lesson", "course"])
    def test_a_note_is_rewritten_deleted_and_put_back(self, client: Client, part: Enrollment, back: str) -> None:
        note = note_on(part, "two towns", "One")
        page = lesson_address(part.course) if back == "lesson" else f"/courses/{part.course.slug}/notes/"
        place = f"#note-{note.uuid}"
        assert change(client, "keep", text="Two", back=back)["Location"] == f"{page}{place}"
        assert Note.objects.get().text == "Two"
        gone = change(client, "delete", back=back)["Location"]
        assert gone == f"{page}?deleted={note.uuid}{place}"
        html = html_of(client, gone.partition("#")[0])
        assert ("The note is deleted." in html, ">Two<" in html, "<mark" in html) == (True, False, False)
        assert "The note is deleted." not in html_of(client, page)
        assert change(client, "put back", back=back)["Location"] == f"{page}{place}"
        assert "<p>Two</p>" in html_of(client, page)

    def test_two_pages_that_change_it_keep_both_and_say_so_until_it_is_kept_again(
        self, client: Client, part: Enrollment
    ) -> None:
        note_on(part, "two towns", "One")
        page = lesson_address(part.course)
        assert '<input type="hidden" name="sequence" value="1">' in html_of(client, page)
        for text in ("Here", "There"):
            change(client, "keep", text=text, sequence="1")
        html = html_of(client, page)
        assert ("<p>Here</p>" in html, "<p>There</p>" in html, "changed in two places" in html) == (True, True, True)
        assert '<input type="hidden" name="sequence" value="3">' in html
        change(client, "keep", text="Here and there", sequence="3")
        html = html_of(client, page)
        assert ("<p>Here and there</p>" in html, "changed in two places" in html) == (True, False)

    @pytest.mark.parametrize("sequence", ["", "x", "-1", "1.5", "٣", "9" * 30])
    def test_who_names_no_words_that_they_began_with_replaces_what_is_there(
        self, client: Client, part: Enrollment, sequence: str
    ) -> None:
        note_on(part, "two towns", "One")
        change(client, "keep", text="Two", sequence=sequence)
        assert (Note.objects.get().text, Note.objects.get().is_joined) == ("Two", False)

    @pytest.mark.parametrize("deed", ["keep", "delete", "put back"])
    def test_nobody_else_changes_it(self, client: Client, part: Enrollment, deed: str) -> None:
        note = note_on(part, "two towns", "One")
        delete_note(note) if deed == "put back" else None
        before = Note.objects.values().get()
        other = Client()
        for role in (Role.LEARNER, Role.OWNER):
            other.force_login(make_enrollment(part.course, role=role).user)
            assert change(other, deed, text="Two").status_code == 404
        assert change(Client(), deed, text="Two")["Location"].startswith("/accounts/login/")
        assert Note.objects.values().get() == before

    def test_looking_never_changes(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns", "One")
        assert client.get(f"/notes/{KEY}/").status_code == 405

    @pytest.mark.parametrize("asked", ["nothing", "1", "'; --", str(UUID(int=5))])
    def test_an_undo_of_nothing_shows_nothing(self, client: Client, part: Enrollment, asked: str) -> None:
        note_on(part, "two towns", "One")
        assert "is deleted" not in html_of(client, f"{lesson_address(part.course)}?deleted={asked}")

    def test_too_long_a_text_is_told_and_the_old_one_stays(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns", "One")
        answer = change(client, "keep", text="x" * 4_001)
        assert (answer.status_code, Note.objects.get().text) == (422, "One")
        assert "A note holds 4,000 characters." in answer.content.decode()


class TestAll:
    def test_of_a_course_are_listed_by_part(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns", "Which ones?")
        note_on(part, "speaks of safety", number=2)
        html = html_of(client, f"/courses/{part.course.slug}/notes/")
        well_made(html)
        found = re.findall(r"“([^”]+)”</a></blockquote>", html)
        assert found == ["two towns", "speaks of safety"]
        assert f'href="{lesson_address(part.course)}#note-{KEY}"' in html

    def test_are_taken_along_as_text(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns", "Which ones?")
        answer = client.get(f"/courses/{part.course.slug}/notes/text/")
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer["Content-Disposition"] == f'attachment; filename="notes-{part.course.slug}.txt"'
        assert "“two towns”\nWhich ones?\n" in answer.content.decode()

    def test_an_empty_list_says_how_to_begin(self, client: Client, part: Enrollment) -> None:
        assert "You have no notes here yet." in html_of(client, f"/courses/{part.course.slug}/notes/")

    def test_stay_with_who_wrote_them_when_the_course_is_closed_to_them(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns", "Mine")
        Course.objects.filter(pk=part.course_id).update(state=CourseState.ARCHIVED)
        Enrollment.objects.filter(pk=part.pk).update(left_at=part.enrolled_at)
        assert "Mine" in html_of(client, f"/courses/{part.course.slug}/notes/")
        assert client.get(lesson_address(part.course)).status_code == 404

    def test_of_a_course_one_never_took_part_in_are_nowhere(self, client: Client, course: Course) -> None:
        client.force_login(make_person())
        assert client.get(f"/courses/{course.slug}/notes/").status_code == 404

    def test_are_in_the_copy_of_what_is_kept(self, client: Client, part: Enrollment) -> None:
        note_on(part, "two towns", "Which ones?")
        delete_note(note_on(part, "dry wall", number=2))
        [course] = client.get("/own/copy/").json()["courses"]
        assert [(note["kind"], note["words"], note["text"]) for note in course["notes"]] == [
            ("note", "two towns", "Which ones?"),
            ("highlight", "dry wall", ""),
        ]
        assert [bool(note["deleted_at"]) for note in course["notes"]] == [False, True]


class TestAChangedText:
    def read(self, client: Client, text: str) -> str:
        course = make_essay()
        part = reader_of(client, course)
        address = f"/courses/{course.slug}/lessons/part-2/"
        client.post(f"{address}notes/", {"key": str(KEY), "words": TAX, "text": "Sleeping?"})
        revise(part.course, text)
        return html_of(client, address)

    def test_says_where_words_were_found_again(self, client: Client) -> None:
        html = self.read(client, ESSAY.replace(TAX, TAX.replace("Fishermen", "The fishermen")))
        assert "these words were found again here" in html
        assert html.count(f'<mark data-note="{KEY}">') >= 1

    def test_lists_notes_whose_words_are_gone(self, client: Client) -> None:
        html = self.read(client, ESSAY.replace(f" {TAX}", ""))
        well_made(html)
        assert "Notes on words that are gone" in html
        assert (f"“{TAX}”</blockquote>" in html, "<p>Sleeping?</p>" in html, "<mark" in html) == (True, True, False)
