"""Drafting with a model over REST: the owner allows an address they have read, editors ask, all see how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from accounts.models import User
from course.models import Course, Role
from jobs.models import Job
from tests.authoring.domain.asking import harbour
from tests.factories import make_enrollment
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS = "http://127.0.0.1:9/v1/chat"
MODEL = {"provider": "anthropic", "address": ADDRESS, "model": "tiny", "key": "secret-key", "seconds": 5}
SHOWN = {"address": ADDRESS, "host": "127.0.0.1:9", "model": "tiny"}


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture
def course(owner: User) -> Course:
    return harbour(owner)


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


@pytest.fixture
def model() -> Iterator[None]:
    with override_settings(DRAFTING_MODEL=MODEL):
        yield


def test_without_a_model_there_is_nothing_to_allow_or_to_ask(caller: Caller, course: Course) -> None:
    nothing: dict[str, Any] = {"destination": None, "is_allowed": False, "lessons": []}
    assert caller.get(f"courses/{course.slug}/drafts/model/").json() == nothing
    assert told(caller.post(f"courses/{course.slug}/drafts/model/"))[:2] == (409, "model_not_allowed")
    refused = caller.put(f"courses/{course.slug}/model-rule/", {"address": ADDRESS})
    assert told(refused)[:2] == (409, "model_has_moved")


@pytest.mark.usefixtures("model")
class TestWithAModel:
    def test_its_owner_allows_the_address_they_read_and_forbids_it(self, caller: Caller, course: Course) -> None:
        rule = f"courses/{course.slug}/model-rule/"
        shapes = [caller.put(rule, {"address": address}).json() for address in (ADDRESS, ADDRESS, "")]
        assert shapes == [{"destination": SHOWN, "is_allowed": on, "lessons": []} for on in (True, True, False)]
        assert Course.objects.get().sends_text_to == ""

    @pytest.mark.parametrize("address", ["http://elsewhere.example/v1", "x", f"{ADDRESS}/"])
    def test_another_address_than_the_one_in_force_is_not_allowed(
        self, caller: Caller, course: Course, address: str
    ) -> None:
        answer = caller.put(f"courses/{course.slug}/model-rule/", {"address": address})
        assert told(answer)[:2] == (409, "model_has_moved")
        assert Course.objects.get().sends_text_to == ""

    @pytest.mark.parametrize(
        "body", [{}, {"address": None}, {"address": []}, {"address": "a" * 301}, {"address": "\x00"}, []]
    )
    def test_what_is_no_address_is_refused(self, caller: Caller, course: Course, body: Any) -> None:
        assert told(caller.put(f"courses/{course.slug}/model-rule/", body))[:2] == (400, "invalid")

    def test_each_lesson_is_asked_about_once_and_seen_waiting(self, caller: Caller, course: Course) -> None:
        caller.put(f"courses/{course.slug}/model-rule/", {"address": ADDRESS})
        path = f"courses/{course.slug}/drafts/model/"
        asked = [caller.post(path) for _ in range(2)]
        assert [(answer.status_code, answer.json()) for answer in asked] == [
            (202, {"lessons": 2}),
            (202, {"lessons": 0}),
        ]
        jobs = {str(job.uuid): str(job.subject) for job in Job.objects.all()}
        slugs = {str(lesson.uuid): lesson.slug for lesson in course.lessons.all()}
        assert caller.get(path).json()["lessons"] == [
            {"lesson": slugs[subject], "job": job, "state": "queued", "added": 0, "turned_away": 0}
            for job, subject in sorted(jobs.items(), key=lambda pair: list(slugs).index(pair[1]))
        ]

    def test_nothing_is_asked_where_nobody_allowed_it(self, caller: Caller, course: Course) -> None:
        assert told(caller.post(f"courses/{course.slug}/drafts/model/"))[:2] == (409, "model_not_allowed")
        assert not Job.objects.exists()

    def test_the_key_of_the_model_is_shown_to_nobody(self, caller: Caller, course: Course) -> None:
        caller.put(f"courses/{course.slug}/model-rule/", {"address": ADDRESS})
        for path in ("drafts/", "drafts/model/"):
            assert b"secret-key" not in caller.get(f"courses/{course.slug}/{path}").content

    def test_only_its_owner_decides_and_only_editors_ask(self, caller: Caller, course: Course) -> None:
        rule = f"courses/{course.slug}/model-rule/"
        only_for(course, lambda who: who.put(rule, {"address": ADDRESS}), roles={Role.OWNER})
        only_for(course, lambda who: who.post(f"courses/{course.slug}/drafts/model/"))
        only_for(course, lambda who: who.get(f"courses/{course.slug}/drafts/model/"))
        editor = Caller(make_enrollment(course, role=Role.EDITOR).user)
        assert told(editor.put(rule, {"address": ""}))[:2] == (404, "not_found")
        assert Course.objects.get(pk=course.pk).sends_text_to == ADDRESS
