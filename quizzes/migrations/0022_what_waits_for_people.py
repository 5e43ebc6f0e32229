"""What waits for people, and what they decided, is found without going over every response."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0021_choices_of_before")]
    operations = [
        migrations.AddIndex(
            "response",
            models.Index(
                fields=["version"], condition=Q(grading="pending_manual"), name="responses_awaiting_a_person"
            ),
        ),
        migrations.AddIndex(
            "audit", models.Index(fields=["response"], condition=Q(state="open"), name="open_audits")
        ),
        migrations.AddIndex(
            "gradingevent", models.Index(fields=["version", "cause_kind"], name="gradings_by_cause")
        ),
        migrations.AlterField(
            "gradingevent",
            "version",
            models.ForeignKey(
                "quizzes.questionversion", on_delete=models.PROTECT, related_name="+", db_index=False
            ),
        ),
    ]
