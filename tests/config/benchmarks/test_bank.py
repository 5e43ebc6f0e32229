"""A large bank: questions that differ, but for some that ask nearly the same."""

from __future__ import annotations

import pytest

from authoring.domain.bank_question import duplicates_in
from config.benchmarks.bank import TAGS, TWIN, fill_bank, invented
from config.benchmarks.course import bench_course
from quizzes.models import Question, QuestionTag, QuestionVersion, SearchText, VersionState
from quizzes.questions import question_type

KIND = question_type("single_choice")


def test_every_invented_question_is_one_that_could_be_asked() -> None:
    assert [KIND.check(content) for content in invented(30)] == [[]] * 30


def test_the_same_number_gives_the_same_questions() -> None:
    assert invented(15) == invented(15)


def test_questions_differ_but_every_tenth_asks_nearly_what_another_does() -> None:
    stems = [content["stem"] for content in invented(40)]

    twins = [at for at in range(40) if at % TWIN == TWIN - 1]
    assert len(set(stems)) == 40
    assert all(stems[at].startswith(stems[at // 2].removesuffix("?")) for at in twins)


@pytest.mark.django_db
@pytest.mark.database
class TestBank:
    def test_it_is_filled_to_the_number_that_was_asked_for(self) -> None:
        course = bench_course(questions=4)

        fill_bank(course, questions=34)
        fill_bank(course, questions=34)

        assert Question.objects.filter(course=course).count() == 34
        assert SearchText.objects.filter(version__question__course=course).count() == 34

    def test_half_of_what_is_new_is_published_and_each_has_a_tag(self) -> None:
        course = bench_course(questions=4)

        fill_bank(course, questions=34)

        states = list(QuestionVersion.objects.order_by("pk").values_list("state", flat=True))[4:]
        assert states == [VersionState.PUBLISHED, VersionState.DRAFT] * 15
        assert {QuestionTag.objects.filter(name=name).count() for name in TAGS} == {10}

    def test_the_twins_are_found(self) -> None:
        course = bench_course(questions=1)

        fill_bank(course, questions=41)

        assert sum(len(group.others) for group in duplicates_in(course)) == 4
