"""What people decide about questions: again is once, taken back is undone, published is frozen, all is on record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain.audit import history_of_course
from accounts.models import User
from authoring.domain.review import Decision, decision_on
from course.models import Anchor, Course
from course.reading.outline import Span
from quizzes.domain.questions import (
    NeedsAnotherPerson,
    NewQuestion,
    NoLongerADraft,
    accept,
    accept_all,
    add_questions,
    asked_in,
    edit_draft,
    may_accept,
    publish_accepted,
    put_back,
    reject,
    title_of,
)
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import Question, QuestionVersion
from tests.factories import NOW, make_course, make_person, single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(days=1)
OTHER = single_choice("Who named it?")

Deed = Callable[[QuestionVersion, User], None]


def accepted(version: QuestionVersion, by: User) -> None:
    accept(version, by=by, at=NOW)


def rejected(version: QuestionVersion, by: User) -> None:
    reject(version, by=by, reason="Trivial.", at=NOW)


def undecided(version: QuestionVersion, by: User) -> None:
    put_back(version, by=by)


def edited(version: QuestionVersion, by: User) -> None:
    edit_draft(version, content=OTHER)


DEEDS: list[Deed] = [accepted, rejected, undecided, edited]
FATES: dict[Deed, Decision] = {
    accepted: Decision.ACCEPTED,
    rejected: Decision.REJECTED,
    undecided: Decision.UNDECIDED,
    edited: Decision.UNDECIDED,
}


@pytest.fixture
def author() -> User:
    return make_author()


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=2)


def stored(course: Course) -> list[tuple[Any, ...]]:
    return list(QuestionVersion.objects.filter(question__course=course).order_by("pk").values_list())


def verbs(course: Course) -> list[str]:
    return [entry.verb for entry in history_of_course(course.uuid)]


@pytest.mark.parametrize("deed", DEEDS)
def test_a_decision_is_told_by_the_newest_wording_and_touches_no_other(
    course: Course, author: User, deed: Deed
) -> None:
    first, _ = versions_of(course)
    other = stored(course)[1]

    deed(first, author)

    assert decision_on(first) == decision_on(QuestionVersion.objects.get(pk=first.pk)) == FATES[deed]
    assert stored(course)[1] == other


def test_accepting_again_changes_nothing_and_records_nothing(course: Course, author: User) -> None:
    first, _ = versions_of(course)
    accept(first, by=author, at=NOW)
    before = stored(course)
    stale = QuestionVersion.objects.get(pk=first.pk)

    accept(first, by=author, at=LATER)
    accept(stale, by=author, at=LATER)

    assert stored(course) == before
    assert (stale.reviewed_by, stale.reviewed_at) == (author, NOW)
    assert verbs(course) == ["accepted a question"]


def test_a_second_person_who_accepts_is_who_is_asked_from_then_on(course: Course, author: User) -> None:
    first, _ = versions_of(course)
    colleague = make_person()
    accept(first, by=author, at=NOW)

    accept(first, by=colleague, at=LATER)

    first.refresh_from_db()
    assert (first.reviewed_by, first.reviewed_at) == (colleague, LATER)
    assert verbs(course) == ["accepted a question"] * 2


@pytest.mark.parametrize("deed", [accepted, rejected])
def test_putting_back_leaves_the_question_as_nobody_had_decided(course: Course, author: User, deed: Deed) -> None:
    first, _ = versions_of(course)
    before = stored(course)

    deed(first, author)
    put_back(first, by=author)

    assert stored(course) == before
    assert verbs(course)[0] == "took back a decision"


def test_a_reason_is_kept_as_far_as_there_is_room(course: Course, author: User) -> None:
    first, _ = versions_of(course)

    reject(first, by=author, reason="x" * 400, at=NOW)

    first.refresh_from_db()
    assert (first.review_note, first.reviewed_by, first.reviewed_at) == ("x" * 300, author, NOW)


def test_an_edit_waits_for_review_again_and_is_a_persons(course: Course, author: User) -> None:
    first, second = versions_of(course)
    for version in (first, second):
        accept(version, by=author, at=NOW)

    edit_draft(first, content=OTHER)
    edit_draft(second, content=second.content)

    assert [(each.origin, decision_on(each), title_of(each)) for each in (first, second)] == [
        ("human", Decision.UNDECIDED, "Who named it?"),
        ("drafted", Decision.UNDECIDED, "Who built wall 1?"),
    ]


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_published_is_frozen_for_every_deed(course: Course, author: User, deed: Deed) -> None:
    first, _ = versions_of(course)
    stale = QuestionVersion.objects.get(pk=first.pk)
    publish_version(first, by=author, at=NOW)
    before, entries = stored(course), len(verbs(course))

    with pytest.raises(NoLongerADraft, match="published meanwhile"):
        deed(stale, author)

    assert stored(course) == before
    assert len(verbs(course)) == entries


@pytest.mark.parametrize("seed", range(5))
def test_any_decisions_in_any_order_leave_what_the_last_one_says(author: User, seed: int) -> None:
    course, chance = make_draft(author, questions=3), Random(seed)
    last: dict[int, Decision] = {version.pk: Decision.UNDECIDED for version in versions_of(course)}

    for _ in range(15):
        version, deed = chance.choice(versions_of(course)), chance.choice([*DEEDS, None])
        if deed is None:
            accepted_ones = {pk for pk, fate in last.items() if fate == Decision.ACCEPTED}
            assert publish_accepted(course, at=NOW) == len(accepted_ones)
            last |= dict.fromkeys(accepted_ones, Decision.PUBLISHED)
            continue
        with suppress(NoLongerADraft):
            deed(version, author)
            last[version.pk] = FATES[deed]
        assert {each.pk: decision_on(each) for each in versions_of(course)} == last


def test_all_undecided_are_accepted_by_one_write_and_each_is_recorded(author: User) -> None:
    course = make_draft(author, questions=4)
    first, second, third, fourth = versions_of(course)
    accept(first, by=None, at=NOW)
    reject(second, by=None, reason="Trivial.", at=NOW)

    with CaptureQueriesContext(connection) as asked:
        assert accept_all([first, second, third, fourth], by=author, at=LATER) == 2

    assert [decision_on(each) for each in versions_of(course)] == ["accepted", "rejected", "accepted", "accepted"]
    assert [each.reviewed_at for each in versions_of(course)] == [NOW, NOW, LATER, LATER]
    assert verbs(course) == ["accepted a question"] * 2
    assert sum(each["sql"].startswith("UPDATE") for each in asked) == 1
    assert accept_all(versions_of(course), by=author, at=LATER) == 0


def test_nothing_to_accept_is_nothing_done() -> None:
    assert accept_all([], by=make_author(), at=NOW) == 0


class TestTwoPeople:
    @pytest.fixture
    def written(self, course: Course, author: User) -> QuestionVersion:
        """A question in the author's words, in a course that wants two people for each."""
        Course.objects.filter(pk=course.pk).update(two_person_review=True)
        first, _ = versions_of(course)
        QuestionVersion.objects.filter(pk=first.pk).update(written_by=author)
        return QuestionVersion.objects.get(pk=first.pk)

    def test_nobody_accepts_their_own_words_alone(self, course: Course, author: User, written: QuestionVersion) -> None:
        before = stored(course)

        with pytest.raises(NeedsAnotherPerson, match="Ask a colleague to read it"):
            accept(written, by=author, at=NOW)

        assert stored(course) == before
        assert verbs(course) == []

    @pytest.mark.parametrize("who", ["a colleague", "nobody"])
    def test_others_do(self, written: QuestionVersion, who: str) -> None:
        by = make_person() if who == "a colleague" else None

        assert may_accept(written, by=by)
        accept(written, by=by, at=NOW)

        assert decision_on(written) == Decision.ACCEPTED

    def test_all_at_once_leaves_ones_own_out(self, course: Course, author: User, written: QuestionVersion) -> None:
        assert accept_all(versions_of(course), by=author, at=NOW) == 1

        assert [decision_on(each) for each in versions_of(course)] == ["undecided", "accepted"]
        assert accept_all(versions_of(course), by=make_person(), at=NOW) == 1

    def test_what_a_drafter_wrote_is_nobodys_own(self, author: User, course: Course, written: QuestionVersion) -> None:
        _, drafted = versions_of(course)

        assert may_accept(drafted, by=author)
        assert not may_accept(written, by=author)


