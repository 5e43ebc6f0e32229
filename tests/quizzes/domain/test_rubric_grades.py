"""The laws of a rubric in use: another item changes nothing, another share recomputes, other words are only told."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_every
from hypothesis import strategies as st

from quizzes.domain.drift import drift_of
from quizzes.domain.manual_grading import GivenGrade, last_act
from quizzes.domain.review import review_of
from quizzes.domain.rubric_grades import PersonGrade, change_share, percent, tell_as_read_now, told
from quizzes.domain.rubrics import add_item, fill_rubric, move_item, retire_item, reword_item
from quizzes.models import Attempt, CauseKind, GradingEvent, Response, Result, RubricItem, RubricMark
from quizzes.penalties import AttemptRules
from quizzes.policy import PRESETS
from tests.factories import NOW
from tests.quizzes.domain.test_manual_grading import LATER, give, newest, ticked
from tests.quizzes.domain.waiting_answers import Desk

LATEST = LATER + timedelta(days=1)


def fractions() -> list[str]:
    return [str(fraction) for fraction in Response.objects.order_by("pk").values_list("fraction", flat=True)]


@pytest.mark.django_db
class TestWhatChangesNoGrade:
    def graded(self) -> Desk:
        desk = Desk()
        desk.answered("the wall", "the lake")
        give(desk, ticked(desk, 0))
        return desk

    def test_another_item(self) -> None:
        desk = self.graded()
        add_item(desk.question, text="Names a year", fraction=Decimal("-0.5"), at=NOW)
        assert fractions() == ["0.666667", "0.666667"]
        assert GradingEvent.objects.count() == 4

    def test_another_order(self) -> None:
        desk = self.graded()
        move_item(fill_rubric(desk.question)[0], up=False)
        assert GradingEvent.objects.count() == 4

    def test_retiring_which_keeps_what_stands(self) -> None:
        desk = self.graded()
        retire_item(fill_rubric(desk.question)[0], at=NOW)
        assert (GradingEvent.objects.count(), RubricMark.objects.count()) == (4, 2)
        assert fractions() == ["0.666667", "0.666667"]

    def test_other_words_which_are_told_from_now_on(self) -> None:
        desk = self.graded()
        item = fill_rubric(desk.question)[0]
        reword_item(item, text="Names the wall itself", feedback="Yes, the wall is what it is about.")
        assert GradingEvent.objects.count() == 4
        events = list(GradingEvent.objects.filter(number=2))
        assert {event.feedback for event in events} == {"Names the wall"}
        tell_as_read_now(events)
        assert {event.feedback for event in events} == {"Yes, the wall is what it is about."}

    def test_the_same_share_again(self) -> None:
        desk = self.graded()
        item = fill_rubric(desk.question)[0]
        assert change_share(item, fraction=item.fraction, by=desk.grader, at=LATEST) == 0
        assert GradingEvent.objects.count() == 4


@pytest.mark.django_db
class TestAnotherShare:
    def test_every_grade_that_rests_on_the_item_is_made_anew_by_one_cause(self) -> None:
        desk = Desk()
        (with_both,) = desk.answered("both")
        give(desk, ticked(desk, 0, 1, comment="Good."))
        (with_first,) = desk.answered("first")
        give(desk, ticked(desk, 0))
        (without,) = desk.answered("neither")
        give(desk, ticked(desk, 1))
        owner = desk.staff("Olga")

        changed = change_share(fill_rubric(desk.question)[0], fraction=Decimal("0.5"), by=owner, at=LATEST)

        assert changed == 2
        assert fractions() == ["0.833333", "0.500000", "0.333333"]
        events = newest([with_both, with_first])
        assert [(event.number, event.actor, event.cause_kind, event.at) for event in events] == [
            (3, owner, CauseKind.MANUAL, LATEST)
        ] * 2
        assert len({event.cause for event in events}) == 1
        assert [event.detail["comment"] for event in events] == ["Good.", ""]
        assert [event.number for event in newest([without])] == [2]

    def test_results_follow(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0))
        change_share(fill_rubric(desk.question)[0], fraction=Decimal("0.25"), by=desk.grader, at=LATEST)
        assert Attempt.objects.get().fraction == Decimal("0.25")
        assert Result.objects.get().fraction == Decimal("0.25")

    def test_what_a_person_set_by_hand_stays(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0, own_fraction=Decimal("0.9")))
        assert change_share(fill_rubric(desk.question)[0], fraction=Decimal(0), by=desk.grader, at=LATEST) == 0
        assert fractions() == ["0.900000"]

    @pytest.mark.parametrize("kind", [CauseKind.OVERRIDE, CauseKind.APPEAL, CauseKind.REGRADE])
    def test_a_grade_that_came_after_the_rubrics_stays(self, kind: CauseKind) -> None:
        desk = Desk()
        (response,) = desk.answered("the wall")
        give(desk, ticked(desk, 0))
        GradingEvent.objects.create(
            response=response,
            number=3,
            version=response.version,
            grader="person",
            cause=response.attempt.uuid,
            cause_kind=kind,
            inputs_hash="0" * 64,
            fraction=1,
            at=LATER,
        )
        assert change_share(fill_rubric(desk.question)[0], fraction=Decimal(0), by=desk.grader, at=LATEST) == 0

    def test_a_grade_cut_to_the_whole_may_come_out_the_same(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0, 1))
        assert change_share(fill_rubric(desk.question)[0], fraction=Decimal(1), by=desk.grader, at=LATEST) == 0
        assert fractions() == ["1.000000"]

    def test_what_hints_cost_is_taken_off_again_and_told(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        Attempt.objects.update(policy=AttemptRules(hint_penalty=Decimal("0.1")).pinned())
        Response.objects.update(hints=1)
        give(desk, ticked(desk, 0))
        change_share(fill_rubric(desk.question)[0], fraction=Decimal("0.5"), by=desk.grader, at=LATEST)
        assert fractions() == ["0.400000"]
        event = GradingEvent.objects.get(number=3)
        tell_as_read_now([event])
        assert event.feedback == "Names the wall\n1 hint costs 10 % of the points."

    def test_a_retired_item_still_counts_where_it_stands(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0, 1))
        first, second, _ = fill_rubric(desk.question)
        retire_item(first, at=NOW)
        change_share(second, fraction=Decimal("0.1"), by=desk.grader, at=LATEST)
        assert fractions() == ["0.766667"]

    def test_it_is_no_decision_of_whoever_changed_the_rubric(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0))
        owner = desk.staff("Olga")
        change_share(fill_rubric(desk.question)[0], fraction=Decimal("0.5"), by=owner, at=LATEST)
        assert last_act(desk.question, by=owner) is None
        assert [each.name for each in drift_of(desk.question).graders] == ["Anna"]

    def test_the_statements_do_not_grow_with_the_answers(self, django_assert_max_num_queries: Any) -> None:
        counts = []
        for size in (2, 60):
            desk = Desk()
            desk.answered(*["the wall"] * size)
            give(desk, ticked(desk, 0))
            item = fill_rubric(desk.question)[0]
            with django_assert_max_num_queries(60) as captured:
                assert change_share(item, fraction=Decimal("0.5"), by=desk.grader, at=LATEST) == size
            counts.append(len(captured))
        assert counts[0] == counts[1]


@pytest.mark.django_db
class TestWhatLearnersRead:
    def test_the_review_tells_the_items_as_they_read_now(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0, comment="Name the town next time."))
        reword_item(fill_rubric(desk.question)[0], text="Names the wall", feedback="The wall it is.")
        Attempt.objects.update(policy=PRESETS["practice"])

        (item,) = review_of(Attempt.objects.select_related("quiz", "enrollment").get(), at=LATEST).items

        assert (item.feedback, item.fraction) == ("The wall it is.\nName the town next time.", Decimal("0.666667"))
        assert item.path == ("“Names the wall” gives 66.7 %.",)

    def test_what_no_person_made_of_items_asks_for_nothing(self, django_assert_num_queries: Any) -> None:
        desk = Desk()
        desk.audited("the wall")
        give(desk, GivenGrade(own_fraction=Decimal(0), comment="No."), audits=True)
        events = list(GradingEvent.objects.all())
        with django_assert_num_queries(0):
            tell_as_read_now(events)
        assert [event.feedback for event in events] == ["", "No."]


@pytest.mark.parametrize(
    ("items", "comment", "feedback"),
    [
        ([], "", ""),
        ([], "  Look again.  ", "Look again."),
        ([("Names it", ""), ("Says who", "You say who.")], "Good.", "Names it\nYou say who.\nGood."),
    ],
)
def test_feedback_is_a_paragraph_for_each_item_and_the_comment(
    items: list[tuple[str, str]], comment: str, feedback: str
) -> None:
    assert told(items, comment) == feedback


@pytest.mark.parametrize(
    ("fraction", "written"),
    [("1", "100 %"), ("0.5", "50 %"), ("0.666667", "66.7 %"), ("-0.333333", "−33.3 %"), ("0", "0 %")],
)
def test_a_fraction_is_written_in_per_cent(fraction: str, written: str) -> None:
    assert percent(Decimal(fraction)) == written


@for_every(st.lists(st.decimals(-1, 1, places=6), max_size=6), st.none() | st.decimals(0, 1, places=6))
def test_a_persons_grade_is_a_fraction_and_their_own_wins(shares: list[Decimal], own: Decimal | None) -> None:
    grade = PersonGrade([RubricItem(text="One", fraction=share) for share in shares], own_fraction=own)
    assert 0 <= grade.fraction <= 1
    assert grade.fraction == own or own is None
    assert grade.detail["by"] == ("rubric" if own is None else "hand")
