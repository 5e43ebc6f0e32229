"""A learner's whole path over REST, with a personal token."""

from __future__ import annotations

from base64 import b64encode

import pytest
from django.test import Client
from oauth2_provider.models import Application

from accounts.models import PersonalToken
from course.models import Course
from jobs.domain import run_job
from jobs.models import Job
from quizzes.models import Attempt, Quiz
from tests.factories import make_concept, make_course, make_person, make_quiz, single_choice
from tests.web.api.callers import Caller
from web.api.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.twice]

NOT_DESCRIBED = ("schema/", "docs/", ".*")


@pytest.fixture
def course() -> Course:
    return make_course()


@pytest.fixture
def quiz(course: Course) -> Quiz:
    return make_quiz(course, concept=make_concept(course))


@pytest.fixture
def caller() -> Caller:
    return Caller(make_person())


def started(caller: Caller, quiz: Quiz) -> str:
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/")
    assert answer.status_code == 201
    return str(answer.json()["uuid"])


def test_what_may_be_read_is_listed(caller: Caller, course: Course, quiz: Quiz) -> None:
    make_course(published=False)

    assert [each["slug"] for each in caller.get("courses/").json()["results"]] == [course.slug]
    assert caller.get(f"courses/{course.slug}/").json()["title"] == course.title
    assert [each["slug"] for each in caller.get(f"courses/{course.slug}/lessons/").json()["results"]] == ["the-wall"]
    assert caller.get(f"courses/{course.slug}/concepts/").json()["results"][0]["term"] == "thirst machine"
    assert caller.get(f"courses/{course.slug}/quizzes/").json()["results"][0]["uuid"] == str(quiz.uuid)
    assert len(caller.get(f"courses/{course.slug}/lessons/the-wall/").json()["passages"]) == 2


