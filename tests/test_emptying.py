"""Between two tests a database of tests is empty, and refuses afterwards what it refused before."""

from __future__ import annotations

import pytest
from django.core.management.color import no_style
from django.core.management.sql import sql_flush
from django.db import DatabaseError, connection, transaction

from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.models import Attempt, QuestionVersion
from tests.emptying import deletions
from tests.factories import make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.database]


def make_attempt() -> Attempt:
    quiz = make_quiz(make_course())
    return start_attempt(quiz, enrollment=make_enrollment(quiz.course))


def test_what_is_frozen_goes_with_all_other_rows() -> None:
    submit_attempt(make_attempt())

    connection.ops.execute_sql_flush(sql_flush(no_style(), connection))

    left = [model._meta.label for model in (Attempt, QuestionVersion) if model.objects.exists()]
    assert left == []


def test_what_is_frozen_stays_so_in_the_next_test() -> None:
    connection.ops.execute_sql_flush(sql_flush(no_style(), connection))
    attempt = make_attempt()
    version = QuestionVersion.objects.filter(responses__attempt=attempt).first()
    assert version is not None

    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).update(content={})


def test_without_tables_there_is_nothing_to_do() -> None:
    assert deletions(no_style(), []) == []
