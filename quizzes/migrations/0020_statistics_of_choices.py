"""Statistics have a row for each choice among a question's answers."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0019_weekly_goals")]
    operations = [
        migrations.AddField(
            "itemstatistic", "choice", models.CharField(max_length=100, blank=True, default="", db_default="")
        ),
        migrations.RemoveConstraint("itemstatistic", "one_statistic_per_version_and_quiz"),
        migrations.AddConstraint(
            "itemstatistic",
            models.UniqueConstraint(fields=["version", "quiz", "choice"], name="one_statistic_per_choice_and_quiz"),
        ),
    ]
