"""Somebody's part in a course, over REST: changed, ended, given back, handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from course.domain.cohorts import put_away
from course.models import Cohort, Enrollment, Role
from jobs.models import Job
from tests.factories import make_course, make_enrollment
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission
from tests.web.api.test_people import Owned

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY, NEXT_DAY = "2027-01-31T09:00:00Z", "2027-02-01T09:00:00Z"


class Taking(Owned):
    """A course with one learner, and the calls of their part."""

    def __init__(self) -> None:
        super().__init__()
        self.part = make_enrollment(self.course)
        self.mine = f"{self.address}{self.part.uuid}/"

    def now(self) -> Enrollment:
        return Enrollment.objects.get(pk=self.part.pk)


@pytest.fixture
def at() -> Taking:
    return Taking()


def test_what_is_named_changes_and_all_else_stays(at: Taking) -> None:
    evenings = Cohort.objects.create(course=at.course, name="Evenings")

    at.caller.patch(at.mine, {"cohort": str(evenings.uuid), "starts_at": DAY})
    changed = at.caller.patch(at.mine, {"role": "observer", "ends_at": NEXT_DAY})

    assert changed.status_code == 200
    expected = {"role": "observer", "cohort_name": "Evenings", "starts_at": DAY, "ends_at": NEXT_DAY}
    assert changed.json().items() >= expected.items()
    assert at.caller.get(at.mine).json() == changed.json()
    cleared = at.caller.patch(at.mine, {"cohort": None, "starts_at": None, "ends_at": None}).json()
    assert cleared.items() >= {"role": "observer", "cohort": None, "starts_at": None, "ends_at": None}.items()


def test_a_cohort_that_was_put_away_keeps_who_is_in_it_and_takes_nobody_new(at: Taking) -> None:
    gone = Cohort.objects.create(course=at.course, name="Gone")
    at.caller.patch(at.mine, {"cohort": str(gone.uuid)})
    put_away(gone, actor=None)

    assert at.caller.patch(at.mine, {"cohort": str(gone.uuid), "role": "observer"}).status_code == 200
    at.caller.patch(at.mine, {"cohort": None})
    assert list(at.caller.patch(at.mine, {"cohort": str(gone.uuid)}).json()["errors"]) == ["cohort"]


def test_ended_it_keeps_what_was_done_and_is_given_back(at: Taking) -> None:
    ended = at.caller.delete(at.mine)
    assert (ended.status_code, ended.json()["left_at"] is not None) == (200, True)
    assert at.caller.delete(at.mine).json() == ended.json()
    assert at.listed("?group=left") == [str(at.part.uuid)]
    assert at.caller.post(f"{at.mine}back/").json()["left_at"] is None
    assert at.listed() == [str(at.part.uuid)]


def test_a_course_keeps_an_owner(at: Taking) -> None:
    own = Enrollment.objects.get(user=at.owner)
    assert told(at.caller.delete(f"{at.address}{own.uuid}/"))[:2] == (409, "last_owner")
    assert told(at.caller.patch(f"{at.address}{own.uuid}/", {"role": "editor"}))[:2] == (409, "last_owner")
    assert Enrollment.objects.get(user=at.owner).left_at is None


def test_an_owner_among_others_leaves_and_is_told_so(at: Taking) -> None:
    make_enrollment(at.course, role=Role.OWNER)
    own = Enrollment.objects.get(user=at.owner)
    assert at.caller.delete(f"{at.address}{own.uuid}/").status_code == 200
    assert at.caller.get(at.address).status_code == 404


def test_handed_over_it_is_somebody_elses_and_the_giver_edits_it(at: Taking) -> None:
    given = at.caller.post(f"{at.mine}owner/")
    assert (given.status_code, given.json()["role"]) == (200, "owner")
    assert Enrollment.objects.get(user=at.owner).role == Role.EDITOR
    assert told(at.caller.post(f"{at.mine}owner/"))[:2] == (404, "not_found")


def test_who_has_not_come_is_invited_again_but_not_at_once(at: Taking) -> None:
    at.enrols("new@example.org")
    new = Enrollment.objects.get(user__email="new@example.org")
    Job.objects.all().delete()

    sent = at.caller.post(f"{at.address}{new.uuid}/invitation/")

    assert (sent.status_code, sent.json()["job"]) == (202, str(Job.objects.get(kind="invite").uuid))
    assert at.caller.get(f"jobs/{sent.json()['job']}/").json()["state"] == "queued"
    assert told(at.caller.post(f"{at.mine}invitation/"))[:2] == (409, "cannot_invite")


def test_an_editor_changes_learners_and_observers_alone(at: Taking) -> None:
    editor = Caller(make_enrollment(at.course, role=Role.EDITOR).user)
    grader = make_enrollment(at.course, role=Role.GRADER)

    assert editor.patch(at.mine, {"role": "observer"}).status_code == 200
    assert list(editor.patch(at.mine, {"role": "grader"}).json()["errors"]) == ["role"]
    for method in ("get", "delete"):
        assert told(getattr(editor, method)(f"{at.address}{grader.uuid}/"))[:2] == (404, "not_found")
    assert told(editor.post(f"{at.mine}owner/"))[:2] == (404, "not_found")
    assert at.now().role == Role.OBSERVER


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_what_somebody_changed_since_is_not_changed_again(at: Taking, method: str) -> None:
    seen = at.caller.get(at.mine)["ETag"]
    at.caller.patch(at.mine, {"starts_at": DAY}, If_Match=seen)
    body: tuple[Any, ...] = () if method == "delete" else ({"role": "observer"},)

    assert told(getattr(at.caller, method)(at.mine, *body, If_Match=seen))[:2] == (412, "changed_meanwhile")
    assert (at.now().role, at.now().left_at) == (Role.LEARNER, None)


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"role": "king"}, "role"),
        ({"role": None}, "role"),
        ({"cohort": str(UUID(int=7))}, "cohort"),
        ({"cohort": "evenings"}, "cohort"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+23:00"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-23:00"}, "ends_at"),
        ({"ends_at": "1969-12-31T00:00:00Z"}, "ends_at"),
        ({"starts_at": NEXT_DAY, "ends_at": DAY}, "ends_at"),
        ({"starts_at": DAY, "ends_at": DAY}, "ends_at"),
        ({"starts_at": 5}, "starts_at"),
    ],
)
def test_what_no_part_can_be_is_named(at: Taking, sent: dict[str, Any], wrong: str) -> None:
    refused = at.caller.patch(at.mine, sent)
    assert told(refused)[:2] == (400, "invalid")
    assert list(refused.json()["errors"]) == [wrong]
    assert (at.now().role, at.now().starts_at, at.now().ends_at) == (Role.LEARNER, None, None)


@pytest.mark.parametrize("field", ["role", "cohort", "starts_at"])
def test_nothing_that_is_sent_is_an_error_of_ours(at: Taking, field: str) -> None:
    for what, body in HOSTILE.items():
        answer = at.caller.send("PATCH", at.mine, body(field))
        # Nothing at all asks for no change, and null takes a cohort or a date away.
        assert is_refused(answer) or (what in ("null", "nothing") and answer.status_code == 200), what


@pytest.mark.parametrize(
    ("method", "below", "permission"),
    [
        ("GET", "", "course.enrol"),
        ("PATCH", "", "course.enrol"),
        ("DELETE", "", "course.enrol"),
        ("POST", "back/", "course.enrol"),
        ("POST", "invitation/", "course.enrol"),
    ],
)
def test_who_enrols_comes_in_and_for_others_nothing_is_there(
    at: Taking, method: str, below: str, permission: str
) -> None:
    assert let_in(at.course, (method, at.mine + below, {})) == with_permission(permission)


def test_somebody_of_another_course_is_not_found(at: Taking) -> None:
    path = f"{at.address}{make_enrollment(make_course()).uuid}/"
    assert told(at.caller.get(path))[:2] == (404, "not_found")
    assert told(at.caller.patch(path, {"role": "observer"}))[:2] == (404, "not_found")
    assert told(at.caller.delete(path))[:2] == (404, "not_found")
    for below in ("back/", "invitation/", "owner/"):
        assert told(at.caller.post(path + below))[:2] == (404, "not_found")
