"""What a learner's form or script sends, read into answers. Nothing here judges an answer: the domain does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from accounts.requests import uuid_in
from language import marked, say
from quizzes.domain.attempts import GivenAnswer
from quizzes.domain.keepable import MAX_CHARACTERS, is_empty
from quizzes.errors import AnswerTooLarge, NotAnAnswer, UnkeepableAnswer
from quizzes.questions.controls import is_small_number, raw_answer

SHARED_FIELDS = ("answer", "sequence", "flag", "confidence", "client_key")


def answers_in(form: QueryDict) -> list[GivenAnswer]:
    """One answer for each question of the form: each position that has its `sequence-<position>` or an `answer-…`.

    What was never answered and still is not is left out, so that it stays "not answered".
    """
    given = [answer_at(form, position) for position in positions_in(form)]
    return [answer for answer in given if answer.sequence or answer.flagged or not is_empty(answer.raw)]


def positions_in(form: QueryDict) -> list[int]:
    """The positions the form speaks of, in order."""
    pieces = [name.split("-") for name in form]
    return sorted(
        {
            int(parts[1])
            for parts in pieces
            if len(parts) > 1 and parts[0] in SHARED_FIELDS and is_small_number(parts[1])
        }
    )


def answer_at(form: QueryDict, position: int) -> GivenAnswer:
    """The form's answer to one question.

    Without `sequence-3` nothing is checked against other tabs, and the flag stays as it is.
    """
    sequence = form.get(f"sequence-{position}", "")
    confidence = form.get(f"confidence-{position}", "")
    return GivenAnswer(
        position=position,
        raw=raw_answer(form, position),
        sequence=int(sequence) if is_small_number(sequence) else None,
        client_key=uuid_in(form.get(f"client_key-{position}")),
        confidence=int(confidence) if confidence in {"1", "2", "3"} else None,
        flagged=f"flag-{position}" in form if sequence else None,
    )


def answer_sent(request: HttpRequest, position: int) -> GivenAnswer:
    """The one answer of a request, as JSON {"answer", "sequence", "client_key"?, "confidence"?, "flagged"?} or a form.

    Raises NotAnAnswer for what is no such object, AnswerTooLarge and UnkeepableAnswer for what cannot be read.
    """
    if request.content_type != "application/json":
        return answer_at(_form_of(request), position)
    sent = _json_of(request)
    sequence, confidence, flagged = sent.get("sequence"), sent.get("confidence"), sent.get("flagged")
    return GivenAnswer(
        position=position,
        raw=sent.get("answer"),
        sequence=sequence if isinstance(sequence, int) and not isinstance(sequence, bool) else None,
        client_key=uuid_in(sent.get("client_key")),
        confidence=confidence if confidence in (1, 2, 3) else None,
        flagged=flagged if isinstance(flagged, bool) else None,
    )


def _form_of(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else QueryDict(request.body)


def _json_of(request: HttpRequest) -> Mapping[str, Any]:
    if len(request.body) > 10 * MAX_CHARACTERS:
        raise AnswerTooLarge
    try:
        sent = json.loads(request.body)
    except RecursionError as deep:
        raise UnkeepableAnswer from deep
    except ValueError as unreadable:
        raise NotAnAnswer(say("Send the answer as a JSON object.")) from unreadable
    if not isinstance(sent, dict):
        raise NotAnAnswer(say("Send the answer as a JSON object."))
    return sent


def is_place(text: str) -> bool:
    """Whether the text can name a question's position."""
    return is_small_number(text)


class AppealForm(forms.Form):
    """Why a grade is not right, in the learner's words."""

    words = forms.CharField(
        label=marked("Why is this grade not right?"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=marked("A person reads it beside your answer and the passage. You are told what they decide."),
    )
