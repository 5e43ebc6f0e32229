"""What the rules find in questions over REST, waived or mended; and questions read from GIFT."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from course.models import Course, Role
from quizzes.models import Question
from tests.factories import make_enrollment, single_choice
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.api.test_questions import below, one
from tests.web.studio.drafts import make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def owner() -> User:
    return make_author("Ada")


@pytest.fixture
def course(owner: User) -> Course:
    return make_draft(owner)


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


class TestRules:
    @pytest.fixture
    def found(self, caller: Caller, owner: User) -> tuple[Course, str]:
        """A course with a question that a rule finds something in that may be waived."""
        options = [
            {
                "id": "k7",
                "text": "The upper town, which is the one that lies above the lake and its wall",
                "correct": True,
            },
            {"id": "m2", "text": "Nobody", "correct": False},
        ]
        course = make_draft(owner, contents=[("single_choice", {"stem": "Who built it?", "options": options})])
        rules = [each["rule"] for each in caller.get(one(course)).json()["findings"]]
        return course, next(rule for rule in rules if rule not in ("evidence_verbatim", "one_key"))

    def test_a_finding_is_waived_with_a_reason_and_counts_again(
        self, caller: Caller, found: tuple[Course, str]
    ) -> None:
        course, rule = found
        waived = caller.post(one(course, 0, "waive"), {"rule": rule, "reason": "It is meant so."}).json()
        assert rule not in [each["rule"] for each in waived["findings"]]
        (shown,) = waived["waived"]
        assert (shown["rule"], shown["reason"], shown["by"]) == (rule, "It is meant so.", "Ada")
        back = caller.post(one(course, 0, "waivers", shown["waiver"], "back")).json()
        assert (back["waived"], rule in [each["rule"] for each in back["findings"]]) == ([], True)

    @pytest.mark.parametrize(
        "body",
        [{}, {"rule": "x"}, {"rule": "x", "reason": "r"}, {"rule": [], "reason": "r"}, {"rule": "\x00", "reason": "r"}],
    )
    def test_what_no_rule_finds_is_not_waived(self, caller: Caller, course: Course, body: Any) -> None:
        assert told(caller.post(one(course, 0, "waive"), body))[:2] == (400, "invalid")

    def test_what_needs_a_person_is_not_mended_by_rule(self, caller: Caller, course: Course) -> None:
        assert told(caller.post(one(course, 0, "fix"), {"rule": "no_such_rule"}))[:2] == (409, "nothing_to_fix")

    def test_a_finding_is_mended_where_that_needs_no_new_words(self, caller: Caller, owner: User) -> None:
        content = single_choice("Who built the wall  ?")
        content["options"][1]["text"] = "The lower town."
        course = make_draft(owner, contents=[("single_choice", content)])
        rules = [each["rule"] for each in caller.get(one(course)).json()["findings"]]
        mended = [rule for rule in rules if caller.post(one(course, 0, "fix"), {"rule": rule}).status_code == 200]
        after = [each["rule"] for each in caller.get(one(course)).json()["findings"]]
        assert set(mended).isdisjoint(after)

    def test_only_those_who_edit_the_course_waive(self, course: Course, caller: Caller) -> None:
        for deed, body in (("waive", {"rule": "x", "reason": "r"}), ("fix", {"rule": "x"})):
            stranger = Caller(make_enrollment(course, role=Role.GRADER).user)
            assert told(stranger.post(one(course, 0, deed), body))[:2] == (404, "not_found")
        assert told(caller.post(one(course, 0, "waivers", uuid4(), "back")))[:2] == (404, "not_found")


class TestGift:
    TEXT = "::Wall:: Who built the wall? {=The upper town ~The lower town}\n\n{broken"

    def test_it_is_read_with_every_problem_and_kept_when_asked(self, caller: Caller, course: Course) -> None:
        looked = caller.post(below(course, "gift"), {"text": self.TEXT})
        kept = caller.post(below(course, "gift"), {"text": self.TEXT, "keep": True})
        assert (looked.status_code, looked.json()["kept"], kept.status_code) == (200, [], 201)
        (question,) = looked.json()["questions"]
        assert (question["line"], question["kind"]) == (1, "single_choice")
        assert [each["line"] for each in looked.json()["problems"]] == [3]
        assert "{broken" in looked.json()["left"]
        (version,) = kept.json()["kept"]
        assert caller.get(below(course, "questions", version)).json()["evidence"] == []
        assert Question.objects.count() == 3

    @pytest.mark.parametrize(
        "body", [{}, {"text": None}, {"text": []}, {"text": "\x00"}, {"text": "x", "keep": "perhaps"}, []]
    )
    def test_what_is_no_text_is_refused(self, caller: Caller, course: Course, body: Any) -> None:
        assert told(caller.post(below(course, "gift"), body))[:2] == (400, "invalid")

    def test_nothing_to_read_keeps_nothing(self, caller: Caller, course: Course) -> None:
        answer = caller.post(below(course, "gift"), {"text": "", "keep": True})
        assert (answer.status_code, answer.json()["questions"], Question.objects.count()) == (200, [], 2)

    def test_only_those_who_edit_the_course_paste(self, course: Course) -> None:
        only_for(course, lambda who: who.post(below(course, "gift"), {"text": self.TEXT}))
