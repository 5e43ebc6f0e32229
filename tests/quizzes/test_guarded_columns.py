"""Column by column, what the database keeps from changing in quizzes, and what may still change."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, models, transaction

from course.guards import install
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.versions import new_version
from quizzes.guards import QUIZ_GUARDS
from quizzes.memory import Rating, recalled
from quizzes.models import (
    AnswerEvent,
    Card,
    GradingEvent,
    ModelDraft,
    Provider,
    QuestionVersion,
    Recall,
    Response,
    VersionState,
)
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)
FROZEN = "A published question version is frozen; edit a new version."
GRADED = "A grading event is never changed; append a new one."
ANSWERED = "An answer event is never changed, only erased."
RECALLED = "A recall is never changed; recall it once more."
DRAFTED = "Which model drafted a wording is never changed."


@pytest.fixture(autouse=True)
def history() -> None:
    """Two questions, the first answered, graded, recalled and drafted by a model."""
    course = make_course()
    attempt = start_attempt(make_quiz(course, questions=2), enrollment=make_enrollment(course), at=NOW)
    save_answer(attempt, given=GivenAnswer(1, "k7", 0, client_key=UUID(int=1)), at=NOW)
    submit_attempt(attempt, at=NOW)
    run_job(Job.objects.get().uuid)
    first, second = QuestionVersion.objects.order_by("pk")
    cards = [Card(enrollment=attempt.enrollment, question=each.question) for each in (first, second)]
    for card in cards:
        card.remember(recalled(None, Rating.GOOD, at=NOW), 1)
        card.save()
    Recall.objects.create(card=cards[0], number=1, rating=Rating.GOOD, at=NOW)
    ModelDraft.objects.create(version=first, provider=Provider.OPENAI, model="small", prompt_hash="a" * 64)


def changed(model: type[models.Model], /, **fields: Any) -> None:
    """The first row of the model, changed by hand."""
    with transaction.atomic():
        row = model._default_manager.order_by("pk")[0]
        model._default_manager.filter(pk=row.pk).update(**fields)


def other_response() -> Response:
    return Response.objects.order_by("pk")[1]


@pytest.mark.parametrize(
    ("model", "fields", "message"),
    [
        (QuestionVersion, {"content": single_choice("Another?")}, FROZEN),
        (QuestionVersion, {"kind": "true_false"}, FROZEN),
        (QuestionVersion, {"number": 7}, FROZEN),
        (GradingEvent, {"fraction": Decimal("0.5")}, GRADED),
        (GradingEvent, {"fraction": None}, GRADED),
        (GradingEvent, {"number": 7}, GRADED),
        (GradingEvent, {"grader": "person"}, GRADED),
        (GradingEvent, {"cause": UUID(int=7)}, GRADED),
        (GradingEvent, {"cause_kind": "manual"}, GRADED),
        (GradingEvent, {"inputs_hash": "0" * 64}, GRADED),
        (GradingEvent, {"at": LATER}, GRADED),
        (GradingEvent, {"feedback": "Otherwise."}, GRADED),
        (GradingEvent, {"detail": {"by": "hand"}}, GRADED),
        (AnswerEvent, {"answer": "m2"}, ANSWERED),
        (AnswerEvent, {"answer": ""}, ANSWERED),
        (AnswerEvent, {"sequence": 7}, ANSWERED),
        (AnswerEvent, {"client_key": UUID(int=7)}, ANSWERED),
        (AnswerEvent, {"client_key": None}, ANSWERED),
        (AnswerEvent, {"at": LATER}, ANSWERED),
        (Recall, {"rating": 1}, RECALLED),
        (Recall, {"number": 2}, RECALLED),
        (Recall, {"at": LATER}, RECALLED),
        (ModelDraft, {"model": "large"}, DRAFTED),
        (ModelDraft, {"provider": Provider.ANTHROPIC}, DRAFTED),
        (ModelDraft, {"prompt_hash": "b" * 64}, DRAFTED),
    ],
    ids=lambda value: (
        value.__name__ if isinstance(value, type) else ", ".join(value) if isinstance(value, dict) else ""
    ),
)
def test_a_kept_column_is_not_changed(model: type[models.Model], fields: dict[str, Any], message: str) -> None:
    before = list(model._default_manager.order_by("pk").values())

    with pytest.raises(DatabaseError, match=message):
        changed(model, **fields)

    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize(("model", "message"), [(GradingEvent, GRADED), (AnswerEvent, ANSWERED)])
def test_an_event_stays_with_its_response(model: type[models.Model], message: str) -> None:
    with pytest.raises(DatabaseError, match=message):
        changed(model, response=other_response())


def test_a_recall_stays_with_its_card_and_goes_with_it() -> None:
    card = Card.objects.order_by("pk")[1]

    with pytest.raises(DatabaseError, match=RECALLED):
        changed(Recall, card=card)

    Card.objects.all().delete()
    assert not Recall.objects.exists()


def test_a_published_wording_stays_with_its_question() -> None:
    other = QuestionVersion.objects.order_by("pk")[1].question

    with pytest.raises(DatabaseError, match=FROZEN):
        changed(QuestionVersion, question=other, number=2)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (QuestionVersion, {"state": VersionState.RETIRED}),
        (QuestionVersion, {"review_note": "Once more."}),
        (QuestionVersion, {"reviewed_by": None}),
        (GradingEvent, {"actor": None}),
        (GradingEvent, {"feedback": ""}),
        (GradingEvent, {"detail": {}}),
        (GradingEvent, {"feedback": "", "detail": {}}),
        (AnswerEvent, {"answer": None}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else ", ".join(value),
)
def test_what_may_change_does_and_words_are_erased(model: type[models.Model], fields: dict[str, Any]) -> None:
    changed(model, **fields)

    row = model._default_manager.order_by("pk")[0]
    assert {name: getattr(row, name) for name in fields} == fields


def test_what_was_erased_does_not_come_back() -> None:
    changed(AnswerEvent, answer=None)

    with pytest.raises(DatabaseError, match=ANSWERED):
        changed(AnswerEvent, answer="k7")


def test_a_draft_is_written_as_often_as_one_likes() -> None:
    draft = new_version(QuestionVersion.objects.order_by("pk")[0], content=single_choice("Another?"), at=NOW)

    QuestionVersion.objects.filter(pk=draft.pk).update(content=single_choice("Once more?"), kind="multiple_choice")

    draft.refresh_from_db()
    assert (draft.kind, draft.content["stem"]) == ("multiple_choice", "Once more?")


def test_a_retired_wording_that_was_published_is_frozen_and_one_that_never_was_is_not() -> None:
    published = QuestionVersion.objects.order_by("pk")[0]
    draft = new_version(published, content=single_choice("Another?"), at=NOW)
    QuestionVersion.objects.filter(pk__in=[published.pk, draft.pk]).update(state=VersionState.RETIRED)

    QuestionVersion.objects.filter(pk=draft.pk).update(content={})
    with pytest.raises(DatabaseError, match=FROZEN):
        changed(QuestionVersion, content={})


def test_the_same_values_again_are_no_change() -> None:
    event = GradingEvent.objects.order_by("pk")[0]

    GradingEvent.objects.filter(pk=event.pk).update(fraction=event.fraction, at=event.at, detail=event.detail)

    assert GradingEvent.objects.values().get(pk=event.pk)["fraction"] == event.fraction


def test_a_person_who_graded_is_forgotten_and_the_grade_stays() -> None:
    person = make_person()
    event = GradingEvent.objects.order_by("pk")[0]
    GradingEvent.objects.filter(pk=event.pk).update(actor=person)

    person.delete()

    kept = GradingEvent.objects.get(pk=event.pk)
    assert (kept.actor, kept.fraction) == (None, event.fraction)


def test_guards_stand_once_however_often_they_are_installed() -> None:
    for _ in range(3):
        install(connection, QUIZ_GUARDS)

    with pytest.raises(DatabaseError, match=GRADED):
        changed(GradingEvent, number=7)
    changed(AnswerEvent, answer=None)


def test_every_guard_names_a_table_of_its_own_and_refuses_in_a_sentence() -> None:
    tables = connection.introspection.table_names()

    assert len({guard.table for guard in QUIZ_GUARDS}) == len(QUIZ_GUARDS)
    assert {guard.table for guard in QUIZ_GUARDS} <= set(tables)
    assert all(guard.message.endswith(".") and "'" not in guard.message for guard in QUIZ_GUARDS)
