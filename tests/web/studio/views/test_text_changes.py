"""A changed text in the studio: seen before it is shown, applied, undone; without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from course.models import Course, TextChange, TextChangeState
from tests.course.domain.revised_courses import ESSAY, TAX, asking, lie, make_essay, row
from tests.quizzes.domain.regraded import run_every_job
from tests.web.studio.drafts import HOSTILE, address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REWORDED = ESSAY.replace("named that the sleeping tax", "called this the sleeping tax")


@pytest.fixture
def course(client: Client) -> Course:
    """A published course of two parts; its owner is signed in."""
    owner = make_author()
    client.force_login(owner)
    return make_essay(owner)


def change_of(client: Client, course: Course, text: str = REWORDED) -> TextChange:
    client.post(address_of(course, "text", "changes"), {"text": text})
    run_every_job("plan_text_change")
    return TextChange.objects.get(course=course)


def page(client: Client, change: TextChange) -> str:
    return client.get(address_of(change.course, "text", "changes", change.uuid)).content.decode()


def do(client: Client, change: TextChange, step: str, **fields: object) -> str:
    sent = client.post(address_of(change.course, "text", "changes", change.uuid), {"do": step, **fields}, follow=True)
    change.refresh_from_db()
    return sent.content.decode()


def test_from_a_paste_to_the_new_text_and_back(client: Client, course: Course) -> None:
    before = lie(course)
    sent = client.post(address_of(course, "text", "changes"), {"text": REWORDED})
    change = TextChange.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, address_of(course, "text", "changes", change.uuid))
    assert "Looking at what would change" in page(client, change)

    run_every_job("plan_text_change")
    seen = page(client, change)
    assert "60 words kept, 2 new, 2 gone." in seen
    assert "6 places stand where they stood, 1 moved. 0 lost their place." in seen
    assert f'<q lang="en">{TAX}</q>' in seen
    assert '<q lang="en">Fishermen called this the sleeping tax.</q>' in seen
    assert "<del>named that</del><ins>called this</ins>" in seen
    assert lie(course) == before

    assert "Applied. Learners read the new text" in do(client, change, "apply")
    assert lie(course) != before
    assert "Undone. Learners read the text from before." in do(client, change, "undo")
    assert lie(course) == before


def test_moved_evidence_is_confirmed_where_it_is_shown(client: Client, course: Course) -> None:
    change = change_of(client, course)
    assert "It still holds" not in page(client, change)
    assert "It still holds" in do(client, change, "apply")
    version = asking(TAX)
    assert "Every question’s evidence stands word for word" in do(client, change, "confirm", question=version.uuid)
    assert row(course, version)[0] == "exact"


def test_evidence_of_another_course_is_not_confirmed(client: Client, course: Course) -> None:
    change = change_of(client, course)
    do(client, change, "apply")
    version = asking(TAX)
    other = make_essay(make_author())
    version.question.course = other
    version.question.save()
    do(client, change, "confirm", question=version.uuid)
    assert row(course, version)[0] == "moved"


@pytest.mark.parametrize("question", ["", "nothing", "0"])
def test_nothing_is_confirmed_without_a_question(client: Client, course: Course, question: str) -> None:
    change = change_of(client, course)
    do(client, change, "apply")
    do(client, change, "confirm", question=question)
    assert row(course, asking(TAX))[0] == "moved"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Paste"),
        ({"text": " \n "}, "no text"),
        ({"text": ESSAY}, "This is the text that the course shows already"),
    ],
)
def test_what_changes_nothing_is_refused_in_words(
    client: Client, course: Course, form: dict[str, str], words: str
) -> None:
    answer = client.post(address_of(course, "text", "changes"), form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TextChange.objects.exists()


def test_a_file_is_as_good_as_a_paste(client: Client, course: Course) -> None:
    file = SimpleUploadedFile("changed.txt", REWORDED.encode())
    client.post(address_of(course, "text", "changes"), {"file": file})
    assert TextChange.objects.get().new.text == REWORDED


def test_while_one_waits_there_is_no_form_for_another(client: Client, course: Course) -> None:
    change = change_of(client, course)
    seen = client.get(address_of(course, "text", "changes")).content.decode()
    assert "Look at what it changes" in seen
    assert "<textarea" not in seen
    assert "discarded" in do(client, change, "discard")
    assert "<textarea" in client.get(address_of(course, "text", "changes")).content.decode()


def test_a_part_that_is_emptied_leaves_nothing_to_apply(client: Client, course: Course) -> None:
    change = change_of(client, course, "\n\n".join(ESSAY.split("\n\n")[:2]))
    seen = page(client, change)
    assert "Nothing is left to read of these: “A borrowed quay”" in seen
    assert 'value="apply"' not in seen
    assert "Nothing is left to read of these: “A borrowed quay”" in do(client, change, "apply")
    assert change.state == TextChangeState.PLANNED


def test_a_waiting_page_asks_for_a_fragment_until_it_is_planned(client: Client, course: Course) -> None:
    client.post(address_of(course, "text", "changes"), {"text": REWORDED})
    address = address_of(course, "text", "changes", TextChange.objects.get().uuid)
    waiting = client.get(address, headers={"HX-Request": "true"})
    assert (waiting.status_code, "<html" in waiting.content.decode()) == (200, False)
    run_every_job("plan_text_change")
    done = client.get(address, headers={"HX-Request": "true"})
    assert (done.status_code, done["HX-Redirect"]) == (286, address)


def test_what_an_article_says_is_shown_as_text(client: Client, course: Course) -> None:
    seen = page(client, change_of(client, course, f"{ESSAY}\n\n{HOSTILE} was said about the harbour by somebody."))
    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert" in seen


def test_an_unknown_step_changes_nothing(client: Client, course: Course) -> None:
    change = change_of(client, course)
    do(client, change, "explode")
    assert change.state == TextChangeState.PLANNED


def test_somebody_elses_text_cannot_be_changed(client: Client, course: Course) -> None:
    change = change_of(client, course)
    client.force_login(make_author())
    for address in (address_of(course, "text", "changes"), address_of(course, "text", "changes", change.uuid)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "x", "do": "apply"}).status_code == 404


@pytest.mark.parametrize("length", [5, 30])
def test_the_page_asks_the_same_number_of_questions_whatever_the_text(
    client: Client, course: Course, length: int, django_assert_max_num_queries: Any
) -> None:
    more = "\n\n".join(f"Ship {number} came in with the tide of that day." for number in range(length))
    change = change_of(client, course, f"{REWORDED}\n\n{more}")
    with django_assert_max_num_queries(20):
        page(client, change)
