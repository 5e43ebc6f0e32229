"""What waits for a person, over REST: one decision for all who said the same, and never two for one answer."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.domain.manual_queue import groups_waiting
from quizzes.domain.rubrics import rubric_of
from quizzes.domain.saved_comments import save_comment
from quizzes.models import Audit, AuditState, Grading, GradingEvent, Response, SavedComment
from tests.factories import NOW
from tests.quizzes.domain.waiting_answers import OPEN, Desk
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class AtDesk:
    """A grader, and the calls of their question."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.caller = Caller(self.desk.grader)
        self.queue = f"courses/{self.desk.course.slug}/grading/"
        self.address = f"{self.queue}{self.desk.question.uuid}/"

    def next(self, asked: str = "") -> Any:
        return self.caller.get(f"{self.address}next/{asked}").json()

    def variants(self, group: Any = None) -> list[str]:
        return [variant["digest"] for variant in (group or self.next()["group"])["variants"]]

    def grades(self, *, by: Caller | None = None, variants: list[str] | None = None, **given: Any) -> Any:
        sent = {"variants": self.variants() if variants is None else variants, **given}
        return (by or self.caller).post(f"{self.address}grades/", sent)

    def items(self, *places: int) -> list[str]:
        offered = rubric_of(self.desk.question)
        return [str(offered[place].uuid) for place in places]


@pytest.fixture
def at() -> AtDesk:
    return AtDesk()


class TestTheQueue:
    def test_nothing_waits(self, at: AtDesk) -> None:
        assert at.caller.get(at.queue).json() == {"results": [], "next": None, "previous": None}
        assert at.caller.get(at.address).json() == {"results": [], "next": None, "previous": None}
        assert (at.next()["group"], at.next()["waiting"], at.next()["groups"]) == (None, 0, 0)

    def test_a_question_stands_with_what_waits_since_when_and_who_graded_it(self, at: AtDesk) -> None:
        at.desk.answered("a first")
        at.grades(items=at.items(0))
        waiting = at.desk.answered("the wall", "the lake")
        at.desk.audited("the water")

        (row,) = at.caller.get(at.queue).json()["results"]

        oldest = min(response.attempt.submitted_at or NOW for response in waiting)
        assert row == {
            "question": str(at.desk.question.uuid),
            "title": OPEN["stem"],
            "waiting": 2,
            "audits": 1,
            "oldest": oldest.isoformat().replace("+00:00", "Z"),
            "graders": ["Anna"],
        }

    @pytest.mark.parametrize("count", [3, 100])
    def test_no_list_takes_more_statements_for_more_answers(
        self, at: AtDesk, count: int, django_assert_num_queries: Any
    ) -> None:
        at.desk.answered(*[f"answer number {number}" for number in range(count)])
        at.caller.get(at.queue)
        for path, statements in ((at.queue, 6), (at.address, 5), (f"{at.address}next/", 10)):
            with django_assert_num_queries(statements):
                at.caller.get(path)


class TestGroups:
    def test_the_same_said_twice_is_one_group_with_its_variants(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "The wall", "the  wall", "a lake")

        groups = at.caller.get(at.address).json()["results"]

        assert sorted(group["size"] for group in groups) == [1, 3]
        (large,) = (group for group in groups if group["size"] == 3)
        assert sum(variant["count"] for variant in large["variants"]) == 3
        assert large["variants"][0]["text"].lower() == "the wall"
        assert (large["is_audit"], large["standing"], large["max_points"]) == (False, None, 3.0)

    def test_pages_lead_on_in_an_order_that_says_nothing_of_who_answered(self, at: AtDesk) -> None:
        at.desk.answered(*[f"{'x' * number} different" for number in range(3, 10)])
        seen: list[str] = []
        path = f"{at.address}?page_size=3"
        while path:
            answer = at.caller.get(path)
            body = answer.json()
            seen += [group["digest"] for group in body["results"]]
            path = (body["next"] or "").partition("/api/v1/")[2]
            assert ("Link" in answer) == bool(path)
        assert seen == sorted(set(seen))
        assert seen == [group.digest for group in groups_waiting(at.desk.question)]

    @pytest.mark.parametrize("start", ["zzzz", "%00", "%ED%A0%80", "x" * 64])
    def test_a_place_behind_all_of_them_begins_again(self, at: AtDesk, start: str) -> None:
        at.desk.answered("the wall")
        answer = at.caller.get(f"{at.address}next/?start={start}")
        if answer.status_code == 200:
            assert answer.json()["group"]["size"] == 1
        else:
            assert told(answer)[:2] == (400, "invalid")
        assert at.caller.get(f"{at.address}?after={start}").status_code == 200

    def test_the_next_one_comes_with_all_that_settles_it(self, at: AtDesk) -> None:
        at.desk.answered("the wall", suggestion={"suggestion": {"fraction": 0.5}, "path": ["Near enough."]})
        save_comment(at.desk.question, text="Well said.", by=at.desk.grader)

        found = at.next()

        asked = found["asked"]
        assert (asked["kind"], asked["stem"], asked["model_answer"]) == ("open_response", OPEN["stem"], OPEN["model"])
        assert asked["explanation"] == OPEN["explanation"]
        assert [place["quote"] for place in asked["evidence"]] == ["The upper town built a wall."]
        assert found["suggestion"] == {"fraction": 0.5, "path": ["Near enough."]}
        assert [item["text"] for item in found["rubric"]] == [row["text"] for row in OPEN["rubric"]]
        assert [comment["text"] for comment in found["comments"]] == ["Well said."]
        assert (found["waiting"], found["groups"]) == (1, 1)

    def test_nobody_is_named_until_it_is_asked_for(self, at: AtDesk) -> None:
        (response,) = at.desk.answered("the wall")
        part = response.attempt.enrollment
        assert part is not None

        quiet = [at.caller.get(path).content.decode() for path in (at.queue, at.address, f"{at.address}next/")]

        assert [text for text in quiet if part.user.name in text or str(part.uuid) in text] == []
        assert at.next("?names=true")["learners"] == [part.user.name]
        assert at.next()["learners"] == []


