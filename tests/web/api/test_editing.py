"""A course as those who edit it have it over REST: seen, changed, published and put away, by them and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.domain.audit import history
from accounts.models import User
from authoring.domain.publish import publish_course
from course.models import Course
from quizzes.domain.questions import accept
from quizzes.models import QuestionVersion
from tests.factories import make_course
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def owner() -> User:
    return make_author("Ada")


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


@pytest.fixture
def draft(owner: User) -> Course:
    return make_draft(owner)


def ready(course: Course) -> Course:
    """With nothing that keeps it from being published."""
    for version in versions_of(course):
        accept(version, by=None)
    return course


def test_a_course_and_what_is_still_to_decide(caller: Caller, draft: Course) -> None:
    accept(versions_of(draft)[0], by=None)
    body = caller.get(f"courses/{draft.slug}/drafts/").json()
    assert body.pop("created_at") == "2026-11-22T12:00:00Z"
    assert body == {
        "uuid": str(draft.uuid),
        "slug": draft.slug,
        "title": draft.title,
        "summary": "",
        "language": "en",
        "state": "draft",
        "visibility": "public",
        "certificate_for": "nothing",
        "two_person_review": False,
        "text_is_sent_to": "",
        "published_at": None,
        "archived_at": None,
        "lessons": 1,
        "questions": {"undecided": 1, "accepted": 1, "published": 0, "rejected": 0},
        "concepts": {"suggested": 1, "accepted": 0},
        "build": None,
        "warnings": [],
    }


class TestChanging:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", "Two towns"),
            ("title", "  Two towns "),
            ("summary", "A lake,\na wall."),
            ("summary", ""),
            ("visibility", "link"),
            ("visibility", "enrolled"),
            ("certificate_for", "reading"),
            ("certificate_for", "passing"),
        ],
    )
    def test_one_setting_is_changed_and_the_others_stay(
        self, caller: Caller, draft: Course, field: str, value: str
    ) -> None:
        before = caller.get(f"courses/{draft.slug}/").json()
        answer = caller.patch(f"courses/{draft.slug}/", {field: value})
        assert (answer.status_code, answer.json()) == (200, {**before, field: value.strip()})
        assert caller.get(f"courses/{draft.slug}/").json() == answer.json()

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            ({"title": ""}, ["title"]),
            ({"title": "  "}, ["title"]),
            ({"title": None}, ["title"]),
            ({"title": "t" * 301}, ["title"]),
            ({"title": ["t"]}, ["title"]),
            ({"title": "t\x00"}, ["title"]),
            ({"summary": "s" * 10_001}, ["summary"]),
            ({"summary": {}}, ["summary"]),
            ({"visibility": "secret"}, ["visibility"]),
            ({"visibility": 1, "certificate_for": "x"}, ["visibility", "certificate_for"]),
            ({"certificate_for": ["reading"]}, ["certificate_for"]),
            ([], ["non_field_errors"]),
            ("title", ["non_field_errors"]),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_what_cannot_be_is_named_and_nothing_changes(
        self, caller: Caller, draft: Course, body: Any, fields: list[str]
    ) -> None:
        before = caller.get(f"courses/{draft.slug}/").json()
        answer = caller.patch(f"courses/{draft.slug}/", body)
        assert told(answer)[:2] == (400, "invalid")
        assert list(answer.json()["errors"]) == fields
        assert caller.get(f"courses/{draft.slug}/").json() == before

    def test_state_and_address_are_not_changed_by_it(self, caller: Caller, draft: Course) -> None:
        body = caller.patch(f"courses/{draft.slug}/", {"state": "published", "slug": "mine", "uuid": "x"}).json()
        assert (body["state"], body["slug"]) == ("draft", draft.slug)

    def test_of_two_editors_at_once_the_second_is_told_and_overwrites_nothing(
        self, caller: Caller, draft: Course
    ) -> None:
        path = f"courses/{draft.slug}/"
        seen = caller.get(path)["ETag"]
        first = caller.patch(path, {"title": "Two towns"}, If_Match=seen)
        second = caller.patch(path, {"title": "One lake"}, If_Match=seen)
        assert (first.status_code, told(second)[:2]) == (200, (412, "changed_meanwhile"))
        assert caller.patch(path, {"title": "One lake"}, If_Match=first["ETag"]).json()["title"] == "One lake"

    def test_the_history_says_what_was_changed_and_not_to_what(self, caller: Caller, draft: Course) -> None:
        for _ in range(2):
            caller.patch(f"courses/{draft.slug}/", {"title": "Two towns", "visibility": "link"})
        (entry,) = history(f"course:{draft.uuid}")
        assert (entry.verb, entry.detail) == ("changed settings", {"settings": ["title", "visibility"]})

    def test_only_those_who_edit_it_change_it(self, draft: Course) -> None:
        only_for(draft, lambda who: who.patch(f"courses/{draft.slug}/", {"summary": "A lake."}))

    def test_a_reader_of_an_open_course_changes_nothing_of_it(self) -> None:
        course = make_course()
        reader = Caller(make_author())
        assert reader.get(f"courses/{course.slug}/").status_code == 200
        assert reader.patch(f"courses/{course.slug}/", {"title": "Mine"}).status_code == 404


class TestPublishing:
    def test_every_problem_is_told_at_once_and_before_it_is_tried_with_its_place(
        self, caller: Caller, owner: User
    ) -> None:
        course = make_draft(owner, contents=[("single_choice", {"stem": "?"}), ("short_text", {})])
        for version in versions_of(course):
            accept(version, by=None)

        looked, tried = (caller.get(f"courses/{course.slug}/publish/"), caller.post(f"courses/{course.slug}/publish/"))

        problems = looked.json()["problems"]
        assert len(problems) >= 3
        assert {each["name"] for each in problems} == {str(version.uuid) for version in versions_of(course)}
        assert {each["mend"] for each in problems} == {"question"}
        assert told(tried)[:2] == (422, "cannot_publish")
        assert tried.json()["problems"] == [each["message"] for each in problems]
        assert Course.objects.get().state == "draft"

    def test_a_course_is_published_once_and_says_how_much_of_it(self, caller: Caller, draft: Course) -> None:
        path = f"courses/{ready(draft).slug}/publish/"
        assert caller.get(path).json() == {"problems": []}
        first, again = caller.post(path), caller.post(path)
        assert (first.status_code, again.status_code) == (200, 200)
        assert [answer.json()["questions"] for answer in (first, again)] == [2, 0]
        assert first.json()["state"] == "published"
        assert first.json()["published_at"] == again.json()["published_at"] is not None
        assert QuestionVersion.objects.filter(state="published").count() == 2

    @pytest.mark.parametrize(
        ("before", "deed", "after"),
        [
            ("published", "unpublish", "draft"),
            ("draft", "unpublish", "draft"),
            ("archived", "unpublish", "archived"),
            ("published", "archive", "archived"),
            ("draft", "archive", "archived"),
            ("archived", "archive", "archived"),
            ("archived", "restore", "draft"),
            ("published", "restore", "published"),
            ("draft", "restore", "draft"),
        ],
    )
    def test_it_is_put_away_and_brought_back_and_again_is_harmless(
        self, caller: Caller, draft: Course, before: str, deed: str, after: str
    ) -> None:
        publish_course(ready(draft))
        Course.objects.filter(pk=draft.pk).update(state=before)
        states = [caller.post(f"courses/{draft.slug}/{deed}/").json()["state"] for _ in range(2)]
        assert states == [after, after]
        assert Course.objects.get().state == after

    def test_an_archived_course_is_not_published(self, caller: Caller, draft: Course) -> None:
        caller.post(f"courses/{ready(draft).slug}/archive/")
        answer = caller.post(f"courses/{draft.slug}/publish/")
        assert answer.json()["problems"] == ["This course is archived. Restore it first."]

    @pytest.mark.parametrize("deed", ["publish", "unpublish", "archive", "restore"])
    def test_only_those_who_edit_it_do_any_of_it(self, draft: Course, deed: str) -> None:
        only_for(ready(draft), lambda who: who.post(f"courses/{draft.slug}/{deed}/"))

    def test_what_keeps_it_from_learners_is_told_to_its_editors_alone(self, draft: Course) -> None:
        only_for(draft, lambda who: who.get(f"courses/{draft.slug}/publish/"))
        only_for(draft, lambda who: who.get(f"courses/{draft.slug}/drafts/"))


class TestTheReviewRule:
    def test_it_takes_as_many_people_as_are_asked_for(self, caller: Caller, draft: Course) -> None:
        for people in (2, 2, 1):
            answer = caller.put(f"courses/{draft.slug}/review-rule/", {"people": people})
            assert (answer.status_code, answer.json()) == (200, {"people": people})
            assert caller.get(f"courses/{draft.slug}/drafts/").json()["two_person_review"] is (people == 2)

    @pytest.mark.parametrize("people", [0, 3, -1, "many", None, [], 1.5, True])
    def test_any_other_number_is_refused(self, caller: Caller, draft: Course, people: Any) -> None:
        assert told(caller.put(f"courses/{draft.slug}/review-rule/", {"people": people}))[:2] == (400, "invalid")

    def test_only_those_who_edit_it_say_so(self, draft: Course) -> None:
        only_for(draft, lambda who: who.put(f"courses/{draft.slug}/review-rule/", {"people": 2}))
