"""A list of people in the studio, in a browser without JavaScript: looked at first, then done."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.domain.invitations import INVITE
from course.models import Course, Enrollment, Role
from jobs.domain.clock import database_now
from jobs.models import Job
from tests.factories import NOW, make_course, make_enrollment, make_person
from web.studio.uploads import LARGEST_REQUEST

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST = "Email,Name,Cohort\nnew@example.org,New Person,Evenings\nbroken,,\n"


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga")
    client.force_login(owner)
    return make_course(owner=owner)


def address(course: Course) -> str:
    return f"/studio/courses/{course.slug}/people/list/"


def look(client: Client, course: Course, text: str = LIST, **fields: Any) -> Any:
    return client.post(address(course), {"list": text, **fields})


def apply(client: Client, course: Course, preview: Any) -> Any:
    """The button of the preview, with everything that its form holds."""
    form = preview.context["form"]
    sent = {"list": form["list"].value(), "seen": form["seen"].value(), "do": "apply"}
    return client.post(address(course), sent)


def learners(course: Course) -> list[str | None]:
    return list(course.enrollments.filter(role=Role.LEARNER).order_by("pk").values_list("user__email", flat=True))


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_preview_says_what_each_line_would_do_and_does_nothing(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    preview = look(client, course, f"{LIST}{part.user.email},,Evenings\n,,\n{part.user.email},Twice,\n")

    said = words(preview)
    assert preview.status_code == 200
    assert "Two lines do something, no people are enrolled already, two lines have a fault." in said
    assert "One cohort is new: Evenings." in said
    assert "Line 3 : broken “broken” is not an email address." in said
    assert "Line 4 has this address already." in said
    assert "New Person new@example.org new here cohort Evenings" in said
    assert "changes cohort Evenings, was none" in said
    assert "Do it: two lines" in said
    assert learners(course) == [part.user.email]


def test_what_was_shown_is_done_and_told(client: Client, course: Course) -> None:
    answer = apply(client, course, look(client, course))
    assert (answer.status_code, answer["Location"]) == (303, f"/studio/courses/{course.slug}/people/")
    assert "One person is enrolled." in client.get(answer["Location"]).content.decode()
    assert learners(course) == ["new@example.org"]


def test_pressing_twice_does_it_once(client: Client, course: Course) -> None:
    preview = look(client, course)
    apply(client, course, preview)
    again = apply(client, course, preview)
    assert "this list was applied before" in client.get(again["Location"]).content.decode()
    assert learners(course) == ["new@example.org"]


def test_a_preview_that_no_longer_holds_is_shown_anew_and_nothing_is_done(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    preview = look(client, course, f"Email,Days\n{part.user.email},3\nnew@example.org,")
    Enrollment.objects.filter(pk=part.pk).update(extra_days=1)

    answer = apply(client, course, preview)

    assert answer.status_code == 409
    assert "People or cohorts of this course have changed since you looked." in words(answer)
    assert "days more 3, was 1" in words(answer)
    assert learners(course) == [part.user.email]
    assert apply(client, course, answer).status_code == 303
    assert learners(course) == [part.user.email, "new@example.org"]


def test_a_list_changed_in_the_preview_is_looked_at_again_before_it_is_done(client: Client, course: Course) -> None:
    seen = look(client, course).context["form"]["seen"].value()
    answer = look(client, course, "Email\nother@example.org", seen=seen, do="apply")
    assert (answer.status_code, learners(course)) == (409, [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_goes_through_the_preview_in_its_own_letters(client: Client, course: Course, encoding: str) -> None:
    raw = "E-Mail;Vorname;Nachname\r\nnew@example.org;Ána;Müller\r\n".encode(encoding)
    preview = client.post(address(course), {"list": "", "file": SimpleUploadedFile("list.csv", raw)})
    assert "Ána Müller new@example.org new here" in words(preview)
    apply(client, course, preview)
    assert course.enrollments.get(role=Role.LEARNER).user.name == "Ána Müller"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"list": ""}, "Paste a list, or choose a file."),
        ({"list": "Name\nAna"}, "No column is called “Email”."),
        ({"list": "Email\n\x1b"}, "This is not text"),
        ({"list": 'Email\n"ana'}, "From line 2 on, quotation marks do not fit"),
        ({"list": "Email\n" + "a@b.org\n" * 2_001}, "more than 2,000 lines"),
        ({"list": "", "file": b""}, "This list is empty."),
        ({"list": "", "file": b"PK\x03\x04"}, "This is a workbook."),
        ({"list": "", "file": b"\x81" * 50}, "This file is not text."),
        ({"list": "", "file": b"a" * 1_000_001}, "larger than 1 MB"),
        ({"list": LIST, "file": b"Email\na@b.org"}, "Paste a list or choose a file, not both."),
    ],
    ids=["nothing", "no addresses", "control", "open quote", "long", "empty", "workbook", "binary", "large", "both"],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    client: Client, course: Course, sent: dict[str, Any], sentence: str
) -> None:
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile("list.csv", sent["file"])}
    answer = client.post(address(course), sent)
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_a_request_that_is_too_large_is_refused_unread(client: Client, course: Course) -> None:
    size = str(LARGEST_REQUEST + 1)
    answer = client.generic("POST", address(course), b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=size)
    assert (answer.status_code, "so it was not received" in words(answer)) == (413, True)


def test_a_request_without_a_token_is_refused(course: Course) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(course.enrollments.get().user)
    assert look(client, course).status_code == 403


def test_an_editor_gives_only_the_parts_that_are_theirs_to_give(client: Client, course: Course) -> None:
    editor = make_person()
    enrol(course, person=editor, role=Role.EDITOR)
    client.force_login(editor)
    preview = look(client, course, "Email,Role\na@example.org,editor\nb@example.org,observer")
    assert "Only an owner gives or changes other parts" in words(preview)
    apply(client, course, preview)
    assert set(course.enrollments.values_list("role", flat=True)) == {"owner", "editor", "observer"}


def test_names_that_are_markup_stay_words(client: Client, course: Course) -> None:
    preview = look(client, course, 'Email,Name\nnew@example.org,"<script>alert(1)</script></textarea>"')
    page = preview.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_says_what_a_list_may_hold_and_is_reached_from_the_people(client: Client, course: Course) -> None:
    assert "What a list may hold" in words(client.get(address(course)))
    assert f'href="{address(course)}"' in client.get(f"/studio/courses/{course.slug}/people/").content.decode()


def add(client: Client, course: Course, addresses: str, **fields: str) -> Any:
    sent = {"addresses": addresses, "role": "learner", "cohort": "", **fields}
    return client.post(f"/studio/courses/{course.slug}/people/add/", sent)


def invited() -> int:
    return Job.objects.filter(kind=INVITE).count()


def test_people_are_enrolled_and_invited_by_typing_their_addresses(client: Client, course: Course) -> None:
    cohort = make_cohort(course, name="Evenings", actor=None)
    answer = add(client, course, "New One <new@example.org>, other@example.org", cohort=str(cohort.uuid))
    assert "Two people are enrolled." in client.get(answer["Location"]).content.decode()
    assert learners(course) == ["new@example.org", "other@example.org"]
    assert {part.cohort for part in course.enrollments.filter(role=Role.LEARNER)} == {cohort}
    assert invited() == 2


def test_of_addresses_with_a_fault_nobody_is_enrolled(client: Client, course: Course) -> None:
    answer = add(client, course, "new@example.org broken new@example.org")
    assert answer.status_code == 422
    assert "broken: “broken” is not an email address." in words(answer)
    assert "new@example.org: Line 1 has this address already." in words(answer)
    assert (learners(course), invited()) == ([], 0)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"addresses": ""}, "This field is required."),
        ({"addresses": ", ;"}, "Write at least one email address."),
        ({"addresses": "a@b.org " * 2_001}, "more than 2,000 addresses"),
        ({"addresses": "a@b.org", "role": "owner"}, "Select a valid choice."),
        ({"addresses": "a@b.org", "cohort": "no uuid"}, "is not a valid UUID"),
    ],
    ids=["nothing", "no address", "too many", "an owner", "no cohort"],
)
def test_what_cannot_be_enrolled_is_told_in_the_form(
    client: Client, course: Course, sent: dict[str, str], sentence: str
) -> None:
    answer = add(client, course, **sent)
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_an_editor_is_offered_no_parts_of_staff(client: Client, course: Course) -> None:
    editor = make_person()
    enrol(course, person=editor, role=Role.EDITOR)
    client.force_login(editor)
    assert add(client, course, "a@b.org", role="editor").status_code == 422
    assert add(client, course, "a@b.org", role="observer").status_code == 303


def test_enrolling_somebody_again_changes_and_sends_nothing(client: Client, course: Course) -> None:
    add(client, course, "new@example.org")
    Job.objects.all().delete()
    answer = add(client, course, "new@example.org")
    assert "Nothing was left to do" in client.get(answer["Location"]).content.decode()
    assert (learners(course), invited()) == (["new@example.org"], 0)


def test_a_list_invites_who_is_new_or_comes_back_and_nobody_else(client: Client, course: Course) -> None:
    here, left = make_enrollment(course), make_enrollment(course, left_at=NOW)
    text = f"Email,Days\nnew@example.org,\n{here.user.email},3\n{left.user.email},\n"
    apply(client, course, look(client, course, text))
    new = course.enrollments.get(user__email="new@example.org")
    assert set(Job.objects.values_list("kind", "subject")) == {(INVITE, new.uuid), (INVITE, left.uuid)}


def test_who_has_not_come_is_listed_and_invited_again_from_their_part(client: Client, course: Course) -> None:
    add(client, course, "new@example.org")
    Job.objects.all().delete()
    part = course.enrollments.get(role=Role.LEARNER)
    page = f"/studio/courses/{course.slug}/people/"
    assert "not come yet" in words(client.get(f"{page}?group=awaited"))
    assert "An invitation to new@example.org is on its way." in words(client.get(f"{page}{part.uuid}/part/"))

    answer = client.post(f"{page}{part.uuid}/invitation/")

    assert "Another invitation goes out" in words(client.get(answer["Location"]))
    assert invited() == 1
    Enrollment.objects.filter(pk=part.pk).update(invited_at=database_now())
    answer = client.post(f"{page}{part.uuid}/invitation/")
    assert "only just now" in words(client.get(answer["Location"]))


def test_the_list_of_who_has_not_come_holds_nobody_else(client: Client, course: Course) -> None:
    make_enrollment(course)
    assert "No people" in words(client.get(f"/studio/courses/{course.slug}/people/?group=awaited"))
