"""Lists of people and of grades over REST: looked at line by line, applied, taken back, each as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from course.models import Enrollment, Role
from quizzes.models import ListImport, Result
from tests.quizzes.domain.regraded import Class, run_every_job
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PEOPLE = "Email,Name\nben@example.org,Ben\nnobody,Nobody"


class Bringing:
    """A course with one graded learner, and the calls of both kinds of lists."""

    def __init__(self) -> None:
        self.group = Class()
        self.group.answered("wet")
        self.caller = Caller(self.group.instructor)
        course = f"courses/{self.group.course.slug}/"
        self.people, self.grades = f"{course}people/list/", f"{course}gradebook/import/"
        self.learner = Enrollment.objects.get(role=Role.LEARNER, course=self.group.course)
        self.text = f"Email,{self.group.quiz.slug}\n{self.learner.user.email},75"

    def planned(self, path: str, text: str, **fields: Any) -> str:
        """The address of a list that was looked at."""
        answer = self.caller.post(path, {"text": text, **fields})
        assert answer.status_code == 202, answer.content
        run_every_job("plan_list")
        return f"{path}{answer.json()['list']}/"

    def result(self) -> str:
        return str(Result.objects.get(enrollment=self.learner).fraction.normalize())


@pytest.fixture
def at() -> Bringing:
    return Bringing()


def emails(at: Bringing) -> list[str | None]:
    parts = Enrollment.objects.filter(course=at.group.course, role=Role.LEARNER, left_at=None)
    return [part.user.email for part in parts.order_by("pk")]


def test_people_are_looked_at_line_by_line_then_come_in_and_go_again(at: Bringing) -> None:
    path = at.planned(at.people, PEOPLE)

    found = at.caller.get(path).json()
    assert (found["list"]["state"], found["job"]) == ("planned", None)
    assert sorted((row["fate"], row["state"], row["lines"]) for row in found["tally"]) == [
        ("fault", "planned", 1),
        ("new", "planned", 1),
    ]
    lines = at.caller.get(f"{path}lines/").json()["results"]
    assert [(line["line"], line["address"], line["fate"]) for line in lines] == [
        (2, "ben@example.org", "new"),
        (3, "nobody", "fault"),
    ]
    assert [line["said"] != "" for line in lines] == [False, True]
    assert [line["address"] for line in at.caller.get(f"{path}lines/?fate=fault").json()["results"]] == ["nobody"]

    assert at.caller.post(f"{path}apply/").status_code == 202
    run_every_job("apply_list")
    assert emails(at) == [at.learner.user.email, "ben@example.org"]

    assert at.caller.post(f"{path}undo/").status_code == 202
    run_every_job("undo_list")
    assert emails(at) == [at.learner.user.email]
    assert at.caller.get(path).json()["list"]["state"] == "undone"


def test_grades_come_in_with_their_reason_and_go_again(at: Bringing) -> None:
    path = at.planned(at.grades, at.text, reason="Oral exam.")
    (line,) = at.caller.get(f"{path}lines/").json()["results"]
    assert (line["quiz"], line["fate"], at.result()) == (at.group.quiz.slug, "changes", "0")

    at.caller.post(f"{path}apply/")
    run_every_job("apply_list")
    assert at.result() == "0.75"

    at.caller.post(f"{path}undo/")
    run_every_job("undo_list")
    assert at.result() == "0"


def test_work_says_where_to_look(at: Bringing) -> None:
    begun = at.caller.post(at.people, {"text": PEOPLE})
    uuid = str(ListImport.objects.get().uuid)
    assert begun.json()["list"] == uuid
    assert at.caller.get(f"jobs/{begun.json()['job']}/").json()["state"] == "queued"
    assert at.caller.get(f"{at.people}{uuid}/").json()["job"] == begun.json()["job"]


def test_another_text_takes_the_place_of_the_first_until_it_is_applied(at: Bringing) -> None:
    path = at.planned(at.people, PEOPLE)
    assert at.caller.put(path, {"text": "eva@example.org"}).status_code == 202
    run_every_job("plan_list")
    assert [line["address"] for line in at.caller.get(f"{path}lines/").json()["results"]] == ["eva@example.org"]
    at.caller.post(f"{path}apply/")
    assert told(at.caller.put(path, {"text": PEOPLE}))[:2] == (409, "list_not_ready")


def test_set_aside_it_is_forgotten_and_not_applied(at: Bringing) -> None:
    path = at.planned(at.people, PEOPLE)
    assert at.caller.delete(path).json()["state"] == "discarded"
    assert ListImport.objects.get().text == ""
    for below in ("apply/", "undo/", "retry/"):
        assert told(at.caller.post(path + below))[:2] == (409, "list_not_ready")


def test_of_two_who_apply_one_is_told(at: Bringing) -> None:
    path = at.planned(at.people, PEOPLE)
    assert at.caller.post(f"{path}apply/").status_code == 202
    assert told(at.caller.post(f"{path}apply/"))[:2] == (409, "list_not_ready")


def test_sent_twice_with_its_key_it_is_one_list(at: Bringing) -> None:
    first, again = (at.caller.post(at.people, {"text": PEOPLE}, Idempotency_Key="k") for _ in range(2))
    assert (first.json(), ListImport.objects.count()) == (again.json(), 1)


def test_each_kind_has_a_list_of_its_own_the_newest_first(at: Bringing) -> None:
    paths = [at.planned(at.people, PEOPLE) for _ in range(2)]
    grades = at.planned(at.grades, at.text, reason="Oral exam.")
    listed = [row["uuid"] for row in at.caller.get(at.people).json()["results"]]
    assert listed == [path.split("/")[-2] for path in reversed(paths)]
    wrong_door = at.people + grades.split("/")[-2] + "/"
    assert told(at.caller.get(wrong_door))[:2] == (404, "not_found")


@pytest.mark.parametrize(
    ("kind", "sent", "wrong"),
    [
        ("people", {}, "text"),
        ("people", {"text": ""}, "text"),
        ("people", {"text": " \n "}, "text"),
        ("people", {"text": "a,b,c\n1,2,3"}, "text"),
        ("people", {"text": "\x00"}, "text"),
        ("people", {"text": "x" * 1_000_001}, "text"),
        ("grades", {"text": PEOPLE}, "reason"),
        ("grades", {"text": PEOPLE, "reason": ""}, "reason"),
        ("grades", {"text": PEOPLE, "reason": "x" * 301}, "reason"),
        ("grades", {"text": "nothing", "reason": "Oral exam."}, "text"),
    ],
    ids=str,
)
def test_what_is_no_list_is_named_and_nothing_is_kept(
    at: Bringing, kind: str, sent: dict[str, Any], wrong: str
) -> None:
    refused = at.caller.post(getattr(at, kind), sent)
    assert told(refused)[:2] == (400, "invalid")
    assert (list(refused.json()["errors"]), ListImport.objects.count()) == ([wrong], 0)


@pytest.mark.parametrize(("kind", "field"), [("people", "text"), ("grades", "text"), ("grades", "reason")])
def test_nothing_that_is_sent_is_an_error_of_ours(at: Bringing, kind: str, field: str) -> None:
    for what, body in HOSTILE.items():
        assert is_refused(at.caller.send("POST", getattr(at, kind), body(field))), what
    assert not ListImport.objects.exists()


@pytest.mark.parametrize(("kind", "permission"), [("people", "course.enrol"), ("grades", "course.grade")])
@pytest.mark.parametrize(
    ("method", "below"),
    [
        ("GET", ""),
        ("POST", ""),
        ("GET", "{list}/"),
        ("PUT", "{list}/"),
        ("DELETE", "{list}/"),
        ("GET", "{list}/lines/"),
        ("POST", "{list}/apply/"),
        ("POST", "{list}/undo/"),
        ("POST", "{list}/retry/"),
    ],
)
def test_who_may_comes_in_and_for_others_nothing_is_there(
    at: Bringing, kind: str, permission: str, method: str, below: str
) -> None:
    texts = {"people": PEOPLE, "grades": at.text}
    path = at.planned(getattr(at, kind), texts[kind], reason="Oral exam.")
    address = getattr(at, kind) + below.replace("{list}", path.split("/")[-2])
    assert let_in(at.group.course, (method, address, {})) == with_permission(permission)


def test_one_of_another_course_is_not_found(at: Bringing) -> None:
    mine = Bringing()
    path = mine.people + at.planned(at.people, PEOPLE).split("/")[-2] + "/"
    assert told(mine.caller.get(path))[:2] == (404, "not_found")
    assert told(mine.caller.post(f"{path}apply/"))[:2] == (404, "not_found")


@pytest.mark.parametrize("count", [1, 30])
def test_lines_cost_the_same_for_any_number(at: Bringing, count: int, django_assert_num_queries: Any) -> None:
    path = at.planned(at.people, "Email\n" + "\n".join(f"p{number}@example.org" for number in range(count)))
    at.caller.get(path)
    for address, statements in ((path, 4), (f"{path}lines/", 4), (at.people, 3)):
        with django_assert_num_queries(statements):
            at.caller.get(address)
