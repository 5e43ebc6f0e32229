"""What the editor's page shows of a question while it is written or edited, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from quizzes.questions.base import Problem, QuestionType
from web.studio.proof_form import MARK, ProofForm
from web.studio.question_form import QuestionForm, content_sent
from web.studio.row_moves import moved, row_move
from web.studio.trial import tried

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form said: the content, the list that a row is added to, and whether it asks to be saved."""

    content: Mapping[str, Any]
    growing: str = ""
    is_to_save: bool = False


def typed_in(request: HttpRequest, kind: QuestionType, content: Mapping[str, Any]) -> Typed:
    """The content as it was typed over `content`, with a row moved where a button asked for that."""
    sent, pressed = request.POST.dict(), request.POST.get("do", "")
    move = row_move(pressed)
    typed = content_sent(kind, content, moved(sent, move) if move else sent)
    growing = move.field if move and move.step == "more" else ""
    return Typed(typed, growing, is_to_save=not move and pressed not in (PREVIEW, MARK))


def editor_context(
    request: HttpRequest,
    course: Any,
    *,
    kind: QuestionType,
    typed: Typed,
    proof: ProofForm | None,
    problems: Sequence[Problem] = (),
) -> dict[str, Any]:
    """What the editor's template needs of any question, new or not."""
    return {
        "section": "studio",
        "course": course,
        "kind": kind,
        "fields": QuestionForm(kind, typed.content, problems, typed.growing).fields(),
        "problems": problems,
        "tried": tried(kind, typed.content, request.POST),
        "proof": proof,
        "is_typed": request.method == "POST",
    }
