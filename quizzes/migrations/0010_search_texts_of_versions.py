"""Every question version that there is can be found by its words."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from quizzes.questions.words import search_text

BATCH = 500


def store(apps: Any, _schema_editor: Any) -> None:
    versions = apps.get_model("quizzes", "QuestionVersion").objects.filter(search_text__isnull=True)
    texts = apps.get_model("quizzes", "SearchText").objects
    known = versions.order_by("pk").values_list("pk", "content")
    rows = (texts.model(version_id=pk, text=search_text(content)) for pk, content in known.iterator(BATCH))
    texts.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0009_question_bank")]
    operations = [migrations.RunPython(store, migrations.RunPython.noop, elidable=True)]