def test_a_draft_is_not_there_for_others(caller: Caller) -> None:
    hidden = make_course(published=False)

    answer = caller.get(f"courses/{hidden.slug}/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer["Content-Type"] == "application/problem+json"


def test_starting_presents_the_questions_without_a_key(caller: Caller, quiz: Quiz) -> None:
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/")

    body = answer.json()
    assert (answer.status_code, body["state"], body["deadline_at"]) == (201, "in_progress", None)
    assert [item["control"] for item in body["items"]] == ["choose_one", "choose_one"]
    assert "correct" not in answer.content.decode()
    assert "second sentence" not in answer.content.decode()


def test_answers_are_saved_one_by_one_submitted_and_graded(caller: Caller, quiz: Quiz) -> None:
    attempt = started(caller, quiz)

    saved = caller.put(f"attempts/{attempt}/responses/1/", {"answer": "k7", "sequence": 0})
    assert (saved.status_code, saved.json()["sequence"], saved.json()["warning"]) == (200, 1, "")
    submitted = caller.post(f"attempts/{attempt}/submit/")
    again = caller.post(f"attempts/{attempt}/submit/")
    assert (submitted.status_code, again.status_code, submitted.json()) == (202, 202, again.json())
    waiting = caller.get(f"attempts/{attempt}/")
    assert (waiting.json()["grading"], waiting["Retry-After"]) == ("pending", "1")
    run_job(Job.objects.get().uuid)

    graded = caller.get(f"attempts/{attempt}/").json()
    assert (graded["grading"], graded["fraction"], graded["points"], graded["max_points"]) == ("graded", 0.5, 1.0, 2.0)
    assert [item["verdict"] for item in graded["review"]] == ["right", "not answered"]
    assert graded["review"][0]["evidence"][0]["quote"] == "The upper town built a wall."


def test_a_whole_attempt_is_one_call(caller: Caller, quiz: Quiz) -> None:
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/", {"answers": {"1": "k7", "2": "k7"}, "submit": True})

    assert (answer.status_code, answer.json()["state"]) == (201, "submitted")
    run_job(Job.objects.get().uuid)
    assert caller.get(f"attempts/{answer.json()['uuid']}/?wait=300ms").json()["fraction"] == 1.0


def test_the_same_idempotency_key_gives_the_same_attempt(caller: Caller, quiz: Quiz) -> None:
    body = {"answers": {"1": "k7"}, "submit": True}

    first = caller.post(f"quizzes/{quiz.uuid}/attempts/", body, Idempotency_Key="one").json()
    second = caller.post(f"quizzes/{quiz.uuid}/attempts/", body, Idempotency_Key="one").json()
    other = caller.post(f"quizzes/{quiz.uuid}/attempts/", body, Idempotency_Key="two").json()

    assert first["uuid"] == second["uuid"] != other["uuid"]
    assert Attempt.objects.count() == 2


def test_a_stale_save_answers_409_with_the_newer_answer(caller: Caller, quiz: Quiz) -> None:
    attempt = started(caller, quiz)
    caller.put(f"attempts/{attempt}/responses/1/", {"answer": "k7", "sequence": 0})

    stale = caller.put(f"attempts/{attempt}/responses/1/", {"answer": "m2", "sequence": 0})

    assert stale.status_code == 409
    assert (stale.json()["code"], stale.json()["answer"], stale.json()["sequence"]) == ("stale_answer", "k7", 1)


def test_a_half_typed_answer_is_kept_with_a_warning(caller: Caller, quiz: Quiz) -> None:
    attempt = started(caller, quiz)

    saved = caller.put(f"attempts/{attempt}/responses/1/", {"answer": "zz", "sequence": 0})

    assert saved.status_code == 200
    assert saved.json()["warning"] != ""


@pytest.mark.parametrize(
    "body",
    [
        '{"answer": ["k7"], "sequence": 0}',
        '{"answer": {"a": {"b": 1}}, "sequence": 0}',
        '{"answer": "a\\u0000b", "sequence": 0}',
        '{"answer": "\\ud800", "sequence": 0}',
    ],
)
def test_what_is_no_answer_of_this_kind_is_422(caller: Caller, quiz: Quiz, body: str) -> None:
    attempt = started(caller, quiz)

    answer = caller.send("PUT", f"attempts/{attempt}/responses/1/", body)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        ('{"answer": NaN, "sequence": 0}', 400),
        ("[" * 5000, 400),
        ('{"answer": "' + "x" * 3_000_000 + '", "sequence": 0}', 413),
        ('{"answer": "' + "x" * 30_000 + '", "sequence": 0}', 413),
        ('{"answer": "k7"}', 400),
        ('{"answer": "k7", "sequence": -1}', 400),
        ('{"answer": "k7", "sequence": 99999999999999999999}', 400),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_malformed_body_is_a_problem_document(caller: Caller, quiz: Quiz, body: str, status: int) -> None:
    attempt = started(caller, quiz)

    answer = caller.send("PUT", f"attempts/{attempt}/responses/1/", body)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] != ""


def test_somebody_elses_attempt_is_not_there(caller: Caller, quiz: Quiz) -> None:
    attempt = started(caller, quiz)
    other = Caller(make_person())

    assert other.get(f"attempts/{attempt}/").status_code == 404
    assert other.put(f"attempts/{attempt}/responses/1/", {"answer": "k7", "sequence": 0}).status_code == 404
    assert other.post(f"attempts/{attempt}/submit/").status_code == 404


@pytest.mark.parametrize("position", ["0", "3", "99999999999999999999"])
def test_a_question_that_is_not_in_the_attempt_is_404(caller: Caller, quiz: Quiz, position: str) -> None:
    attempt = started(caller, quiz)

    answer = caller.put(f"attempts/{attempt}/responses/{position}/", {"answer": "k7", "sequence": 0})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_without_a_token_nobody_is_let_in(quiz: Quiz) -> None:
    answer = Client().get("/api/v1/courses/")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_false_token_is_refused(quiz: Quiz) -> None:
    answer = Client().get("/api/v1/courses/", headers={"Authorization": "Bearer postil_000000000000_" + "0" * 40})

    assert answer.status_code == 401


def test_a_token_that_may_only_read_starts_nothing(quiz: Quiz) -> None:
    reader = Caller(make_person(), PersonalToken.Scope.READ)

    assert reader.get("courses/").status_code == 200
    assert reader.post(f"quizzes/{quiz.uuid}/attempts/").status_code == 403
    assert not Attempt.objects.exists()


