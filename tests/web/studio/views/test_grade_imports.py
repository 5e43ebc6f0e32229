"""A list of grades in the studio, in a browser without JavaScript: looked at first, then done."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from course.domain.enrolment import enrol
from course.models import Role
from quizzes.domain.overrides import override_grade
from quizzes.models import GradingEvent, Response, Result
from tests.factories import NOW, make_person
from tests.quizzes.domain.regraded import Class
from web.studio.uploads import LARGEST_REQUEST

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FULL, NOTHING = Decimal(1), Decimal(0)


@pytest.fixture
def group(client: Client) -> Class:
    found = Class()
    found.answered("thirst machine", "wet")
    client.force_login(found.instructor)
    return found


def address(group: Class) -> str:
    return f"/studio/courses/{group.course.slug}/gradebook/import/"


def look(client: Client, group: Class, text: str, **fields: Any) -> Any:
    return client.post(address(group), {"list": text, "reason": "Oral exam.", **fields})


def apply(client: Client, group: Class, preview: Any, **fields: str) -> Any:
    """The button of the preview, with everything that its form holds."""
    form = preview.context["form"]
    held = {name: form[name].value() for name in ("list", "seen", "reason")}
    return client.post(address(group), {**held, "do": "apply", **fields})


def listed(group: Class, *grades: object) -> str:
    people = Response.objects.order_by("pk").values_list("attempt__enrollment__user__email", flat=True)
    lines = [f"{who},{grade}" for who, grade in zip(people, grades, strict=False)]
    return "\n".join([f"Email,{group.quiz.slug}", *lines])


def results() -> list[Decimal]:
    return list(Result.objects.order_by("enrollment").values_list("fraction", flat=True))


def words(answer: Any) -> str:
    # A no-break space holds a number and its sign together.
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_preview_shows_old_and_new_for_each_and_changes_nothing(client: Client, group: Class) -> None:
    preview = look(client, group, f"{listed(group, 66.5, 0)}\nnobody@example.org,5")
    said = words(preview)
    assert "One result changes, one stays as it is, one cell or line has a fault." in said
    assert "100 % 66.5 % Oral exam." in said
    assert "Line 4 : nobody@example.org No learner of this course has this address." in said
    assert results() == [FULL, NOTHING]


def test_what_was_shown_is_done_and_told(client: Client, group: Class) -> None:
    answer = apply(client, group, look(client, group, listed(group, 80, 50)))
    assert (answer.status_code, answer["Location"]) == (303, f"/studio/courses/{group.course.slug}/gradebook/")
    assert "Two results were changed." in words(client.get(answer["Location"]))
    assert results() == [Decimal("0.8"), Decimal("0.5")]
    assert GradingEvent.objects.latest("pk").feedback == "Oral exam."


def test_the_reason_may_be_mended_in_the_preview(client: Client, group: Class) -> None:
    apply(client, group, look(client, group, listed(group, 80)), reason="Written work.")
    assert GradingEvent.objects.latest("pk").feedback == "Written work."


def test_pressing_twice_does_it_once(client: Client, group: Class) -> None:
    preview = look(client, group, listed(group, 80))
    apply(client, group, preview)
    events = GradingEvent.objects.count()
    again = apply(client, group, preview)
    assert "this list was applied before" in words(client.get(again["Location"]))
    assert GradingEvent.objects.count() == events


def test_a_preview_that_no_longer_holds_is_shown_anew_and_nothing_is_done(client: Client, group: Class) -> None:
    preview = look(client, group, listed(group, 80))
    first = Response.objects.order_by("pk")[0]
    override_grade(first, fraction=Decimal("0.3"), reason="No.", actor=group.instructor, at=NOW)

    answer = apply(client, group, preview)

    assert answer.status_code == 409
    assert "Grades of this course have changed since you looked." in words(answer)
    assert "30 % 80 %" in words(answer)
    assert results()[0] == Decimal("0.3")
    apply(client, group, answer)
    assert results()[0] == Decimal("0.8")


def test_the_gradebooks_own_file_comes_back_unchanged(client: Client, group: Class) -> None:
    exported = client.get(f"/studio/courses/{group.course.slug}/gradebook/csv/")
    sent = {"list": "", "reason": "None.", "file": SimpleUploadedFile("gradebook.csv", exported.content)}
    said = words(client.post(address(group), sent))
    assert "Nothing is left to change, two stay as they are, no cells or lines have a fault." in said
    assert "Not used: Learner, Cohort, Together, %." in said


def test_a_changed_cell_of_the_gradebooks_own_file_is_what_changes(client: Client, group: Class) -> None:
    exported = client.get(f"/studio/courses/{group.course.slug}/gradebook/csv/").content.decode()
    text = exported.replace("100.0", "70", 1)
    apply(client, group, look(client, group, text))
    assert results() == [Decimal("0.7"), NOTHING]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"list": ""}, "Paste a list, or choose a file."),
        ({"list": "Name\nAna"}, "No column is called “Email”."),
        ({"list": "Email\nana@example.org"}, "No column is called like a quiz of this course."),
        ({"list": "Email,x\n", "reason": ""}, "This field is required."),
        ({"list": "", "file": b"PK\x03\x04"}, "This is a workbook."),
        ({"list": "", "file": b"\x81" * 50}, "This file is not text."),
    ],
    ids=["nothing", "no addresses", "no quiz", "no reason", "workbook", "binary"],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    client: Client, group: Class, sent: dict[str, Any], sentence: str
) -> None:
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile("list.csv", sent["file"])}
    answer = client.post(address(group), {"reason": "Oral exam.", **sent})
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_a_request_that_is_too_large_is_refused_unread(client: Client, group: Class) -> None:
    size = str(LARGEST_REQUEST + 1)
    answer = client.generic("POST", address(group), b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=size)
    assert (answer.status_code, "so it was not received" in words(answer)) == (413, True)


def test_more_results_than_are_changed_in_one_go_have_no_button(
    client: Client, group: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.studio.views.grade_imports.MOST_CHANGES", 1)
    monkeypatch.setattr("quizzes.domain.grade_import_applying.MOST_CHANGES", 1)
    preview = look(client, group, listed(group, 80, 50))
    assert "more than 1 results" in words(preview)
    assert 'value="apply"' not in preview.content.decode()
    assert apply(client, group, preview).status_code == 422
    assert results() == [FULL, NOTHING]


def test_a_grader_brings_grades_in_and_an_assistant_does_not(client: Client, group: Class) -> None:
    for role, status in ((Role.GRADER, 200), (Role.ASSISTANT, 404)):
        person = make_person()
        enrol(group.course, person=person, role=role)
        client.force_login(person)
        assert client.get(address(group)).status_code == status


def test_the_page_is_reached_from_the_gradebook(client: Client, group: Class) -> None:
    page = client.get(f"/studio/courses/{group.course.slug}/gradebook/").content.decode()
    assert f'href="{address(group)}"' in page
