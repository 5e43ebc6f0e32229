"""A question judged on the spot: as a graded one, and nothing of it stored."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from course.domain.anchors import Place
from course.models import AnchorStatus
from quizzes.domain.on_the_spot import judged_on_the_spot, practised
from quizzes.errors import CannotCheck
from quizzes.models import GradingEvent, QuestionVersion, Response
from quizzes.questions import kinds, question_type
from tests.factories import make_course, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PLACE = Place("The upper town built a wall.", 0, 28, AnchorStatus.EXACT, "walls", "Walls", 0)
BY_RULES = [kind.kind for kind in kinds() if kind.grader == "rules"]


def version() -> QuestionVersion:
    make_quiz(make_course(), questions=1)
    return QuestionVersion.objects.select_related("question__concept").get()


@pytest.mark.parametrize(("raw", "verdict", "fraction"), [("k7", "right", Decimal(1)), ("m2", "not right", Decimal(0))])
def test_it_has_verdict_key_and_evidence(raw: str, verdict: str, fraction: Decimal) -> None:
    judged = judged_on_the_spot(practised(version(), seed=3, concept=""), raw=raw, evidence=(PLACE,))

    assert (judged.verdict, judged.fraction, judged.evidence) == (verdict, fraction, (PLACE,))
    assert judged.parts is not None
    assert not Response.objects.exists()
    assert not GradingEvent.objects.exists()


@pytest.mark.parametrize("raw", [None, "", "   ", [], {}])
def test_nothing_is_no_answer(raw: Any) -> None:
    with pytest.raises(CannotCheck):
        judged_on_the_spot(practised(version(), seed=3, concept=""), raw=raw)


@pytest.mark.parametrize("seed", range(5))
def test_the_options_stand_in_the_verdict_as_they_were_asked(seed: int) -> None:
    question = practised(version(), seed=seed, concept="")

    judged = judged_on_the_spot(question, raw="k7")

    assert judged.presentation == question.presentation


@pytest.mark.parametrize("kind", BY_RULES)
def test_the_model_answer_of_every_kind_is_right(kind: str) -> None:
    stored = version()
    known = question_type(kind)
    stored.kind, stored.content = kind, next(iter(known.examples())).content
    right = known.model_answer(stored.content)

    judged = judged_on_the_spot(practised(stored, seed=1, concept="walls"), raw=right)

    assert (judged.verdict, judged.fraction) == ("right", Decimal(1))
