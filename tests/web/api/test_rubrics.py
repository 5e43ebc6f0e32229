"""What people grade with, over REST: rubric items, saved comments, and how far graders agree."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from quizzes.domain.manual_grading import GivenGrade, grade_variants
from quizzes.domain.manual_queue import groups_waiting
from quizzes.domain.rubrics import MOST_ITEMS, add_item, rubric_of
from quizzes.models import GradingEvent, Response, RubricItem, SavedComment
from tests.quizzes.domain.waiting_answers import RUBRIC, Desk
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEW = {"text": "Names the lake", "fraction": "0.25", "feedback": "The lake, indeed."}


class AtRubric:
    """A grader, and the calls of their question's rubric."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.caller = Caller(self.desk.grader)
        self.question = f"courses/{self.desk.course.slug}/grading/{self.desk.question.uuid}/"
        self.address = f"{self.question}rubric/"

    def item(self, place: int = 0) -> str:
        return f"{self.address}{rubric_of(self.desk.question)[place].uuid}/"

    def texts(self, *, offered: bool = True) -> list[str]:
        items = self.caller.get(self.address).json()
        return [item["text"] for item in items if (item["retired_at"] is None) == offered]

    def grade(self, *places: int) -> None:
        """An answer waits, and is graded with these items."""
        self.desk.answered("the wall")
        offered, question = rubric_of(self.desk.question), self.desk.question
        variants = [variant.digest for group in groups_waiting(question) for variant in group.variants]
        given = GivenGrade([offered[place].uuid for place in places])
        grade_variants(question, variants=variants, given=given, by=self.desk.grader)


@pytest.fixture
def at() -> AtRubric:
    return AtRubric()


WRITTEN = [row["text"] for row in RUBRIC]


class TestItems:
    def test_those_that_the_author_wrote_are_there_with_their_shares(self, at: AtRubric) -> None:
        items = at.caller.get(at.address).json()

        assert [(item["text"], item["fraction"], item["position"]) for item in items] == [
            ("Names the wall", 0.666667, 1),
            ("Says who built it", 0.333333, 2),
            ("Praises the wall", -0.333333, 3),
        ]
        assert at.caller.get(at.item()).json() == items[0]
        assert not RubricItem.objects.exists()

    def test_one_more_stands_last_and_changes_no_grade(self, at: AtRubric) -> None:
        at.grade(0)
        before = str(Response.objects.get().fraction)

        made = at.caller.post(at.address, NEW)

        assert made.status_code == 201
        assert made.json().items() >= {"text": "Names the lake", "fraction": 0.25, "position": 4}.items()
        assert at.texts() == [*WRITTEN, "Names the lake"]
        assert str(Response.objects.get().fraction) == before

    def test_sent_twice_with_its_key_it_is_one(self, at: AtRubric) -> None:
        first, again = (at.caller.post(at.address, NEW, Idempotency_Key="once") for _ in range(2))
        assert (again["Idempotent-Replayed"], again.json()) == ("true", first.json())
        assert at.texts() == [*WRITTEN, "Names the lake"]

    def test_a_rubric_has_no_more_than_thirty(self, at: AtRubric) -> None:
        for number in range(MOST_ITEMS - len(WRITTEN)):
            add_item(at.desk.question, text=f"Item {number}", fraction=Decimal(0))
        assert told(at.caller.post(at.address, NEW))[:2] == (409, "rubric_full")
        assert len(at.texts()) == MOST_ITEMS

    def test_new_words_reach_who_has_it_without_a_new_grade(self, at: AtRubric) -> None:
        at.grade(0)
        events = GradingEvent.objects.count()

        kept = at.caller.put(at.item(), {"text": "Speaks of the wall", "feedback": "The wall is there."})

        assert kept.json().items() >= {"text": "Speaks of the wall", "feedback": "The wall is there."}.items()
        assert kept["ETag"] == at.caller.get(at.item())["ETag"]
        assert GradingEvent.objects.count() == events

    def test_another_share_grades_anew_what_rests_on_it(self, at: AtRubric) -> None:
        at.grade(0)

        changed = at.caller.put(f"{at.item()}share/", {"fraction": "0.5"}).json()

        assert (changed["regraded"], changed["item"]["fraction"]) == (1, 0.5)
        assert str(Response.objects.get().fraction) == "0.500000"
        assert at.caller.put(f"{at.item(1)}share/", {"fraction": "0.1"}).json()["regraded"] == 0

    def test_they_are_put_in_order_one_place_at_a_time(self, at: AtRubric) -> None:
        first, second, third = WRITTEN
        moved = at.caller.post(f"{at.item(0)}move/", {"up": False})
        assert (moved.status_code, at.texts()) == (200, [second, first, third])
        at.caller.post(f"{at.item(2)}move/", {"up": True})
        assert at.texts() == [second, third, first]
        at.caller.post(f"{at.item(0)}move/", {"up": True})
        assert at.texts() == [second, third, first]

    def test_deleted_it_is_offered_no_more_explains_its_grades_and_comes_back_last(self, at: AtRubric) -> None:
        at.grade(0)
        item = at.item()

        gone = at.caller.delete(item)

        assert gone.json()["retired_at"] is not None
        assert (at.texts(), at.texts(offered=False)) == (WRITTEN[1:], WRITTEN[:1])
        assert at.caller.get(item).status_code == 200
        assert at.caller.post(f"{item}back/").json()["retired_at"] is None
        assert at.texts() == [*WRITTEN[1:], WRITTEN[0]]

    @pytest.mark.parametrize(
        ("method", "below", "body"),
        [("put", "", {"text": "Other", "feedback": ""}), ("put", "share/", {"fraction": "1"}), ("delete", "", None)],
    )
    def test_what_somebody_changed_since_is_not_changed_again(
        self, at: AtRubric, method: str, below: str, body: Any
    ) -> None:
        item = at.item()
        seen = at.caller.get(item)["ETag"]
        at.caller.put(item, {"text": "Mine", "feedback": ""}, If_Match=seen)
        args = () if body is None else (body,)

        assert told(getattr(at.caller, method)(item + below, *args, If_Match=seen))[:2] == (412, "changed_meanwhile")
        assert at.caller.get(item).json().items() >= {"text": "Mine", "retired_at": None}.items()


