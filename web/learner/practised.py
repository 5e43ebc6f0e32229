"""A question practised on its page: asked, and after a POST judged on the spot, or asked again with what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from course.domain.anchors import places_of_evidence
from quizzes.domain.on_the_spot import PractisedQuestion, judged_on_the_spot
from quizzes.errors import CannotCheck
from web.learner.asking import asked, item_of
from web.learner.forms import answer_at
from web.learner.reviewing import reviewed


def asked_or_judged(request: HttpRequest, question: PractisedQuestion) -> dict[str, Any]:
    """`question` as it is asked, with the problem of an answer that says nothing; or `judged` with its proof."""
    if request.method != "POST":
        return {"question": asked(item_of(question, None))}
    raw = answer_at(request.POST, 1).raw
    version = question.version.uuid
    try:
        proof = places_of_evidence([version]).get(version, ())
        return {"judged": reviewed(judged_on_the_spot(question, raw=raw, evidence=proof))}
    except CannotCheck as problem:
        return {"question": replace(asked(item_of(question, raw)), problem=str(problem))}
