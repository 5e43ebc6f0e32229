from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.domain.asked_versions import AUTHORING, with_version
from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt, QuestionVersion, Response
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def attempt() -> Attempt:
    course = make_course()
    return start_attempt(make_quiz(course, questions=3), enrollment=make_enrollment(course), at=NOW)


def test_what_is_asked_and_graded_comes_with_one_statement(attempt: Attempt) -> None:
    with CaptureQueriesContext(connection) as sent:
        found = list(with_version(Response.objects.filter(attempt=attempt)).order_by("position"))
        told = [(each.version.kind, each.version.content["stem"], each.version.number) for each in found]
    assert len(sent) == 1
    assert told == [
        (version.kind, version.content["stem"], version.number)
        for version in QuestionVersion.objects.filter(responses__attempt=attempt).order_by("responses__position")
    ]


@pytest.mark.parametrize("name", AUTHORING)
def test_what_only_authors_look_at_is_there_when_it_is_asked_for(attempt: Attempt, name: str) -> None:
    response = with_version(Response.objects.filter(attempt=attempt)).first()
    assert response is not None
    whole = QuestionVersion.objects.get(pk=response.version_id)
    with CaptureQueriesContext(connection) as sent:
        assert getattr(response.version, name) == getattr(whole, name)
    assert len(sent) == 1 + (name.endswith("_by") and getattr(whole, name) is not None)
