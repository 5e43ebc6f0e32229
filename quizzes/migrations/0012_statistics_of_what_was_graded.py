"""What was graded before counts in the statistics, which follow every grade from here on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import migrations

from quizzes.domain.item_statistics import total


def count(apps: Any, _schema_editor: Any) -> None:
    statistics = apps.get_model("quizzes", "ItemStatistic")
    sums = total(apps.get_model("quizzes", "Response").objects.all())
    statistics.objects.bulk_create(
        (statistics(quiz_id=quiz, version_id=version, **asdict(own)) for (quiz, version), own in sums.items()),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0011_statistics_in_whole_numbers")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
