"""Item statistics are sums in whole millionths; a quiz keeps what a job reckoned of it.

What was kept before is dropped; the next migration makes it anew.
"""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def forget(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("quizzes", "ItemStatistic").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0010_search_texts_of_versions")]
    operations = [
        migrations.RunPython(forget, forget, elidable=True),
        migrations.RemoveField("itemstatistic", "fraction_sum"),
        migrations.RemoveField("itemstatistic", "fraction_squares"),
        migrations.RemoveField("itemstatistic", "updated_at"),
        migrations.AddField("itemstatistic", "fraction_sum", models.PositiveBigIntegerField(default=0), False),
        migrations.AddField("itemstatistic", "fraction_squares", models.PositiveBigIntegerField(default=0), False),
        migrations.AddField("itemstatistic", "rest_sum", models.PositiveBigIntegerField(default=0), False),
        migrations.AddField("itemstatistic", "rest_squares", models.PositiveBigIntegerField(default=0), False),
        migrations.AddField("itemstatistic", "rest_products", models.PositiveBigIntegerField(default=0), False),
        migrations.CreateModel(
            "QuizStatistic",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attempts", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                ("fingerprint", models.CharField(max_length=100)),
                ("reckoned_at", models.DateTimeField()),
                (
                    "quiz",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statistic", to="quizzes.quiz"
                    ),
                ),
            ],
        ),
    ]
