"""`manage.py why` prints the grade that stands, its reasons, and whether it comes out the same once more."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from quizzes.domain.attempts import start_attempt
from quizzes.domain.ledger import LEARNED
from quizzes.grading.similar.encoder import digest_of
from quizzes.models import GradingEvent, Response
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.free_text import SURE_RIGHT, UNSURE, decide, free_text_quiz, graded, trust
from tests.quizzes.grading.similar.tiny_encoder import fitted, needs_packages, tiny_encoder

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def why(response: Response, *arguments: str) -> tuple[str, int]:
    """What the command prints for the response, and its exit code."""
    out = StringIO()
    try:
        call_command("why", str(response.attempt.uuid), str(response.position), *arguments, stdout=out)
    except SystemExit as stopped:
        return out.getvalue(), int(str(stopped.code))
    return out.getvalue(), 0


def why_json(response: Response) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(why(response, "--json")[0])
    return found


def test_a_rules_grade_is_told_with_its_cause_and_is_the_same() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    printed, code = why(response)
    assert code == 0
    first, answer, grade, *_, last = printed.splitlines()
    assert first == "Answer 1, single_choice, version 1 of its question:"
    assert answer == '  "k7"'
    at = GradingEvent.objects.get().at
    assert grade == f"1.000000 of 1, graded after submitting (single_choice@1, {at:%Y-%m-%d %H:%M:%S} UTC)"
    assert last == "same: Graded once more, it is the same."


def test_a_grader_of_free_text_shows_its_suggestion_its_guards_and_every_feature() -> None:
    response = graded(free_text_quiz(), f"not {SURE_RIGHT}")
    detail = GradingEvent.objects.get().detail
    printed, _ = why(response)
    assert f"  suggestion: 1, probability {detail['suggestion']['probability']:g}" in printed
    assert "  guards that object: negation" in printed
    assert "  It denies what the nearest model answer says, or the other way round." in printed
    for name, value in detail["features"].items():
        assert f"  {name} = {value:g}" in printed
    assert "sentence encoder" not in printed


@needs_packages
def test_a_grade_with_a_sentence_encoder_shows_which_one(settings: Any, tmp_path: Path) -> None:
    folder = fitted(tiny_encoder(tmp_path / "minute"))
    settings.ENCODER = {"folder": str(folder), "digest": digest_of(folder)}
    printed, code = why(graded(free_text_quiz(), UNSURE))
    assert code == 0
    assert f"  sentence encoder: minute, digest {digest_of(folder)}" in printed


def test_what_differs_is_told_with_its_cause_and_what_it_would_be_and_exits_with_one() -> None:
    quiz = free_text_quiz()
    trust(quiz)
    response = graded(quiz, SURE_RIGHT)
    trust(quiz, is_on=False)
    printed, code = why(response)
    assert code == 1
    told, last = printed.splitlines()[-2:]
    assert told == "Its grader would be told something else today than it was told then."
    assert last == f"differs because: {LEARNED} It would be without a fraction now."


def test_a_persons_grade_is_told_with_who_gave_it() -> None:
    response = graded(free_text_quiz(), UNSURE)
    decide(response, "0.5")
    grader = GradingEvent.objects.get(number=2).actor
    printed, code = why(response)
    assert code == 0
    assert f"0.500000 of 1, graded by a person by {grader} (" in printed
    assert printed.splitlines()[-1] == "A person decided: there is nothing to do once more."


def test_programs_get_the_same_as_one_object() -> None:
    response = graded(free_text_quiz(), UNSURE)
    event = GradingEvent.objects.get()
    assert why_json(response) == {
        "attempt": str(response.attempt.uuid),
        "position": 1,
        "kind": "short_text",
        "version": 1,
        "answer": UNSURE,
        "grading": "pending_manual",
        "grade": {
            "number": 1,
            "at": event.at.isoformat(),
            "cause": "graded after submitting",
            "grader": "similarity@4",
            "by": "",
            "fraction": None,
            "feedback": "",
            "reason": "",
            "path": event.detail["path"],
            "detail": event.detail,
            "same_inputs": True,
            "told_something_else_since": False,
        },
        "again": {"same": True, "fraction": None, "said": "Graded once more, it is the same."},
    }


def test_a_persons_grade_has_no_again_for_programs() -> None:
    response = graded(free_text_quiz(), UNSURE)
    decide(response, "0.5")
    found = why_json(response)
    assert (found["grade"]["fraction"], found["again"]) == (0.5, None)


def test_changed_inputs_are_told() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    Response.objects.update(answer="m2")
    printed, code = why(response)
    assert code == 1
    assert "Its inputs are not those that were kept." in printed


@pytest.mark.parametrize("position", ["0", "2", "-1"])
def test_a_position_that_is_not_there_is_one_clear_line(position: str) -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    with pytest.raises(CommandError, match=rf"There is no answer {position} of an attempt") as refused:
        call_command("why", str(response.attempt.uuid), "--", position)
    assert refused.value.returncode == 2


def test_an_attempt_that_is_not_there_is_one_clear_line() -> None:
    unknown = uuid4()
    with pytest.raises(CommandError, match=f"There is no answer 1 of an attempt {unknown}") as refused:
        call_command("why", str(unknown), "1")
    assert refused.value.returncode == 2


def test_what_was_not_graded_yet_is_one_clear_line() -> None:
    quiz = make_quiz(make_course(), questions=1)
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)
    with pytest.raises(CommandError, match="was not graded yet") as refused:
        call_command("why", str(attempt.uuid), "1")
    assert refused.value.returncode == 2
