"""One decision for all who said the same: what it writes, for whom, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from quizzes.domain.manual_grading import GivenGrade, confirm_variants, grade_variants, last_act, undo_last
from quizzes.domain.manual_queue import groups_waiting, waiting_count
from quizzes.domain.rubrics import fill_rubric
from quizzes.errors import GradedMeanwhile, NothingGiven
from quizzes.models import (
    Attempt,
    Audit,
    AuditState,
    CauseKind,
    Grading,
    GradingEvent,
    Question,
    Response,
    Result,
    RubricMark,
)
from quizzes.penalties import AttemptRules
from tests.factories import NOW
from tests.quizzes.domain.waiting_answers import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)
SAYS_WHO = 1
"""The place of the item that gives a third."""


def variants_of(question: Question, *, audits: bool = False) -> list[str]:
    """Every variant that waits."""
    groups = [group for group in groups_waiting(question) if group.is_audit == audits]
    return [variant.digest for group in groups for variant in group.variants]


def ticked(desk: Desk, *places: int, **fields: Any) -> GivenGrade:
    items = fill_rubric(desk.question)
    return GivenGrade(tuple(items[place].uuid for place in places), **fields)


def give(desk: Desk, given: GivenGrade, *, by: User | None = None, audits: bool = False) -> int:
    """All that waits gets this grade."""
    variants = variants_of(desk.question, audits=audits)
    return grade_variants(desk.question, variants=variants, given=given, by=by or desk.grader, at=LATER)


def newest(responses: Iterable[Response]) -> list[GradingEvent]:
    events = GradingEvent.objects.filter(response__in=list(responses)).order_by("response__pk", "number")
    return list({event.response_id: event for event in events}.values())


class TestGrading:
    def test_every_answer_of_the_group_has_one_event_with_the_grade(self) -> None:
        desk = Desk()
        responses = desk.answered("the reservoir", "The reservoir.", "the resrevoir")

        assert give(desk, ticked(desk, 0, SAYS_WHO, comment="Well put.")) == 3

        events = newest(responses)
        assert [(event.number, event.fraction, event.actor, event.at) for event in events] == [
            (2, Decimal(1), desk.grader, LATER)
        ] * 3
        assert {event.cause_kind for event in events} == {CauseKind.MANUAL}
        assert events[0].feedback == "Names the wall\nSays who built it\nWell put."
        assert GradingEvent.objects.count() == 6
        assert set(Response.objects.values_list("grading", "fraction")) == {(Grading.GRADED, Decimal(1))}
        assert waiting_count(desk.course) == 0

    def test_the_event_says_how_the_fraction_came_about(self) -> None:
        desk = Desk()
        responses = desk.answered("the wall")
        give(desk, ticked(desk, SAYS_WHO, 2, own_fraction=Decimal("0.5")))
        (event,) = newest(responses)
        assert event.detail["by"] == "hand"
        assert event.detail["path"] == [
            "“Says who built it” gives 33.3 %.",
            "“Praises the wall” gives −33.3 %.",
            "A person set it to 50 %.",
        ]

    @pytest.mark.parametrize(
        ("places", "own", "fraction"),
        [
            ([0], None, "0.666667"),
            ([0, 1], None, "1"),
            ([0, 1, 2], None, "0.666667"),
            ([2], None, "0"),
            ([], "0", "0"),
            ([0], "0.25", "0.25"),
        ],
    )
    def test_items_add_up_unless_the_person_says_otherwise(
        self, places: list[int], own: str | None, fraction: str
    ) -> None:
        desk = Desk()
        responses = desk.answered("the wall")
        give(desk, ticked(desk, *places, own_fraction=None if own is None else Decimal(own)))
        assert [event.fraction for event in newest(responses)] == [Decimal(fraction)]

    @pytest.mark.parametrize(
        ("given", "fraction", "feedback"),
        [
            (GivenGrade(own_fraction=Decimal("0.5")), "0.500000", ""),
            (None, "0.466667", "Names the wall\n2 hints cost 20 % of the points."),
        ],
    )
    def test_hints_cost_what_the_rubric_gives_and_nothing_of_what_a_person_sets(
        self, given: GivenGrade | None, fraction: str, feedback: str
    ) -> None:
        desk = Desk()
        responses = desk.answered("the wall")
        Attempt.objects.update(policy=AttemptRules(hint_penalty=Decimal("0.1")).pinned())
        Response.objects.update(hints=2)
        give(desk, given or ticked(desk, 0))
        (event,) = newest(responses)
        assert (str(event.fraction), event.feedback) == (fraction, feedback)

    def test_the_learner_has_a_result_once_nothing_waits(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0))
        assert Attempt.objects.get().fraction == Decimal("0.666667")
        assert Result.objects.get().fraction == Decimal("0.666667")

    def test_what_was_ticked_stands_on_each_answer(self) -> None:
        desk = Desk()
        desk.answered("the wall", "The wall")
        give(desk, ticked(desk, 0, 2))
        marks = RubricMark.objects.order_by("response__pk", "item__position").values_list("item__text", flat=True)
        assert list(marks) == ["Names the wall", "Praises the wall"] * 2

    def test_what_was_left_out_of_the_group_waits_on(self) -> None:
        desk = Desk()
        desk.answered("the reservoir", "the resrevoir")
        kept = variants_of(desk.question)[:1]
        grade_variants(desk.question, variants=kept, given=ticked(desk, 0), by=desk.grader, at=LATER)
        assert Response.objects.filter(grading=Grading.PENDING_MANUAL).count() == 1

    def test_a_grade_without_anything_in_it_is_refused(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        with pytest.raises(NothingGiven, match="0 gives none"):
            give(desk, GivenGrade(comment="Hm."))
        assert waiting_count(desk.course) == 1

    def test_items_of_another_question_count_for_nothing(self) -> None:
        desk, other = Desk(), Desk()
        desk.answered("the wall")
        with pytest.raises(NothingGiven):
            give(desk, ticked(other, 0))

    def test_the_statements_do_not_grow_with_the_group(self, django_assert_max_num_queries: Any) -> None:
        counts = []
        for size in (2, 60):
            desk = Desk()
            desk.answered(*["the wall"] * size)
            given = ticked(desk, 0)
            with django_assert_max_num_queries(60) as captured:
                assert give(desk, given) == size
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestTwoAtOnce:
    def test_the_same_twice_is_once(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        variants, given = variants_of(desk.question), ticked(desk, 0)
        graded = [grade_variants(desk.question, variants=variants, given=given, by=desk.grader) for _ in range(2)]
        assert graded == [1, 0]
        assert GradingEvent.objects.count() == 2

    def test_who_comes_second_is_told_whose_grade_stands_and_overwrites_nothing(self) -> None:
        desk = Desk()
        desk.answered("the wall", "the lake")
        variants = variants_of(desk.question)
        grade_variants(desk.question, variants=variants[:1], given=ticked(desk, 0), by=desk.grader, at=LATER)

        with pytest.raises(GradedMeanwhile, match=r"Anna was first and gave this answer 66\.7 %"):
            grade_variants(desk.question, variants=variants, given=ticked(desk, 1), by=desk.staff("Berta"), at=LATER)

        assert waiting_count(desk.course) == 1
        assert GradingEvent.objects.count() == 3

    def test_who_confirmed_an_audit_first_is_named_too(self) -> None:
        desk = Desk()
        desk.audited("the wall", fraction="0.5")
        variants = variants_of(desk.question, audits=True)
        confirm_variants(desk.question, variants=variants, by=desk.grader, at=LATER)
        with pytest.raises(GradedMeanwhile, match="Anna was first and gave this answer 50 %"):
            confirm_variants(desk.question, variants=variants, by=desk.staff("Berta"))

    def test_a_variant_that_never_was_is_nothing_to_do(self) -> None:
        desk = Desk()
        assert grade_variants(desk.question, variants=["f" * 16], given=ticked(desk, 0), by=desk.grader) == 0


class TestAudits:
    def test_confirming_changes_no_grade_and_says_who_did(self) -> None:
        desk = Desk()
        (response,) = desk.audited("the wall", fraction="0.5")
        variants = variants_of(desk.question, audits=True)

        assert confirm_variants(desk.question, variants=variants, by=desk.grader, at=LATER) == 1

        audit = Audit.objects.get()
        assert (audit.state, audit.decided_by, audit.decided_at) == (AuditState.CONFIRMED, desk.grader, LATER)
        assert [event.number for event in newest([response])] == [1]

    @pytest.mark.parametrize(("own", "state"), [("0.25", AuditState.OVERRIDDEN), ("0.5", AuditState.CONFIRMED)])
    def test_another_fraction_overrides_the_same_confirms(self, own: str, state: AuditState) -> None:
        desk = Desk()
        responses = desk.audited("the wall", fraction="0.5")
        give(desk, GivenGrade(own_fraction=Decimal(own)), audits=True)
        assert Audit.objects.get().state == state
        assert [(event.cause_kind, event.fraction) for event in newest(responses)] == [
            (CauseKind.OVERRIDE, Decimal(own))
        ]

    def test_confirming_what_waits_for_a_grade_does_nothing(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        assert confirm_variants(desk.question, variants=variants_of(desk.question), by=desk.grader) == 0


class TestUndo:
    def test_what_was_graded_last_waits_again_by_a_new_event(self) -> None:
        desk = Desk()
        responses = desk.answered("the wall", "The wall")
        give(desk, ticked(desk, 0))

        undone = undo_last(desk.question, by=desk.grader, at=LATER + timedelta(hours=1))

        assert sorted(undone) == sorted(response.pk for response in responses)

        assert [(event.number, event.fraction, event.actor) for event in newest(responses)] == [
            (3, None, desk.grader)
        ] * 2
        assert (waiting_count(desk.course), RubricMark.objects.count()) == (2, 0)
        assert set(Attempt.objects.values_list("fraction", "graded_at")) == {(None, None)}

    def test_one_after_the_other_is_taken_back_and_no_more(self) -> None:
        desk = Desk()
        desk.answered("the wall", "the lake")
        for variant in variants_of(desk.question):
            grade_variants(desk.question, variants=[variant], given=ticked(desk, 0), by=desk.grader)
        assert [len(undo_last(desk.question, by=desk.grader)) for _ in range(3)] == [1, 1, 0]
        assert waiting_count(desk.course) == 2

    def test_grading_again_after_it_counts(self) -> None:
        desk = Desk()
        responses = desk.answered("the wall")
        give(desk, ticked(desk, 0))
        undo_last(desk.question, by=desk.grader)
        give(desk, ticked(desk, 0, 1))
        assert [event.fraction for event in newest(responses)] == [Decimal(1)]
        act = last_act(desk.question, by=desk.grader)
        assert act is not None
        assert act.size == 1

    def test_nobody_takes_back_what_another_did(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        give(desk, ticked(desk, 0))
        assert undo_last(desk.question, by=desk.staff("Berta")) == ()

    def test_what_somebody_changed_since_is_not_taken_back(self) -> None:
        desk = Desk()
        (response,) = desk.answered("the wall")
        give(desk, ticked(desk, 0))
        GradingEvent.objects.create(
            response=response,
            number=3,
            version=response.version,
            grader="short_text@1",
            cause=response.attempt.uuid,
            cause_kind=CauseKind.REGRADE,
            inputs_hash="0" * 64,
            fraction=1,
            at=LATER,
        )
        assert last_act(desk.question, by=desk.grader) is None

    def test_a_confirmed_audit_is_open_again(self) -> None:
        desk = Desk()
        (response,) = desk.audited("the wall")
        confirm_variants(desk.question, variants=variants_of(desk.question, audits=True), by=desk.grader, at=LATER)
        assert undo_last(desk.question, by=desk.grader) == (response.pk,)
        assert Audit.objects.get().state == AuditState.OPEN
        assert GradingEvent.objects.count() == 1

    def test_an_overridden_audit_has_its_automatic_grade_back(self) -> None:
        desk = Desk()
        responses = desk.audited("the wall", fraction="0.5", suggestion={"path": ["It is near to another."]})
        give(desk, GivenGrade(own_fraction=Decimal(0)), audits=True)

        assert undo_last(desk.question, by=desk.grader) == (responses[0].pk,)

        (event,) = newest(responses)
        assert (event.number, event.fraction) == (3, Decimal("0.5"))
        assert event.detail["path"] == ["It is near to another."]
        assert Audit.objects.get().state == AuditState.OPEN
        assert last_act(desk.question, by=desk.grader) is None
