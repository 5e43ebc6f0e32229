"""What a grader of free text is told is part of what its grade was made of: the passage, people's grades, trust."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from course.models import Anchor, Passage
from jobs.domain import claim, finish
from quizzes.domain.grading import grade_attempt, inputs_hash
from quizzes.domain.ledger import LEARNED, ledger_of, newest_automatic, reproduced
from quizzes.domain.precedents import NONE, Precedents, precedents_for
from quizzes.domain.regrades import apply_regrade, plan_regrade, undo_regrade
from quizzes.grading.similar.encoder import FEATURE, digest_of, encoder_in
from quizzes.models import Grading, GradingEvent, Issue, Quiz, Response
from tests.factories import NOW, make_course, make_person, make_quiz, single_choice
from tests.quizzes.domain.free_text import (
    CONTENT,
    EVIDENCE,
    QUOTED,
    SURE_RIGHT,
    TEXT,
    UNSURE,
    decide,
    free_text_quiz,
    graded,
    submitted,
    trust,
)
from tests.quizzes.domain.regraded import run_every_job
from tests.quizzes.domain.waiting_answers import Desk
from tests.quizzes.grading.similar.tiny_encoder import fitted, needs_packages, tiny_encoder, with_figure

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def quiz() -> Quiz:
    return free_text_quiz()


def event_of(response: Response) -> GradingEvent:
    return GradingEvent.objects.get(response=response, number=1)


def test_an_answer_copied_from_the_passage_waits_for_a_person_even_where_the_grader_is_trusted(quiz: Quiz) -> None:
    trust(quiz)
    copied, own = graded(quiz, f"{QUOTED}."), graded(quiz, SURE_RIGHT)
    assert (copied.grading, own.grading) == (Grading.PENDING_MANUAL, Grading.GRADED)
    assert "quoted" in event_of(copied).detail["guards"]
    assert "It quotes a long stretch of the passage." in event_of(copied).detail["path"]


def test_a_copy_of_another_passage_is_no_quote_of_this_one(quiz: Quiz) -> None:
    other = make_quiz(make_course(text=TEXT.replace("summers", "winters")), questions=[("short_text", CONTENT)])
    assert "quoted" in event_of(graded(quiz, QUOTED)).detail["guards"]
    assert "quoted" not in event_of(graded(other, QUOTED)).detail["guards"]


def test_the_passage_is_the_paragraph_that_the_evidence_begins_in(quiz: Quiz) -> None:
    response = graded(quiz, SURE_RIGHT)
    known = precedents_for([response])[response.version.question_id]
    assert known.for_version(response.version.uuid).settings == {"automatic_accept": False, "passage": EVIDENCE}
    assert known.for_version(uuid4()).settings == {"automatic_accept": False}


def test_where_the_cleaner_saw_no_passage_the_quote_itself_stands_for_it(quiz: Quiz) -> None:
    Passage.objects.all().delete()
    response = graded(quiz, SURE_RIGHT)
    known = precedents_for([response])[response.version.question_id]
    assert known.passages == {response.version.uuid: Anchor.objects.get().quote}


@pytest.mark.parametrize("answers", [1, 5])
def test_grading_free_text_stays_within_the_statements_of_any_grading(
    answers: int, django_assert_max_num_queries: Any
) -> None:
    kinds = [("short_text", CONTENT)] * answers + [("single_choice", single_choice())] * 5
    quiz = make_quiz(make_course(text=TEXT), questions=kinds)
    job = submitted(quiz, *[SURE_RIGHT] * answers, *["k7"] * 5)
    with django_assert_max_num_queries(14):
        claimed = claim(job.uuid)
        assert claimed is not None
        finish(claimed, grade_attempt(claimed))


def test_what_the_grader_was_told_is_part_of_the_inputs(quiz: Quiz) -> None:
    response = graded(quiz, SURE_RIGHT)
    event, told = event_of(response), event_of(response).detail["told"]
    assert event.inputs_hash == inputs_hash(response, told=told) != inputs_hash(response)
    assert told == precedents_for([response])[response.version.question_id].for_version(response.version.uuid).digest


def test_the_same_answer_told_the_same_has_the_same_inputs(quiz: Quiz) -> None:
    assert event_of(graded(quiz, SURE_RIGHT)).inputs_hash == event_of(graded(quiz, SURE_RIGHT)).inputs_hash


@pytest.mark.parametrize("change", ["a grade", "trust"])
def test_told_something_else_the_inputs_are_others(quiz: Quiz, change: str) -> None:
    before = graded(quiz, "It wrote letters.")
    if change == "trust":
        trust(quiz)
    else:
        decide(before, "0")
    after = graded(quiz, "It wrote songs.")
    assert event_of(before).detail["told"] != event_of(after).detail["told"]


def test_the_encoder_of_the_installation_is_told_and_is_part_of_the_inputs(quiz: Quiz, settings: Any) -> None:
    plain = graded(quiz, "a third less water")
    settings.ENCODER = {"folder": "/srv/encoder", "digest": "0" * 64}
    told = graded(quiz, "a third less water")
    known = precedents_for([told])[told.version.question_id]
    assert known.settings == {"automatic_accept": False, "encoder": settings.ENCODER}
    assert event_of(plain).detail["told"] != event_of(told).detail["told"]


def test_an_encoder_that_cannot_be_used_leaves_the_answer_ungraded_with_the_reason(quiz: Quiz, settings: Any) -> None:
    settings.ENCODER = {"folder": "/nowhere", "digest": "0" * 64}
    response = graded(quiz, SURE_RIGHT)
    assert response.grading == Grading.FAILED
    assert Issue.objects.get().message.startswith("The encoder has no file /nowhere/model.onnx.")


@needs_packages
def test_an_answer_is_graded_with_the_encoder_and_its_grade_names_it(quiz: Quiz, settings: Any, tmp_path: Path) -> None:
    folder = fitted(tiny_encoder(tmp_path / "minute"))
    settings.ENCODER = {"folder": str(folder), "digest": digest_of(folder)}
    event = event_of(graded(quiz, UNSURE))
    assert event.detail["encoder"] == {"name": "minute", "digest": digest_of(folder)}
    assert FEATURE in event.detail["features"]


@needs_packages
def test_an_encoder_that_was_changed_since_grades_nothing_until_its_digest_is_set_anew(
    quiz: Quiz, settings: Any, tmp_path: Path
) -> None:
    folder = fitted(tiny_encoder(tmp_path / "minute"))
    settings.ENCODER = {"folder": str(folder), "digest": digest_of(folder)}
    encoder_in.cache_clear()
    fitted(folder, with_figure(1.0))
    assert graded(quiz, UNSURE).grading == Grading.FAILED
    settings.ENCODER = {"folder": str(folder), "digest": digest_of(folder)}
    assert graded(quiz, UNSURE).grading == Grading.PENDING_MANUAL


def test_graders_that_heed_nothing_hear_of_no_encoder(settings: Any) -> None:
    settings.ENCODER = {"folder": "/nowhere", "digest": "0" * 64}
    desk = Desk()
    desk.answered("the wall")
    known = precedents_for(Response.objects.select_related("version"))
    assert known[desk.question.pk].settings == {"automatic_accept": False}


def test_a_grader_that_knows_its_key_is_told_nothing_and_its_inputs_are_version_and_answer() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    assert "told" not in event_of(response).detail
    assert event_of(response).inputs_hash == inputs_hash(response)


def test_nothing_told_has_no_digest_and_order_within_a_reference_does_not_count() -> None:
    one = Precedents(({"text": "a", "fraction": 1.0},), {"automatic_accept": True})
    same = Precedents(({"fraction": 1.0, "text": "a"},), {"automatic_accept": True})
    assert NONE.digest == NONE.for_version(uuid4()).digest == ""
    assert one.digest == same.digest
    assert len(one.digest) == 64


@pytest.mark.parametrize(
    "other",
    [
        Precedents(({"text": "a", "fraction": 0.5},), {"automatic_accept": True}),
        Precedents(({"text": "b", "fraction": 1.0},), {"automatic_accept": True}),
        Precedents(({"text": "a", "fraction": 1.0},), {"automatic_accept": False}),
        Precedents(({"text": "a", "fraction": 1.0},), {"automatic_accept": True, "passage": "p"}),
        Precedents((), {"automatic_accept": True}),
    ],
)
def test_whatever_differs_changes_the_digest(other: Precedents) -> None:
    assert Precedents(({"text": "a", "fraction": 1.0},), {"automatic_accept": True}).digest != other.digest


def test_the_ledger_says_when_the_grader_would_be_told_something_else(quiz: Quiz) -> None:
    response, other = graded(quiz, SURE_RIGHT), graded(quiz, "It wrote letters.")
    assert [entry.has_learned for entry in ledger_of(response)] == [False]
    decide(other, "0")
    (entry,) = ledger_of(response)
    assert (entry.has_learned, entry.same_inputs) == (True, True)


def test_a_persons_entry_has_nothing_to_learn(quiz: Quiz) -> None:
    response = graded(quiz, "It wrote letters.")
    decide(response, "0")
    assert [entry.has_learned for entry in ledger_of(response)] == [True, False]
    assert [entry.same_inputs for entry in ledger_of(response)] == [True, True]


def test_what_is_told_the_same_is_reproduced(quiz: Quiz) -> None:
    trust(quiz)
    response = graded(quiz, SURE_RIGHT)
    entry = newest_automatic(ledger_of(response))
    assert entry is not None
    again = reproduced(response, entry, at=NOW)
    assert (again.is_same, again.fraction) == (True, Decimal(1))


def test_what_comes_out_otherwise_because_trust_ended_is_told_so(quiz: Quiz) -> None:
    trust(quiz)
    response = graded(quiz, SURE_RIGHT)
    trust(quiz, is_on=False)
    entry = newest_automatic(ledger_of(response))
    assert entry is not None
    again = reproduced(response, entry, at=NOW)
    assert (again.is_same, again.fraction, again.said) == (False, None, LEARNED)


def test_a_regrade_and_its_undoing_keep_what_each_grading_was_told(quiz: Quiz) -> None:
    response, other = graded(quiz, UNSURE), graded(quiz, UNSURE)
    decide(other, "1")
    run = plan_regrade(quiz.course, quiz=quiz, reason="People know more now.", actor=make_person(), hint=False)
    run_every_job("plan_regrade")
    apply_regrade(run, actor=make_person(), hint=False)
    run_every_job("apply_regrade")
    undo_regrade(run, actor=make_person(), hint=False)
    run_every_job("undo_regrade")
    entries = ledger_of(response)
    assert [entry.fraction for entry in entries] == [None, Decimal(1), None]
    assert [entry.same_inputs for entry in entries] == [True, True, True]
    assert [entry.has_learned for entry in entries] == [True, False, True]


def test_a_ledger_of_free_text_costs_four_queries_and_any_other_one(quiz: Quiz, django_assert_num_queries: Any) -> None:
    response, choice = graded(quiz, SURE_RIGHT), graded(make_quiz(make_course(), questions=1), "k7")
    with django_assert_num_queries(4):
        ledger_of(response)
    with django_assert_num_queries(1):
        ledger_of(choice)