class TestComments:
    def test_a_comment_is_saved_once_and_forgotten(self, at: AtRubric) -> None:
        made = [at.caller.post(f"{at.question}comments/", {"text": "Well said."}) for _ in range(2)]
        kept = SavedComment.objects.get()
        assert [each.status_code for each in made] == [201, 201]
        assert [each.json()["uuid"] for each in made] == [str(kept.uuid)] * 2
        assert [each["text"] for each in at.caller.get(f"{at.question}comments/").json()] == ["Well said."]

        gone = [at.caller.delete(f"{at.question}comments/{kept.uuid}/").status_code for _ in range(2)]

        assert (gone, at.caller.get(f"{at.question}comments/").json()) == ([204, 204], [])

    def test_one_of_another_course_is_not_forgotten_by_it(self, at: AtRubric) -> None:
        elsewhere = AtRubric()
        elsewhere.caller.post(f"{elsewhere.question}comments/", {"text": "Theirs."})
        at.caller.delete(f"{at.question}comments/{SavedComment.objects.get().uuid}/")
        assert SavedComment.objects.count() == 1


class TestAgreement:
    def test_before_anybody_graded_there_is_nothing_to_compare(self, at: AtRubric) -> None:
        expected: dict[str, Any] = {"count": 0, "mean": None, "graders": [], "days": [], "agreed": 0, "compared": 0}
        assert at.caller.get(f"{at.question}agreement/").json() == expected

    def test_what_each_person_gives_stands_beside_the_others(self, at: AtRubric) -> None:
        at.grade(0, 1)

        found = at.caller.get(f"{at.question}agreement/").json()

        assert (found["count"], found["mean"]) == (1, 1.0)
        assert found["graders"] == [
            {"name": "Anna", "count": 1, "mean": 1.0, "others_count": 0, "others": None, "difference": None}
        ]
        assert [(day["name"], day["count"], day["mean"]) for day in found["days"]] == [("Anna", 1, 1.0)]