def test_an_address_that_is_none_is_a_problem_document(caller: Caller) -> None:
    answer = caller.get("nothing/here/")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_progress_is_the_callers_own(caller: Caller, course: Course, quiz: Quiz) -> None:
    caller.post(f"quizzes/{quiz.uuid}/attempts/", {"answers": {"1": "k7", "2": "k7"}, "submit": True})
    run_job(Job.objects.get().uuid)

    (progress,) = caller.get("progress/").json()

    assert progress["course"] == course.slug
    assert progress["quizzes"][0]["fraction"] == 1.0
    assert (progress["concepts"][0]["state"], progress["concepts"][0]["mastery"]) == ("firm", 0.75)
    assert Caller(make_person()).get("progress/").json() == []


def test_an_exam_shows_no_key_after_submitting(caller: Caller, course: Course) -> None:
    content = single_choice() | {"explanation": "canary-explanation"}
    exam = make_quiz(course, questions=[("single_choice", content)], mode="exam", feedback_policy={"after_close": []})

    answer = caller.post(f"quizzes/{exam.uuid}/attempts/", {"answers": {"1": "m2"}, "submit": True})
    run_job(Job.objects.get().uuid)

    graded = caller.get(f"attempts/{answer.json()['uuid']}/")
    assert graded.json()["fraction"] == 0.0
    assert "canary-explanation" not in graded.content.decode()
    assert graded.json()["review"][0]["review"] is None


def test_progress_holds_back_what_a_quiz_holds_back(caller: Caller, course: Course) -> None:
    policy: dict[str, list[str]] = {"after_submit": [], "after_close": []}
    exam = make_quiz(course, concept=make_concept(course), mode="exam", feedback_policy=policy)
    caller.post(f"quizzes/{exam.uuid}/attempts/", {"answers": {"1": "k7", "2": "k7"}, "submit": True})
    run_job(Job.objects.get().uuid)

    (progress,) = caller.get("progress/").json()

    assert progress["quizzes"][0]["fraction"] is None
    assert (progress["concepts"][0]["mastery"], progress["concepts"][0]["answered"]) == (None, 2)


def test_lists_are_walked_page_by_page(caller: Caller) -> None:
    slugs = {make_course().slug for _ in range(5)}

    seen: list[str] = []
    page = caller.get("courses/?page_size=2")
    while True:
        seen += [each["slug"] for each in page.json()["results"]]
        following = page.json()["next"]
        if following is None:
            break
        assert f'<{following}>; rel="next"' in page["Link"]
        page = caller.get(following.split("/api/v1/")[1])

    assert sorted(seen) == sorted(slugs)


def test_the_schema_describes_every_call_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    schema = Client().get("/api/v1/schema/?format=json", headers=Caller(make_person()).headers)

    assert schema.status_code == 200
    assert schema.json()["openapi"].startswith("3.1")
    assert len(schema.json()["paths"]) == len(urlpatterns) - len(NOT_DESCRIBED)
    assert "Warning" not in capsys.readouterr().err


def test_the_documentation_page_names_no_other_host() -> None:
    page = Client().get("/api/v1/docs/")

    assert page.status_code == 200
    assert "http://" not in page.content.decode()
    assert "https://" not in page.content.decode()


def test_a_system_acts_as_the_person_who_registered_it(course: Course, quiz: Quiz) -> None:
    application = Application.objects.create(
        name="A platform",
        user=make_person(),
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret="a-long-enough-secret",
    )
    form = {"grant_type": "client_credentials", "scope": "read"}
    basic = b64encode(f"{application.client_id}:a-long-enough-secret".encode()).decode()
    token = Client().post("/oauth/token/", form, headers={"Authorization": f"Basic {basic}"}).json()

    headers = {"Authorization": f"Bearer {token['access_token']}"}
    courses = Client().get("/api/v1/courses/", headers=headers)
    start = Client().post(f"/api/v1/quizzes/{quiz.uuid}/attempts/", {}, "application/json", headers=headers)

    assert [each["slug"] for each in courses.json()["results"]] == [course.slug]
    assert (start.status_code, start.json()["code"]) == (403, "permission_denied")
