"""The settings of a quiz."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.audit import history
from course.models import Enrollment
from quizzes.domain.attempts import start_attempt
from quizzes.domain.deadlines import deadline_of, window_of
from quizzes.domain.quiz_settings import LAST_YEAR, SETTINGS, SettingsRefused, change_settings, settings_problems
from quizzes.late_credit import MOST_HOURS
from quizzes.models import Attempt, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_every_field_of_a_quiz_but_its_place_and_name_is_a_setting() -> None:
    placed = {"id", "uuid", "course", "lesson", "slug", "position", "archived_at"}

    assert {field.name for field in Quiz._meta.local_fields} - placed == set(SETTINGS)


def test_what_is_changed_is_kept_and_the_audit_log_says_who_did() -> None:
    quiz, actor = make_quiz(make_course()), make_person()

    changed = change_settings(quiz, changes={"tries_allowed": 3, "shuffle": True, "mode": quiz.mode}, actor=actor)

    quiz.refresh_from_db()
    assert (quiz.tries_allowed, quiz.shuffle) == (changed.tries_allowed, changed.shuffle) == (3, True)
    entry = history(f"quiz:{quiz.uuid}").get()
    assert (entry.actor, entry.verb) == (actor, "changed settings")
    assert entry.detail["settings"] == ["shuffle", "tries_allowed"]
    kept = [entry.detail[when]["settings"] for when in ("before", "after")]
    assert [(each["shuffle"], each["tries_allowed"]) for each in kept] == [(False, None), (True, 3)]


def test_nothing_changed_is_not_recorded() -> None:
    quiz = make_quiz(make_course())

    change_settings(quiz, changes={"mode": quiz.mode, "slug": "elsewhere"}, actor=None)

    assert not history(f"quiz:{quiz.uuid}").exists()
    assert Quiz.objects.get(pk=quiz.pk).slug == quiz.slug


@pytest.mark.parametrize(("limit", "minutes"), [(1200, 20), (300, 10), (None, 10)])
def test_more_time_reaches_who_is_answering_and_less_never_does(limit: int | None, minutes: int) -> None:
    quiz = make_quiz(make_course(), time_limit_seconds=600)
    start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)

    change_settings(quiz, changes={"time_limit_seconds": limit}, actor=None)

    assert Attempt.objects.get().deadline_at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": "  "}, ["title"]),
        ({"time_limit_seconds": 0}, ["time_limit_seconds"]),
        ({"attempts_allowed": 0, "tries_allowed": 0}, ["attempts_allowed", "tries_allowed"]),
        ({"pass_fraction": Decimal("1.1")}, ["pass_fraction"]),
        ({"try_penalty": Decimal(-1), "hint_penalty": Decimal(2)}, ["try_penalty", "hint_penalty"]),
        ({"opens_at": NOW, "closes_at": NOW}, ["closes_at"]),
        ({"opens_at": NOW.replace(year=3000)}, ["opens_at"]),
        ({"closes_at": datetime.max.replace(tzinfo=UTC)}, ["closes_at"]),
        ({"late_credit": [{"hours": 1, "credit": 1}]}, ["late_credit"]),
        ({"late_credit": "x", "closes_at": NOW}, ["late_credit"]),
        ({"practice_after_close": True}, ["practice_after_close"]),
        ({"mastery_right": 3}, ["mastery_of"]),
        ({"mastery_right": 3, "mastery_of": 2}, ["mastery_of"]),
        ({"mastery_right": 0, "mastery_of": 2}, ["mastery_of"]),
        ({"feedback_policy": {"soon": []}}, ["feedback_policy"]),
    ],
)
def test_what_contradicts_itself_is_refused_with_all_that_is_wrong(fields: dict[str, Any], where: list[str]) -> None:
    quiz = make_quiz(make_course())

    with pytest.raises(SettingsRefused) as refused:
        change_settings(quiz, changes=fields, actor=None)

    assert [field for field, _ in refused.value.problems] == where
    assert all(message.endswith(".") for _, message in refused.value.problems)
    kept = Quiz.objects.get(pk=quiz.pk)
    assert [getattr(kept, name) for name in fields] == [getattr(quiz, name) for name in fields]


def test_the_last_closing_there_is_leaves_room_for_everybody_who_has_more_time() -> None:
    last = datetime(LAST_YEAR, 12, 31, 23, 59, 59, tzinfo=UTC)
    late = [{"hours": MOST_HOURS, "credit": 0}]
    quiz = Quiz(title="The wall", closes_at=last, late_credit=late, time_limit_seconds=2**31 - 1)

    assert settings_problems(quiz) == []
    window = window_of(quiz, Enrollment(time_factor=Decimal(10), extra_days=366))
    assert window.ends_at == last + timedelta(days=366, hours=MOST_HOURS)
    assert deadline_of(window, last) is not None


numbers = st.none() | st.integers(-(10**6), 10**6)
shares = st.none() | st.decimals(-2, 2, places=2)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
anything = st.none() | st.integers() | st.text(max_size=5) | st.lists(st.dictionaries(st.text(max_size=5), st.floats()))


@given(
    st.fixed_dictionaries(
        {
            "title": st.text(max_size=3),
            "time_limit_seconds": numbers,
            "attempts_allowed": numbers,
            "tries_allowed": numbers,
            "mastery_right": numbers,
            "mastery_of": numbers,
            "pass_fraction": shares,
            "try_penalty": shares,
            "hint_penalty": shares,
            "opens_at": moments,
            "closes_at": moments,
            "practice_after_close": st.booleans(),
            "late_credit": anything,
            "feedback_policy": anything,
        }
    )
)
def test_whatever_is_proposed_is_sound_or_told_with_the_field_and_a_sentence(fields: dict[str, Any]) -> None:
    quiz = Quiz(**fields)
    problems = settings_problems(quiz)

    assert {field for field, _ in problems} <= set(fields)
    assert all(message.endswith(".") for _, message in problems)
    if not {"opens_at", "closes_at", "late_credit"} & {field for field, _ in problems}:
        for enrollment in (None, Enrollment(time_factor=Decimal(10), extra_days=366)):
            window_of(quiz, enrollment).is_over(NOW)


def test_a_plain_quiz_has_no_problem() -> None:
    assert settings_problems(Quiz(title="The wall")) == []
