"""What was answered to one question: in groups, filtered, page by page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from course.models import Cohort
from quizzes.domain.given_answers import (
    AnswerFilter,
    GivenGroup,
    GivenVariant,
    answers_in,
    cursor_of,
    group_named,
    groups_after,
    versions_asked,
)
from quizzes.domain.verdicts import Verdict
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import AttemptState, QuestionVersion, QuizItem
from quizzes.statistics.quiz import Which
from tests.factories import make_quiz, single_choice
from tests.quizzes.domain.graded_answers import RIGHT, Asked, told

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EVERYBODY = AnswerFilter()


class TestGroups:
    def test_answers_that_say_the_same_stand_together_the_most_frequent_first(self) -> None:
        asked = Asked()
        asked.answered("thirst machine", times=3, fraction=RIGHT)
        asked.answered("the wet wall", times=2)
        asked.answered("The wet wall.", times=4)
        asked.answered("a reservoir")

        groups = asked.groups()

        assert told(groups) == [
            ("The wet wall.", 6, "not right"), ("thirst machine", 3, "right"), ("a reservoir", 1, "not right"),
        ]  # fmt: skip
        assert [(each.answer, each.count) for each in groups[0].variants] == [("The wet wall.", 4), ("the wet wall", 2)]

    def test_typing_slips_stand_together_and_other_words_do_not(self) -> None:
        asked = Asked()
        asked.answered("the great reservoir", times=2)
        asked.answered("the great resevoir")
        asked.answered("the great repository")
        assert [group.count for group in asked.groups()] == [3, 1]

    def test_what_was_graded_otherwise_stands_apart(self) -> None:
        asked = Asked()
        for fraction in (RIGHT, Decimal("0.5"), Decimal(0), None):
            asked.answered("a machine", fraction=fraction)
        verdicts = {group.verdict for group in asked.groups()}
        assert verdicts == {Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG, Verdict.WAITS}

    def test_each_is_filed_as_its_kind_files_it(self) -> None:
        asked = Asked()
        asked.answered("Thirst machine", fraction=RIGHT)
        asked.answered("a lake", times=2)
        assert [group.bucket for group in asked.groups()] == ["other: lake", "accepted: thirst machine"]

    def test_options_are_told_apart_by_every_letter_and_by_no_order(self) -> None:
        content = {
            "stem": "Which two?",
            "options": [
                {"id": name, "text": name, "correct": name in ("aaaaaa", "bbbbbb")}
                for name in ("aaaaaa", "bbbbbb", "aaaaab", "cccccc")
            ],
        }
        asked = Asked(kind="multiple_choice", content=content)
        asked.answered(["aaaaaa", "bbbbbb"], times=2, fraction=RIGHT)
        asked.answered(["bbbbbb", "aaaaaa"], fraction=RIGHT)
        asked.answered(["aaaaab", "bbbbbb"], fraction=Decimal("0.5"))
        asked.answered(["aaaaaa", "cccccc"], fraction=Decimal("0.5"))
        first, *others = asked.groups()
        assert (first.count, first.bucket) == (3, "aaaaaa+bbbbbb")
        assert {(group.count, group.bucket) for group in others} == {(1, "aaaaab+bbbbbb"), (1, "aaaaaa+cccccc")}

    @pytest.mark.parametrize("answer", [None, "", "   "])
    def test_nothing_is_not_answered(self, answer: Any) -> None:
        asked = Asked()
        asked.answered(answer)
        assert [group.verdict for group in asked.groups()] == [Verdict.UNANSWERED]

    def test_a_thousand_learners_cost_the_query_that_ten_do(self) -> None:
        asked = Asked()
        versions = versions_asked(asked.question)
        counts = []
        for number in (10, 990):
            asked.answered("a lake", times=number)
            asked.answered("thirst machine", times=number, fraction=RIGHT)
            with CaptureQueriesContext(connection) as queries:
                groups = asked.groups()
            counts.append((len(queries), [group.count for group in groups]))
        assert versions == [asked.version]
        assert counts == [(2, [10, 10]), (2, [1_000, 1_000])]

    def test_the_same_answers_have_the_same_groups_whoever_came_first(self) -> None:
        digests = []
        for answers in (["a lake", "a wall", "a lake"], ["a wall", "a lake", "a lake"]):
            asked = Asked()
            for answer in answers:
                asked.answered(answer)
            digests.append(told(asked.groups()))
        assert digests[0] == digests[1] == [("a lake", 2, "not right"), ("a wall", 1, "not right")]


class TestFilter:
    @pytest.mark.parametrize(("which", "answer"), [(Which.FIRST, "one"), (Which.BEST, "two"), (Which.LAST, "three")])
    def test_one_attempt_of_each_learner(self, which: Which, answer: str) -> None:
        asked = Asked()
        (learner,) = asked.learners(1)
        for number, (said, fraction) in enumerate([("one", "0"), ("two", "1"), ("three", "0.5")], 1):
            asked.attempted([learner], said, number=number, fraction=Decimal(fraction))
        assert [group.variants[0].answer for group in asked.groups(which=which)] == [answer]
        assert len(asked.groups(which=Which.ALL)) == 3

    def test_of_one_cohort(self) -> None:
        asked = Asked()
        mornings = Cohort.objects.create(course=asked.course, name="Mornings")
        asked.answered("a lake", cohort=mornings)
        asked.answered("a wall")
        assert told(asked.groups(cohort=str(mornings.uuid))) == [("a lake", 1, "not right")]

    def test_of_one_quiz(self) -> None:
        asked = Asked()
        other = make_quiz(asked.course)
        QuizItem.objects.create(quiz=other, question=asked.question, position=9)
        asked.answered("here")
        asked.answered("there", quiz=other)
        assert told(asked.groups(quiz=other.slug)) == [("there", 1, "not right")]
        assert len(asked.groups()) == 2

    def test_of_one_wording(self) -> None:
        asked = Asked()
        first = asked.version
        asked.answered("a lake")
        draft = new_version(first, content={**first.content, "stem": "In other words?"})
        publish_version(draft, by=asked.instructor)
        asked.answered("a lake")
        assert [version.number for version in versions_asked(asked.question)] == [2, 1]
        assert [group.version.number for group in asked.groups(version=1)] == [1]
        # One wording's answers say nothing of another's.
        assert [group.count for group in asked.groups()] == [1, 1]

    @pytest.mark.parametrize(
        ("verdict", "count"),
        [("right", 1), ("partly right", 2), ("not right", 3), ("not answered", 4), ("waits for a person", 5)],
    )
    def test_of_one_verdict(self, verdict: str, count: int) -> None:
        asked = Asked()
        asked.answered("a", fraction=RIGHT)
        asked.answered("b", times=2, fraction=Decimal("0.4"))
        asked.answered("c", times=3)
        asked.answered(None, times=4)
        asked.answered("d", times=5, fraction=None)
        assert [group.count for group in asked.groups(verdict=verdict)] == [count]

    def test_what_goes_on_or_does_not_count_was_not_answered_yet(self) -> None:
        asked = Asked()
        asked.attempted(asked.learners(1), "a", state=AttemptState.IN_PROGRESS, fraction=None)
        asked.answered("b", counts=False)
        assert asked.groups(which=Which.ALL) == []

    def test_another_question_has_answers_of_its_own(self) -> None:
        asked, other = Asked(), Asked()
        other.answered("a lake")
        assert asked.groups() == []


def groups_of(sizes: list[int]) -> list[GivenGroup]:
    """Groups of these sizes, in order."""
    version = QuestionVersion()
    made = [
        GivenGroup(version, "graded", RIGHT, Verdict.RIGHT, "", (GivenVariant("1", 1, size),), f"{n:04}")
        for n, size in enumerate(sizes)
    ]
    return sorted(made, key=lambda group: group.place)


class TestPagesOfGroups:
    @given(st.lists(st.integers(1, 5), max_size=40), st.integers(1, 7))
    def test_every_group_is_on_exactly_one_page(self, sizes: list[int], most: int) -> None:
        groups, cursor, seen = groups_of(sizes), "", []
        while page := groups_after(groups, cursor, most=most):
            assert len(page) <= most
            seen += page
            cursor = page[-1].cursor
        assert seen == groups

    @pytest.mark.parametrize("cursor", ["", "x", "3", "-", "3-", "-0001", "²-a", "x-0001", "3.5-a", f"{'9' * 5000}-a"])
    def test_what_is_no_cursor_leads_to_the_first(self, cursor: str) -> None:
        groups = groups_of([3, 2, 1])
        assert groups_after(groups, cursor, most=2) == groups[:2]

    def test_a_group_that_is_gone_still_leads_on(self) -> None:
        groups = groups_of([5, 3, 1])
        assert [group.count for group in groups_after(groups, "4-ffff", most=9)] == [3, 1]

    def test_a_group_is_found_by_its_digest(self) -> None:
        groups = groups_of([3, 2])
        assert group_named(groups, groups[1].digest) == groups[1]
        assert group_named(groups, "none") is None


class TestAnswersOfAGroup:
    def asked(self, times: int) -> tuple[Asked, GivenGroup]:
        asked = Asked()
        asked.answered("a lake", times=times)
        asked.answered("A lake!", times=2)
        asked.answered("thirst machine", fraction=RIGHT)
        return asked, asked.groups()[0]

    def test_all_of_its_variants_are_there_and_nothing_else(self) -> None:
        _, group = self.asked(3)
        found = answers_in(group, wanted=EVERYBODY, most=99)
        assert sorted(str(response.answer) for response in found) == ["A lake!"] * 2 + ["a lake"] * 3

    def test_every_answer_is_on_exactly_one_page(self) -> None:
        _, group = self.asked(5)
        whole = [response.pk for response in answers_in(group, wanted=EVERYBODY, most=99)]
        cursor, seen = "", list[int]()
        while page := answers_in(group, wanted=EVERYBODY, after=cursor, most=3):
            seen += [response.pk for response in page]
            cursor = cursor_of(page[-1])
        assert seen == whole
        assert len(set(seen)) == 7

    def test_the_order_says_nothing_of_who_came_first(self) -> None:
        _, group = self.asked(9)
        found = answers_in(group, wanted=EVERYBODY, most=99)
        assert found == sorted(found, key=lambda response: response.attempt.uuid)

    @pytest.mark.parametrize("cursor", ["x", "-", "1-2", "00000000-0000-0000-0000-000000000000-x", "\x00-1"])
    def test_what_is_no_cursor_leads_to_the_first(self, cursor: str) -> None:
        _, group = self.asked(1)
        assert len(answers_in(group, wanted=EVERYBODY, after=cursor, most=99)) == 3

    @pytest.mark.parametrize("answer", [None, ""])
    def test_those_who_said_nothing_are_there_too(self, answer: Any) -> None:
        asked = Asked()
        asked.answered(answer, times=2)
        (group,) = asked.groups()
        assert len(answers_in(group, wanted=EVERYBODY, most=9)) == 2

    def test_the_filter_that_made_the_group_holds(self) -> None:
        asked = Asked()
        (learner,) = asked.learners(1)
        asked.attempted([learner], "a lake", number=1)
        asked.attempted([learner], "a lake", number=2)
        (group,) = asked.groups(which=Which.LAST)
        found = answers_in(group, wanted=AnswerFilter(which=Which.LAST), most=9)
        assert [response.attempt.number for response in found] == [2]

    def test_one_query_brings_all_that_is_told_of_them(self, django_assert_num_queries: Any) -> None:
        _, group = self.asked(20)
        with django_assert_num_queries(1):
            for response in answers_in(group, wanted=EVERYBODY, most=99):
                assert response.attempt.enrollment is not None
                assert response.attempt.enrollment.user.name
                assert response.attempt.quiz.title
                assert response.version.content


def test_a_single_choice_is_grouped_by_option() -> None:
    asked = Asked(kind="single_choice", content=single_choice())
    asked.answered("k7", times=2, fraction=RIGHT)
    asked.answered("m2", times=3)
    assert [(group.bucket, group.count) for group in asked.groups()] == [("m2", 3), ("k7", 2)]