@pytest.mark.parametrize(
    ("method", "below", "sent", "wrong"),
    [
        ("post", "", {}, ["fraction", "text"]),
        ("post", "", {**NEW, "text": " "}, ["text"]),
        ("post", "", {**NEW, "text": "x" * 301}, ["text"]),
        ("post", "", {**NEW, "text": "\x00"}, ["text"]),
        ("post", "", {**NEW, "text": "\ud800"}, ["text"]),
        ("post", "", {**NEW, "feedback": "x" * 1001}, ["feedback"]),
        ("post", "", {**NEW, "fraction": "1.1"}, ["fraction"]),
        ("post", "", {**NEW, "fraction": "-1.000001"}, ["fraction"]),
        ("post", "", {**NEW, "fraction": "NaN"}, ["fraction"]),
        ("put", "item", {"text": "x"}, ["feedback"]),
        ("put", "item", {"text": "", "feedback": ""}, ["text"]),
        ("put", "share", {"fraction": None}, ["fraction"]),
        ("put", "share", {}, ["fraction"]),
        ("post", "move", {"up": "sideways"}, ["up"]),
        ("post", "move", {}, ["up"]),
    ],
)
def test_what_is_no_item_is_named(at: AtRubric, method: str, below: str, sent: Any, wrong: list[str]) -> None:
    addresses = {"": at.address, "item": at.item(), "share": f"{at.item()}share/", "move": f"{at.item()}move/"}
    refused = getattr(at.caller, method)(addresses[below], sent)
    assert told(refused)[:2] == (400, "invalid")
    assert sorted(refused.json()["errors"]) == wrong
    assert at.texts() == WRITTEN


@pytest.mark.parametrize(
    ("method", "below", "field"),
    [
        ("POST", "rubric/", "text"),
        ("POST", "rubric/", "fraction"),
        ("PUT", "rubric/{item}/", "text"),
        ("PUT", "rubric/{item}/share/", "fraction"),
        ("POST", "rubric/{item}/move/", "up"),
        ("POST", "comments/", "text"),
    ],
)
def test_nothing_that_is_sent_is_an_error_of_ours(at: AtRubric, method: str, below: str, field: str) -> None:
    path = at.question + below.replace("{item}", str(rubric_of(at.desk.question)[0].uuid))
    for what, body in HOSTILE.items():
        answer = at.caller.send(method, path, body(field))
        # A number where words are wanted is taken for how it is written.
        is_number = what in ("number", "infinity") and field == "text"
        assert is_refused(answer) or (is_number and answer.status_code == 201), what
    assert at.texts() == WRITTEN


@pytest.mark.parametrize(
    ("method", "below", "body"),
    [
        ("GET", "rubric/", None),
        ("POST", "rubric/", {}),
        ("GET", "rubric/{item}/", None),
        ("PUT", "rubric/{item}/", {}),
        ("DELETE", "rubric/{item}/", None),
        ("PUT", "rubric/{item}/share/", {}),
        ("POST", "rubric/{item}/move/", {}),
        ("POST", "rubric/{item}/back/", {}),
        ("GET", "comments/", None),
        ("POST", "comments/", {}),
        ("DELETE", "comments/{item}/", None),
        ("GET", "agreement/", None),
    ],
)
def test_who_grades_comes_in_and_for_others_nothing_is_there(at: AtRubric, method: str, below: str, body: Any) -> None:
    path = at.question + below.replace("{item}", str(rubric_of(at.desk.question)[0].uuid))
    assert let_in(at.desk.course, (method, path, body)) == with_permission("course.grade")


def test_an_item_of_another_question_is_not_found(at: AtRubric) -> None:
    foreign = at.address + AtRubric().item().split("/")[-2] + "/"
    assert told(at.caller.get(foreign))[:2] == (404, "not_found")
    assert told(at.caller.delete(foreign))[:2] == (404, "not_found")
    assert told(at.caller.put(f"{foreign}share/", {"fraction": "1"}))[:2] == (404, "not_found")