class TestStoring:
    def news(self, count: int) -> list[NewQuestion]:
        spans = [Span(0, 6), Span(24, 52)]
        return [
            NewQuestion("single_choice", single_choice(f"Question {number}?"), None, spans, key=f"k-{number}")
            for number in range(count)
        ]

    @pytest.mark.parametrize("count", [1, 30])
    def test_four_statements_store_any_number_with_their_evidence(self, count: int) -> None:
        course = make_course()
        revision = course.lessons.select_related("revision").get().revision

        with CaptureQueriesContext(connection) as asked:
            versions = add_questions(course, questions=self.news(count), revision=revision, at=NOW)

        sent = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
        assert (len(versions), len(sent)) == (count, 4)
        assert {version.question.key for version in versions} == {f"k-{number}" for number in range(count)}
        places = Anchor.objects.filter(question=versions[-1].uuid).order_by("ordinal")
        assert list(places.values_list("ordinal", "start", "end")) == [(0, 0, 6), (1, 24, 52)]

    def test_none_are_stored_as_none(self) -> None:
        course = make_course()

        assert add_questions(course, questions=[], revision=course.lessons.get().revision, at=NOW) == []

    def test_without_a_key_each_gets_one_of_its_own(self) -> None:
        course = make_course()
        news = [NewQuestion("single_choice", single_choice(), None, ()) for _ in range(20)]

        add_questions(course, questions=news, revision=course.lessons.get().revision, at=NOW)

        keys = set(Question.objects.values_list("key", flat=True))
        assert len(keys) == 20
        assert all(key.startswith("q-") and len(key) == 14 for key in keys)


def test_learners_were_asked_the_newest_published_wording_of_each_question(course: Course, author: User) -> None:
    first, second = versions_of(course)
    publish_version(first, by=author, at=NOW)
    newer = publish_version(new_version(first, content=OTHER, at=NOW), by=author, at=LATER)
    new_version(newer, content=single_choice("Who pays?"), at=LATER)

    assert asked_in(course) == [newer]

    publish_version(second, by=author, at=NOW)
    assert asked_in(course) == [newer, second]
    assert asked_in(make_course()) == []


@pytest.mark.parametrize(("kind", "title"), [("single_choice", "Who named it?"), ("of-another-time", ""), ("", "")])
def test_a_title_is_one_line_or_nothing(kind: str, title: str) -> None:
    assert title_of(QuestionVersion(kind=kind, content=OTHER)) == title
