"""What the database keeps from changing in quizzes: published wordings, and the events that grades are made of."""

from __future__ import annotations

from typing import Any

from django.db import connections

from course.guards import Guard, columns_changed, install

QUIZ_GUARDS = (
    Guard(
        "quizzes_questionversion",
        f"OLD.state IN ('published', 'retired') AND OLD.published_at IS NOT NULL "
        f"AND ({columns_changed('question_id', 'number', 'kind', 'content')})",
        "A published question version is frozen; edit a new version.",
    ),
    Guard(
        "quizzes_gradingevent",
        # Erasing a person empties the words of a grading and leaves its grade.
        f"{columns_changed('response_id', 'number', 'version_id', 'grader', 'cause', 'cause_kind')} OR "
        f"{columns_changed('inputs_hash', 'fraction', 'at')} OR "
        f"(NEW.feedback <> '' AND ({columns_changed('feedback')})) OR "
        f"(CAST(NEW.detail AS text) <> '{{}}' AND ({columns_changed('detail')}))",
        "A grading event is never changed; append a new one.",
    ),
    Guard(
        "quizzes_answerevent",
        f"{columns_changed('response_id', 'sequence', 'client_key', 'at')} OR "
        f"(CAST(NEW.answer AS text) <> 'null' AND ({columns_changed('answer')}))",
        "An answer event is never changed, only erased.",
    ),
    Guard(
        "quizzes_recall",
        columns_changed("card_id", "number", "rating", "at"),
        "A recall is never changed; recall it once more.",
    ),
    Guard(
        "quizzes_modeldraft",
        columns_changed("provider", "model", "prompt_hash"),
        "Which model drafted a wording is never changed.",
    ),
)


def install_quiz_guards(using: str, **_: Any) -> None:
    install(connections[using], QUIZ_GUARDS)
