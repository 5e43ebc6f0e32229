"""What a row of quizzes says of itself, in which order rows come, and what goes with a row that is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model, ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory import Memory, Rating, recalled
from quizzes.models import (
    Appeal,
    Attempt,
    Audit,
    Card,
    Question,
    QuestionVersion,
    QuizItem,
    RegradeRun,
    Response,
    RubricItem,
    SavedComment,
    SearchText,
    VersionState,
)
from tests.factories import NOW
from tests.quizzes.models.scene import rows
from tests.rules_of_tables import changed

DAY = timedelta(days=1)


@pytest.fixture
def scene() -> dict[str, Any]:
    return rows()


SAID: Mapping[str, str] = {
    "quiz": "The wall, checked",
    "tag": "walls",
    "version": "single_choice, version 1",
    "draft": "single_choice, version 2",
    "run": "regrade run, planning",
    "appeal": "appeal, open",
    "audit": "audit, open",
    "trust": "1 of 2 agreed",
    "rubric item": "Says why",
    "comment": "See part 2.",
    "waiver": "option_lengths waived",
    "line": "1 to None",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SAID)
def test_a_row_says_what_it_is(scene: dict[str, Any], name: str) -> None:
    assert str(scene[name]) == SAID[name]


@pytest.mark.django_db
def test_no_row_says_more_of_a_learner_than_a_number(scene: dict[str, Any]) -> None:
    """What a row says of itself ends up in logs and in the pages of administrators."""
    person: Any = scene["other person"]
    private = {person.email, person.name, "It is right.", "a"}
    told = {name: str(row) for name, row in scene.items() if row._meta.app_label == "quizzes"}
    assert {name: words for name, words in told.items() if words in private or person.email in words} == {}
    assert [name for name, words in told.items() if not words.strip()] == []


@pytest.mark.django_db
def test_what_is_found_by_is_told_shortened(scene: dict[str, Any]) -> None:
    version: Any = scene["version"]
    SearchText.objects.filter(version=version).delete()
    assert str(SearchText.objects.create(version=version, text="word " * 40)) == ("word " * 12)


ORDERED: Mapping[str, tuple[type[Model], str, list[Any]]] = {
    "versions of a question": (QuestionVersion, "number", [1, 2]),
    "items of a quiz": (QuizItem, "position", [1, 2]),
    "answers of an attempt": (Response, "position", [1, 2]),
    "a rubric": (RubricItem, "position", [1, 2]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ORDERED)
def test_rows_come_in_the_order_in_which_they_are_read(scene: dict[str, Any], name: str) -> None:
    model, field, values = ORDERED[name]
    holder = {"item": {"quiz": scene["quiz"]}, "response": {"attempt": scene["attempt"]}}
    owned: Any = {
        QuestionVersion: {"question": scene["question"]},
        QuizItem: holder["item"],
        Response: holder["response"],
        RubricItem: {"question": scene["question"]},
    }[model]
    assert list(model._default_manager.filter(**owned).values_list(field, flat=True)) == values


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "model", "newest_first"),
    [("attempt", Attempt, True), ("run", RegradeRun, True), ("comment", SavedComment, True), ("appeal", Appeal, False)],
)
def test_what_came_last_comes_first_where_people_look_for_the_latest(
    scene: dict[str, Any], name: str, model: type[Model], newest_first: bool
) -> None:
    first: Any = scene[name]
    changes: dict[str, dict[str, Any]] = {
        "attempt": {"number": 2, "state": "void", "started_at": NOW + DAY},
        "run": {},
        "comment": {"text": "Another."},
        "appeal": {"state": "declined", "decided_at": NOW},
    }
    later = changed(first, changes[name], scene.__getitem__)
    later.save(force_insert=True)
    found = [row.pk for row in model._default_manager.filter(pk__in=[first.pk, later.pk])]
    assert found == ([later.pk, first.pk] if newest_first else [first.pk, later.pk])


ACCEPTED = [
    (VersionState.DRAFT, None, False),
    (VersionState.DRAFT, NOW, True),
    (VersionState.IN_REVIEW, None, False),
    (VersionState.IN_REVIEW, NOW, True),
    (VersionState.PUBLISHED, NOW, True),
    (VersionState.RETIRED, NOW, False),
    (VersionState.RETIRED, None, False),
]


@pytest.mark.parametrize(("state", "reviewed_at", "is_accepted"), ACCEPTED)
def test_a_wording_is_accepted_once_somebody_reviewed_it_and_while_it_is_not_retired(
    state: VersionState, reviewed_at: Any, is_accepted: bool
) -> None:
    assert QuestionVersion(state=state, reviewed_at=reviewed_at).is_accepted is is_accepted


ratings = st.lists(st.sampled_from(Rating), min_size=1, max_size=8)


def remembered(given: list[Rating]) -> Memory:
    memory: Memory | None = None
    for day, rating in enumerate(given):
        memory = recalled(memory, rating, at=NOW + day * DAY)
    assert memory is not None
    return memory


@given(ratings)
def test_a_card_gives_back_the_memory_it_was_given(given: list[Rating]) -> None:
    card, memory = Card(), remembered(given)
    card.remember(memory, len(given))
    assert (card.memory, card.recalls_made) == (memory, len(given))
    card.remember(None, 0)
    assert (card.memory, card.recalls_made, card.step) == (None, 0, None)


@pytest.mark.parametrize("missing", ["phase", "stability", "difficulty", "recalled_at", "due_at"])
def test_a_card_that_lacks_any_part_of_its_memory_has_none(missing: str) -> None:
    card = Card()
    card.remember(remembered([Rating.GOOD]), 1)
    setattr(card, missing, None)
    assert card.memory is None


@pytest.mark.django_db
@given(given=ratings)
def test_a_stored_memory_is_the_same_on_either_database(given: list[Rating]) -> None:
    """Whoever is told the next interval is told it of what was stored, to the last bit."""
    memory = remembered(given)
    with connection.cursor() as cursor:
        kind = "REAL" if connection.vendor == "sqlite" else "double precision"
        cursor.execute(f"SELECT CAST(%s AS {kind}), CAST(%s AS {kind})", [memory.stability, memory.difficulty])
        assert cursor.fetchone() == (memory.stability, memory.difficulty)


PROTECTED = {
    "quiz": "an attempt at it",
    "version": "an answer to it",
    "other version": "an answer to it",
    "rubric item": "a grade that it stands on",
    "enrollment": "an attempt of its learner",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PROTECTED)
def test_what_answers_or_grades_rest_on_cannot_be_deleted(scene: dict[str, Any], name: str) -> None:
    with pytest.raises(ProtectedError):
        scene[name].delete()
    assert type(scene[name])._default_manager.filter(pk=scene[name].pk).exists()


GONE = {
    "attempt": {
        "quizzes.Attempt": 1, "quizzes.Response": 2, "quizzes.AnswerEvent": 1, "quizzes.GradingEvent": 1,
        "quizzes.Appeal": 1, "quizzes.Audit": 1, "quizzes.RegradeLine": 1, "quizzes.RubricMark": 1,
    },
    "run": {"quizzes.RegradeRun": 1, "quizzes.RegradeLine": 1},
    "card": {"quizzes.Card": 1, "quizzes.Recall": 1},
    "tag": {"quizzes.QuestionTag": 1},
    "draft": {"quizzes.QuestionVersion": 1},
    "extension": {"quizzes.Extension": 1},
    "other rubric item": {"quizzes.RubricItem": 1},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", GONE)
def test_with_a_row_goes_what_is_nothing_without_it_and_no_more(scene: dict[str, Any], name: str) -> None:
    _, gone = scene[name].delete()
    assert gone == GONE[name]


@pytest.mark.django_db
def test_a_question_outlives_its_concept_and_an_answer_its_place_in_the_quiz(scene: dict[str, Any]) -> None:
    question, response, item = (scene[name] for name in ("question", "response", "item"))
    Question.objects.filter(pk=question.pk).update(concept=scene["concept"])
    scene["concept"].delete()
    item.delete()
    for row in (question, response):
        row.refresh_from_db()
    assert isinstance(question, Question)
    assert isinstance(response, Response)
    assert (question.concept, response.item) == (None, None)


@pytest.mark.django_db
def test_a_decision_outlives_who_decided(scene: dict[str, Any]) -> None:
    grader: Any = scene["other person"]
    Audit.objects.update(state="confirmed", decided_by=grader, decided_at=NOW)
    Appeal.objects.update(state="declined", decided_by=grader, decided_at=NOW)
    Attempt.objects.filter(enrollment__user=grader).delete()
    grader.delete()
    assert [(each.decided_by, each.decided_at) for each in (Audit.objects.get(), Appeal.objects.get())] == [
        (None, NOW)
    ] * 2


def models_of(app: str) -> list[type[Model]]:
    return list(apps.get_app_config(app).get_models())


@pytest.mark.parametrize("model", [*models_of("quizzes"), *models_of("course")], ids=lambda model: model.__name__)
def test_who_did_it_may_leave_and_what_was_done_stays(model: type[Model]) -> None:
    """Only what is a person's own goes with them: their part in a course, and their goal."""
    own = {("Enrollment", "user"), ("WeeklyGoal", "user")}
    fields: list[Any] = list(model._meta.fields)
    for field in fields:
        if field.related_model is not None and field.related_model._meta.label == "accounts.User":
            rule = field.remote_field.on_delete.__name__
            assert rule == ("CASCADE" if (model.__name__, field.name) in own else "SET_NULL"), field.name
            assert field.null or rule == "CASCADE"


@pytest.mark.parametrize("model", [*models_of("quizzes"), *models_of("course")], ids=lambda model: model.__name__)
def test_what_leaves_the_process_has_a_name_that_cannot_be_guessed(model: type[Model]) -> None:
    fields = {field.name: field for field in model._meta.fields}
    if "uuid" in fields:
        uuid: Any = fields["uuid"]
        assert uuid.unique
        assert not uuid.editable
        assert uuid.default() != uuid.default()


@pytest.mark.parametrize("model", [*models_of("quizzes"), *models_of("course")], ids=lambda model: model.__name__)
def test_every_fraction_is_kept_to_six_places_and_every_rule_has_a_name_that_says_it(model: type[Model]) -> None:
    for field in model._meta.fields:
        if field.name in {"fraction", "credit", "mastery", "pass_fraction"}:
            assert (getattr(field, "max_digits"), getattr(field, "decimal_places")) == (7, 6)  # noqa: B009 -- only a decimal field has them
    names = [rule.name for rule in model._meta.constraints]
    assert [name for name in names if len(name) > 60 or not name.replace("_", "").isalnum() or "_" not in name] == []
