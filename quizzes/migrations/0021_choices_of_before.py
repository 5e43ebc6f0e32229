"""What was chosen before counts for each choice."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import migrations, models

from quizzes.domain.item_statistics import total

SUMS = ("responses", "fraction_sum", "fraction_squares", "rest_sum", "rest_squares", "rest_products")


def count(apps: Any, _schema_editor: Any) -> None:
    """Each choice has its own row."""
    statistics = apps.get_model("quizzes", "ItemStatistic")
    statistics.objects.all().delete()
    sums = total(apps.get_model("quizzes", "Response").objects.all())
    statistics.objects.bulk_create(
        (
            statistics(quiz_id=quiz, version_id=version, choice=choice, **asdict(own))
            for (quiz, version, choice), own in sums.items()
        ),
        batch_size=500,
    )


def put_together(apps: Any, _schema_editor: Any) -> None:
    """Each version has one row in each quiz, whatever was chosen."""
    statistics = apps.get_model("quizzes", "ItemStatistic")
    sums = {name: models.Sum(name) for name in SUMS}
    rows = list(statistics.objects.order_by().values("quiz_id", "version_id").annotate(**{f"all_{n}": sums[n] for n in SUMS}))
    statistics.objects.all().delete()
    statistics.objects.bulk_create(
        (
            statistics(
                quiz_id=row["quiz_id"], version_id=row["version_id"], **{name: row[f"all_{name}"] for name in SUMS}
            )
            for row in rows
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0020_statistics_of_choices")]
    operations = [migrations.RunPython(count, put_together, elidable=True)]