class TestAGrade:
    def test_everybody_who_said_it_has_it_with_what_they_are_told(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "The wall", "a lake")
        group = max(at.caller.get(at.address).json()["results"], key=lambda each: each["size"])

        graded = at.grades(variants=at.variants(group), items=at.items(0), comment="Good.")

        assert (graded.status_code, graded.json()) == (200, {"answers": 2})
        given = Response.objects.filter(grading=Grading.GRADED)
        assert [str(each.fraction) for each in given] == ["0.666667", "0.666667"]
        feedback = set(GradingEvent.objects.filter(actor=at.desk.grader).values_list("feedback", flat=True))
        assert feedback == {"Names the wall\nGood."}
        assert at.next()["waiting"] == 1

    @pytest.mark.parametrize(
        ("given", "fraction"),
        [
            ({"fraction": "0"}, "0.000000"),
            ({"fraction": "0.5"}, "0.500000"),
            ({"fraction": 1}, "1.000000"),
            ({"places": [0, 1]}, "1.000000"),
            ({"places": [2]}, "0.000000"),
            ({"places": [0], "fraction": "0.1"}, "0.100000"),
        ],
    )
    def test_items_add_up_and_a_fraction_stands_in_their_place(
        self, at: AtDesk, given: dict[str, Any], fraction: str
    ) -> None:
        at.desk.answered("the wall")
        at.grades(items=at.items(*given.pop("places", ())), **given)
        assert str(Response.objects.get().fraction) == fraction

    def test_a_comment_is_kept_for_others_and_said_again(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        at.grades(fraction="1", comment=" Well said. ", keep=True)
        kept = SavedComment.objects.get()
        at.desk.answered("the lake")
        at.grades(fraction="0", comment="Look again.", said=[str(kept.uuid)])

        assert kept.text == "Well said."
        assert GradingEvent.objects.order_by("-pk")[0].feedback == "Well said.\nLook again."

    def test_without_anything_given_nothing_is_graded(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        given: dict[str, Any]
        for given in ({}, {"items": []}, {"items": ["00000000-0000-4000-8000-000000000000"]}, {"comment": "Well."}):
            assert told(at.grades(**given))[:2] == (409, "nothing_given")
        assert at.next()["waiting"] == 1

    def test_the_same_sent_twice_is_once(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        sent = {"variants": at.variants(), "fraction": "1"}

        first = at.caller.post(f"{at.address}grades/", sent, Idempotency_Key="monday")
        again = at.caller.post(f"{at.address}grades/", sent, Idempotency_Key="monday")
        without = at.caller.post(f"{at.address}grades/", sent)

        assert [each.json() for each in (first, again, without)] == [{"answers": 1}, {"answers": 1}, {"answers": 0}]
        assert again["Idempotent-Replayed"] == "true"
        assert GradingEvent.objects.filter(actor=at.desk.grader).count() == 1

    def test_of_two_graders_the_second_is_told_who_was_first(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        variants, other = at.variants(), Caller(at.desk.staff("Ben"))
        at.grades(variants=variants, fraction="1")

        status, code, detail = told(at.grades(by=other, variants=variants, fraction="0"))

        assert (status, code) == (409, "graded_meanwhile")
        assert detail.startswith("Anna was first and gave this answer 100 %.")
        assert str(Response.objects.get().fraction) == "1.000000"

    def test_an_unknown_variant_grades_nobody(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        assert at.grades(variants=["nothing"], fraction="1").json() == {"answers": 0}


class TestAudits:
    def test_a_confirmed_grade_stands_and_waits_no_more(self, at: AtDesk) -> None:
        at.desk.audited("the wall", fraction="0.5")
        group = at.next()["group"]
        assert (group["is_audit"], group["standing"]) == (True, 0.5)

        done = at.caller.post(f"{at.address}confirmations/", {"variants": at.variants()})

        assert (done.status_code, done.json()) == (200, {"answers": 1})
        assert Audit.objects.get().state == AuditState.CONFIRMED
        assert at.next()["group"] is None

    def test_an_audited_grade_is_replaced(self, at: AtDesk) -> None:
        at.desk.audited("the wall", fraction="0.5")
        assert at.grades(fraction="0").json() == {"answers": 1}
        assert Audit.objects.get().state == AuditState.OVERRIDDEN

    def test_of_two_who_decide_the_second_is_told(self, at: AtDesk) -> None:
        at.desk.audited("the wall", fraction="0.5")
        variants = at.variants()
        at.caller.post(f"{at.address}confirmations/", {"variants": variants})
        other = Caller(at.desk.staff("Ben"))
        assert told(other.post(f"{at.address}confirmations/", {"variants": variants}))[:2] == (409, "graded_meanwhile")


class TestUndo:
    def test_what_was_graded_last_waits_again(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "The wall")
        at.grades(fraction="1")

        assert at.caller.post(f"{at.address}undo/").json() == {"answers": 2}
        assert at.next()["waiting"] == 2
        assert at.caller.post(f"{at.address}undo/").json() == {"answers": 0}

    def test_what_somebody_else_graded_is_not_mine_to_take_back(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        at.grades(fraction="1")
        assert Caller(at.desk.staff("Ben")).post(f"{at.address}undo/").json() == {"answers": 0}
        assert at.next()["waiting"] == 0


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, "variants"),
        ({"variants": []}, "variants"),
        ({"variants": "all"}, "variants"),
        ({"variants": [None]}, "variants"),
        ({"variants": ["x" * 65]}, "variants"),
        ({"variants": ["\x00"]}, "variants"),
        ({"variants": {"a": 1}}, "variants"),
        ({"variants": ["a"], "items": ["one"]}, "items"),
        ({"variants": ["a"], "items": [str(number) for number in range(101)]}, "items"),
        ({"variants": ["a"], "fraction": "1.5"}, "fraction"),
        ({"variants": ["a"], "fraction": "-1"}, "fraction"),
        ({"variants": ["a"], "fraction": "half"}, "fraction"),
        ({"variants": ["a"], "comment": "x" * 1001}, "comment"),
        ({"variants": ["a"], "comment": "\ud800"}, "comment"),
        ({"variants": ["a"], "said": "all"}, "said"),
        ({"variants": ["a"], "keep": "perhaps"}, "keep"),
    ],
)
def test_what_is_no_grade_is_named(at: AtDesk, sent: dict[str, Any], wrong: str) -> None:
    refused = at.caller.post(f"{at.address}grades/", sent)
    assert told(refused)[:2] == (400, "invalid")
    assert list(refused.json()["errors"]) == [wrong]


@pytest.mark.parametrize(
    ("below", "field"), [("grades/", "variants"), ("grades/", "comment"), ("confirmations/", "variants")]
)
def test_nothing_that_is_sent_is_an_error_of_ours(at: AtDesk, below: str, field: str) -> None:
    at.desk.answered("the wall")
    for what, body in HOSTILE.items():
        assert is_refused(at.caller.send("POST", at.address + below, body(field))), what
    assert at.next()["waiting"] == 1


@pytest.mark.parametrize(
    ("method", "below", "body"),
    [
        ("GET", "", None),
        ("GET", "next/", None),
        ("POST", "grades/", {"variants": ["a"], "fraction": "1"}),
        ("POST", "confirmations/", {"variants": ["a"]}),
        ("POST", "undo/", {}),
    ],
)
def test_who_grades_comes_in_and_for_others_nothing_is_there(at: AtDesk, method: str, below: str, body: Any) -> None:
    call = (method, at.address + below, body)
    assert let_in(at.desk.course, call) == with_permission("course.grade")


def test_the_queue_is_there_for_those_who_grade(at: AtDesk) -> None:
    assert let_in(at.desk.course, ("GET", at.queue, None)) == with_permission("course.grade")


def test_a_question_of_another_course_is_not_found_by_who_grades_both(at: AtDesk) -> None:
    elsewhere = AtDesk()
    path = f"{elsewhere.queue}{at.desk.question.uuid}/"
    for below in ("", "next/"):
        assert told(elsewhere.caller.get(path + below))[:2] == (404, "not_found")
    for below in ("grades/", "confirmations/", "undo/"):
        assert told(elsewhere.caller.post(path + below, {"variants": ["a"]}))[:2] == (404, "not_found")
