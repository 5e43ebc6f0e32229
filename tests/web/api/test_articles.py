"""An article comes in by REST as text, file or address, is built in the background, and is one course however sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from authoring.domain.fetching import MOST_AT_ONCE
from course.models import Article, Course, Enrollment, Revision, Role
from jobs.domain import claim, fail, run_job
from jobs.models import Job, JobState
from tests.authoring.domain.test_build import ESSAY
from tests.authoring.domain.test_fetching import PAGE, run
from tests.course.reading.formats.files import locked, pdf_file, picture_pdf, word_file
from tests.factories import make_course, make_enrollment, make_person
from tests.web.api.callers import Caller, told
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FACTS = {
    "title": "The harbour that waits",
    "author": "Ada Bek",
    "publisher": "The Lake",
    "source_url": "https://example.org/harbour",
    "rights": "Written by me",
}
WORDS = "For thirty years the council has kept a silver leash on its harbour. " * 8


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def nothing_is_stored() -> bool:
    return not (
        Course.objects.exists() or Article.objects.exists() or Revision.objects.exists() or Job.objects.exists()
    )


def test_a_text_is_taken_and_built_in_the_background(caller: Caller, owner: User) -> None:
    answer = caller.post("articles/", {**FACTS, "text": ESSAY})

    course, job = Course.objects.get(), Job.objects.get()
    assert (answer.status_code, answer.json()) == (
        202,
        {
            "job": str(job.uuid),
            "status": f"http://testserver/api/v1/jobs/{job.uuid}/",
            "course": str(course.uuid),
            "slug": "the-harbour-that-waits",
            "is_known": False,
        },
    )
    assert answer["Location"] == answer.json()["status"]
    assert caller.get(f"jobs/{job.uuid}/").json()["state"] == "queued"
    article = Article.objects.get()
    assert {name: getattr(article, name) for name in FACTS} == FACTS
    assert Revision.objects.get().text == ESSAY
    assert Enrollment.objects.get(course=course, role=Role.OWNER).user == owner
    assert (job.subject, job.owner) == (course.uuid, owner.pk)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("essay.txt", ESSAY.encode(), id="text"),
        pytest.param("essay.md", ESSAY.encode(), id="Markdown"),
        pytest.param("essay.html", f"<article><p>{WORDS}</p><p>{WORDS}</p></article>".encode(), id="HTML"),
        pytest.param("essay.docx", word_file([("Normal", WORDS)]), id="Word"),
        pytest.param("essay.pdf", pdf_file([("BodyText", WORDS)]), id="PDF"),
    ],
)
def test_a_file_is_read_by_its_ending(caller: Caller, name: str, content: bytes) -> None:
    answer = caller.post_form("articles/", {**FACTS, "file": file(name, content)})

    assert (answer.status_code, answer.json()["slug"]) == (202, "the-harbour-that-waits")
    assert "silver leash" in Revision.objects.get().text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "This file is empty"),
        ("a.txt", b"\x00\x01\x02\xff" * 500, "text"),
        ("a.exe", ESSAY.encode(), "Files of this kind cannot be read"),
        ("a", ESSAY.encode(), "Files of this kind cannot be read"),
        ("a.pdf", ESSAY.encode(), "it is not one"),
        ("a.pdf", locked(pdf_file([("BodyText", WORDS)])), "protected by a password"),
        ("a.pdf", picture_pdf(), "pictures"),
        ("a.txt", b"word " * 60_000, "200,000"),
    ],
    ids=["empty", "binary", "another kind", "no ending", "a wrong ending", "encrypted", "only pictures", "too long"],
)
def test_a_file_nobody_can_read_is_an_error_of_its_field(caller: Caller, name: str, content: bytes, said: str) -> None:
    answer = caller.post_form("articles/", {"file": file(name, content)})

    assert told(answer) == (400, "invalid", "Some fields are missing or wrong.")
    assert said in answer.json()["errors"]["file"][0]
    assert nothing_is_stored()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "non_field_errors"),
        ({"text": ESSAY, "url": "https://example.org/a"}, "non_field_errors"),
        ({"text": ""}, "text"),
        ({"text": "  \n "}, "text"),
        ({"text": None}, "text"),
        ({"text": ["words"]}, "text"),
        ({"text": f"{ESSAY}\x00"}, "text"),
        ({"text": "word " * 60_000}, "text"),
        ({"file": "essay.txt"}, "file"),
        ({"text": ESSAY, "title": "t" * 301}, "title"),
        ({"text": ESSAY, "title": {"en": "The harbour"}}, "title"),
        ({"text": ESSAY, "author": "a\x00"}, "author"),
        ({"text": ESSAY, "source_url": "not an address"}, "source_url"),
        ({"text": ESSAY, "source_url": "javascript:alert(1)"}, "source_url"),
        ([ESSAY], "non_field_errors"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_an_article_names_its_field_and_stores_nothing(caller: Caller, sent: Any, field: str) -> None:
    answer = caller.post("articles/", sent)

    assert told(answer)[:2] == (400, "invalid")
    assert list(answer.json()["errors"]) == [field]
    assert nothing_is_stored()


def test_half_a_surrogate_is_refused_before_any_database_sees_it(caller: Caller) -> None:
    answer = caller.send("POST", "articles/", '{"text": "A lake \\ud800 feeds two towns."}')
    assert told(answer)[:2] == (400, "invalid")
    assert nothing_is_stored()


def test_a_request_larger_than_any_file_is_not_received(caller: Caller) -> None:
    answer = caller.client.post(
        "/api/v1/articles/", {"file": file("a.txt", b"x")}, headers=caller.headers, CONTENT_LENGTH="60000000"
    )
    assert told(answer)[:2] == (413, "too_large")


def test_text_in_a_form_beside_which_there_is_too_much_is_refused(caller: Caller) -> None:
    assert told(caller.post_form("articles/", {"text": "w" * 2_600_000}))[:2] == (413, "too_large")
    assert told(caller.post_form("articles/", {f"field-{n}": "" for n in range(2_100)}))[:2] == (400, "bad_request")
    assert nothing_is_stored()


def test_the_same_text_is_one_course_whether_it_is_built_or_not(caller: Caller) -> None:
    first = caller.post("articles/", {"text": ESSAY}).json()
    again = caller.post("articles/", {"text": ESSAY, "title": "Another title"})
    run_job(Job.objects.get().uuid)
    built = caller.post("articles/", {"text": ESSAY})

    slug = Course.objects.get().slug
    assert (again.status_code, again.json()) == (202, first)
    assert (built.status_code, built.json()) == (
        200,
        {"job": None, "status": None, "course": first["course"], "slug": slug, "is_known": True},
    )
    assert Course.objects.count() == Job.objects.count() == 1


def test_a_key_makes_one_course_of_one_call_however_often_it_is_sent(caller: Caller) -> None:
    first, again = (caller.post("articles/", {"text": ESSAY}, Idempotency_Key="monday") for _ in range(2))
    assert (again.status_code, again.json(), again["Idempotent-Replayed"]) == (202, first.json(), "true")
    other = caller.post("articles/", {"text": f"{ESSAY} Then?"}, Idempotency_Key="monday")
    assert other.status_code == 422
    assert Course.objects.count() == 1


def test_another_author_makes_a_course_of_their_own(caller: Caller) -> None:
    courses = {who.post("articles/", {"text": ESSAY}).json()["course"] for who in (caller, Caller(make_author()))}
    assert len(courses) == Course.objects.count() == 2


def test_who_may_not_make_courses_is_told_so() -> None:
    learner = make_enrollment(make_course()).user
    for person in (make_person(), learner):
        assert told(Caller(person).post("articles/", {"text": ESSAY})) == (
            403,
            "permission_denied",
            "You may not do this.",
        )
    assert not Job.objects.exists()


class TestByItsAddress:
    def test_no_address_is_fetched_where_the_installation_does_not_allow_it(self, caller: Caller) -> None:
        answer = caller.post("articles/", {"url": "https://example.org/harbour"})
        assert answer.json()["errors"] == {
            "url": ["Articles are not fetched from addresses here; paste the text or choose a file."]
        }
        assert nothing_is_stored()

    def test_a_job_fetches_it_and_says_which_course_it_became(self, caller: Caller, settings: Any) -> None:
        settings.IMPORT_BY_URL = True
        answer = caller.post("articles/", {"url": "http://example.org/harbour", "rights": "Written by me"})

        job = Job.objects.get()
        status = f"http://testserver/api/v1/jobs/{job.uuid}/"
        shape = {"job": str(job.uuid), "status": status, "course": None, "slug": None, "is_known": False}
        assert (answer.status_code, answer.json()) == (202, shape)
        run(job, {"/harbour": PAGE})
        job.refresh_from_db()
        assert job.result == {"course": str(Course.objects.get().uuid), "known": False}

    @pytest.mark.parametrize(
        "url", ["file:///etc/passwd", "ftp://example.org/", "http://", "http://user:word@example.org/", "gopher:x", "a"]
    )
    def test_what_is_no_public_address_is_refused_at_once(self, caller: Caller, settings: Any, url: str) -> None:
        settings.IMPORT_BY_URL = True
        assert list(caller.post("articles/", {"url": url}).json()["errors"]) == ["url"]
        assert nothing_is_stored()

    def test_nobody_fetches_more_at_once_than_one_may(self, caller: Caller, settings: Any) -> None:
        settings.IMPORT_BY_URL = True
        asked = [caller.post("articles/", {"url": f"https://example.org/{n}"}) for n in range(MOST_AT_ONCE + 1)]
        assert [answer.status_code for answer in asked] == [202] * MOST_AT_ONCE + [409]
        assert asked[-1].json()["code"] == "too_many_fetches"


class TestBuilds:
    def test_a_build_tells_how_far_it_is_and_what_its_course_is_called_by_then(self, caller: Caller) -> None:
        begun = caller.post("articles/", {"text": ESSAY}).json()
        path = f"builds/{begun['course']}/"
        waiting = caller.get(path).json()
        run_job(Job.objects.get().uuid)
        course = Course.objects.get()

        expected = {"course": begun["course"], "slug": begun["slug"], "title": "", "job": begun["job"]}
        assert waiting == {**expected, "state": "queued", "current": 0, "total": None, "warnings": []}
        done = caller.get(path).json()
        assert (done["state"], done["current"], done["total"]) == ("done", 2, 3)
        assert (done["slug"], done["title"]) == (course.slug, course.title)

    def test_a_course_that_was_not_built_here_is_done(self, caller: Caller, owner: User) -> None:
        body = caller.get(f"builds/{make_course(owner=owner).uuid}/").json()
        assert (body["job"], body["state"], body["current"], body["total"]) == (None, "done", 0, None)

    def test_a_build_that_was_given_up_says_so_and_is_tried_again_once(self, caller: Caller) -> None:
        begun = caller.post("articles/", {"text": ESSAY}).json()
        claimed = claim(Job.objects.get().uuid)
        assert claimed is not None
        fail(claimed, "It broke.")
        path = f"builds/{begun['course']}/"

        failed = caller.get(path).json()
        assert (failed["state"], [each["code"] for each in failed["warnings"]]) == (JobState.FAILED, ["build_failed"])
        again = [caller.post(f"{path}retry/") for _ in range(2)]
        assert [(answer.status_code, answer.json()["state"]) for answer in again] == [(202, "queued")] * 2
        assert again[0].json()["warnings"] == []
        assert Job.objects.count() == 1

    def test_only_its_editors_know_of_a_build(self, caller: Caller) -> None:
        begun = caller.post("articles/", {"text": ESSAY}).json()
        course = Course.objects.get()
        path = f"builds/{begun['course']}/"
        for role in Role:
            answer = Caller(make_enrollment(course, role=role).user).get(path)
            assert answer.status_code == (200 if role in (Role.OWNER, Role.EDITOR) else 404), role
        assert Caller(make_author()).get(path).status_code == 404
        assert Caller(make_author()).post(f"{path}retry/").status_code == 404
