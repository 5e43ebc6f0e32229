"""Lists of people and of grades in the studio, in a browser without JavaScript: looked at, done, taken back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course.domain.enrolment import enrol
from course.models import Course, Enrollment, Role
from jobs.models import Job, JobState
from quizzes.domain.overrides import override_grade
from quizzes.models import GradingEvent, ListImport, Response, RunState
from tests.factories import NOW, make_course, make_enrollment, make_person
from tests.quizzes.domain.listed import after_jobs, grades, results
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST = "Email,Name,Cohort\nnew@example.org,New Person,Evenings\nbroken,,\n"
FULL, NOTHING = Decimal(1), Decimal(0)


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga")
    client.force_login(owner)
    return make_course(owner=owner)


@pytest.fixture
def group(client: Client) -> Class:
    found = Class()
    found.answered("thirst machine", "wet")
    client.force_login(found.instructor)
    return found


def address(course: Course, kind: str = "people/list") -> str:
    return f"/studio/courses/{course.slug}/{kind}/"


IMPORT = "gradebook/import"


def brought(client: Client, course: Course, text: str = LIST, kind: str = "people/list", **fields: Any) -> ListImport:
    """The list was sent, and the job behind it has looked at it."""
    sent = {"list": text, **({"reason": "Oral exam."} if kind == IMPORT else {}), **fields}
    answer = client.post(address(course, kind), sent)
    run = ListImport.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (303, page_of(run))
    return after_jobs(run)


def page_of(run: ListImport) -> str:
    return f"{address(run.course, 'people/list' if run.kind == 'people' else IMPORT)}{run.uuid}/"


def press(client: Client, run: ListImport, do: str, **fields: str) -> Any:
    return client.post(page_of(run), {"do": do, **fields})


def read(client: Client, run: ListImport) -> str:
    return words(client.get(page_of(run)))


def words(answer: Any) -> str:
    # A no-break space holds a number and its sign together.
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def learners(course: Course) -> list[str | None]:
    return list(course.enrollments.filter(role=Role.LEARNER).order_by("pk").values_list("user__email", flat=True))


def test_people_come_in_as_they_were_shown_and_go_again(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    text = f"{LIST}{part.user.email},,Evenings\n,,\n{part.user.email},Twice,\n"
    run = brought(client, course, text)

    said = read(client, run)
    assert "What the list would do" in said
    assert "Two lines do something. Two lines have a fault. Nothing has been done yet." in said
    assert "3 broken fault “broken” is not an email address." in said
    assert "Line 4 has this address already." in said
    assert "2 New Person new@example.org new here cohort Evenings" in said
    assert "changes cohort Evenings, was none" in said
    assert "Do it: two lines" in said
    assert learners(course) == [part.user.email]

    assert press(client, run, "apply")["Location"] == page_of(run)
    assert "Doing what the list says" in read(client, run)
    run = after_jobs(run)
    said = read(client, run)
    assert "What the list did" in said
    assert "Two lines were done. Two lines had a fault and did nothing." in said
    assert learners(course) == [part.user.email, "new@example.org"]

    press(client, run, "undo")
    assert "Taking the list back" in read(client, run)
    run = after_jobs(run)
    said = read(client, run)
    assert "The list was taken back" in said
    assert "Two lines were taken back." in said
    assert learners(course) == [part.user.email]
    assert course.enrollments.get(pk=part.pk).cohort is None


def test_grades_come_in_as_they_were_shown_and_go_again(client: Client, group: Class) -> None:
    run = brought(client, group.course, f"{grades(group, 66.5, 0)}\nnobody@example.org,5,", IMPORT)

    said = read(client, run)
    assert "One line does something. One line changes nothing. One line has a fault." in said
    assert "66.5 %, was 100 %" in said
    assert "4 nobody@example.org fault No learner of this course has this address." in said
    assert results(group) == [FULL, NOTHING]

    press(client, run, "apply")
    run = after_jobs(run)
    assert "One line was done." in read(client, run)
    assert results(group) == [Decimal("0.665"), NOTHING]
    assert GradingEvent.objects.latest("pk").feedback == "Oral exam."

    press(client, run, "undo")
    run = after_jobs(run)
    assert "One line was taken back." in read(client, run)
    assert results(group) == [FULL, NOTHING]


def test_what_could_not_be_taken_back_is_named_first_with_the_reason(client: Client, group: Class) -> None:
    run = brought(client, group.course, grades(group, 80, 50), IMPORT)
    press(client, run, "apply")
    run = after_jobs(run)
    second = Response.objects.order_by("pk")[1]
    override_grade(second, fraction=Decimal("0.3"), reason="No.", actor=group.instructor)
    press(client, run, "undo")
    said = read(client, after_jobs(run))
    assert "One line was taken back. One line stays as it was done, for the reason beside it." in said
    assert said.index("50 %, was 0 %; A person decided about its answers since") < said.index("80 %, was 100 %")


def test_a_preview_that_no_longer_holds_is_shown_anew_and_nothing_is_done(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    run = brought(client, course, f"Email,Days\n{part.user.email},3\nnew@example.org,")
    Enrollment.objects.filter(pk=part.pk).update(extra_days=1)

    press(client, run, "apply")
    said = read(client, after_jobs(run))

    assert "The course changed since you looked, so nothing was done." in said
    assert "days more 3, was 1" in said
    assert learners(course) == [part.user.email]
    press(client, run, "apply")
    assert "since you looked" not in read(client, after_jobs(run))
    assert learners(course) == [part.user.email, "new@example.org"]


@pytest.mark.parametrize("do", ["apply", "undo", "discard", "again"])
def test_pressing_twice_does_it_once_and_says_so(client: Client, course: Course, do: str) -> None:
    run = brought(client, course)
    if do == "undo":
        press(client, run, "apply")
        run = after_jobs(run)
    press(client, run, do, list=LIST)
    answer = client.post(page_of(run), {"do": do, "list": LIST}, follow=True)
    assert "This list has gone on meanwhile." in words(answer)
    assert len(learners(course)) == int(do == "undo")
    after_jobs(run)
    assert len(learners(course)) == int(do == "apply")


def test_a_list_is_mended_where_it_is_shown(client: Client, course: Course) -> None:
    run = brought(client, course)
    answer = press(client, run, "again", list=LIST.replace("broken", "mended@example.org"))
    assert (answer.status_code, answer["Location"]) == (303, page_of(run))
    said = read(client, after_jobs(run))
    assert "a fault" not in said
    assert "mended@example.org" in said


@pytest.mark.parametrize(
    ("text", "said"), [("", "Paste a list, or choose a file."), ("Name\nAna", "No column is called “Email”.")]
)
def test_a_list_mended_into_none_is_refused_beside_it(client: Client, course: Course, text: str, said: str) -> None:
    run = brought(client, course)
    answer = press(client, run, "again", list=text)
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert ListImport.objects.get().text == LIST


def test_the_reason_of_grades_may_be_mended_too(client: Client, group: Class) -> None:
    run = brought(client, group.course, grades(group, 80), IMPORT)
    assert press(client, run, "again", list=run.text, reason="").status_code == 422
    press(client, run, "again", list=run.text, reason="Written work.")
    press(client, after_jobs(run), "apply")
    after_jobs(run)
    assert GradingEvent.objects.latest("pk").feedback == "Written work."


def test_a_long_list_is_mended_where_it_came_from(
    client: Client, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = brought(client, course)
    assert "Change the list and look again" in read(client, run)
    monkeypatch.setattr("web.studio.views.list_imports.MOST_EDITED", 10)
    assert "Change the list and look again" not in read(client, run)


def test_a_discarded_list_says_that_nothing_was_done(client: Client, course: Course) -> None:
    run = brought(client, course)
    press(client, run, "discard")
    said = read(client, run)
    assert "A list that was set aside" in said
    assert "Nothing was done." in said
    assert "discarded" in words(client.get(address(course)))


def test_a_hundred_lines_stand_on_a_page_and_those_to_look_at_on_the_first(client: Client, course: Course) -> None:
    text = "Email\n" + "".join(f"new{number}@example.org\n" for number in range(150)) + "broken\n"
    run = brought(client, course, text)
    first, second = (client.get(page_of(run), {"page": page}) for page in (1, 2))
    assert [len(page.context["lines"]) for page in (first, second)] == [100, 51]
    assert "broken" in words(first)
    assert "Page 2 of 2" in words(second)
    assert second.context["form"] is None


def test_a_page_asks_as_often_of_many_lines_as_of_few(client: Client, course: Course) -> None:
    counts = []
    for size in (2, 60):
        text = "Email\n" + "".join(f"new{number}@example.org\n" for number in range(size))
        run = brought(client, course, text)
        client.get(page_of(run))
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(run))
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_goes_through_the_preview_in_its_own_letters(client: Client, course: Course, encoding: str) -> None:
    raw = "E-Mail;Vorname;Nachname\r\nnew@example.org;Ána;Müller\r\n".encode(encoding)
    run = brought(client, course, "", file=SimpleUploadedFile("list.csv", raw))
    assert "Ána Müller new@example.org new here" in read(client, run)
    press(client, run, "apply")
    after_jobs(run)
    assert course.enrollments.get(role=Role.LEARNER).user.name == "Ána Müller"


@pytest.mark.parametrize(
    ("kind", "sent", "sentence"),
    [
        ("people/list", {"list": ""}, "Paste a list, or choose a file."),
        ("people/list", {"list": "Name\nAna"}, "No column is called “Email”."),
        ("people/list", {"list": "Email\n\x1b"}, "This is not text"),
        ("people/list", {"list": 'Email\n"ana'}, "From line 2 on, quotation marks do not fit"),
        ("people/list", {"list": "Email\n" + "a@b.org\n" * 10_001}, "more than 10,000 lines"),
        ("people/list", {"list": "", "file": b""}, "This list is empty."),
        ("people/list", {"list": "", "file": b"PK\x03\x04"}, "This is a workbook."),
        ("people/list", {"list": "", "file": b"\x81" * 50}, "This file is not text."),
        ("people/list", {"list": "", "file": b"a" * 1_000_001}, "larger than 1 MB"),
        ("people/list", {"list": LIST, "file": b"Email\na@b.org"}, "Paste a list or choose a file, not both."),
        (IMPORT, {"list": "", "reason": "Oral."}, "Paste a list, or choose a file."),
        (IMPORT, {"list": "Name\nAna", "reason": "Oral."}, "No column is called “Email”."),
        (IMPORT, {"list": "Email\na@b.org", "reason": "Oral."}, "No column is called like a quiz"),
        (IMPORT, {"list": "Email,Walls\na@b.org,5", "reason": ""}, "This field is required."),
        (IMPORT, {"list": "Email,Walls\na@b.org,5", "reason": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    client: Client, course: Course, kind: str, sent: dict[str, Any], sentence: str
) -> None:
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile("list.csv", sent["file"])}
    answer = client.post(address(course, kind), sent)
    assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert not ListImport.objects.exists()


def test_a_waiting_page_says_how_far_it_is_and_its_fragment_too(client: Client, course: Course) -> None:
    run = brought(client, course)
    press(client, run, "apply")
    assert "Waiting for a worker" in read(client, run)
    Job.objects.filter(kind="apply_list").update(current=40, total=100)
    assert "40 of 100 lines" in read(client, run)
    fragment = client.get(page_of(run), headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "40 of 100 lines" in words(fragment)
    assert "<html" not in fragment.content.decode()


def test_a_waiting_page_is_told_to_look_once_the_list_is_done(client: Client, course: Course) -> None:
    run = brought(client, course)
    answer = client.get(page_of(run), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (286, page_of(run))


def test_a_list_that_stopped_says_so_and_goes_on_from_there(client: Client, course: Course) -> None:
    run = brought(client, course)
    press(client, run, "apply")
    job = Job.objects.filter(kind="apply_list")
    job.update(state=JobState.QUARANTINED, finished_at=NOW, next_try_at=None)
    fragment = client.get(page_of(run), headers={"HX-Request": "true"})
    assert (fragment.status_code, "It stopped after several tries." in words(fragment)) == (286, True)
    assert 'http-equiv="refresh"' not in client.get(page_of(run)).content.decode()

    press(client, run, "on")

    assert after_jobs(run).state == RunState.APPLIED
    assert learners(course) == ["new@example.org"]


@pytest.mark.parametrize("do", ["", "everything", "on"])
def test_a_step_that_is_none_does_nothing(client: Client, course: Course, do: str) -> None:
    run = brought(client, course)
    assert press(client, run, do).status_code == 303
    run.refresh_from_db()
    assert (run.state, learners(course)) == (RunState.PLANNED, [])


def test_a_request_without_a_token_is_refused(course: Course) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(course.enrollments.get().user)
    assert client.post(address(course), {"list": LIST}).status_code == 403


def test_an_editor_gives_only_the_parts_that_are_theirs_to_give(client: Client, course: Course) -> None:
    editor = make_person()
    enrol(course, person=editor, role=Role.EDITOR)
    client.force_login(editor)
    run = brought(client, course, "Email,Role\na@example.org,editor\nb@example.org,observer")
    assert "Only an owner gives or changes other parts" in read(client, run)
    press(client, run, "apply")
    after_jobs(run)
    assert set(course.enrollments.values_list("role", flat=True)) == {"owner", "editor", "observer"}


def test_names_that_are_markup_stay_words(client: Client, course: Course) -> None:
    run = brought(client, course, 'Email,Name\nnew@example.org,"<script>alert(1)</script></textarea>"')
    page = client.get(page_of(run)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_list_of_one_kind_is_not_found_at_the_address_of_the_other(client: Client, group: Class) -> None:
    people = brought(client, group.course)
    given = brought(client, group.course, grades(group, 80), IMPORT)
    for run, kind in ((people, IMPORT), (given, "people/list")):
        assert client.get(f"{address(group.course, kind)}{run.uuid}/").status_code == 404


def test_a_list_of_another_course_is_not_found(client: Client, course: Course) -> None:
    run = brought(client, course)
    other = make_course(owner=course.enrollments.get().user)
    assert client.get(f"{address(other)}{run.uuid}/").status_code == 404
    assert client.post(f"{address(other)}{run.uuid}/", {"do": "apply"}).status_code == 404


@pytest.mark.parametrize(("role", "people", "given"), [(Role.GRADER, 404, 200), (Role.ASSISTANT, 404, 404)])
def test_who_may_bring_in_which_list(client: Client, group: Class, role: Role, people: int, given: int) -> None:
    runs = [brought(client, group.course), brought(client, group.course, grades(group, 80), IMPORT)]
    person = make_person()
    enrol(group.course, person=person, role=role)
    client.force_login(person)
    assert [client.get(page_of(run)).status_code for run in runs] == [people, given]
    assert client.get(address(group.course)).status_code == people
    assert client.get(address(group.course, IMPORT)).status_code == given


def test_both_pages_say_what_a_list_holds_list_the_earlier_ones_and_are_reached(client: Client, group: Class) -> None:
    runs = [brought(client, group.course), brought(client, group.course, grades(group, 80), IMPORT)]
    for run, kind, home in zip(runs, ("people/list", IMPORT), ("people", "gradebook"), strict=True):
        page = client.get(address(group.course, kind))
        assert "What a list" in words(page)
        assert f'href="{page_of(run)}"' in page.content.decode()
        assert "to decide" in words(page)
        assert f'href="{address(group.course, kind)}"' in client.get(address(group.course, home)).content.decode()
