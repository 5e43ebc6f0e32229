"""The words of questions, kept beside them so that the database can search them."""

from __future__ import annotations

from collections.abc import Iterable

from quizzes.models import QuestionVersion, SearchText
from quizzes.questions.words import search_text


def store_search_texts(versions: Iterable[QuestionVersion]) -> None:
    """Each of the stored versions is found by what its content says now; one write."""
    SearchText.objects.bulk_create(
        (SearchText(version=version, text=search_text(version.content)) for version in versions),
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=["text"],
    )
